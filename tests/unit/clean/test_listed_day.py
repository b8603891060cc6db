"""The day that a list gives a page: below the page's own word, above its address and its text."""

from datetime import date

import pytest

from tasks.clean.assemble import clean_body
from tasks.clean.published import DateEvidence, decide

LISTED, RETRIEVED = date(2026, 11, 12), date(2026, 11, 20)
LEAD = "The ministers of both countries signed the protocol on readmission and spoke of joint patrols. "


def published(phrases, inside="", text=LEAD * 3, head="", url="https://ministry.example/news/1", listed=LISTED):
    body = f"<html><head>{head}</head><body><h1>Protocol on readmission signed</h1>{inside}<p>{text}</p></body></html>"
    found = clean_body(body.encode(), "text/html", "1", url, RETRIEVED, phrases, listed).published
    return found.day, found.method


def test_an_undated_page_has_the_day_of_its_list_and_says_so(phrases):
    assert published(phrases) == (LISTED, "listed")
    assert published(phrases, listed=None) == (None, None)


@pytest.mark.parametrize(
    "given",
    [
        {"inside": "<p>10 November 2026</p>"},
        {"head": '<meta property="article:published_time" content="2026-11-10T09:00:00+01:00">'},
        {"inside": '<time datetime="2026-11-10">10 November</time>'},
    ],
    ids=["a line", "the head", "a time element"],
)
def test_the_word_of_the_page_goes_before_its_list(phrases, given):
    day, method = published(phrases, **given)
    assert day == date(2026, 11, 10)
    assert method != "listed"


@pytest.mark.parametrize(
    "given",
    [
        {"url": "https://ministry.example/2026/11/02/protocol/"},
        {"text": f"SARAJEVO, 2 November 2026 – {LEAD * 3}"},
        {"inside": "<p>November 2026</p>"},
    ],
    ids=["the address", "the dateline", "a month"],
)
def test_the_list_goes_before_what_only_suggests_a_day(phrases, given):
    assert published(phrases, **given) == (LISTED, "listed")


def test_a_list_cannot_know_of_a_page_before_it_is_there(phrases):
    ahead = date(2026, 12, 1)
    assert published(phrases, listed=ahead) == (None, None)
    assert published(phrases, listed=ahead, url="https://ministry.example/2026/11/02/protocol/")[1] == "url"


def test_the_list_bears_out_the_page_against_a_head_that_says_another_day():
    head, shown = DateEvidence("meta", date(2026, 11, 1)), DateEvidence("visible_line", LISTED)
    assert decide([head, shown], RETRIEVED).reason == "contradicted"
    assert decide([head, shown, DateEvidence("listed", LISTED)], RETRIEVED).day == LISTED
    assert decide([head, shown, DateEvidence("listed", head.day)], RETRIEVED).day == head.day
