"""Archiving: what a reader gives becomes captures, byte for byte, and every attempt a row of `archive.fetches`.

This knows nothing of kinds of sources. Captures are written in batches as they come, attempts at the end: a run that
is killed leaves captures no attempt names, and the next one sees from that what it need not ask again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tasks.fetch.addresses import canonical_address
from tasks.fetch.fetched import Fetched, Found, Headers, Hops, Missed, Standing
from tasks.fetch.holdings import Held, Holdings, capture_id_of
from warehouse.ids import document_id, make_id, sha256_hex
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables.archive import ABSENCES, CAPTURES, FETCHES

# Bodies of one file of captures together; a file of 2,000 large pages would not fit a worker's memory.
MAX_FILE_BYTES = 256_000_000
PROBLEMS_SHOWN = 5
_PROBLEMS = ("failed", "skipped", "quarantined")


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What came of asking one source.

    Attributes:
        source_id: The source.
        captures: New files of `archive.captures`.
        fetches: The file of `archive.fetches`; None where there was nothing to attempt.
        absences: The file of `archive.absences`; None where no page has gone or come back.
        coverage: The file of `archive.coverage`; None where no lists were counted.
        n_captured: Bodies archived.
        n_unchanged: Bodies that stand.
        n_quarantined: Answers that are no announcement.
        n_gone: Pages that were not there: 404 and 410.
        n_failed: Locations that gave no answer.
        problems: Sentences for people: some examples and the full count.
        gap: Why the source is missing from the run although it is configured well; None if it is not.
    """

    source_id: str
    captures: list[FileRef]
    fetches: FileRef | None
    absences: FileRef | None
    coverage: FileRef | None
    n_captured: int
    n_unchanged: int
    n_quarantined: int
    n_gone: int
    n_failed: int
    problems: list[str]
    gap: str | None = None


