"""Manners towards one host: one request at a time, its delay, its wish to be left alone, and our own when it fails.

When the next request may start stands in a small file for each host, so that the delay holds between processes and from
one run to the next. A request reserves its moment before it waits for it; nobody holds the file while waiting.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.timing import Timing
from warehouse.errors import StorageError

# Longest a host is left alone at its own wish: a date in 2099 must not silence a source for good.
MAX_PAUSE_SECONDS = 86_400.0
_STATE_BYTES = 64


class Host:
    """One host.

    Args:
        name: The host.
        state_dir: Where its file lies.
        settings: Limits.
        timing: The clock.

    Attributes:
        lock: Held by the one request that is under way.
    """

    def __init__(self, name: str, state_dir: Path, settings: WebSettings, timing: Timing) -> None:
        self.lock = asyncio.Lock()
        self._name = name
        self._path = state_dir / _file_name(name)
        self._settings = settings
        self._timing = timing
        self._failures = 0
        self._rests_until = 0.0
        self._descriptor: int | None = None

    async def turn(self, delay: float) -> None:
        """Wait until the next request may start, and reserve the one after it.

        Args:
            delay: Seconds from start to start.

        Raises:
            RefusedError: circuit_open while the host is left alone after failures; asked_to_wait where it wants to be
                left alone for longer than a run waits.
        """
        now = self._now()
        if now < self._rests_until:
            left = self._rests_until - now
            raise RefusedError(
                "circuit_open", f"{self._name} failed {self._failures} times in a row; left alone {left:.0f} s"
            )
        starts_at = self._reserve(now, delay)
        if starts_at > now:
            await self._timing.sleep(starts_at - now)

    def starts_late(self, delay: float) -> None:
        """Note that the request whose turn it was starts only now: the next one keeps its distance from that."""
        with _Exclusive(self._file()) as state:
            next_at, paused_until = state.read()
            state.write(max(next_at, self._now() + delay), paused_until)

    def succeeded(self) -> None:
        """Note that the host answers."""
        self._failures = 0

    def failed(self) -> None:
        """Note that it does not; after so many times in a row it is left alone, and then given one try."""
        self._failures += 1
        if self._failures >= self._settings.breaker_failures:
            self._rests_until = self._now() + self._settings.breaker_rest_seconds

    def pause(self, seconds: float) -> None:
        """Keep the host's wish to be left alone for so long, at most a day."""
        with _Exclusive(self._file()) as state:
            next_at, paused_until = state.read()
            state.write(next_at, max(paused_until, self._now() + min(seconds, MAX_PAUSE_SECONDS)))

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _reserve(self, now: float, delay: float) -> float:
        """Return when this request may start; the next one may so many seconds later."""
        longest = max(delay, self._settings.retry_cap_seconds)
        with _Exclusive(self._file()) as state:
            next_at, paused_until = state.read()
            # A clock that was set back, or a spoilt file, must not stop a source for years.
            paused_until = min(paused_until, now + MAX_PAUSE_SECONDS)
            wait = paused_until - now
            if wait > self._settings.retry_cap_seconds:
                state.write(next_at, paused_until)
                raise RefusedError("asked_to_wait", f"{self._name} asks to be left alone for {wait:.0f} s", None, wait)
            starts_at = max(now, min(next_at, now + longest), paused_until)
            state.write(starts_at + delay, paused_until)
        return starts_at

    def _now(self) -> float:
        return self._timing.now().timestamp()

    def _file(self) -> int:
        if self._descriptor is None:
            try:
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            except OSError as error:
                raise cannot_keep(self._path, error) from error
        return self._descriptor


class _Exclusive:
    """The file of a host while nobody else has it: two times as text, in seconds since 1970."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> _Exclusive:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def read(self) -> tuple[float, float]:
        """Return when the next request may start and until when the host wants none; what is no number counts as 0."""
        match = re.match(rb"(\d{1,12}\.\d{3}) (\d{1,12}\.\d{3})\n", os.pread(self._descriptor, _STATE_BYTES, 0))
        return (float(match[1]), float(match[2])) if match else (0.0, 0.0)

    def write(self, next_at: float, paused_until: float) -> None:
        """Store both, in a line of constant length: a reader never finds half of an older one."""
        os.pwrite(self._descriptor, b"%016.3f %016.3f\n" % (max(next_at, 0), max(paused_until, 0)), 0)


def cannot_keep(path: Path, error: OSError) -> StorageError:
    """Return the error for a state directory that cannot be used: without it nobody keeps to any delay."""
    return StorageError(f"the delays of hosts cannot be kept ({error.strerror})", str(path), "Check its rights.")


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for; None where it is absent, negative or garbage.

    Args:
        value: Seconds, or a date as HTTP writes it.
        now: The time (UTC).
    """
    if value is None:
        return None
    text = value.strip()
    if re.fullmatch(r"[0-9]{1,12}", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()
    return seconds if seconds >= 0 else None


def _file_name(host: str) -> str:
    """Return a safe name for a host's file that people still recognise."""
    digest = hashlib.sha256(host.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{re.sub(r'[^a-z0-9.-]', '_', host)[:60].strip('.')}-{digest}.host"
