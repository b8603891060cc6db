"""One release as readers see it: its manifest, its tables, and whether it is still what was published.

How a release comes to be is in `warehouse.publication`, how releases are kept and removed in `warehouse.retention`.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.commits import Commit, Problem
from warehouse.errors import ConfigurationError, ContractError, IntegrityError, StorageError
from warehouse.files import storage_errors
from warehouse.parquet import decode
from warehouse.paths import within
from warehouse.tables import CURATED, contract_of

# Raised in its first part when a table or column goes or changes its meaning, in its second when one is added.
SCHEMA_VERSION = "1.3.0"
MANIFEST_NAME = "manifest.json"
_OTHER_VERSION = "Read it with the program that published it; a rebuild from the archive makes it anew."
_MEND = "Roll back to an earlier release, or remove the damaged one's directory and publish again."


@dataclass(frozen=True, slots=True)
class Release:
    """A published release.

    Attributes:
        release_id: `rel_`, the number of its commit, and the beginning of its content key.
        path: Its directory.
        commit: The record that published it.
        manifest: Its manifest.
        warning: Why this release and not the one the pointer names is taken for the current one; None if all is well.
    """

    release_id: str
    path: Path
    commit: Commit
    manifest: Mapping[str, Any]
    warning: str | None = None

    @property
    def content_key(self) -> str:
        """Hash over the published contents, without what describes the run."""
        return self.commit.content_key

    @property
    def parent(self) -> str | None:
        """The release that was current when this one was made; None for the first."""
        parent: str | None = self.manifest["parent"]
        return parent

    @property
    def rows(self) -> dict[str, int]:
        """Table → rows."""
        counted: Counter[str] = Counter()
        for entry in self.manifest["files"]:
            if entry["table"] is not None:
                counted[entry["table"]] += entry["rows"]
        return dict(counted)

    @property
    def duckdb_path(self) -> Path:
        """The database file with all tables and views."""
        return self.path / "warehouse.duckdb"

    def digests(self, name: str) -> dict[str, str]:
        """Return path → digest of a table's files, by path; empty if the release has no such table."""
        listed = [entry for entry in self.manifest["files"] if entry["table"] == name]
        return {str(entry["path"]): str(entry["sha256"]) for entry in sorted(listed, key=lambda entry: entry["path"])}

    def table_path(self, name: str) -> Path:
        """Return the Parquet file of a table, or the directory of its files where it lies in one a year.

        Raises:
            ConfigurationError: The release has no such table.
        """
        file, *_ = self._files(name)
        return self.path / "tables" / file.removeprefix("tables/").partition("/")[0]

    def _files(self, name: str) -> dict[str, str]:
        files = self.digests(name)
        if not files:
            tables = ", ".join(sorted(self.rows))
            raise ConfigurationError(f"has no table {name!r}", self.release_id, f"Tables: {tables}.")
        return files

    def read(self, name: str) -> pa.Table:
        """Return one table, every byte of it verified.

        Raises:
            ConfigurationError: The release has no such table.
            IntegrityError: The file is missing or damaged, or not the one published; names it.
            ContractError: The release has other columns than this program knows.
        """
        contract = contract_of("curated", name)
        parts = [decode(contract, self.path / path, sha256=sha256) for path, sha256 in self._files(name).items()]
        return pa.concat_tables(parts)

    def read_as_written(self, name: str) -> pa.Table:
        """Return one table with the columns it was published with, whatever this program knows; every byte verified.

        Raises:
            ConfigurationError: The release has no such table.
            IntegrityError: The file is missing or damaged, or not the one published; names it.
        """
        return pa.concat_tables(_as_written(self.path / path, sha256) for path, sha256 in self._files(name).items())


