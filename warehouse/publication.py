"""Publication: the curated tables become one immutable release, and readers see the last one or this one, never a mix.

Order of writing: every file of the release in a directory nobody reads, each fsynced → rename of the directory →
fsync of its parent → commit record, created exclusively → swap of the pointer. A kill before the record leaves
nothing that counts; a kill after it leaves a pointer that the next start brings up to date.

This is the one module to import for anything about releases; keeping and checking them is in `warehouse.retention`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.changelog import change_text
from warehouse.commits import History, Problem, append_commit, read_history, to_json, write_pointer
from warehouse.compatibility import check_compatibility, read_package
from warehouse.datapackage import PublishedFile, data_package
from warehouse.delta import encode_deltas
from warehouse.duckdb_file import VIEWS_DIRECTORY, build_database
from warehouse.encoding import ABOUT_THE_RUN, EncodedTable, content_key, encode_tables
from warehouse.errors import IntegrityError, StorageError
from warehouse.failpoints import failpoint
from warehouse.files import (
    link_or_copy,
    make_directory,
    remove_tree,
    storage_errors,
    sync_directory,
    sync_file,
    temporary_beside,
    write_new,
)
from warehouse.lock import warehouse_lock
from warehouse.manifest import environment, file_entry, gate_summary
from warehouse.paths import within
from warehouse.products import write_products
from warehouse.release import MANIFEST_NAME, SCHEMA_VERSION, Release, open_release, read_release, release_directory
from warehouse.retention import current, gc, history, kept, orphans, recover, rollback, verify
from warehouse.tables import CURATED

__all__ = [
    "Problem", "Release", "ReleaseContext", "current", "gc", "history", "kept", "orphans", "publish",
    "read_release", "recover", "release_directory", "rollback", "verify",
]  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReleaseContext:
    """What a release says of how it came to be.

    Attributes:
        run_id: The run that makes it.
        inputs: Stage → fingerprint of what the tables were made from.
        gaps: Source → why it is missing or incomplete.
    """

    run_id: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)


def publish(home: Path, tables: Mapping[str, pa.Table], context: ReleaseContext) -> Release | None:
    """Publish the curated tables as one release.

    Args:
        home: Directory of the warehouse.
        tables: Every curated table by name.
        context: What the release says of how it came to be.

    Returns:
        The release; None if the contents are those of the current one, so that nothing was written.

    Raises:
        ContractError: A table is missing, unknown or breaks its contract, or breaks readers of the release before
            without a new major version; nothing is written.
        LockedError: Another process holds the warehouse.
        StorageError: The release could not be written; the last one stands and nothing of this one is left, unless
            its commit record was written already: then the next start completes it.
    """
    with warehouse_lock(home):
        base = _base(home)
        if base is not None:
            package = read_package(base.path / "datapackage.json")
            check_compatibility(package, CURATED, SCHEMA_VERSION, VIEWS_DIRECTORY)
        encoded = encode_tables(tables)
        key = content_key(encoded)
        if base is not None and base.warning is None and base.content_key == key:
            return None
        commits = read_history(home)
        release_id = f"rel_{commits.last_number + 1:06d}_{key[:12]}"
        return _write(home, release_id, key, encoded, context, base, commits)


def _base(home: Path) -> Release | None:
    """Return the release to build on, after completing what a killed run has left half done."""
    try:
        return recover(home)
    except IntegrityError as error:
        # A whole new release is the way out of this, so it must not stand in the way of one.
        log.error("%s; the new release builds on none", error)
        return None


def _write(
    home: Path,
    release_id: str,
    content_key: str,
    encoded: Mapping[str, EncodedTable],
    context: ReleaseContext,
    base: Release | None,
    commits: History,
) -> Release:
    target = within(home, "releases", release_id)
    make_directory(target.parent)
    staging = temporary_beside(target)
    committed = False
    try:
        manifest = _write_files(home, staging, release_id, content_key, encoded, context, base)
        if target.exists():
            # Left by a run that was killed before its commit record: nothing refers to it.
            remove_tree(target)
        failpoint("publish.rename")
        with storage_errors(target):
            staging.rename(target)
        failpoint("publish.renamed")
        sync_directory(target.parent)
        sha256 = hashlib.sha256(manifest).hexdigest()
        append_commit(home, commits, "publish", (release_id, sha256, content_key), context.run_id)
        committed = True
    finally:
        if not committed:
            _clean_up(home, release_id, staging, target)
    write_pointer(home, release_id)
    return open_release(home, read_history(home).live()[release_id])


def _write_files(
    home: Path,
    staging: Path,
    release_id: str,
    content_key: str,
    encoded: Mapping[str, EncodedTable],
    context: ReleaseContext,
    base: Release | None,
) -> bytes:
    """Write the directory of a release and make it durable; return its manifest."""
    make_directory(staging / "tables")
    files = {name: _write_table(staging, entry, base) for name, entry in encoded.items()}
    for directory in {(staging / file.path).parent for parts in files.values() for file in parts}:
        sync_directory(directory)
    sync_directory(staging / "tables")
    deltas = _write_deltas(staging, encoded, base)
    parent = None if base is None else base.release_id
    package = data_package(release_id, SCHEMA_VERSION, CURATED, files)
    changes = change_text(release_id, parent, encoded["fact_change"].table, context.gaps)
    others = [
        _write_other(staging / "datapackage.json", to_json(package)),
        _write_other(staging / "CHANGES", changes.encode("utf-8", "backslashreplace")),
        _write_database(staging / "warehouse.duckdb", encoded),
    ]
    about: dict[str, Any] = {
        "release_id": release_id,
        "schema_version": SCHEMA_VERSION,
        "content_key": content_key,
        "parent": parent,
        "delta_from": None if deltas is None else parent,
        "run_id": context.run_id,
        "inputs": dict(context.inputs),
        "gaps": dict(context.gaps),
        "gates": gate_summary(encoded["fact_gate_result"].table),
        "environment": environment(),
    }
    tables = {name: (entry.contract, entry.table) for name, entry in encoded.items()}
    others += write_products(staging, home, about, tables, files, base)
    written = [file for parts in files.values() for file in parts]
    listed = sorted([*written, *others, *(deltas or ())], key=lambda file: file.path)
    manifest = to_json({**about, "files": [file_entry(file) for file in listed]})
    write_new(staging / MANIFEST_NAME, manifest)
    sync_directory(staging)
    return manifest


def _write_table(staging: Path, entry: EncodedTable, base: Release | None) -> list[PublishedFile]:
    """Write a table's files, or link those of the release before that are the same and undamaged."""
    name = entry.contract.name
    before = {} if base is None else base.digests(name)
    for path, file in entry.files.items():
        make_directory((staging / path).parent)
        unchanged = base is not None and before.get(path) == file.sha256
        if base is None or not unchanged or not _link(base.path / path, staging / path, file.sha256):
            write_new(staging / path, file.data)
    return [PublishedFile(path, file.sha256, len(file.data), name, file.rows) for path, file in entry.files.items()]


