"""Sitemaps: plain, news, indexes of sitemaps, and lists of addresses in plain text; compressed or not."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree  # type: ignore[import-untyped]  # stubs are not locked
from defusedxml import DefusedXmlException

from tasks.fetch.discovery.listed import (
    MAX_LISTED,
    Listed,
    UnreadableListError,
    absolute,
    day_of,
    instant_of,
    published,
)
from tasks.fetch.source import Source

# What sitemaps.org allows for one sitemap, uncompressed.
MAX_BYTES = 52_428_800
_GZIP = b"\x1f\x8b"
_NEWS = "news_sitemap"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One sitemap: pages, or other sitemaps with when they last changed."""

    pages: tuple[Listed, ...]
    children: tuple[Listed, ...]


def read_sitemap(body: bytes, base: str, source: Source) -> Sitemap:
    """Return what a sitemap lists, in its order, up to 50,000 entries.

    Raises:
        UnreadableListError: It is no sitemap, is too large, or declares entities.
    """
    data = _unpacked(body)
    if not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<") and b"\0" not in data:
        return _plain(data, base)
    pages: list[Listed] = []
    children: list[Listed] = []
    for name, element in _entries(data):
        listed = _entry(element, base, source)
        if listed is not None:
            (children if name == "sitemap" else pages).append(listed)
        if len(pages) + len(children) >= MAX_LISTED:
            break
    return Sitemap(tuple(pages), tuple(children))


def _entries(data: bytes) -> Iterator[tuple[str, Element]]:
    """Yield the entries one by one; each is forgotten when the next is read."""
    root: Element | None = None
    try:
        for event, element in defusedxml.ElementTree.iterparse(io.BytesIO(data), ("start", "end"), forbid_dtd=True):
            name = _local(element.tag)
            if root is None:
                root = element
                if name not in ("urlset", "sitemapindex"):
                    raise UnreadableListError(f"its root is <{name[:40]}>, neither urlset nor sitemapindex")
            elif event == "end" and name in ("url", "sitemap"):
                yield name, element
                root.clear()
    except DefusedXmlException as error:
        raise UnreadableListError(f"its XML declares entities or a DTD ({type(error).__name__})") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableListError(f"it is no well-formed XML ({error})") from error


def _entry(element: Element, base: str, source: Source) -> Listed | None:
    """Return one entry; the day of a news sitemap goes before the day of the last change."""
    values: dict[str, str | None] = {}
    for child in element.iter():
        values.setdefault(_local(child.tag), child.text)
    url = absolute(values.get("loc"), base)
    if url is None:
        return None
    changed = values.get("lastmod")
    changed_at = instant_of(changed, source)
    # Other extensions of a sitemap date a video or an image of the page.
    stated = next((child.text for child in element.iter() if _is_news_day(child.tag)), None)
    day = day_of(stated, source)
    return Listed(url, day_of(changed, source), changed_at) if day is None else published(url, day, _NEWS, changed_at)


def _is_news_day(tag: object) -> bool:
    return _local(tag) == "publication_date" and "sitemap-news" in str(tag)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].casefold()


def _plain(data: bytes, base: str) -> Sitemap:
    lines = data.decode("utf-8", "replace").split()[:MAX_LISTED]
    found = [absolute(line, base) for line in lines if line.startswith(("http://", "https://"))]
    if not found:
        raise UnreadableListError("it is no XML and lists no addresses")
    return Sitemap(tuple(Listed(url) for url in found if url is not None), ())


def _unpacked(body: bytes) -> bytes:
    """Return the bytes of a sitemap, of a .gz decompressed up to the size that is allowed."""
    data = body
    if body.startswith(_GZIP):
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            data = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise UnreadableListError(f"it is no whole gzip file ({error})") from error
    if len(data) > MAX_BYTES:
        raise UnreadableListError(f"it has more than the {MAX_BYTES} bytes a sitemap may have")
    return data
