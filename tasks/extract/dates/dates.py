"""Dates that stand in a text with a day, a month or a year of their own; read off a string of letters, one per token.

The letters are those of `dates.date_words`. Expressions that need the day of publication ("this week") are in
`dates.relative_dates`; a date without a year is resolved here, against that day or a full date of the same
text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.extract.dates.calendar_math import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_OF_YEAR,
    ImpossibleDateError,
    Span,
    make_day,
    month_span,
    shift_days,
    year_of_day,
    year_of_month,
    year_span,
)
from tasks.extract.dates.date_grammar import BARE_MONTH, DATED, FIRST_BARE_YEAR, GRAMMAR, LAST_BARE_YEAR, RUN
from tasks.extract.dates.date_words import DateLetters
from tasks.extract.dates.outlook import lies_ahead
from tasks.extract.text.tokens import View

# What is announced for a day that is nearest by less than this is stale news; by more it is meant for the next year.
_STALE_DAYS = 31
# Languages that write a year as an ordinal, with a full stop, where it stands alone.
_YEAR_WITH_STOP = frozenset({"bs", "hr", "sr", "sh"})
# Languages that write the month before the day.
_MONTH_FIRST = frozenset({"en", "lt", "und"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression of a text.

    Attributes:
        span: Days meant; None if they are impossible.
        reason: Why it was refused; empty if it was not.
        has_year: The text gives the year.
    """

    start: int
    end: int
    rule_id: str
    span: Span | None
    reason: str = ""
    has_year: bool = True


def find_dates(view: View, letters: DateLetters, is_counted: Callable[[int], bool]) -> list[FoundDate]:
    """Return the date expressions of a text in order; ranges before the days and months they are made of.

    Args:
        view: The text.
        letters: Its letters.
        is_counted: Whether the token at an index begins a count noun ("2000 people" is no year).
    """
    string = letters.letters
    if not DATED.search(string):
        return []
    taken = bytearray(len(string))
    drafts: list[_Draft] = []
    runs = [run.span() for run in RUN.finditer(string) if DATED.search(run[0])]
    for rule_id, pattern in GRAMMAR:
        for match in (match for run in runs for match in pattern.finditer(string, *run)):
            begin, stop = match.span()
            if taken.find(1, begin, stop) >= 0:
                continue
            draft = _Draft(rule_id, match, letters, view)
            if draft.is_plausible(is_counted):
                taken[begin:stop] = b"\1" * (stop - begin)
                drafts.append(draft)
    drafts.sort(key=lambda draft: draft.start)
    return _resolve(drafts, view.document.published_on)


