"""Canonical addresses: one page, one address, whatever tracking parts and fragments were hung on it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url, is_valid_url
from w3lib.url import canonicalize_url

_PLACEHOLDERS = re.compile(r"\{(?:page|from|to)\}")


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


def fault_of_address(url: str, plain_http: bool) -> tuple[str, str] | None:
    """Return what is wrong with an address in a declaration and how to mend it, or None.

    Args:
        url: The address; `{page}`, `{from}` and `{to}` may stand in it.
        plain_http: Whether an address without encryption is allowed.
    """
    try:
        parts = urlsplit(_PLACEHOLDERS.sub("1", url))
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"is no address ({error})", "Write it as a browser shows it."
    if "@" in parts.netloc:
        shown = without_credentials(url)
        return f"holds a user name or password: {shown!r} without them", "Take them out: what stands here is published."
    if parts.scheme not in ("http", "https") or not host:
        return f"is no address of the web: {url!r}", "Begin it with https://."
    if parts.scheme == "http" and not plain_http:
        mend = "Use https, or say plain_http = true if the publisher has nothing else."
        return f"is not encrypted: {url!r}", mend
    if parts.fragment or re.search(r"\s", url):
        return f"has a fragment or a space: {url!r}", "Leave it out."
    return None
