"""Backfill: the stages over a range of logical dates, from the archive; with `fetch`, after the web was asked.

Resumable (what a fingerprint says is done is not done again), bounded, and gated by month, so that a bad month stops
at its own gate. New code or new rules make old partitions stale; a backfill brings them up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from prefect import flow

from flows.ingest import archive_from, choose
from flows.process import clean_fingerprints, extract_fingerprints, key_of, process_files
from flows.publish import publish
from flows.ranges import check_request
from flows.runner import task_runner
from flows.session import RunSummary, Session, session
from tasks.fetch.asking import Asking
from warehouse.errors import ConfigurationError
from warehouse.staging import discard
from warehouse.storage import FileRef
from warehouse.tables import archive


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One archived file in the plan of a backfill."""

    source_id: str
    logical_date: date
    stem: str
    documents: int
    stale: tuple[str, ...]


@flow(name="backfill", flow_run_name="backfill {start} to {end}", task_runner=task_runner())
def backfill(
    start: date,
    end: date,
    home: str | None = None,
    sources: list[str] | None = None,
    stages: list[str] | None = None,
    dry_run: bool = False,
    fetch: bool = False,
) -> RunSummary:
    """Bring the archived partitions of a range of logical dates up to date and publish.

    Args:
        start: First logical date.
        end: Last logical date.
        home: Directory of the warehouse; the setting if none.
        sources: Ids of the sources; all that are archived if none.
        stages: Some of clean, extract, publish; all if none.
        dry_run: Only say what would be done.
        fetch: First ask the sources of the web for the pages they list with a day in the range, and archive those that
            are missing, on the day of the run.

    Raises:
        ConfigurationError: The range is reversed, in the future or too long, or a stage is unknown.
    """
    chosen = check_request(start, end, stages)
    parameters = {"start": start.isoformat(), "end": end.isoformat(), "sources": sources, "stages": chosen}
    with session("backfill", home, end, {**parameters, "dry_run": dry_run, "fetch": fetch}) as run:
        new = fetch_missing(run, start, end, sources, dry_run) if fetch else None
        captures = in_range(run, start, end, sources, new)
        planned = plan(run, captures)
        run.counters["plan: files"] = len(planned)
        run.counters["plan: stale"] = sum(bool(file.stale) for file in planned)
        if dry_run:
            run.outcome = "planned"
            run.notes += [describe(file) for file in planned]
            return run.summary()
        for month in sorted({ref.partition.logical_date.strftime("%Y-%m") for ref in captures if ref.partition}):
            files = [ref for ref in captures if ref.partition and ref.partition.logical_date.strftime("%Y-%m") == month]
            process_files(run, files, f"-{month}", chosen)
        if "publish" in chosen:
            publish(home, end)
        discard(run.settings.home, run.run.run_id)
        return run.summary()


def fetch_missing(run: Session, start: date, end: date, sources: Sequence[str] | None, dry_run: bool) -> list[FileRef]:
    """Archive what the lists of the sources date in the range and the archive lacks; return the new files.

    They get the day of the run as their logical date: what is archived today was not known then, and a rebuild from
    the archive must mint the same ids as the days did.

    Raises:
        CommuniqueError: Every source failed.
    """
    chosen = [source for source in choose(run, sources, None, due_only=False) if source.kind == "web"]
    if not chosen:
        raise ConfigurationError(
            "no source of the web is enabled", str(run.settings.sources_dir), "Name one with --source, or enable one."
        )
    if dry_run:
        run.notes += [f"{source.id}: would be asked for what it lists from {start} to {end}" for source in chosen]
        return []
    today = datetime.now(UTC).date()
    return archive_from(run, chosen, Asking(run.run.run_id, today, run.settings.documents_per_file, start, end))


def in_range(
    run: Session, start: date, end: date, sources: Sequence[str] | None, new: Sequence[FileRef] | None = None
) -> list[FileRef]:
    """Return the archived files of the range, and `new`, those just fetched for it (None if nothing was asked).

    Raises:
        ConfigurationError: A source has nothing in the archive.
    """
    files = [ref for ref in run.store.files(archive.CAPTURES) if ref.partition is not None]
    archived = {ref.partition.source_id for ref in files if ref.partition}
    unknown = sorted(set(sources or ()) - archived)
    if unknown and new is None:
        raise ConfigurationError(
            f"nothing is archived of {', '.join(unknown)}", "sources", f"Archived: {', '.join(sorted(archived))}."
        )
    chosen = [
        ref
        for ref in files
        if ref.partition
        and (start <= ref.partition.logical_date <= end or ref in (new or ()))
        and (not sources or ref.partition.source_id in sources)
    ]
    return sorted(chosen, key=lambda ref: (ref.partition.logical_date if ref.partition else start, ref.path))


def plan(run: Session, captures: Sequence[FileRef]) -> list[PlannedFile]:
    """Return for each file which stages are stale; a file that is not yet cleaned is stale in both."""
    cleaning, extracting = clean_fingerprints(run, captures), extract_fingerprints(run, captures)
    planned = []
    for ref in captures:
        key = key_of(ref)
        clean_stands = run.sidecars.stands("clean", key, cleaning[key]) is not None
        extract_stands = key in extracting and run.sidecars.stands("extract", key, extracting[key]) is not None
        stale = (() if clean_stands else ("clean",)) + (() if clean_stands and extract_stands else ("extract",))
        if ref.partition is not None and ref.stem is not None:
            planned.append(PlannedFile(ref.partition.source_id, ref.partition.logical_date, ref.stem, ref.rows, stale))
    return planned


def describe(file: PlannedFile) -> str:
    """Return one line of the plan."""
    work = " and ".join(file.stale) if file.stale else "nothing: it is up to date"
    return f"{file.source_id} {file.logical_date} {file.stem}, {file.documents} documents: {work}"
