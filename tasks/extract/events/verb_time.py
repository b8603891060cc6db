"""Days that the words leave open, settled by the verb: what was signed lies behind, what will be signed lies ahead.

A date without a year, or a weekday, is first read as the nearest one; here the verb has its say. A headline that tells
no time takes it from the lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tasks.extract.annotations import Document
from tasks.extract.events.cues import PLANNED
from tasks.extract.events.drafts import Draft

_FULL_YEAR = re.compile(r"\d{4}")
_TOLD = frozenset({"past", "perfect", "pluperfect"})
_WEEK = timedelta(days=7)
# Verbs of a state: "bears the signatures of the ministers, put on it in June".
_STATES = frozenset({"bears", "bear", "carries", "carry", "applies", "apply", "is", "are", "has", "have"})
# What a present tense dates just behind the document is its news: "On Monday ministers meet".
_NEWS = timedelta(days=14)
_AHEAD = frozenset({"future", "modal", "plan", "condition"})
_WEEKDAY = "date.weekday"
_SAID = ("date.relative", "date.counted", "date.beside")
# Acts that last, and how many days at most.
_LASTING = frozenset({"meeting", "visit", "training", "negotiation"})
_LONGEST = 7


def turn_years(document: Document, drafts: Sequence[Draft]) -> None:
    """Let a day without a year lie where the verb says: "was signed on 17 March", told in September, lies behind."""
    day = document.published_on
    for draft in drafts:
        mention = draft.date_mention
        if day is None or mention is None or mention.date_anchor is None or _FULL_YEAR.search(mention.text):
            continue
        if mention.rule_id.startswith(_SAID):
            # "volgende maand", "next week", "in two weeks": the words themselves say when.
            continue
        if (
            draft.date_start is not None
            and draft.date_end is not None
            and _tells_past(draft)
            and draft.date_start > day
        ):
            earlier = _week_before if mention.rule_id == _WEEKDAY else _year_before
            draft.date_start, draft.date_end = (earlier(end) for end in (draft.date_start, draft.date_end))
        elif draft.date_end is not None and _is_set_ahead(draft) and draft.date_end < day - _NEWS:
            draft.date_start, draft.date_end = (
                None if end is None else _year_after(end) for end in (draft.date_start, draft.date_end)
            )


def _tells_past(draft: Draft) -> bool:
    """True for a verb in the past without a word that puts it ahead."""
    ahead = draft.cues & {*PLANNED, "purpose", "negation"} or draft.group.status is not None
    if draft.is_noun:
        # "…, the director announced during a visit on Wednesday".
        said = draft.view.of_kind("word", "saying")
        return not ahead and any(draft.clause[0] <= hit.first < draft.hit.first for hit in said)
    # "The project is being closed on 30 November": under way, and not done.
    return draft.hit.entry.tense == "past" and not ahead and "being" not in draft.cues


def _is_set_ahead(draft: Draft) -> bool:
    """True for "the next meeting in October", and for an English present with a timetable ("ends in December")."""
    if draft.marker == "next":
        return True
    told = draft.view.language == "en" and not draft.in_title and not draft.frame.presents and not draft.is_noun
    told = told and draft.view.tokens[draft.hit.first].word not in _STATES
    return told and draft.hit.entry.tense in ("present", "future") and not draft.cues & _TOLD


def _week_before(day: date) -> date:
    """Return the same weekday a week earlier."""
    return day - _WEEK


def _year_before(day: date) -> date:
    """Return the same day a year earlier; the end of February stays the end."""
    leap_end = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_end else day.day)


def _year_after(day: date) -> date:
    """Return the same day a year later; the end of February stays the end."""
    leap_end = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_end else day.day)


def drop_decision_days(document: Document, drafts: Sequence[Draft]) -> None:
    """Take from what was decided the day of the decision: "on Wednesday approved the relocation" moved nobody then."""
    for draft in drafts:
        decided = "decided" in draft.cues and draft.status == "planned" and draft.date_mention is not None
        day = document.published_on
        if decided and day is not None and draft.date_end is not None and draft.date_end <= day:
            draft.date_mention = draft.date_basis = draft.date_start = draft.date_end = None
            draft.date_precision = "unknown"


def turn_weekdays(document: Document, drafts: Sequence[Draft]) -> None:
    """Let the weekday of a plan be the next one: "is to meet him on Wednesday", told on a Tuesday, lies ahead."""
    day = document.published_on
    for draft in drafts:
        mention = draft.date_mention
        if day is None or mention is None or draft.status != "planned" or mention.date_start is None:
            continue
        if _came_for(draft):
            continue
        is_relative = mention.date_anchor is not None and mention.date_start == mention.date_end
        if is_relative and mention.date_precision == "day" and timedelta(0) < day - mention.date_start < _WEEK:
            draft.date_start = draft.date_end = mention.date_start + _WEEK


def _came_for(draft: Draft) -> bool:
    """True for what somebody came for: "On Monday she had travelled to Podgorica to sign" dates the journey."""
    if "to" not in draft.cues or draft.cues & {"future", "plan", "modal", "condition"}:
        return False
    return any(draft.clause[0] <= hit.first < draft.hit.first for hit in draft.view.of_kind("status", "pluperfect"))


def stretch(draft: Draft) -> None:
    """Let what ended after some days last as long: "two days of talks ended this Friday" began on Thursday."""
    end = draft.date_end
    if draft.claim_type not in _LASTING or end is None or end != draft.date_start or draft.date_precision != "day":
        return
    first, last = draft.clause
    if not any(first <= hit.first <= last for hit in draft.view.of_kind("word", "ended")):
        return
    for mention, (begin, _) in zip(draft.view.mentions, draft.view.spans, strict=True):
        days = mention.value_min or 0
        if mention.kind == "quantity" and mention.unit == "days" and first <= begin <= last and 1 < days <= _LONGEST:
            draft.date_start = end - timedelta(days=int(days) - 1)
            return


def _lies_ahead(draft: Draft) -> bool:
    """True if the words say when rather than what for."""
    return bool(draft.cues & _AHEAD) and "purpose" not in draft.cues


def time_headlines(drafts: Sequence[Draft]) -> None:
    """Let a headline that tells no time ("at the opening of …", "Austria sends police") take its status from the lead.

    A noun follows the lead whatever it says; a verb in the present is news, unless the lead says in so many words that
    the act lies ahead ("will send"). A mere purpose ("came to sign") does not take back what the headline says.
    """
    for draft in drafts:
        if not draft.in_title or draft.status != "occurred" or draft.cues & (PLANNED | {"cancel", "negation"}):
            continue
        lead = [other for other in drafts if other.claim_type == draft.claim_type and not other.in_title]
        lead = [other for other in lead if other.in_head]
        told = [other for other in lead if not other.is_noun] or lead
        if told and draft.is_noun:
            draft.status, draft.negated = told[0].status, told[0].negated
        elif told and all(other.status == "planned" and _lies_ahead(other) for other in told):
            draft.status = "planned"
        elif not told and draft.hit.entry.tense == "gerund" and _heads_a_plan(drafts):
            # "Minister Signing Protocol with Norway": the lead says that the journey is still to come.
            draft.status = "planned"


def _heads_a_plan(drafts: Sequence[Draft]) -> bool:
    """True if all that the lead tells lies ahead."""
    lead = [draft for draft in drafts if draft.in_head and not draft.in_title]
    return bool(lead) and all(draft.status == "planned" for draft in lead if draft.status != "background")