def _link(source: Path, target: Path, sha256: str) -> bool:
    """Link a file of the release before, if its bytes are those that were published; return whether they are."""
    with suppress(OSError):
        if hashlib.sha256(source.read_bytes()).hexdigest() == sha256:
            link_or_copy(source, target)
            return True
    log.warning("%s is damaged; the new release gets a fresh copy", source)
    return False


def _write_deltas(
    staging: Path, encoded: Mapping[str, EncodedTable], base: Release | None
) -> list[PublishedFile] | None:
    """Write what a copy of the release before needs to become this one; None where there is none to begin with."""
    changed = {
        name: (entry.contract, entry.table)
        for name, entry in encoded.items()
        if base is not None and name not in ABOUT_THE_RUN and base.digests(name) != entry.digests
    }
    deltas = None if base is None else encode_deltas(base, changed)
    if deltas is None:
        return None
    make_directory(staging / "delta")
    written = [_write_other(staging / "delta" / f"{name}.parquet", data, "delta/") for name, data in deltas.items()]
    sync_directory(staging / "delta")
    return written


def _write_other(path: Path, data: bytes, directory: str = "") -> PublishedFile:
    write_new(path, data)
    return PublishedFile(f"{directory}{path.name}", hashlib.sha256(data).hexdigest(), len(data))


def _write_database(path: Path, encoded: Mapping[str, EncodedTable]) -> PublishedFile:
    failpoint("publish.database")
    build_database(path, {name: (entry.contract, entry.table) for name, entry in encoded.items()})
    sync_file(path)
    with storage_errors(path), path.open("rb") as file:
        return PublishedFile(path.name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def _clean_up(home: Path, release_id: str, staging: Path, target: Path) -> None:
    """Remove what a failed publication has left, unless its commit record stands after all."""
    try:
        if staging.exists():
            remove_tree(staging)
        if target.exists() and release_id not in read_history(home).live():
            remove_tree(target)
    except StorageError as error:
        # Why the publication failed matters more than why its remains did; they are orphans, and `gc` takes those away.
        log.warning("%s", error)
