"""The reader of the source kind `warc`: WARC files, our own exports as well as those of CC-NEWS and other crawlers.

A path is a .warc or .warc.gz, a directory of them, or a text file that lists them, one a line. Responses with status
2xx and resources are read; what the source's patterns exclude is passed over without a row, since a file of CC-NEWS
holds tens of thousands of pages of others.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tasks.fetch.addresses import without_credentials
from tasks.fetch.fetched import Fetched, Headers, Missed
from tasks.fetch.pages import is_wanted
from tasks.fetch.source import Source
from tasks.fetch.warc_writer import PACKING, PREFIX
from warehouse.errors import ConfigurationError
from warehouse.ids import sha256_hex

SUFFIXES = (".warc", ".warc.gz")
MAX_BODY_BYTES = 100_000_000
# What our own exports say of a capture, and its columns are.
_OWN = (
    *("location", "external_id", "url", "canonical_url", "final_url", "content_type", "retrieved_at_basis"),
    "listed_by",
)
_KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.request | WarcRecordType.metadata


@dataclass(slots=True)
class _Group:
    """The records of one capture: a response or resource, and what refers to it."""

    record_id: str
    found: Fetched
    is_whole: bool
    provenance: dict[str, Any] = field(default_factory=dict)


def read_warcs(source: Source) -> Iterator[Fetched | Missed]:
    """Yield every page of the source's WARC files, or why it could not be read, in the order of the files.

    Raises:
        ConfigurationError: There is no such file or directory.
    """
    for path in warc_files(source):
        yield from read_warc(path, source)


def warc_files(source: Source) -> list[Path]:
    """Return the WARC files a source's path stands for, sorted.

    Raises:
        ConfigurationError: There is none.
    """
    place = source.place
    if not place.exists():
        raise ConfigurationError("does not exist", str(place), f"Mend the path of source {source.id!r}.")
    if place.is_dir():
        found = sorted(path for path in place.rglob("*") if path.name.endswith(SUFFIXES) and path.is_file())
    elif place.name.endswith(SUFFIXES):
        found = [place]
    else:
        lines = [line.strip() for line in place.read_text("utf-8").splitlines()]
        found = [place.parent / line for line in lines if line and not line.startswith("#")]
    if not found:
        raise ConfigurationError("holds no WARC file", str(place), "Put .warc or .warc.gz files there.")
    return found


def read_warc(path: Path, source: Source) -> Iterator[Fetched | Missed]:
    """Yield the pages of one file; of a damaged one those before the damage, then the damage itself."""
    group: _Group | None = None
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=_KINDS, parse_http=True):
                if record.record_type in (WarcRecordType.response, WarcRecordType.resource):
                    yield from _finished(group, source)
                    group = _group(record)
                elif group is not None and record.headers.get("WARC-Concurrent-To") == group.record_id:
                    _add(group, record)
        yield from _finished(group, source)
    except (OSError, ValueError) as error:
        yield Missed(path.name, "unreadable_warc", f"{error}; fetch the file again")


def _group(record: WarcRecord) -> _Group | None:
    """Return a response or resource with its body; None for what is no page: redirects, errors, DNS entries."""
    address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    is_http = record.record_type == WarcRecordType.response
    status = record.http_headers.status_code if is_http and record.http_headers is not None else None
    if (is_http and (status is None or not 200 <= status < 300)) or record.content_length > MAX_BODY_BYTES:
        return None
    pairs = tuple(record.http_headers) if is_http and record.http_headers is not None else None
    length = next((value for name, value in pairs or () if name.casefold() == "content-length"), None)
    wire = record.reader.read()
    body = _unpacked(wire, pairs)
    url = without_credentials(address) if address.startswith(("http://", "https://")) else None
    media = next((value for name, value in pairs or () if name.casefold() == "content-type"), None)
    found = Fetched(
        location=url or address,
        external_id=url or address,
        body=body,
        retrieved_at=record.record_date.astimezone(UTC),
        retrieved_at_basis="warc",
        url=url,
        content_type=media if is_http else record.headers.get("Content-Type"),
        http_status=status,
        response_headers=None if pairs is None else _server_headers(pairs),
    )
    whole = length is None or not length.isdecimal() or int(length) == len(wire)
    return _Group(record.record_id or "", found, whole)


def _add(group: _Group, record: WarcRecord) -> None:
    """Take in the request, or the metadata of our own exports."""
    if record.record_type == WarcRecordType.request and record.http_headers is not None:
        group.found = replace(group.found, request_headers=tuple(record.http_headers))
    elif record.record_type == WarcRecordType.metadata:
        name, _, value = record.reader.read(MAX_BODY_BYTES).decode("utf-8", "replace").partition(": ")
        content = json.loads(value) if name == "communique" else None
        if isinstance(content, dict):
            group.provenance = content


def _finished(group: _Group | None, source: Source) -> Iterator[Fetched | Missed]:
    """Yield one capture with all that was said of it, if the source wants it."""
    if group is None:
        return
    found, said = group.found, group.provenance
    if not is_wanted(source, found.url or found.location):
        return
    if not group.is_whole or said.get("body_sha256") not in (None, sha256_hex(found.body)):
        yield Missed(found.location, "truncated", "the body is not what its record says; fetch the file again")
        return
    if said:
        given = {name: said[name] for name in _OWN if name in said}
        pairs = {name: _pairs(said.get(name)) for name in ("request_headers", "response_headers", "hops")}
        day = said.get("listed_on")
        found = replace(found, **given, **pairs, listed_on=None if day is None else date.fromisoformat(day))
    yield found


def _pairs(text: str | None) -> Any:
    return None if text is None else tuple(tuple(pair) for pair in json.loads(text))


def _server_headers(pairs: Headers) -> Headers:
    """Return response headers as the server sent them: what a crawler put under its own name goes back."""
    renamed = {name.casefold().removeprefix(PREFIX.casefold()) for name, _ in pairs if _is_renamed(name)}
    dropped = {*renamed, "content-length"} if renamed else set()
    return tuple(
        (name[len(PREFIX) :] if _is_renamed(name) else name, value)
        for name, value in pairs
        if _is_renamed(name) or name.casefold() not in dropped
    )


def _is_renamed(name: str) -> bool:
    return name.casefold().startswith(PREFIX.casefold()) and name[len(PREFIX) :].casefold() in PACKING


def _unpacked(body: bytes, pairs: Headers | None) -> bytes:
    """Return a body that is archived as it came over the wire without its gzip."""
    packing = next((value for name, value in pairs or () if name.casefold() == "content-encoding"), "")
    if packing.casefold() in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        try:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = unpacker.decompress(body, MAX_BODY_BYTES)
        except zlib.error as error:
            raise gzip.BadGzipFile(str(error)) from error
        return data
    return body
