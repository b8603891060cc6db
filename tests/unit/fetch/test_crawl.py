from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tasks.fetch.asking import Asking
from tasks.fetch.entry import fetch_web
from tasks.fetch.source import Discovery
from tests.site import Site
from tests.unit.fetch.conftest import Crawl, feed, feed_source, page, web_settings
from warehouse.settings import Settings
from warehouse.storage import Store
from warehouse.tables.archive import ABSENCES, CAPTURES, FETCHES

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)
STATED = "Sun, 15 Nov 2026 10:00:00 +0100"


def two_pages(site: Site) -> None:
    site.put("/a", page("Readmission protocol signed", "The ministers signed the protocol in Sarajevo on Monday."))
    site.put("/b", page("Return experts met in Budva", "Experts of four countries met in Budva on 12 May 2026."))
    site.put("/feed.xml", feed(site, ("/a", STATED), ("/b", STATED)), "application/rss+xml")


def captures(home: Path) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for row in sorted(Store(home).read_all(CAPTURES).to_pylist(), key=lambda row: row["retrieved_at"]):
        found.setdefault(row["canonical_url"].partition("://")[2].partition("/")[2], []).append(row["body"])
    return found


def attempts(home: Path, run_id: str) -> dict[str, tuple[str, str | None]]:
    rows = Store(home).read_all(FETCHES).to_pylist()
    return {
        "/" + row["location"].split("/", 3)[3]: (row["outcome"], row["reason"])
        for row in rows
        if row["run_id"] == run_id
    }


def test_pages_of_a_feed_are_archived_with_what_was_asked_and_answered(site, home, crawl: Crawl):
    two_pages(site)
    outcome = crawl(feed_source(site), MONDAY, "run-1")
    assert (outcome.n_captured, outcome.gap) == (2, None)
    row = next(row for row in Store(home).read_all(CAPTURES).to_pylist() if row["location"].endswith("/a"))
    assert row["body"] == site.paths["/a"].body
    assert (row["http_status"], row["retrieved_at_basis"], row["content_type"]) == (
        200,
        "response",
        "text/html; charset=utf-8",
    )
    assert "Communique/1.0" in row["request_headers"]
    assert site.paths["/a"].etag.strip('"') in row["response_headers"]
    assert attempts(home, "run-1") == {
        "/feed.xml": ("listed", "discovery"), "/a": ("captured", None), "/b": ("captured", None),
    }  # fmt: skip


def test_what_stands_is_asked_with_its_validators_and_not_sent_again(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site), MONDAY, "run-1")
    again = crawl(feed_source(site), TUESDAY, "run-2")
    assert (again.n_captured, again.n_unchanged, again.captures) == (0, 2, [])
    assert site.asked("/a") == site.asked("/b") == [200, 304]
    assert attempts(home, "run-2")["/a"] == ("unchanged", "not_modified")


def test_a_server_without_validators_sends_the_page_again_and_the_hash_decides(site, home, crawl: Crawl):
    two_pages(site)
    site.paths["/a"].validated = False
    crawl(feed_source(site), MONDAY, "run-1")
    crawl(feed_source(site), TUESDAY, "run-2")
    assert site.asked("/a") == [200, 200]
    assert len(captures(home)["a"]) == 1
    assert attempts(home, "run-2")["/a"] == ("unchanged", None)


def test_h24_a_changed_page_is_another_version_and_one_that_returns_stands_again(site, home, crawl: Crawl):
    two_pages(site)
    first = site.paths["/a"].body
    crawl(feed_source(site), MONDAY, "run-1")
    site.put("/a", page("Readmission protocol signed", "The ministers signed the protocol in Sarajevo on Tuesday."))
    second = site.paths["/a"].body
    crawl(feed_source(site), TUESDAY, "run-2")
    site.put("/a", first)
    crawl(feed_source(site), WEDNESDAY, "run-3")
    crawl(feed_source(site), WEDNESDAY, "run-4")
    assert captures(home)["a"] == [first, second, first]
    ids = Store(home).read_all(CAPTURES).column("capture_id").to_pylist()
    assert len(set(ids)) == len(ids)
    assert attempts(home, "run-4")["/a"] == ("unchanged", "not_modified")


def test_h24_a_page_that_moved_is_the_same_document_under_its_first_address(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site), MONDAY, "run-1")
    site.move("/a", "/news/a")
    site.put("/feed.xml", feed(site, ("/news/a", STATED), ("/b", STATED)), "application/rss+xml")
    crawl(feed_source(site), TUESDAY, "run-2")
    assert site.asked("/news/a") == [304], "asked once, through the old address, and with the validator of the old one"
    site.put("/news/a", page("Readmission protocol signed", "The ministers signed the protocol in Tuzla on Tuesday."))
    crawl(feed_source(site), WEDNESDAY, "run-3")
    assert set(captures(home)) == {"a", "b"}
    assert len(captures(home)["a"]) == 2
    assert attempts(home, "run-3")["/news/a"] == ("captured", None)


