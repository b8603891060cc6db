"""Backfill: the stages over a range of logical dates, from the archive and without a network.

Resumable (what a fingerprint says is done is not done again), bounded, and gated by month, so that a bad month stops
at its own gate. New code or new rules make old partitions stale; a backfill brings them up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prefect import flow

from flows.process import clean_fingerprints, extract_fingerprints, key_of, process_files
from flows.publish import publish
from flows.ranges import check_request
from flows.runner import task_runner
from flows.session import RunSummary, Session, session
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
) -> RunSummary:
    """Bring the archived partitions of a range of logical dates up to date and publish.

    Args:
        start: First logical date.
        end: Last logical date.
        home: Directory of the warehouse; the setting if none.
        sources: Ids of the sources; all that are archived if none.
        stages: Some of clean, extract, publish; all if none.
        dry_run: Only say what would be done.

    Raises:
        ConfigurationError: The range is reversed, in the future or too long, or a stage is unknown.
    """
    chosen = check_request(start, end, stages)
    parameters = {"start": start.isoformat(), "end": end.isoformat(), "sources": sources, "stages": chosen}
    with session("backfill", home, end, {**parameters, "dry_run": dry_run}) as run:
        captures = in_range(run, start, end, sources)
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


def in_range(run: Session, start: date, end: date, sources: Sequence[str] | None) -> list[FileRef]:
    """Return the archived files of the range, oldest first.

    Raises:
        ConfigurationError: A source has nothing in the archive.
    """
    files = [ref for ref in run.store.files(archive.CAPTURES) if ref.partition is not None]
    archived = {ref.partition.source_id for ref in files if ref.partition}
    unknown = sorted(set(sources or ()) - archived)
    if unknown:
        raise ConfigurationError(
            f"nothing is archived of {', '.join(unknown)}", "sources", f"Archived: {', '.join(sorted(archived))}."
        )
    chosen = [
        ref
        for ref in files
        if ref.partition
        and start <= ref.partition.logical_date <= end
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
