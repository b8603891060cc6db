from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from tasks.fetch.coverage import LANGUAGE_PATIENCE, count_declared
from tasks.fetch.cron import parse_cron
from tasks.fetch.source import Cadence, Discovery, Source
from tests.unit.fetch.conftest import feed_source, page
from warehouse.storage import Partition, Store
from warehouse.tables.archive import COVERAGE, FETCHES
from warehouse.tables.documents import DOCUMENTS

DAY = date(2026, 11, 16)
DAILY = parse_cron("30 4 * * *")


def rows(home) -> list[dict[str, object]]:
    return Store(home).read_all(COVERAGE).to_pylist()


def test_a_backfill_counts_what_the_lists_date_in_each_month(site, home, crawl):
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    days = {
        "/a": "2026-01-10",
        "/b": "2026-01-31",
        "/c": "2026-02-01",
        "/d": "2025-12-31",
        "/e": "",
        "/f": "2026-02-03",
    }
    for path in ("/a", "/b", "/c", "/d", "/e"):
        site.put(path, page(f"News {path}", f"The ministers met for the talks numbered {path}."))
    stated = {path: f"<lastmod>{day}</lastmod>" if day else "" for path, day in days.items()}
    entries = "".join(f"<url><loc>{site.url}{path}</loc>{day}</url>" for path, day in stated.items())
    site.put("/old.xml", f"<urlset xmlns='{space}'>{entries}</urlset>", "application/xml")
    below = f"<sitemap><loc>{site.url}/old.xml</loc></sitemap>"
    passed = f"<sitemap><loc>{site.url}/older.xml</loc><lastmod>2025-06-01</lastmod></sitemap>"
    around = f"<sitemap><loc>{site.url}/sitemap.xml</loc></sitemap>"
    site.put("/sitemap.xml", f"<sitemapindex xmlns='{space}'>{below}{passed}{around}</sitemapindex>", "application/xml")
    source = feed_source(site, discover=(Discovery("sitemap", f"{site.url}/sitemap.xml"),))
    outcome = crawl(source, DAY, "run-1", start=date(2026, 1, 5), end=date(2026, 2, 20))
    assert outcome.n_captured == 3
    assert site.asked("/d") == site.asked("/e") == site.asked("/older.xml") == []
    assert site.asked("/sitemap.xml") == [200], "an index that names itself is read once"
    counted = [
        (row["interval_start"], row["interval_end"], row["n_expected"], row["n_got"], row["n_refused"])
        for row in sorted(rows(home), key=lambda row: str(row["interval_start"]))
    ]
    assert counted == [
        (date(2026, 1, 5), date(2026, 1, 31), 2, 2, 0),
        (date(2026, 2, 1), date(2026, 2, 20), 2, 1, 1),
    ]
    site.put("/f", page("News /f", "The ministers met for the talks numbered f."))
    again = crawl(source, DAY + timedelta(days=1), "run-2", start=date(2026, 1, 5), end=date(2026, 2, 20))
    assert (again.n_captured, again.n_unchanged) == (1, 0), "only what is missing is asked"
    assert [row["n_got"] for row in rows(home) if row["run_id"] == "run-2"] == [2, 2]


def test_a_backfill_follows_a_dated_listing_back_to_its_start(site, home, crawl):
    for number in range(1, 8):
        stamps = [f"<time datetime='2026-{12 - number:02d}-1{n}'></time>" for n in range(2)]
        links = "".join(
            f"<article><a href='/news/{number}-{n}'>x</a>{stamp}</article>" for n, stamp in enumerate(stamps)
        )
        site.put(f"/list?page={number}", f"<html><body>{links}</body></html>")
        for n in range(2):
            site.put(f"/news/{number}-{n}", page(f"News {number}-{n}", f"The ministers met for talks {number}-{n}."))
    first, others = f"{site.url}/list?page=1", f"{site.url}/list?page={{page}}"
    how = Discovery("listing", first, link=r"/news/\d", page_url=others, pages=2)
    crawl(feed_source(site, discover=(how,)), DAY, "run-1", start=date(2026, 8, 1), end=date(2026, 9, 30))
    read = [path for path, _, _ in site.log if path.startswith("/list")]
    assert read == [f"/list?page={number}" for number in range(1, 6)], "to the first page that is all before it"
    assert {row["n_got"] for row in rows(home)} == {2}


def document(store: Store, source: str, day: date, name: str, language: str) -> None:
    row: dict[str, object] = dict.fromkeys(DOCUMENTS.column_names, "x")
    row |= {column.name: 0 for column in DOCUMENTS.columns if column.type in ("int32", "float64")}
    row |= {column.name: None for column in DOCUMENTS.columns if column.nullable}
    row |= {"doc_id": name, "document_version_id": f"{name} {day}", "source_id": source, "logical_date": day}
    row |= {
        "language": language,
        "retrieved_at": datetime(day.year, day.month, day.day, tzinfo=UTC),
        "media_type": "html",
        "encoding_method": "utf8",
    }
    table = pa.Table.from_pylist([row], schema=DOCUMENTS.schema)
    store.write(DOCUMENTS, table, Partition(source, day), f"part-{name}-{day:%d}")


def asked(store: Store, source: str, day: date) -> None:
    store.write(FETCHES, FETCHES.schema.empty_table(), Partition(source, day), "run-0")


@pytest.mark.parametrize(("days_ago", "silent"), [(0, 0), (3, 3), (9, 9), (40, 40)])
def test_silence_is_counted_from_the_last_new_document(home, days_ago, silent):
    store = Store(home)
    source = Source("ministry", "web", "M", cadence=Cadence(DAILY, 2, 7))
    asked(store, "ministry", DAY - timedelta(days=60))
    document(store, "ministry", DAY - timedelta(days=days_ago), "one", "en")
    # Another version of it is nothing new, and the documents of others are not its own.
    document(store, "ministry", DAY, "one", "en")
    document(store, "other", DAY, "two", "en")
    count_declared(store, [source], DAY, "run-1")
    (row,) = rows(home)
    assert (row["silent_days"], row["allowed_days"], row["n_expected"]) == (silent, 7, 2)
    assert row["n_got"] == (1 if days_ago < 7 else 0)
    assert row["last_new_on"] == DAY - timedelta(days=days_ago)


def test_each_language_is_watched_with_more_patience(home):
    store = Store(home)
    source = Source("ministry", "web", "M", languages=("bs", "en"), cadence=Cadence(DAILY, 1, 7))
    asked(store, "ministry", DAY - timedelta(days=60))
    document(store, "ministry", DAY - timedelta(days=1), "one", "sh")
    document(store, "ministry", DAY - timedelta(days=30), "two", "en")
    count_declared(store, [source], DAY, "run-1")
    found = {row["language"]: (row["silent_days"], row["allowed_days"], row["n_expected"]) for row in rows(home)}
    assert found == {None: (1, 7, 1), "bs": (1, 7 * LANGUAGE_PATIENCE, 0), "en": (30, 7 * LANGUAGE_PATIENCE, 0)}


def test_a_source_that_was_asked_for_the_first_time_owes_nothing(home):
    store = Store(home)
    asked(store, "ministry", DAY)
    count_declared(store, [Source("ministry", "web", "M", cadence=Cadence(DAILY, 5, 7))], DAY, "run-1")
    count_declared(store, [Source("quiet", "web", "Q", cadence=Cadence(DAILY))], DAY, "run-1")
    (row,) = rows(home)
    assert (row["source_id"], row["n_expected"], row["silent_days"], row["last_new_on"]) == ("ministry", 0, 0, None)
