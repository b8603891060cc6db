"""Claims: what one document says happened, happens or will happen, each with its sentence, its parties and its rule.

One pass per sentence finds triggers and fills what the sentence says (`drafting`); then passes over the document
settle what is news and what history, and lend what the sentences leave out (`filling`, `roles`, `status`); then drafts
become claims (`assembly`). Who funds and who carries out a project is read elsewhere (`project_parties`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.annotations import Claim, Document, Mention, Reject
from tasks.extract.events.assembly import assemble
from tasks.extract.events.block_lists import block_roles
from tasks.extract.events.colon_lists import colon_roles
from tasks.extract.events.completion import complete_roles, territory_of
from tasks.extract.events.continuation import continue_series
from tasks.extract.events.countries import concerns_several, set_country
from tasks.extract.events.drafting import live, sentence_drafts
from tasks.extract.events.drafts import Draft
from tasks.extract.events.filling import anchor_of, fill_dates, fill_roles, head_paragraphs
from tasks.extract.events.moves import settle_returns
from tasks.extract.events.place_filling import derive_from_country, fill_places, settle_headlines
from tasks.extract.events.references import resolve_references
from tasks.extract.events.reporting_country import INTERNATIONAL, dateline_country, reporting_country
from tasks.extract.events.role_conflicts import settle_roles
from tasks.extract.events.roles import cue_roles, footnote_roles, tie_projects
from tasks.extract.events.roll_calls import roll_calls
from tasks.extract.events.scope import scope_of
from tasks.extract.events.stages import join_stages
from tasks.extract.events.stance import settle_past_plans
from tasks.extract.events.status import judge
from tasks.extract.events.verb_time import drop_decision_days, stretch, time_headlines, turn_weekdays, turn_years
from tasks.extract.frames.frame_model import Frames
from tasks.extract.frames.words import language_key
from tasks.extract.sentences.sentence_view import SentenceView, view_of

# Sentences with a number that make a paragraph of the body one about figures.
_MAIN_POINT = 2
_AGENTS = frozenset({"issuer", "proposer", "appointer"})
_PROJECTS = frozenset({"project_launched", "project_completed"})
_MOVES = frozenset({"relocation", "return_operation"})
_OBJECTS = frozenset({"instrument", "project", "quantity"})


def find_claims(
    document: Document, mentions: Sequence[Mention], frames: Frames, relations: Sequence[Claim] = ()
) -> tuple[list[Claim], list[Reject]]:
    """Return the events a document tells and the candidates that were refused.

    Args:
        document: The text with its sentences.
        mentions: All mentions of the document, in any order.
        frames: What `frames.frames.load_frames` returned.
        relations: Who funds and who carries out its projects: they lend these to events that do not say it themselves.

    Returns:
        Claims by evidence and trigger, and rejects by start and rule. All offsets count code points of the document's
        text, and each claim's start:end lies within one sentence. Sentences in a language without frames give neither.
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.mention_id))
    views = list(_views(document, ordered, frames))
    heads = head_paragraphs(document)
    scope = scope_of(views, frames, heads)
    drafts: list[Draft] = []
    for view in views:
        in_head = view.sentence.paragraph in heads
        drafts.extend(sentence_drafts(view, frames, scope, in_head))
        drafts.extend(continue_series(view, frames, live(drafts), in_head))
    join_stages(live(drafts))
    _settle(document, live(drafts), ordered, views, frames, relations)
    return assemble(document, drafts)


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


def _settle(
    document: Document,
    drafts: Sequence[Draft],
    mentions: Sequence[Mention],
    views: Sequence[SentenceView],
    frames: Frames,
    relations: Sequence[Claim],
) -> None:
    """Run the passes over the document; drafts are changed in place."""
    _refuse_asides(drafts, views)
    events = live(drafts)
    resolve_references(events, mentions)
    cue_roles(events, views, frames)
    colon_roles(events)
    block_roles(events, views, frames)
    footnote_roles(events, views)
    roll_calls(events, views)
    reporting = reporting_country(document, mentions)
    complete_roles(events, mentions, reporting)
    turn_years(document, events)
    for draft in events:
        stretch(draft)
    anchor = anchor_of(document, events)
    for draft in events:
        draft.status, draft.negated = judge(draft, anchor)
        set_country(draft)
    time_headlines(events)
    # Roles may be lent by events whose country was not needed; with the roles filled, the one country concerned may be
    # another, so it is set again.
    fill_roles(drafts, mentions, relations)
    settle_returns(events, mentions, territory_of(mentions, reporting))
    settle_roles(events)
    for draft in events:
        set_country(draft)
    drop_decision_days(document, events)
    turn_weekdays(document, events)
    settle_past_plans(events, anchor.day)
    fill_dates(document, events)
    fill_places(events)
    _fill_countries(events, reporting)
    _report_from(events, dateline_country(document, mentions))
    settle_headlines(events)
    derive_from_country(events, mentions)
    tie_projects(events, views, mentions)
    for draft in drafts:
        draft.reject = _lack(draft, drafts)


