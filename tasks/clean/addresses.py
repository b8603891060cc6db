"""Addresses of pages as archives give them, which may be none."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str:
    """Return the host of an address in lower case; empty where there is none, or what stands there is no address."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        # "https://[cut.example/": a bracket that looks like an IPv6 address.
        return ""
