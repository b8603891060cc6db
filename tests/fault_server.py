"""A web server on 127.0.0.1 that does wrong what it is told to: raw sockets, one thread a connection.

A route is what stands on the wire: bytes, or a function that gets the socket and the request and does what it likes, or
a list of these, one for each request, the last one for all that follow. `answer` writes a right reply, to be spoilt.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

# True: the connection may serve another request.
Act = Callable[[socket.socket, "Request"], bool]
Step = bytes | Act
Route = Step | Sequence[Step]

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request as received."""

    path: str
    head: str
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(
    body: bytes = b"", status: str = "200 OK", content_type: str = HTML, length: int | None = None, **headers: str
) -> bytes:
    """Return a reply; `length` is what it claims of its body where that is a lie; `_` in a header is `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}"]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def page(text: str = "Return officials met in Budva.", title: str = "Meeting in Budva") -> bytes:
    """Return an HTML page."""
    return f"<!doctype html><html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()


def redirect(location: str, status: str = "302 Found", **headers: str) -> bytes:
    """Return a redirect."""
    return answer(b"", status, Location=location, **headers)


def then_close(data: bytes) -> Act:
    """Send the bytes and end the connection."""

    def act(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        return False

    return act


def then_reset(data: bytes) -> Act:
    """Send the bytes and break the connection off (RST)."""

    def act(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    return act


def silent(connection: socket.socket, _: Request) -> bool:
    """Say nothing until the client gives up."""
    connection.settimeout(20)
    connection.recv(1)
    return False


def drip(data: bytes, pause: float) -> Act:
    """Send byte by byte, with a pause after each."""

    def act(connection: socket.socket, _: Request) -> bool:
        for position in range(len(data)):
            connection.sendall(data[position : position + 1])
            time.sleep(pause)
        return False

    return act


def endless(head: bytes, piece: bytes) -> Act:
    """Send the head and then the same piece for ever."""

    def act(connection: socket.socket, _: Request) -> bool:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return act


class FaultServer:
    """The server; a context manager.

    Args:
        routes: Path → what is sent. Another path is 404, robots.txt among them.
        tls: Speaks TLS with this context.

    Attributes:
        requests: What was asked, in order.
        most_at_once: Most requests that were being answered at the same moment.
        answer_seconds: How long each right answer takes.
    """

    def __init__(self, routes: Mapping[str, Route] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.answer_seconds = 0.0
        self._tls = tls
        self._busy = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str | None = None) -> str:
        return f"{scheme or ('https' if self._tls else 'http')}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """Return the requests for one path."""
        return [request for request in self.requests if request.path == path]

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with self._lock:
                self._open.add(connection)
            while (request := self._receive(connection)) and self._respond(connection, request):
                pass
        except OSError:
            pass  # The client has hung up, as clients of this server do.
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _receive(self, connection: socket.socket) -> Request | None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65536)
            if not data:
                return None
            head += data
        text = head.decode("latin-1")
        fields = dict(line.split(": ", 1) for line in text.split("\r\n")[1:] if ": " in line)
        request = Request(text.split(" ")[1], text, {k.lower(): v for k, v in fields.items()})
        with self._lock:
            self.requests.append(request)
        return request

    def _respond(self, connection: socket.socket, request: Request) -> bool:
        with self._lock:
            route = self.routes.get(request.path, answer(b"not here", "404 Not Found", "text/plain"))
            if not isinstance(route, bytes) and not callable(route):
                route = route[min(len(self.asked(request.path)), len(route)) - 1]
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
        try:
            if callable(route):
                return route(connection, request)
            time.sleep(self.answer_seconds)
        finally:
            # Before the last byte leaves: who has it may ask again at once, and was never asking twice.
            with self._lock:
                self._busy -= 1
        connection.sendall(route)
        return True
