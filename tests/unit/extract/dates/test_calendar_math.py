from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.dates.calendar_math import (
    ImpossibleDateError,
    Span,
    make_day,
    month_span,
    part_of,
    relative_span,
    season_near,
    season_span,
    week_span,
    weekday_near,
    year_of_day,
    year_of_month,
    year_span,
)

_days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
THURSDAY = date(2025, 7, 3)


@pytest.mark.parametrize(
    ("day", "reason"),
    [((2025, 2, 31), "impossible_date"), ((2025, 13, 1), "impossible_date"), ((1, 1, 1), "year_out_of_range"),
     ((9999, 1, 1), "year_out_of_range")],
)  # fmt: skip
def test_days_that_no_calendar_has_are_refused_with_a_reason(day: tuple[int, int, int], reason: str) -> None:
    with pytest.raises(ImpossibleDateError, match=reason):
        make_day(*day)


def test_weeks_follow_the_codebook() -> None:
    assert week_span(THURSDAY, 0, "") == (date(2025, 6, 30), THURSDAY)
    assert week_span(THURSDAY, 0, "later") == (THURSDAY, date(2025, 7, 6))
    assert week_span(THURSDAY, -1, "") == (date(2025, 6, 23), date(2025, 6, 29))
    assert week_span(THURSDAY, 1, "") == (date(2025, 7, 7), date(2025, 7, 13))


def test_months_reach_over_the_turn_of_the_year() -> None:
    assert month_span(2025, 2, 2) == (date(2025, 2, 1), date(2025, 2, 28))
    assert month_span(2024, 2, 2)[1] == date(2024, 2, 29)
    assert month_span(2025, 13, 13) == (date(2026, 1, 1), date(2026, 1, 31))
    assert month_span(2025, 0, 0) == (date(2024, 12, 1), date(2024, 12, 31))
    assert season_span("winter", 2025) == (date(2025, 12, 1), date(2026, 2, 28))


@given(_days, st.integers(1, 12))
def test_a_month_without_year_is_at_most_half_a_year_away(anchor: date, month: int) -> None:
    distance = (year_of_month(month, anchor) - anchor.year) * 12 + month - anchor.month
    assert -6 <= distance <= 6


@given(_days, _days)
def test_a_day_without_year_is_the_nearest_one(anchor: date, day: date) -> None:
    year = year_of_day(day.month, day.day, anchor)
    chosen = abs((date(year, day.month, day.day) - anchor).days)
    for other in range(anchor.year - 4, anchor.year + 5):
        try:
            assert chosen <= abs((date(other, day.month, day.day) - anchor).days)
        except ValueError:
            continue


def test_a_leap_day_takes_the_nearest_leap_year() -> None:
    assert year_of_day(2, 29, date(2025, 6, 1)) == 2024
    with pytest.raises(ImpossibleDateError):
        year_of_day(2, 30, date(2025, 6, 1))


@given(_days, st.integers(1, 7))
def test_weekdays_lie_where_the_words_say(anchor: date, weekday: int) -> None:
    week = timedelta(7)
    for direction, low, high in (
        ("past", anchor - week, anchor),
        ("last", anchor - week, anchor - timedelta(1)),
        ("future", anchor, anchor + week),
        ("next", anchor + timedelta(1), anchor + week),
    ):
        day = weekday_near(weekday, anchor, direction)
        assert day.isoweekday() == weekday
        assert low <= day <= high


@given(_days, st.sampled_from(["spring", "summer", "autumn", "winter"]))
def test_the_nearest_season_is_less_than_a_year_away(anchor: date, season: str) -> None:
    start, end = season_span(season, season_near(season, anchor))
    assert start - timedelta(200) <= anchor <= end + timedelta(200)


def test_parts_of_a_year_are_months_and_vague_parts_the_year() -> None:
    year = Span(*year_span(2025, 2025), "year")
    assert part_of(year, "half:1") == Span(date(2025, 1, 1), date(2025, 6, 30), "month")
    assert part_of(year, "quarter:3") == Span(date(2025, 7, 1), date(2025, 9, 30), "month")
    assert part_of(year, "end") == year
    assert part_of(Span(None, None, "unknown"), "half:1") == Span(None, None, "unknown")


def test_without_an_anchor_nothing_relative_is_resolved() -> None:
    assert relative_span("week", "-1", None).start is None
    assert relative_span("year", "-1", THURSDAY) == Span(date(2024, 1, 1), date(2024, 12, 31), "year", THURSDAY)
