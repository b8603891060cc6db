"""A declaration proposed from one address: feeds and sitemaps its page and robots.txt name, for a person to mend."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lxml.etree
import lxml.html

from tasks.fetch.discovery.listed import absolute
from tasks.fetch.web.advice import NEVER_ASKED, advice_on
from tasks.fetch.web.client import WebClient
from tasks.fetch.web.exchange import Refusal, Reply, Web
from tasks.fetch.web.guard import shown_url
from tasks.fetch.web.options import WebSettings
from warehouse.errors import CommuniqueError, ConfigurationError
from warehouse.vocabulary import LANGUAGES

_FEEDS = ("application/rss+xml", "application/atom+xml")
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# More than these on one page are feeds of comments and categories.
MOST_LISTS = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A declaration to look over.

    Attributes:
        source_id: Its id, and the name of its file.
        text: The TOML.
        n_lists: Feeds and sitemaps found.
    """

    source_id: str
    text: str
    n_lists: int


def propose_source(url: str, settings: WebSettings, state: Path) -> Proposal:
    """Ask one page and robots.txt of its host and write down what they say.

    Args:
        url: The start page or news page of a publisher.
        settings: Limits and manners.
        state: Directory in which the client keeps its distances.

    Raises:
        CommuniqueError: The page does not answer.
        ConfigurationError: The address, or what it resolves to, may not be asked.
    """

    async def run() -> Proposal:
        async with WebClient(settings, state) as web:
            return await _propose(web, url)

    return asyncio.run(run())


async def _propose(web: Web, url: str) -> Proposal:
    page = await web.get(url)
    if isinstance(page, Refusal):
        kind = ConfigurationError if page.reason in NEVER_ASKED else CommuniqueError
        raise kind(f"cannot be had: {page.reason} ({page.detail})", shown_url(url), advice_on(page.reason))
    if page.status != 200:
        raise CommuniqueError(f"cannot be had: HTTP {page.status}", url, "Name a page that a browser shows.")
    try:
        root = lxml.html.document_fromstring(page.body)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise CommuniqueError(f"it is no page ({error})", url, "Name the start page or the news page.") from error
    lists = [("feed", address) for address in _feeds(root, page.final_url)]
    robots = await web.get(_at_root(page.final_url, "/robots.txt"))
    if isinstance(robots, Reply) and robots.status == 200:
        lists += [("sitemap", address) for address in _sitemaps(robots)]
    if not any(kind == "sitemap" for kind, _ in lists):
        guess = await web.get(_at_root(page.final_url, "/sitemap.xml"))
        if isinstance(guess, Reply) and guess.status == 200 and b"<" in guess.body[:200]:
            lists.append(("sitemap", guess.final_url))
    return _written(page.final_url, root, lists[:MOST_LISTS])


def _feeds(root: lxml.html.HtmlElement, base: str) -> list[str]:
    found = [
        absolute(link.get("href"), base)
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").casefold().split() and (link.get("type") or "").casefold() in _FEEDS
    ]
    return list(dict.fromkeys(address for address in found if address is not None))


def _sitemaps(robots: Reply) -> list[str]:
    text = robots.body.decode("utf-8", "replace")
    found = [absolute(address, robots.final_url) for address in _SITEMAP.findall(text)]
    return list(dict.fromkeys(address for address in found if address is not None))


def _at_root(url: str, path: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _written(url: str, root: lxml.html.HtmlElement, lists: list[tuple[str, str]]) -> Proposal:
    """Return the TOML: what was seen as values, what only a person can know as a comment."""
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    source_id = re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-")[:60].strip("-")
    language = (root.get("lang") or "").partition("-")[0].casefold()
    title = next((" ".join(element.text_content().split()) for element in root.iter("title")), "") or host
    lines = [
        f"id = {_text(source_id)}",
        'kind = "web"',
        f"publisher = {_text(title[:120])}",
        "# ISO 3166, EU or INT",
        'country = "INT"',
        "# primary, republisher, aggregator or reference",
        'tier = "primary"',
        f"languages = [{_text(language if language in LANGUAGES else 'und')}]",
        "# terms of reuse, and where they stand",
        'licence = "unread"',
        'grade = "A"',
        "# true once `communique sources check` shows its pages, and their terms are read",
        "enabled = false",
    ]
    if url.startswith("http://"):
        lines.append("plain_http = true")
    lines += ["", "[cadence]", 'cron = "30 4 * * *"']
    for kind, address in lists or [("listing", url)]:
        lines += ["", "[[discover]]", f'kind = "{kind}"', f"url = {_text(address)}"]
        if kind == "listing":
            lines += ["# pattern of the addresses of announcements", f"link = {_text(re.escape(_at_root(url, '/')))}"]
    return Proposal(source_id, "\n".join([*lines, ""]), len(lists))


def _text(value: str) -> str:
    """Return a TOML string: those of JSON are strings of TOML too, but for characters that are escaped here."""
    return json.dumps("".join(character for character in value if character.isprintable()), ensure_ascii=False)
