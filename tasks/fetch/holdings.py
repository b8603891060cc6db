"""What the archive holds of one source: which body stands for each document, and what earlier runs were told.

Only small columns are read, their pages checked: the bodies of years need not pass by to see that one is known.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow.parquet as pq

from tasks.fetch.addresses import canonical_address
from warehouse.contract import TableContract
from warehouse.errors import ContractError
from warehouse.ids import document_id, make_id
from warehouse.storage import Store
from warehouse.tables.archive import ABSENCES, CAPTURES, FETCHES

_CAPTURE_COLUMNS = (
    *("capture_id", "location", "external_id", "canonical_url", "final_url", "response_headers", "retrieved_at"),
    *("logical_date", "body_sha256", "listed_on", "listed_by"),
)
_FETCH_COLUMNS = ("location", "target", "outcome", "capture_id", "final_url", "logical_date", "attempted_at")


@dataclass(frozen=True, slots=True)
class Held:
    """The capture that stands for a document."""

    capture_id: str
    location: str
    document: str
    body_sha256: str
    retrieved_at: datetime
    logical_date: date
    etag: str | None = None
    last_modified: str | None = None
    listed_on: date | None = None
    listed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last recorded attempt at a page."""

    location: str
    outcome: str
    logical_date: date


@dataclass(slots=True)
class Holdings:
    """What is archived of one source; the archivist keeps it up to date while it writes.

    Attributes:
        source_id: The source.
        standing: Document → the capture that stands: the one retrieved last. A document is named by its canonical
            address, else by its external id.
        versions: Document and body hash → the last capture that holds them.
        times: Location and body hash → how often that body was archived from there.
        aliases: Canonical address → the document that is known to answer there, if it is named otherwise.
        attempts: Address of a page → the last attempt at it, as far back as was looked.
        recorded: Captures that an attempt names; those of a run that was killed have none.
        absent: Document → missing or gone, where that was the last thing heard of it.
        changes: Document → how often it has gone or come back.
        last_asked: The logical date before this run's on which the source was asked last.
    """

    source_id: str
    standing: dict[str, Held] = field(default_factory=dict)
    versions: dict[tuple[str, str], str] = field(default_factory=dict)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    aliases: dict[str, str] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    recorded: set[str] = field(default_factory=set)
    absent: dict[str, str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)
    last_asked: date | None = None

    def document_of(self, address: str | None) -> str | None:
        """Return the document known under a canonical address, directly or since it moved there."""
        if address is None:
            return None
        return address if address in self.standing else self.aliases.get(address)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take in one capture, in the order in which captures were archived."""
        document = row["canonical_url"] or row["external_id"]
        held = self.standing.get(document)
        if held is None or row["retrieved_at"] >= held.retrieved_at:
            etag, last_modified = _validators(row["response_headers"])
            self.standing[document] = Held(
                row["capture_id"], row["location"], document, row["body_sha256"], row["retrieved_at"],
                row["logical_date"], etag, last_modified, row["listed_on"], row["listed_by"],
            )  # fmt: skip
        self.versions[document, row["body_sha256"]] = row["capture_id"]
        self.times[row["location"], row["body_sha256"]] += 1
        for address in (row["location"], row["final_url"]):
            self.add_alias(address, document)

    def add_alias(self, url: str | None, document: str) -> None:
        """Note that a document answers at an address."""
        address = canonical_address(url)
        if address is not None and address != document:
            self.aliases.setdefault(address, document)


def read_holdings(store: Store, source_id: str, since: date | None = None, before: date | None = None) -> Holdings:
    """Return what the archive holds of a source.

    Args:
        store: The warehouse.
        source_id: The source.
        since: First logical date whose attempts matter; none do if not given (a folder needs none).
        before: Logical date of the run.

    Raises:
        IntegrityError: A file of the archive is damaged.
        ContractError: Another version of the tables wrote it.
    """
    holdings = Holdings(source_id)
    rows = _rows(store, CAPTURES, source_id, _CAPTURE_COLUMNS)
    for row in sorted(rows, key=lambda row: (row["logical_date"], row["retrieved_at"], row["capture_id"])):
        holdings.add(row)
    if since is not None:
        _read_attempts(store, holdings, since, before)
        changes = _rows(store, ABSENCES, source_id, ("location", "doc_id", "state", "logical_date", "observed_at"))
        documents = {document_id(_url(document), source_id, document): document for document in holdings.standing}
        for row in sorted(changes, key=lambda row: (row["logical_date"], row["observed_at"])):
            document = documents.get(row["doc_id"], row["doc_id"])
            holdings.changes[document] += 1
            holdings.absent[document] = row["state"]
    holdings.absent = {document: state for document, state in holdings.absent.items() if state != "back"}
    return holdings


def _url(document: str) -> str | None:
    return document if document.startswith(("http://", "https://")) else None


def _read_attempts(store: Store, holdings: Holdings, since: date, before: date | None) -> None:
    dates = [one.logical_date for one in store.partitions(FETCHES) if one.source_id == holdings.source_id]
    holdings.last_asked = max((day for day in dates if before is None or day < before), default=None)
    by_capture = {held.capture_id: held.document for held in holdings.standing.values()}
    rows = _rows(store, FETCHES, holdings.source_id, _FETCH_COLUMNS)
    for row in sorted(rows, key=lambda row: (row["logical_date"], row["attempted_at"])):
        if row["capture_id"] is not None:
            holdings.recorded.add(row["capture_id"])
            if row["capture_id"] in by_capture:
                for address in (row["location"], row["final_url"]):
                    holdings.add_alias(address, by_capture[row["capture_id"]])
        if row["target"] == "page" and row["logical_date"] >= since:
            holdings.attempts[row["location"]] = Attempt(row["location"], row["outcome"], row["logical_date"])


def _rows(store: Store, contract: TableContract, source_id: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    for ref in store.files(contract):
        if ref.partition is not None and ref.partition.source_id == source_id:
            file = pq.ParquetFile(store.home / ref.path, page_checksum_verification=True)
            if missing := sorted(set(columns) - set(file.schema_arrow.names)):
                raise ContractError(
                    f"another version of the tables wrote it: it lacks {', '.join(missing)}",
                    ref.path,
                    "Export the archive as WARC with that version, and read it as a source.",
                )
            yield from file.read(list(columns)).to_pylist()


def _validators(headers: str | None) -> tuple[str | None, str | None]:
    """Return ETag and Last-Modified of archived response headers; a server that names one twice is not believed."""
    if headers is None:
        return None, None
    values: dict[str, list[str]] = {"etag": [], "last-modified": []}
    for name, value in json.loads(headers):
        values.get(name.casefold(), []).append(value)
    etag, last_modified = (found[0] if len(found) == 1 else None for found in values.values())
    return etag, last_modified


def capture_id_of(source_id: str, location: str, body_sha256: str, times: int) -> str:
    """Return the id of a capture: of source, location and bytes, and of how often these had been archived before."""
    parts = (source_id, location, body_sha256) if not times else (source_id, location, body_sha256, times)
    return make_id("cap", *parts)
