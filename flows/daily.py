"""The daily run: fetch, clean, extract, resolve, curate, publish, in this order, for one logical date."""

from __future__ import annotations

from datetime import date

from prefect import flow

from flows.ingest import ingest
from flows.monitor import watch
from flows.process import process
from flows.publish import publish
from flows.runner import name_of_run, task_runner
from flows.session import RunSummary, session
from warehouse.staging import discard


@flow(name="daily", flow_run_name=name_of_run, task_runner=task_runner())
def daily(
    home: str | None = None,
    sources: list[str] | None = None,
    folder: str | None = None,
    logical_date: date | None = None,
) -> RunSummary:
    """Bring the warehouse up to the logical date and publish a release if anything changed.

    Args:
        home: Directory of the warehouse; the setting if none.
        sources: Ids of the sources to ask; all that are enabled if none.
        folder: A folder of documents to take as the only source.
        logical_date: Day the run stands for; today (UTC) if none.

    Returns:
        What the run came to; exit code 3 where a source is missing from the release.

    Raises:
        GateBlockedError: A gate refused a stage; the current release stands.
        LockedError: Another run holds the warehouse.
    """
    with session("daily", home, logical_date, {"sources": sources, "folder": folder}) as run:
        ingest(home, sources, folder, run.logical_date)
        process(home, None, run.logical_date)
        watch(run)
        publish(home, run.logical_date)
        discard(run.settings.home, run.run.run_id)
        return run.summary()
