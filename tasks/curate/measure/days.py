"""Days of annotated events, and which told event is which annotated one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tasks.curate.measure.names import normal, paired, same_party

Event = Mapping[str, Any]
Period = tuple[date, date]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# Days of grace: "approx" is the day of the news, give or take a week.
_GRACE = {"approx": 7}
# Of the words of one passage that the other must share to be the same passage.
SAME_PASSAGE = 0.5


def period(event: Event) -> Period | None:
    """Return first and last day of an event, None without a date; `2025` and `2025-07` stand for their days."""
    ends = [_days(event.get(key)) for key in ("start", "end")]
    first, last = ends[0] or ends[1], ends[1] or ends[0]
    if first is None or last is None:
        return None
    return min(first[0], last[1]), max(first[0], last[1])


def _days(value: object) -> Period | None:
    found = _DATE.match(str(value or ""))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    if month is None:
        return first, date(year, 12, 31)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(1)


def same_days(told: Event, wanted: Event) -> bool:
    """True if both have the same days; within a week where the annotation says `approx`."""
    one, other = period(told), period(wanted)
    if one is None or other is None:
        return one == other
    grace = timedelta(_GRACE.get(str(wanted.get("date_precision")), 0))
    return abs(one[0] - other[0]) <= grace and abs(one[1] - other[1]) <= grace


def days_agree(told: Event, wanted: Event) -> bool:
    """True if the periods touch, or one of them is not known."""
    one, other = period(told), period(wanted)
    if one is None or other is None:
        return True
    slack = timedelta(_GRACE.get(str(wanted.get("date_precision")), 1))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def overlap(one: object, other: object) -> float:
    """Return the share of words that two passages have in common, of the shorter one."""
    left, right = (Counter(normal(str(text or "")).split()) for text in (one, other))
    shortest = min(left.total(), right.total())
    return (left & right).total() / shortest if shortest else 0.0


def can_be(told: Event, wanted: Event) -> bool:
    """True if both can be one event: type, days, country; an event with no date on one side needs the same passage."""
    if told.get("type") != wanted.get("type") or not days_agree(told, wanted):
        return False
    countries = {told.get("country"), wanted.get("country")} - {None, ""}
    if len(countries) > 1:
        return False
    undated = (period(told) is None) + (period(wanted) is None)
    return undated != 1 or overlap(told.get("evidence"), wanted.get("evidence")) >= SAME_PASSAGE


def pair_events(told: Sequence[Event], wanted: Sequence[Event]) -> list[tuple[int, int]]:
    """Return pairs of indexes (told, wanted), each used once, the best fit first.

    Days weigh most, then country and passage, then status and parties.
    """
    fits = []
    for i, one in enumerate(told):
        for j, other in enumerate(wanted):
            if can_be(one, other):
                fits.append((_fit(one, other), -i, -j))
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(fits, reverse=True):
        if -i not in used[0] and -j not in used[1]:
            pairs.append((-i, -j))
            used[0].add(-i)
            used[1].add(-j)
    return pairs


def _fit(told: Event, wanted: Event) -> float:
    parties = len(paired(told.get("participants") or (), wanted.get("participants") or (), same_party))
    return (
        2.0 * same_days(told, wanted)
        + (told.get("country") == wanted.get("country"))
        + overlap(told.get("evidence"), wanted.get("evidence"))
        + 0.2 * parties
        + 0.3 * (told.get("status") == wanted.get("status"))
    )
