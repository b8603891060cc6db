"""Cadence of a source: the five fields of cron, always in UTC, where no hour is missing and none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# Name, lowest, highest, words and the number of the first word. Sunday is 0, and 7 too.
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...], int], ...] = (
    ("minute", 0, 59, (), 0),
    ("hour", 0, 23, (), 0),
    ("day of month", 1, 31, (), 0),
    ("month", 1, 12, _MONTHS, 1),
    ("day of week", 0, 7, _DAYS, 0),
)
_PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?", re.ASCII)
# The longest time without a 29 February is eight years (1896 to 1904, 2096 to 2104).
_HORIZON_DAYS = 366 * 8 + 1


@dataclass(frozen=True, slots=True)
class Cron:
    """One cron expression, read.

    Attributes:
        text: As declared.
        minutes: 0 to 59.
        hours: 0 to 23.
        days: Days of the month, 1 to 31.
        months: 1 to 12.
        weekdays: 0 (Sunday) to 6.
        either: Whether a day needs only to match one of month day and weekday, as where both are restricted.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def fires_on(self, day: date) -> bool:
        """Return whether it fires at any time of a day."""
        if day.month not in self.months:
            return False
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_day or by_weekday if self.either else by_day and by_weekday

    def fires_between(self, after: date, until: date) -> bool:
        """Return whether it fires on a day after the first and not after the second."""
        return any(self.fires_on(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))

    def next_fires(self, after: datetime, count: int = 3) -> list[datetime]:
        """Return the next times it fires, strictly after an instant, in UTC; fewer if it hardly ever does."""
        found: list[datetime] = []
        for moment in self._moments(after.astimezone(UTC)):
            found.append(moment)
            if len(found) == count:
                break
        return found

    def _moments(self, after: datetime) -> Iterator[datetime]:
        for offset in range(_HORIZON_DAYS):
            try:
                day = after.date() + timedelta(days=offset)
            except OverflowError:
                return
            if self.fires_on(day):
                for hour in self.hours:
                    for minute in self.minutes:
                        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
                        if moment > after:
                            yield moment


def parse_cron(text: str) -> Cron:
    """Read a cron expression.

    Raises:
        ValueError: It is none, or never fires; says what is wrong.
    """
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"the cron {text!r} has {len(fields)} fields, not 5 (minute, hour, day, month, weekday)")
    minutes, hours, days, months, weekdays = (
        _values(field, *about) for field, about in zip(fields, _FIELDS, strict=True)
    )
    cron = Cron(
        text=text,
        minutes=tuple(sorted(minutes)),
        hours=tuple(sorted(hours)),
        days=frozenset(days),
        months=frozenset(months),
        weekdays=frozenset(day % 7 for day in weekdays),
        either=not fields[2].startswith("*") and not fields[4].startswith("*"),
    )
    # Any start will do: it fires within eight years or never.
    if not cron.next_fires(datetime(2096, 2, 29, 23, 59, tzinfo=UTC), 1):
        raise ValueError(f"the cron {text!r} never fires: no month of it has such a day")
    return cron


def _values(field: str, name: str, low: int, high: int, words: tuple[str, ...], first_word: int) -> set[int]:
    found: set[int] = set()
    for part in field.casefold().split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is no {name} of a cron")
        if match["first"] == "*":
            if match["last"]:
                raise ValueError(f"{part!r} is no {name} of a cron")
            first, last = low, high
        else:
            first = _number(match["first"], name, low, high, words, first_word)
            last = _number(match["last"], name, low, high, words, first_word) if match["last"] else first
            # `5/15` means from 5 on.
            last = high if match["step"] and not match["last"] else last
        step = int(match["step"]) if match["step"] else 1
        if step == 0 or last < first:
            raise ValueError(f"{part!r} is an empty {name}")
        found.update(range(first, last + 1, step))
    return found


def _number(text: str, name: str, low: int, high: int, words: tuple[str, ...], first_word: int) -> int:
    if text in words:
        return words.index(text) + first_word
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(f"{text!r} is no {name}: it is a number from {low} to {high}")
    return int(text)
