"""What the gates said in the last runs, also in those that published nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from warehouse.errors import ContractError, StorageError
from warehouse.ledger import Ledger
from warehouse.parquet import decode
from warehouse.paths import within
from warehouse.tables import quality

# What fits on a screen; more would make the cost of publishing grow with the age of the warehouse.
RUNS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class RunQuality:
    """One run as its gates saw it.

    Attributes:
        run_id: The run.
        logical_date: Day it stood for.
        outcome: How it ended by the ledger; `running` for the one that makes the report.
        verdicts: Verdict → rules.
        n_unexpected: Rows that broke a rule, over all rules.
    """

    run_id: str
    logical_date: date
    outcome: str
    verdicts: Counter[str] = field(default_factory=Counter)
    n_unexpected: int = 0


def quality_of_runs(home: Path, most: int = RUNS_SHOWN) -> list[RunQuality]:
    """Return the newest runs that were gated, oldest first; a file of verdicts that is damaged does not count.

    Args:
        home: Directory of the warehouse.
        most: Runs to look at.
    """
    directory = within(home, "quality", quality.GATE_RESULTS.name)
    found = []
    for run in Ledger(home).runs()[:most]:
        verdicts: Counter[str] = Counter()
        unexpected = 0
        for path in sorted(directory.glob(f"{run.run_id}-*.parquet")):
            try:
                rows = decode(quality.GATE_RESULTS, path, columns=["verdict", "n_unexpected"])
            except (StorageError, ContractError):
                continue
            verdicts.update(rows["verdict"].to_pylist())
            unexpected += sum(rows["n_unexpected"].to_pylist())
        if verdicts:
            found.append(RunQuality(run.run_id, run.logical_date, run.outcome, verdicts, unexpected))
    return found[::-1]
