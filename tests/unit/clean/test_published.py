from datetime import date

import pytest

from tasks.clean.date_lines import from_lines, writes_day_first
from tasks.clean.lines import Line, Removed
from tasks.clean.published import DateEvidence, decide, from_url
from tasks.clean.selection import Selection

RETRIEVED = date(2026, 11, 18)
DAY, OTHER = date(2021, 8, 11), date(2021, 8, 20)
PROSE = "The ministers of the five countries met in the capital and signed the protocol after long talks."


def lines_around(phrases, above=(), below_headline=(), below_text=(), language="en"):
    texts = [*above, "Headline of the page", *below_headline, PROSE, *below_text]
    first = texts.index(PROSE)
    selection = Selection((Line(PROSE),), {}, first, first)
    day_first = writes_day_first(language, None)
    return from_lines([Line(text) for text in texts], len(above), None, selection, day_first, phrases)


def test_the_better_method_wins_whatever_the_order():
    evidence = [DateEvidence("url", OTHER), DateEvidence("json_ld", DAY), DateEvidence("meta", DAY)]
    assert decide(evidence, RETRIEVED) == decide(reversed(evidence), RETRIEVED)
    assert decide(evidence, RETRIEVED).day == DAY
    assert decide(evidence, RETRIEVED).method == "json_ld"


def test_nothing_is_published_after_it_was_retrieved_or_before_the_web():
    late, early = DateEvidence("meta", date(2031, 1, 1)), DateEvidence("meta", date(1970, 1, 1))
    assert decide([late, early, DateEvidence("url", DAY)], RETRIEVED).day == DAY
    assert decide([late], RETRIEVED).reason == "after_retrieval"
    assert decide([early], RETRIEVED).reason == "before_the_web"


def test_no_date_is_an_answer_with_a_reason():
    assert decide([], RETRIEVED) == decide(iter(()), RETRIEVED)
    assert (decide([], RETRIEVED).day, decide([], RETRIEVED).reason) == (None, "no_date")
    month = decide([DateEvidence("visible_line", None, "month_only")], RETRIEVED)
    assert (month.day, month.precision, month.reason) == (None, "month", "month_only")


@pytest.mark.parametrize(
    ("hour", "shown", "expected"),
    [
        (22, date(2024, 9, 10), date(2024, 9, 10)),  # 00:22 in Skopje
        (3, date(2024, 9, 8), date(2024, 9, 8)),  # 23:03 in New York
        (13, date(2024, 9, 8), date(2024, 9, 9)),  # nowhere still the day before
        (9, date(2024, 9, 10), date(2024, 9, 9)),  # nowhere already the day after
        (22, date(2024, 9, 9), date(2024, 9, 9)),
    ],
)
def test_a_stamp_in_utc_gives_way_to_the_day_at_the_publishers(hour, shown, expected):
    stamp = DateEvidence("json_ld", date(2024, 9, 9), utc_hour=hour)
    assert decide([stamp, DateEvidence("visible_line", shown)], RETRIEVED).day == expected
    assert decide([stamp, DateEvidence("meta", shown)], RETRIEVED).day == expected


def test_a_stamp_with_its_own_offset_stands_beside_the_day_before_or_after():
    local = DateEvidence("json_ld", date(2024, 9, 9))
    assert decide([local, DateEvidence("visible_line", date(2024, 9, 10))], RETRIEVED).day == date(2024, 9, 9)


def test_one_hidden_date_against_one_shown_is_no_date():
    hidden, shown = DateEvidence("json_ld", DAY), DateEvidence("visible_line", OTHER)
    unsure = decide([hidden, shown], RETRIEVED)
    assert (unsure.day, unsure.reason) == (None, "contradicted")
    assert decide([hidden, shown, DateEvidence("meta", DAY)], RETRIEVED).day == DAY
    assert decide([hidden, DateEvidence("source_block", OTHER)], RETRIEVED).day == DAY
    assert decide([hidden, DateEvidence("time_element", OTHER)], RETRIEVED).day is None
    assert decide([shown, DateEvidence("url", DAY)], RETRIEVED).day == OTHER


@pytest.mark.parametrize("first", ["Posted: 20 Aug 2021", "Originally published: 11 Aug 2021"])
def test_the_day_a_text_appeared_first_counts_before_the_day_it_was_taken_over(phrases, first):
    lines = sorted(["Posted: 20 Aug 2021", "Originally published: 11 Aug 2021"], key=lambda line: line != first)
    assert [found.day for found in lines_around(phrases, below_headline=lines)] == [DAY, OTHER]


