from datetime import date

import pytest

from tasks.clean.calendar_dates import find_dates, months, parse_stamp, utc_hour, weekdays


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-03", date(2025, 7, 3)),
        ("2022 10 03", date(2022, 10, 3)),
        ("2021 m. rugpjūčio 14 d.", date(2021, 8, 14)),
        ("29. 02. 2016.", date(2016, 2, 29)),
        ("E hene, 04.02.2008, 09:27 PM", date(2008, 2, 4)),
        ("sre, 24. 1. 2018, 14:05", date(2018, 1, 24)),
        ("14. februar 2018 ob 12:04", date(2018, 2, 14)),
        ("25. septembra 2019.", date(2019, 9, 25)),
        ("12. svibnja 2020.", date(2020, 5, 12)),
        ("15. marca 2021", date(2021, 3, 15)),
        ("3 април 2023", date(2023, 4, 3)),
        ("1. септембра 2020. године", date(2020, 9, 1)),
        ("10 shkurt 2023", date(2023, 2, 10)),
        ("dinsdag 19 juni 2018", date(2018, 6, 19)),
        ("11 maart 2025", date(2025, 3, 11)),
        ("1er juillet 2021", date(2021, 7, 1)),
        ("3. März 2021", date(2021, 3, 3)),
        ("Jan 08, 2020, 14:02 ET", date(2020, 1, 8)),
        ("3 July, 2025", date(2025, 7, 3)),
        ("14. V. 2024.", date(2024, 5, 14)),
        ("14. XII 2023", date(2023, 12, 14)),
        ("14.05.24", date(2024, 5, 14)),
        ("Datum: 14/05/99", date(1999, 5, 14)),
        ("2024 gegužės 14 d. 10:30", date(2024, 5, 14)),
        ("19/11/2021 by urednik", date(2021, 11, 19)),
        ("11/19/2021", date(2021, 11, 19)),
        ("5/10/2018 3:15 PM", date(2018, 5, 10)),
    ],
)
def test_dates_of_our_languages(text, day):
    (found,) = find_dates(text)
    assert (found.day, found.precision) == (day, "day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("utorak, 14. maja 2024.", date(2024, 5, 14)),
        ("Utorak 14.05.2024", date(2024, 5, 14)),
        ("уторак, 14. мај 2024.", date(2024, 5, 14)),
        ("вторник, 14 мај 2024", date(2024, 5, 14)),
        ("E martë, 14 maj 2024", date(2024, 5, 14)),
        ("torek, 14. 5. 2024", date(2024, 5, 14)),
        ("2024 m. gegužės 14 d., antradienis", date(2024, 5, 14)),
        ("dinsdag 14 mei 2024", date(2024, 5, 14)),
        ("Dienstag, 14. Mai 2024", date(2024, 5, 14)),
        ("mardi 14 mai 2024", date(2024, 5, 14)),
        ("14.05.2024 (utorak)", date(2024, 5, 14)),
    ],
)
def test_the_weekday_beside_a_date_is_compared_with_it(text, day):
    (found,) = find_dates(text)
    assert (found.day, found.has_weekday) == (day, True)
    (moved,) = find_dates(text.replace("14", "15"))
    assert (moved.day, moved.precision) == (None, "wrong_weekday")


def test_a_weekday_tells_day_and_month_apart():
    assert find_dates("Friday 03/05/2024", day_first=False)[0].day == date(2024, 5, 3)
    assert find_dates("Tuesday 03/05/2024", day_first=False)[0].day == date(2024, 3, 5)
    assert find_dates("Monday 03/05/2024", day_first=False)[0].precision == "wrong_weekday"


def test_every_language_has_seven_weekdays():
    assert set().union(*weekdays().values()) == set(range(7))
    for name, number in (("monday", 0), ("sekmadienis", 6), ("среда", 2), ("сабота", 5), ("nedelja", 6), ("hënë", 0)):
        assert weekdays()[name] == {number}


@pytest.mark.parametrize(
    "text", ["Version 3.14.05.24", "Tel. 03.04.05.06", "01.02.2 and 14.05.24.1", f"14.05.24 {'words ' * 9}", "14.15.24"]
)
def test_two_figures_are_a_year_only_in_a_date_by_itself(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text", ["Tel. 00 800 67 89 10 11", "2025–2026", "17-mal", "1.416", "31.02.2020", "20/21/2020", "STATEMENT/16/395"]
)
def test_numbers_that_are_no_dates(text):
    assert find_dates(text) == []


def test_a_month_is_no_day_and_a_slashed_date_may_be_two_days():
    (month,) = find_dates("november 2022")
    assert (month.day, month.precision) == (None, "month")
    (either,) = find_dates("03/04/2021", day_first=False)
    assert (either.day, either.precision) == (None, "ambiguous")
    assert find_dates("03/04/2021")[0].day == date(2021, 4, 3)


def test_offsets_cover_the_date():
    text = "Published on 3 May 2024, updated 5 May 2024"
    assert [text[found.start : found.end] for found in find_dates(text)] == ["3 May 2024", "5 May 2024"]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2021-11-19T23:45:10-05:00", date(2021, 11, 19)),
        ("20211119", date(2021, 11, 19)),
        ("Fri, 19 Nov 2021 10:00:00 GMT", date(2021, 11, 19)),
        ("2021-13-40", None),
        ("1594282522000", None),
        ("", None),
        (None, None),
    ],
)
def test_stamps(stamp, day):
    assert parse_stamp(stamp) == day


def test_the_hour_of_a_stamp_in_utc_is_seen_and_every_language_has_twelve_months():
    assert utc_hour("2021-11-19T13:45:10.000Z") == 13
    assert utc_hour("2021-11-19T00:45:10+00:00") == 0
    assert utc_hour("20211119T2345Z") == 23
    assert utc_hour("2021-11-19T13:45:10+01:00") is None
    assert utc_hour("2021-11-19") is None
    assert set(months().values()) == set(range(1, 13))
