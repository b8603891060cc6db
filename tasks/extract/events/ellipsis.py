"""What English leaves out because the text has just named it: the noun behind a numeral, the verb of a second clause.

Belongs here: finding such gaps in one sentence. What they stand for is decided where they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from tasks.extract.events.drafts import Draft
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

# A sentence has a few such clauses; a damaged text may have thousands.
_MOST_GAPS = 6
_OF_WHOM = frozenset({"them", "these", "those", "whom", "their", "its", "his", "her"})
_ARTICLES = frozenset({"a", "the", "another"})
_LINKS = frozenset({",", ";", "and", "but"})
# What may stand right behind a bare ordinal: "the second by video link", "the third on 9 May", "a second, in Oslo,".
_BEHIND = frozenset({",", "by", "in", "on", "at", "from", "via", "a", "this", "last", "next", "one", "two", "three"})


def is_elliptic(draft: Draft) -> bool:
    """True if the subject is a numeral whose noun was named before ("the first thirty arrived", "64 of them sat …")."""
    view, trigger = draft.view, draft.hit.first
    numerals = {hit.first for hit in view.of_kind("word", "numeral")}
    for position in range(draft.clause[0], trigger):
        index = view.inside.get(position)
        if index is not None and view.mentions[index].kind not in ("quantity",):
            continue
        if position not in numerals and not view.tokens[position].word.isdecimal():
            continue
        after = position + 1
        while after in numerals or view.tokens[after].word == "-":
            after += 1
        verbal = after == trigger or any(hit.first == after for hit in view.of_kind("status"))
        of_them = view.tokens[after].word == "of" and view.tokens[after + 1].word in _OF_WHOM
        if verbal or of_them:
            return True
    return False


def gapped_ordinals(view: SentenceView, ordinals: Mapping[str, int]) -> list[Hit]:
    """Return the ordinals that stand for a whole clause: "the first round was held in Rome, the second on 9 May".

    Each hit spans article and ordinal. The sentence has told the verb before; whether it told an event of a series is
    for the caller to see.
    """
    if view.language != "en":
        return []
    words = [token.word for token in view.tokens]
    triggers = view.of_kind("trigger")
    if not triggers or ordinals.keys().isdisjoint(words):
        return []
    found: list[Hit] = []
    for at in range(2, len(words) - 1):
        if words[at] not in ordinals or words[at - 1] not in _ARTICLES or words[at - 2] not in _LINKS:
            continue
        if at in view.inside:
            continue
        index = view.inside.get(at + 1)
        dated = index is not None and view.mentions[index].kind == "date"
        if dated or words[at + 1] in _BEHIND:
            if len(found) == _MOST_GAPS:
                break
            found.append(triggers[0]._replace(first=at - 1, last=at, head_end=at + 1))
    return found
