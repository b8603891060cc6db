"""Fetch: every source asked into the archive, then the gate of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.futures import wait

from expectations.entry import GateInputs
from flows.runner import name_of_run, task_runner
from flows.session import RunSummary, Session, session
from flows.verdicts import accept
from tasks.fetch.sources import Source, folder_source, load_sources
from tasks.prefect_tasks import check_archived, fetch
from warehouse.errors import CommuniqueError, ConfigurationError
from warehouse.storage import FileRef


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
    limits = (run.logical_date, run.run.run_id, run.settings.documents_per_file)
    futures = {source.id: fetch.submit(run.settings.home, source, *limits) for source in chosen}
    wait(list(futures.values()))
    captures: list[FileRef] = []
    for done, (source_id, future) in enumerate(futures.items(), start=1):
        try:
            result = future.result()
        except (CommuniqueError, OSError) as error:
            run.gaps[source_id] = f"fetch failed: {error}"
        else:
            captures += result.captures
            run.counters["fetch: captured"] += result.n_captured
            run.counters["fetch: unchanged"] += result.n_unchanged
            run.counters["fetch: failed"] += result.n_failed
            run.notes += result.problems
        run.progress("fetch", done, len(futures))
    if chosen and len(run.gaps) == len(chosen):
        raise CommuniqueError(
            "every source failed, nothing was published",
            "; ".join(f"{source}: {reason}" for source, reason in sorted(run.gaps.items())),
            "Mend the sources and run again; what is archived stays.",
        )
    if not captures:
        return []
    inputs = GateInputs(run.settings.quarantine_share, tuple(source.id for source in chosen))
    verdict = check_archived(run.settings.home, run.run.run_id, "fetch", "fetch", captures, inputs)
    return accept(run, verdict)


def choose(run: Session, sources: Sequence[str] | None, folder: str | None) -> list[Source]:
    """Return the sources to ask.

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
    run.sources.update({source.id: source.kind for source in chosen})
    return sorted(chosen, key=lambda source: source.id)
