"""Manners: waiting when asked to, robots.txt, one request at a time, giving up: H13, H14, H16, H27, T5."""

import asyncio
import multiprocessing
import socket
import threading
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tasks.fetch.web.client import Refusal, Reply, WebClient, WebRequest
from tests.fault_server import FaultServer, Request, answer, page, redirect, silent, then_close
from tests.faults.web import NOON, TRUSTS_NOBODY, Clock, ask, ask_in_a_process, refusal, reply, settings

PAGE = page()


def busy(retry_after: str, status: str = "429 Too Many Requests") -> bytes:
    return answer(b"later", status, "text/plain", Retry_After=retry_after)


async def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


# --- H13, T5 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("retry_after", ["30", format_datetime(NOON + timedelta(seconds=30), usegmt=True)])
def test_h13_retry_after_is_honoured(status: str, retry_after: str) -> None:
    clock = Clock()
    with FaultServer({"/page": [busy(retry_after, status), answer(PAGE)]}) as server:
        got = reply(ask(settings(server), server.url("/page"), clock=clock))
    assert got.attempts == 2
    assert sum(clock.waits) == pytest.approx(30, abs=0.01)


def test_h13_a_wait_beyond_the_cap_is_left_to_a_later_run_and_kept(tmp_path: Path) -> None:
    clock = Clock()
    with FaultServer({"/page": [busy("600"), answer(PAGE)], "/other": answer(PAGE)}) as server:
        web = settings(server, retry_cap_seconds=60)
        first, other = ask(web, server.url("/page"), server.url("/other"), clock=clock, state_dir=tmp_path)
        assert refusal([first], "http_429").retry_after == 600
        # The same host, in this process and in the next one, before its time.
        assert refusal([other], "asked_to_wait").heals
        clock.now += timedelta(seconds=300)
        refusal(ask(web, server.url("/other"), clock=clock, state_dir=tmp_path), "asked_to_wait")
        clock.now += timedelta(seconds=301)
        reply(ask(web, server.url("/page"), clock=clock, state_dir=tmp_path))
    assert clock.waits == []


def test_h13_other_hosts_go_on_meanwhile(tmp_path: Path) -> None:
    waits: list[str] = []
    done: list[str] = []
    clock = Clock()

    async def asking(requests: list[WebRequest]) -> None:
        blocked = asyncio.Event()

        async def sleep(seconds: float) -> None:
            # The busy host's wait lasts until the other host is through: it must not be the other way round.
            waits.append(f"{seconds:.0f}")
            await asyncio.wait_for(blocked.wait(), 5)
            clock.now += timedelta(seconds=seconds)

        def on_done(request: WebRequest, answer: Reply | Refusal) -> None:
            assert isinstance(answer, Reply)
            done.append(request.url)
            if len(done) == 5:
                blocked.set()

        timing = type(clock.timing())(lambda: clock.now, sleep, lambda: 0.5)
        web = settings(server)
        async with WebClient(web, tmp_path, timing=timing, resolver=loopback, trust=TRUSTS_NOBODY) as client:
            await client.get_many(requests, on_done)

    with FaultServer({"/busy": [busy("40"), answer(PAGE)], "/page": answer(PAGE)}) as server:
        other = [WebRequest(server.url("/page", host="quick.example")) for _ in range(5)]
        asyncio.run(asking([WebRequest(server.url("/busy", host="busy.example")), *other]))
    assert done == [*(request.url for request in other), server.url("/busy", host="busy.example")]
    assert waits == ["40"]


@pytest.mark.parametrize(
    ("retry_after", "understood"),
    [
        ("Fri, 20 Nov 2099 12:00:00 GMT", True),
        ("999999999", True),
        *[(garbage, False) for garbage in ("999999999999999999999999", "-5", "soon", "", "1.5e9")],
    ],
)
def test_t5_a_senseless_retry_after_stops_no_run_and_silences_no_source(
    tmp_path: Path, retry_after: str, understood: bool
) -> None:
    clock = Clock()
    # Patient with a busy machine: a timeout would be waited for as well.
    patient = {"retry_cap_seconds": 60, "read_timeout": 10, "total_deadline": 20}
    with FaultServer({"/page": [busy(retry_after), answer(PAGE)]}) as server:
        (got,) = ask(settings(server, **patient), server.url("/page"), clock=clock, state_dir=tmp_path)
        # What is longer than a run waits ends the asking for this run; what is no wish is a failure like any other.
        assert clock.waits == ([] if understood else [pytest.approx(1)])
        # Whatever it said, a day later the host is asked again.
        clock.now += timedelta(days=1, seconds=1)
        reply(ask(settings(server), server.url("/page"), clock=clock, state_dir=tmp_path))
    if understood:
        assert refusal([got], "http_429").heals
    else:
        assert reply([got]).attempts == 2


