from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tasks.fetch.archivist import FetchOutcome
from tasks.fetch.asking import Asking
from tasks.fetch.entry import fetch_web
from tasks.fetch.source import Discovery, Source
from tasks.fetch.web.options import WebSettings
from tests.site import Site, serving
from warehouse.settings import Settings

Crawl = Callable[..., FetchOutcome]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def crawl(home: Path, site: Site) -> Crawl:
    """Ask a source of the loopback site for one logical date, without delays."""

    def run(source: Source, day: date, run_id: str, most: int = 2000, **backfill: date) -> FetchOutcome:
        asking = Asking(run_id, day, most, **backfill)
        (outcome,) = fetch_web(home, [source], asking, web_settings(site), Settings().reference_dir)
        return outcome

    return run


def web_settings(site: Site) -> WebSettings:
    return WebSettings(
        "tests@example.org", "Communique/1.0 (+tests@example.org)", allow_private_hosts=True, ports=(site.port,),
        default_delay_seconds=0.0, retries=0, retry_cap_seconds=0.0,
    )  # fmt: skip


def feed_source(site: Site, **other: object) -> Source:
    """A source of the site with a feed at /feed.xml."""
    lists = other.pop("discover", (Discovery("feed", f"{site.url}/feed.xml"),))
    return Source("ministry", "web", "Ministry", discover=lists, delay_seconds=0.0, **other)  # type: ignore[arg-type]


def page(title: str, text: str) -> str:
    """A page with enough text to be one."""
    more = "The two sides agreed to continue the exchange of data and to report to the ministers in the autumn. " * 3
    body = f"<article><h1>{title}</h1><p>{text}</p><p>{more}</p></article>"
    return f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>"


def feed(site: Site, *items: tuple[str, str]) -> str:
    """An RSS feed of paths with their days (RFC 822)."""
    entries = "".join(f"<item><link>{site.url}{path}</link><pubDate>{day}</pubDate></item>" for path, day in items)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{entries}</channel></rss>"
