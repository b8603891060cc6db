"""Connections to vetted addresses only: a name is resolved once, its addresses are vetted, one of them is connected to.

Nothing resolves the name a second time, so that a name which answers differently the second time (DNS rebinding) gains
nothing. The Host header, the name in the TLS handshake and the name in the certificate stay those of the address asked.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore2

from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.guard import check_address
from tasks.fetch.web.stream import open_stream

Resolve = Callable[[str, int], Awaitable[list[str]]]
Connect = Callable[[str, int], Awaitable[httpcore2.AsyncNetworkStream]]
# Of a host with many addresses so many are tried.
MAX_ADDRESSES = 4


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the system's order of preference (RFC 6724).

    Raises:
        OSError: There are none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class PinnedBackend(httpcore2.AsyncNetworkBackend):
    """httpcore2's network, with the guard before every connection.

    Args:
        allow_private: Whether loopback and private networks may be asked.
        resolver: Finds the addresses of a host.
        connect: Connects to an address.
    """

    def __init__(self, allow_private: bool, resolver: Resolve = resolve, connect: Connect = open_stream) -> None:
        self._allow_private = allow_private
        self._resolve = resolver
        self._connect = connect

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to one of the host's vetted addresses.

        Raises:
            RefusedError: dns, or blocked_address if one of the addresses is: a name that leads into a private network
                among others is no name of a publisher.
            httpcore2.ConnectError: None of the addresses takes the connection.
            httpcore2.ConnectTimeout: Not in time.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._vetted(host, port)
                return await self._first(addresses, port, timeout)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(f"no connection within {timeout} s") from error

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _vetted(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise RefusedError("dns", f"{host} does not resolve ({error.strerror or error})") from error
        for address in addresses:
            check_address(address, self._allow_private)
        return addresses[:MAX_ADDRESSES]

    async def _first(self, addresses: list[str], port: int, timeout: float | None) -> httpcore2.AsyncNetworkStream:
        """Return a connection to the first address that takes one; each has its share of the time."""
        share = None if timeout is None else timeout / len(addresses)
        failure: OSError | None = None
        for address in addresses:
            try:
                async with asyncio.timeout(share):
                    return await self._connect(address, port)
            except OSError as error:  # TimeoutError among them
                failure = error
        if isinstance(failure, TimeoutError):
            raise failure
        raise httpcore2.ConnectError(str(failure)) from failure
