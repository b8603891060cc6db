"""What a flow calls of this stage: the tables of the warehouse in, references to staged files out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from tasks.curate.step import INPUTS, CurateContext, curate
from warehouse.corrections import read_corrections
from warehouse.fingerprints import code_version
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import archive, contract_of


def curate_version() -> str:
    """Return the version of this stage's code and SQL."""
    return code_version(Path(__file__).parent)


def input_files(store: Store) -> list[FileRef]:
    """Return every file the curation reads, in a fixed order."""
    return [ref for name in INPUTS for ref in store.files(contract_of(*name.split(".")))]


def curate_all(
    home: Path, run_id: str, reference: Path, sources: Mapping[str, str], gaps: Mapping[str, str]
) -> list[FileRef]:
    """Build the star schema into the staging area of the run.

    Args:
        home: Directory of the warehouse.
        run_id: The run.
        reference: Directory of the knowledge tables.
        sources: Source → kind of every source known.
        gaps: Source → why it is missing or incomplete.

    Returns:
        One reference for each curated table but those that describe the run and the change.
    """
    store, staging = Store(home), staging_store(home, run_id)
    tables = {name: _read(store, name) for name in INPUTS}
    context = CurateContext(sources=sources, gaps=gaps, corrections=read_corrections(home))
    curated = curate(tables, reference, context)
    return [staging.write(contract_of("curated", name), table, None, None) for name, table in curated.items()]


def _read(store: Store, name: str) -> pa.Table:
    """Read one input; of the archive everything but the bytes, which stay where they are."""
    contract = contract_of(*name.split("."))
    if contract is not archive.CAPTURES:
        return store.read_all(contract)
    return store.read_all(contract, columns=[column for column in contract.column_names if column != "body"])