class _Draft:
    """One match of the grammar with its numbers."""

    def __init__(self, rule_id: str, match: re.Match[str], letters: DateLetters, view: View) -> None:
        self.rule_id = rule_id
        self._view = view
        self._letters = letters
        self._match = match
        groups = match.re.groupindex
        self._at = {name: match.start(name) for name in groups if match.start(name) >= 0}
        self._numbers = {name: letters.numbers[at] for name, at in self._at.items()}
        first, last = _trim(match, letters.letters)
        self.first_token, self.last_token = letters.tokens[first], letters.tokens[last]
        self.start = view.tokens[self.first_token].start
        self.end = view.tokens[self.last_token].end

    def number(self, name: str) -> int | None:
        """Return the number of a group, None where it did not take part."""
        return self._numbers.get(name)

    @property
    def year(self) -> int | None:
        """The year of the (later end of the) expression."""
        return self.number("y") or self.number("y0")

    @property
    def previous_word(self) -> str:
        """Folded token before the expression in its line, or an empty string."""
        index = self.first_token - 1
        return self._view.tokens[index].folded if index >= 0 else ""

    def is_plausible(self, is_counted: Callable[[int], bool]) -> bool:
        """False for numbers that merely look like the expression."""
        if not self._joined():
            return False
        if self.rule_id == "date.numeric_day":
            return self._is_day_of_month()
        if self.rule_id == "date.year":
            return self._is_year(is_counted)
        if self.rule_id == "date.year_range":
            return self._is_year(is_counted) and (self.number("y1") or 0) < (self.year or 0)
        if self.rule_id == "date.month":
            led = self.previous_word in self._view.words["date_before"] or self._is_middle()
            return self.year is not None or led or self._is_genitive()
        if self.rule_id in ("date.month_day", "date.month_first_range") and self.year is None:
            # Elsewhere the day comes first: ab März 20 weitere Beamte counts officers.
            is_date = self._view.language in _MONTH_FIRST and not is_counted(self.last_token + 1)
            return is_date and not self._followed_by("%./")
        return True

    def _is_day_of_month(self) -> bool:
        """True for the 04.09. of languages that write the month as a number, behind a preposition or bracket."""
        after = self._view.text[self.end : self.end + 1]
        led = self.previous_word == "(" or self.previous_word in self._view.words["weekday_before"]
        is_month = 0 < (self.number("m") or 0) <= MONTHS_OF_YEAR
        return led and is_month and self._view.language not in ("en", "fr", "nl") and not after.isalnum()

    def _is_middle(self) -> bool:
        """True for the month of "mid-April"."""
        index = self.first_token - 1
        return self.previous_word == "-" and index > 0 and self._view.tokens[index - 1].folded in ("mid", "mi")

    def _joined(self) -> bool:
        """Signs of a numeric date touch its numbers, and are the same sign twice."""
        signs = [self._at[name] for name in ("s1", "s2") if name in self._at]
        if not signs:
            return True
        if len({self._letters.letters[at] for at in signs}) > 1:
            return False
        dotted = self._letters.letters[signs[0]] == "."
        tokens = self._view.tokens
        for at in signs:
            sign = self._letters.tokens[at]
            if tokens[sign - 1].end != tokens[sign].start:
                return False
            if not dotted and tokens[sign].end != tokens[sign + 1].start:
                return False
        after = self.last_token + 1
        return not (after < len(tokens) and tokens[after].text in "-/" and tokens[after].start == self.end)

    def _is_year(self, is_counted: Callable[[int], bool]) -> bool:
        letters = self._letters.letters
        year_word = "c" in letters[self._match.start() : self._match.end()]
        if not FIRST_YEAR <= (self.year or 0) <= LAST_YEAR:
            return False
        if self._followed_by("/%€$£.,") and not self._ends_clause():
            return False
        if is_counted(self.last_token + 1):
            return False
        if year_word or self.rule_id == "date.year_range" or self.previous_word in self._view.words["date_before"]:
            return True
        return self._is_bare_year()

    def _is_bare_year(self) -> bool:
        """True for a year of our time that nothing leads: schloss 2022 ein Abkommen, and 2019. of the South Slavs."""
        tokens, after = self._view.tokens, self.last_token + 1
        if self._view.language in _YEAR_WITH_STOP:
            dotted = self._view.text[self.end : self.end + 2] == ". " or self._view.text[self.end - 1] == "."
            return dotted and FIRST_BARE_YEAR <= (self.year or 0) <= LAST_BARE_YEAR
        if self._view.language != "de":
            return False
        counts = after < len(tokens) and tokens[after].text[0].isupper()
        return FIRST_BARE_YEAR <= (self.year or 0) <= LAST_BARE_YEAR and not counts

    def _ends_clause(self) -> bool:
        """True where the sign after the expression is followed by a space or the end."""
        text = self._view.text
        return text[self.end : self.end + 1] in ".," and not text[self.end + 1 : self.end + 2].isdigit()

    def _followed_by(self, signs: str) -> bool:
        after = self._view.text[self.end : self.end + 1]
        return after != "" and after in signs and not self._ends_clause()

    def _is_genitive(self) -> bool:
        """True where the case alone says "in": gruodį, januarja."""
        return self._view.language in BARE_MONTH

    def days(self, anchor: date | None) -> Span:
        """Return the days meant.

        Raises:
            ImpossibleDateError: No calendar has them.
        """
        day, month = self.number("d"), self.number("m")
        if day is not None and month is not None:
            return self._day_span(day, month, anchor)
        if month is not None:
            return self._month_span(month, anchor)
        year = self.year or 0
        start, end = year_span(self.number("y1") or year, year)
        return Span(start, end, "year")

    def _day_span(self, day: int, month: int, anchor: date | None) -> Span:
        last_day, last_month = self.number("d2") or day, self.number("m2") or month
        if self.rule_id == "date.numeric" and month > MONTHS_OF_YEAR >= day:
            day, month, last_day, last_month = month, day, month, day
        if month > MONTHS_OF_YEAR:
            raise ImpossibleDateError("impossible_date")
        year, used = self.year, None
        if year is None:
            if anchor is None:
                make_day(2000, month, day)
                make_day(2000, last_month, last_day)
                return Span(None, None, "unknown")
            year, used = year_of_day(last_month, last_day, anchor), anchor
            if make_day(year, last_month, last_day) < shift_days(anchor, -_STALE_DAYS) and self._lies_ahead():
                year += 1
        first_year = self.number("y1") or (year - 1 if last_month < month else year)
        start, end = make_day(first_year, month, day), make_day(year, last_month, last_day)
        if end < start:
            raise ImpossibleDateError("reversed_range")
        return Span(start, end, "day", used)

    def _month_span(self, month: int, anchor: date | None) -> Span:
        last_month = self.number("m2") or month
        year, used = self.year, None
        if year is None:
            if anchor is None:
                return Span(None, None, "unknown")
            year, used = self._year_of_month(last_month, anchor), anchor
        start, end = month_span(year, month if month <= last_month else month - MONTHS_OF_YEAR, last_month)
        return Span(start, end, "month", used)

    def _year_of_month(self, month: int, anchor: date) -> int:
        word = self.previous_word
        if word in self._view.words["this"]:
            return anchor.year
        if word in self._view.words["last"]:
            return anchor.year if month < anchor.month else anchor.year - 1
        if word in self._view.words["next"]:
            return anchor.year if month > anchor.month else anchor.year + 1
        year = year_of_month(month, anchor)
        return year + 1 if (year, month) < (anchor.year, anchor.month) and self._lies_ahead() else year

    def _lies_ahead(self) -> bool:
        return lies_ahead(self._view, self.start)


