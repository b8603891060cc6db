"""Date expressions that lean on another day: today, this week, on Wednesday, the first half of 2025, the spring session.

They are resolved against the day of publication, never against the clock; without it they stay mentions without days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tasks.extract.calendar_math import (
    UNKNOWN,
    Span,
    month_span,
    season_near,
    season_span,
    shift_days,
    week_span,
    weekday_near,
    year_span,
)
from tasks.extract.date_words import DateLetters
from tasks.extract.dates import FoundDate
from tasks.extract.gazetteer import Hit
from tasks.extract.tokens import View, fold

# Between a part of a period and the period: "first half of 2025", "mid-2026", "ersten Hälfte des Jahres 2025".
_GLUE = re.compile(r"(?:\s+|-)(?:(?:of|des|van|the|het|dit|jahres|jaar|lata|godine|od|de|l'|im|m\.)\s+){0,2}", re.IGNORECASE)
_LINK_BEFORE_SEASON = frozenset(fold(word) for word in "in during this next last the early late since by im diesem u v ove tijekom tokom spomladi šį".split())
_LAST = frozenset(fold(word) for word in "last previous past letzten vergangenen vorigen vorige afgelopen prošle prošli prošlog prošlu praėjusį prejšnji prejšnjo pretekli minatiot minulog kaluar".split())
_NEXT = frozenset(fold(word) for word in "next coming nächsten kommenden volgende komende idući iduće sljedeći sljedeće naredni kitą naslednji prihodnji".split())
_ON = frozenset(fold(word) for word in "on am op u v во la le this since by until from iki nuo bis tot od do za në ovaj ovog".split())
# Words that make a weekday the coming one: the act is still ahead on the day of the document.
_FUTURE = frozenset(
    fold(word)
    for word in """will shall planned scheduled expected upcoming due wird werden soll sollen geplant zal zullen gepland
    će ћe ќе bo bodo bosta planira planirano numatoma planuojama bus do te""".split()
) - {"do", "te"}
_WEEKDAY_BARE = frozenset({"en", "lt"})


class RelativeDates:
    """Finds the relative dates of one text.

    Args:
        view: The text.
        letters: Its date letters (for weekdays).
        hits: Gazetteer hits of the date classes of `words.csv`.
        absolute: The dates `tasks.extract.dates` found; those that become part of a longer expression are taken out.
    """

    def __init__(self, view: View, letters: DateLetters, hits: Sequence[Hit], absolute: list[FoundDate]) -> None:
        self._view = view
        self._letters = letters
        self._hits = hits
        self._absolute = absolute
        self._anchor = view.document.published_on
        self._found: list[FoundDate] = []

    def find(self) -> list[FoundDate]:
        """Return relative and absolute dates together, in order, none inside another."""
        for hit in self._hits:
            if hit.entry.subtype == "relative_date":
                self._relative(hit)
        for hit in self._hits:
            if hit.entry.subtype == "period_part":
                self._part(hit)
            elif hit.entry.subtype == "season":
                self._season(hit)
        self._weekdays()
        longest: list[FoundDate] = []
        for found in sorted([*self._absolute, *self._found], key=lambda f: (f.start, -f.end, f.rule_id)):
            if not longest or found.start >= longest[-1].end:
                longest.append(found)
        return longest

    def _add(self, start: int, end: int, rule_id: str, span: Span, has_year: bool = False) -> None:
        self._found.append(FoundDate(start, end, rule_id, span, "", has_year))

    # -- today, this week, last year ------------------------------------------------------------------------------

    def _relative(self, hit: Hit) -> None:
        unit, _, rest = hit.entry.reference_id.partition(":")
        month = self._touching(hit)
        if unit == "year" and month is not None and not month.has_year and month.span is not None:
            self._month_of_year(hit, month, int(rest.partition(":")[0]))
            return
        if unit in ("previous", "next"):
            self._beside(hit, unit, rest)
            return
        self._add(hit.start, hit.end, f"date.{unit}", relative_span(unit, rest, self._anchor))

    def _touching(self, hit: Hit) -> FoundDate | None:
        """Return the month that stands right before "last year" or "of this year"."""
        for found in self._absolute:
            between = self._view.folded[found.end : hit.start] if found.end <= hit.start else None
            if found.rule_id in ("date.month", "date.day_month", "date.month_day") and between is not None:
                if re.fullmatch(r"\s+(?:of |des |van )?", between):
                    return found
        return None

    def _month_of_year(self, hit: Hit, month: FoundDate, shift: int) -> None:
        self._absolute.remove(month)
        span = month.span
        if self._anchor is not None and span is not None and span.start is not None and span.end is not None:
            year = self._anchor.year + shift
            if span.precision == "month":
                start, end = month_span(year, span.start.month, span.end.month)
            else:
                start, end = _in_year(span.start, year), _in_year(span.end, year)
            span = Span(start, end, span.precision, self._anchor)
        self._add(month.start, hit.end, "date.month_of_year", span or UNKNOWN)

    def _beside(self, hit: Hit, direction: str, unit: str) -> None:
        """A day earlier, a week later: than the date named last before it, else than the day of publication."""
        before = [f for f in self._absolute if f.end <= hit.start and f.span and f.span.start and f.span.precision == "day"]
        base = before[-1].span.start if before and before[-1].span else self._anchor
        if base is None:
            self._add(hit.start, hit.end, "date.beside", UNKNOWN)
            return
        sign = -1 if direction == "previous" else 1
        if unit == "year":
            start, end = year_span(base.year + sign, base.year + sign)
            self._add(hit.start, hit.end, "date.beside", Span(start, end, "year", base))
            return
        days = {"day": 1, "week": 7, "month": 30}[unit] * sign
        day = shift_days(base, days)
        self._add(hit.start, hit.end, "date.beside", Span(day, day, "approx", base))

    # -- halves, quarters, beginnings and ends ----------------------------------------------------------------------

    def _part(self, hit: Hit) -> None:
        glue = _GLUE.match(self._view.text, hit.end)
        if glue is None and not self._view.text[hit.end - 1] == "-":
            return
        at = glue.end() if glue else hit.end
        whole = next((found for found in [*self._absolute, *self._found] if found.start in (at, hit.end + 1)), None)
        if whole is None:
            whole = self._bare_year(at)
        if whole is None or whole.span is None:
            return
        if whole in self._absolute:
            self._absolute.remove(whole)
        self._add(hit.start, whole.end, "date.part", part_of(whole.span, hit.entry.reference_id), whole.has_year)

    def _bare_year(self, at: int) -> FoundDate | None:
        index = self._view.token_index(at)
        if index >= len(self._view.tokens) or self._view.tokens[index].start != at:
            return None
        token = self._view.tokens[index]
        if len(token.text) != 4 or not token.text.isdigit() or not 1900 <= int(token.text) <= 2100:
            return None
        start, end = year_span(int(token.text), int(token.text))
        return FoundDate(token.start, token.end, "date.year", Span(start, end, "year"))

    # -- seasons and sittings ---------------------------------------------------------------------------------------

    def _season(self, hit: Hit) -> None:
        view, season = self._view, hit.entry.reference_id
        index = view.token_index(hit.start)
        before = view.tokens[index - 1].folded if index else ""
        session = next((h for h in self._hits if h.entry.subtype == "session" and hit.end < h.start <= hit.end + 2), None)
        if session is not None:
            span = Span(*season_span(season, season_near(season, self._anchor)), "session", self._anchor) if self._anchor else Span(None, None, "session")
            self._add(hit.start, session.end, "date.session", span)
            return
        glue = _GLUE.match(view.text, hit.end)
        whole = next((f for f in [*self._absolute, *self._found] if glue and f.start == glue.end()), None)
        year = self._bare_year(glue.end()) if glue and whole is None else whole
        if year is not None and year.span and year.span.precision == "year" and year.span.start:
            self._absolute[:] = [found for found in self._absolute if found is not year]
            self._add(hit.start, year.end, "date.season", Span(*season_span(season, year.span.start.year), "month"), True)
            return
        if before not in _LINK_BEFORE_SEASON | _LAST | _NEXT and view.document.language != "lt":
            return
        start = view.tokens[index - 1].start if before in _LAST | _NEXT | {"this"} else hit.start
        self._add(start, hit.end, "date.season", self._season_span(season, before))

    def _season_span(self, season: str, before: str) -> Span:
        if self._anchor is None:
            return UNKNOWN
        year = season_near(season, self._anchor)
        start, end = season_span(season, year)
        if before in _LAST and end >= self._anchor:
            start, end = season_span(season, year - 1)
        elif before in _NEXT and start <= self._anchor:
            start, end = season_span(season, year + 1)
        return Span(start, end, "month", self._anchor)

    # -- weekdays ---------------------------------------------------------------------------------------------------

    def _weekdays(self) -> None:
        taken = [(found.start, found.end) for found in [*self._absolute, *self._found]]
        for at in (match.start() for match in re.finditer("w", self._letters.letters)):
            index = self._letters.tokens[at]
            token = self._view.tokens[index]
            if any(start <= token.start < end for start, end in taken):
                continue
            before = self._view.tokens[index - 1].folded if index else ""
            if before not in _ON | _LAST | _NEXT and self._view.document.language not in _WEEKDAY_BARE:
                continue
            start = self._view.tokens[index - 1].start if before in _LAST | _NEXT else token.start
            self._add(start, token.end, "date.weekday", self._weekday_span(self._letters.numbers[at], before, token.start))

    def _weekday_span(self, weekday: int, before: str, offset: int) -> Span:
        if self._anchor is None:
            return UNKNOWN
        direction = "last" if before in _LAST else "next" if before in _NEXT else "future" if self._is_ahead(offset) else "past"
        day = weekday_near(weekday, self._anchor, direction)
        return Span(day, day, "day", self._anchor)

    def _is_ahead(self, offset: int) -> bool:
        """True if the sentence speaks of what is to come."""
        sentence = self._view.sentence(offset)
        first = self._view.token_index(sentence.start)
        for token in self._view.tokens[first:]:
            if token.start >= sentence.end:
                return False
            if token.folded in _FUTURE:
                return True
        return False


def relative_span(unit: str, rest: str, anchor: date | None) -> Span:
    """Return the days of a `relative_date` value of `words.csv` such as `week:-1` or `year:0:earlier`."""
    if anchor is None:
        return UNKNOWN
    shift, _, part = rest.partition(":")
    if unit == "approx":
        end = shift_days(anchor, 14) if shift == "soon" else anchor
        return Span(anchor, end, "approx", anchor)
    offset = int(shift)
    if unit == "day":
        day = shift_days(anchor, offset)
        return Span(day, day, "day", anchor)
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
        length = 6 if kind == "half" else 3
        first = length * (int(number) - 1) + 1
        return Span(*month_span(span.start.year, first, first + length - 1), "month", span.anchor)
    return span


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


