"""What robots.txt allows (RFC 9309): the rules are Protego's, what to do when there are none is here.

A file that the host says is not there (4xx) allows everything; one that cannot be had (5xx, 429, no answer) forbids
everything for now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.guard import Target
from tasks.fetch.web.hop import Hop
from tasks.fetch.web.options import PRODUCT, WebSettings
from tasks.fetch.web.timing import Timing

# RFC 9309, 2.5: at least 500 kibibytes must be read; what comes after is not.
MAX_BYTES = 500 * 1024
# A host that does not answer is not asked for its rules before each of its pages.
UNREACHABLE_SECONDS = 600.0
# RFC 9309, 2.3.1.2: after five redirects the file counts as unavailable, which allows everything.
_UNAVAILABLE = frozenset({"http_4xx", "redirect_limit"})
# What is true of the host, not of its robots.txt.
_OF_THE_HOST = frozenset({"circuit_open", "asked_to_wait", "blocked_address", "blocked_port", "dns", "tls"})
# What the client knows better a moment later, and asks nobody for.
_PASSING = frozenset({"circuit_open", "asked_to_wait"})

AskRobots = Callable[[Target, int], Awaitable[Hop]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one origin until a moment (seconds since 1970): its rules, or why there are none."""

    until: float
    rules: Protego | None
    failure: RefusedError | None


class Robots:
    """The rules of every origin asked so far.

    Args:
        ask: Fetches a robots.txt, redirects followed, at most so many bytes of it.
        settings: How long rules are taken as known.
        timing: The clock.
    """

    def __init__(self, ask: AskRobots, settings: WebSettings, timing: Timing) -> None:
        self._ask = ask
        self._settings = settings
        self._timing = timing
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, target: Target) -> float | None:
        """Return the Crawl-delay in seconds, if the rules give one.

        Raises:
            RefusedError: robots_disallowed, robots_unreachable, or what keeps anybody from asking the host at all.
        """
        known = await self._rules(target)
        if known.failure is not None:
            raise RefusedError(*known.failure.args)
        if known.rules is None:
            return None
        if not known.rules.can_fetch(target.text, PRODUCT):
            raise RefusedError("robots_disallowed", f"{target.origin}/robots.txt does not allow {target.path[:200]}")
        return known.rules.crawl_delay(PRODUCT)

    async def _rules(self, target: Target) -> _Known:
        origin = target.origin
        known = self._known.get(origin)
        if known is not None and self._now() < known.until:
            return known
        async with self._locks.setdefault(origin, asyncio.Lock()):
            known = self._known.get(origin)
            if known is None or self._now() >= known.until:
                known = self._known[origin] = await self._fetch(target)
        return known

    async def _fetch(self, target: Target) -> _Known:
        url = f"{target.origin}/robots.txt"
        try:
            hop = await self._ask(Target(url, target.scheme, target.host, target.port, "/robots.txt"), MAX_BYTES)
        except RefusedError as refused:
            if refused.reason in _UNAVAILABLE:
                return self._keep(None)
            soon = self._now() + UNREACHABLE_SECONDS
            if refused.reason in _OF_THE_HOST:
                return _Known(soon if refused.reason not in _PASSING else 0.0, None, refused)
            detail = f"{url} cannot be had ({refused.reason}: {refused.detail})"
            return _Known(soon, None, RefusedError("robots_unreachable", detail, refused.status, refused.retry_after))
        return self._keep(parse(hop.body) if hop.status in (200, 203) else None)

    def _keep(self, rules: Protego | None) -> _Known:
        return _Known(self._now() + self._settings.robots_ttl_seconds, rules, None)

    def _now(self) -> float:
        return self._timing.now().timestamp()


def parse(body: bytes) -> Protego | None:
    """Return the rules of a robots.txt; None for an HTML page that was sent in its place."""
    if len(body) >= MAX_BYTES:
        # The last line was cut, and half a path would forbid more than the whole one.
        body = body[: body.rfind(b"\n") + 1]
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return None if text.lstrip()[:1] == "<" else Protego.parse(text)
