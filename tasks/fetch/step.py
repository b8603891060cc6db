"""Archiving: what a reader gives becomes captures, byte for byte, and every attempt a row of `archive.fetches`.

This knows nothing of kinds of sources; a reader for the web yields the same `Fetched` and `Missed`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.fetch.addresses import canonical_address
from tasks.fetch.fetched import Fetched, Missed
from tasks.fetch.folder import read_folder
from tasks.fetch.sources import Source
from warehouse.ids import make_id, sha256_hex
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables.archive import CAPTURES, FETCHES

READERS: Mapping[str, Callable[[Source], Iterator[Fetched | Missed]]] = {"folder": read_folder}
# Bodies of one file of captures together; a file of 2,000 large pages would not fit a worker's memory.
MAX_FILE_BYTES = 256_000_000
PROBLEMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What came of asking one source.

    Attributes:
        captures: New files of `archive.captures`.
        fetches: The file of `archive.fetches`; None where there was nothing to attempt.
        n_captured: Bodies archived.
        n_unchanged: Bodies that were archived already.
        n_failed: Locations that gave no body, those skipped on purpose aside.
        problems: Sentences for people: some examples and the full count.
    """

    captures: list[FileRef]
    fetches: FileRef | None
    n_captured: int
    n_unchanged: int
    n_failed: int
    problems: list[str]


def fetch_source(
    store: Store, source: Source, logical_date: date, run_id: str, documents_per_file: int
) -> FetchOutcome:
    """Ask one source and archive what is new.

    Args:
        store: The warehouse.
        source: The source.
        logical_date: Names the partition.
        run_id: The run, for the attempts.
        documents_per_file: Most captures in one file.

    Raises:
        ConfigurationError: The source does not exist.
        StorageError: The archive could not be written; what was archived before stays.
    """
    partition = Partition(source.id, logical_date)
    known, versions = _archived(store, source.id)
    attempts: list[dict[str, Any]] = []
    captures: list[FileRef] = []
    batch: list[dict[str, Any]] = []
    size = 0
    for number, found in enumerate(READERS[source.kind](source)):
        attempt = _attempt(found, number, run_id, partition)
        attempts.append(attempt)
        if isinstance(found, Missed):
            continue
        row = _capture(found, partition)
        # The same document with the same bytes under another path is no new version of it.
        attempt["capture_id"] = row["capture_id"] if row["capture_id"] in known else versions.get(_version(row))
        if attempt["capture_id"] is not None:
            attempt["outcome"] = "unchanged"
            continue
        attempt["capture_id"] = row["capture_id"]
        known.add(row["capture_id"])
        versions[_version(row)] = row["capture_id"]
        batch.append(row)
        size += row["body_bytes"]
        if len(batch) >= documents_per_file or size >= MAX_FILE_BYTES:
            captures.append(_write(store, batch, partition))
            batch, size = [], 0
    if batch:
        captures.append(_write(store, batch, partition))
    fetches = None
    if attempts:
        table = pa.Table.from_pylist(attempts, schema=FETCHES.schema)
        fetches = store.write(FETCHES, table, partition, run_id)
    return _outcome(source, captures, fetches, attempts)


def _archived(store: Store, source_id: str) -> tuple[set[str], dict[tuple[str, str], str]]:
    """Return the ids of all captures of a source, and its document versions with the capture that holds each.

    Only small columns are read, their pages checked: the bodies of years need not pass by to see that one is known.
    """
    known: set[str] = set()
    versions: dict[tuple[str, str], str] = {}
    columns = ["capture_id", "canonical_url", "external_id", "body_sha256"]
    for ref in store.files(CAPTURES):
        if ref.partition is not None and ref.partition.source_id == source_id:
            table = pq.ParquetFile(store.home / ref.path, page_checksum_verification=True).read(columns)
            for row in table.to_pylist():
                known.add(row["capture_id"])
                versions.setdefault(_version(row), row["capture_id"])
    return known, versions


def _version(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return what identifies a version of a document inside its source: its address, else its id, and its bytes."""
    return row["canonical_url"] or row["external_id"], row["body_sha256"]


def _capture(found: Fetched, partition: Partition) -> dict[str, Any]:
    digest = sha256_hex(found.body)
    return {
        "capture_id": make_id("cap", partition.source_id, found.location, digest),
        "source_id": partition.source_id,
        "logical_date": partition.logical_date,
        "location": found.location,
        "external_id": found.external_id,
        "url": found.url,
        "canonical_url": canonical_address(found.url),
        "content_type": found.content_type,
        "http_status": found.http_status,
        "request_headers": _headers(found.request_headers),
        "response_headers": _headers(found.response_headers),
        "retrieved_at": found.retrieved_at,
        "retrieved_at_basis": found.retrieved_at_basis,
        "body_sha256": digest,
        "body_bytes": len(found.body),
        "body": found.body,
    }


def _headers(headers: Mapping[str, str] | None) -> str | None:
    return None if headers is None else json.dumps(dict(headers), ensure_ascii=False, sort_keys=True)


def _attempt(found: Fetched | Missed, number: int, run_id: str, partition: Partition) -> dict[str, Any]:
    missed = found if isinstance(found, Missed) else None
    status = None if isinstance(found, Missed) else found.http_status
    outcome = "captured" if missed is None else "skipped" if missed.skipped else "failed"
    return {
        "fetch_id": make_id("fet", run_id, partition.source_id, found.location, number),
        "run_id": run_id,
        "source_id": partition.source_id,
        "logical_date": partition.logical_date,
        "location": found.location,
        "attempt": 1,
        "outcome": outcome,
        "capture_id": None,
        "http_status": status,
        "reason": missed.reason if missed else None,
        "detail": missed.detail if missed else None,
        "attempted_at": datetime.now(UTC),
    }


def _write(store: Store, batch: list[dict[str, Any]], partition: Partition) -> FileRef:
    """Write one file of captures; its name is made of what it holds, so that a repeated run writes the same file."""
    ids = "\n".join(sorted(row["capture_id"] for row in batch))
    stem = f"part-{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
    return store.write(CAPTURES, pa.Table.from_pylist(batch, schema=CAPTURES.schema), partition, stem)


def _outcome(
    source: Source, captures: list[FileRef], fetches: FileRef | None, attempts: list[dict[str, Any]]
) -> FetchOutcome:
    missed = [attempt for attempt in attempts if attempt["outcome"] in ("failed", "skipped")]
    problems = [f"{source.id}: {a['location']}: {a['reason']} ({a['detail']})" for a in missed[:PROBLEMS_SHOWN]]
    if len(missed) > PROBLEMS_SHOWN:
        problems.append(f"{source.id}: {len(missed)} locations gave nothing; `archive.fetches` lists them all.")
    counts = dict.fromkeys(("captured", "unchanged", "failed"), 0)
    for attempt in attempts:
        if attempt["outcome"] in counts:
            counts[attempt["outcome"]] += 1
    return FetchOutcome(captures, fetches, counts["captured"], counts["unchanged"], counts["failed"], problems)
