"""From drafts to claims: what one sentence tells of one event becomes one claim, with evidence and a stable id."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from tasks.extract.annotations import Argument, Claim, Document, Reject
from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.events.placement import has_no_subject
from tasks.extract.events.role_conflicts import exclude
from warehouse.ids import claim_id
from warehouse.vocabulary import HAPPENED, STATUSES

_OUTER = frozenset(",;:-–— \t\n\u00a0")
# Auxiliaries that make a verb of a participle.
_TENSED = frozenset({"past", "perfect", "pluperfect", "present", "be", "being"})
_FIGURES = "statistics_reported"


def assemble(document: Document, drafts: Sequence[Draft]) -> tuple[list[Claim], list[Reject]]:
    """Return the claims of a document, and as rejects the drafts refused or merged into another; both by start."""
    claims: list[Claim] = []
    rejects = [_reject(document, draft) for draft in drafts if draft.reject is not None]
    kept: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.reject is not None:
            continue
        same = kept.setdefault((draft.view.sentence.sentence_id, draft.claim_type), [])
        twin = next((other for other in same if _same_event(other, draft)), None)
        if twin is not None:
            _merge(twin, draft)
            exclude(twin)
            rejects.append(_reject(document, draft, "same_event_in_sentence"))
        else:
            same.append(draft)
    seen: dict[tuple[str, str, int], int] = {}
    for group in kept.values():
        for draft in group:
            key = (draft.view.sentence.sentence_id, draft.claim_type, draft.trigger_span[0])
            seen[key] = seen.get(key, -1) + 1
            claims.append(_claim(draft, seen[key]))
    claims.sort(key=lambda claim: (claim.start, claim.trigger_start))
    rejects = _once(rejects, claims)
    rejects.sort(key=lambda reject: (reject.start, reject.end, reject.rule_id, reject.reason))
    return claims, rejects


def _once(rejects: Sequence[Reject], claims: Sequence[Claim]) -> list[Reject]:
    """Return one reject for the same words and rule, whichever groups of a frame tried them; none beside a claim."""
    told = {(claim.rule_id, claim.trigger_start, claim.trigger_end) for claim in claims}
    unique: dict[tuple[str, str, int | None, int | None], Reject] = {}
    for reject in rejects:
        unique.setdefault((reject.kind, reject.rule_id, reject.start, reject.end), reject)
    return [reject for key, reject in unique.items() if key[1:] not in told]


def _same_event(first: Draft, second: Draft) -> bool:
    """True if two drafts of one type in one sentence tell one event."""
    if _describes(second, first):
        return True
    if first.date_start != second.date_start and first.date_basis == second.date_basis == "text":
        # A day lent by lead or publication gives way to one that the sentence states. Of a plan that was called off
        # the weekday is read backwards, of the plan itself forwards.
        return _calls_off(first, second) and _is_of_one_date(first, second)
    if first.claim_type == _FIGURES:
        # However many figures a sentence tells, they are made public once.
        return True
    if first.place is not None and second.place is not None and same_thing(first.place) != same_thing(second.place):
        return False
    if first.clause != second.clause and _counts_apart(first, second):
        return False
    if first.clause != second.clause and not _hangs_together(first, second):
        return False
    if None not in (first.ordinal, second.ordinal) and first.ordinal != second.ordinal:
        return False
    if _calls_off(first, second):
        return True
    return first.marker == second.marker and (first.status == "cancelled") == (second.status == "cancelled")


def _is_of_one_date(first: Draft, second: Draft) -> bool:
    one, other = first.date_mention, second.date_mention
    return one is not None and other is not None and one.start == other.start


def _calls_off(first: Draft, second: Draft) -> bool:
    """True for a plan and what became of it: "Forty people were to be deported, but the flight was cancelled"."""
    if second.status == "cancelled" and first.status == "planned":
        return first.marker == second.marker
    if second.status == "cancelled" and first.is_noun and first.clause == second.clause:
        # "A charter flight with 30 people could not take off."
        return True
    if first.status != "cancelled" or second.status != "planned" or not first.is_noun:
        return False
    # "The flight that was to leave on Wednesday was stopped": the plan stands between the noun and what became of it.
    return any(hit.first > second.hit.last for hit in second.view.of_kind("status", "cancel"))


def _describes(second: Draft, first: Draft) -> bool:
    """True for a verb that says what the noun in front of it was for: "the charter on which 22 were to be returned"."""
    if not first.is_noun or second.is_noun or second.status not in (first.status, "planned"):
        return False
    view, begin = second.view, second.clause[0]
    hangs = any(hit.first == begin for hit in view.of_kind("word", "relative"))
    return hangs and all(number in view.function_words for number in range(first.hit.last + 1, begin))


def _says_whom(draft: Draft) -> bool:
    """True for a participle that says which people are meant: "will welcome 1,600 children relocated from Greece"."""
    view, before = draft.view, draft.hit.first - 1
    if view.language != "en" or draft.hit.entry.tense != "past" or before < 0 or draft.cues & _TENSED:
        return False
    index = view.inside.get(before)
    counted = index is not None and view.mentions[index].kind == "quantity"
    return counted or before in view.lasts("word", "people")


def _counts_apart(first: Draft, second: Draft) -> bool:
    """True if each clause counts its own people or money ("648 were brought out; the last group, of 133, left …")."""
    one, other = (
        {
            (argument.mention.value_min, argument.mention.unit)
            for argument in draft.role("quantity")
            if draft.covers(next(n for n, token in enumerate(draft.view.tokens) if token.end > argument.mention.start))
        }
        for draft in (first, second)
    )
    return bool(one and other) and not one & other


def _hangs_together(first: Draft, second: Draft) -> bool:
    """True if triggers in two clauses can tell one event: same side of done and planned, and no second subject."""
    if (first.status in HAPPENED) != (second.status in HAPPENED):
        return False
    verbs = not first.is_noun and not second.is_noun
    if not verbs or has_no_subject(second.view, second.clause[0], second.hit.first):
        return True
    one, other = (
        {same_thing(argument.mention) for argument in draft.arguments if argument.rule_id.endswith(".subject")}
        for draft in (first, second)
    )
    return bool(one & other)


def _merge(into: Draft, other: Draft) -> None:
    """Add what the second draft of one event knows beyond the first."""
    parts = {same_thing(argument.mention) for argument in into.arguments}
    for argument in other.arguments:
        if argument.role == "participant" and same_thing(argument.mention) in parts:
            continue
        into.add(argument.role, argument.mention, argument.basis, argument.rule_id)
    if into.date_mention is None and other.date_mention is not None:
        into.take_date(other.date_mention, other.date_basis or "text")
    if into.place is None:
        into.place, into.place_basis = other.place, other.place_basis
    if into.country is None:
        into.country, into.country_basis = other.country, other.country_basis
    into.project = into.project or other.project
    if _calls_off(into, other):
        into.status, into.negated = "cancelled", True
    elif not _describes(other, into) and not _says_whom(other):
        into.status = min(into.status, other.status, key=STATUSES.index)


def _claim(draft: Draft, ordinal: int) -> Claim:
    start, end = _evidence(draft)
    begin, finish = draft.trigger_span
    sentence = draft.view.sentence
    return Claim(
        claim_id=claim_id(sentence.sentence_id, draft.claim_type, begin - sentence.start, ordinal),
        sentence_id=sentence.sentence_id,
        claim_kind="event",
        claim_type=draft.claim_type,
        status=draft.status,
        polarity="negated" if draft.negated else "affirmed",
        zone=sentence.zone,
        trigger_start=begin,
        trigger_end=finish,
        start=start,
        end=end,
        rule_id=draft.rule_id,
        confidence=draft.frame.prior,
        date_mention=draft.date_mention,
        date_start=draft.date_start,
        date_end=draft.date_end,
        date_precision=draft.date_precision,
        date_verbatim=draft.date_mention.text if draft.date_mention is not None else None,
        date_basis=draft.date_basis,
        place_mention=draft.place,
        place_name=(draft.place.name or draft.place.text) if draft.place is not None else None,
        place_basis=draft.place_basis,
        country_code=draft.country,
        country_basis=draft.country_basis,
        project_mention=draft.project,
        reference_marker=draft.marker,
        series_ordinal=draft.ordinal,
        arguments=_in_order(draft.arguments),
    )


def _in_order(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """Return the arguments role by role, each role in the order of the text."""
    roles = list(dict.fromkeys(argument.role for argument in arguments))
    return tuple(sorted(arguments, key=lambda argument: (roles.index(argument.role), argument.mention.start)))


def _evidence(draft: Draft) -> tuple[int, int]:
    """Return the span of the clauses that hold the trigger and what the sentence says about it, without outer signs."""
    view, sentence = draft.view, draft.view.sentence
    spans = [argument.mention for argument in draft.arguments]
    spans += [mention for mention in (draft.date_mention, draft.place, draft.location) if mention is not None]
    inside = [mention for mention in spans if sentence.start <= mention.start and mention.end <= sentence.end]
    low = min([draft.trigger_span[0], *(mention.start for mention in inside)])
    high = max([draft.trigger_span[1], *(mention.end for mention in inside)])
    first = bisect_right(view.tokens, low, key=attrgetter("end"))
    last = bisect_left(view.tokens, high, key=attrgetter("start")) - 1
    begin, finish = view.text(view.clause_of(first)[0], view.clause_of(last)[1])
    text = view.document.text
    while begin < low and text[begin] in _OUTER:
        begin += 1
    while finish > high and text[finish - 1] in _OUTER:
        finish -= 1
    return begin, finish


def _reject(document: Document, draft: Draft, reason: str | None = None) -> Reject:
    start, end = draft.trigger_span
    return Reject(
        sentence_id=draft.view.sentence.sentence_id,
        kind=draft.claim_type,
        start=start,
        end=end,
        text=document.text[start:end],
        rule_id=draft.rule_id,
        reason=reason or draft.reject or "",
    )
