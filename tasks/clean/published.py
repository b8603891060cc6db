"""The day a document was published: candidates from everywhere in the page, ranked, each with its reason.

Null is an answer. A month is no day; a date of printing, updating or of the reader's clock is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.clean.calendar_dates import EARLIEST, months
from tasks.clean.provenance import Link
from warehouse.vocabulary import PUBLICATION_METHODS

_URL_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/-]?)(?P<m>0[1-9]|1[0-2]|[a-z]{3})(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)/(?P<d>\d\d?)(?=/)",
        r"(?<![\d-])(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>20\d\d)(?!\d)",
    )
)
# The day of retrieval is the reader's; a page may be dated ahead by a time zone.
_ONE_DAY = timedelta(days=1)
_AHEAD = _ONE_DAY
_HOURS_BEHIND, _HOURS_AHEAD = 12, 14
# What gives the day as the publisher's own calendar has it, unless it is a stamp in UTC.
_HIDDEN, _SHOWN = frozenset({"json_ld", "meta"}), frozenset({"time_element", "visible_line", "url"})
# What speaks of the page without being part of it.
_OUTSIDE = frozenset({"listed", "url"})
_CIVIL = frozenset({"json_ld", "meta", "time_element", "visible_line", "dateline", "url"})


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One candidate.

    Attributes:
        method: A word of `PUBLICATION_METHODS`.
        day: The day; None where the candidate gives no day, which is itself worth reporting.
        reason: Why there is no day.
        utc_hour: Hour of a stamp in UTC: at the publisher's it may have been the day before or after. None where the
            stamp has the publisher's own offset, or no time.
        is_original: True if the page says that this is when the text appeared first; it may have taken it over later.
        is_labelled: True if the page itself calls it the day of publication, or gives it the weekday it was: then it is
            no time of something else.
    """

    method: str
    day: date | None
    reason: str | None = None
    utc_hour: int | None = None
    is_original: bool = False
    is_labelled: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The decision; the fields are columns of `documents.documents`."""

    day: date | None
    method: str | None
    precision: str | None
    reason: str | None


def decide(evidence: Iterable[DateEvidence], retrieved_on: date) -> Published:
    """Return the day of publication: the best-ranked candidate that is possible at all.

    Args:
        evidence: Candidates in the order of the page.
        retrieved_on: Day of retrieval; nothing was published after it.
    """
    candidates = sorted(evidence, key=lambda one: PUBLICATION_METHODS.index(one.method))
    reasons = []
    for candidate in candidates:
        reason = _objection(candidate, retrieved_on)
        if reason is not None:
            reasons.append(reason)
            continue
        possible = [one for one in candidates if _objection(one, retrieved_on) is None]
        best = _unless_contradicted(candidate, possible, retrieved_on)
        if best is None:
            return Published(None, None, None, "contradicted")
        best = _civil(best, candidates)
        return Published(best.day, best.method, "day", None)
    if "month_only" in reasons:
        return Published(None, None, "month", "month_only")
    return Published(None, None, None, reasons[0] if reasons else "no_date")


def _objection(candidate: DateEvidence, retrieved_on: date) -> str | None:
    if candidate.day is None:
        return candidate.reason or "unreadable"
    if candidate.day > retrieved_on + _AHEAD:
        return "after_retrieval"
    return "before_the_web" if candidate.day < EARLIEST else None


def _unless_contradicted(
    best: DateEvidence, possible: Sequence[DateEvidence], retrieved_on: date
) -> DateEvidence | None:
    """Return the candidate to believe where the page shows another day than its head gives; None if that is open.

    Templates stamp a page with the day of its last change, of its move to another system, or of the request; times of
    other items stand near headlines. The page is believed where it says what the day is, where its address or the list
    in which it was found has that day, or where the head gives the day of retrieval; the head where nothing of that
    holds and two forms of it agree.
    """
    if best.method not in _HIDDEN:
        return best
    shown = [one for one in possible if one.method in _SHOWN and one.method != "url" and not _agree(one, best)]
    others = [one for one in possible if one.method not in _HIDDEN]
    if any(_agree(one, best) for one in others) or not any(one.method in _SHOWN for one in others):
        return best
    outside = [one for one in possible if one.method in _OUTSIDE]
    stamped = best.day == retrieved_on
    told = [one for one in shown if one.is_labelled or stamped or any(_agree(one, other) for other in outside)]
    if len({one.day for one in told}) == 1:
        return told[0]
    borne_out = any(one.method in _HIDDEN and one.method != best.method and _agree(one, best) for one in possible)
    return best if borne_out else None


def _agree(one: DateEvidence, other: DateEvidence) -> bool:
    return one.day is not None and other.day is not None and abs(one.day - other.day) <= _ONE_DAY


def _civil(best: DateEvidence, candidates: Sequence[DateEvidence]) -> DateEvidence:
    """Return the day at the publisher's, where a stamp in UTC is the best and another candidate says the day beside it.

    Clocks go from 12 hours behind UTC to 14 hours before it: 13:26 UTC is nowhere still the day before.
    """
    if best.utc_hour is None or best.day is None:
        return best
    before = best.day - _ONE_DAY if best.utc_hour < _HOURS_BEHIND else None
    after = best.day + _ONE_DAY if best.utc_hour >= 24 - _HOURS_AHEAD else None
    local = [one for one in candidates if one.day and one.utc_hour is None and one.method in _CIVIL]
    if any(one.day == best.day for one in local):
        return best
    return next((one for one in local if one.day in (before, after)), best)


def from_links(links: Iterable[Link]) -> list[DateEvidence]:
    """Return the dates that a republication notice or a source block gives."""
    return [
        DateEvidence("syndication_wrapper" if link.relation == "republishes" else "source_block", link.published_on)
        for link in links
        if link.published_on and link.relation in ("republishes", "cites")
    ]


def from_list(listed_on: date | None) -> list[DateEvidence]:
    """Return the day that the list gave in which the page was found."""
    return [] if listed_on is None else [DateEvidence("listed", listed_on)]


def from_url(url: str | None, day_first: bool = True) -> list[DateEvidence]:
    """Return the day in an address like `/2021/08/11/`, `-2025-07-03` or `/14-05-2024`."""
    path = (url or "").split("://", 1)[-1].partition("/")[2]
    for match in filter(None, (pattern.search(f"/{path}") for pattern in _URL_DAYS)):
        month = int(match["m"]) if match["m"].isdigit() else months().get(match["m"].casefold(), 0)
        day = int(match["d"])
        if match.start("d") < match.start("y") and not day_first and day != month and day <= 12:
            continue
        try:
            return [DateEvidence("url", date(int(match["y"]), month, day))]
        except ValueError:
            continue
    return []