# --- H14 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "504 Gateway Timeout"])
def test_h14_a_flapping_server_is_asked_again_with_jitter(status: str) -> None:
    failing = answer(b"", status)
    waits = {}
    for chance in (0.1, 0.9):
        clock = Clock(chance=chance)
        with FaultServer({"/page": [failing, failing, answer(PAGE)]}) as server:
            assert reply(ask(settings(server), server.url("/page"), clock=clock)).attempts == 3
        waits[chance] = clock.waits
    assert waits == {0.1: pytest.approx([0.2, 0.4]), 0.9: pytest.approx([1.8, 3.6])}


def test_h14_the_circuit_opens_for_the_host_and_closes_again(tmp_path: Path) -> None:
    clock = Clock()
    robots = answer(b"", content_type="text/plain")
    with FaultServer({"/robots.txt": robots, "/page": answer(b"", "500 Oops"), "/good": answer(PAGE)}) as server:
        web = settings(server, retries=0, breaker_failures=3, breaker_rest_seconds=100)

        async def asking() -> list[str]:
            found = []
            async with WebClient(
                web, tmp_path, timing=clock.timing(), resolver=loopback, trust=TRUSTS_NOBODY
            ) as client:

                async def note(host: str, path: str) -> None:
                    got = await client.get(server.url(path, host=host))
                    found.append(got.reason if isinstance(got, Refusal) else str(got.status))

                for _ in range(4):
                    await note("failing.example", "/page")
                await note("other.example", "/good")
                clock.now += timedelta(seconds=101)
                await note("failing.example", "/page")
                await note("failing.example", "/good")
                clock.now += timedelta(seconds=101)
                await note("failing.example", "/good")
                await note("failing.example", "/page")
                await note("failing.example", "/good")
            return found

        found = asyncio.run(asking())
    # Three failures open it; after its rest one more failure opens it at once, one success closes it for good.
    assert found == [
        *["http_5xx"] * 3,
        "circuit_open",
        "200",
        "http_5xx",
        "circuit_open",
        "200",
        "http_5xx",
        "200",
    ]
    assert len(server.asked("/page")) == 5


def test_h14_what_cannot_heal_is_not_asked_again() -> None:
    with FaultServer({"/page": answer(b"", "403 Forbidden")}) as server:
        refused = refusal(ask(settings(server), server.url("/page")), "http_4xx")
    assert (refused.attempts, refused.heals, refused.status) == (1, False, 403)


# --- H16 ----------------------------------------------------------------------------------------------------------

TEXT = "text/plain"
FORBID = b"User-agent: *\nDisallow: /page\n"
ALLOW = b"User-agent: *\nAllow: /\n"


