"""HTTP/2 where it is offered: the same replies and refusals as over HTTP/1.1."""

import socket
import ssl
import threading
from collections.abc import Iterator

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from tasks.fetch.web.client import Refusal
from tests.fault_server import page
from tests.faults.web import ask, refusal, reply, settings

PAGE = page()
AUTHORITY = trustme.CA()


class Http2Server:
    """A server that speaks nothing but HTTP/2; `/cut` ends with a reset in the middle of its body.

    Attributes:
        asked: Path and :authority of each request.
        names: Server names of the handshakes.
        garbage: Path → bytes that follow the answer and are no frame.
    """

    def __init__(self, listener: socket.socket) -> None:
        self.asked: list[tuple[str, str]] = []
        self.names: list[str | None] = []
        self.garbage: dict[str, bytes] = {}
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        AUTHORITY.issue_cert("ministry.example").configure_cert(self._context)
        self._context.set_alpn_protocols(["h2"])
        self._context.sni_callback = lambda _, name, __: self.names.append(name)

    def serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            with plain, self._context.wrap_socket(plain, server_side=True) as connection:
                self._talk(connection)

    def _talk(self, connection: ssl.SSLSocket) -> None:
        state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        state.initiate_connection()
        connection.sendall(state.data_to_send())
        while data := self._receive(connection):
            for event in state.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = dict(event.headers)
                    self.asked.append((headers[":path"], headers[":authority"]))
                    self._answer(state, event.stream_id, headers[":path"])
            connection.sendall(state.data_to_send() + self.garbage.get(self.asked[-1][0] if self.asked else "", b""))

    @staticmethod
    def _receive(connection: ssl.SSLSocket) -> bytes:
        try:
            return connection.recv(65536)
        except OSError:
            return b""

    def _answer(self, state: h2.connection.H2Connection, stream: int, path: str) -> None:
        if path in self.garbage:
            return
        if path == "/robots.txt":
            state.send_headers(stream, [(":status", "404")], end_stream=True)
            return
        state.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
        state.send_data(stream, PAGE[: 40 if path == "/cut" else None], end_stream=path != "/cut")
        if path == "/cut":
            state.reset_stream(stream)


@pytest.fixture
def server() -> Iterator[Http2Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    running = Http2Server(listener)
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    yield running
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


async def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def trust() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    AUTHORITY.configure_trust(context)
    return context


def test_http_2_is_spoken_where_it_is_offered(server: Http2Server) -> None:
    url = f"https://ministry.example:{server.port}/page"
    first, second = ask(settings(ports=(server.port,)), url, url, resolver=loopback, trust=trust())
    for got in (reply([first]), reply([second])):
        assert (got.http_version, got.status, got.body) == ("HTTP/2", 200, PAGE)
    authority = f"ministry.example:{server.port}"
    assert server.asked == [("/robots.txt", authority), ("/page", authority), ("/page", authority)]
    assert server.names == ["ministry.example"], "one connection for all, with the name in the handshake"


def test_h3_a_stream_that_is_reset_is_truncated(server: Http2Server) -> None:
    web = settings(ports=(server.port,), retries=0)
    url = f"https://ministry.example:{server.port}/cut"
    assert refusal(ask(web, url, resolver=loopback, trust=trust()), "truncated").heals


@pytest.mark.parametrize(
    "garbage", [b"\xff" * 100, b"HTTP/1.1 200 OK\r\n\r\nhello", bytes(9) * 20, b"\0\0\5\1\4\0\0\0\1hello"]
)
def test_h22_what_is_no_valid_http_2_is_refused(server: Http2Server, garbage: bytes) -> None:
    server.garbage["/page"] = garbage
    url = f"https://ministry.example:{server.port}/page"
    (got,) = ask(settings(ports=(server.port,), retries=0), url, resolver=loopback, trust=trust())
    assert isinstance(got, Refusal)
    assert got.reason in ("bad_response", "disconnected", "timeout"), got
