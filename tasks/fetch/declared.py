"""The address a page gives as its own, where it says so twice: pages have print views, short forms and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import tldextract

from tasks.fetch.addresses import canonical_address

# Both elements stand in the head; no head is longer.
_HEAD_BYTES = 200_000
_BODY = re.compile(rb"<body\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<!--.*?-->|<(link|meta)\b([^<>]{1,3000})>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# The list of public suffixes that comes with the library: nothing is asked for.
_SUFFIXES = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())


def declared_address(body: bytes, url: str) -> str | None:
    """Return the canonical address of a page by its own word, or None where its word is not to be taken.

    `link rel=canonical` (RFC 6596) and `og:url` must both be there and agree, and lead to the site of the page; either
    alone is often left over from a template, and the start page is nobody's address but its own.

    Args:
        body: The page as archived.
        url: The address that answered.
    """
    head = body[:_HEAD_BYTES]
    if b"canonical" not in head or b"og:url" not in head:
        return None
    start = _BODY.search(head)
    said = set(_addresses(head[: start.start() if start else None].decode("utf-8", "replace")))
    if {kind for kind, _ in said} != {"canonical", "og:url"}:
        return None
    try:
        found = {canonical_address(urljoin(url, address)) for _, address in said}
    except ValueError:
        return None
    (address, *others) = found
    if others or address is None or not _is_page(address) or _site(address) != _site(url):
        return None
    return address


def _addresses(head: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses a page gives as its own, with the element that gives each."""
    for element in _ELEMENT.finditer(head):
        values = {
            name.lower(): unescape(double or single or bare).strip()
            for name, double, single, bare in _ATTRIBUTE.findall(element[2] or "")
        }
        if (element[1] or "").lower() == "link":
            if "canonical" in values.get("rel", "").lower().split() and values.get("href"):
                yield "canonical", values["href"]
        elif "og:url" in (values.get("property"), values.get("name")) and values.get("content"):
            yield "og:url", values["content"]


def _is_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path not in ("", "/") or bool(parts.query)


def _site(url: str) -> str:
    """Return the registrable domain of an address; its host, where it has none (an address in numbers, an intranet)."""
    host = urlsplit(url).hostname or ""
    return _SUFFIXES(host).top_domain_under_public_suffix or host
