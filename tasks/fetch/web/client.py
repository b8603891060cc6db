"""The client: redirects by hand, retries for what can heal, one request at a time to each host.

Every hop goes the same way: the address is vetted, robots.txt is asked, the host's turn is awaited, one request is
sent. What a hop learns stays with it: cookies go back to the origin that set them, within one `get`, and are forgotten.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.fetch.web.answers import REDIRECTS, check_status, keep_cookies, next_target, same_site
from tasks.fetch.web.exchange import REASONS, Answer, Headers, OnDone, Refusal, RefusedError, Reply, Web, WebRequest
from tasks.fetch.web.guard import Target, check_url, host_key, shown_url
from tasks.fetch.web.hop import Hop, Line
from tasks.fetch.web.hosts import Host, cannot_keep
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.robots import Robots
from tasks.fetch.web.stream import open_stream
from tasks.fetch.web.timing import Timing
from tasks.fetch.web.transport import Connect, PinnedBackend, Resolve, resolve

__all__ = ["REASONS", "Answer", "OnDone", "Refusal", "Reply", "Web", "WebClient", "WebRequest", "WebSettings"]

# Failures of the host rather than of one page: so many in a row, and it is left alone.
_HOST_FAILS = frozenset(
    {"dns", "connect", "timeout", "deadline", "disconnected", "truncated", "tls", "http_429", "http_5xx"}
)
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
_FIRST_BACKOFF_SECONDS = 1.0


@dataclass(slots=True)
class _Trip:
    """What one `get` has met on its way."""

    hops: list[tuple[str, int]] = field(default_factory=list)
    attempts: int = 0
    warnings: list[str] = field(default_factory=list)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)


class WebClient:
    """Fetches pages politely and safely; an async context manager.

    Args:
        settings: Limits and manners.
        state_dir: Directory for the hosts' delays, kept from run to run; made if it is not there.
        timing: The clock, the wait and the dice.
        resolver: Finds the addresses of a host.
        connect: Connects to a vetted address.
        trust: Certificates to verify by, if not the system's.
    """

    def __init__(
        self,
        settings: WebSettings,
        state_dir: Path,
        *,
        timing: Timing | None = None,
        resolver: Resolve = resolve,
        connect: Connect = open_stream,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._state_dir = state_dir
        self._timing = timing or Timing()
        backend = PinnedBackend(settings.allow_private_hosts, resolver, connect)
        self._line = Line(settings, self._timing, backend, trust)
        self._hosts: dict[str, Host] = {}
        self._places = asyncio.Semaphore(settings.max_hosts_at_once)
        self._robots = Robots(self._ask_robots, settings, self._timing)

    async def __aenter__(self) -> Self:
        try:
            self._state_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_keep(self._state_dir, error) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for host in self._hosts.values():
            host.close()
        await self._line.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        delay_seconds: float | None = None,
        accept: str | None = None,
    ) -> Answer:
        """Ask one address.

        Args:
            url: The address.
            etag: Validator of the archived body; sent to the host of `url` only, with or without `www.`.
            last_modified: The same, as the server wrote it.
            delay_seconds: Seconds between two requests to the host, if not the default; robots.txt may want more.
            accept: The Accept header.

        Returns:
            A reply with status 2xx, 304, 404 or 410, or a refusal with its reason. Nothing a server does is raised.

        Raises:
            StorageError: The delays of hosts cannot be kept.
        """
        return await self._answer(WebRequest(url, etag, last_modified, delay_seconds, accept))

    async def get_many(self, requests: Iterable[WebRequest], on_done: OnDone) -> None:
        """Ask many addresses: in order and one at once for each host, hosts in parallel.

        Args:
            requests: What to ask.
            on_done: Called with each request and its answer as soon as it is there; what it raises ends the whole.
        """
        queues: dict[str, list[WebRequest]] = {}
        for request in requests:
            queues.setdefault(host_key(request.url), []).append(request)

        async def work(queue: list[WebRequest]) -> None:
            for request in queue:
                on_done(request, await self._answer(request))

        try:
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(work(queue))
        except BaseExceptionGroup as failures:
            # The caller's own error, as it was raised: the others are cancellations that followed from it.
            raise failures.exceptions[0] from None

    async def _answer(self, request: WebRequest) -> Answer:
        trip = _Trip()
        try:
            return await self._follow(request, trip)
        except RefusedError as refused:
            return Refusal(
                url=shown_url(request.url),
                reason=refused.reason,
                detail=refused.detail,
                status=refused.status,
                attempts=trip.attempts,
                retry_after=refused.retry_after,
                heals=REASONS[refused.reason] != "mended",
                hops=tuple(trip.hops),
            )

    async def _follow(self, request: WebRequest, trip: _Trip) -> Reply:
        asked = target = check_url(request.url, self._settings)
        for _ in range(self._settings.max_redirects + 1):
            crawl_delay = await self._robots.check(target)
            headers = self._headers(target, request, trip, validators=same_site(asked, target))
            delay = self._delay(request.delay_seconds, crawl_delay, trip)
            hop = await self._persist(target, headers, delay, trip)
            trip.hops.append((target.text, hop.status))
            if hop.status not in REDIRECTS:
                return _reply(request.url, target, headers, hop, trip)
            keep_cookies(trip.cookies, target, hop)
            target = next_target(target, hop, self._settings)
        raise RefusedError("redirect_limit", f"more than {self._settings.max_redirects} redirects")

    async def _ask_robots(self, target: Target, cut_at: int) -> Hop:
        """Fetch a robots.txt; its redirects are vetted like any other, robots.txt itself is not asked about them."""
        trip = _Trip()
        request = WebRequest(target.text, accept="text/plain,*/*;q=0.5")
        for _ in range(self._settings.max_redirects + 1):
            headers = self._headers(target, request, trip, validators=False)
            hop = await self._persist(target, headers, self._settings.default_delay_seconds, trip, cut_at)
            if hop.status not in REDIRECTS:
                return hop
            target = next_target(target, hop, self._settings)
        raise RefusedError("redirect_limit", f"more than {self._settings.max_redirects} redirects")

    async def _persist(
        self, target: Target, headers: Headers, delay: float, trip: _Trip, cut_at: int | None = None
    ) -> Hop:
        """Return the first answer among as many attempts as the failures in between are worth."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._attempt(target, headers, delay, trip, cut_at)
            except RefusedError as refused:
                if not self._worth_another(refused, attempt):
                    raise
                if refused.retry_after is None:
                    # Full jitter: hosts that fell over together are not asked again together.
                    longest = min(self._settings.retry_cap_seconds, _FIRST_BACKOFF_SECONDS * 2**attempt)
                    await self._timing.sleep(longest * self._timing.chance())

    async def _attempt(self, target: Target, headers: Headers, delay: float, trip: _Trip, cut_at: int | None) -> Hop:
        host = self._host(target.host)
        async with host.lock:
            await host.turn(delay)
            trip.attempts += 1
            try:
                crowded = self._places.locked()
                async with self._places:
                    if crowded:
                        host.starts_late(delay)
                    hop = await self._line.ask(target, headers, cut_at)
                check_status(hop, self._timing.now())
            except RefusedError as refused:
                if refused.reason in _HOST_FAILS:
                    host.failed()
                if refused.retry_after is not None:
                    host.pause(refused.retry_after)
                raise
            host.succeeded()
            return hop

    def _worth_another(self, refused: RefusedError, attempt: int) -> bool:
        if refused.retry_after is not None and refused.retry_after > self._settings.retry_cap_seconds:
            return False
        allowed = {"retried": self._settings.retries, "once": min(1, self._settings.retries)}
        return attempt <= allowed.get(REASONS[refused.reason], 0)

    def _headers(self, target: Target, request: WebRequest, trip: _Trip, *, validators: bool) -> Headers:
        found = [
            ("Host", target.netloc),
            ("User-Agent", self._settings.user_agent),
            ("Accept", request.accept or ACCEPT),
            ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ]
        if validators:
            found += [
                (name, value)
                for name, value in (
                    ("If-None-Match", request.etag),
                    ("If-Modified-Since", request.last_modified),
                )
                if value and value.isprintable() and value.isascii()
            ]
        cookies = trip.cookies.get(target.origin)
        if cookies:
            found.append(("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items())))
        return tuple(found)

    def _delay(self, asked: float | None, crawl_delay: float | None, trip: _Trip) -> float:
        delay = self._settings.default_delay_seconds if asked is None else asked
        if crawl_delay is None:
            return delay
        if crawl_delay > self._settings.retry_cap_seconds:
            trip.warnings.append("crawl_delay_capped")
        return max(delay, min(crawl_delay, self._settings.retry_cap_seconds))

    def _host(self, name: str) -> Host:
        if name not in self._hosts:
            self._hosts[name] = Host(name, self._state_dir, self._settings, self._timing)
        return self._hosts[name]


def _reply(url: str, target: Target, headers: Headers, hop: Hop, trip: _Trip) -> Reply:
    shown = shown_url(url)
    return Reply(
        url=shown,
        # As it was asked where nothing redirected: another spelling of it would look like another address.
        final_url=target.text if len(trip.hops) > 1 else shown,
        status=hop.status,
        headers=hop.headers,
        request_headers=headers,
        body=hop.body,
        wire_bytes=hop.wire_bytes,
        http_version=hop.http_version,
        hops=tuple(trip.hops),
        started_at=hop.started_at,
        ended_at=hop.ended_at,
        attempts=trip.attempts,
        warnings=tuple(dict.fromkeys((*hop.warnings, *trip.warnings))),
    )
