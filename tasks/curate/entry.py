"""What a flow calls of this stage: the tables of the warehouse in, references to staged files out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tasks.curate.step import CurateContext, curate
from warehouse.fingerprints import code_version
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import archive, contract_of, documents, extracted, resolved

INPUTS = tuple(
    f"{table.layer}.{table.name}"
    for table in (*documents.TABLES, *extracted.TABLES, *resolved.TABLES)
    if table not in (documents.REJECTS, documents.REMOVALS, extracted.REJECTS)
)


def curate_version() -> str:
    """Return the version of this stage's code and SQL."""
    return code_version(Path(__file__).parent)


def input_files(store: Store) -> list[FileRef]:
    """Return every file the curation reads, in a fixed order."""
    names = (*INPUTS, "archive.captures")
    return [ref for name in names for ref in store.files(contract_of(*name.split(".")))]


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
    tables = {name: store.read_all(contract_of(*name.split("."))) for name in INPUTS}
    tables["archive.captures"] = store.read_all(archive.CAPTURES, columns=_without_body())
    curated = curate(tables, reference, CurateContext(sources=sources, gaps=gaps))
    return [staging.write(contract_of("curated", name), table, None, None) for name, table in curated.items()]


def _without_body() -> list[str]:
    """The columns of the archive that the star schema needs; the bytes stay where they are."""
    return [name for name in archive.CAPTURES.column_names if name != "body"]
