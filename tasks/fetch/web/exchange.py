"""What is asked of the client and what it answers: a request, a reply, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Headers = tuple[tuple[str, str], ...]
Hops = tuple[tuple[str, int], ...]

# Why there is no reply → what becomes of it: `mended` by people only, `later` (the next run may succeed), `once` and
# `retried` (so may another attempt in this run, one or as many as the settings say).
REASONS = {
    "bad_url": "mended",  # no address, or an odd spelling of one
    "bad_scheme": "mended",
    "blocked_port": "mended",
    "blocked_address": "mended",  # the host, or what its name resolves to, is none of the public internet
    "redirect_limit": "mended",
    "redirect_scheme": "mended",
    "robots_disallowed": "mended",
    "robots_unreachable": "later",
    "too_large": "mended",
    "bomb": "mended",
    "bad_response": "later",  # no HTTP, or HTTP nobody can act on
    "bad_encoding": "once",
    "dns": "retried",
    "connect": "retried",
    "timeout": "retried",
    "disconnected": "retried",
    "truncated": "retried",
    # Not retried: it has cost its deadline already.
    "deadline": "later",
    "tls": "later",
    "circuit_open": "later",
    "asked_to_wait": "later",  # Retry-After beyond what a run waits
    "http_4xx": "mended",
    "http_429": "retried",  # and 408, 425: what a client may ask again
    "http_5xx": "retried",
}


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One address to ask.

    Attributes:
        url: The address.
        etag: Validator of the body that is archived, for If-None-Match.
        last_modified: The same, for If-Modified-Since, as the server wrote it.
        delay_seconds: Delay of its host, if not the default.
        accept: The Accept header, if not that of a page.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    delay_seconds: float | None = None
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer with status 2xx, 304, 404 or 410.

    Attributes:
        url: The address asked.
        final_url: The one that answered; `url` itself where nothing redirected.
        status: Its HTTP status.
        headers: Response headers as received, in order.
        request_headers: Headers of the request that was answered.
        body: The bytes after decompression; empty for a 304.
        wire_bytes: Length of the body as sent.
        http_version: HTTP/1.0, HTTP/1.1 or HTTP/2.
        hops: Every address asked with its status; the last is the final one.
        started_at: When the answering exchange began (UTC).
        ended_at: When its last byte was there (UTC).
        attempts: Requests made for pages; those for robots.txt aside.
        warnings: short_content_length (bytes after the declared length, or HTML that ends before its end),
            trailing_bytes (after a compressed body), tls_not_verified, crawl_delay_capped.
    """

    url: str
    final_url: str
    status: int
    headers: Headers
    request_headers: Headers
    body: bytes
    wire_bytes: int
    http_version: str
    hops: Hops
    started_at: datetime
    ended_at: datetime
    attempts: int
    warnings: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the value of a header, whatever its case; the first one if it is repeated."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No reply, and why.

    Attributes:
        url: The address asked, without credentials.
        reason: A key of `REASONS`.
        detail: What a person needs to mend it.
        status: HTTP status, where there was one.
        attempts: Requests made for pages.
        retry_after: Seconds the host asked us to wait, where it did.
        heals: Whether a later run may succeed without anybody mending anything.
        hops: Every address asked that answered, with its status.
    """

    url: str
    reason: str
    detail: str
    status: int | None = None
    attempts: int = 0
    retry_after: float | None = None
    heals: bool = False
    hops: Hops = ()


class RefusedError(Exception):
    """Inside this package: no reply, and why; the client makes a `Refusal` of it.

    Args:
        reason: A key of `REASONS`.
        detail: What a person needs to mend it.
        status: HTTP status, where there was one.
        retry_after: Seconds the host asked us to wait.
    """

    def __init__(self, reason: str, detail: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason, detail, status, retry_after)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry_after = retry_after


Answer = Reply | Refusal
OnDone = Callable[[WebRequest, Answer], None]


class Web(Protocol):
    """What the stages use of a client; `tasks.fetch.web.client.WebClient` is the one there is."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        delay_seconds: float | None = None,
        accept: str | None = None,
    ) -> Answer:
        """Ask one address; see `WebClient.get`."""
        ...

    async def get_many(self, requests: Iterable[WebRequest], on_done: OnDone) -> None:
        """Ask many addresses; see `WebClient.get_many`."""
        ...
