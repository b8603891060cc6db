"""Sources of the web through the command line: run, backfill --fetch, check, add, export; a loopback site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.ingest import ingest
from tests.site import Site, serving
from warehouse.publication import current, release_directory
from warehouse.storage import Store
from warehouse.tables.archive import COVERAGE
from warehouse.tables.quality import GATE_RESULTS

MORE = "The participants agreed to exchange information more quickly and to review the results together. " * 3
TODAY = datetime.now(UTC).date()
DECLARED = """\
id = "{name}"
kind = "web"
publisher = "{name}"
country = "ME"
tier = "primary"
languages = ["en"]
licence = "own"
grade = "A"
enabled = {enabled}
plain_http = true
include = ['/{name}/']
delay_seconds = 0

[cadence]
cron = "{cron}"
minimum = 1
period_days = 7

[[discover]]
kind = "feed"
url = "{url}/{name}.xml"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def declared(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings for a site on loopback, and a directory for its declarations."""
    directory = tmp_path / "sources"
    directory.mkdir()
    values = {
        "SOURCES": directory, "CONTACT": "tests@example.org", "ALLOW_PRIVATE_HOSTS": "true",
        "FETCH_PORTS": f"[{site.port}]", "FETCH_DELAY_SECONDS": "0", "FETCH_RETRIES": "0",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"COMMUNIQUE_{name}", str(value))
    return directory


def declare(directory: Path, site: Site, name: str, cron: str = "* * * * *", enabled: str = "true") -> None:
    (directory / f"{name}.toml").write_text(DECLARED.format(name=name, url=site.url, cron=cron, enabled=enabled))


def publish(site: Site, name: str, *pages: tuple[str, str, int]) -> None:
    """Put up pages (path, sentence, days ago) and the feed that lists them."""
    items = ""
    for path, sentence, ago in pages:
        title = f"News of {name}: {path}"
        body = f"<main><h1>{title}</h1><p>{sentence}</p><p>{MORE}</p></main>"
        site.put(f"/{name}/{path}", f"<html lang='en'><head><title>{title}</title></head><body>{body}</body></html>")
        day = datetime.now(UTC) - timedelta(days=ago)
        items += f"<item><link>{site.url}/{name}/{path}</link><pubDate>{day:%a, %d %b %Y} 06:00:00 GMT</pubDate></item>"
    site.put(f"/{name}.xml", f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml")


def ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    release = current(home)
    assert release is not None
    with duckdb.connect(str(release_directory(home, release.release_id) / "warehouse.duckdb"), read_only=True) as base:
        return base.execute(sql).fetchall()


SIGNED = ("signed", "Lithuania and Montenegro signed a readmission protocol in Podgorica on 2 July 2025.", 1)
TRAINED = ("trained", "A training course for border guards of Portugal took place in Praia on 10 April 2024.", 40)


def test_p6_enabled_sources_are_asked_and_one_that_fails_is_a_gap(communique, site, declared, home):
    for name in ("ministry", "agency", "broken", "resting", "off"):
        declare(declared, site, name, enabled="false" if name == "off" else "true")
    publish(site, "ministry", SIGNED)
    publish(site, "agency", TRAINED)
    site.put("/broken.xml", b"", status=500)
    publish(site, "resting", ("quiet", "The ministry published nothing else this week.", 1), ("none", "x", 1))
    site.put("/resting/none", "<html><head><title>Page not found</title></head><h1>Page not found</h1></html>")
    first = ingest(home=str(home), sources=["ministry", "resting"])
    assert (first.counters["fetch: captured"], first.counters["fetch: quarantined"], first.gaps) == (2, 1, {})
    (refused,) = communique("quarantine", "--home", home, "--json").json
    assert (refused["what"], refused["source"], refused["rule"]) == ("page", "resting", "soft_error")
    declare(declared, site, "resting", cron="0 0 29 2 *")
    site.log.clear()
    later = communique("run", "--home", home, "--json", "--date", f"{TODAY + timedelta(days=1)}")
    assert later.code == 3, later.err
    assert later.json["gaps"].keys() == {"broken"}
    assert later.json["counters"]["fetch: captured"] == 1
    assert later.json["counters"]["fetch: unchanged"] == 1
    # The first resolution reads every document and puts something into every block.
    assert later.json["counters"]["resolve: documents read"] == 3
    assert later.json["counters"]["resolve: blocks touched"] == later.json["counters"]["resolve: blocks"] > 0
    assert any(note.startswith("not due") and "resting" in note for note in later.json["notes"])
    assert {path for path, _, _ in site.log} >= {"/ministry.xml", "/agency.xml", "/broken.xml"}
    assert not {path for path, _, _ in site.log} & {"/resting.xml", "/off.xml"}
    assert ask(home, "SELECT count(*) FROM fact_event WHERE event_type IN ('agreement_signed', 'training')") == [(2,)]
    assert ask(home, "SELECT source_id FROM dim_source WHERE is_gap") == [("broken",)]
    counted = Store(home).read_all(COVERAGE).to_pylist()
    assert {row["source_id"] for row in counted} == {"ministry", "agency"}
    assert any(row["table_name"] == "archive.coverage" for row in Store(home).read_all(GATE_RESULTS).to_pylist())


def test_p7_where_every_source_fails_nothing_is_published(communique, site, declared, home):
    declare(declared, site, "broken")
    site.put("/broken.xml", b"", status=500)
    ended = communique("run", "--home", home)
    assert ended.code == 1
    assert "every source failed" in ended.err and "http_5xx" in ended.err
    assert current(home) is None


def test_a_backfill_fetches_what_the_lists_date_in_its_days(communique, site, declared, home):
    declare(declared, site, "ministry")
    publish(site, "ministry", SIGNED, TRAINED)
    start, end = TODAY - timedelta(days=60), TODAY - timedelta(days=30)
    words = ("backfill", "--fetch", "--from", f"{start}", "--to", f"{end}", "--home", home, "--json")
    planned = communique(*words, "--dry-run")
    assert (planned.code, planned.json["outcome"], site.log) == (0, "planned", [])
    done = communique(*words)
    assert done.code == 0, done.err
    assert ask(home, "SELECT event_type FROM fact_event WHERE start_on IS NOT NULL") == [("training",)]
    assert site.asked("/ministry/signed") == []
    listed = [row for row in Store(home).read_all(COVERAGE).to_pylist() if row["basis"] == "listed"]
    assert sum(row["n_expected"] for row in listed) == sum(row["n_got"] for row in listed) == 1


def test_without_a_contact_nobody_is_asked(communique, site, declared, home, monkeypatch):
    declare(declared, site, "ministry")
    monkeypatch.delenv("COMMUNIQUE_CONTACT")
    ended = communique("run", "--home", home)
    assert ended.code == 2
    assert "COMMUNIQUE_CONTACT" in ended.err
    assert site.log == []


def test_check_shows_lists_pages_and_what_the_cleaner_makes_of_them(communique, site, declared, home):
    declare(declared, site, "ministry", enabled="false")
    publish(site, "ministry", SIGNED)
    good = communique("sources", "check", "ministry", "--home", home, "--json")
    assert good.code == 0, good.out
    (page,) = good.json["pages"]
    assert (page["verdict"], page["title"], page["language"]) == ("ok", "News of ministry: signed", "en")
    assert page["opening"].startswith("Lithuania and Montenegro signed")
    assert not (home / "tables").exists(), "nothing is archived"
    site.put("/robots.txt", "User-agent: *\nDisallow: /ministry/\n", "text/plain")
    bad = communique("sources", "check", "ministry", "--home", home)
    assert bad.code == 1
    assert "robots_disallowed" in bad.out and "Ask the publisher for leave" in bad.out
    wrong = communique("sources", "check", "ministri", "--home", home)
    assert (wrong.code, wrong.out) == (2, "")
    assert "no such source: ministri" in wrong.err and "Did you mean 'ministry'?" in wrong.err


WALL = "<html><head><title>Portal</title></head><body><p>To continue, please accept all cookies.</p></body></html>"


@pytest.mark.parametrize(
    ("feed", "page", "told"),
    [
        ("<rss version='2.0'><channel></channel></rss>", "", "its lists name no page. Open them"),
        ("<html><body>News</body></html>", "", "could not be read: unreadable_list (it is neither RSS nor Atom)"),
        ("<rss version='2.0'><channel><item><link>{}</link></item></channel></rss>", WALL, "set aside: blocked_page"),
    ],
    ids=["feed without items", "no feed", "cookie wall"],
)
def test_check_says_what_is_wrong_with_a_source_and_what_to_do(communique, site, declared, home, feed, page, told):
    declare(declared, site, "ministry")
    site.put("/ministry.xml", feed.format(site.put("/ministry/1", page)), "application/rss+xml")
    looked = communique("sources", "check", "ministry", "--home", home, "--json")
    assert looked.code == 1
    (finding,) = looked.json["findings"]
    assert told in finding
    assert finding.endswith(".") and not (home / "tables").exists()
    assert told in communique("sources", "check", "ministry", "--home", home).out


@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        ("{}/nothing", 1, "HTTP 404 — Name a page that a browser shows."),
        ("http://ministry.example:22/", 2, "blocked_port (port 22"),
        ("http://10.0.0.1:{port}/", 2, "COMMUNIQUE_ALLOW_PRIVATE_HOSTS"),
        ("http://reader:canary@127.0.0.1/", 2, "bad_url"),
        ("ftp://ministry.example/", 2, "https://"),
    ],
)
def test_add_says_why_a_page_cannot_be_had(communique, site, declared, home, monkeypatch, url, code, told):
    if code == 2:
        monkeypatch.setenv("COMMUNIQUE_ALLOW_PRIVATE_HOSTS", "false")
    ended = communique("sources", "add", url.format(site.url, port=site.port), "--home", home)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
    assert "canary" not in ended.err
    assert code == 1 or site.log == []


def test_list_tells_the_next_three_fires(communique, site, declared):
    declare(declared, site, "ministry", cron="30 4 * * 1-5")
    declare(declared, site, "agency", enabled="false")
    rows = {row["id"]: row for row in communique("sources", "list", "--json").json}
    assert (rows["ministry"]["enabled"], rows["agency"]["enabled"], len(rows["ministry"]["next"])) == (True, False, 3)
    assert all(fire.endswith("04:30:00+00:00") for fire in rows["ministry"]["next"])
    assert [row["id"] for row in communique("sources", "list", "--enabled", "--json").json] == ["ministry"]


FEED_LINK = "<link rel='alternate' type='application/rss+xml' href='/ministry.xml'>"


def test_add_proposes_a_declaration_that_loads(communique, site, declared, home, monkeypatch):
    links = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
    site.put(
        "/", f"<html lang='sl'><head><title>Ministrstvo \"za\" notranje zadeve</title>{links}</head><p>x</p></html>"
    )
    site.put("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.url}/news-sitemap.xml\n", "text/plain")
    shown = communique("sources", "add", f"{site.url}/", "--home", home)
    assert shown.code == 0, shown.err
    assert f'url = "{site.url}/feed.xml"' in shown.out and f'url = "{site.url}/news-sitemap.xml"' in shown.out
    assert communique("sources", "add", f"{site.url}/", "--home", home, "--write").code == 0
    (row,) = communique("sources", "list", "--json").json
    assert (row["enabled"], row["languages"]) == (False, ["sl"])
    assert communique("sources", "add", f"{site.url}/", "--home", home, "--write").code == 2
    as_json = communique("sources", "add", f"{site.url}/", "--home", home, "--json").json
    assert (as_json["toml"], as_json["lists"], as_json["file"]) == (shown.out, 2, None)
    monkeypatch.setenv("COMMUNIQUE_SOURCES", str(home / "nowhere"))
    unwritten = communique("sources", "add", f"{site.url}/", "--home", home, "--write")
    assert unwritten.code == 2 and "cannot be written" in unwritten.err


def test_what_add_proposes_passes_check(communique, site, declared, home):
    publish(site, "ministry", SIGNED)
    site.put("/", "<html lang='en'><title>Ministry</title><a href='/ministry/signed'>Signed</a>" + FEED_LINK)
    assert communique("sources", "add", f"{site.url}/", "--home", home, "--write").code == 0
    checked = communique("sources", "check", "127-0-0-1", "--home", home, "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])
    assert [page["verdict"] for page in checked.json["pages"]] == ["ok"]


def test_the_archive_is_exported_and_is_a_source(communique, site, declared, home, tmp_path):
    declare(declared, site, "ministry")
    publish(site, "ministry", SIGNED)
    assert communique("run", "--home", home, "--json").code == 0
    file = tmp_path / "out.warc.gz"
    assert communique("archive", "export", "--warc", file, "--home", home, "--json").json["captures"] == 1
    (declared / "ministry.toml").write_text(
        f'id = "ministry"\nkind = "warc"\npublisher = "ministry"\npath = "{file}"\n'
    )
    other = tmp_path / "other"
    again = communique("run", "--home", other, "--json")
    assert (again.code, again.json["counters"]["fetch: captured"]) == (0, 1), again.err
    assert ask(other, "SELECT event_type FROM fact_event WHERE start_on IS NOT NULL") == [("agreement_signed",)]