def _fill_countries(drafts: Sequence[Draft], reporting: str | None) -> None:
    """Let an event of one country, where the text names none for it, happen in the country that reports."""
    of_many = {draft.claim_type for draft in drafts if _acts_for_many(draft)}
    for draft in drafts:
        # What a headline leaves out the text says: the figures of an agency of several states are of no one country.
        told_of_many = draft.in_title and draft.claim_type in of_many
        fills = draft.frame.country_fill == "reporting" and reporting is not None and not told_of_many
        if fills and _decides_at_home(draft):
            draft.country, draft.country_basis = reporting, "derived"
        elif fills and draft.country is None and not _is_abroad(draft, drafts, reporting) and not _concerns_many(draft):
            draft.country, draft.country_basis = reporting, "document"


def _is_abroad(draft: Draft, drafts: Sequence[Draft], reporting: str | None) -> bool:
    """True for a project that the reporting state pays for, which helps others, and for one told of several states."""
    if draft.claim_type not in _PROJECTS:
        return False
    told = [other.view for other in drafts if other.claim_type in _PROJECTS]
    named = [{m.country_code for m in view.mentions if m.kind == "territory"} for view in told]
    pays = any(argument.mention.country_code == reporting for argument in draft.role("funder"))
    return pays or any(len(states) > 1 for states in named)


def _concerns_many(draft: Draft) -> bool:
    return concerns_several(draft) or _acts_for_many(draft)


def _report_from(drafts: Sequence[Draft], dateline: str | None) -> None:
    """Let people who came to the state of the dateline have arrived there: that is where the text reports from."""
    for draft in drafts:
        if dateline is None or draft.claim_type not in _MOVES or not draft.in_head:
            continue
        if any(argument.mention.country_code == dateline for argument in draft.role("to")):
            draft.country, draft.country_basis = dateline, "text"


def _decides_at_home(draft: Draft) -> bool:
    """True for what a government or parliament without a name decides: it does so in its own country."""
    if draft.frame.country_roles[:1] != ("issuer",) or draft.place is not None or draft.location is not None:
        return False
    first, last = draft.clause
    named = any(
        argument.mention.country_code or argument.mention.subtype in INTERNATIONAL for argument in draft.role("issuer")
    )
    view = draft.view
    at_home = [hit for name in ("authority", "house") for hit in view.of_kind("word", name)]
    return not named and any(first <= hit.first <= last and view.tokens[hit.first].word != "meps" for hit in at_home)


def _acts_for_many(draft: Draft) -> bool:
    """True for what concerns a group of states, or what an agency of several states counts, decides or proposes."""
    agents = [argument.mention for argument in draft.arguments if argument.role in _AGENTS]
    if any(mention.kind == "organisation" and mention.subtype in INTERNATIONAL for mention in agents):
        return True
    return any(mention.kind == "region" for mention in draft.view.mentions)


def _lack(draft: Draft, drafts: Sequence[Draft]) -> str | None:
    """Return why a draft with all its fillers is no claim after all: a role is empty, or a headline names no act."""
    for slot in draft.frame.slots:
        if len(draft.role(slot.role)) < slot.at_least:
            return f"no_{slot.role}"
    if _is_bare(draft) and _needs_somebody(draft):
        return "nobody_named"
    if draft.in_title and draft.is_noun and not _is_told(draft, drafts):
        return "headline_without_act"
    return None


def _needs_somebody(draft: Draft) -> bool:
    """True for what is no news without anybody: a plan in the body, a promise to come, people moved at some time."""
    if draft.claim_type == "pledge_or_commitment" and draft.status == "planned":
        return True
    ahead = draft.status in ("planned", "cancelled") or (draft.claim_type in _MOVES and draft.status == "background")
    return ahead and not draft.in_head


def _is_bare(draft: Draft) -> bool:
    """True for an act without day, place, country and anybody involved: nothing that is to come, or was called off."""
    involved = any(argument.role not in _OBJECTS for argument in draft.arguments)
    located = draft.place is not None or draft.location is not None or draft.country is not None
    return not involved and not located and draft.date_start is None


def _is_told(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """True if a headline's noun has somebody or some place of its own, or the text tells the act."""
    involved = any(argument.role not in _OBJECTS and argument.basis != "document" for argument in draft.arguments)
    located = draft.place is not None or draft.location is not None or draft.date_basis == "text"
    told = any(other.claim_type == draft.claim_type and not other.in_title for other in drafts)
    return involved or located or told


def _refuse_asides(drafts: Sequence[Draft], views: Sequence[SentenceView]) -> None:
    """Refuse what counts only as a main point (figures) where a paragraph of the body gives it in passing."""
    figures: dict[int, int] = {}
    for view in views:
        counted = any(mention.kind == "quantity" for mention in view.mentions)
        figures[view.sentence.paragraph] = figures.get(view.sentence.paragraph, 0) + counted
    for draft in drafts:
        in_passing = figures[draft.view.sentence.paragraph] < _MAIN_POINT
        if draft.frame.main_point and not draft.in_head and in_passing:
            draft.reject = "in_passing"