@pytest.mark.parametrize("place", ["above", "below_headline", "below_text"])
def test_a_date_line_beside_the_text_is_found(phrases, place):
    (found,) = lines_around(phrases, **{place: ["11 August 2021"]})
    assert (found.method, found.day) == ("visible_line", DAY)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Today is Wednesday, 11 August 2021, 09:41", "clock"),
        ("11.08.2021 GMT+1 13:05", "clock"),
        ("Денес: среда, 11 август 2021 Скопје 14°C", "clock"),
        ("Last updated: 11.08.2021", "updated_only"),
        ("Informacija atnaujinta 2021-08-11", "updated_only"),
        ("Gedruckt am 11.08.2021 um 09:41 Uhr", "printed_only"),
        ("Laatst bijgewerkt op 11 augustus 2021", "updated_only"),
        ("Start date: 11 August 2021", "event_only"),
        ("Vaduz, 10–11 August 2021", "event_only"),
        ("from 10 to 11 August 2021", "event_only"),
        ("august 2021", "month_only"),
        ("03/04/2021", "ambiguous"),
    ],
)
def test_dates_of_something_else_are_no_publication(phrases, line, reason):
    (found,) = lines_around(phrases, below_headline=[line])
    assert (found.day, found.reason) == (None, reason)


def test_the_nearest_line_comes_first_and_the_label_decides_between_two(phrases):
    found = lines_around(
        phrases, above=["20 August 2021"], below_headline=["Published 11 August 2021, updated 20 August 2021"]
    )
    assert [one.day for one in found] == [DAY, OTHER]


def test_a_label_in_the_line_above_says_what_a_date_is(phrases):
    (event,) = lines_around(phrases, below_headline=["Start Date", "11 August 2021"])
    assert (event.day, event.reason) == (None, "event_only")
    (published,) = lines_around(phrases, below_headline=["Publication date:", "11 August 2021"])
    assert published.day == DAY


def test_a_date_over_the_menu_is_the_readers(phrases):
    texts = ["Wednesday, 11 August 2021", "Home  News  Sports", "Headline of the page", PROSE]
    lines = [Line(text, hint="navigation" if "Home" in text else None) for text in texts]
    removed = {1: Removed("navigation", texts[1], "clean.navigation.markup")}
    (found,) = from_lines(lines, 2, None, Selection((lines[3],), removed, 3, 3), "en", phrases)
    assert (found.day, found.reason) == (None, "clock")


def test_a_dateline_with_a_year(phrases):
    text = "TIRANË, 11 gusht 2021 – Kuvendi i Shqipërisë ratifikoi sot protokollin me të gjitha votat pro."
    lines = [Line("Titulli i lajmit"), Line(text)]
    found = from_lines(lines, 0, None, Selection((lines[1],), {}, 1, 1), "sq", phrases)
    assert [(one.method, one.day) for one in found] == [("dateline", DAY)]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2021/08/11/headline", DAY),
        ("https://a.example/news/headline-2021-08-11_en", DAY),
        ("https://a.example/2021/aug/11/headline", DAY),
        ("https://a.example/20210811.html", DAY),
        ("https://a.example/2021/08/headline", None),
        ("https://a.example/article/202108113", None),
        (None, None),
    ],
)
def test_days_in_addresses(url, day):
    assert [one.day for one in from_url(url)] == ([day] if day else [])


@pytest.mark.parametrize(
    ("language", "url", "expected"),
    [
        ("de", "https://news.example.com/a", True),
        ("en", "https://mup.gov.ba/en/a", True),
        ("en", "https://www.iom.int/a", True),
        ("en", "https://news.example.com/a", False),
        ("en", "https://state.us/a", False),
        ("en", None, False),
    ],
)
def test_english_pages_of_european_domains_write_the_day_first(language, url, expected):
    assert writes_day_first(language, url) is expected


@pytest.mark.parametrize(
    ("tag", "texts", "expected"),
    [
        ("en-GB", (), True),
        ("en_IE", (), True),
        # What many systems set unasked.
        ("en-US", (), False),
        ("en", (), False),
        (None, ("04/03/2024", "Meeting of 25/02/2024"), True),
        (None, ("04/03/2024", "Meeting of 02/25/2024"), False),
        (None, ("25/02/2024", "02/25/2024"), False),
        (None, ("04/03/2024", "Application 25/02/20241"), False),
    ],
)
def test_an_english_page_may_tell_itself_that_it_writes_the_day_first(tag, texts, expected):
    url = "https://news.example.com/a"
    assert writes_day_first("en", url, tag, [Line(text) for text in texts]) is expected


def test_far_below_the_text_only_a_labelled_date_counts(phrases):
    below = ["Back to the overview", "More on patrols", "12 May 2024"]
    assert lines_around(phrases, below_text=below) == []
    (found,) = lines_around(phrases, below_text=[*below[:2], "Published on 12 May 2024"])
    assert found.day == date(2024, 5, 12)
