"""What a flow calls of this stage: file references in, references to staged files out."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path

from tasks.clean.duplicates import find_duplicates
from tasks.clean.step import clean_file
from warehouse.fingerprints import code_version
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import contract_of, quality

# Libraries that decide what the text is: another version is another stage.
LIBRARIES = ("trafilatura", "py3langid", "ftfy", "lxml", "babel", "w3lib")


def clean_version() -> str:
    """Return the version of this stage: its code and the libraries that decide what the text is."""
    libraries = ",".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return f"{code_version(Path(__file__).parent)} {libraries}"


def clean_batch(home: Path, run_id: str, captures: Sequence[FileRef]) -> list[FileRef]:
    """Clean each file of captures into the staging area of the run.

    Returns:
        One reference for each table and file of captures, also where a table has no rows.
    """
    store, staging = Store(home), staging_store(home, run_id)
    staged = []
    refused = refused_captures(store)
    for ref in captures:
        for name, table in clean_file(store, ref, refused=refused).items():
            staged.append(staging.write(contract_of("documents", name), table, ref.partition, ref.stem))
    return staged


def refused_captures(store: Store) -> dict[str, str]:
    """Return the captures that the gate of the archive has set aside, with the rules they break."""
    rules: dict[str, set[str]] = {}
    for row in store.read_all(quality.QUARANTINE, columns=["table_name", "row_key", "rule"]).to_pylist():
        if row["table_name"] == "archive.captures":
            # A key that stands twice among the refused has its ordinal behind it.
            rules.setdefault(row["row_key"].partition("#")[0], set()).add(row["rule"])
    return {capture: ", ".join(sorted(broken)) for capture, broken in rules.items()}


def link_duplicates(home: Path, run_id: str) -> list[FileRef]:
    """Find the announcements that repeat one another, over all documents, into the staging area of the run."""
    store = Store(home)
    documents = store.read_all(contract_of("documents", "documents"))
    sentences = store.read_all(contract_of("documents", "sentences"))
    contract = contract_of("documents", "duplicates")
    return [staging_store(home, run_id).write(contract, find_duplicates(documents, sentences), None, None)]
