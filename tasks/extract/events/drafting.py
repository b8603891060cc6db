"""The candidates of one sentence: triggers, what makes them void, and what their sentence says about them.

Belongs here: the order of the passes within a sentence. What needs the whole document is `events.claims`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.extract.events.anchoring import sentence_date, sentence_place
from tasks.extract.events.cues import read_cues
from tasks.extract.events.distribution import distribute
from tasks.extract.events.drafts import Draft
from tasks.extract.events.misreadings import misread
from tasks.extract.events.placement import attributive
from tasks.extract.events.requirements import anchored, missing
from tasks.extract.events.schemes import only_mentioned
from tasks.extract.events.scope import Scope
from tasks.extract.events.slots import fill_slots
from tasks.extract.frames.frame_model import Frames
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

_TOPIC_REACH = 4
_CONTENT_REACH, _INFINITIVE_REACH = 3, 8
_TIME_CUES = frozenset({"future", "modal", "plan", "to", "condition", "recent", "negation", "cancel", "perfect"})
_ACTORS = frozenset({"territory", "organisation", "region", "place"})
# A sentence of an announcement has a handful of triggers; a list or a damaged text may have thousands, and the passes
# below compare each with each.
_MOST_TRIGGERS = 60
# "The closing conference of the project": the meeting and what it celebrates are two events.
_CELEBRATED = ({"meeting", "project_launched"}, {"meeting", "project_completed"})
_SUMMING = frozenset({"number", "several", "various", "numerous", "many"})


def sentence_drafts(view: SentenceView, frames: Frames, scope: Scope, in_head: bool) -> list[Draft]:
    """Return the drafts of one sentence, with day, place and the roles it fills; those refused carry their reason.

    Args:
        view: The sentence with its mentions and hits.
        frames: All frames.
        scope: What the document and its paragraphs hold.
        in_head: The sentence belongs to headline or lead.
    """
    hits, surplus = _triggers(view)
    if not hits:
        return []
    drafts = [_draft(view, hit, frames, in_head) for hit in hits]
    for draft in drafts:
        _read(draft, frames, scope)
    _prefer(drafts)
    told = live(drafts)
    for draft in told:
        sentence_date(draft, told)
    drafts = [part for draft in drafts for part in (distribute(draft) if draft.reject is None else [draft])]
    told = live(drafts)
    for draft in told:
        sentence_place(draft, told)
    for draft in told:
        draft.reject = _refusal(draft, scope)
    _keep_first_group(live(drafts))
    for draft in live(drafts):
        if _is_content(draft, drafts):
            draft.reject = "content_of_pledge"
    described = attributive(view) if live(drafts) else frozenset()
    for draft in live(drafts):
        fill_slots(draft, described)
    return drafts + [_too_many(_draft(view, hit, frames, in_head)) for hit in surplus]


def _is_topic(draft: Draft) -> bool:
    """True for a noun that people speak about ("discussed with Vienna on returns"): nobody is said to have done it."""
    view = draft.view
    position = draft.hit.first - 1
    while position > draft.hit.first - _TOPIC_REACH and any(
        hit.entry.key in ("definite", "next", "filler") for hit in view.ending_at.get(position, ())
    ):
        position -= 1
    return any(hit.last in (position, position - 1) for hit in view.of_kind("word", "about"))


def _is_generic(draft: Draft) -> bool:
    """True for an undated present that tells what is done as a rule ("experts meet in a committee").

    English tells news in the past, but for headlines; other languages use the present in the lead too.
    """
    tense = draft.hit.entry.tense
    timed = draft.date_mention is not None or draft.cues & _TIME_CUES or draft.frame.present_is_plan
    if draft.frame.presents or draft.group.status is not None or draft.in_title or timed:
        return False
    if _names_act(draft):
        return False
    if _is_summed_up(draft):
        return True
    if "being" in draft.cues and not draft.cues & {"past", "present"}:
        # "For every person being returned": a clause without a time of its own.
        return True
    if draft.view.language == "en":
        return tense in ("present", "base") or "present" in draft.cues
    return tense == "present" and not draft.in_head


def _is_summed_up(draft: Draft) -> bool:
    """True for "has signed agreements with a number of countries": no act that could be dated."""
    if draft.claim_type != "agreement_signed" or "perfect" not in draft.cues or draft.in_head:
        return False
    behind = (token.word for token in draft.view.tokens[draft.hit.last + 1 : draft.clause[1] + 1])
    return draft.view.language == "en" and not _SUMMING.isdisjoint(behind)


def _names_act(draft: Draft) -> bool:
    """True for a present with a named actor in front and an amount behind ("Brussels releases EUR 90 million")."""
    view, (first, last) = draft.view, draft.clause
    if view.of_kind("word", "project") or any(mention.kind == "project" for mention in view.mentions):
        # Who finances a project is a relation, and no act.
        return False
    actor = any(
        mention.kind in _ACTORS and first <= begin < draft.hit.first
        for mention, (begin, _) in zip(view.mentions, view.spans, strict=True)
    )
    amount = any(
        mention.kind == "quantity" and draft.hit.first < begin <= last
        for mention, (begin, _) in zip(view.mentions, view.spans, strict=True)
    )
    return actor and amount and "habitual" not in draft.cues


def _is_rule(draft: Draft) -> bool:
    """True for what is not done, by nobody in particular ("nobody is forced to relocate people")."""
    open_ended = draft.cues & {"negation"} and "yet" not in draft.cues
    return bool(open_ended) and not draft.in_head and not draft.view.mentions


def _too_many(draft: Draft) -> Draft:
    draft.reject = "too_many_triggers"
    return draft


def live(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that have not been refused."""
    return [draft for draft in drafts if draft.reject is None]


