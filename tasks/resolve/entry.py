"""What a flow calls of this stage: the tables of the warehouse in, references to staged files out."""

from __future__ import annotations

from pathlib import Path

from tasks.resolve.step import resolve
from warehouse.corrections import read_corrections
from warehouse.fingerprints import code_version
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import contract_of

INPUTS = (
    "documents.documents",
    "documents.sentences",
    "documents.duplicates",
    "extracted.mentions",
    "extracted.claims",
    "extracted.claim_arguments",
)
PRIOR = ("id_registry", "registry_evidence")


def resolve_version() -> str:
    """Return the version of this stage's code."""
    return code_version(Path(__file__).parent)


def input_files(store: Store) -> list[FileRef]:
    """Return every file the resolution reads, in a fixed order."""
    return [ref for name in INPUTS for ref in store.files(contract_of(*name.split(".")))]


def resolve_all(home: Path, run_id: str) -> list[FileRef]:
    """Resolve all mentions and claims of the warehouse into the staging area of the run.

    Returns:
        One reference for each table of the layer.
    """
    store, staging = Store(home), staging_store(home, run_id)
    tables = {name: store.read_all(contract_of(*name.split("."))) for name in INPUTS}
    prior = {name: store.read_all(contract_of("resolved", name)) for name in PRIOR}
    resolved = resolve(tables, prior, read_corrections(home))
    return [staging.write(contract_of("resolved", name), table, None, None) for name, table in resolved.items()]
