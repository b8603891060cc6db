import gzip
import io
from datetime import date

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as OtherReader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.fetch.fetched import Fetched, Missed
from tasks.fetch.source import Source
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from tasks.fetch.warc_reader import read_warcs
from tasks.fetch.warc_writer import export_warc
from tests.unit.fetch.conftest import feed, feed_source, page
from warehouse.errors import ConfigurationError
from warehouse.storage import Store
from warehouse.tables.archive import CAPTURES

MONDAY = date(2026, 11, 16)
SAME = (
    *("capture_id", "source_id", "location", "external_id", "url", "canonical_url", "final_url", "hops"),
    *("content_type", "http_status", "request_headers", "response_headers", "retrieved_at", "retrieved_at_basis"),
    *("listed_on", "listed_by", "body_sha256", "body"),
)


@pytest.fixture
def archived(site, home, crawl):
    """A warehouse with two pages of the web, one of them behind a redirect and with an odd header, and one file."""
    site.put("/a", page("Protocol signed", "The ministers signed it in Sarajevo."), headers={"X-Odd": "caf\xe9 ; x"})
    site.put("/b2", page("Return experts met", "The experts met in Budva."))
    site.put("/b", b"", status=301, headers={"Location": "/b2"})
    stated = "Sun, 15 Nov 2026 10:00:00 +0100"
    site.put("/feed.xml", feed(site, ("/a", stated), ("/b", "")), "application/rss+xml")
    crawl(feed_source(site), MONDAY, "run-1")
    folder = home.parent / "folder"
    folder.mkdir()
    (folder / "ž 1.txt").write_bytes(b"WARC/1.1\r\n\r\n\xff")
    fetch_source(Store(home), folder_source(folder), MONDAY, "run-1", 2000)
    return home


def rows(home):
    return {row["capture_id"]: {name: row[name] for name in SAME} for row in Store(home).read_all(CAPTURES).to_pylist()}


def test_export_and_source_give_the_same_captures(archived, tmp_path):
    before = rows(archived)
    assert len(before) == 3
    listed = {(row["listed_on"], row["listed_by"]) for row in before.values()}
    assert listed == {(date(2026, 11, 15), "feed"), (None, None)}
    for source_id in ("ministry", "folder-folder"):
        target = tmp_path / f"{source_id}.warc.gz"
        assert export_warc(Store(archived), target, [source_id]) == (2 if source_id == "ministry" else 1)
        outcome = fetch_source(Store(tmp_path / "other"), Source(source_id, "warc", "x", target), MONDAY, "run-2", 2000)
        assert outcome.problems == []
    assert rows(tmp_path / "other") == before


def test_the_same_captures_give_the_same_file_one_gzip_member_a_record(archived, tmp_path):
    export_warc(Store(archived), tmp_path / "one.warc.gz")
    export_warc(Store(archived), tmp_path / "two.warc.gz")
    data = (tmp_path / "one.warc.gz").read_bytes()
    assert data == (tmp_path / "two.warc.gz").read_bytes()
    kinds = [record.rec_type for record in OtherReader(io.BytesIO(data), check_digests="raise")]
    page_records = ["response", "request", "metadata"]
    assert sorted(kinds) == sorted(["warcinfo", *page_records, *page_records, "warcinfo", "resource", "metadata"])
    records = ArchiveIterator(io.BytesIO(data), parse_http=False)
    assert [record.verify_block_digest() for record in records] == [True] * len(kinds)
    assert data.count(b"\x1f\x8b\x08\x00\x00\x00\x00\x00") >= len(kinds), "no member carries a time"


def test_a_file_that_exists_is_not_overwritten_and_nothing_to_export_is_said(archived, tmp_path):
    (tmp_path / "there.warc.gz").write_text("mine")
    with pytest.raises(ConfigurationError, match="exists already"):
        export_warc(Store(archived), tmp_path / "there.warc.gz")
    assert (tmp_path / "there.warc.gz").read_text() == "mine"
    with pytest.raises(ConfigurationError, match="nothing is archived"):
        export_warc(Store(archived), tmp_path / "none.warc.gz", ["stranger"])


def foreign(*records: tuple[str, str, bytes, list[tuple[str, str]]]) -> bytes:
    """A WARC file of another crawler: (address, status line, body, headers)."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for address, status, body, headers in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", io.BytesIO(body), len(body), warc_headers_dict={}, http_headers=http
        )
        writer.write_record(record)
    return file.getvalue()


def test_a_file_of_another_crawler_is_a_source(tmp_path):
    text = page("News", "The ministers signed it.").encode()
    html, length = ("Content-Type", "text/html"), ("Content-Length", str(len(text)))
    data = foreign(
        ("https://a.example/news/1", "200 OK", text, [html, ("X-Crawler-Content-Encoding", "gzip"), length]),
        ("https://a.example/news/2", "200 OK", gzip.compress(text), [html, ("Content-Encoding", "gzip")]),
        ("https://a.example/news/3", "404 Not Found", b"no", [html]),
        ("https://a.example/news/4", "301 Moved", b"", [("Location", "/news/1")]),
        ("https://other.example/news/5", "200 OK", text, [html]),
        ("https://a.example/news/6", "200 OK", text[:50], [html, length]),
    )
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "CC-NEWS-1.warc.gz").write_bytes(data)
    (tmp_path / "list.txt").write_text("# of the day\ncrawl/CC-NEWS-1.warc.gz\n")
    for place in (tmp_path / "crawl", tmp_path / "list.txt", tmp_path / "crawl" / "CC-NEWS-1.warc.gz"):
        source = Source("cc-news", "warc", "Common Crawl", place, include=(r"^https://a\.example/",))
        found = list(read_warcs(source))
        assert [(one.location[-1], one.body) for one in found if isinstance(one, Fetched)] == [("1", text), ("2", text)]
        assert [(one.location[-1], one.reason) for one in found if isinstance(one, Missed)] == [("6", "truncated")]
        assert ("content-encoding", "gzip") in {(k.casefold(), v) for k, v in found[0].response_headers or ()}
        assert found[0].retrieved_at_basis == "warc"


@pytest.mark.parametrize("cut", [-10, 400])
def test_a_file_that_is_cut_gives_what_stands_before_and_says_so(archived, tmp_path, cut):
    export_warc(Store(archived), tmp_path / "whole.warc.gz", ["ministry"])
    path = tmp_path / "cut.warc.gz"
    path.write_bytes((tmp_path / "whole.warc.gz").read_bytes()[:cut])
    whole = rows(archived)
    found = list(read_warcs(Source("ministry", "warc", "x", path)))
    bodies = {row["body"] for row in whole.values()}
    assert all(one.body in bodies for one in found if isinstance(one, Fetched)), "half a body is no body"


def test_a_path_without_a_warc_file_is_an_error(tmp_path):
    with pytest.raises(ConfigurationError, match="holds no WARC file"):
        list(read_warcs(Source("x", "warc", "x", tmp_path)))
    with pytest.raises(ConfigurationError, match="does not exist"):
        list(read_warcs(Source("x", "warc", "x", tmp_path / "nowhere")))
