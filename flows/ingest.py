"""Fetch: every source asked into the archive, then the gate of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.futures import wait

from expectations.entry import GateInputs
from flows.monitor import check_coverage
from flows.runner import name_of_run, task_runner
from flows.session import RunSummary, Session, session
from flows.verdicts import accept
from tasks.fetch.archivist import FetchOutcome
from tasks.fetch.asking import Asking
from tasks.fetch.sources import Source, folder_source, load_sources
from tasks.fetch.web.options import WebSettings
from tasks.prefect_tasks import check_archived, fetch, fetch_from_web
from warehouse.errors import CommuniqueError, ConfigurationError
from warehouse.storage import FileRef
from warehouse.tables import archive


@flow(name="ingest", flow_run_name=name_of_run, task_runner=task_runner())
def ingest(
    home: str | None = None,
    sources: list[str] | None = None,
    folder: str | None = None,
    logical_date: date | None = None,
) -> RunSummary:
    """Archive what the sources have for the logical date.

    Args:
        home: Directory of the warehouse; the setting if none.
        sources: Ids of the sources to ask; all that are enabled if none.
        folder: A folder of documents to take as the only source.
        logical_date: Day the run stands for; today (UTC) if none.
    """
    with session("ingest", home, logical_date, {"sources": sources, "folder": folder}) as run:
        ingest_sources(run, sources, folder)
        return run.summary()


def ingest_sources(run: Session, sources: Sequence[str] | None, folder: str | None) -> list[FileRef]:
    """Fetch the sources and return the new files of captures that the gate accepted; a source that fails is a gap.

    Raises:
        CommuniqueError: Every source failed.
    """
    chosen = choose(run, sources, folder)
    return archive_from(run, chosen, Asking(run.run.run_id, run.logical_date, run.settings.documents_per_file))


def archive_from(run: Session, chosen: Sequence[Source], asking: Asking) -> list[FileRef]:
    """Fetch these sources and gate what is new; see `ingest_sources`.

    Raises:
        CommuniqueError: Every source failed.
    """
    new: list[FileRef] = []
    for outcome in [*_from_here(run, chosen, asking), *_from_web(run, chosen, asking)]:
        new += outcome.captures
        counted = [outcome.coverage] if outcome.coverage else []
        if outcome.captures:
            new += [ref for ref in (outcome.fetches, outcome.absences) if ref is not None]
        check_coverage(run, counted, f"coverage-{outcome.source_id}")
        for name in ("captured", "unchanged", "quarantined", "gone", "failed"):
            run.counters[f"fetch: {name}"] += getattr(outcome, f"n_{name}")
        run.notes += outcome.problems
        if outcome.gap is not None:
            run.gaps[outcome.source_id] = f"fetch failed: {outcome.gap}"
    if chosen and len(run.gaps) == len(chosen):
        raise CommuniqueError(
            "every source failed, nothing was published",
            "; ".join(f"{source}: {reason}" for source, reason in sorted(run.gaps.items())),
            "Mend the sources and run again; what is archived stays.",
        )
    if not new:
        return []
    inputs = GateInputs(run.settings.quarantine_share, tuple(source.id for source in chosen))
    verdict = check_archived(run.settings.home, run.run.run_id, "fetch", "fetch", new, inputs)
    return [ref for ref in accept(run, verdict) if ref.name == archive.CAPTURES.name]


def _from_here(run: Session, chosen: Sequence[Source], asking: Asking) -> list[FetchOutcome]:
    """Read the folders and WARC files, each in a task of its own."""
    limits = (asking.logical_date, asking.run_id, asking.documents_per_file)
    here = [source for source in chosen if source.kind != "web"]
    futures = {source.id: fetch.submit(run.settings.home, source, *limits) for source in here}
    wait(list(futures.values()))
    outcomes = []
    for done, (source_id, future) in enumerate(futures.items(), start=1):
        try:
            outcomes.append(future.result())
        except (CommuniqueError, OSError) as error:
            run.gaps[source_id] = f"fetch failed: {error}"
        run.progress("fetch", done, len(futures))
    return outcomes


def _from_web(run: Session, chosen: Sequence[Source], asking: Asking) -> list[FetchOutcome]:
    """Ask the sources of the web in one task.

    Raises:
        ConfigurationError: Nobody is named whom a publisher could write to.
    """
    web = [source for source in chosen if source.kind == "web"]
    if not web:
        return []
    insecure = tuple(sorted({host for source in web for host in source.insecure_hosts}))
    settings = WebSettings.from_settings(run.settings, insecure)
    # A bar lives in this process; a Dask worker is another one.
    progress = run.progress if run.settings.runner == "threads" else None
    home, reference = run.settings.home, run.settings.reference_dir
    return fetch_from_web.submit(home, web, asking, settings, reference, progress).result()


def choose(run: Session, sources: Sequence[str] | None, folder: str | None, due_only: bool = True) -> list[Source]:
    """Return the sources to ask: those named; else those enabled and, where it matters, due on the day of the run.

    Raises:
        ConfigurationError: A source is unknown, or none is left.
    """
    if folder is not None:
        chosen = [folder_source(Path(folder))]
    else:
        known = {source.id: source for source in load_sources(run.settings.sources_dir)}
        unknown = sorted(set(sources or ()) - set(known))
        if unknown:
            raise ConfigurationError(
                f"no such source: {', '.join(unknown)}",
                str(run.settings.sources_dir),
                f"Known sources: {', '.join(sorted(known))}.",
            )
        chosen = [source for source in known.values() if (source.id in sources if sources else source.enabled)]
    if not chosen:
        raise ConfigurationError("no source is enabled", str(run.settings.sources_dir), "Set enabled = true in one.")
    if folder is None and not sources and due_only:
        chosen = _due(run, chosen)
    run.sources.update({source.id: source.kind for source in chosen})
    return sorted(chosen, key=lambda source: source.id)


def _due(run: Session, enabled: Sequence[Source]) -> list[Source]:
    """Return the sources whose cadence asks for them on the day of the run, and note the others."""
    asked: dict[str, date] = {}
    for partition in run.store.partitions(archive.FETCHES):
        if partition.logical_date < run.logical_date:
            asked[partition.source_id] = max(partition.logical_date, asked.get(partition.source_id, date.min))
    due = [source for source in enabled if source.is_due(run.logical_date, asked.get(source.id))]
    if waiting := sorted({source.id for source in enabled} - {source.id for source in due}):
        run.notes.append(f"not due on {run.logical_date}: {', '.join(waiting)}")
    return due