def test_h25_a_page_that_is_gone_is_marked_once_and_its_versions_stay(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site), MONDAY, "run-1")
    site.take_down("/a", 410)
    site.take_down("/b", 404)
    assert crawl(feed_source(site), TUESDAY, "run-2").n_gone == 2
    crawl(feed_source(site), WEDNESDAY, "run-3")
    states = [(row["location"][-2:], row["state"]) for row in Store(home).read_all(ABSENCES).to_pylist()]
    assert sorted(states) == [("/a", "gone"), ("/b", "missing")]
    assert set(captures(home)) == {"a", "b"}
    two_pages(site)
    crawl(feed_source(site), WEDNESDAY, "run-4")
    assert [row["state"] for row in Store(home).read_all(ABSENCES).to_pylist()].count("back") == 2


def test_an_error_page_with_status_200_is_set_aside_and_replaces_nothing(site, home, crawl: Crawl):
    two_pages(site)
    good = site.paths["/a"].body
    crawl(feed_source(site), MONDAY, "run-1")
    site.put("/a", "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>")
    outcome = crawl(feed_source(site), TUESDAY, "run-2")
    assert (outcome.n_captured, outcome.n_quarantined) == (0, 1)
    assert attempts(home, "run-2")["/a"] == ("quarantined", "soft_error")
    assert captures(home)["a"] == [good]


def test_a_known_page_that_turns_into_another_one_is_set_aside(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site), MONDAY, "run-1")
    site.paths["/a"] = site.paths["/b"]
    crawl(feed_source(site), TUESDAY, "run-2")
    assert attempts(home, "run-2")["/a"] == ("quarantined", "repeated_body")


def test_a_third_page_with_the_same_bytes_is_no_page(site, home, crawl: Crawl):
    two_pages(site)
    for path in ("/c", "/d", "/e"):
        site.paths[path] = site.paths["/a"]
    site.put("/feed.xml", feed(site, *((path, STATED) for path in ("/a", "/b", "/c", "/d", "/e"))), "text/xml")
    crawl(feed_source(site), MONDAY, "run-1")
    outcomes = [attempts(home, "run-1")[path][0] for path in ("/a", "/b", "/c", "/d", "/e")]
    assert outcomes == ["captured", "captured", "captured", "quarantined", "quarantined"]


def test_a_page_that_leads_to_the_start_page_is_set_aside(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site), MONDAY, "run-1")
    site.put("/", page("Ministry", "All news of the ministry and its agencies in one place."))
    site.move("/a", "/a-old")
    site.paths["/a"].headers["Location"] = "/"
    crawl(feed_source(site), TUESDAY, "run-2")
    assert attempts(home, "run-2")["/a"] == ("quarantined", "redirected_away")


def test_a_page_that_failed_is_asked_again_when_no_list_names_it_any_more(site, home, crawl: Crawl):
    two_pages(site)
    good = site.paths.pop("/b")
    site.put("/b", b"", status=503)
    crawl(feed_source(site), MONDAY, "run-1")
    assert attempts(home, "run-1")["/b"][0] == "failed"
    site.paths["/b"] = good
    site.put("/feed.xml", feed(site, ("/a", STATED)), "application/rss+xml")
    crawl(feed_source(site), TUESDAY, "run-2")
    assert attempts(home, "run-2")["/b"] == ("captured", None)


def test_what_is_beyond_the_limit_of_a_run_comes_with_the_next_one(site, home, crawl: Crawl):
    two_pages(site)
    crawl(feed_source(site, max_pages=1), MONDAY, "run-1")
    assert attempts(home, "run-1")["/b"] == ("skipped", "over_limit")
    site.put("/feed.xml", feed(site, ("/a", STATED)), "application/rss+xml")
    crawl(feed_source(site, max_pages=1), TUESDAY, "run-2")
    assert set(captures(home)) == {"a", "b"}


def test_what_a_feed_shows_is_archived_whatever_its_day_and_an_old_page_is_not_asked_again(site, home, crawl: Crawl):
    """A publisher may put up today what it dates a month ago."""
    two_pages(site)
    site.put("/old", page("An earlier protocol", "The ministers signed an earlier protocol in Skopje in May."))
    old = "Mon, 01 Jun 2026 10:00:00 +0200"
    site.put("/feed.xml", feed(site, ("/a", STATED), ("/old", old)), "application/rss+xml")
    crawl(feed_source(site), MONDAY, "run-1")
    assert set(captures(home)) == {"a", "old"}
    crawl(feed_source(site, window_days=1), WEDNESDAY, "run-2")
    assert site.asked("/a") == [200], "what was archived before the window, and is dated before it, is left in peace"
    assert site.asked("/old") == [200]


def test_a_source_none_of_whose_lists_can_be_read_is_a_gap(site, home, crawl: Crawl):
    site.put("/feed.xml", "<html><p>maintenance</p></html>")
    outcome = crawl(feed_source(site), MONDAY, "run-1")
    assert "none of its lists could be read" in str(outcome.gap)
    assert attempts(home, "run-1") == {"/feed.xml": ("failed", "unreadable_list")}


