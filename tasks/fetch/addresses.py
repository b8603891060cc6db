"""Canonical addresses: one page, one address, whatever tracking parts and fragments were hung on it."""

from __future__ import annotations

from courlan import clean_url, is_valid_url
from w3lib.url import canonicalize_url


def canonical_address(url: str | None) -> str | None:
    """Return the address without fragment, tracking parts and default port, its query sorted; None if it is none.

    courlan knows the tracking parts, w3lib the normal form of RFC 3986.
    """
    if not url or not url.casefold().startswith(("http://", "https://")):
        return None
    normal = canonicalize_url(url)
    if not is_valid_url(normal):
        return None
    cleaned = clean_url(normal)
    return canonicalize_url(cleaned) if cleaned else None
