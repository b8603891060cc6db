"""What opens a clause before its subject: phrases of time and place, and verbs that stand in front of their subject.

Belongs here: where the reach of a preposition ends. What governs a mention is `sentences.linkage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.frames.triggers import Hit

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

_AUXILIARIES = ("past", "perfect", "pluperfect", "present", "future")
_SCENES = frozenset({"in", "other"})

# The last word of connectors that give examples.
_EXAMPLES = frozenset({"them", "including", "darunter", "waaronder", "ju", "kojima", "ukljucujuci", "njimi", "koi"})


def sets_scene(view: SentenceView, link: Hit, index: int, first: int) -> bool:
    """True for the preposition of a phrase that opens the clause: "On the sidelines Minister … met".

    It governs its own noun. A person's name goes on with no lower-case noun but an office, which its phrase holds; a
    state or body does so only where its verb follows ("At the conference Austria pledged …").

    Args:
        view: The sentence.
        link: The preposition.
        index: The mention behind it.
        first: First token of the mention's phrase.
    """
    noun = first - 1
    if link.entry.key not in _SCENES or noun <= link.last:
        return False
    if view.mentions[index].kind != "person" and not _acts(view, index):
        return False
    if noun in view.inside or noun in view.function_words or any(h.first <= noun <= h.last for h in view.offices):
        return False
    opens = all(at in view.function_words for at in range(view.clause_of(first)[0], link.first))
    return opens and view.tokens[noun].word.isalpha() and view.document.text[view.tokens[noun].start].islower()


def _acts(view: SentenceView, index: int) -> bool:
    """True for a state or body right before a verb."""
    after = view.spans[index][1] + 1
    if view.language != "en" or view.mentions[index].kind not in ("territory", "organisation"):
        return False
    return after in _verbs(view)


def finite_verbs(view: SentenceView) -> frozenset[int]:
    """Return auxiliaries and verbs that tell events, where the subject may follow them; none in English.

    "Bei der Konferenz waren Vertreter aus Albanien anwesend": no preposition governs across the verb.
    """
    if view.language == "en":
        return frozenset()
    second = {hit.first for hit in view.of_kind("word", "second_place")}
    return frozenset((_verbs(view) | second) - view.inside.keys())


def _verbs(view: SentenceView) -> set[int]:
    found = {hit.first for key in _AUXILIARIES for hit in view.of_kind("status", key)}
    return found | {hit.first for hit in view.of_kind("trigger") if hit.entry.tense in ("past", "present")}


def opens_behind_date(view: SentenceView, first: int) -> bool:
    """True for what follows a date without a link: "At the donor conference on 12 March Germany pledged …".

    An English phrase ends with its date, so a name behind one begins another: the subject, where a verb follows.

    Args:
        view: The sentence.
        first: First token of the name's phrase.
    """
    if view.language != "en" or first == 0:
        return False
    before = view.inside.get(first - 1)
    return before is not None and view.mentions[before].kind == "date"


def before_example(view: SentenceView, position: int) -> int | None:
    """Return the token in front of ", among them" behind a count: "from fourteen states, among them Austria".

    Args:
        view: The sentence.
        position: The last token of the connector, if it is one.
    """
    if view.tokens[position].word not in _EXAMPLES:
        return None
    for hit in view.ending_at.get(position, ()):
        if hit.entry.kind == "connector" and hit.first > 1:
            before = hit.first - 2 if view.tokens[hit.first - 1].word == "," else hit.first - 1
            index = view.inside.get(before)
            if index is not None and view.mentions[index].kind == "quantity":
                return before
    return None
