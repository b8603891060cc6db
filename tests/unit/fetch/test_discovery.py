import gzip
from datetime import UTC, date, datetime

import pytest

from tasks.fetch.discovery.feeds import read_feed
from tasks.fetch.discovery.listed import Listed, UnreadableListError, dated
from tasks.fetch.discovery.listings import read_listing
from tasks.fetch.discovery.records import read_records
from tasks.fetch.discovery.sitemaps import MAX_BYTES, read_sitemap
from tasks.fetch.source import Discovery, Source

BASE = "https://ministry.example/en/news/"
VILNIUS = Source("ministry", "web", "Ministry", timezone="Europe/Vilnius")


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>".encode()


def test_a_feed_gives_addresses_with_the_publishers_day():
    found = read_feed(
        rss(
            "<link>https://ministry.example/a?x=1#top</link><pubDate>Mon, 16 Nov 2026 00:30:00 +0200</pubDate>",
            "<link>/b</link><pubDate>Sun, 15 Nov 2026 22:30:00 GMT</pubDate>",
            "<link>c</link>",
            "<link>javascript:alert(1)</link>",
            "<link>https://user:canary@ministry.example/d</link>",
        ),
        BASE,
        VILNIUS,
    )
    days = {one.url: one.day for one in found}
    assert days == {
        "https://ministry.example/a?x=1": date(2026, 11, 16),
        "https://ministry.example/b": date(2026, 11, 16),
        "https://ministry.example/en/news/c": None,
        "https://ministry.example/d": None,
    }


def test_an_atom_feed_and_one_that_is_not_well_formed_are_read():
    entry = b"<entry><link href='/a'/><updated>2026-11-16T09:00:00Z</updated></entry>"
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'>" + entry + b"</feed>"
    assert read_feed(atom, BASE, VILNIUS) == [
        Listed("https://ministry.example/a", date(2026, 11, 16), datetime(2026, 11, 16, 9, tzinfo=UTC))
    ]
    assert [one.url for one in read_feed(rss("<link>/a?x=1&y=2</link>"), BASE, VILNIUS)] == [
        "https://ministry.example/a?x=1&y=2"
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_h26_entities_are_refused_in_feeds_and_sitemaps(declaration, encoding):
    feed = f"<?xml version='1.0' encoding='{encoding}'?>{declaration}<rss version='2.0'><channel/></rss>"
    sitemap = f"<?xml version='1.0' encoding='{encoding}'?>{declaration}<urlset><url><loc>/a</loc></url></urlset>"
    with pytest.raises(UnreadableListError, match="entities"):
        read_feed(feed.encode(encoding), BASE, VILNIUS)
    with pytest.raises(UnreadableListError, match="entities"):
        read_sitemap(sitemap.encode(encoding), BASE, VILNIUS)


def test_entities_in_a_feed_that_is_broken_are_refused_too():
    with pytest.raises(UnreadableListError, match="entities"):
        read_feed(b"<rss><&<!DOCTYPE x [<!ENTITY a 'b'>]>", BASE, VILNIUS)


@pytest.mark.parametrize("body", [b"", b"<html><p>maintenance</p></html>", b"{}", b"\x00\x01"])
def test_what_is_no_feed_is_said(body):
    with pytest.raises(UnreadableListError):
        read_feed(body, BASE, VILNIUS)


def sitemap(*entries: str, root: str = "urlset") -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    spaces = f"xmlns='{space}' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    return f"<?xml version='1.0'?><{root} {spaces}>{''.join(entries)}</{root}>".encode()


def test_a_sitemap_gives_days_of_change_and_a_news_sitemap_days_of_publication():
    body = sitemap(
        "<url><loc>https://ministry.example/a</loc><lastmod>2026-11-15T23:30:00Z</lastmod></url>",
        "<url><loc>https://ministry.example/b</loc><lastmod>2026-11-17</lastmod>"
        "<news:news><news:publication_date>2026-11-10</news:publication_date></news:news></url>",
        "<url><loc>not an address</loc></url><url/>",
    )
    first, second, third = read_sitemap(body, BASE, VILNIUS).pages
    assert (first.day, first.changed_at) == (date(2026, 11, 16), datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    assert second.day == date(2026, 11, 10)
    assert third.day is None
    assert read_sitemap(gzip.compress(body), BASE, VILNIUS).pages == (first, second, third)


def test_an_index_gives_the_sitemaps_below_it():
    body = sitemap("<sitemap><loc>/1.xml</loc><lastmod>2026-11-15</lastmod></sitemap>", root="sitemapindex")
    found = read_sitemap(body, BASE, VILNIUS)
    assert (found.pages, [child.url for child in found.children]) == ((), ["https://ministry.example/1.xml"])


def test_a_sitemap_in_plain_text_is_read():
    assert len(read_sitemap(b"https://ministry.example/a\nhttps://ministry.example/b\n", BASE, VILNIUS).pages) == 2


def test_h26_a_million_addresses_are_read_up_to_the_limit():
    found = read_sitemap(sitemap("<url><loc>/a</loc></url>" * 60_000), BASE, VILNIUS)
    assert len(found.pages) == 50_000


def test_h26_a_sitemap_that_unpacks_without_end_is_refused():
    with pytest.raises(UnreadableListError, match="more than"):
        read_sitemap(gzip.compress(b" " * (MAX_BYTES + 1)), BASE, VILNIUS)


@pytest.mark.parametrize("body", [b"<html/>", b"<urlset><url>", b"", b"no address here", b"\x1f\x8b\x08broken"])
def test_what_is_no_sitemap_is_said(body):
    with pytest.raises(UnreadableListError):
        read_sitemap(body, BASE, VILNIUS)


def test_a_listing_gives_the_links_that_are_announcements_with_the_day_beside_each():
    body = b"""<html><body><nav><a href="/en/news/archive">archive</a></nav>
    <article><h2><a href="first">First</a></h2><time datetime="2026-11-16">16 Nov</time>
    <a href="first">more</a></article>
    <article><time datetime="2026-11-15">15 Nov</time><div><a href="/en/news/second?ref=1#x">Second</a></div>
    </article>
    <ul><li><a href="third">Third</a></li><li><a href="fourth">Fourth</a></li></ul></body></html>"""
    found = read_listing(body, BASE, r"/news/(?!archive)\w", VILNIUS)
    assert {one.url.removeprefix(BASE): one.day for one in found} == {
        "first": date(2026, 11, 16), "second?ref=1": date(2026, 11, 15), "third": None, "fourth": None,
    }  # fmt: skip


def test_records_of_a_json_interface_are_found_by_their_paths():
    how = Discovery("api", "https://api.example", items="data.list", address="fields.url", date="fields.date.created")
    record = b'{"fields": {"url": "/a", "date": {"created": "2026-11-16T00:00:00+00:00"}}}'
    body = b'{"data": {"list": [' + record + b', {"fields": {}}]}}'
    assert read_records(body, BASE, how, VILNIUS) == [Listed("https://ministry.example/a", date(2026, 11, 16))]
    for wrong in (b"[]", b"{", b'{"data": {"list": [{"fields": {"link": "/a"}}]}}', b"[" * 100_000):
        with pytest.raises(UnreadableListError):
            read_records(wrong, BASE, how, VILNIUS)


def test_the_day_in_an_address_goes_before_that_of_the_list():
    source = Source("x", "web", "X", date_in_url=r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)_en$")
    listed = Listed("https://a.example/news/pact-2026-06-12_en", date(2026, 7, 1))
    assert dated(listed, source).day == date(2026, 6, 12)
    assert dated(Listed("https://a.example/news/2026-13-45_en"), source).day is None
