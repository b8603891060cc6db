"""Words of a trigger that tell no act: part of an idiom or a name, or a participle that describes somebody.

Belongs here: what makes a trigger void by itself. What it needs beside it is `events.requirements`.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

# Words of an idiom at least ("came to an end").
_IDIOM = 4
_VERBAL = frozenset({"past", "present", "base", "future", "infinitive"})
# Behind these a capital opens a sentence or quotation.
_OPENING = frozenset('.:;!?–—-"„“”»«‚‘(')
# What a noun phrase begins with, beside the definite words of the grammar.
_DETERMINERS = frozenset({"a", "an", "'s", "’s", "newly", "recently", "any", "every", "each", "all", "no"})


def blocked(view: SentenceView, hit: Hit, frame_id: str) -> bool:
    """True if the trigger overlaps a phrase that means something else ("sign of", "meet the requirements").

    An idiom of another frame is such a phrase even where it tells no act: what "came to an end" came nowhere.
    """
    longer = max(_IDIOM, hit.literals + 1)
    others = (other for other in view.of_kind("trigger") if other.entry.key != frame_id and not other.has_gap)
    idioms = (other for other in others if other.literals >= longer and other.entry.tense in _VERBAL)
    return any(other.first <= hit.first and hit.last <= other.last for other in idioms) or any(
        blocker.first <= hit.last and hit.first <= blocker.last and blocker.literals >= hit.literals
        for blocker in view.of_kind("blocker", frame_id)
    )


def inside_name(draft: Draft) -> bool:
    """True if the trigger is a word of a name: of a project or person, or, for a verb, of a body ("Start", "Meet")."""
    view = draft.view
    verb = draft.hit.tail
    mid_sentence = not draft.in_title and verb not in (0, draft.clause[0])
    capital = view.document.text[view.tokens[verb].start].isupper()
    if (
        verb > 0
        and capital
        and view.language == "de"
        and not draft.is_noun
        and view.tokens[verb - 1].word not in _OPENING
    ):
        # German writes nouns with a capital: "binnen 30 Tagen" is no session.
        return True
    if mid_sentence and capital and view.language == "en" and not draft.is_noun:
        # A verb with a capital inside an English sentence is part of a name ("the project Safe Start").
        return True
    names = {"project", "person"} if draft.is_noun else {"project", "person", "organisation"}
    index = view.inside.get(draft.hit.first)
    if index is None or view.mentions[index].kind not in names or draft.hit.first == 0:
        return False
    return view.spans[index][1] >= draft.hit.last


def is_adjective(draft: Draft) -> bool:
    """True for a participle inside a noun phrase ("for deported foreigners", "its proposed reform"): no act."""
    view, before, after = draft.view, draft.hit.first - 1, draft.hit.last + 1
    if view.language != "en" or before < 0:
        return False
    if draft.hit.has_gap:
        # "The confirmed commitment": participle and noun of a verb phrase, but nobody confirms.
        one_noun = draft.hit.tail - draft.hit.first == 1 and view.tokens[draft.hit.first].word.endswith("ed")
        return one_noun and draft.hit.entry.tense == "past" and _is_determined(view, before)
    if draft.hit.entry.tense in ("base", "present"):
        # "Put his name to", "the vote", "by ship": a noun, whatever its letters.
        governed = any(
            hit.entry.kind == "preposition" and hit.entry.key not in ("to", "other")
            for hit in view.ending_at.get(before, ())
        )
        return governed or _is_determined(view, before)
    one_word = draft.hit.first == draft.hit.last
    if draft.hit.entry.tense != "past":
        return False
    if before in view.inside and view.mentions[view.inside[before]].kind != "quantity":
        return False
    if (one_word and _is_reduced(draft)) or _is_awaited(draft):
        return True
    links = {hit.entry.kind for hit in view.ending_at.get(before, ())} & {"preposition", "attaching"}
    definite = any(hit.entry.key == "definite" for hit in view.ending_at.get(before, ()))
    people = any(hit.first == after for hit in view.of_kind("word", "people"))
    if people and (links or definite):
        return True
    if not one_word or after >= len(view.tokens) or after in view.inside or after in view.function_words:
        return False
    determined = _is_determined(view, before) or view.tokens[before].word[0].isdecimal()
    return determined and view.tokens[after].word[0].isalpha()


def _is_awaited(draft: Draft) -> bool:
    """True for what people wait for who are described by it ("cells for foreign nationals due to be deported")."""
    view = draft.view
    verb = draft.hit.first
    if view.tokens[verb].word == "be":
        verb += 1
    if [view.tokens[position].word for position in range(max(verb - 2, 0), verb)] != ["to", "be"]:
        return False
    waiting = next((hit for hit in view.of_kind("word", "awaiting") if hit.last == verb - 3), None)
    return waiting is not None and any(hit.last == waiting.first - 1 for hit in view.of_kind("word", "people"))


def _is_reduced(draft: Draft) -> bool:
    """True for a participle behind people whose verb follows ("58 refugees evacuated from Libya landed in …")."""
    view, before = draft.view, draft.hit.first - 1
    counted = before in view.inside and view.mentions[view.inside[before]].kind == "quantity"
    if not (counted or any(hit.last == before for hit in view.of_kind("word", "people"))):
        return False
    verbs = [
        hit.first
        for hit in view.of_kind("trigger", draft.hit.entry.key)
        if draft.hit.last < hit.first <= draft.clause[1] and hit.entry.tense == "past"
    ]
    return bool(verbs) and not any(view.joins(position) for position in range(draft.hit.last + 1, verbs[0]))


def _is_determined(view: SentenceView, position: int) -> bool:
    """True if an article, a possessive or the like stands at the token."""
    definite = any(hit.entry.key == "definite" and hit.first == hit.last for hit in view.ending_at.get(position, ()))
    return definite or view.tokens[position].word in _DETERMINERS