def _read(draft: Draft, frames: Frames, scope: Scope) -> None:
    """Refuse a trigger that means something else or lacks what it needs; read the status cues of the others."""
    draft.reject = misread(draft) or only_mentioned(draft)
    if draft.reject is None:
        draft.reject = missing(draft, (*draft.frame.requires, *draft.group.requires), scope, early=True)
    if draft.reject is None:
        read_cues(draft, frames)


def _triggers(view: SentenceView) -> tuple[list[Hit], list[Hit]]:
    """Return the trigger hits that count, and those too many of a sentence that is no sentence.

    Of overlapping hits of one frame the one with most literal words counts, then the verb, then the first. The same
    words may belong to several groups of a frame: which of them counts is seen when their requirements are known.
    """
    found = sorted(view.of_kind("trigger"), key=lambda hit: (hit.first, hit.last))
    if len(found) < 2:
        return found, []
    kept: list[Hit] = []
    order = sorted(
        found[:_MOST_TRIGGERS],
        key=lambda hit: (
            -hit.literals,
            hit.entry.tense == "noun",
            hit.first,
            hit.last,
            hit.entry.item,
            hit.entry.tense,
        ),
    )
    for hit in order:
        if not any(
            other.entry.key == hit.entry.key
            and hit.first <= other.last
            and other.first <= hit.last
            and (other.first, other.last) != (hit.first, hit.last)
            for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.first, hit.last, hit.entry.key)), found[_MOST_TRIGGERS:]


def _draft(view: SentenceView, hit: Hit, frames: Frames, in_head: bool) -> Draft:
    frame = frames.frames[hit.entry.key]
    group = frame.groups[view.language][hit.entry.item]
    free_order = view.language in frames.free_order
    return Draft(view, hit, frame, group, None, in_head, free_order)


def _prefer(drafts: Sequence[Draft]) -> None:
    """Refuse triggers that overlap a better one: one verb tells one act.

    Of one type the longer trigger counts. Of several types the one that holds the other whole ("entered into force" and
    "entered into"); with the same words, the one whose noun stands nearest ("opened negotiations on the centre").
    """
    drafts = live(drafts)
    if len(drafts) < 2:
        return
    nearness = {id(draft): _nearness(draft) for draft in drafts}
    for draft in drafts:
        for other in drafts:
            if other is draft or draft.reject or other.reject:
                continue
            if not (draft.hit.first <= other.hit.last and other.hit.first <= draft.hit.last):
                continue
            if other.claim_type == draft.claim_type:
                if (other.hit.literals, -other.hit.first) > (draft.hit.literals, -draft.hit.first):
                    draft.reject = "part_of_longer_trigger"
            elif _is_better(other, draft, nearness):
                draft.reject = "other_type_fits_better"


