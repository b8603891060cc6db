"""Days and headlines in forms that press pages of several systems have; the pages are written for these tests."""

from datetime import date

import pytest

from tasks.clean.assemble import clean_body

DAY = date(2024, 5, 14)
LEAD = "The ministers of both countries agreed on joint patrols at the border and on the exchange of officers. "
TITLE = "Ministers agree on joint patrols"


def cleaned(phrases, body, head="", title=f"{TITLE} | Ministry"):
    page = f"<html><head><title>{title}</title>{head}</head><body><main>{body}<p>{LEAD * 3}</p></main></body></html>"
    return clean_body(page.encode(), "text/html", "x", "https://gov.example/x", date(2026, 11, 20), phrases)


@pytest.mark.parametrize(
    ("inside", "day"),
    [
        (f"<p>Bern, 14.05.2024 - {LEAD}</p>", DAY),
        (f"<p>Sarajevo, 14. maj 2024. – {LEAD}</p>", DAY),
        (f"<p>Between 13 May and Tuesday, 14.05.2024 - {LEAD}</p>", None),
        (f"<p>{LEAD[:-2]}, as in Bar, 14.05.2024 - {LEAD}</p>", None),
    ],
    ids=["figures", "a month and a stop", "no place", "inside a sentence"],
)
def test_a_dateline_may_be_written_in_figures(phrases, inside, day):
    assert cleaned(phrases, f"<h1>{TITLE}</h1>{inside}").published.day == day


@pytest.mark.parametrize(
    "clock", ["Šiandien 2026 m. lapkričio 19 d.", "Heute, Donnerstag, 19.11.2026", "Danas 19. 11. 2026."]
)
def test_a_word_for_today_says_that_the_date_is_the_readers(phrases, clock):
    assert cleaned(phrases, f"<div>{clock}</div><h1>{TITLE}</h1>").published.day is None


def test_today_in_the_text_of_a_date_line_does_not_hide_its_day(phrases):
    assert cleaned(phrases, f"<h1>{TITLE}</h1><p>14 May 2024, today in Bar</p>").published.day == DAY


def test_a_date_inside_the_heading_is_that_of_the_page_and_no_part_of_its_title(phrases):
    found = cleaned(phrases, f"<h1>{TITLE} <small>14.05.2024</small></h1>")
    assert (found.title, found.published.day) == (TITLE, DAY)


def test_a_day_that_the_title_tells_of_stays_in_it(phrases):
    title = "Ministers meet in Bar on 14 May 2024"
    found = cleaned(phrases, f"<h1>{title}</h1>", title=f"{title} | Ministry")
    assert (found.title, found.published.day) == (title, None)


@pytest.mark.parametrize("rubric", ["<span>Migration</span>", "<span>Border police</span>"])
def test_a_rubric_in_the_heading_is_left_out_where_the_title_leaves_it_out(phrases, rubric):
    assert cleaned(phrases, f"<h1>{rubric} <span>{TITLE}</span></h1>").title == TITLE


def test_a_longer_heading_is_not_cut_to_a_short_title(phrases):
    title = f"Slovenian, Croatian and Italian {TITLE[0].lower()}{TITLE[1:]}"
    assert cleaned(phrases, f"<h1>{title}</h1>").title == title


def test_a_heading_that_the_title_gives_whole_is_not_cut_at_its_dash(phrases):
    title = "Albania – ministers agree on joint patrols"
    assert cleaned(phrases, f"<h1>{title}</h1>", title=f"{title} | Ministry").title == title


def test_a_title_that_is_cut_short_is_completed_by_the_line_that_goes_on(phrases):
    whole = f"{TITLE} at the border and on a new centre for the exchange of data"
    head = f'<meta property="og:title" content="{TITLE} at the border…">'
    assert cleaned(phrases, f"<div>{whole}</div>", head, "Ministry").title == whole
    lead = cleaned(phrases, f"<p>{whole}.</p>", head, "Ministry")
    assert lead.title != f"{whole}.", "a lead that begins as the headline does is text"
