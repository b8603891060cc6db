"""What a flow does with the verdict of a gate: counters, gaps, an artifact, and the stop where it blocks."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact

from expectations.entry import GateVerdict
from flows.session import Session
from warehouse.errors import GateBlockedError
from warehouse.storage import FileRef


def accept(run: Session, verdict: GateVerdict) -> list[FileRef]:
    """Record the verdict and return the files the gate accepted.

    Raises:
        GateBlockedError: The gate accepted nothing.
    """
    run.verdicts.append(verdict.results)
    run.counters[f"{verdict.label}: rows set aside"] += verdict.n_quarantined
    create_markdown_artifact(verdict.markdown, key=f"gate-{verdict.label}", description=f"Verdicts: {verdict.label}")
    if verdict.blocked:
        raise GateBlockedError(
            f"the gate after {verdict.label} blocked: {verdict.reason}",
            verdict.results.path,
            "Nothing was published and the current release stands. `communique quarantine` shows the rows.",
        )
    run.gaps.update(verdict.blocked_sources)
    return verdict.accepted
