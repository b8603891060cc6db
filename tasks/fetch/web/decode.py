"""Content codings undone piece by piece, so that a small body can never become a large one in memory.

Each coding gives at most `PIECE` bytes at a time; the sizes are judged before the next piece is asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # it has no stubs
import pyarrow as pa

from tasks.fetch.web.exchange import RefusedError

PIECE = 64 * 1024
# What servers are known to do by mistake is to compress twice; more is an attack.
MAX_CODINGS = 3
# Below this no expansion is worth a question: a page of blanks compresses a thousandfold.
RATIO_FLOOR = 1_000_000

Pieces = Iterator[bytes]


def content_codings(headers: list[tuple[bytes, bytes]]) -> list[str]:
    """Return the codings that were applied to a body, in that order.

    Raises:
        RefusedError: bad_encoding: one that nobody has heard of, or too many.
    """
    values = ",".join(value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding")
    found = [coding for value in values.split(",") if (coding := value.strip().lower()) not in ("", "identity")]
    unknown = [coding for coding in found if coding not in _DECODERS]
    if unknown:
        raise RefusedError("bad_encoding", f"unknown Content-Encoding {unknown[0][:40]!r}")
    if len(found) > MAX_CODINGS:
        raise RefusedError("bad_encoding", f"{len(found)} content codings on one body")
    return found


def decode_body(
    wire: bytes, codings: list[str], max_bytes: int, max_ratio: float, cut_at: int | None = None
) -> tuple[bytes, bool]:
    """Return a body without its content codings, and whether bytes came after the end of one.

    Args:
        wire: The body as sent.
        codings: What was applied to it, in order.
        max_bytes: Most bytes that any of the codings may give.
        max_ratio: Most bytes given for one byte sent, once there are more than `RATIO_FLOOR`.
        cut_at: Return so many bytes at most and ask for no more; a body that was cut short is then none.

    Raises:
        RefusedError: bomb, bad_encoding or truncated.
    """
    if not codings or not wire:
        return (wire if cut_at is None else wire[:cut_at]), False
    trailing: list[str] = []
    pieces: Pieces = _pieces(wire)
    for coding in reversed(codings):
        pieces = _bounded(_DECODERS[coding](pieces, trailing), max_bytes, max(RATIO_FLOOR, int(max_ratio * len(wire))))
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if cut_at is not None and len(body) >= cut_at:
                return bytes(body[:cut_at]), False
    except (zlib.error, brotli.error, OSError) as error:
        raise RefusedError("bad_encoding", f"the body is not {', '.join(codings)}: {error}") from error
    except _CutShortError as error:
        if cut_at is None:
            raise RefusedError("truncated", f"the {error} body ends before its end") from error
    return bytes(body), bool(trailing)


class _CutShortError(Exception):
    """A compressed body ended before its end."""


def _pieces(data: bytes) -> Pieces:
    view = memoryview(data)
    return (bytes(view[start : start + PIECE]) for start in range(0, len(data), PIECE))


def _bounded(pieces: Pieces, max_bytes: int, max_expanded: int) -> Pieces:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise RefusedError("bomb", f"more than {max_bytes} bytes after decompression")
        if size > max_expanded:
            raise RefusedError("bomb", f"decompression gives more than {max_expanded} bytes for what was sent")
        yield piece


def _inflate(pieces: Pieces, trailing: list[str], wbits: int, name: str) -> Pieces:
    """Undo gzip, zlib or raw deflate; several gzip members in a row are one body (RFC 1952)."""
    engine = zlib.decompressobj(wbits)
    for data in pieces:
        while True:
            if engine.eof:
                if name != "gzip" or not data.startswith(b"\x1f"):
                    trailing.append(name)
                    return
                engine = zlib.decompressobj(wbits)
            plain = engine.decompress(data, PIECE)
            data = engine.unused_data if engine.eof else engine.unconsumed_tail
            if plain:
                yield plain
            if not data and (engine.eof or not plain):
                break
    if not engine.eof:
        raise _CutShortError(name)


def _gzip(pieces: Pieces, trailing: list[str]) -> Pieces:
    return _inflate(pieces, trailing, 16 + zlib.MAX_WBITS, "gzip")


def _deflate(pieces: Pieces, trailing: list[str]) -> Pieces:
    """Undo deflate: RFC 9110 means zlib's format, many servers send it bare."""
    first = next(pieces, b"")
    has_header = len(first) > 1 and first[0] & 0x0F == 8 and int.from_bytes(first[:2]) % 31 == 0
    wbits = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
    return _inflate(_chain(first, pieces), trailing, wbits, "deflate")


def _brotli(pieces: Pieces, trailing: list[str]) -> Pieces:
    engine = brotli.Decompressor()
    for piece in pieces:
        if engine.is_finished():
            trailing.append("br")
            return
        plain = engine.process(piece, output_buffer_limit=PIECE)
        while plain or not engine.can_accept_more_data():
            yield plain
            if engine.is_finished():
                break
            plain = engine.process(b"", output_buffer_limit=PIECE)
    if not engine.is_finished():
        raise _CutShortError("br")


def _zstd(pieces: Pieces, _: list[str]) -> Pieces:
    # Arrow pulls; what feeds it is bounded already, by the cap on the wire or by that of the coding above.
    stream = pa.CompressedInputStream(pa.BufferReader(b"".join(pieces)), "zstd")
    while True:
        try:
            plain = stream.read(PIECE)
        except OSError as error:
            if "Truncated" in str(error):
                raise _CutShortError("zstd") from error
            raise
        if not plain:
            return
        yield plain


def _chain(first: bytes, rest: Pieces) -> Pieces:
    yield first
    yield from rest


_DECODERS: dict[str, Callable[[Pieces, list[str]], Pieces]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
