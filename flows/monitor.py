"""Monitors: whether the sources bring what they promise, and whether one has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.entry import GateInputs
from flows.session import Session
from flows.verdicts import accept
from tasks.fetch.sources import load_sources
from tasks.prefect_tasks import check_archived, measure
from warehouse.storage import FileRef


def watch(run: Session) -> None:
    """Count what came of the sources asked in this run, after their documents are read, and gate the counts.

    Raises:
        GateBlockedError: Every source that was counted has been silent for far longer than its declaration allows.
    """
    asked = [source for source in load_sources(run.settings.sources_dir) if source.id in run.sources]
    watched = [source for source in asked if source.cadence is not None and source.id not in run.gaps]
    if watched:
        counted = measure(run.settings.home, watched, run.logical_date, run.run.run_id)
        check_coverage(run, counted, "coverage")


def check_coverage(run: Session, counted: Sequence[FileRef], label: str) -> None:
    """Gate files of `archive.coverage`: what is missing is a warning, a source that is lost a gap in the release.

    Raises:
        GateBlockedError: Every source that was counted is lost.
    """
    if counted:
        sources = tuple(sorted({ref.partition.source_id for ref in counted if ref.partition is not None}))
        inputs = GateInputs(run.settings.quarantine_share, sources)
        accept(run, check_archived(run.settings.home, run.run.run_id, "coverage", label, counted, inputs))
