"""Where a mention stands to a trigger, and what it is there: actor, office holder's country, description of a person.

Belongs here: questions about one mention in one sentence. Which role it fills is decided in `events.slots`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft
from tasks.extract.sentences.sentence_view import SentenceView

# A modifier stands right before its noun: "the EU-Western Balkans Home Affairs ministerial".
_COMPOUND_REACH = 7
_OFFICE_REACH = 6
# Languages that say "of" with the genitive alone: "sastanak ministara Srbije".
_GENITIVE = frozenset({"sh", "sl", "lt"})
_CARRIES_OUT = re.compile(
    "implement|durchführ|uitvoer|application|įgyvendin|provođ|provod|sprovo|sproved|izvajanj|спровед|zbatim"
)
_AT_BORDER = (["border", "with"], ["crossing", "with"], ["crossings", "with"])
_SIGNS = frozenset({",", ";", ":", "(", ")"})


class Placement(NamedTuple):
    """Where a mention stands to a trigger.

    Attributes:
        inner: Nearest preposition, if any.
        outer: subject, object, compound, or the preposition behind attaching ones; none for an apposition.
        is_office: An unnamed office holder stands for it ("Lithuania's Minister of the Interior").
    """

    inner: str | None
    outer: str
    is_office: bool


def place_mention(draft: Draft, index: int) -> Placement:
    """Return where the mention with this index stands to the trigger; found once for each draft."""
    known = draft.placements.get(index)
    return draft.placements.setdefault(index, _place(draft, index)) if known is None else known


def _place(draft: Draft, index: int) -> Placement:
    view, hit = draft.view, draft.hit
    last = view.spans[index][1]
    office = is_office_holder(view, index)
    # "An EU-funded project": what is joined to the trigger by a hyphen.
    hyphenated = last == hit.first - 1 and view.tokens[hit.first].word == "-"
    if hyphenated or _is_compound(draft, last):
        return Placement(None, "compound", office)
    if hit.last < view.spans[index][0] and _is_gapped(draft, index):
        return Placement(None, "subject", office)
    governor = view.linkage.governor(index, (hit.first, hit.head_end - 1))
    inner = governor.chain[0] if governor.chain else None
    if governor.stop == "preposition":
        outer = governor.chain[-1]
    elif governor.stop == "trigger":
        genitive = "of" if draft.is_noun and view.language in _GENITIVE else None
        outer, inner = "object", inner or _own_preposition(draft) or genitive
    elif governor.stop in ("start", "limit", "comma") and (last < hit.first or draft.window is not None):
        outer = "subject"
    elif governor.stop == "comma":
        # "In a statement, A and B urged C": the first list behind the comma acts, not what its verb is about.
        outer = "main" if _leads(view, index, governor.at) else "none"
    else:
        outer = governor.stop
    return Placement(inner, outer, office)


def _leads(view: SentenceView, index: int, comma: int) -> bool:
    """True if the mention belongs to the first list behind a comma."""
    head = view.linkage.list_head(index)
    return not any(
        comma < first and number < head and view.inside.get(first) == number and view.linkage.list_head(number) != head
        for number, (first, _) in enumerate(view.spans)
        if view.mentions[number].kind not in ("date", "quantity", "instrument")
    )


def _is_compound(draft: Draft, last: int) -> bool:
    """True if the mention stands in front of a noun trigger within one noun phrase."""
    if not draft.is_noun or draft.hit.has_gap or not 0 < draft.hit.first - last <= _COMPOUND_REACH:
        return False
    view = draft.view
    held = view.firsts("word", "held")
    for position in range(last + 1, draft.hit.first):
        keys = {hit.entry.key for hit in view.ending_at.get(position, ()) if hit.entry.key not in ("filler", "next")}
        if position in held or view.tokens[position].word in _SIGNS or (keys and position not in view.inside):
            return False
    return True


def _is_gapped(draft: Draft, index: int) -> bool:
    """True for a second subject whose verb is left out: "Norway offered 200 places and Canada 100"."""
    view = draft.view
    first, last = view.spans[index]
    joined = any(hit.entry.kind == "connector" for hit in view.ending_at.get(first - 1, ()))
    after = view.inside.get(last + 1)
    before = view.inside.get(first - 2)
    counted = after is not None and view.mentions[after].kind == "quantity"
    listed = before is not None and view.mentions[before].kind == view.mentions[index].kind
    return draft.view.mentions[index].kind in ("territory", "organisation") and joined and counted and not listed


def _own_preposition(draft: Draft) -> str | None:
    """Return the preposition a trigger ends with ("flew to")."""
    for hit in draft.view.ending_at.get(draft.hit.last, ()):
        if hit.entry.kind in ("preposition", "attaching") and hit.first > draft.hit.first:
            return hit.entry.key
    return None


def is_office_holder(view: SentenceView, index: int) -> bool:
    """True if an office stands right behind the mention ("Croatian Minister") or governs it ("Minister of Croatia")."""
    return view.once(_is_office_holder, index)


def _is_office_holder(view: SentenceView, index: int) -> bool:
    if view.mentions[index].kind == "person":
        return False
    first, last = view.spans[index]
    offices = view.firsts("word", "office")
    if any(last < position <= last + _OFFICE_REACH and _plain(view, last + 1, position) for position in offices):
        return True
    if any(first - 9 <= position < first and _governs(view, position, index) for position in offices):
        return True
    # "Officers of the Border Police and the Service": the second of the list stands as the first does.
    head = view.linkage.list_head(index)
    return head < index and bool(view.linkage.governor(head, (-1, -1)).chain) and is_office_holder(view, head)


def _plain(view: SentenceView, first: int, last: int) -> bool:
    """True if no preposition, mention, comma, connector or verb cue stands between the tokens first … last - 1."""
    for position in range(first, last):
        if position in view.inside or view.tokens[position].word in (",", "(", ")"):
            return False
        if any(hit.entry.key not in ("filler", "definite") for hit in view.ending_at.get(position, ())):
            return False
    return True


def _governs(view: SentenceView, position: int, index: int) -> bool:
    """True if the walk from the mention to the office word passes only attaching prepositions."""
    governor = view.linkage.governor(index, (position, position))
    return governor.stop == "trigger" and bool(governor.chain)


def attributive(view: SentenceView) -> frozenset[int]:
    """Return the mentions that only describe a named person: "Head of the EU Delegation" behind a name, or in front."""
    found: set[int] = set()
    offices = {hit.first for hit in view.offices}
    for begin, end in view.linkage.appositions:
        found.update(_mentions_within(view, begin, end))
    for person, mention in enumerate(view.mentions):
        if mention.kind == "person":
            first = view.spans[person][0]
            begin = min(view.linkage.phrase_begin(person), _title_begin(view, first, offices))
            found.update(_mentions_within(view, begin, first - 1))
    return frozenset(index for index in found if view.mentions[index].kind not in ("person", "date", "quantity"))


def _title_begin(view: SentenceView, first: int, offices: set[int]) -> int:
    """Return the first token of the office in front of a name, or the name's own first token."""
    begin, reached = first, False
    for position in range(first - 1, max(first - 12, -1), -1):
        word = view.tokens[position].word
        link = any(hit.entry.kind == "preposition" for hit in view.ending_at.get(position, ()))
        if word in (",", ";", ":", "(", "and") or (link and position not in view.inside):
            break
        begin, reached = position, reached or position in offices
    return begin if reached else first


