"""Asking a fault server through the real client, with short limits and a clock that a wait moves on."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from tasks.fetch.web.client import Answer, Refusal, Reply, WebClient, WebRequest, WebSettings
from tasks.fetch.web.timing import Timing
from tests.fault_server import FaultServer

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SETTINGS = WebSettings(
    contact="desk@example.org",
    user_agent="Communique/1.0 (+desk@example.org)",
    allow_private_hosts=True,
    connect_timeout=0.6,
    read_timeout=0.6,
    total_deadline=1.5,
    max_wire_bytes=300_000,
    max_decoded_bytes=3_000_000,
    retries=2,
    breaker_failures=1000,
    default_delay_seconds=0,
)
# Trusts nobody: the system's certificates take longer to load than most of these tests.
TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class Clock:
    """A clock that stands still until somebody waits; it remembers how long they did.

    Attributes:
        now: The time (UTC).
        waits: Seconds of every wait.
        chance: What the dice show.
    """

    now: datetime = NOON
    waits: list[float] = field(default_factory=list)
    chance: float = 0.5

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def timing(self) -> Timing:
        return Timing(now=lambda: self.now, sleep=self.sleep, chance=lambda: self.chance)


def settings(*servers: FaultServer, **changes: Any) -> WebSettings:
    """Return the short limits, with the servers' ports open, and some of them changed."""
    return replace(SETTINGS, **{"ports": tuple(server.port for server in servers), **changes})


def ask(
    web: WebSettings,
    *requests: str | WebRequest,
    clock: Clock | None = None,
    state_dir: Path | None = None,
    trust: ssl.SSLContext | None = None,
    **client: Any,
) -> list[Answer]:
    """Ask one address after the other with one client and return the answers."""

    async def asking(directory: Path) -> list[Answer]:
        timing = (clock or Clock()).timing()
        async with WebClient(web, directory, timing=timing, trust=trust or TRUSTS_NOBODY, **client) as asked:
            answers = []
            for request in (WebRequest(each) if isinstance(each, str) else each for each in requests):
                answer = await asked.get(
                    request.url,
                    etag=request.etag,
                    last_modified=request.last_modified,
                    delay_seconds=request.delay_seconds,
                )
                answers.append(answer)
            return answers

    if state_dir is not None:
        return asyncio.run(asking(state_dir))
    with tempfile.TemporaryDirectory() as directory:
        return asyncio.run(asking(Path(directory)))


def reply(answers: Sequence[Answer]) -> Reply:
    """Return the only answer, which must be a reply."""
    (answer,) = answers
    assert isinstance(answer, Reply), answer
    return answer


def refusal(answers: Sequence[Answer], reason: str) -> Refusal:
    """Return the only answer, which must be a refusal for that reason."""
    (answer,) = answers
    assert isinstance(answer, Refusal), answer
    assert answer.reason == reason, answer
    return answer


def ask_in_a_process(url: str, port: int, state_dir: Path, started: Queue[list[datetime]]) -> None:
    """Ask an address twice with a delay of ten seconds and a clock of its own; put there when each began."""
    answers = ask(settings(ports=(port,), default_delay_seconds=10), url, url, state_dir=state_dir)
    started.put([answer.started_at for answer in answers if isinstance(answer, Reply)])