@dataclass(slots=True)
class Archivist:
    """Takes what is found of one source in one run into the archive.

    Attributes:
        store: The warehouse.
        partition: Source and logical date.
        run_id: The run, for the attempts.
        holdings: What is archived; kept up to date.
        batch_documents: Captures after which a file is written.
    """

    store: Store
    partition: Partition
    run_id: str
    holdings: Holdings
    batch_documents: int
    _attempts: list[dict[str, Any]] = field(default_factory=list)
    _absences: list[dict[str, Any]] = field(default_factory=list)
    _captures: list[FileRef] = field(default_factory=list)
    _batch: list[dict[str, Any]] = field(default_factory=list)
    _batch_bytes: int = 0

    def take(self, found: Found) -> None:
        """Record one attempt and archive its body, if there is a new one.

        Raises:
            StorageError: The archive could not be written; what was archived before stays.
        """
        attempt = self._attempt(found)
        self._attempts.append(attempt)
        if isinstance(found, Standing):
            attempt |= {"outcome": "unchanged", "capture_id": found.capture_id}
        elif isinstance(found, Fetched):
            self._take_body(found, attempt)

    def note_absence(self, document: str, location: str, state: str) -> None:
        """Record that an archived page has gone (missing, gone) or come back; what is known already is no news."""
        known = self.holdings.absent.get(document, "back")
        if state == known:
            return
        if state == "back":
            del self.holdings.absent[document]
        else:
            self.holdings.absent[document] = state
        number = self.holdings.changes[document]
        self.holdings.changes[document] += 1
        address = document if canonical_address(document) == document else None
        doc_id = document_id(address, self.partition.source_id, document)
        self._absences.append(
            {
                "absence_id": make_id("abs", self.partition.source_id, doc_id, state, number),
                "source_id": self.partition.source_id,
                "logical_date": self.partition.logical_date,
                "location": location,
                "doc_id": doc_id,
                "state": state,
                "observed_at": datetime.now(UTC),
            }
        )

    def body_of(self, held: Held) -> bytes | None:
        """Return the bytes of a capture; None for one that this run has taken and not written yet."""
        for ref in self.store.files(CAPTURES, Partition(self.partition.source_id, held.logical_date)):
            table = self.store.read(ref, columns=["capture_id", "body"])
            found = table.filter(pc.equal(table.column("capture_id"), held.capture_id)).column("body").to_pylist()
            if found:
                return bytes(found[0])
        return None

    def finish(self, gap: str | None = None, coverage: FileRef | None = None) -> FetchOutcome:
        """Write what waits, then the attempts, and return what came of the source.

        Raises:
            StorageError: The archive could not be written.
        """
        self._flush()
        fetches = absences = None
        # Absences first: a run killed in between is repeated whole, and finds them known.
        if self._absences:
            table = pa.Table.from_pylist(self._absences, schema=ABSENCES.schema)
            absences = self.store.write(ABSENCES, table, self.partition, self.run_id)
        if self._attempts:
            table = pa.Table.from_pylist(self._attempts, schema=FETCHES.schema)
            fetches = self.store.write(FETCHES, table, self.partition, self.run_id)
        counts = {"captured": 0, "unchanged": 0, "quarantined": 0, "missing": 0, "gone": 0, "failed": 0}
        for attempt in self._attempts:
            if attempt["outcome"] in counts:
                counts[attempt["outcome"]] += 1
        return FetchOutcome(
            source_id=self.partition.source_id,
            captures=self._captures,
            fetches=fetches,
            absences=absences,
            coverage=coverage,
            n_captured=counts["captured"],
            n_unchanged=counts["unchanged"],
            n_quarantined=counts["quarantined"],
            n_gone=counts["missing"] + counts["gone"],
            n_failed=counts["failed"],
            problems=self._problems(),
            gap=gap,
        )

    def _take_body(self, found: Fetched, attempt: dict[str, Any]) -> None:
        row = self._capture(found)
        document = row["canonical_url"] or row["external_id"]
        digest = row["body_sha256"]
        standing = self.holdings.standing.get(document)
        known = self.holdings.versions.get((document, digest))
        # The bytes that stand, at whatever path, or older ones read again, are no new version. Older ones that come
        # after the bytes that stand are: the page has been put back, and must become current again.
        if (
            known is not None
            and standing is not None
            and (standing.body_sha256 == digest or found.retrieved_at <= standing.retrieved_at)
        ):
            attempt |= {"outcome": "unchanged", "capture_id": known, "reason": found.warning}
            return
        times = self.holdings.times[found.location, digest]
        row["capture_id"] = capture_id_of(self.partition.source_id, found.location, digest, times)
        attempt |= {"outcome": "captured", "capture_id": row["capture_id"], "reason": found.warning}
        self.holdings.add(row)
        self._batch.append(row)
        self._batch_bytes += row["body_bytes"]
        if len(self._batch) >= self.batch_documents or self._batch_bytes >= MAX_FILE_BYTES:
            self._flush()

    def _flush(self) -> None:
        """Write one file of captures; its name is made of what it holds, so that a repeated run writes the same."""
        if not self._batch:
            return
        ids = "\n".join(sorted(row["capture_id"] for row in self._batch))
        stem = f"part-{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
        table = pa.Table.from_pylist(self._batch, schema=CAPTURES.schema)
        self._captures.append(self.store.write(CAPTURES, table, self.partition, stem))
        self._batch, self._batch_bytes = [], 0

    def _capture(self, found: Fetched) -> dict[str, Any]:
        return {
            "source_id": self.partition.source_id,
            "logical_date": self.partition.logical_date,
            "location": found.location,
            "external_id": found.external_id,
            "url": found.url,
            "canonical_url": found.canonical_url or canonical_address(found.url),
            "final_url": found.final_url,
            "hops": _pairs(found.hops),
            "content_type": found.content_type,
            "http_status": found.http_status,
            "request_headers": _pairs(found.request_headers),
            "response_headers": _pairs(found.response_headers),
            "retrieved_at": found.retrieved_at,
            "retrieved_at_basis": found.retrieved_at_basis,
            "listed_on": found.listed_on,
            "listed_by": found.listed_by,
            "body_sha256": sha256_hex(found.body),
            "body_bytes": len(found.body),
            "body": found.body,
        }

    def _attempt(self, found: Found) -> dict[str, Any]:
        missed = found if isinstance(found, Missed) else None
        return {
            "fetch_id": make_id("fet", self.run_id, self.partition.source_id, found.location, len(self._attempts)),
            "run_id": self.run_id,
            "source_id": self.partition.source_id,
            "logical_date": self.partition.logical_date,
            "location": found.location,
            "target": missed.target if missed else "page",
            "attempt": max(found.attempts, 1),
            "outcome": missed.outcome if missed else None,
            "capture_id": None,
            "http_status": found.http_status,
            "final_url": found.final_url,
            "reason": None if isinstance(found, Fetched) else found.reason,
            "detail": missed.detail if missed else None,
            "attempted_at": datetime.now(UTC),
        }

    def _problems(self) -> list[str]:
        source_id = self.partition.source_id
        missed = [attempt for attempt in self._attempts if attempt["outcome"] in _PROBLEMS]
        problems = [f"{source_id}: {a['location']}: {a['reason']} ({a['detail']})" for a in missed[:PROBLEMS_SHOWN]]
        if len(missed) > PROBLEMS_SHOWN:
            problems.append(f"{source_id}: {len(missed)} locations gave nothing; `archive.fetches` lists them all.")
        return problems


def _pairs(pairs: Headers | Hops | None) -> str | None:
    return None if pairs is None else json.dumps([list(pair) for pair in pairs], ensure_ascii=False)
