"""A socket as httpcore2 wants it, on asyncio alone; it knows what came in after the body it should have ended with.

httpcore2's own streams go through anyio. This one costs less per read, and can tell the two things the client has to
know: whether bytes lie unread when a reply is over, and that such a connection must not serve the next request.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from typing import Any, cast

import httpcore2

# Bytes held for a reader before the sender is told to stop.
HIGH_WATER = 256 * 1024
_HEAD_END = re.compile(rb"\n\r?\n")
_INFORMATIONAL = re.compile(rb"HTTP/1\.[01] 1\d\d")
# httpcore2 gives up on a head of 100 kB.
_MAX_HEAD = 128 * 1024


class _Inbox(asyncio.Protocol):
    """What asyncio delivers, until somebody reads it."""

    # Set by `connection_made`, before anybody else sees the protocol.
    transport: asyncio.Transport

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.eof = False
        self.error: Exception | None = None
        self._paused = False
        self._news = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) > HIGH_WATER and not self._paused:
            self._paused = True
            self.transport.pause_reading()
        self._news.set()

    def eof_received(self) -> bool:
        self.eof = True
        self._news.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.eof = True
        self.error = exc
        self._news.set()
        self._writable.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    async def take(self, max_bytes: int) -> bytes:
        """Return up to so many bytes as soon as there are any; none at the end."""
        while not self.buffer:
            if self.error is not None:
                raise self.error
            if self.eof:
                return b""
            self._news.clear()
            await self._news.wait()
        data = bytes(self.buffer[:max_bytes])
        del self.buffer[:max_bytes]
        if self._paused and len(self.buffer) < HIGH_WATER // 2:
            self._paused = False
            self.transport.resume_reading()
        return data

    async def drained(self) -> None:
        """Return when the peer takes bytes again."""
        await self._writable.wait()


class SocketStream(httpcore2.AsyncNetworkStream):
    """One connection.

    Args:
        inbox: Its protocol, connected.
    """

    def __init__(self, inbox: _Inbox) -> None:
        self._inbox = inbox
        self._head = bytearray()
        self._after_head: int | None = None
        self._spoiled = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return up to so many bytes, none at the end of the stream."""
        try:
            if not self._inbox.buffer:
                async with asyncio.timeout(timeout):
                    data = await self._inbox.take(max_bytes)
            else:
                data = await self._inbox.take(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(f"no byte within {timeout} s") from error
        except (OSError, ssl.SSLError) as error:
            raise httpcore2.ReadError(str(error)) from error
        self._count(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        if not buffer:
            return
        self._head, self._after_head = bytearray(), None
        transport = self._inbox.transport
        if transport.is_closing():
            raise httpcore2.WriteError("the connection is closed")
        transport.write(buffer)
        try:
            async with asyncio.timeout(timeout):
                await self._inbox.drained()
        except TimeoutError as error:
            raise httpcore2.WriteTimeout(f"nothing taken within {timeout} s") from error

    async def aclose(self) -> None:
        """Drop the connection; what has not been read of an endless body is not read."""
        self._inbox.transport.abort()
        # The transport lets go of its socket in the next turn of the loop.
        await asyncio.sleep(0)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        """Return the same connection under TLS."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(
                    self._inbox.transport, self._inbox, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            await self.aclose()
            raise httpcore2.ConnectTimeout(f"no TLS handshake within {timeout} s") from error
        except (ssl.SSLError, OSError) as error:
            await self.aclose()
            raise httpcore2.ConnectError(str(error)) from error
        except BaseException:
            await self.aclose()
            raise
        # None only for a transport that is closing already; reading from the old one then says so.
        self._inbox.transport = transport or self._inbox.transport
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore2 asks for: `ssl_object`, `is_readable`, `socket`, `server_addr`, `client_addr`."""
        if info == "is_readable":
            return bool(self._spoiled or self._inbox.buffer or self._inbox.eof)
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._inbox.transport.get_extra_info(names.get(info, info))

    def surplus(self, body_bytes: int) -> bool:
        """Return whether more came after the head of an HTTP/1.1 reply than its body; then nobody may reuse this.

        Args:
            body_bytes: Length of the body, sent with a Content-Length.
        """
        self._spoiled = bool(self._inbox.buffer) or (self._after_head is not None and self._after_head > body_bytes)
        return self._spoiled

    def _count(self, data: bytes) -> None:
        """Count what came after the head of the reply to the last request."""
        if self._after_head is not None:
            self._after_head += len(data)
        elif len(self._head) < _MAX_HEAD:
            # What was searched before is not searched again, but for the beginning of an end.
            searched = max(0, len(self._head) - 2)
            self._head += data
            end = _HEAD_END.search(self._head, searched)
            while end and _INFORMATIONAL.match(self._head):
                del self._head[: end.end()]
                end = _HEAD_END.search(self._head)
            if end:
                self._after_head = len(self._head) - end.end()


async def open_stream(address: str, port: int) -> SocketStream:
    """Connect to an IP address.

    Raises:
        OSError: No connection.
    """
    loop = asyncio.get_running_loop()
    _, inbox = await loop.create_connection(_Inbox, address, port)
    return SocketStream(inbox)