def test_what_robots_txt_forbids_is_left_out_and_said(site, home, crawl: Crawl):
    two_pages(site)
    site.put("/robots.txt", "User-agent: *\nDisallow: /b\n", "text/plain")
    crawl(feed_source(site), MONDAY, "run-1")
    assert attempts(home, "run-1")["/b"] == ("skipped", "robots_disallowed")
    assert site.asked("/b") == []


def test_files_of_captures_are_the_same_whatever_the_run(site, home, crawl: Crawl):
    two_pages(site)
    paths = {ref.path for ref in crawl(feed_source(site), MONDAY, "run-1", 1).captures}
    assert len(paths) == 2


def with_address(site, title: str, text: str, path: str, og: str | None = None) -> str:
    """A page that gives an address of the site as its own."""
    said = f'<link rel="canonical" href="{path}"><meta property="og:url" content="{site.url}{og or path}">'
    return page(title, text).replace("<head>", f"<head>{said}")


TITLE, TEXT = "Readmission protocol signed", "The ministers signed the protocol in Sarajevo on Tuesday."


@pytest.mark.parametrize("other", ["/news/signed?view=print", "/amp/news/signed"])
@pytest.mark.parametrize("first", ["page", "view"])
def test_h24_two_addresses_of_one_page_are_one_document(site, home, crawl: Crawl, other, first):
    site.put("/news/signed", with_address(site, TITLE, TEXT, "/news/signed"))
    site.put(other, with_address(site, f"{TITLE} | print", TEXT, "/news/signed"))
    order = ["/news/signed", other] if first == "page" else [other, "/news/signed"]
    for run, day, paths in (("run-1", MONDAY, order[:1]), ("run-2", TUESDAY, order), ("run-3", WEDNESDAY, order)):
        site.put("/feed.xml", feed(site, *((path, STATED) for path in paths)), "application/rss+xml")
        crawl(feed_source(site), day, run)
    expected = [site.paths[path].body for path in order] if first == "view" else [site.paths[order[0]].body]
    assert captures(home) == {"news/signed": expected}
    assert site.asked(other) == [200], "a view that is known is not asked again"


@pytest.mark.parametrize(
    ("path", "og", "title"),
    [
        ("/news/signed", "/news/other", TITLE),
        ("/", "/", TITLE),
        ("/news/signed", "/news/signed", "Border guards trained"),
    ],
    ids=["they disagree", "the start page", "another page"],
)
def test_an_address_that_a_template_gives_is_not_believed(site, home, crawl: Crawl, path, og, title):
    site.put("/news/signed", page(TITLE, TEXT))
    site.put("/news/second", with_address(site, title, TEXT, path, og))
    site.put("/feed.xml", feed(site, ("/news/signed", STATED), ("/news/second", STATED)), "application/rss+xml")
    crawl(feed_source(site), MONDAY, "run-1")
    assert set(captures(home)) == {"news/signed", "news/second"}


def test_progress_counts_the_pages_of_each_source(site, home):
    two_pages(site)
    other = replace(feed_source(site), id="agency", discover=(Discovery("feed", f"{site.url}/other.xml"),))
    site.put("/other.xml", feed(site, ("/third", "Mon, 16 Nov 2026 09:00:00 GMT")), "application/rss+xml")
    site.put("/third", page("Third", "The agency opened an office in Bar on 3 November 2026."))
    told: list[tuple[str, int, int]] = []
    asking = Asking("run-1", MONDAY, 2000)
    fetch_web(
        home,
        [feed_source(site), other],
        asking,
        web_settings(site),
        Settings().reference_dir,
        lambda *counts: told.append(counts),
    )
    assert [counts for counts in told if counts[0] == "ministry"] == [("ministry", done, 2) for done in range(3)]
    assert [counts for counts in told if counts[0] == "agency"] == [("agency", done, 1) for done in range(2)]


def test_h15_a_304_to_a_page_that_was_never_archived_is_asked_again(site, home, crawl: Crawl):
    two_pages(site)
    site.put("/a", b"", status=304, validated=False)
    assert crawl(feed_source(site), MONDAY, "run-1").n_captured == 1
    assert attempts(home, "run-1")["/a"] == ("failed", "unexpected_304")
    two_pages(site)
    crawl(feed_source(site), TUESDAY, "run-2")
    assert set(captures(home)) == {"a", "b"}


def test_h15_validators_that_lie_are_overruled_by_the_hash(site, home, crawl: Crawl):
    two_pages(site)

    def put(place: str, etag: str) -> None:
        text = page("Readmission protocol signed", f"The ministers signed the protocol in {place} on Monday.")
        site.put("/a", text, validated=False, headers={"ETag": etag})

    for place, etag, day, run in (
        ("Sarajevo", '"v1"', MONDAY, "run-1"),
        ("Tuzla", '"v1"', TUESDAY, "run-2"),
        ("Tuzla", '"v2"', WEDNESDAY, "run-3"),
    ):
        put(place, etag)
        crawl(feed_source(site), day, run)
    assert [attempts(home, run)["/a"][0] for run in ("run-1", "run-2", "run-3")] == [
        "captured",
        "captured",
        "unchanged",
    ]
    assert len(captures(home)["a"]) == 2
