"""Claims: what one document says happened, happens or will happen, each with its sentence, its parties and its rule.

One pass per sentence finds triggers and fills what the sentence says (`slots`, `anchoring`, `status`); then passes over the
document settle what is news and what history, and lend what the sentences leave out (`filling`, `roles`, `relations`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.anchoring import sentence_date, sentence_place, set_country
from tasks.extract.annotations import Claim, Document, Mention, Reject, Sentence
from tasks.extract.distribution import distribute
from tasks.extract.drafts import Draft, same_thing
from tasks.extract.filling import (
    anchor_of,
    derive_from_country,
    fill_dates,
    fill_places,
    fill_roles,
    head_paragraphs,
    tie_reference,
)
from tasks.extract.frame_model import Frames, Slot
from tasks.extract.relations import tie_relation
from tasks.extract.requirements import Scope, anchored, blocked, inside_name, missing
from tasks.extract.roles import cue_roles, footnote_roles, tie_projects
from tasks.extract.sentence_view import SentenceView, view_of
from tasks.extract.slots import attributive, fill_slots, has_no_subject
from tasks.extract.status import judge, read_cues, time_headlines
from tasks.extract.triggers import Hit, language_key
from warehouse.ids import claim_id
from warehouse.vocabulary import HAPPENED

# What a value that is not in the sentence costs: shares of the frame's prior, from the share of such claims that were right
# in the annotated announcements (lead and derived values nearly as often as those of the sentence).
_BASIS_FACTOR = {None: 1.0, "text": 1.0, "lead": 0.95, "derived": 0.95, "document": 0.85}
_NOUN_FACTOR = 0.9
_NO_PARTY_FACTOR = 0.8
# One word of the field in passing ("a visa", "the border") does not make a text one on migration management, unless it stands
# in headline or lead.
_DOMAIN_HITS = 2


def find_claims(
    document: Document, mentions: Sequence[Mention], frames: Frames
) -> tuple[list[Claim], list[Reject]]:
    """Return the claims of a document and the candidates that were refused.

    Args:
        document: The text with its sentences.
        mentions: All mentions of the document, in any order.
        frames: What `tasks.extract.frames.load_frames` returned.

    Returns:
        Claims by start and id, at most one for each trigger; rejects by start and rule. All offsets count code points of the
        document's text, and each claim's start:end lies within one sentence.
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.mention_id))
    views = list(_views(document, ordered, frames))
    heads = head_paragraphs(document)
    scope = _scope(views, frames, heads)
    drafts: list[Draft] = []
    for view in views:
        drafts.extend(_sentence_drafts(view, frames, scope, view.sentence.paragraph in heads))
    live = [draft for draft in drafts if draft.reject is None]
    _settle(document, live, ordered, views, frames)
    claims, rejects = _finish(document, drafts)
    return claims, rejects


def _views(document: Document, mentions: Sequence[Mention], frames: Frames) -> Iterator[SentenceView]:
    """Yield a view of each sentence in a language that has frames."""
    starts = [mention.start for mention in mentions]
    for sentence in document.sentences:
        index = frames.indexes.get(language_key(sentence.language))
        if index is None:
            continue
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = [mention for mention in mentions[low:high] if mention.end <= sentence.end]
        yield view_of(document, sentence, index, inside)


def _scope(views: Sequence[SentenceView], frames: Frames, heads: frozenset[int]) -> Scope:
    paragraphs: dict[int, set[str]] = {}
    domain = 0
    for view in views:
        weight = _DOMAIN_HITS if view.sentence.paragraph in heads else 1
        domain += weight * len(view.of_kind("word", "domain"))
        found = paragraphs.setdefault(view.sentence.paragraph, set())
        found.update(f"word:{hit.entry.key}" for hit in view.of_kind("word"))
        found.update(f"mention:{mention.kind}" for mention in view.mentions)
        found.update(f"type:{frames.frames[hit.entry.key].claim_type}" for hit in view.of_kind("trigger"))
    words = set().union(*paragraphs.values())
    if domain < _DOMAIN_HITS:
        words.discard("word:domain")
    return Scope(frozenset(words), {number: frozenset(found) for number, found in paragraphs.items()})


def _sentence_drafts(view: SentenceView, frames: Frames, scope: Scope, in_head: bool) -> list[Draft]:
    """Return the drafts of one sentence; those with `reject` set are kept to be reported."""
    drafts = [_draft(view, hit, frames, in_head) for hit in _triggers(view)]
    if not drafts:
        return []
    for draft in drafts:
        if blocked(view, draft.hit, draft.frame.frame_id):
            draft.reject = "blocked_phrase"
        elif inside_name(draft):
            draft.reject = "inside_name"
        else:
            read_cues(draft, frames)
    _prefer(drafts)
    for draft in drafts:
        if draft.reject is None:
            draft.reject = missing(draft, (*draft.frame.requires, *draft.group.requires), scope, early=True)
    for draft in drafts:
        if draft.reject is None:
            sentence_date(draft, [other for other in drafts if other.reject is None])
    drafts = [part for draft in drafts for part in (distribute(draft) if draft.reject is None else [draft])]
    for draft in drafts:
        if draft.reject is None:
            sentence_place(draft, [other for other in drafts if other.reject is None])
    for draft in drafts:
        if draft.reject is None:
            draft.reject = _refusal(draft, scope)
    live = [draft for draft in drafts if draft.reject is None]
    described = attributive(view) if live else frozenset()
    for draft in live:
        fill_slots(draft, described)
    return drafts


