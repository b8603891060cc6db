"""What the sentence leaves out and the document has said: days and parties that drafts take from earlier ones.

Each filled value keeps its basis (`lead`, `document`, `derived`), and each costs confidence (`events.claims`).
An event set apart by `previous` or `next` takes nothing: it is another event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.extract.annotations import Claim, Document, Mention
from tasks.extract.events.drafts import Draft, dated_apart, same_thing
from tasks.extract.events.place_filling import copy_country
from tasks.extract.events.placement import derived_country, represented
from tasks.extract.events.reporting_country import INTERNATIONAL
from tasks.extract.events.status import Anchor, is_old
from tasks.extract.frames.frame_model import Slot
from warehouse.vocabulary import HAPPENED, RELATION_TYPES

# A lead of one short sentence ("Brussels, 3 July.", a summary line) is followed by the lead proper.
_SHORT_LEAD = 160
_GATHERING = "meeting"
_ENDS = ("from", "to")
_PERIOD, _BOTH = "year", 2
_RECALLED = "background"


def head_paragraphs(document: Document) -> frozenset[int]:
    """Return the paragraphs of headline and lead."""
    body = [sentence for sentence in document.sentences if sentence.start >= document.body_start]
    heads = {sentence.paragraph for sentence in document.sentences if sentence.start < document.body_start}
    if body:
        first = body[0].paragraph
        heads.add(first)
        length = sum(sentence.end - sentence.start for sentence in body if sentence.paragraph == first)
        later = next((sentence.paragraph for sentence in body if sentence.paragraph != first), None)
        if length < _SHORT_LEAD and later is not None:
            heads.add(later)
    return frozenset(heads)


def anchor_of(document: Document, drafts: Sequence[Draft]) -> Anchor:
    """Return the day that tells news from history, and the types the head tells about."""
    head = [draft for draft in drafts if draft.in_head]
    types = frozenset(draft.claim_type for draft in head)
    day = document.published_on
    if day is None:
        told = [
            draft.date_end
            for draft in head
            if draft.date_end is not None and draft.date_precision == "day" and not _is_open(draft)
        ]
        day = told[0] if told else None
    done = frozenset(draft.claim_type for draft in head if _is_done(draft, day))
    return Anchor(day, types, done)


def _is_done(draft: Draft, day: date | None) -> bool:
    """True for news of something that happened, neither ahead nor long ago."""
    recalled = day is not None and is_old(draft, day)
    return not (_is_open(draft) or _is_future(draft, day) or recalled)


def _is_future(draft: Draft, day: date | None) -> bool:
    if draft.hit.entry.tense in ("infinitive", "future"):
        return True
    if draft.frame.present_is_plan and draft.hit.entry.tense == "present" and not draft.in_title:
        # "It enters into force on the first day of the second month": what is still to come.
        return True
    return day is not None and draft.date_start is not None and draft.date_start > day


def _is_open(draft: Draft) -> bool:
    """True for a draft whose own words do not say that it happened."""
    words = {"future", "modal", "plan", "condition", "to", "pluperfect", "cancel", "negation", "decided"}
    return bool(draft.cues & words) or draft.marker is not None or draft.group.status is not None


def fill_roles(drafts: Sequence[Draft], mentions: Sequence[Mention], relations: Sequence[Claim]) -> None:
    """Fill empty roles from other drafts, from relations and by derivation, in the order of the text."""
    for draft in drafts:
        for slot in draft.frame.slots:
            if slot.derive_from is not None:
                _derive(draft, slot, mentions)
            stated = [
                argument for argument in draft.role(slot.role) if not argument.rule_id.endswith(f".{slot.derive_from}")
            ]
            if not stated and _may_borrow(draft, slot):
                _lend(draft, slot, drafts, relations)


def _may_borrow(draft: Draft, slot: Slot) -> bool:
    """True if an empty role may be filled from elsewhere: an event set apart keeps only the parties of its series."""
    lends = draft.claim_type == "return_operation"
    if slot.role in _ENDS and not lends and draft.group.viewpoint != slot.role:
        return False
    return slot.fill == "series" or (slot.fill == "document" and draft.marker is None)


def _derive(draft: Draft, slot: Slot, mentions: Sequence[Mention]) -> None:
    """Let the countries of persons in another role, or the country of the place, stand in the role."""
    rule = f"{draft.frame.frame_id}.{slot.role}.{slot.derive_from}"
    if slot.derive_from == "place":
        found = draft.location
        if found is None and draft.place is not None:
            found = derived_country(draft.place, mentions)
        if found is not None:
            draft.add(slot.role, found, "derived", rule)
        return
    for argument in draft.role(slot.derive_from or ""):
        found = represented(argument.mention, mentions)
        if found is not None and found.kind in slot.kinds:
            draft.add(slot.role, found, "derived", rule)


def _lend(draft: Draft, slot: Slot, drafts: Sequence[Draft], relations: Sequence[Claim]) -> None:
    """Take the fillers of the best lender: by the order of `fill_from`, then the nearest before, then after."""
    position = next(number for number, other in enumerate(drafts) if other is draft)
    for source in slot.fill_from:
        claim_type, _, role = source.partition(".")
        if claim_type in RELATION_TYPES:
            lent = _related(draft, slot, role, [claim for claim in relations if claim.claim_type == claim_type])
            for mention in lent:
                draft.add(slot.role, mention, "document", f"{draft.frame.frame_id}.{slot.role}.{source}")
            if lent:
                return
            continue
        lenders = [
            (abs(number - position) + (1000 if number > position else 0), number)
            for number, other in enumerate(drafts)
            if other is not draft
            and (number < position or slot.role not in _ENDS)
            and other.claim_type == claim_type
            and other.marker is None
            and not _apart(draft, other, slot)
            and any(
                argument.basis != "document" and argument.mention.kind in slot.kinds for argument in other.role(role)
            )
        ]
        if lenders:
            ranked = [number for _, number in sorted(lenders)]
            if role == "party":
                ranked.sort(key=lambda number: not _names_both(drafts[number]))
            lender = _fullest(drafts, ranked, role)
            for argument in lender.role(role):
                if argument.mention.kind in slot.kinds:
                    rule = f"{draft.frame.frame_id}.{slot.role}.{source}"
                    draft.add(slot.role, argument.mention, "document", rule)
            return


def _related(draft: Draft, slot: Slot, role: str, relations: Sequence[Claim]) -> list[Mention]:
    """Return who funds or carries out the project: by the nearest relation before the event, else after it."""
    begin = draft.trigger_span[0]
    nearest = sorted(relations, key=lambda claim: (claim.trigger_start > begin, abs(claim.trigger_start - begin)))
    for claim in nearest:
        found = [a.mention for a in claim.arguments if a.role == role and a.mention.kind in slot.kinds]
        if found:
            return found
    return []


def _names_both(draft: Draft) -> bool:
    """True for a step whose own sentence names both sides: it tells them better than one that names a mandate."""
    stated = [argument for argument in draft.role("party") if argument.basis in ("text", "derived")]
    return len(stated) >= _BOTH


def _fullest(drafts: Sequence[Draft], lenders: Sequence[int], role: str) -> Draft:
    """Return the first lender, or a later one that names its fillers and more (Belarus: Belarus and the EU)."""
    best = drafts[lenders[0]]
    for number in lenders[1:]:
        own = {same_thing(argument.mention) for argument in best.role(role)}
        if own < {same_thing(argument.mention) for argument in drafts[number].role(role)}:
            best = drafts[number]
    return best


def _apart(first: Draft, second: Draft, slot: Slot) -> bool:
    """True if two drafts lie on different days, so that one's people need not be the other's; signatories never are."""
    if slot.role in _ENDS and _is_total(first) != _is_total(second):
        # The flight of a day is one of a year's: those went elsewhere too, and an agency's came from elsewhere.
        return slot.role == "to" or any(a.mention.subtype in INTERNATIONAL for a in first.role("organiser"))
    # Who signs today did not sign what is recalled; who helped people home did not charter what was grounded.
    pair = {first.status, second.status}
    other = {"signatory": len(pair) > 1 and _RECALLED in pair, "organiser": len(pair) > 1}.get(slot.role)
    if other is not None and (other or dated_apart(first, second)):
        return True
    same = first.claim_type == second.claim_type and slot.role != "signatory"
    if same or None in (first.date_start, second.date_start):
        return False
    if slot.role == "party":
        # What is signed today was negotiated, and will enter into force, between the same parties.
        return False
    return first.date_start != second.date_start


def _is_total(draft: Draft) -> bool:
    """True for what its sentence counts for a year."""
    return draft.date_precision == _PERIOD and draft.date_basis == "text"


def fill_dates(document: Document, drafts: Sequence[Draft]) -> None:
    """Give undated news its day: that of the same event told elsewhere, of the lead, else of the publication."""
    for draft in drafts:
        if draft.date_mention is None and draft.frame.date_fill != "none" and draft.marker is None:
            _fill_date(document, draft, drafts)


def _fill_date(document: Document, draft: Draft, drafts: Sequence[Draft]) -> None:
    performs = draft.frame.presents and draft.hit.entry.tense in ("present", "base")
    only_published = draft.frame.date_fill == "publication_only"
    is_news = draft.status == "occurred" and (
        draft.in_head or performs or not draft.frame.recalls or bool(draft.frame.told_with) or "occasion" in draft.cues
    )
    twin = _twin(draft, drafts)
    if twin is not None and (is_news or only_published or draft.is_definite or draft.in_title):
        _copy_date(draft, twin, "lead" if twin.in_head else "document")
        if draft.country is None:
            copy_country(draft, twin)
        return
    if only_published:
        _take_publication(document, draft)
    if only_published or not is_news:
        return
    gathering = None if draft.in_head else _gathering(draft, drafts)
    if gathering is not None:
        _copy_date(draft, gathering, "lead")
        copy_country(draft, gathering)
        return
    _take_news_day(document, draft, drafts)


def _take_news_day(document: Document, draft: Draft, drafts: Sequence[Draft]) -> None:
    """Take the one day of what headline and lead tell as done, with its country; else the day of publication."""
    days: dict[tuple[date | None, date | None], list[Draft]] = {}
    for other in drafts:
        told = other.in_head and other.date_mention is not None and other.date_start is not None
        if told and other.status == "occurred":
            days.setdefault((other.date_start, other.date_end), []).append(other)
    if len(days) == 1:
        lenders = next(iter(days.values()))
        _copy_date(draft, lenders[0], "lead")
        placed = next((other for other in lenders if other.place is not None), None)
        if draft.country is None and placed is not None:
            copy_country(draft, placed)
    elif draft.frame.date_fill == "publication":
        _take_publication(document, draft)


def _gathering(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the meeting of headline or lead of which the draft tells what came of it, the first with a day."""
    if "occasion" not in draft.cues and _GATHERING not in draft.frame.told_with:
        return None
    return next(
        (
            other
            for other in drafts
            if other.in_head
            and other.claim_type == _GATHERING
            and other.status == "occurred"
            and other.date_start is not None
        ),
        None,
    )


def _take_publication(document: Document, draft: Draft) -> None:
    if document.published_on is not None:
        draft.date_start = draft.date_end = document.published_on
        draft.date_precision, draft.date_basis = "approx", "document"


def _twin(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the first dated draft that tells the same event: same type and status, no other number, not set apart."""
    for other in drafts:
        if (
            other is draft
            or other.claim_type != draft.claim_type
            or other.date_mention is None
            or other.date_start is None
        ):
            continue
        if other.marker is not None or (other.status in HAPPENED) != (draft.status in HAPPENED):
            continue
        if other.status == "background" and draft.in_head:
            continue
        if None not in (draft.ordinal, other.ordinal) and draft.ordinal != other.ordinal:
            continue
        if draft.country and other.country and draft.country != other.country:
            continue
        return other
    return None


def _copy_date(draft: Draft, other: Draft, basis: str) -> None:
    draft.date_mention, draft.date_basis = other.date_mention, basis
    draft.date_start, draft.date_end = other.date_start, other.date_end
    draft.date_precision = other.date_precision
