"""Dates counted from another day: "two weeks ago", "a month later", "in three weeks' time", "prije dvije sedmice".

Counted from the day of publication where the words say so (ago, in … time), else from the date named last. Days are
exact where both the count and the day are; weeks and months are approximate, as the codebook has it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from tasks.extract.dates.calendar_math import MONTHS_OF_YEAR, Span, month_span, shift_days, year_span
from tasks.extract.dates.dates import FoundDate
from tasks.extract.dates.outlook import lies_ahead
from tasks.extract.quantities.numbers import NumberReader
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import View

# "twenty-five": tokens of a number in words.
_LONGEST_NUMBER = 3
# "A few days ago" is told of some three.
_FEW = 3.0
_HALF_YEAR = 6
# Rule of these dates. Their numbers count as well: "eleven months ago" says how long, too.
COUNTED = "date.counted"
_SIGNS = {"ago": -1, "sooner": -1, "later": 1, "ahead": 1}


class CountedDates:
    """Finds the counted dates of one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        absolute: The dates named otherwise, by their end.
        numbers: Reads the numbers of the text.
    """

    def __init__(self, view: View, hits: Hits, absolute: Sequence[FoundDate], numbers: NumberReader) -> None:
        self._view = view
        self._units = hits.words("time_unit")
        words = hits.words("time_count")
        self._behind = {hit.start: hit for hit in words if hit.entry.reference_id in ("ago", "sooner", "later")}
        self._before = {hit.end: hit for hit in words if hit.entry.reference_id in ("ago_before", "ahead_before")}
        self._few = {hit.end: hit for hit in words if hit.entry.reference_id == "few"}
        self._one = {hit.end: hit for hit in words if hit.entry.reference_id == "one"}
        self._absolute = absolute
        self._ends = [found.end for found in absolute]
        self._numbers = numbers

    def find(self) -> list[FoundDate]:
        """Return the counted dates in order; a unit without a count or a direction is none."""
        found = (self._counted(unit) for unit in self._units)
        return [date_ for date_ in found if date_ is not None]

    def _counted(self, unit: Hit) -> FoundDate | None:
        count = self._count(unit)
        behind = self._behind.get(self._next(unit.end))
        start = count[1] if count is not None else unit.start
        before = self._before.get(self._previous(start))
        if behind is not None and count is not None:
            return self._found(start, behind.end, unit, count[0], behind.entry.reference_id)
        if before is None or (count is None and self._view.language == "en"):
            return None
        number = count[0] if count is not None else 1.0
        if before.entry.reference_id == "ago_before":
            return self._found(before.start, unit.end, unit, number, "ago")
        # "completed in three days" says how long; "will be opened in three days" says when.
        return self._found(before.start, unit.end, unit, number, "ahead") if lies_ahead(self._view, start) else None

    def _count(self, unit: Hit) -> tuple[float, int] | None:
        """Return how many units are counted, and where the count begins."""
        index = self._view.token_index(unit.start)
        read = (self._numbers.read(at) for at in range(max(index - _LONGEST_NUMBER, 0), index))
        number = next((found for found in read if found is not None and found.last_token == index - 1), None)
        if number is not None:
            return number.value, number.start
        end = self._previous(unit.start)
        if end in self._few:
            return _FEW, self._few[end].start
        if end in self._one:
            half = self._previous(self._one[end].start)
            text = self._view.text[max(half - 4, 0) : half].casefold()
            return (0.5, half - 4) if text == "half" else (1.0, self._one[end].start)
        return None

    def _found(self, start: int, end: int, unit: Hit, number: float, direction: str) -> FoundDate | None:
        base = self._base(start, direction)
        if base is None or base.start is None or number <= 0:
            return None
        sign, name = _SIGNS[direction], unit.entry.reference_id
        if name == "year" and number < 1:
            name, number = "month", number * 2 * _HALF_YEAR
        if number != int(number):
            return None
        shift = sign * int(number)
        exact = start not in {hit.start for hit in self._few.values()}
        span = _shifted(base, base.start, name, shift, exact, ahead=direction == "ahead")
        return FoundDate(start, end, COUNTED, span, "")

    def _base(self, start: int, direction: str) -> Span | None:
        """Return the day counted from: that of publication, or for "later" and "earlier" the date named last."""
        anchor = self._view.document.published_on
        published = None if anchor is None else Span(anchor, anchor, "day", anchor)
        if direction in ("ago", "ahead"):
            return published
        position = bisect_right(self._ends, start)
        before = self._absolute[position - 1].span if position else None
        return before if before is not None and before.start is not None else None

    def _previous(self, at: int) -> int:
        """Return where the word before a word ends."""
        while at > 0 and self._view.text[at - 1] in "  ":
            at -= 1
        return at

    def _next(self, at: int) -> int:
        """Return where the word behind a word begins."""
        while at < len(self._view.text) and self._view.text[at] in "  '’":
            at += 1
        return at


def _shifted(base: Span, day: date, unit: str, shift: int, exact: bool, ahead: bool) -> Span:
    if unit == "year" and not ahead:
        return Span(*year_span(day.year + shift, day.year + shift), "year", base.anchor)
    if unit in ("month", "year"):
        shift *= 1 if unit == "month" else MONTHS_OF_YEAR
        if base.precision == "month":
            month = day.month + shift
            return Span(*month_span(day.year, month, month), "month", base.anchor)
        year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + shift, MONTHS_OF_YEAR)
        last = month_span(year, month + 1, month + 1)[1]
        there = last.replace(day=min(day.day, last.day))
        return Span(there, there, "approx", base.anchor)
    days = shift * (7 if unit == "week" else 14 if unit == "fortnight" else 1)
    there = shift_days(day, days)
    precise = exact and unit == "day" and base.precision == "day"
    return Span(there, there, "day" if precise else "approx", base.anchor)
