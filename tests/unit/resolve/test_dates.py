from datetime import date

import pytest

from tasks.resolve.dates import Span, best_span, months, relation, weeks


def span(start, end=None, precision="day", basis="text"):
    return Span(date.fromisoformat(start), date.fromisoformat(end or start), precision, basis)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (span("2025-05-12", "2025-05-13"), span("2025-05-12", "2025-05-13"), "equal"),
        (span("2025-05-12", "2025-05-13"), span("2025-05-13"), "overlap"),
        (span("2025-05-01", "2025-05-31", "month"), span("2025-05-12"), "within"),
        (span("2025-01-01", "2025-12-31", "year"), span("2025-05-01", "2025-05-31", "month"), "within"),
        (span("2025-05-14"), span("2025-05-13"), "disjoint"),
        (span("2025-05-14", precision="approx"), span("2025-05-08"), "near"),
        (span("2025-05-14", precision="approx"), span("2025-05-01"), "disjoint"),
        (Span(None, None, "unknown", None), span("2025-05-01"), "unknown"),
    ],
)
def test_relation(left, right, expected):
    assert relation(left, right) == relation(right, left) == expected


def test_the_most_exact_then_the_best_founded_date_is_best():
    month = span("2025-05-01", "2025-05-31", "month")
    filled, stated = span("2025-05-12", basis="lead"), span("2025-05-13")
    assert best_span([month, filled, stated]) == stated
    assert best_span([month, filled]) == filled
    assert not best_span([]).is_known


def test_only_what_the_sentence_says_is_firm():
    assert span("2025-05-12").is_firm
    assert not span("2025-05-12", basis="lead").is_firm
    assert not span("2025-05-12", precision="approx").is_firm


def test_weeks_begin_on_monday():
    assert list(weeks(span("2025-05-11"))) != list(weeks(span("2025-05-12")))
    assert list(weeks(span("2025-05-12"))) == list(weeks(span("2025-05-18")))


def test_months_of_a_range():
    assert list(months(span("2024-12-30", "2025-01-02"))) == [2024 * 12 + 11, 2025 * 12]


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_trap(edge):
    assert relation(span(edge, precision="approx"), span(edge)) == "near"
    assert list(months(span(edge, precision="approx")))