def _as_written(path: Path, sha256: str) -> pa.Table:
    with storage_errors(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise IntegrityError("is missing", str(path), _MEND) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IntegrityError("is not the file that was published", str(path), _MEND)
    return pq.read_table(pa.BufferReader(data), page_checksum_verification=True)


def release_directory(home: Path, release_id: str) -> Path:
    """Return where the files of a release lie."""
    return within(home, "releases", release_id)


def open_release(home: Path, commit: Commit) -> Release:
    """Return the release a record published, its manifest verified.

    Raises:
        IntegrityError: The manifest is missing or not the one that was published.
    """
    directory = release_directory(home, commit.release_id)
    path = directory / MANIFEST_NAME
    with storage_errors(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise IntegrityError("is missing", str(path), _MEND) from error
    if hashlib.sha256(data).hexdigest() != commit.manifest_sha256:
        raise IntegrityError("is not the manifest that was published", str(path), _MEND)
    return Release(commit.release_id, directory, commit, json.loads(data))


def read_release(release: Release) -> dict[str, pa.Table]:
    """Return the tables of a release by name, every byte verified.

    A release of another minor version is read with the tables and columns it has; tables that this program does not
    know are left out.

    Raises:
        IntegrityError: A file is missing or damaged; names it.
        ContractError: The tables are of another major version, or of this version and not those of this program.
    """
    version = release.manifest["schema_version"]
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise ContractError(
            f"has tables of version {version}, not {SCHEMA_VERSION}", release.release_id, _OTHER_VERSION
        )
    known = {contract.name for contract in CURATED}
    if version != SCHEMA_VERSION:
        return {name: release.read_as_written(name) for name in sorted(known & set(release.rows))}
    if known != set(release.rows):
        raise ContractError(
            f"has other tables than this program knows: {', '.join(sorted(known ^ set(release.rows)))}",
            release.release_id,
            _OTHER_VERSION,
        )
    return {name: release.read(name) for name in sorted(known)}


def inspect_release(
    home: Path, commit: Commit, *, deep: bool, hashed: dict[tuple[int, int], str] | None = None
) -> list[Problem]:
    """Return what is wrong with a release; an empty list if nothing is.

    Args:
        home: Directory of the warehouse.
        commit: The record that published it.
        deep: Read every byte and look for strangers; otherwise only names and sizes are compared.
        hashed: Digests already known by device and inode: releases share files, and each is read once.
    """
    try:
        release = open_release(home, commit)
    except StorageError as error:
        return [Problem("manifest", f"releases/{commit.release_id}/{MANIFEST_NAME}", error.what)]
    known = {} if hashed is None else hashed
    problems = [
        problem
        for entry in release.manifest["files"]
        if (problem := _inspect_file(release, entry, known if deep else None)) is not None
    ]
    return problems + _strangers(release) if deep else problems


def _inspect_file(
    release: Release, entry: Mapping[str, Any], hashed: dict[tuple[int, int], str] | None
) -> Problem | None:
    path = release.path / str(entry["path"])
    shown = f"releases/{release.release_id}/{entry['path']}"
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return Problem("altered", shown, "is no regular file any more")
        if status.st_size != entry["bytes"]:
            return Problem("altered", shown, f"has {status.st_size} bytes; {entry['bytes']} were published")
        if hashed is not None and _digest(path, status, hashed) != entry["sha256"]:
            return Problem("altered", shown, "has other bytes than were published")
    except FileNotFoundError:
        return Problem("missing", shown, "was published and is gone")
    except OSError as error:
        return Problem("unreadable", shown, f"cannot be read ({error.strerror})")
    return None


def _digest(path: Path, status: os.stat_result, hashed: dict[tuple[int, int], str]) -> str:
    key = (status.st_dev, status.st_ino)
    if key not in hashed:
        with path.open("rb") as file:
            hashed[key] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashed[key]


def _strangers(release: Release) -> list[Problem]:
    """Files that stand in the directory and not in the manifest; readers pass them over."""
    listed = {MANIFEST_NAME, *(str(entry["path"]) for entry in release.manifest["files"])}
    found = [path for path in sorted(release.path.rglob("*")) if path.is_symlink() or not path.is_dir()]
    return [
        Problem("extra", f"releases/{release.release_id}/{name}", "was not published; readers ignore it")
        for path in found
        if (name := path.relative_to(release.path).as_posix()) not in listed
    ]
