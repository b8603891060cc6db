"""One request to one vetted address: sent, answered, read within every limit, and nothing more."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass
from datetime import datetime

import httpcore2
import httpx2

from tasks.fetch.web.decode import content_codings, decode_body
from tasks.fetch.web.exchange import Headers, RefusedError
from tasks.fetch.web.guard import Target
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.stream import SocketStream
from tasks.fetch.web.timing import Timing
from tasks.fetch.web.transport import PinnedBackend

# Statuses whose body somebody wants; of any other reply only the head is read.
WITH_BODY = frozenset({200, 203, 404, 410})
WHOLE = WITH_BODY | {204, 205, 304}
_HTML_START = re.compile(rb"<html[\s>]", re.IGNORECASE)
_HTML_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_KEEPALIVE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer. The attributes are those of `tasks.fetch.web.exchange.Reply`; `body` is empty for a redirect."""

    status: int
    headers: Headers
    body: bytes
    wire_bytes: int
    http_version: str
    started_at: datetime
    ended_at: datetime
    warnings: tuple[str, ...]

    def header(self, name: str) -> str | None:
        """Return the value of a header, whatever its case; the first one if it is repeated."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Line:
    """The connections, kept open between requests to one origin.

    httpcore2, the layer under httpx2's client, and not that client: it keeps no cookies, reads no proxy and no netrc
    from the environment, follows no redirect and decompresses nothing, all of which would pass by the guard.

    Args:
        settings: Limits.
        timing: The clock.
        backend: The network.
        trust: Certificates to verify by, if not the system's.
    """

    def __init__(
        self, settings: WebSettings, timing: Timing, backend: PinnedBackend, trust: ssl.SSLContext | None
    ) -> None:
        self._settings = settings
        self._timing = timing
        self._backend = backend
        self._verified = self._pool(trust or httpx2.create_ssl_context(trust_env=False))
        self._unverified = self._pool(httpx2.create_ssl_context(verify=False)) if settings.insecure_hosts else None

    async def aclose(self) -> None:
        """Close all connections."""
        await self._verified.aclose()
        if self._unverified is not None:
            await self._unverified.aclose()

    async def ask(self, target: Target, headers: Headers, cut_at: int | None = None) -> Hop:
        """Send one request and read its answer.

        Args:
            target: The vetted address.
            headers: Request headers, Host among them.
            cut_at: Read so many bytes of the body and leave the rest.

        Raises:
            RefusedError: No whole answer, or one beyond the limits.
        """
        started_at = self._timing.now()
        try:
            async with asyncio.timeout(self._settings.total_deadline) as deadline:
                return await self._exchange(target, headers, cut_at, started_at)
        except TimeoutError as error:
            if not deadline.expired():
                raise
            limit = self._settings.total_deadline
            raise RefusedError("deadline", f"the answer was not complete within {limit:g} s") from error

    async def _exchange(self, target: Target, headers: Headers, cut_at: int | None, started_at: datetime) -> Hop:
        unverified = target.scheme == "https" and target.host in self._settings.insecure_hosts
        pool = self._unverified if unverified and self._unverified is not None else self._verified
        url = httpcore2.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        )
        timeouts = {"connect": self._settings.connect_timeout, "read": self._settings.read_timeout}
        timeouts["write"] = self._settings.read_timeout
        try:
            async with pool.stream(
                "GET",
                url,
                headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
                extensions={"timeout": timeouts},
            ) as response:
                wire, warnings = b"", ["tls_not_verified"] if unverified else []
                if response.status in WHOLE:
                    wire = await self._read(response, cut_at)
                    if cut_at is None and response.status in WITH_BODY:
                        warnings += _ended_oddly(response, wire)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise _refused_before(error) from error
        limits = self._settings
        body, trailing = (b"", False)
        if response.status in WITH_BODY:
            codings = content_codings(response.headers)
            body, trailing = decode_body(wire, codings, limits.max_decoded_bytes, limits.max_ratio, cut_at)
            if _looks_cut(response, wire, body):
                warnings.append("short_content_length")
        if trailing:
            warnings.append("trailing_bytes")
        version = response.extensions["http_version"].decode("ascii", "replace")
        return Hop(
            response.status,
            tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers),
            body,
            len(wire),
            version,
            started_at,
            self._timing.now(),
            tuple(dict.fromkeys(warnings)),
        )

    async def _read(self, response: httpcore2.Response, cut_at: int | None) -> bytes:
        limit = self._settings.max_wire_bytes if cut_at is None else cut_at
        declared = _content_length(response)
        if cut_at is None and declared is not None and declared > limit:
            raise RefusedError("too_large", f"the body has {declared} bytes, more than {limit}", response.status)
        wire = bytearray()
        try:
            async for chunk in response.aiter_stream():
                wire += chunk
                if len(wire) > limit:
                    if cut_at is not None:
                        break
                    raise RefusedError("too_large", f"the body has more than {limit} bytes", response.status)
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            detail = f"the body ended after {len(wire)} bytes, before its end ({error})"
            raise RefusedError("truncated", detail, response.status) from error
        return bytes(wire)

    def _pool(self, context: ssl.SSLContext) -> httpcore2.AsyncConnectionPool:
        return httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=4 * self._settings.max_hosts_at_once,
            max_keepalive_connections=2 * self._settings.max_hosts_at_once,
            keepalive_expiry=_KEEPALIVE_SECONDS,
            http2=True,
            network_backend=self._backend,
        )


def _refused_before(error: Exception) -> RefusedError:
    """Return why there was no answer, for an error of httpcore2 before the body."""
    cause = error.__cause__ or error.__context__
    if isinstance(error, httpcore2.TimeoutException):
        return RefusedError("timeout", str(error))
    if isinstance(error, httpcore2.ConnectError):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return RefusedError("tls", f"the certificate does not verify: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError):
            return RefusedError("tls", f"no TLS with this server: {cause.reason or cause}")
        return RefusedError("connect", str(error) or "no connection")
    if isinstance(error, httpcore2.NetworkError):
        return RefusedError("disconnected", str(error) or "the connection was lost")
    if isinstance(error, httpcore2.RemoteProtocolError) and cause is None:
        # Raised by httpcore2 itself when the connection ends where an answer should begin.
        return RefusedError("disconnected", str(error))
    return RefusedError("bad_response", f"no valid HTTP: {str(error)[:200]}")


def _content_length(response: httpcore2.Response) -> int | None:
    for name, value in response.headers:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return None


def _ended_oddly(response: httpcore2.Response, wire: bytes) -> list[str]:
    """Return a warning where bytes follow the declared end of the body; they may be the rest of the page."""
    stream = response.extensions.get("network_stream")
    if not isinstance(stream, SocketStream) or response.extensions["http_version"] == b"HTTP/2":
        return []
    declared = _content_length(response)
    return ["short_content_length"] if declared is not None and stream.surplus(len(wire)) else []


def _looks_cut(response: httpcore2.Response, wire: bytes, body: bytes) -> bool:
    """Return whether an HTML page of declared or undeclared length ends before its end tag.

    A chunked body, and one over HTTP/2, says itself where it ends; there a missing end tag is only sloppy.
    """
    framed = any(name.lower() == b"transfer-encoding" for name, _ in response.headers)
    if framed or response.extensions["http_version"] == b"HTTP/2" or not wire:
        return False
    return bool(_HTML_START.search(body[:4096])) and not _HTML_END.search(body[-8192:])
