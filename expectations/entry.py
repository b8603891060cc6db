"""What a flow calls of the gates: staged files in, accepted files and a verdict out.

A gate reads what a stage left in the staging area, moves what it accepts into the tables, and writes down every
verdict and every refused row. A blocked gate moves nothing, and the staging area stays for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from expectations.gate import GateContext, GateOutcome, run_gate
from warehouse.staging import Part, promote, read_parts, staging_store
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import contract_of, quality


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What a gate decided, small enough to travel between processes.

    Attributes:
        label: Stage, and the month of a backfill.
        accepted: Files now in the tables.
        blocked_sources: Source → why none of its new rows were accepted.
        blocked: True where nothing was accepted.
        reason: Why it blocked; empty otherwise.
        markdown: The verdicts for people.
        results: File of `quality.gate_results`.
        n_quarantined: Rows set aside.
    """

    label: str
    accepted: list[FileRef]
    blocked_sources: Mapping[str, str]
    blocked: bool
    reason: str
    markdown: str
    results: FileRef
    n_quarantined: int


@dataclass(frozen=True, slots=True)
class GateInputs:
    """What a gate needs beside the staged rows.

    Attributes:
        quarantine_share: Largest share of a source's rows that may be set aside.
        sources: Sources the stage worked on.
        references: Tables by `layer.name`, with the partitions to read (empty: all), that rows refer to.
        history: Table → row counts of earlier releases, oldest first.
    """

    quarantine_share: float
    sources: tuple[str, ...] = ()
    references: Mapping[str, Sequence[FileRef]] = field(default_factory=dict)
    history: Mapping[str, Sequence[int]] = field(default_factory=dict)


def gate_staged(
    home: Path, run_id: str, stage: str, label: str, staged: Sequence[FileRef], inputs: GateInputs
) -> GateVerdict:
    """Check what a stage left in the staging area and move what is accepted into the tables."""
    store = Store(home)
    outcome = _decide(store, run_id, stage, read_parts(staging_store(home, run_id), staged), inputs)
    accepted = [] if outcome.blocked else promote(store, outcome.accepted)
    return _record(store, run_id, label, outcome, accepted)


def gate_archived(
    home: Path, run_id: str, stage: str, label: str, archived: Sequence[FileRef], inputs: GateInputs
) -> GateVerdict:
    """Check files that are in the archive already: nothing is moved, and the archive is never altered."""
    store = Store(home)
    outcome = _decide(store, run_id, stage, read_parts(store, archived), inputs)
    kept = {(part.partition, part.stem) for part in outcome.accepted}
    accepted = [] if outcome.blocked else [ref for ref in archived if (ref.partition, ref.stem) in kept]
    return _record(store, run_id, label, outcome, accepted)


def _decide(store: Store, run_id: str, stage: str, parts: list[Part], inputs: GateInputs) -> GateOutcome:
    references = {name: _read(store, name, refs) for name, refs in inputs.references.items()}
    context = GateContext(
        run_id=run_id,
        quarantine_share=inputs.quarantine_share,
        references=references,
        history=inputs.history,
        sources=inputs.sources,
    )
    return run_gate(stage, parts, context)


def _read(store: Store, name: str, refs: Sequence[FileRef]) -> pa.Table:
    contract = contract_of(*name.split("."))
    return pa.concat_tables([contract.schema.empty_table(), *store.read_each(contract, refs)])


def _record(store: Store, run_id: str, label: str, outcome: GateOutcome, accepted: list[FileRef]) -> GateVerdict:
    stem = f"{run_id}-{label}"
    position = outcome.results.schema.get_field_index("stage")
    results = outcome.results.set_column(
        position, outcome.results.schema.field(position), [[label] * len(outcome.results)]
    )
    written = store.write(quality.GATE_RESULTS, results, None, stem)
    if len(outcome.quarantine):
        store.write(quality.QUARANTINE, outcome.quarantine, None, stem)
    return GateVerdict(
        label=label,
        accepted=accepted,
        blocked_sources=dict(outcome.blocked_sources),
        blocked=outcome.blocked,
        reason=outcome.reason,
        markdown=outcome.markdown,
        results=written,
        n_quarantined=len(outcome.quarantine),
    )


def partitions_of(refs: Sequence[FileRef]) -> set[Partition]:
    """Return the partitions the files belong to; files over everything have none."""
    return {ref.partition for ref in refs if ref.partition is not None}
