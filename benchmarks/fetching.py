"""How fast and in how little memory the web client fetches, all guards on, beside httpx2 as it comes.

The server is another process on loopback, so that only the client's CPU seconds are counted; it sends the sample pages
compressed, as servers do.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar

import httpx2

from benchmarks import corpus
from benchmarks.timing import Figure, Scale, Wanted, medians, taking_turns
from tasks.fetch.web.client import Answer, Refusal, Reply, WebClient, WebRequest, WebSettings
from tasks.fetch.web.options import user_agent

CONTACT = "https://example.org/contact"


class _PageServer(asyncio.Protocol):
    """Answers every request of a connection with the page of its path."""

    pages: ClassVar[dict[bytes, bytes]] = {}
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(self.pages.get(data.split(b" ", 2)[1], self.missing))


def _serve(pages: dict[bytes, bytes], ready: Connection) -> None:
    async def serving() -> None:
        _PageServer.pages = pages
        server = await asyncio.get_running_loop().create_server(_PageServer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serving())


@contextmanager
def _server(pages: dict[bytes, bytes]) -> Iterator[int]:
    """Run the server in a process of its own; its port."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(pages, sending), daemon=True)
    process.start()
    # With this end closed here too, a server that does not come up ends the wait below.
    sending.close()
    try:
        yield receiving.recv()
    finally:
        process.terminate()
        process.join()


def _response(body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _settings(port: int) -> WebSettings:
    return WebSettings(CONTACT, user_agent(CONTACT), allow_private_hosts=True, ports=(port,), default_delay_seconds=0)


def requests(scratch: Path, scale: Scale) -> list[Figure]:
    """Measure the client's requests per CPU second against plain httpx2, one request at a time both."""
    bodies = [_response(gzip.compress(body)) for body in corpus.sample_pages(1)]
    paths = [f"/{number}" for number in range(scale.fetched)]
    pages = {path.encode(): bodies[number % len(bodies)] for number, path in enumerate(paths)}
    with _server(pages) as port:
        urls = [f"http://127.0.0.1:{port}{path}" for path in paths]

        async def guarded() -> None:
            done: list[Answer] = []
            async with WebClient(_settings(port), scratch / "hosts") as client:
                await client.get_many(map(WebRequest, urls), lambda _, answer: done.append(answer))
            assert len(done) == scale.fetched
            assert all(isinstance(answer, Reply) and answer.status == 200 and answer.body for answer in done)

        async def plain() -> None:
            async with httpx2.AsyncClient(trust_env=False) as client:
                for url in urls:
                    assert (await client.get(url)).content

        half = medians(
            taking_turns(scale.turns, ours=lambda: asyncio.run(guarded()), plain=lambda: asyncio.run(plain()))
        )
    rate = {name: scale.fetched / seconds for name, seconds in half.items()}
    return [
        Figure(
            f"fetch, {scale.fetched} pages of one host, all guards on",
            rate["ours"],
            "requests / CPU s",
            "httpx2 as it comes, no guard",
            rate["plain"],
            rate["ours"] / rate["plain"],
            scale.turns,
            "times its rate; the client also vets addresses, asks robots.txt, keeps delays and bounds every body",
            Wanted("ours", "≥", 500),
        )
    ]


def bomb_memory(scale: Scale) -> list[Figure]:
    """Measure how much the resident memory grows under a gzip bomb, in a process of its own for each client."""
    engine = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    bomb = b"".join(engine.compress(zeros) for _ in range(scale.bomb_bytes // len(zeros))) + engine.flush()
    page = _response(gzip.compress(corpus.sample_pages(1)[0]))
    with _server({b"/page": page, b"/bomb": _response(bomb)}) as port:
        grown = {name: _grown(name, port) for name in ("ours", "plain")}
    return [
        Figure(
            f"memory under a gzip bomb of {scale.bomb_bytes // 1_000_000} MB",
            grown["ours"],
            "MB resident, grown",
            "httpx2 as it comes, read whole",
            grown["plain"],
            grown["ours"] / grown["plain"],
            1,
            "times its growth; after a first page, at the highest point",
            Wanted("ours", "≤", 50),
        )
    ]


def _grown(name: str, port: int) -> float:
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_MEASURES[name], args=(port, sending))
    process.start()
    process.join()
    assert process.exitcode == 0
    return float(receiving.recv())


def _ours(port: int, result: Connection) -> None:
    async def asking(directory: str) -> None:
        async with WebClient(_settings(port), Path(directory)) as client:
            assert isinstance(await client.get(f"http://127.0.0.1:{port}/page"), Reply)
            before = _peak_mb()
            answer = await client.get(f"http://127.0.0.1:{port}/bomb")
            assert isinstance(answer, Refusal), answer
            assert answer.reason == "bomb", answer
            result.send(_peak_mb() - before)

    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(asking(directory))


def _plain(port: int, result: Connection) -> None:
    async def asking() -> None:
        async with httpx2.AsyncClient(trust_env=False) as client:
            await client.get(f"http://127.0.0.1:{port}/page")
            before = _peak_mb()
            assert (await client.get(f"http://127.0.0.1:{port}/bomb")).content
            result.send(_peak_mb() - before)

    asyncio.run(asking())


_MEASURES: dict[str, Callable[[int, Connection], None]] = {"ours": _ours, "plain": _plain}


def _peak_mb() -> float:
    """Return the most memory this process ever held resident (MB), as the kernel counts it."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1024 / 1e6
