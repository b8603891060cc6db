"""Between a stage and its gate: what a stage made waits here, and only what the gate accepts is moved into the tables.

The staging area has the layout of the tables, one area for each run, beside them on the same file system. A blocked
stage leaves its area in place, so that a person can look at the rows; the next run makes its own, and `gc` removes
the old ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import contract_of

STAGING_DIRECTORY = "staged"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file of one table, in memory.

    Attributes:
        contract: Contract of the table.
        partition: Partition of the file; None for a table over everything.
        stem: Name of the file without its ending; None for a table over everything.
        table: The rows, in the contract's schema.
    """

    contract: TableContract
    partition: Partition | None
    stem: str | None
    table: pa.Table

    @property
    def table_name(self) -> str:
        """Layer and name, as gate results spell it."""
        return f"{self.contract.layer}.{self.contract.name}"


def staging_store(home: Path, run_id: str) -> Store:
    """Return the store that holds what the run has made and no gate has seen yet."""
    return Store(home / STAGING_DIRECTORY / run_id)


def read_parts(staging: Store, refs: Iterable[FileRef]) -> list[Part]:
    """Return the staged files in a fixed order: table, partition, stem."""
    ordered = sorted(refs, key=lambda ref: ref.path)
    return [Part(contract_of(ref.layer, ref.name), ref.partition, ref.stem, staging.read(ref)) for ref in ordered]


def promote(store: Store, parts: Sequence[Part]) -> list[FileRef]:
    """Write accepted parts into the tables; return the files. An empty part is written too."""
    return [store.write(part.contract, part.table, part.partition, part.stem) for part in parts]


def discard(home: Path, run_id: str) -> None:
    """Remove the staging area of a run whose stages were all accepted."""
    shutil.rmtree(home / STAGING_DIRECTORY / run_id, ignore_errors=True)


def leftovers(home: Path) -> list[Path]:
    """Return the staging areas of runs that were blocked or killed, oldest first."""
    root = home / STAGING_DIRECTORY
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