def _trim(match: re.Match[str], letters: str) -> tuple[int, int]:
    """Return first and last letter of a match without a dangling sign or article at either end."""
    first, last = match.start(), match.end() - 1
    while letters[first] in "|,.-":
        first += 1
    while letters[last] in "|,-" or (letters[last] == "." and letters[last - 1] not in "cde"):
        last -= 1
    return first, last


def _resolve(drafts: list[_Draft], published_on: date | None) -> list[FoundDate]:
    """Return the dates; without a day of publication the full date before, else the first after, is the anchor."""
    known = [_full_date(draft) for draft in drafts]
    following = next((day for day in known if day is not None), None)
    found = []
    last: date | None = None
    for draft, day in zip(drafts, known, strict=True):
        anchor = published_on or last or following
        last = day or last
        has_year = draft.year is not None
        try:
            found.append(FoundDate(draft.start, draft.end, draft.rule_id, draft.days(anchor), "", has_year))
        except ImpossibleDateError as error:
            found.append(FoundDate(draft.start, draft.end, draft.rule_id, None, str(error), has_year))
    return found


def _full_date(draft: _Draft) -> date | None:
    """Return the first day of a date that carries its year and at least a month."""
    if draft.year is None:
        return None
    try:
        span = draft.days(None)
    except ImpossibleDateError:
        return None
    return span.start if span.precision in ("day", "month") else None