def _triggers(view: SentenceView) -> list[Hit]:
    """Return the trigger hits; of overlapping ones of one frame the one with most literal words, then the first."""
    kept: list[Hit] = []
    order = sorted(
        (*view.of_kind("trigger"), *view.of_kind("relation")),
        key=lambda hit: (-hit.literals, hit.entry.tense == "noun", hit.first, hit.last, hit.entry.item, hit.entry.tense),
    )
    for hit in order:
        if not any(
            other.entry.key == hit.entry.key and hit.first <= other.last and other.first <= hit.last for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.first, hit.last, hit.entry.key))


def _draft(view: SentenceView, hit: Hit, frames: Frames, in_head: bool) -> Draft:
    frame = frames.frames[hit.entry.key]
    group = frame.groups[view.language][hit.entry.item]
    free_order = view.language in frames.free_order
    clause = view.clause_of(hit.first)
    if hit.entry.tense in ("noun", "gerund"):
        clause = clause[0], _relative_end(view, clause[1])
    return Draft(view, hit, frame, group, clause, in_head, free_order)


def _relative_end(view: SentenceView, last: int) -> int:
    """Return the end of a noun's clause, with the relative clause behind it ("the meeting, which will be held in Tirana")."""
    begin = last + 1
    if any(hit.first == begin for hit in view.of_kind("word", "relative")):
        return view.clause_of(begin)[1]
    return last


def _prefer(drafts: Sequence[Draft]) -> None:
    """Refuse triggers that overlap a longer one of another frame of the same type."""
    for draft in drafts:
        for other in drafts:
            if other is draft or draft.reject or other.reject or other.claim_type != draft.claim_type:
                continue
            overlap = draft.hit.first <= other.hit.last and other.hit.first <= draft.hit.last
            if overlap and (other.hit.literals, -other.hit.first) > (draft.hit.literals, -draft.hit.first):
                draft.reject = "part_of_longer_trigger"


def _refusal(draft: Draft, scope: Scope) -> str | None:
    if "habitual" in draft.cues and draft.date is None:
        return "habitual"
    reason = missing(draft, (*draft.frame.requires, *draft.group.requires), scope, early=False)
    if reason is not None:
        return reason
    if draft.is_noun and draft.frame.noun_needs_anchor and not anchored(draft):
        return "points_back" if draft.is_definite else "noun_without_anchor"
    present = draft.hit.entry.tense == "present" and not draft.frame.presents
    if present and draft.date is None and not draft.in_head and draft.group.status is None:
        return "generic_present"
    return None


def _settle(
    document: Document, drafts: list[Draft], mentions: Sequence[Mention], views: Sequence[SentenceView], frames: Frames
) -> None:
    """Run the passes over the document; drafts are changed in place."""
    events = [draft for draft in drafts if draft.frame.claim_kind == "event"]
    for draft in drafts:
        if draft.frame.claim_kind == "relation":
            tie_relation(draft, mentions)
    for draft in events:
        _tie_reference(draft, mentions)
    cue_roles(events, views, frames)
    footnote_roles(events, views)
    anchor = anchor_of(document, events)
    for draft in events:
        draft.status, draft.negated = judge(draft, anchor)
        set_country(draft)
    time_headlines(events)
    fill_roles(drafts, mentions)
    for draft in events:
        set_country(draft)
    fill_dates(document, events)
    fill_places(events)
    derive_from_country(events, mentions)
    tie_projects(events, views, mentions)
    for draft in drafts:
        for slot in draft.frame.slots:
            if len(draft.role(slot.role)) < slot.at_least:
                draft.reject = f"no_{slot.role}"


# Words in front of a trigger that stand for something named before, and what they can stand for.
_REFERRING = (("pronoun", "person"), ("the_country", "territory"))


