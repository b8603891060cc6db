"""Who does what to whom: fill the roles of a frame from the trigger's own sentence.

A mention is placed by what governs it (`tasks.extract.sentence_view.Governor`): nothing in front of the verb is its subject,
nothing behind it its object, otherwise the preposition decides; behind `of` and `from` also the preposition of the head noun, so
that "colleagues from Kosovo" stand where "with" puts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.annotations import Mention
from tasks.extract.drafts import Draft
from tasks.extract.frame_model import Slot
from tasks.extract.sentence_view import SentenceView

_ATTACHING = frozenset({"of", "from"})
# A modifier stands right before its noun: "the EU-Western Balkans Home Affairs ministerial".
_COMPOUND_REACH = 7
_OFFICE_REACH = 6
_SIGNS = frozenset({",", ";", ":", "(", ")"})


@dataclass(frozen=True, slots=True)
class Placement:
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
    """Return where the mention with this index stands to the trigger."""
    view, hit = draft.view, draft.hit
    last = view.spans[index][1]
    office = is_office_holder(view, index)
    if _is_compound(draft, last):
        return Placement(None, "compound", office)
    governor = view.governor(index, (hit.first, hit.head_end - 1))
    inner = governor.chain[0] if governor.chain else None
    links = [link for link in governor.chain if link not in _ATTACHING]
    if links:
        outer = links[0]
    elif governor.stop == "trigger":
        outer, inner = "object", inner or _own_preposition(draft)
    elif governor.stop in ("start", "limit", "comma") and (last < hit.first or draft.window is not None):
        outer = "subject"
    else:
        outer = governor.stop
    return Placement(inner, outer, office)


def _is_compound(draft: Draft, last: int) -> bool:
    """True if the mention stands in front of a noun trigger within one noun phrase."""
    if not draft.is_noun or draft.hit.has_gap or not 0 < draft.hit.first - last <= _COMPOUND_REACH:
        return False
    view = draft.view
    held = {hit.first for hit in view.of_kind("word", "held")}
    for position in range(last + 1, draft.hit.first):
        keys = {hit.entry.key for hit in view.ending_at.get(position, ()) if hit.entry.key not in ("filler", "next")}
        if position in held or view.tokens[position].word in _SIGNS or (keys and position not in view.inside):
            return False
    return True


def _speaks_for_another(draft: Draft, index: int) -> bool:
    """True if what governs the mention is part of another trigger or cue ("financed by"), whose filler it is."""
    governor = draft.view.governor(index, (draft.hit.first, draft.hit.head_end - 1))
    if governor.stop != "preposition":
        return False
    return any(
        hit.entry.kind in ("trigger", "relation", "role") and hit.first < governor.at <= hit.last
        for hit in draft.view.hits
        if hit is not draft.hit and hit.entry.key != draft.hit.entry.key
    )


def _own_preposition(draft: Draft) -> str | None:
    """Return the preposition a trigger ends with ("flew to")."""
    for hit in draft.view.ending_at.get(draft.hit.last, ()):
        if hit.entry.kind in ("preposition", "attaching") and hit.first > draft.hit.first:
            return hit.entry.key
    return None


def is_office_holder(view: SentenceView, index: int) -> bool:
    """True if an office word stands right behind the mention ("Croatian Minister") or governs it ("Minister of Croatia")."""
    if view.mentions[index].kind == "person":
        return False
    first, last = view.spans[index]
    offices = [hit.first for hit in view.of_kind("word", "office")]
    if any(last < position <= last + _OFFICE_REACH and _plain(view, last + 1, position) for position in offices):
        return True
    return any(first - 9 <= position < first and _governs(view, position, index) for position in offices)


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
    governor = view.governor(index, (position, position))
    return governor.stop == "trigger" and bool(governor.chain) and set(governor.chain) <= _ATTACHING


def attributive(view: SentenceView) -> frozenset[int]:
    """Return the mentions that only describe a named person: "Head of the EU Delegation to BiH" behind a name, or in front."""
    found: set[int] = set()
    offices = {hit.first for hit in view.offices}
    for begin, end in view.appositions:
        found.update(_mentions_within(view, begin, end))
    for person, mention in enumerate(view.mentions):
        if mention.kind == "person":
            first = view.spans[person][0]
            found.update(_mentions_within(view, _title_begin(view, first, offices), first - 1))
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


def fill_slots(draft: Draft, described: frozenset[int]) -> None:
    """Add the arguments that stand in the trigger's clause, and the subject of the clause before where it has none.

    Args:
        draft: The draft; its arguments are added to.
        described: Mentions that only describe a named person (`attributive`).
    """
    used: set[int] = set(described)
    for slot in draft.frame.slots:
        sources = draft.group.sources.get(slot.role, slot.sources)
        _fill_slot(draft, slot, sources, used)
        if not draft.is_noun:
            _borrow_subject(draft, slot, sources, used)
            if draft.free_order and "subject" in sources and "object" not in sources and not draft.role(slot.role):
                # The subject may follow its verb: "vom 8. bis 10. August folgten Beamte der Kommission".
                _fill_slot(draft, slot, ("object",), used)
        if slot.role == "party" and not draft.role("party"):
            _take_bound(draft, slot, used)


def _fill_slot(draft: Draft, slot: Slot, sources: tuple[str, ...], used: set[int]) -> None:
    for index in _candidates(draft, slot, used):
        if len(draft.role(slot.role)) >= slot.at_most:
            return
        placement = place_mention(draft, index)
        if _accepts(sources, placement, draft) and not _speaks_for_another(draft, index):
            for named in specified(draft.view, index) or [index]:
                _put(draft, slot, named, placement, used)


def specified(view: SentenceView, index: int) -> list[int]:
    """Return the states that spell a collective out right behind it ("four Member States - Bulgaria, Croatia and …")."""
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
        if heads and mention.kind == "territory" and view.list_head(number) == heads[0]
    ]


def _take_bound(draft: Draft, slot: Slot, used: set[int]) -> None:
    """Take the parties that stand in the name of the instrument: "Status Agreement between the EU and Montenegro"."""
    view = draft.view
    begin = draft.clause[0]
    if has_no_subject(view, begin, draft.hit.first):
        begin = max((start for start in view.clauses if start < begin), default=begin)
    for instrument, (first, last) in zip(view.mentions, view.spans, strict=True):
        if instrument.kind != "instrument" or not begin <= first <= draft.clause[1]:
            continue
        for index, (start, end) in enumerate(view.spans):
            if first <= start and end <= last and view.mentions[index].kind in slot.kinds:
                draft.add(slot.role, view.mentions[index], "derived", f"{draft.frame.frame_id}.{slot.role}.instrument")
                used.add(index)


def _candidates(draft: Draft, slot: Slot, used: set[int]) -> list[int]:
    """Return the mentions of the slot's kinds in the clause, those before the trigger first, in the order of the text."""
    return [
        index
        for index, mention in enumerate(draft.view.mentions)
        if index not in used
        and mention.kind in slot.kinds
        and (not slot.subtypes or mention.subtype in slot.subtypes)
        and draft.covers(draft.view.spans[index][0])
        and draft.view.inside.get(draft.view.spans[index][0]) == index
        and not _owns_next(draft.view, index)
    ]


