"""A publisher's site on loopback: pages a test puts there, moves and takes down, and what was asked of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What one path answers.

    Attributes:
        body: The bytes.
        status: HTTP status.
        content_type: Declared media type.
        headers: Others.
        validated: Whether it has an ETag made of its bytes, and answers 304 to it.
        after: Nothing is answered before this is set; None where nothing is waited for.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    validated: bool = True
    after: threading.Event | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass
class Site:
    """The site.

    Attributes:
        url: Its address, without a slash at the end.
        paths: Path → what it answers; any other path is 404.
        log: Every request as (path, status, bytes of the body sent), in order.
    """

    url: str
    port: int
    paths: dict[str, Answer] = field(default_factory=dict)
    log: list[tuple[str, int, int]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8", **other: object) -> str:
        """Put something under a path and return its address."""
        data = body if isinstance(body, bytes) else body.encode()
        self.paths[path] = Answer(data, content_type=content_type, **other)  # type: ignore[arg-type]  # fields
        return f"{self.url}{path}"

    def move(self, old: str, new: str) -> None:
        """Move a page: the old address redirects for good."""
        self.paths[new] = self.paths[old]
        self.paths[old] = Answer(status=301, headers={"Location": new})

    def take_down(self, path: str, status: int = 410) -> None:
        """Take a page down."""
        self.paths[path] = Answer(b"<p>This page is no longer here.</p>", status)

    def asked(self, path: str) -> list[int]:
        """The statuses with which a path was answered, in order."""
        return [status for asked, status, _ in self.log if asked == path]


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site on loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = site.paths.get(self.path) or Answer(b"not found", 404, "text/plain")
            if answer.after is not None:
                answer.after.wait()
            body, status = answer.body, answer.status
            tagged = answer.validated and status == 200
            if tagged and self.headers.get("If-None-Match") == answer.etag:
                body, status = b"", 304
            site.log.append((self.path, status, len(body)))
            self.send_response(status)
            if tagged:
                self.send_header("ETag", answer.etag)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    site = Site(f"http://127.0.0.1:{port}", port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
