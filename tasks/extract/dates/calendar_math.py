"""Calendar arithmetic of the codebook: what days a day, a week, a month or a season of the anchor means.

Pure functions on `datetime.date`; nothing here reads a clock.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

# Announcements on migration management; a year outside is a number of something else or a slip.
FIRST_YEAR = 1900
LAST_YEAR = 2100

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
DAYS_OF_WEEK = 7
MONTHS_OF_YEAR = 12
# "In the coming days" and "in the coming weeks".
_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Span:
    """Days meant by an expression, and how exactly the text gives them (`warehouse.vocabulary.PRECISIONS`)."""

    start: date | None
    end: date | None
    precision: str
    anchor: date | None = None


UNKNOWN = Span(None, None, "unknown")


class ImpossibleDateError(ValueError):
    """The text gives a day that no calendar has, or a year out of range; the message is the reason code."""


def make_day(year: int, month: int, day: int) -> date:
    """Return the day.

    Raises:
        ImpossibleDateError: `impossible_date` (31 February) or `year_out_of_range`.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDateError("year_out_of_range")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ImpossibleDateError("impossible_date") from error


def month_span(year: int, first: int, last: int) -> tuple[date, date]:
    """Return first and last day of the months; months above 12 lie in the next year, below 1 in the one before."""
    shift, first_of = divmod(first - 1, MONTHS_OF_YEAR)
    last_shift, last_of = divmod(last - 1, MONTHS_OF_YEAR)
    end_year = year + last_shift
    start = make_day(year + shift, first_of + 1, 1)
    return start, make_day(end_year, last_of + 1, calendar.monthrange(end_year, last_of + 1)[1])


def year_span(first: int, last: int) -> tuple[date, date]:
    """Return 1 January of the first and 31 December of the last year."""
    return make_day(first, 1, 1), make_day(last, 12, 31)


def shift_days(day: date, days: int) -> date:
    """Return the day `days` later, kept within what `date` can hold."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date(MAXYEAR, 12, 31) if days > 0 else date(MINYEAR, 1, 1)


def week_span(anchor: date, weeks: int, part: str) -> tuple[date, date]:
    """Return the days of a week by the codebook.

    "This week" is its Monday to the anchor, "later this week" the anchor to Sunday; other weeks are Monday to Sunday.
    """
    monday = shift_days(anchor, -anchor.weekday() + DAYS_OF_WEEK * weeks)
    sunday = shift_days(monday, DAYS_OF_WEEK - 1)
    if weeks:
        return monday, sunday
    return (anchor, sunday) if part == "later" else (monday, anchor)


def year_of_month(month: int, anchor: date) -> int:
    """Return the year in which the month lies nearest to the anchor."""
    distance = month - anchor.month
    if distance > MONTHS_OF_YEAR // 2:
        return anchor.year - 1
    if distance < -(MONTHS_OF_YEAR // 2):
        return anchor.year + 1
    return anchor.year


def year_of_day(month: int, day: int, anchor: date) -> int:
    """Return the year in which the day lies nearest to the anchor; 29 February takes the nearest leap year.

    Raises:
        ImpossibleDateError: No year has that day.
    """
    best: tuple[int, int] | None = None
    for year in sorted(range(anchor.year - 4, anchor.year + 5), key=lambda year: abs(year - anchor.year)):
        if year < MINYEAR or year > MAXYEAR or day > calendar.monthrange(year, month)[1]:
            continue
        distance = abs((date(year, month, day) - anchor).days)
        if best is None or distance < best[0]:
            best = (distance, year)
    if best is None:
        raise ImpossibleDateError("impossible_date")
    return best[1]


def weekday_near(weekday: int, anchor: date, direction: str) -> date:
    """Return the weekday (1 Monday to 7 Sunday) before, at or after the anchor.

    Args:
        weekday: ISO number.
        anchor: Day of publication.
        direction: `past` (the anchor itself counts), `last` (before the anchor), `future` (the anchor counts),
            `next` (after the anchor).
    """
    back = (anchor.isoweekday() - weekday) % DAYS_OF_WEEK
    if direction == "past":
        return shift_days(anchor, -back)
    if direction == "last":
        return shift_days(anchor, -(back or DAYS_OF_WEEK))
    ahead = (weekday - anchor.isoweekday()) % DAYS_OF_WEEK
    return shift_days(anchor, ahead if direction == "future" else ahead or DAYS_OF_WEEK)


def season_span(season: str, year: int) -> tuple[date, date]:
    """Return the months of a season; the winter of a year begins in its December."""
    first, last = SEASONS[season]
    return month_span(year, first, last)


def season_near(season: str, anchor: date) -> int:
    """Return the year in which the season lies nearest to the anchor."""
    # The winter of the last year ends in the year after it, which is out of range.
    years = range(max(anchor.year - 1, FIRST_YEAR), min(anchor.year + 1, LAST_YEAR - 1) + 1)
    return min(years, key=lambda year: (_distance(season_span(season, year), anchor), abs(year - anchor.year)))


def _distance(span: tuple[date, date], day: date) -> int:
    if span[0] <= day <= span[1]:
        return 0
    return min(abs((span[0] - day).days), abs((span[1] - day).days))


def relative_span(unit: str, rest: str, anchor: date | None) -> Span:
    """Return the days of a `relative_date` value of `words.csv`, such as `week:-1` or `year:0:earlier`.

    Args:
        unit: day, weekend, week, month, year or approx.
        rest: How many of them after the anchor, then `:earlier` or `:later`; `soon` for the two weeks after it.
        anchor: Day of publication; without it the days stay unknown.
    """
    if anchor is None:
        return UNKNOWN
    shift, _, part = rest.partition(":")
    if unit == "approx":
        return Span(anchor, shift_days(anchor, _SOON_DAYS) if shift == "soon" else anchor, "approx", anchor)
    offset = int(shift)
    if unit == "day":
        day = shift_days(anchor, offset)
        return Span(day, day, "day", anchor)
    if unit == "weekend":
        # The one that is over; on a weekend itself, or for 0 and 1, the one that ends next.
        sunday = weekday_near(DAYS_OF_WEEK, anchor, "last" if offset < 0 else "future")
        return Span(shift_days(sunday, -1), sunday, "day", anchor)
    if unit == "week":
        return Span(*week_span(anchor, offset, part), "day", anchor)
    if unit == "month":
        return Span(*month_span(anchor.year, anchor.month + offset, anchor.month + offset), "month", anchor)
    return Span(*year_span(anchor.year + offset, anchor.year + offset), "year", anchor)


def part_of(span: Span, part: str) -> Span:
    """Return a half, a quarter, or a vague part of a period.

    A half and a quarter are months; the beginning, middle or end of a year is that year (the codebook knows nothing
    between), of a month that month.
    """
    if span.start is None or span.end is None:
        return span
    kind, _, number = part.partition(":")
    if kind in ("half", "quarter") and span.precision == "year":
        length = MONTHS_OF_YEAR // (2 if kind == "half" else 4)
        first = length * (int(number) - 1) + 1
        return Span(*month_span(span.start.year, first, first + length - 1), "month", span.anchor)
    return span


def in_year(day: date, year: int) -> date:
    """Return the same day of another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def days_between(first: Span, last: Span, days: int) -> Span:
    """Return the days from one weekday to a later one; of two readings a week apart the earlier counts."""
    if first.start is None or last.end is None:
        return first
    end = min(last.end, shift_days(first.start, days))
    return replace(first, start=shift_days(end, -days), end=end)
