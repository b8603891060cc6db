"""Expected against got: pages a source lists for a month of a backfill, and new documents its declaration expects.

The rows are facts of a run; what follows from them is decided by the gate over `archive.coverage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.fetch.addresses import canonical_address
from tasks.fetch.asking import Asking
from tasks.fetch.discovery.listed import Listed
from tasks.fetch.holdings import Holdings
from tasks.fetch.pages import is_wanted
from tasks.fetch.source import Source
from warehouse.ids import make_id
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables.archive import COVERAGE, FETCHES
from warehouse.tables.documents import DOCUMENTS

# A publisher translates some of what it says: one of its languages may be silent so much longer than the whole.
LANGUAGE_PATIENCE = 4
# What the identifier says where it cannot tell these apart.
_UNDECIDED = {"bs": "sh", "hr": "sh", "sr": "sh"}


def count_listed(
    store: Store, source: Source, request: Asking, pages: Iterable[Listed], holdings: Holdings
) -> FileRef | None:
    """Write for each month of a backfill how many pages the lists name and how many are archived.

    Returns:
        The file; None where the lists name nothing, which is no count of anything.
    """
    expected: dict[tuple[date, date], set[str]] = defaultdict(set)
    window = request.window(source)
    for page in pages:
        address = canonical_address(page.url)
        if page.day is not None and address is not None and is_wanted(source, page.url):
            expected[_month(page.day, window.start, window.end)].add(address)
    rows = []
    for (first, last), addresses in sorted(expected.items()):
        got = sum(holdings.document_of(address) is not None for address in addresses)
        rows.append(
            _row(request.run_id, source.id, request.logical_date, "listed", None, first, last)
            | {"n_expected": len(addresses), "n_got": got, "n_refused": len(addresses) - got}
        )
    if not rows:
        return None
    table = pa.Table.from_pylist(rows, schema=COVERAGE.schema)
    return store.write(COVERAGE, table, Partition(source.id, request.logical_date), f"{request.run_id}-listed")


def count_declared(store: Store, sources: Sequence[Source], logical_date: date, run_id: str) -> list[FileRef]:
    """Write for each source with a cadence what came in its last period and how long it has been silent.

    Args:
        store: The warehouse, with the documents of the day.
        sources: The sources asked in this run; those that promise nothing are left out.
        logical_date: The day.
        run_id: The run.

    Returns:
        One file a source: a row for all languages together and, where it has several, one for each.
    """
    written = []
    for source in sources:
        if source.cadence is None or source.cadence.allowed_days is None:
            continue
        first_asked = min(
            (one.logical_date for one in store.partitions(FETCHES) if one.source_id == source.id), default=logical_date
        )
        news = _first_days(store, source.id, logical_date)
        languages = [None, *(source.languages if len(source.languages) > 1 else ())]
        rows = [_declared(source, language, news, first_asked, logical_date, run_id) for language in languages]
        table = pa.Table.from_pylist(rows, schema=COVERAGE.schema)
        written.append(store.write(COVERAGE, table, Partition(source.id, logical_date), f"{run_id}-declared"))
    return written


def _declared(
    source: Source,
    language: str | None,
    news: Sequence[tuple[date, str]],
    first_asked: date,
    logical_date: date,
    run_id: str,
) -> dict[str, Any]:
    if source.cadence is None or source.cadence.allowed_days is None:
        raise ValueError(f"{source.id} promises nothing")
    start = logical_date - timedelta(days=source.cadence.period_days - 1)
    codes = {language, _UNDECIDED.get(language or "")}
    days = [day for day, own in news if language is None or own in codes]
    last = max(days, default=None)
    # A source that has been watched for less than a period owes nothing yet.
    owed = source.cadence.minimum if language is None and first_asked <= start else 0
    return _row(run_id, source.id, logical_date, "declared", language, start, logical_date) | {
        "n_expected": owed,
        "n_got": sum(start <= day for day in days),
        "last_new_on": last,
        "silent_days": (logical_date - (last or first_asked)).days,
        "allowed_days": source.cadence.allowed_days * (LANGUAGE_PATIENCE if language else 1),
    }


def _first_days(store: Store, source_id: str, until: date) -> list[tuple[date, str]]:
    """Return for each document of a source the logical date on which it came first, and its language."""
    first: dict[str, tuple[date, str]] = {}
    for row in _documents(store, source_id):
        if row["logical_date"] <= until:
            came = (row["logical_date"], row["language"])
            first[row["doc_id"]] = min(first.get(row["doc_id"], came), came)
    return sorted(first.values())


def _documents(store: Store, source_id: str) -> Iterator[dict[str, Any]]:
    for ref in store.files(DOCUMENTS):
        if ref.partition is not None and ref.partition.source_id == source_id:
            file = pq.ParquetFile(store.home / ref.path, page_checksum_verification=True)
            yield from file.read(["doc_id", "logical_date", "language"]).to_pylist()


def _row(
    run_id: str, source_id: str, logical_date: date, basis: str, language: str | None, first: date, last: date
) -> dict[str, Any]:
    return {
        "coverage_id": make_id("cov", run_id, source_id, basis, language, first.isoformat(), last.isoformat()),
        "run_id": run_id,
        "source_id": source_id,
        "logical_date": logical_date,
        "basis": basis,
        "language": language,
        "interval_start": first,
        "interval_end": last,
    }


def _month(day: date, start: date, end: date) -> tuple[date, date]:
    """Return first and last day of the part of a day's month that lies in the window."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return max(first, start), min(following - timedelta(days=1), end)
