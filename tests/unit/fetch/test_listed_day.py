"""A day of publication that a list states is archived with the page it names."""

from datetime import date

import pytest

from tasks.fetch.discovery.feeds import read_feed
from tasks.fetch.discovery.sitemaps import read_sitemap
from tasks.fetch.source import Discovery, Source
from tests.unit.fetch.conftest import feed, feed_source, page
from warehouse.storage import Store
from warehouse.tables.archive import CAPTURES

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
STATED, LATER = "Sun, 15 Nov 2026 10:00:00 +0100", "Tue, 17 Nov 2026 08:00:00 +0100"
TEXT = "The ministers of both countries signed the protocol on readmission in the afternoon."
BASE = "https://ministry.example/list"
SPACES = (
    "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' "
    "xmlns:video='http://www.google.com/schemas/sitemap-video/1.1'"
)
SOURCE = Source("ministry", "web", "Ministry", timezone="Europe/Vilnius")


def listed(home):
    rows = sorted(Store(home).read_all(CAPTURES).to_pylist(), key=lambda row: row["retrieved_at"])
    return [(row["location"].rpartition("/")[2], row["listed_on"], row["listed_by"]) for row in rows]


def sitemap(site, inside: str) -> str:
    return f"<?xml version='1.0'?><urlset {SPACES}><url><loc>{site.url}/a</loc>{inside}</url></urlset>"


def test_the_day_of_a_feed_is_archived_with_its_page_and_stays_when_the_page_changes(site, home, crawl):
    site.put("/a", page("Protocol signed", TEXT))
    site.put("/feed.xml", feed(site, ("/a", STATED)), "application/rss+xml")
    crawl(feed_source(site), MONDAY, "run-1")
    site.put("/a", page("Protocol signed", TEXT.replace("afternoon", "evening")))
    site.put("/feed.xml", feed(site, ("/a", LATER)), "application/rss+xml")
    crawl(feed_source(site), TUESDAY, "run-2")
    assert listed(home) == [("a", date(2026, 11, 15), "feed")] * 2


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<lastmod>2026-11-16</lastmod>", (None, None)),
        (
            "<lastmod>2026-11-16</lastmod><video:video><video:publication_date>2026-11-15</video:publication_date>"
            "</video:video>",
            (None, None),
        ),
        (
            "<lastmod>2026-11-16</lastmod><news:news><news:publication_date>2026-11-15T09:00:00Z"
            "</news:publication_date></news:news>",
            (date(2026, 11, 15), "news_sitemap"),
        ),
    ],
    ids=["a change", "a video", "news"],
)
def test_of_a_sitemap_only_the_day_of_news_is_a_day_of_publication(site, home, crawl, inside, expected):
    site.put("/a", page("Protocol signed", TEXT))
    site.put("/map.xml", sitemap(site, inside), "application/xml")
    crawl(feed_source(site, discover=(Discovery("sitemap", f"{site.url}/map.xml"),)), MONDAY, "run-1")
    assert listed(home) == [("a", *expected)]


def test_a_second_list_gives_the_day_that_the_first_does_not(site, home, crawl):
    site.put("/a", page("Protocol signed", TEXT))
    site.put("/map.xml", sitemap(site, "<lastmod>2026-11-16</lastmod>"), "application/xml")
    site.put("/feed.xml", feed(site, ("/a", STATED)), "application/rss+xml")
    lists = (Discovery("sitemap", f"{site.url}/map.xml"), Discovery("feed", f"{site.url}/feed.xml"))
    crawl(feed_source(site, discover=lists), MONDAY, "run-1")
    assert listed(home) == [("a", date(2026, 11, 15), "feed")]


def atom(*entries: str) -> bytes:
    inside = "".join(f"<entry><link href='/{n}'/>{entry}</entry>" for n, entry in enumerate(entries))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{inside}</feed>".encode()


def test_the_day_of_a_change_in_a_feed_is_none_of_publication():
    changed, stated = "<updated>2026-11-15T09:00:00Z</updated>", "<published>2026-11-12T09:00:00Z</published>"
    first, second = read_feed(atom(changed, changed + stated), BASE, SOURCE)
    assert (first.day, first.listed_on) == (date(2026, 11, 15), None)
    assert (second.listed_on, second.listed_by) == (date(2026, 11, 12), "feed")


def test_a_feed_that_stamps_all_entries_with_one_instant_states_no_days():
    made = "<published>2026-11-15T09:41:07Z</published>"
    day = "<published>2026-11-15</published>"
    assert {one.listed_on for one in read_feed(atom(made, made, made), BASE, SOURCE)} == {None}
    assert {one.listed_on for one in read_feed(atom(made, made), BASE, SOURCE)} == {date(2026, 11, 15)}
    assert {one.listed_on for one in read_feed(atom(day, day, day), BASE, SOURCE)} == {date(2026, 11, 15)}


def test_a_stamp_in_utc_is_the_day_at_the_publishers():
    news = "<news:news><news:publication_date>2026-11-15T23:30:00Z</news:publication_date></news:news>"
    body = f"<urlset {SPACES}><url><loc>/a</loc>{news}</url></urlset>".encode()
    (found,) = read_sitemap(body, BASE, SOURCE).pages
    assert (found.listed_on, found.listed_by) == (date(2026, 11, 16), "news_sitemap")
