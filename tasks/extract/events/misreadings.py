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
# Prepositions that no verb keeps at its end in front of another verb: behind them a past form is a participle.
_GOVERNING = frozenset({"of", "with", "by", "from"})
_NOUNS_FOLLOW = frozenset({"without", "despite", "against", "regarding", "concerning", "per", "under", "via"})
_DECIDING = ("decid", "agre", "vot")
_MOVING = frozenset({"relocation.relocate", "return_operation.return"})
_PLURALS = frozenset({"people", "police", "children", "men", "women", "staff", "personnel", "majority", "both", "all"})


def misread(draft: Draft) -> str | None:
    """Return why the words of a trigger tell no act where they stand, or None."""
    if blocked(draft.view, draft.hit, draft.frame.frame_id):
        return "blocked_phrase"
    if inside_name(draft):
        return "inside_name"
    if ends_in_time(draft):
        return "time_behind"
    if is_wish(draft):
        return "describes_people"
    if is_agent(draft):
        return "agent"
    if is_bill_of_government(draft):
        return "bill_of_government"
    return "adjective" if is_adjective(draft) else None


def blocked(view: SentenceView, hit: Hit, frame_id: str) -> bool:
    """True if the trigger overlaps a phrase that means something else ("sign of", "meet the requirements").

    An idiom of another frame is such a phrase even where it tells no act: what "came to an end" came nowhere.
    """
    longer = max(_IDIOM, hit.literals + 1)
    idioms = [other for other in view.of_kind("trigger") if other.literals >= longer and not other.has_gap]
    return any(
        other.first <= hit.first
        and hit.last <= other.last
        and other.entry.key != frame_id
        and other.entry.tense in _VERBAL
        for other in idioms
    ) or any(
        blocker.first <= hit.last and hit.first <= blocker.last and blocker.literals >= hit.literals
        for blocker in view.of_kind("blocker", frame_id)
    )


def inside_name(draft: Draft) -> bool:
    """True if the trigger is a word of a name: of a project or person, or, for a verb, of a body ("Start", "Meet")."""
    view = draft.view
    # "issued the Solidarity Declaration": the verb is the word in front of the gap.
    opens = draft.hit.has_gap and view.tokens[draft.hit.first].word.endswith("ed")
    verb = draft.hit.first if opens else draft.hit.tail
    if verb > 0 and not draft.is_noun and view.document.text[view.tokens[verb].start].isupper():
        if view.language == "de" and view.tokens[verb - 1].word not in _OPENING:
            # German writes nouns with a capital: "binnen 30 Tagen" is no session.
            return True
        if view.language == "en" and not draft.in_title and verb != draft.clause[0]:
            # A verb with a capital inside an English sentence is part of a name ("the project Safe Start").
            return True
    index = view.inside.get(draft.hit.first)
    names = ("project", "person") if draft.is_noun else ("project", "person", "organisation")
    if index is None or view.mentions[index].kind not in names or draft.hit.first == 0:
        return False
    return view.spans[index][1] >= draft.hit.last


def ends_in_time(draft: Draft) -> bool:
    """True for a verb whose preposition belongs to the day behind it: "decided on Thursday to …" decides on nothing."""
    view, last = draft.view, draft.hit.last
    words = view.tokens[draft.hit.first].word, view.tokens[last].word
    if view.language != "en" or draft.is_noun or words[1] != "on" or not words[0].startswith(_DECIDING):
        return False
    index = view.inside.get(last + 1)
    return index is not None and view.mentions[index].kind == "date"


def is_agent(draft: Draft) -> bool:
    """True for a body whose name says that it meets, where it acts: "endorsed by the Home Affairs Council"."""
    view = draft.view
    index = view.inside.get(draft.hit.first)
    if not draft.is_noun or index is None or view.mentions[index].kind != "organisation":
        return False
    before = view.spans[index][0] - 1
    if before > 0 and view.tokens[before].word == "the":
        before -= 1
    return before > 0 and view.tokens[before].word == "by" and view.spans[index][1] >= draft.hit.last


def is_adjective(draft: Draft) -> bool:
    """True for a participle inside a noun phrase ("for deported foreigners", "its proposed reform"): no act."""
    before, tense = draft.hit.first - 1, draft.hit.entry.tense
    if draft.view.language != "en" or before < 0:
        return False
    if draft.hit.has_gap:
        # "The confirmed commitment": participle and noun of a verb phrase, but nobody confirms.
        one_noun = draft.hit.tail - draft.hit.first == 1 and draft.view.tokens[draft.hit.first].word.endswith("ed")
        return one_noun and tense == "past" and _is_determined(draft.view, before)
    if tense == "gerund":
        return _is_noun_in_ing(draft, before)
    if tense in ("base", "present"):
        return _is_bare_noun(draft, before)
    return tense == "past" and _is_participle(draft, before, draft.hit.last + 1)


