"""One source or one page looked at, nothing archived: as its lists and pages answer today."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tasks.fetch.addresses import canonical_address, fault_of_address, without_credentials
from tasks.fetch.discovery.walk import Discovered, Window, discover
from tasks.fetch.fetched import Missed
from tasks.fetch.pages import is_wanted
from tasks.fetch.source import Source
from tasks.fetch.web.client import WebClient
from tasks.fetch.web.exchange import Refusal, Reply, Web
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.page_signs import Sign, load_signs
from tasks.fetch.web.verdict import judge
from warehouse.errors import ConfigurationError

PAGES_TRIED = 3


@dataclass(frozen=True, slots=True)
class ProbedPage:
    """One page as it answered.

    Attributes:
        url: The address asked.
        verdict: What it is worth: `ok`, a kind of `tasks.fetch.web.verdict`, or the reason of a refusal.
        detail: What a person needs to mend it.
        listed_on: The day its list states.
        body: The bytes of a page that is ok.
        content_type: Declared media type.
        final_url: The address that answered.
    """

    url: str
    verdict: str
    detail: str
    listed_on: date | None
    body: bytes | None = None
    content_type: str | None = None
    final_url: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What a look at a source gave.

    Attributes:
        lists: One row a list: address, outcome, reason, detail.
        n_listed: Pages its lists name.
        n_wanted: Of these, those its patterns take.
        n_dated: Of the wanted, those with a day.
        pages: Some of the wanted.
    """

    lists: tuple[Missed, ...]
    n_listed: int
    n_wanted: int
    n_dated: int
    pages: tuple[ProbedPage, ...]


def probe_source(source: Source, day: date, settings: WebSettings, state: Path, reference: Path) -> Probe:
    """Read the lists of a source of the web and ask some of its pages.

    Args:
        source: The source.
        day: Today.
        settings: Limits and manners.
        state: Directory in which the client keeps its distances.
        reference: Directory of the knowledge tables.
    """
    signs = load_signs(reference / "web")

    async def run() -> Probe:
        async with WebClient(settings, state) as web:
            window = Window(day - timedelta(days=source.window_days), day)
            # Everything counts as known: the first page of each list is enough.
            found = await discover(web, source, window, lambda url: True)
            return await _probe(web, source, found, signs)

    return asyncio.run(run())


def probe_page(url: str, settings: WebSettings, state: Path, reference: Path) -> ProbedPage:
    """Ask for one page, with the guards and manners of every other; robots.txt of its host is asked first.

    Args:
        url: Its address.
        settings: Limits and manners.
        state: Directory in which the client keeps its distances.
        reference: Directory of the knowledge tables.

    Raises:
        ConfigurationError: It is no address of the web.
    """
    fault = fault_of_address(url, plain_http=True)
    if fault is not None:
        raise ConfigurationError(fault[0], without_credentials(url) or "", fault[1])
    signs = load_signs(reference / "web")

    async def run() -> ProbedPage:
        async with WebClient(settings, state) as web:
            return _judged(url, None, await web.get(url), signs)

    return asyncio.run(run())


async def _probe(web: Web, source: Source, found: Discovered, signs: Sequence[Sign]) -> Probe:
    wanted = [page for page in found.pages.values() if canonical_address(page.url) and is_wanted(source, page.url)]
    pages = []
    for page in wanted[:PAGES_TRIED]:
        answer = await web.get(page.url, delay_seconds=source.delay_seconds)
        pages.append(_judged(page.url, page.day, answer, signs))
    dated = sum(page.day is not None for page in wanted)
    return Probe(tuple(found.attempts), len(found.pages), len(wanted), dated, tuple(pages))


def _judged(url: str, day: date | None, answer: Reply | Refusal, signs: Sequence[Sign]) -> ProbedPage:
    if isinstance(answer, Refusal):
        return ProbedPage(url, answer.reason, answer.detail, day)
    verdict = judge(answer, signs)
    body = answer.body if verdict.kind == "ok" else None
    media = answer.header("content-type")
    return ProbedPage(url, verdict.kind, verdict.detail, day, body, media, answer.final_url)
