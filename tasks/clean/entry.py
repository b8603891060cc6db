"""What a flow calls of this stage: file references in, references to staged files out."""

from __future__ import annotations

import importlib.metadata
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from tasks.clean.duplicates import Pairs, find_pairs, pair_table, read_pairs
from tasks.clean.phrases import CLEAN_REFERENCE
from tasks.clean.sketches import (
    DOCUMENT_COLUMNS,
    SENTENCE_COLUMNS,
    Sketch,
    current_versions,
    make_sketches,
    read_sketches,
    sketch_table,
)
from tasks.clean.step import clean_file
from warehouse.errors import ContractError, IntegrityError
from warehouse.fingerprints import code_version
from warehouse.ids import sha256_hex
from warehouse.page_hints import NO_HINTS, PageHints
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import contract_of, quality
from warehouse.tables.documents import DOCUMENTS, DUPLICATES, SENTENCES, SKETCHES

log = logging.getLogger(__name__)

# Libraries that decide what the text is: another version is another stage.
LIBRARIES = ("trafilatura", "py3langid", "ftfy", "lxml", "babel", "w3lib", "rensa")
NO_HINTS_AT_ALL: Mapping[str, PageHints] = MappingProxyType({})
_NO_SENTENCES = SENTENCES.schema.empty_table().select(SENTENCE_COLUMNS)


def clean_version() -> str:
    """Return the version of this stage: its code and the libraries that decide what the text is."""
    libraries = ",".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return f"{code_version(Path(__file__).parent)} {libraries}"


def clean_batch(
    home: Path,
    run_id: str,
    captures: Sequence[FileRef],
    reference: Path = CLEAN_REFERENCE,
    hints: Mapping[str, PageHints] = NO_HINTS_AT_ALL,
) -> list[FileRef]:
    """Clean each file of captures into the staging area of the run.

    Args:
        home: Directory of the warehouse.
        run_id: The run.
        captures: The files.
        reference: Directory of the stage's word lists.
        hints: What the declarations of the sources say of their pages, by source; those without are left out.

    Returns:
        One reference for each table and file of captures, also where a table has no rows.
    """
    store, staging = Store(home), staging_store(home, run_id)
    staged = []
    refused = refused_captures(store)
    for ref in captures:
        source = ref.partition.source_id if ref.partition else ""
        tables = clean_file(store, ref, reference, refused, hints.get(source, NO_HINTS))
        for name, table in tables.items():
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
    """Find the announcements that repeat one another, into the staging area of the run.

    Only documents that are new or changed since the last time are read and compared with the sketches of the others.
    The sketches say which table of pairs they go with: where that is not the one that stands (a gate refused it, the
    code changed, a file was lost) all are compared again, with the same result.
    """
    store = Store(home)
    refs = {(ref.partition, ref.stem): ref for ref in store.files(SENTENCES)}
    held_documents = store.files(DOCUMENTS)
    tables = store.read_each(DOCUMENTS, held_documents, DOCUMENT_COLUMNS)
    documents = [*zip(held_documents, tables, strict=True)]
    current = current_versions(pa.concat_tables(table for _, table in documents))
    before, known = _last_time(store)
    kept = {
        doc_id: replace(old, site=one.site, logical_date=one.captured[0], retrieved_at=one.captured[1])
        for doc_id, one in current.items()
        if (old := before.get(doc_id)) is not None and old.document_version_id == one.document_version_id
    }
    new = {doc_id: one for doc_id, one in current.items() if doc_id not in kept}
    wanted = pa.array(sorted(new), pa.string())
    held = [
        refs[ref.partition, ref.stem]
        for ref, table in documents
        if pc.any(pc.is_in(table.column("doc_id"), wanted)).as_py() and (ref.partition, ref.stem) in refs
    ]
    texts = pa.concat_tables([_NO_SENTENCES, *(store.read(ref, SENTENCE_COLUMNS) for ref in held)])
    sketches = kept | make_sketches(new, texts)
    pairs = find_pairs(sketches, before, known)
    staged = staging_store(home, run_id).write(DUPLICATES, pair_table(pairs, sketches), None, None)
    store.write(SKETCHES, sketch_table(sketches, _state(staged)), None, None)
    log.info("%d documents, %d of them new or changed, %d pairs", len(sketches), len(new), len(pairs))
    return [staged]


def _last_time(store: Store) -> tuple[dict[str, Sketch], Pairs]:
    """Return the sketches of the last time and the pairs found with them; nothing where they do not go together."""
    standing = store.files(DUPLICATES)
    try:
        table = store.read_all(SKETCHES)
    except (IntegrityError, ContractError) as error:
        log.warning("the sketches of the last run cannot be used, all documents are compared again: %s", error)
        return {}, {}
    if not standing or not len(table) or set(table.column("state").to_pylist()) != {_state(standing[0])}:
        return {}, {}
    return read_sketches(table), read_pairs(store.read(standing[0]))


def _state(pairs: FileRef) -> str:
    return sha256_hex(f"{pairs.sha256} {clean_version()}".encode())