@pytest.mark.parametrize(
    ("robots", "verdict"),
    [
        (answer(FORBID, content_type=TEXT), "robots_disallowed"),
        (answer(b"User-agent: Communique\nDisallow: /\n\n" + ALLOW, content_type=TEXT), "robots_disallowed"),
        (answer(b"User-agent: *\nDisallow: /\n\nUser-agent: communique\nAllow: /\n", content_type=TEXT), "allowed"),
        (answer(b"User-agent: *\nDisallow: /\nAllow: /pag\n", content_type=TEXT), "allowed"),
        (answer(b"", "404 Not Found"), "allowed"),
        (answer(b"", "410 Gone"), "allowed"),
        (answer(FORBID, "403 Forbidden", TEXT), "allowed"),
        (answer(FORBID, "401 Unauthorized", TEXT), "allowed"),
        (answer(b"", "500 Oops"), "robots_unreachable"),
        (answer(b"", "503 Busy"), "robots_unreachable"),
        (answer(b"", "429 Too Many Requests"), "robots_unreachable"),
        (silent, "robots_unreachable"),
        (then_close(b""), "robots_unreachable"),
        (answer(b"\xef\xbb\xbf" + FORBID, content_type=TEXT), "robots_disallowed"),
        (answer(b"<!doctype html><html><body>User-agent: *<br>\nDisallow: /</body></html>"), "allowed"),
        (answer(b"", content_type=TEXT), "allowed"),
        (answer(b"\x00\xff\xfe garbage \n" * 50, content_type=TEXT), "allowed"),
        (answer(b"# filler\n" * 20_000 + FORBID, content_type=TEXT), "robots_disallowed"),
        (answer(b"# filler\n" * 80_000 + FORBID, content_type=TEXT), "allowed"),
        (answer(FORBID + b"# filler\n" * 80_000, content_type=TEXT), "robots_disallowed"),
        ([redirect("/elsewhere.txt")], "robots_disallowed"),
        (redirect("/robots.txt"), "allowed"),
    ],
    ids=[
        "disallow", "us by name", "us allowed by name", "longest match", "404", "410", "403", "401", "500", "503",
        "429", "timeout", "no answer", "byte order mark", "html", "empty", "garbage", "180 kB", "rule after 500 kB",
        "rule before 500 kB", "redirect", "redirects for ever",
    ],
)  # fmt: skip
def test_h16_robots_txt_as_rfc_9309_says(robots, verdict: str) -> None:
    routes = {"/robots.txt": robots, "/page": answer(PAGE), "/elsewhere.txt": answer(FORBID, content_type=TEXT)}
    with FaultServer(routes) as server:
        (got,) = ask(settings(server, retries=0), server.url("/page"))
        asked = len(server.asked("/page"))
    if verdict == "allowed":
        assert isinstance(got, Reply)
    else:
        assert refusal([got], verdict).heals is (verdict == "robots_unreachable")
        assert asked == 0


def test_h16_rules_are_asked_for_once_a_day() -> None:
    clock = Clock()
    with FaultServer({"/robots.txt": answer(b"", content_type=TEXT), "/page": answer(PAGE)}) as server:
        # Each page waits nearly a day for the one before it; the fourth comes when the rules are two days old.
        later = WebRequest(server.url("/page"), delay_seconds=86_000)
        ask(settings(server), *[later] * 4, clock=clock)
        assert len(server.asked("/page")) == 4
        assert len(server.asked("/robots.txt")) == 2


def test_h16_rules_that_could_not_be_had_are_asked_for_again_after_ten_minutes(tmp_path: Path) -> None:
    clock = Clock()

    async def asking() -> list[Reply | Refusal]:
        web = settings(server, retries=0)
        async with WebClient(web, tmp_path, timing=clock.timing(), trust=TRUSTS_NOBODY) as client:
            found = [await client.get(server.url("/page")) for _ in range(3)]
            assert len(server.asked("/robots.txt")) == 1
            clock.now += timedelta(seconds=601)
            return [*found, await client.get(server.url("/page"))]

    routes = {"/robots.txt": [answer(b"", "500 Oops"), answer(b"", content_type=TEXT)], "/page": answer(PAGE)}
    with FaultServer(routes) as server:
        *unreachable, got = asyncio.run(asking())
    for each in unreachable:
        refusal([each], "robots_unreachable")
    reply([got])


@pytest.mark.parametrize(
    ("crawl_delay", "own", "wait", "warnings"),
    [("7", 2.0, 7, ()), ("1", 3.0, 3, ()), ("3600", 2.0, 60, ("crawl_delay_capped",)), ("soon", 2.0, 2, ())],
)
def test_h16_crawl_delay_is_kept_up_to_the_cap(crawl_delay: str, own: float, wait: float, warnings) -> None:
    clock = Clock()
    rules = f"User-agent: *\nCrawl-delay: {crawl_delay}\n".encode()
    with FaultServer({"/robots.txt": answer(rules, content_type=TEXT), "/page": answer(PAGE)}) as server:
        request = WebRequest(server.url("/page"), delay_seconds=own)
        first, second = ask(settings(server), request, request, clock=clock)
    assert reply([first]).warnings == reply([second]).warnings == warnings
    assert clock.waits == [pytest.approx(wait)]


# --- H27 ----------------------------------------------------------------------------------------------------------


def test_h27_hundreds_of_addresses_of_a_host_listed_twice_are_asked_one_at_a_time(tmp_path: Path) -> None:
    answers: list[Reply | Refusal] = []
    with FaultServer({f"/{number}": answer(PAGE) for number in range(250)}) as server:
        server.answer_seconds = 0.001

        async def asking() -> None:
            # The same host in two spellings is one host.
            hosts = ("ministry.example", "MINISTRY.example")
            requests = [WebRequest(server.url(f"/{number}", host=host)) for number in range(250) for host in hosts]
            web = settings(server)
            async with WebClient(web, tmp_path, resolver=loopback, trust=TRUSTS_NOBODY) as client:
                await client.get_many(requests, lambda _, got: answers.append(got))

        asyncio.run(asking())
    assert len(answers) == 500
    assert all(isinstance(got, Reply) for got in answers)
    assert server.most_at_once == 1
    assert len(server.asked("/robots.txt")) == 1


