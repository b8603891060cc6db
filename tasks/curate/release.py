"""The last step: curated tables, verdicts and changes become one release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from tasks.curate.changes import fact_changes, gate_result_table
from warehouse.publication import ReleaseContext, current, history, publish, read_release
from warehouse.storage import FileRef, Store
from warehouse.tables import CURATED, curated_facts, quality

DESCRIBING_THE_RUN = (curated_facts.FACT_GATE_RESULT, curated_facts.FACT_CHANGE)


def publish_release(
    home: Path,
    run_id: str,
    verdicts: Sequence[FileRef],
    inputs: Mapping[str, str],
    gaps: Mapping[str, str],
) -> str | None:
    """Publish the curated tables of the warehouse.

    Args:
        home: Directory of the warehouse.
        run_id: The run.
        verdicts: Files of `quality.gate_results` of this run.
        inputs: Stage → fingerprint of what the release was made from.
        gaps: Source → why it is missing or incomplete.

    Returns:
        The id of the new release; None where nothing differs from the current one.
    """
    store = Store(home)
    tables = {contract.name: store.read_all(contract) for contract in CURATED if contract not in DESCRIBING_THE_RUN}
    # A run that finds everything done, say after one that was killed before this step, has no verdict of its own.
    results = pa.concat_tables([quality.GATE_RESULTS.schema.empty_table(), *(store.read(ref) for ref in verdicts)])
    released = current(home)
    previous = None if released is None else read_release(released)
    tables["fact_change"] = fact_changes(previous, tables, tables["id_registry"])
    tables["fact_gate_result"] = gate_result_table(results)
    release = publish(home, tables, ReleaseContext(run_id=run_id, inputs=dict(inputs), gaps=dict(gaps)))
    return None if release is None else release.release_id


def current_release_id(home: Path) -> str | None:
    """Return the id of the release that readers see; None before the first."""
    release = current(home)
    return None if release is None else release.release_id


def release_history(home: Path) -> dict[str, list[int]]:
    """Return the row counts of each published table over the releases, oldest first: the volume envelope."""
    counts: dict[str, list[int]] = {}
    for release in history(home):
        for name, rows in release.rows.items():
            counts.setdefault(f"curated.{name}", []).append(rows)
    return counts
