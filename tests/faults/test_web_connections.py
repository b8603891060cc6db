"""Servers that answer nothing, or no HTTP; wrong certificates; names that change: H2, H11, H12, H17, H22."""

import asyncio
import gzip
import random
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tasks.fetch.web.client import Refusal
from tasks.fetch.web.stream import SocketStream, open_stream
from tests.fault_server import FaultServer, answer, page, redirect, silent, then_close
from tests.faults.web import ask, refusal, reply, settings

PAGE = page()
PUBLIC = "93.184.215.14"


# --- H2 -----------------------------------------------------------------------------------------------------------


def test_h2_no_response_after_accept() -> None:
    with FaultServer({"/page": silent}) as server:
        refused = refusal(ask(settings(server, retries=1, read_timeout=0.3), server.url("/page")), "timeout")
    assert refused.heals
    assert refused.attempts == 2


def test_h2_no_accept() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    port = listener.getsockname()[1]
    fillers = []
    # A full backlog: the kernel answers no further SYN.
    for _ in range(8):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(("127.0.0.1", port))
        fillers.append(filler)
    try:
        web = settings(ports=(port,), retries=0, connect_timeout=0.3)
        refused = refusal(ask(web, f"http://127.0.0.1:{port}/"), "robots_unreachable")
    finally:
        for each in (*fillers, listener):
            each.close()
    assert "timeout" in refused.detail
    assert refused.heals


def test_h2_nobody_listens() -> None:
    with FaultServer({"/robots.txt": answer(b"", content_type="text/plain")}) as server:
        url, web = server.url("/page"), settings(server, retries=1)
    refused = refusal(ask(web, url), "robots_unreachable")
    assert "connect" in refused.detail
    assert refused.heals


# --- H11, H12 -----------------------------------------------------------------------------------------------------


class Rebinding:
    """A name that leads to a public address first and to this machine afterwards."""

    def __init__(self) -> None:
        self.lookups = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.lookups += 1
        return [PUBLIC] if self.lookups == 1 else ["127.0.0.1"]


def test_h11_the_connection_goes_to_the_vetted_address_and_keeps_the_name() -> None:
    rebinding, connected = Rebinding(), []
    with FaultServer({"/page": answer(PAGE)}) as server:

        async def connect(address: str, port: int) -> SocketStream:
            # The public address stands in for a server; what matters is that it is the one asked for.
            connected.append(address)
            return await open_stream("127.0.0.1", port)

        web = settings(server, allow_private_hosts=False)
        url = server.url("/page", host="rebinding.example")
        got = reply(ask(web, url, resolver=rebinding, connect=connect))
        assert got.body == PAGE
        assert {request.headers["host"] for request in server.requests} == {f"rebinding.example:{server.port}"}
    # robots.txt and the page: one connection, one lookup, no second answer taken.
    assert connected == [PUBLIC]
    assert rebinding.lookups == 1


def test_h11_the_second_answer_is_vetted_when_a_new_connection_asks_for_it() -> None:
    rebinding, connected = Rebinding(), []
    with FaultServer({"/page": then_close(answer(PAGE))}) as server:

        async def connect(address: str, port: int) -> SocketStream:
            connected.append(address)
            return await open_stream("127.0.0.1", port)

        url = server.url("/page", host="rebinding.example")
        web = settings(server, allow_private_hosts=False)
        first, second = ask(web, url, url, resolver=rebinding, connect=connect)
    assert reply([first]).body == PAGE
    refusal([second], "blocked_address")
    assert connected == [PUBLIC]


def test_h11_one_blocked_address_among_public_ones_is_enough() -> None:
    async def mixed(host: str, port: int) -> list[str]:
        return [PUBLIC, "10.0.0.7"]

    async def connect(address: str, port: int) -> SocketStream:
        raise AssertionError(f"connected to {address}")

    with FaultServer() as server:
        url = server.url(host="mixed.example")
        web = settings(server, allow_private_hosts=False)
        assert "10.0.0.7" in refusal(ask(web, url, resolver=mixed, connect=connect), "blocked_address").detail