def test_h27_hosts_are_asked_in_parallel_as_many_as_there_are_places(tmp_path: Path) -> None:
    together = threading.Barrier(2)
    got: list[Reply | Refusal] = []

    def wait_for_another(connection: socket.socket, _: Request) -> bool:
        together.wait(10)
        connection.sendall(answer(PAGE))
        return True

    async def asking(places: int) -> None:
        requests = [WebRequest(server.url("/page", host=f"host{number}.example")) for number in range(6)]
        web = settings(server, max_hosts_at_once=places, read_timeout=10, total_deadline=20)
        async with WebClient(web, tmp_path, resolver=loopback, trust=TRUSTS_NOBODY) as client:
            await client.get_many(requests, lambda _, found: got.append(found))

    with FaultServer({"/page": wait_for_another}) as server:
        asyncio.run(asking(places=4))
    assert [type(each) for each in got] == [Reply] * 6
    assert server.most_at_once <= 4
    with FaultServer({"/page": answer(PAGE)}) as server:
        server.answer_seconds = 0.01
        asyncio.run(asking(places=1))
    assert server.most_at_once == 1


def test_h27_the_delay_holds_between_processes(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    server = FaultServer({"/page": answer(PAGE)})
    arguments = (server.url("/page"), server.port, tmp_path, results)
    # Forked before the server has threads; its socket listens already.
    processes = [context.Process(target=ask_in_a_process, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    with server:
        started = [moment for _ in processes for moment in results.get(timeout=60)]
        for process in processes:
            process.join(60)
        assert len(server.requests) == 6, "two for robots.txt, four for the page"
    # Each process has a clock of its own that moves only while it waits: in any order no moment is given twice.
    seconds = sorted((moment - NOON).total_seconds() for moment in started)
    assert len(set(seconds)) == 4
    assert set(seconds) <= {0, 10, 20, 30, 40, 50}


def test_h27_the_delay_holds_from_one_run_to_the_next(tmp_path: Path) -> None:
    clock = Clock()
    with FaultServer({"/page": answer(PAGE)}) as server:
        web = settings(server, default_delay_seconds=5)
        ask(web, server.url("/page"), clock=clock, state_dir=tmp_path)
        assert clock.waits == [5]
        clock.now += timedelta(seconds=2)
        ask(web, server.url("/page"), clock=clock, state_dir=tmp_path)
    assert clock.waits == [5, pytest.approx(3, abs=0.01), 5]


@pytest.mark.parametrize("state", [b"", b"garbage\n", b"99999999999.000 99999999999.000\n", b"\xff" * 64])
def test_h27_a_spoilt_state_file_or_a_clock_set_back_stops_nobody_for_long(tmp_path: Path, state: bytes) -> None:
    clock = Clock()
    with FaultServer({"/page": answer(PAGE)}) as server:
        web = settings(server, default_delay_seconds=5, retry_cap_seconds=60)
        ask(web, server.url("/page"), clock=clock, state_dir=tmp_path)
        (file,) = tmp_path.iterdir()
        file.write_bytes(state)
        clock.now += timedelta(days=1)
        (got,) = ask(web, server.url("/page"), clock=clock, state_dir=tmp_path)
        if isinstance(got, Refusal):
            assert got.reason == "asked_to_wait"
            clock.now += timedelta(days=1, seconds=1)
            reply(ask(web, server.url("/page"), clock=clock, state_dir=tmp_path))


def test_an_error_of_the_caller_ends_the_whole_and_is_its_own(tmp_path: Path) -> None:
    class FullError(Exception):
        pass

    def on_done(request: WebRequest, got: Reply | Refusal) -> None:
        raise FullError(request.url)

    async def asking() -> None:
        async with WebClient(settings(server), tmp_path, resolver=loopback, trust=TRUSTS_NOBODY) as client:
            await client.get_many([WebRequest(server.url("/page", host=f"h{n}.example")) for n in range(3)], on_done)

    with FaultServer({"/page": answer(PAGE)}) as server, pytest.raises(FullError):
        asyncio.run(asking())