def _mentions_within(view: SentenceView, first: int, last: int) -> list[int]:
    return [index for index, (begin, end) in enumerate(view.spans) if first <= begin and end <= last]


def specified(view: SentenceView, index: int) -> list[int]:
    """Return the states that spell out a collective ("four Member States - Bulgaria, Croatia and …")."""
    if view.mentions[index].kind != "region":
        return []
    begin = view.spans[index][1] + 1
    if begin >= len(view.tokens) or view.tokens[begin].word not in ("-", "–", "—", ":", "("):
        return []
    listed = [number for number, (first, _) in enumerate(view.spans) if first == begin + 1]
    heads = [number for number in listed if view.mentions[number].kind == "territory"]
    return [
        number
        for number, mention in enumerate(view.mentions)
        if heads and mention.kind == "territory" and view.linkage.list_head(number) == heads[0]
    ]


def has_no_subject(view: SentenceView, first: int, trigger: int) -> bool:
    """True if only function words stand between the clause's beginning and the trigger."""
    return all(
        position in view.function_words
        or not view.tokens[position].word[0].isalnum()
        or (position in view.inside and view.mentions[view.inside[position]].kind == "date")
        for position in range(first, trigger)
    )


def subjects_of(view: SentenceView, first: int, last: int) -> list[int]:
    """Return the mentions that stand without a preposition at the beginning of a clause: the first one and its list."""
    verbs = [hit.first for hit in view.of_kind("trigger") if hit.entry.tense not in ("noun", "gerund")]
    limit = min((verb for verb in verbs if first <= verb <= last), default=last + 1)
    found: list[int] = []
    for index, (begin, _) in enumerate(view.spans):
        if not first <= begin < limit or view.inside.get(begin) != index:
            continue
        if found and view.linkage.list_head(index) != found[0]:
            break
        governor = view.linkage.governor(index, (-1, -1))
        if governor.stop in ("start", "comma"):
            found.append(index)
    return found


def carries_out(instrument: Mention) -> bool:
    """True for an instrument that carries out another, whose parties stand in its name ("protocol implementing …")."""
    return bool(_CARRIES_OUT.search(instrument.text.casefold()))


def derived_country(person: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the territory mention of the document that stands for a person's country, the earliest one."""
    if person.country_code is None:
        return None
    for mention in mentions:
        if mention.kind == "territory" and mention.country_code == person.country_code:
            return mention
    return None


def represented(person: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return what a person acts for: the country, for the staff of international bodies the body; the first mention."""
    state = derived_country(person, mentions)
    if state is not None or person.country_code is not None or person.affiliation_reference_id is None:
        return state
    return next(
        (m for m in mentions if m.kind == "organisation" and m.reference_id == person.affiliation_reference_id), None
    )
