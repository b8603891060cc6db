"""Canonical addresses: one page, one address, whatever tracking parts and fragments were hung on it."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url, is_valid_url
from w3lib.url import canonicalize_url


def canonical_address(url: str | None) -> str | None:
    """Return the address without fragment, tracking parts and default port, its query sorted; None if it is none.

    courlan knows the tracking parts, w3lib the normal form of RFC 3986.
    """
    if not url or not url.casefold().startswith(("http://", "https://")):
        return None
    normal = canonicalize_url(without_credentials(url) or "")
    if not is_valid_url(normal):
        return None
    cleaned = clean_url(normal)
    return canonicalize_url(cleaned) if cleaned else None


def without_credentials(url: str | None) -> str | None:
    """Return an address without the user name and password that may stand in it; None for no address.

    They open nothing for a reader of the archive, and a password in a table is there for good.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url