def _owns_next(view: SentenceView, index: int) -> bool:
    """True for a state whose body is named right behind it: of "Austria's Federal Ministry" the ministry acts."""
    if view.mentions[index].kind != "territory":
        return False
    after = view.spans[index][1] + 1
    if after < len(view.tokens) and view.tokens[after].word in ("'s", "’s"):
        after += 1
    return any(first == after and view.mentions[number].kind == "organisation" for number, (first, _) in enumerate(view.spans))


def _accepts(sources: tuple[str, ...], placement: Placement, draft: Draft) -> bool:
    if "any" in sources:
        return True
    if placement.inner == "of" and "of" in sources:
        if placement.outer == "subject":
            return placement.is_office
        return placement.outer in ("object", "start", *sources)
    if placement.inner is not None and placement.inner in sources:
        return True
    if placement.inner == "from" and any("from" in slot.sources for slot in draft.frame.slots):
        return False
    return placement.outer in sources


def _put(draft: Draft, slot: Slot, index: int, placement: Placement, used: set[int]) -> None:
    mention = draft.view.mentions[index]
    basis = "derived" if placement.is_office else "text"
    place = placement.inner or placement.outer
    draft.add(slot.role, mention, basis, f"{draft.frame.frame_id}.{slot.role}.{place}")
    used.add(index)


def _borrow_subject(draft: Draft, slot: Slot, sources: tuple[str, ...], used: set[int]) -> None:
    """Take the subject of an earlier clause of the sentence when the trigger's own clause has none."""
    if any(argument.rule_id.endswith((".subject", ".from")) for argument in draft.role(slot.role)):
        return
    view = draft.view
    if not has_no_subject(view, draft.clause[0], draft.hit.first):
        return
    for begin in reversed([start for start in view.clauses if start < draft.clause[0]]):
        end = view.clause_of(begin)[1]
        found = [
            index
            for index in _subjects_or_linked(draft, sources, begin, end)
            if view.mentions[index].kind in slot.kinds and index not in used
        ]
        if found:
            for index in found[: slot.at_most]:
                basis = "derived" if is_office_holder(view, index) else "text"
                draft.add(slot.role, view.mentions[index], basis, f"{draft.frame.frame_id}.{slot.role}.borrowed")
                used.add(index)
            return


def _subjects_or_linked(draft: Draft, sources: tuple[str, ...], first: int, last: int) -> list[int]:
    """Return the subjects of a clause, and what a preposition of the slot links to the noun a relative clause hangs on.

    "the agreement between the EU and Montenegro, which came into force": the parties stand in front of the comma.
    """
    view = draft.view
    found = subjects_of(view, first, last) if "subject" in sources else []
    if not any(hit.first == draft.clause[0] for hit in view.of_kind("boundary")):
        return found
    links = set(sources) - {"subject", "object", "any", "compound"}
    for index, (begin, _) in enumerate(view.spans):
        if first <= begin <= last and view.inside.get(begin) == index:
            chain = view.governor(index, (-1, -1)).chain
            if chain and chain[0] in links and index not in found:
                found.append(index)
    return sorted(found)


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
        if found and view.list_head(index) != found[0]:
            break
        governor = view.governor(index, (-1, -1))
        if governor.stop == "start" and set(governor.chain) <= _ATTACHING:
            found.append(index)
    return found


def derived_country(person: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the territory mention of the document that stands for a person's country, the earliest one."""
    if person.country_code is None:
        return None
    for mention in mentions:
        if mention.kind == "territory" and mention.country_code == person.country_code:
            return mention
    return None