def test_h11_the_second_address_is_tried_when_the_first_is_dead() -> None:
    async def two(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async def connect(address: str, port: int) -> SocketStream:
        if address == "127.0.0.2":
            await asyncio.sleep(10)
        return await open_stream(address, port)

    with FaultServer({"/page": answer(PAGE)}) as server:
        url = server.url("/page", host="two.example")
        assert reply(ask(settings(server), url, resolver=two, connect=connect)).body == PAGE


def test_a_name_that_does_not_resolve_is_refused_as_such() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with FaultServer() as server:
        refused = refusal(ask(settings(server), server.url(host="no.example"), resolver=nowhere), "dns")
    assert refused.heals


def test_h12_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    with FaultServer() as proxy, FaultServer({"/page": answer(PAGE)}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setenv("NETRC", str(netrc))
        assert reply(ask(settings(server), server.url("/page"))).body == PAGE
        assert proxy.requests == []
        assert all("authorization" not in request.headers for request in server.requests)


# --- H17 ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(issuer: trustme.CA, name: str, *, expired: bool = False) -> ssl.SSLContext:
    past = datetime.now(UTC) - timedelta(days=1)
    certificate = issuer.issue_cert(name, **({"not_after": past} if expired else {}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


async def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    ("fault", "says"),
    [("expired", "expired"), ("self-signed", "certificate"), ("wrong host", "ministry.example")],
)
def test_h17_a_wrong_certificate_is_refused_and_the_opt_out_is_by_name(authority, fault: str, says: str) -> None:
    issuer = trustme.CA() if fault == "self-signed" else authority
    name = "other.example" if fault == "wrong host" else "ministry.example"
    with FaultServer({"/page": answer(PAGE)}, tls=server_context(issuer, name, expired=fault == "expired")) as server:
        url, trust = server.url("/page", host="ministry.example"), trusting(authority)
        refused = refusal(ask(settings(server), url, resolver=loopback, trust=trust), "tls")
        assert says in refused.detail
        assert refused.attempts == 0, "robots.txt was not to be had, the page was not asked for"
        other = settings(server, insecure_hosts=("another.example",))
        refusal(ask(other, url, resolver=loopback, trust=trust), "tls")
        opted_out = settings(server, insecure_hosts=("ministry.example",))
        got = reply(ask(opted_out, url, resolver=loopback, trust=trust))
    assert got.body == PAGE
    assert got.warnings == ("tls_not_verified",)


def test_h17_a_good_certificate_needs_no_opt_out_and_leaves_no_warning(authority) -> None:
    body = page("long " * 60_000)
    with FaultServer({"/page": answer(body)}, tls=server_context(authority, "ministry.example")) as server:
        url = server.url("/page", host="ministry.example")
        got = reply(ask(settings(server, max_wire_bytes=10**6), url, resolver=loopback, trust=trusting(authority)))
    assert (got.body, got.warnings) == (body, ())


def test_h17_a_stalled_handshake_is_a_timeout(authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        web = settings(ports=(port,), retries=0, connect_timeout=0.3)
        url = f"https://ministry.example:{port}/"
        refused = refusal(ask(web, url, resolver=loopback, trust=trusting(authority)), "robots_unreachable")
    assert "timeout" in refused.detail


# --- H22 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 1_000_000 + b"\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 abc Fine\r\nContent-Length: 0\r\n\r\n", "bad_response"),
        (b"HTTP/9 200 OK\r\n\r\n", "bad_response"),
        (b"<html>no HTTP at all</html>\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello", "bad_response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "bad_response"),
        (b"HTTP/1.1 302 Found\r\nLocation: /x\rSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[half\r\nContent-Length: 0\r\n\r\n", "bad_url"),
        (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\n\r\nhello", "bad_response"),
        (b"HTTP/1.1 777 Lucky\r\nContent-Length: 0\r\n\r\n", "bad_response"),
    ],
)
def test_h22_what_is_no_valid_http_is_refused(wire: bytes, reason: str) -> None:
    with FaultServer({"/page": then_close(wire)}) as server:
        assert refusal(ask(settings(server), server.url("/page")), reason).attempts == 1


def test_h22_many_headers_and_line_breaks_in_a_location_are_no_trouble() -> None:
    many = b"".join(b"X-Header-%d: %d\r\n" % (number, number) for number in range(300))
    split = b"HTTP/1.1 302 Found\r\n" + many + b"Location: /page%0d%0aSet-Cookie:%20a=b\r\nContent-Length: 0\r\n\r\n"
    path = "/page%0d%0aSet-Cookie:%20a=b"
    with FaultServer({"/start": then_close(split), path: answer(PAGE)}) as server:
        got = reply(ask(settings(server), server.url("/start")))
        assert "cookie" not in server.asked(path)[0].headers
    assert got.body == PAGE


def test_h22_a_connection_that_ends_without_an_answer_is_retried() -> None:
    with FaultServer({"/page": [then_close(b""), answer(PAGE)]}) as server:
        assert reply(ask(settings(server), server.url("/page"))).attempts == 2


def test_h22_replies_with_damage_anywhere_are_replies_or_refusals() -> None:
    chance = random.Random(7)  # noqa: S311 # damage, not a secret
    originals = [
        answer(PAGE, Set_Cookie="a=b", ETag='"x"'),
        answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" + b"x" * 16 + b"\r\n0\r\n\r\n",
        redirect("http://127.0.0.1/elsewhere"),
    ]

    def damaged(data: bytes) -> bytes:
        wire = bytearray(data)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(wire))
            wire[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4)) or b"\r\n"
        return bytes(wire)

    routes = {f"/{number}": then_close(damaged(chance.choice(originals))) for number in range(200)}
    with FaultServer(routes) as server:
        web = settings(server, retries=0, read_timeout=0.3)
        answers = ask(web, *[server.url(path) for path in routes])
    assert len(answers) == len(routes)
    reasons = {answer.reason for answer in answers if isinstance(answer, Refusal)}
    assert {"bad_response", "truncated"} <= reasons
