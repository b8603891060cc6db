"""Export of the archive as WARC 1.1: what was received, with the requests and where it came from, for other archives.

The same captures give the same file: ids, dates and order come from the captures, and gzip members carry no time.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

import pyarrow.compute as pc
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # no stubs exist
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # no stubs exist

from warehouse.errors import ConfigurationError
from warehouse.files import storage_errors
from warehouse.ids import sha256_hex
from warehouse.storage import FileRef, Store
from warehouse.tables.archive import CAPTURES

# Columns that a WARC record has no place for, or that it spells in ASCII; they travel in its metadata record, and back.
PROVENANCE = (
    *("capture_id", "source_id", "location", "external_id", "url", "canonical_url", "final_url", "hops"),
    *("content_type", "retrieved_at_basis", "listed_by", "body_sha256", "request_headers", "response_headers"),
)
# What told how the body was packed on the wire; the archive holds it unpacked. The names are Common Crawl's.
PACKING = ("content-encoding", "content-length", "transfer-encoding")
PREFIX = "X-Crawler-"
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_REASONS = {200: "OK", 203: "Non-Authoritative Information", 206: "Partial Content"}


def export_warc(
    store: Store,
    target: Path,
    sources: Sequence[str] = (),
    start: date | None = None,
    end: date | None = None,
) -> int:
    """Write the captures of a range of logical dates into one .warc.gz; return how many.

    Args:
        store: The warehouse.
        target: The file; one that is there is not overwritten.
        sources: Ids of the sources; all if none.
        start: First logical date; the first there is if None.
        end: Last logical date; the last there is if None.

    Raises:
        ConfigurationError: The file exists, or nothing is archived of what is asked.
        StorageError: It could not be written.
        IntegrityError: A file of the archive is damaged.
    """
    refs = [ref for ref in store.files(CAPTURES) if _is_asked(ref, sources, start, end)]
    if not refs:
        raise ConfigurationError("nothing is archived of these sources and days", str(target), "Ask for others.")
    with storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = target.open("xb")
        except FileExistsError:
            raise ConfigurationError("exists already", str(target), "Name another file, or remove it.") from None
        with file:
            try:
                return write_warc(store, refs, file)
            except BaseException:
                # Half a file looks like a whole one.
                target.unlink()
                raise


def write_warc(store: Store, refs: Sequence[FileRef], file: BinaryIO) -> int:
    """Write the captures of these files of the archive as gzip members, one a record; return how many captures."""
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    count = 0
    for ref in sorted(refs, key=lambda ref: ref.path):
        table = store.read(ref)
        latest = pc.max(table.column("retrieved_at")).as_py()
        _write_info(writer, ref, latest)
        for batch in table.to_batches(max_chunksize=50):
            for capture in batch.to_pylist():
                _write_capture(writer, capture)
                count += 1
    return count


def _is_asked(ref: FileRef, sources: Sequence[str], start: date | None, end: date | None) -> bool:
    if ref.partition is None or (sources and ref.partition.source_id not in sources):
        return False
    day = ref.partition.logical_date
    return (start is None or start <= day) and (end is None or day <= end)


def _write_info(writer: WARCWriter, ref: FileRef, moment: datetime) -> None:
    body = _fields({"software": "Communique", "format": "WARC File Format 1.1", "description": ref.path})
    headers = {"WARC-Record-ID": _record_id("warcinfo", ref.path, ref.sha256), "WARC-Date": _moment(moment)}
    _write(writer, None, "warcinfo", body, headers, "application/warc-fields")


def _write_capture(writer: WARCWriter, capture: Mapping[str, Any]) -> None:
    """Write response (or resource), request and metadata of one capture."""
    address = capture["final_url"] or capture["url"] or f"file:///{quote(capture['location'])}"
    own, moment = _record_id("response", capture["capture_id"]), _moment(capture["retrieved_at"])
    headers = {"WARC-Record-ID": own, "WARC-Date": moment}
    if capture["response_headers"] is None:
        content_type = _header_safe(capture["content_type"]) or "application/octet-stream"
        _write(writer, address, "resource", capture["body"], headers, content_type)
    else:
        status = capture["http_status"]
        line = f"{status} {_REASONS.get(status, 'Status')}"
        pairs = list(_packed_headers(json.loads(capture["response_headers"]), len(capture["body"])))
        http = StatusAndHeaders(line, pairs, protocol="HTTP/1.1")
        _write(writer, address, "response", capture["body"], headers, None, http)
    related = {"WARC-Date": moment, "WARC-Concurrent-To": own}
    if capture["request_headers"] is not None:
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        http = StatusAndHeaders(
            f"{path} HTTP/1.1", _safe(json.loads(capture["request_headers"])), protocol="GET", is_http_request=True
        )
        headers = {"WARC-Record-ID": _record_id("request", capture["capture_id"]), **related}
        _write(writer, address, "request", b"", headers, None, http)
    days = {name: capture[name] and capture[name].isoformat() for name in ("logical_date", "listed_on")}
    content = {name: capture[name] for name in PROVENANCE} | days
    body = _fields({"communique": json.dumps(content, ensure_ascii=True, sort_keys=True)})
    headers = {"WARC-Record-ID": _record_id("metadata", capture["capture_id"]), **related}
    _write(writer, address, "metadata", body, headers, "application/warc-fields")


def _write(
    writer: WARCWriter,
    address: str | None,
    kind: str,
    body: bytes,
    headers: dict[str, str],
    content_type: str | None,
    http: StatusAndHeaders | None = None,
) -> None:
    record = writer.create_warc_record(
        address,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=content_type or "",
        warc_headers_dict=headers,
        http_headers=http,
    )
    writer.write_record(record)


def _packed_headers(pairs: Sequence[Sequence[str]], length: int) -> Iterator[tuple[str, str]]:
    """Yield response headers that fit the unpacked body; what was said of the packed one under another name."""
    for name, value in _safe(pairs):
        yield (f"{PREFIX}{name}", value) if name.casefold() in PACKING else (name, value)
    yield "Content-Length", str(length)


def _safe(pairs: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(name, _header_safe(value) or "") for name, value in pairs]


def _header_safe(value: str | None) -> str | None:
    """Return a value that ends no line."""
    return None if value is None else value.replace("\r", " ").replace("\n", " ")


def _fields(values: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in values.items()).encode()


def _record_id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, sha256_hex('|'.join(parts).encode()))}>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