def _is_noun_in_ing(draft: Draft, before: int) -> bool:
    """True for "people coming to the country by legal routes": whoever does."""
    view = draft.view
    if draft.in_title or draft.hit.entry.key not in _MOVING:
        return False
    return before in view.lasts("word", "people")


def _is_bare_noun(draft: Draft, before: int) -> bool:
    """True for "put his name to", "the vote", "by ship": a noun, whatever its letters."""
    view = draft.view
    governed = view.tokens[before].word in _NOUNS_FOLLOW or any(
        hit.entry.kind == "preposition" and hit.entry.key not in ("to", "other")
        for hit in view.ending_at.get(before, ())
    )
    return governed or _is_determined(view, before) or _closes_phrase(draft)


def _is_participle(draft: Draft, before: int, after: int) -> bool:
    """True for a past participle that describes what stands behind it, or people in front of it."""
    view, one_word = draft.view, draft.hit.first == draft.hit.last
    if one_word and (view.tokens[before].word == "-" or _is_attribute(view, before, after)):
        return True
    if before in view.inside and view.mentions[view.inside[before]].kind != "quantity":
        return False
    if (one_word and _is_reduced(draft)) or _is_awaited(draft):
        return True
    links = {hit.entry.kind for hit in view.ending_at.get(before, ())} & {"preposition", "attaching"}
    definite = before in view.lasts("status", "definite")
    if one_word and view.tokens[before].word in _GOVERNING and _qualifies_noun(view, after):
        return True
    if (links or definite) and after in view.firsts("word", "people"):
        return True
    if not one_word or after >= len(view.tokens) or after in view.inside or after in view.function_words:
        return False
    determined = _is_determined(view, before) or view.tokens[before].word[0].isdecimal()
    return determined and view.tokens[after].word[0].isalpha()


def is_bill_of_government(draft: Draft) -> bool:
    """True where a cabinet approves a bill ("the government approved the draft law"): parliament has yet to vote."""
    if draft.claim_type != "legislation_adopted" or draft.view.language != "en":
        return False
    view, (first, last) = draft.view, draft.clause
    bills = [hit for hit in view.of_kind("word", "bill") if draft.hit.first < hit.first <= last]
    ruled = any(first <= hit.first < draft.hit.first for hit in view.of_kind("word", "executive"))
    voted = any(first <= hit.first <= last for key in ("house", "parliament") for hit in view.of_kind("word", key))
    return bool(bills) and ruled and not voted


def is_wish(draft: Draft) -> bool:
    """True for what people wish who are described by it ("for migrants who wanted to return"): nobody plans it."""
    view, before = draft.view, draft.hit.first - 2
    if view.language != "en" or before < 1 or view.tokens[before + 1].word != "to":
        return False
    if before not in view.lasts("word", "wishing"):
        return False
    described = before - 1
    while described and view.tokens[described].word in ("who", "and", "are", "were", "have"):
        described -= 1
    return described in view.lasts("word", "people")


def _closes_phrase(draft: Draft) -> bool:
    """True for a base form that ends a noun phrase of one thing: of "in the plenary debate" nobody debates."""
    view, before = draft.view, draft.hit.first - 1
    if draft.hit.entry.tense != "base" or draft.hit.first != draft.hit.last:
        return False
    word = view.tokens[before].word
    plain = word.isalpha() and not word.endswith("s") and word not in _PLURALS
    if not plain or before in view.inside or before in view.function_words or before < 1:
        return False
    # "The Commission and the Council discuss": two subjects.
    joined = before > 1 and (view.joins(before - 2) or view.tokens[before - 2].word == ",")
    return _is_determined(view, before - 1) and not joined


def _qualifies_noun(view: SentenceView, position: int) -> bool:
    """True if a plain word stands at the token, which a participle in front of it can describe."""
    if position >= len(view.tokens) or position in view.inside or position in view.function_words:
        return False
    word = view.tokens[position].word
    return word.isalpha() and word not in _DETERMINERS


def _is_attribute(view: SentenceView, before: int, after: int) -> bool:
    """True for a participle between a verb and people whom it describes ("to support repatriated Georgians")."""
    if before not in view.lasts("trigger"):
        return False
    verb = any(hit.entry.tense in ("base", "gerund") for hit in view.of_kind("trigger") if hit.last == before)
    index = view.inside.get(after)
    people = after in view.firsts("word", "people")
    return verb and (people or (index is not None and view.mentions[index].kind == "territory"))


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
    if not (counted or before in view.lasts("word", "people")):
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
