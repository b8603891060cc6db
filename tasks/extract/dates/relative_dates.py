"""Date expressions that lean on another day: today, this week, on Wednesday, the first half of 2025.

They are resolved against the day of publication, never against the clock; without it they stay mentions without days.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from tasks.extract.dates.calendar_math import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_OF_YEAR,
    UNKNOWN,
    Span,
    in_year,
    month_span,
    part_of,
    relative_span,
    season_near,
    season_span,
    shift_days,
    year_span,
)
from tasks.extract.dates.counted_dates import CountedDates
from tasks.extract.dates.date_words import DateLetters
from tasks.extract.dates.dates import FoundDate
from tasks.extract.dates.weekdays import find_weekdays
from tasks.extract.quantities.numbers import NumberReader
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import View

# Between a part of a period and the period: "first half of 2025", "mid-2026", "ersten Hälfte des Jahres 2025".
_GLUE = re.compile(
    r"(?:[ \u00a0]+|-)(?:(?:of|des|van|the|het|dit|jahres|jaar|lata|godine|od|de|l'|im|m\.)[ \u00a0]+){0,2}",
    re.IGNORECASE,
)
_OF = re.compile(r"[ \u00a0](?:of |des |van )?")
# Between a year and the month named after it: letztes Jahr im Mai, prošle godine u maju, vorig jaar oktober.
_IN = re.compile(r"[ \u00a0](?:(?:in|im|u|v|во|en|ne)[ \u00a0])?")
# Words before an end that make it the day itself: "by the end of September".
_BY = frozenset({"by", "bis", "tegen"})
# Rules whose dates lean on the day of publication; the others carry a day, a month or a year of their own.
RELATIVE_RULES = frozenset(
    {
        "date.relative_day", "date.relative_week", "date.relative_month", "date.relative_year", "date.relative_approx",
        "date.weekday", "date.beside", "date.counted", "date.session", "date.season", "date.month_of_year",
    }
)  # fmt: skip
# Rules whose dates a year may follow in words: "between July and December last year".
_MONTH_RULES = frozenset(
    {
        "date.month", "date.day_month", "date.month_day", "date.month_range", "date.range_days",
        "date.range_two_months", "date.month_first_range", "date.month_first_two_months",
    }
)  # fmt: skip
# Values of words that count from the date named last.
_BESIDE = ("previous:", "next:")
# "a month earlier" is thirty days or so: the codebook calls it approximate.
_DAYS_OF = {"day": 1, "week": 7, "month": 30}


class RelativeDates:
    """Finds the relative dates of one text.

    Args:
        view: The text.
        letters: Its date letters (for weekdays).
        hits: Gazetteer hits.
        absolute: The dates `dates.dates` found, in order.
        numbers: Reads the numbers of the text.
    """

    def __init__(
        self, view: View, letters: DateLetters, hits: Hits, absolute: list[FoundDate], numbers: NumberReader
    ) -> None:
        self._view = view
        self._letters = letters
        self._hits = hits
        self._numbers = numbers
        self._absolute = absolute
        self._anchor = view.document.published_on
        self._starting = {found.start: found for found in absolute}
        self._ending = {found.end: found for found in absolute}
        self._absorbed: set[int] = set()
        self._found: list[FoundDate] = []

    def find(self) -> list[FoundDate]:
        """Return relative and absolute dates together, in order, none inside another."""
        beside = [hit for hit in self._hits.words("relative_date") if hit.entry.reference_id.startswith(_BESIDE)]
        for hit in self._hits.words("relative_date"):
            if hit not in beside:
                self._relative(hit)
        self._starting |= {found.start: found for found in self._found}
        for hit in self._hits.words("period_part"):
            self._part(hit)
        sessions = {hit.start: hit for hit in self._hits.words("session")}
        for hit in self._hits.words("season"):
            self._season(hit, sessions)
        kept = [found for found in self._absolute if found.start not in self._absorbed]
        if "w" in self._letters.letters:
            taken = SpanMask(len(self._view.text), ((f.start, f.end) for f in (*kept, *self._found)))
            self._found += find_weekdays(self._view, self._letters, taken)
        # What lies a week before or after lies so of the date named last, a weekday too.
        named = sorted((*self._absolute, *self._found), key=lambda found: found.end)
        counted = CountedDates(self._view, self._hits, named, self._numbers).find()
        for hit in beside:
            self._beside(hit, named)
        self._found += counted
        longest: list[FoundDate] = []
        for found in sorted([*kept, *self._found], key=lambda f: (f.start, -f.end, f.rule_id)):
            if not longest or found.start >= longest[-1].end:
                longest.append(found)
        return longest

    def _add(self, start: int, end: int, rule_id: str, span: Span, has_year: bool = False) -> None:
        self._found.append(FoundDate(start, end, rule_id, span, "", has_year))

    # -- today, this week, last year -----------------------------------------------------------------------------------

    def _relative(self, hit: Hit) -> None:
        unit, _, rest = hit.entry.reference_id.partition(":")
        month = self._month_beside(hit) if unit == "year" else None
        if month is not None:
            self._month_of_year(hit, month, int(rest.partition(":")[0]))
            return
        self._add(hit.start, hit.end, f"date.relative_{unit}", relative_span(unit, rest, self._anchor))

    def _month_beside(self, hit: Hit) -> FoundDate | None:
        """Return the month or day without year right before "last year" or right after it (lani decembra)."""
        before = (
            (self._ending.get(end), end, hit.start, _OF) for end in range(hit.start - 1, max(hit.start - 6, -1), -1)
        )
        after = ((self._starting.get(start), hit.end, start, _IN) for start in range(hit.end + 1, hit.end + 5))
        for found, begin, end, glue in (*before, *after):
            if found is not None and found.rule_id in _MONTH_RULES and not found.has_year:
                return found if glue.fullmatch(self._view.folded, begin, end) else None
        return None

    def _month_of_year(self, hit: Hit, month: FoundDate, shift: int) -> None:
        self._absorbed.add(month.start)
        span = month.span or UNKNOWN
        if self._anchor is not None and span.start is not None and span.end is not None:
            year = self._anchor.year + shift
            first = year - (span.end.year - span.start.year)
            if span.precision == "month":
                start, end = month_span(first, span.start.month, span.end.month + MONTHS_OF_YEAR * (year - first))
            else:
                start, end = in_year(span.start, first), in_year(span.end, year)
            span = Span(start, end, span.precision, self._anchor)
        self._add(min(month.start, hit.start), max(month.end, hit.end), "date.month_of_year", span)

    def _beside(self, hit: Hit, named: list[FoundDate]) -> None:
        """A day earlier, a week later, the year before: than the date named last, else than the day of publication."""
        direction, _, unit = hit.entry.reference_id.partition(":")
        if unit in ("day", "week"):
            # "In the winter session. … a week earlier": a day is counted from a day.
            named = [found for found in named if found.span is not None and found.span.precision in ("day", "approx")]
        position = bisect_right([found.end for found in named], hit.start)
        before = named[position - 1].span if position else None
        base = before.start if before is not None and before.start is not None else self._anchor
        if base is None:
            self._add(hit.start, hit.end, "date.beside", UNKNOWN)
            return
        sign = -1 if direction == "previous" else 1
        if unit == "year":
            start, end = year_span(base.year + sign, base.year + sign)
            self._add(hit.start, hit.end, "date.beside", Span(start, end, "year", base))
            return
        day = shift_days(base, sign * _DAYS_OF[unit])
        self._add(hit.start, hit.end, "date.beside", Span(day, day, "approx", base))

    # -- halves, quarters, beginnings and ends -------------------------------------------------------------------------

    def _part(self, hit: Hit) -> None:
        glue = _GLUE.match(self._view.text, hit.end)
        if glue is None and self._view.text[hit.end - 1] != "-":
            return
        at = glue.end() if glue is not None else hit.end
        whole = self._starting.get(at) or self._starting.get(hit.end + 1) or self._bare_year(at) or self._this_year(at)
        if whole is None or whole.span is None:
            return
        self._absorbed.add(whole.start)
        span = part_of(whole.span, hit.entry.reference_id)
        if hit.entry.reference_id == "end" and self._view.word_before(hit.start) in _BY and span.end is not None:
            # "By the end of September": the last day, or about it.
            span = Span(span.end, span.end, "approx", span.anchor)
        self._add(hit.start, whole.end, "date.part", span, whole.has_year)

    def _bare_year(self, at: int) -> FoundDate | None:
        token = self._view.token_at(at)
        if token is None or len(token.text) != 4 or not token.text.isdigit():
            return None
        year = int(token.text)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return FoundDate(token.start, token.end, "date.year", Span(*year_span(year, year), "year"))

    def _this_year(self, at: int) -> FoundDate | None:
        """Return the year of publication for the "year" of "the second half of the year"."""
        token = self._view.token_at(at)
        if token is None or self._anchor is None or token.folded not in self._view.words["the_year"]:
            return None
        return FoundDate(
            token.start,
            token.end,
            "date.year",
            Span(*year_span(self._anchor.year, self._anchor.year), "year", self._anchor),
        )

    # -- seasons and sittings ------------------------------------------------------------------------------------------

    def _season(self, hit: Hit, sessions: dict[int, Hit]) -> None:
        season = hit.entry.reference_id
        session = sessions.get(hit.end + 1)
        if session is not None:
            self._session(hit, session, season)
            return
        glue = _GLUE.match(self._view.text, hit.end)
        year = (self._starting.get(glue.end()) or self._bare_year(glue.end())) if glue is not None else None
        if year is not None and year.span is not None and year.span.start is not None and year.span.precision == "year":
            self._absorbed.add(year.start)
            span = Span(*season_span(season, year.span.start.year), "month")
            self._add(hit.start, year.end, "date.season", span, has_year=True)
            return
        before = self._view.word_before(hit.start)
        turned = before in self._view.words["last"] or before in self._view.words["next"]
        if not (turned or before in self._view.words["season_before"] or self._view.language == "lt"):
            return
        index = self._view.token_index(hit.start)
        start = self._view.tokens[index - 1].start if turned or before == "this" else hit.start
        self._add(start, hit.end, "date.season", self._season_days(season, before))

    def _session(self, hit: Hit, session: Hit, season: str) -> None:
        """A sitting of a parliament lies in its season; the text does not give its days."""
        span = Span(None, None, "session")
        if self._anchor is not None:
            span = Span(*season_span(season, season_near(season, self._anchor)), "session", self._anchor)
        self._add(hit.start, session.end, "date.session", span)

    def _season_days(self, season: str, before: str) -> Span:
        if self._anchor is None:
            return UNKNOWN
        year = season_near(season, self._anchor)
        start, end = season_span(season, year)
        if before in self._view.words["last"] and end >= self._anchor:
            start, end = season_span(season, year - 1)
        elif before in self._view.words["next"] and start <= self._anchor:
            start, end = season_span(season, year + 1)
        return Span(start, end, "month", self._anchor)
