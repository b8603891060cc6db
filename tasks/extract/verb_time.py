"""Days that the words leave open, settled by the verb: what was signed lies behind, what will be signed lies ahead.

A date without a year, or a weekday, is first read as the nearest one; here the verb has its say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tasks.extract.annotations import Document
from tasks.extract.drafts import Draft
from tasks.extract.status import PLANNED

_FULL_YEAR = re.compile(r"\d{4}")
_WEEK = timedelta(days=7)


def turn_years(document: Document, drafts: Sequence[Draft]) -> None:
    """Let a day without a year lie where the verb says: "was signed on 17 March", told in September, lies behind."""
    day = document.published_on
    for draft in drafts:
        mention = draft.date_mention
        if day is None or mention is None or mention.date_anchor is None or _FULL_YEAR.search(mention.text):
            continue
        if (
            draft.date_start is not None
            and draft.date_end is not None
            and _tells_past(draft)
            and draft.date_start > day
        ):
            draft.date_start, draft.date_end = (_year_before(end) for end in (draft.date_start, draft.date_end))


def _tells_past(draft: Draft) -> bool:
    """True for a verb in the past without a word that puts it ahead; elsewhere than in English an auxiliary says it."""
    if draft.is_noun or draft.cues & {*PLANNED, "purpose", "negation"} or draft.group.status is not None:
        return False
    auxiliary = draft.cues & {"past", "perfect", "pluperfect"}
    return draft.hit.entry.tense == "past" and (draft.view.language == "en" or bool(auxiliary))


def _year_before(day: date) -> date:
    """Return the same day a year earlier; the end of February stays the end."""
    leap_end = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_end else day.day)


def turn_weekdays(document: Document, drafts: Sequence[Draft]) -> None:
    """Let the weekday of a plan be the next one: "is to meet him on Wednesday", told on a Tuesday, lies ahead."""
    day = document.published_on
    for draft in drafts:
        mention = draft.date_mention
        if day is None or mention is None or draft.status != "planned" or mention.date_start is None:
            continue
        is_relative = mention.date_anchor is not None and mention.date_start == mention.date_end
        if is_relative and mention.date_precision == "day" and timedelta(0) < day - mention.date_start < _WEEK:
            draft.date_start = draft.date_end = mention.date_start + _WEEK
