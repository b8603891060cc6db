"""The clock, the wait and the dice of the client in one place, so that a test can hold them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time (UTC)."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """What time it is, how to wait, and chance.

    Attributes:
        now: The time (UTC).
        sleep: Waits so many seconds.
        chance: A number in [0, 1), for jitter.
    """

    now: Callable[[], datetime] = utc_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
