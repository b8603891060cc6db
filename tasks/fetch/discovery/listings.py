"""Listing pages: the links of a page that lead to announcements, with the dates beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import lxml.etree
import lxml.html

from tasks.fetch.discovery.listed import MAX_LISTED, Listed, UnreadableListError, absolute, day_of, published
from tasks.fetch.source import Source

# From a link up to what holds its teaser with the date: link, heading, text block, article, list item.
_LEVELS = 5


def read_listing(body: bytes, base: str, link: str, source: Source) -> list[Listed]:
    """Return the announcements a page links to, each once, in its order.

    Args:
        body: The page as received.
        base: Its address.
        link: Pattern of the absolute addresses of announcements.
        source: Gives the zone of days.

    Raises:
        UnreadableListError: It is no page.
    """
    try:
        root = lxml.html.document_fromstring(body)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableListError(f"it is no page ({error})") from error
    head = next(root.iter("base"), None)
    base = absolute(None if head is None else head.get("href"), base) or base
    pattern = re.compile(link)
    links = [(element, url) for element, url in _links(root, base) if pattern.search(url)]
    found: dict[str, Listed] = {}
    for element, url in links[:MAX_LISTED]:
        day = _day_beside(element, url, base, pattern, source)
        if url not in found or (found[url].day is None and day is not None):
            found[url] = published(url, day, "listing")
    return list(found.values())


def _links(root: lxml.html.HtmlElement, base: str) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    for element in root.iter("a"):
        url = absolute(element.get("href"), base)
        if url is not None:
            yield element, url


def _day_beside(
    element: lxml.html.HtmlElement, url: str, base: str, pattern: re.Pattern[str], source: Source
) -> date | None:
    """Return the day of the `time` element in the smallest part of the page that speaks of this one announcement."""
    part = element
    for _ in range(_LEVELS):
        if any(other != url and pattern.search(other) for _, other in _links(part, base)):
            return None
        for stamp in part.iter("time"):
            day = day_of(stamp.get("datetime") or stamp.text_content(), source)
            if day is not None:
                return day
        parent = part.getparent()
        if parent is None:
            return None
        part = parent
    return None