def _tie_reference(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Resolve `he`, `she` and `the country` in front of a trigger that has no such subject of its own."""
    for word, kind in _REFERRING:
        standing = [hit.first for hit in draft.view.of_kind("word", word)]
        own = [position for position in standing if draft.clause[0] <= position < draft.hit.first]
        slot = next((slot for slot in draft.frame.slots if kind in slot.kinds and _takes_subject(draft, slot)), None)
        if not own or slot is None or any(argument.mention.kind == kind for argument in draft.role(slot.role)):
            continue
        tie_reference(draft, mentions, slot.role, kind, draft.view.tokens[own[-1]].start)


def _takes_subject(draft: Draft, slot: Slot) -> bool:
    return "subject" in draft.group.sources.get(slot.role, slot.sources)


def _finish(document: Document, drafts: Sequence[Draft]) -> tuple[list[Claim], list[Reject]]:
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
            rejects.append(_reject(document, draft, "same_event_in_sentence"))
        else:
            same.append(draft)
    seen: dict[tuple[str, str, int], int] = {}
    for group in kept.values():
        for draft in group:
            key = (draft.view.sentence.sentence_id, draft.claim_type, draft.trigger_span[0])
            seen[key] = seen.get(key, -1) + 1
            claims.append(_claim(draft, seen[key]))
    claims.sort(key=lambda claim: (claim.start, claim.trigger_start, claim.claim_id))
    rejects.sort(key=lambda reject: (reject.start, reject.end, reject.rule_id, reject.reason))
    return claims, rejects


def _same_event(first: Draft, second: Draft) -> bool:
    """True if two drafts of one type in one sentence tell one event."""
    if first.frame.claim_kind == "relation":
        return False
    if None not in (first.date_start, second.date_start) and first.date_start != second.date_start:
        return False
    if first.place is not None and second.place is not None and same_thing(first.place) != same_thing(second.place):
        return False
    if first.clause != second.clause and not _hangs_together(first, second):
        return False
    if None not in (first.ordinal, second.ordinal) and first.ordinal != second.ordinal:
        return False
    return first.marker == second.marker and (first.status == "cancelled") == (second.status == "cancelled")


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
    return not one or not other or bool(one & other)


def _merge(into: Draft, other: Draft) -> None:
    """Add what the second draft of one event knows beyond the first."""
    parts = {same_thing(argument.mention) for argument in into.arguments}
    for argument in other.arguments:
        if argument.role == "participant" and same_thing(argument.mention) in parts:
            continue
        into.add(argument.role, argument.mention, argument.basis, argument.rule_id)
    if into.date is None and other.date is not None:
        into.take_date(other.date, other.date_basis or "text")
    if into.place is None:
        into.place, into.place_basis = other.place, other.place_basis
    if into.country is None:
        into.country, into.country_basis = other.country, other.country_basis
    into.project = into.project or other.project
    order = ("occurred", "background", "planned", "cancelled")
    into.status = min(into.status, other.status, key=order.index)


def _claim(draft: Draft, ordinal: int) -> Claim:
    start, end = _evidence(draft)
    begin, finish = draft.trigger_span
    sentence = draft.view.sentence
    return Claim(
        claim_id=claim_id(sentence.sentence_id, draft.claim_type, begin - sentence.start, ordinal),
        sentence_id=sentence.sentence_id,
        claim_kind=draft.frame.claim_kind,
        claim_type=draft.claim_type,
        status=draft.status,
        polarity="negated" if draft.negated else "affirmed",
        zone=sentence.zone,
        trigger_start=begin,
        trigger_end=finish,
        start=start,
        end=end,
        rule_id=draft.rule_id,
        confidence=_confidence(draft),
        date_mention=draft.date,
        date_start=draft.date_start,
        date_end=draft.date_end,
        date_precision=draft.date_precision,
        date_verbatim=draft.date.text if draft.date is not None else None,
        date_basis=draft.date_basis,
        place_mention=draft.place,
        place_name=(draft.place.name or draft.place.text) if draft.place is not None else None,
        place_basis=draft.place_basis,
        country_code=draft.country,
        country_basis=draft.country_basis,
        project_mention=draft.project,
        reference_marker=draft.marker,
        series_ordinal=draft.ordinal,
        arguments=tuple(draft.arguments),
    )


def _evidence(draft: Draft) -> tuple[int, int]:
    """Return the span of the clauses that hold the trigger and what the sentence says about it, without outer signs."""
    view, sentence = draft.view, draft.view.sentence
    spans = [argument.mention for argument in draft.arguments]
    spans += [mention for mention in (draft.date, draft.place, draft.location) if mention is not None]
    inside = [mention for mention in spans if sentence.start <= mention.start and mention.end <= sentence.end]
    low = min([draft.trigger_span[0], *(mention.start for mention in inside)])
    high = max([draft.trigger_span[1], *(mention.end for mention in inside)])
    first = next(number for number, token in enumerate(view.tokens) if token.end > low)
    last = max(number for number, token in enumerate(view.tokens) if token.start < high)
    begin, finish = view.text(view.clause_of(first)[0], view.clause_of(last)[1])
    text = view.document.text
    while finish > begin and text[finish - 1] in ",;:-–— \n":
        finish -= 1
    return begin, max(finish, high)


def _confidence(draft: Draft) -> float:
    value = draft.frame.prior * _BASIS_FACTOR[draft.date_basis] * _BASIS_FACTOR[draft.country_basis]
    if draft.is_noun:
        value *= _NOUN_FACTOR
    if not draft.arguments:
        value *= _NO_PARTY_FACTOR
    return round(value, 4)


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


__all__ = ["Sentence", "find_claims"]
