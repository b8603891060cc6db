"""What an answer means for the next step: its status, where it redirects to, which cookies it leaves."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime

import httpx2

from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.guard import Target, check_url, shown_url
from tasks.fetch.web.hop import WHOLE, Hop
from tasks.fetch.web.hosts import retry_after_seconds
from tasks.fetch.web.options import WebSettings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# The request was right, and came at a wrong moment.
_ASK_AGAIN = frozenset({408, 425, 429})
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")

Cookies = dict[str, dict[str, str]]


def check_status(hop: Hop, now: datetime) -> None:
    """Refuse a status that gives neither a page, nor word of one, nor another address.

    Args:
        hop: The answer.
        now: The time (UTC), for a Retry-After that is a date.

    Raises:
        RefusedError: http_4xx, http_429, http_5xx, or bad_response for what no rule of HTTP explains.
    """
    status = hop.status
    if status in WHOLE or (status in REDIRECTS and hop.header("location")):
        return
    if 400 <= status < 600:
        reason = "http_429" if status in _ASK_AGAIN else "http_4xx" if status < 500 else "http_5xx"
        wait = retry_after_seconds(hop.header("retry-after"), now) if status in (429, 503) else None
        raise RefusedError(reason, f"HTTP {status}", status, wait)
    raise RefusedError("bad_response", f"HTTP {status} answers no question that was asked", status)


def next_target(target: Target, hop: Hop, settings: WebSettings) -> Target:
    """Return the vetted address that a redirect leads to.

    Raises:
        RefusedError: redirect_scheme, bad_response, or what the guard says of the address.
    """
    location = (hop.header("location") or "").strip()
    with contextlib.suppress(UnicodeError):
        # Header values are Latin-1 by the letter, and UTF-8 in fact.
        location = location.encode("latin-1").decode("utf-8")
    # An address with a host of its own is vetted as it was written, before any parser has tidied it.
    if location.startswith("//"):
        location = f"{target.scheme}:{location}"
    elif not _ABSOLUTE.match(location):
        try:
            location = str(httpx2.URL(target.text).join(location))
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise RefusedError("bad_response", f"redirect to no address ({error})", hop.status) from error
    try:
        return check_url(location, settings)
    except RefusedError as refused:
        reason = "redirect_scheme" if refused.reason == "bad_scheme" else refused.reason
        detail = f"redirected to {shown_url(location)[:200]}: {refused.detail}"
        raise RefusedError(reason, detail, hop.status) from refused


def same_site(asked: Target, target: Target) -> bool:
    """Return whether two addresses are of one host, with or without `www.`: a validator means nothing elsewhere."""
    return asked.host.removeprefix("www.") == target.host.removeprefix("www.")


def keep_cookies(cookies: Cookies, target: Target, hop: Hop) -> None:
    """Keep what a redirect sets, for its own origin: sites that set a cookie and send one back would loop without.

    Args:
        cookies: Origin → name → value; what is kept is put here.
        target: Who set them.
        hop: The redirect.
    """
    for name, value in hop.headers:
        if name.lower() == "set-cookie":
            key, equals, content = value.partition(";")[0].partition("=")
            if equals and key.strip():
                cookies.setdefault(target.origin, {})[key.strip()] = content.strip()
