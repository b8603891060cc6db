"""The day a document was published: candidates from everywhere in the page, ranked, each with its reason.

Null is an answer. A month is no day; a date of printing, updating or of the reader's clock is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from urllib.parse import urlsplit

from tasks.clean.calendar_dates import EARLIEST, find_dates, months
from tasks.clean.furniture import date_role, is_clock
from tasks.clean.lines import Line, is_prose
from tasks.clean.phrases import Phrases
from tasks.clean.provenance import Link
from tasks.clean.selection import Selection
from warehouse.vocabulary import PUBLICATION_METHODS

_URL_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/-]?)(?P<m>0[1-9]|1[0-2]|[a-z]{3})(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)/(?P<d>\d\d?)(?=/)",
        r"(?<![\d-])(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>20\d\d)(?!\d)",
    )
)
_DATELINE = re.compile(r"^[^.!?]{2,80}?\s[-–—]\s")
# A date line this far from headline and text dates something else on the page.
_LINES_ABOVE, _LINES_BELOW = 8, 4
_LABEL_WORDS = 4
_MONTH_FIRST = frozenset({"ca", "ph", "us"})
_MASTHEAD = frozenset({"navigation", "site_name"})
_RANGE = re.compile(r"\d{1,2}\.?\s?(?:[-–/&]|to|and|bis|und|do|i|ir|en|tot|et|au|dhe|deri|in|и|до)\s?$")
_PROVENANCE = frozenset({"source_block", "syndication_wrapper", "project_link"})
# A sentence about the publication is short ("Published on 3 May 2024 by the press office.").
_LONGEST, _LONGEST_PROSE = 600, 160
# The day of retrieval is the reader's; a page may be dated ahead by a time zone.
_ONE_DAY = timedelta(days=1)
_AHEAD = _ONE_DAY
_HOURS_BEHIND, _HOURS_AHEAD = 12, 14
# What gives the day as the publisher's own calendar has it, unless it is a stamp in UTC.
_HIDDEN, _SHOWN = frozenset({"json_ld", "meta"}), frozenset({"time_element", "visible_line", "url"})
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
        if reason is None and _is_contradicted(candidate, candidates):
            told = [one for one in candidates if one.is_labelled and _objection(one, retrieved_on) is None]
            if len({one.day for one in told}) == 1:
                return Published(told[0].day, told[0].method, "day", None)
            return Published(None, None, None, "contradicted")
        if reason is None:
            best = _civil(candidate, candidates)
            return Published(best.day, best.method, "day", None)
        reasons.append(reason)
    if "month_only" in reasons:
        return Published(None, None, "month", "month_only")
    return Published(None, None, None, reasons[0] if reasons else "no_date")


def _objection(candidate: DateEvidence, retrieved_on: date) -> str | None:
    if candidate.day is None:
        return candidate.reason or "unreadable"
    if candidate.day > retrieved_on + _AHEAD:
        return "after_retrieval"
    return "before_the_web" if candidate.day < EARLIEST else None


def _is_contradicted(best: DateEvidence, candidates: Sequence[DateEvidence]) -> bool:
    """Return whether the page shows another day than its metadata give, and nothing else bears the metadata out.

    Templates stamp a page with the day of its last change, or of its move to another system; times of other items stand
    near headlines. Which of the two it is cannot be told from one against one, unless the page says what it shows.
    """
    if best.method not in _HIDDEN:
        return False
    others = [one for one in candidates if one.day and best.day and one.method != best.method]
    borne_out = any(abs(one.day - best.day) <= _ONE_DAY for one in others if one.day and best.day)
    return not borne_out and any(one.method in _SHOWN for one in others)


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


def from_lines(
    lines: Sequence[Line], headline: int | None, selection: Selection, day_first: bool, phrases: Phrases
) -> list[DateEvidence]:
    """Return the dates of the lines around the text, nearest to the headline first, then those below the text.

    Args:
        lines: All lines of the page in order.
        headline: Number of the headline's line.
        selection: Which lines are the text; lines that say where it comes from are read by `from_links`.
        day_first: Whether 03/04/2021 is the 3rd of April (`writes_day_first`).
        phrases: Word lists.
    """
    first, last = selection.first, selection.last
    top = first if headline is None else headline
    # Some pages put the date line below the lead; below a heading stands the date of what it heads.
    lead = takewhile(lambda n: lines[n].form != "head", range(first, min(last, first + _LINES_BELOW)))
    inside = [n for n in lead if n in selection.removed]
    between = [*range(top + 1, first), *inside]
    above = list(range(top - 1, max(-1, top - 1 - _LINES_ABOVE), -1))
    below = list(range(last + 1, min(len(lines), last + 1 + _LINES_BELOW)))
    # Further below, a date that nothing calls that of publication is another item's.
    distant = frozenset(below[1:])
    masthead = _masthead(lines, selection, above)
    found: list[DateEvidence] = []
    for n in (*between, *above, *below):
        if n in selection.removed and selection.removed[n].kind in _PROVENANCE:
            continue
        line = _whole(lines, n)
        if n < masthead and find_dates(line.text):
            found.append(DateEvidence("visible_line", None, "clock"))
            continue
        label = lines[n - 1].text if n > 0 and lines[n - 1].text.count(" ") < _LABEL_WORDS else ""
        label = "" if find_dates(label) else label
        if n in distant and date_role(line.text, phrases) is None and date_role(label, phrases) is None:
            continue
        found.extend(_from_line(line, label, day_first, phrases))
    if first < len(lines):
        found.extend(_from_dateline(lines[first].text, day_first))
    # What gives no day comes last: it explains why there is none.
    return sorted(found, key=lambda one: (one.day is None, not one.is_original))


def writes_day_first(language: str, url: str | None) -> bool:
    """Return whether a page writes the day before the month.

    All languages of ours but English do, and in English all but North America and those who write for everybody (.com).
    """
    host = urlsplit(url or "").hostname or ""
    domain = host.rsplit(".", 1)[-1]
    return language != "en" or domain == "int" or (len(domain) == 2 and domain not in _MONTH_FIRST)


def _masthead(lines: Sequence[Line], selection: Selection, above: Sequence[int]) -> int:
    """Return the first menu or site name above the headline: a date over it is the reader's, not the text's."""
    rows = [n for n in above if n in selection.removed and selection.removed[n].kind in _MASTHEAD]
    return min((n for n in rows if _is_menu(lines[n])), default=0)


def _is_menu(line: Line) -> bool:
    return line.hint == "navigation" or line.text.count(" ") >= 1 or "." in line.text


def _whole(lines: Sequence[Line], n: int) -> Line:
    """Return a line, with those below it where day, month and year stand one below the other, as in calendar leaves."""
    for parts in (lines[n : n + 2], lines[n : n + 3]):
        words = [word.strip(".,") for line in parts for word in line.text.split()[:4]]
        joined = ("." if all(map(str.isdigit, words)) else " ").join(words)
        if len(words) == 3 and len(parts) > 1 and any(one.day for one in find_dates(joined)):
            return replace(lines[n], text=joined)
    return lines[n]


def _from_line(line: Line, label: str, day_first: bool, phrases: Phrases) -> list[DateEvidence]:
    """Read one line; `label` is a short line above it that may say what the date is."""
    text = line.text
    if len(text) > _LONGEST or (is_prose(text) and len(text) > _LONGEST_PROSE) or line.hint == "related_items":
        return []
    dates = find_dates(text, day_first)
    if not dates:
        return []
    if is_clock(text, phrases) or line.hint == "clock":
        return [DateEvidence("visible_line", None, "clock")]
    role = date_role(text, phrases) or date_role(label, phrases)
    if role in ("updated", "printed", "event"):
        # "Published 3 May, updated 5 May": the first date is the one that is labelled first.
        dates = [written for written in dates if date_role(text[: written.start], phrases) == "published"]
        if not dates:
            return [DateEvidence("visible_line", None, f"{role}_only")]
    written = next((one for one in dates if one.day), dates[0])
    if written.day is None:
        return [DateEvidence("visible_line", None, "month_only" if written.precision == "month" else written.precision)]
    if _RANGE.search(text[: written.start]):
        # "Budva, 12-13 May 2025": the days of what is reported.
        return [DateEvidence("visible_line", None, "event_only")]
    told = "published" in (date_role(text[: written.start], phrases), date_role(label, phrases))
    return [
        DateEvidence(
            "visible_line",
            written.day,
            is_original=date_role(text, phrases) == "original",
            is_labelled=told or written.has_weekday,
        )
    ]


def _from_dateline(text: str, day_first: bool) -> list[DateEvidence]:
    """Read "TIRANË, 22 shkurt 2024 – …" at the beginning of the first paragraph."""
    opening = _DATELINE.match(text)
    if not opening:
        return []
    days = [one.day for one in find_dates(opening[0], day_first) if one.day]
    return [DateEvidence("dateline", days[0])] if days else []


def from_links(links: Iterable[Link]) -> list[DateEvidence]:
    """Return the dates that a republication notice or a source block gives."""
    return [
        DateEvidence("syndication_wrapper" if link.relation == "republishes" else "source_block", link.published_on)
        for link in links
        if link.published_on and link.relation in ("republishes", "cites")
    ]


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