def _keep_first_group(drafts: Sequence[Draft]) -> None:
    """Of the groups of one frame that the same words met, let the first count."""
    seen: dict[tuple[str, int, int], int] = {}
    for draft in sorted(drafts, key=lambda draft: draft.hit.entry.item):
        key = (draft.frame.frame_id, draft.hit.first, draft.hit.last)
        if seen.setdefault(key, draft.hit.entry.item) != draft.hit.entry.item:
            draft.reject = "same_words"


def _is_better(other: Draft, draft: Draft, nearness: Mapping[int, int]) -> bool:
    if draft.hit.has_gap or other.hit.has_gap or {draft.claim_type, other.claim_type} in _CELEBRATED:
        return False
    holds = other.hit.first <= draft.hit.first and draft.hit.last <= other.hit.last
    if holds and other.hit.literals > draft.hit.literals:
        return True
    same = (other.hit.first, other.hit.last) == (draft.hit.first, draft.hit.last)
    return same and nearness[id(other)] < nearness[id(draft)]


def _nearness(draft: Draft) -> int:
    """Return the tokens between the trigger and the noun its group asks for first; 0 where it asks for none."""
    view = draft.view
    for requirement in draft.group.requires:
        keys = {item.partition(":")[2] for item in requirement.any_of if item.startswith("word:")}
        places = [hit.first for key in keys for hit in view.of_kind("word", key)]
        if keys and requirement.within in ("near", "clause", "sentence"):
            return min((_apart(draft, place) for place in places), default=len(view.tokens))
    return 0


def _apart(draft: Draft, place: int) -> int:
    """Return the distance from the trigger; what stands behind it, as its object, wins a tie."""
    if place < draft.hit.first:
        return 2 * (draft.hit.first - place) + 1
    return 2 * max(place - draft.hit.last, 0)


def _is_content(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """True if the trigger is what another event's trigger in front of it promises ("pledged in 2015 to relocate")."""
    reach = _INFINITIVE_REACH if "to" in draft.cues else _CONTENT_REACH
    return any(
        other.claim_type in draft.frame.yields_to
        and other.reject is None
        and (
            _opens_with_that(draft, other)
            or (other.clause[0] == draft.clause[0] and other.hit.first < draft.hit.first <= other.hit.last + reach)
        )
        for other in drafts
    )


def _opens_with_that(draft: Draft, other: Draft) -> bool:
    """True if the draft's clause says what the other's verb means ("undertook that it would admit 567 refugees")."""
    begin = draft.clause[0]
    opens = any(begin <= hit.first <= begin + 1 for hit in draft.view.of_kind("word", "that"))
    return opens and begin == other.clause[1] + 1


def _refusal(draft: Draft, scope: Scope) -> str | None:
    if "habitual" in draft.cues and draft.date_mention is None:
        return "habitual"
    if "wish" in draft.cues and draft.date_mention is None and not draft.in_head:
        return "wish"
    if draft.view.tokens[-1].word == "?" and not draft.in_title:
        return "question"
    if draft.date_mention is None and (scope.explains or _is_rule(draft)):
        return "explained"
    reason = missing(draft, (*draft.frame.requires, *draft.group.requires), scope, early=False)
    if reason is not None:
        return reason
    if draft.is_noun and draft.frame.noun_needs_anchor and not anchored(draft):
        return "points_back" if draft.is_definite else "noun_without_anchor"
    if draft.is_noun and draft.frame.noun_may_be_topic and _is_topic(draft):
        return "topic"
    if _is_generic(draft):
        return "generic_present"
    return None
