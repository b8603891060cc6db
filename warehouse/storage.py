"""The tables of the warehouse on disk: one Parquet file a partition and stem, written whole, read verified.

```
tables/<layer>/<table>/source=<source_id>/date=<YYYY-MM-DD>/<stem>.parquet    partitioned tables
tables/<layer>/<table>/<table>.parquet                                         tables over everything
quality/<table>/<stem>.parquet                                                 what gates say, one file a run and gate
```

Published releases are not here: they are immutable and have a manifest (`warehouse.publication`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.contract_check import enforce
from warehouse.errors import ConfigurationError, IntegrityError
from warehouse.files import TEMPORARY_PREFIX, storage_errors, sync_directory, write_bytes
from warehouse.parquet import check_seal, decode, encode, read_seal
from warehouse.paths import SLUG_PATTERN, check_slug, within
from warehouse.seals import read_seals
from warehouse.stacks import read_stacked
from warehouse.tables import contract_of

log = logging.getLogger(__name__)

_SUFFIX = ".parquet"
_PARTITION_PATH = re.compile(rf"source=({SLUG_PATTERN})/date=(\d{{4}}-\d\d-\d\d)/({SLUG_PATTERN})\.parquet")
_STEM_PATH = re.compile(rf"({SLUG_PATTERN})\.parquet")


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """What one source gave for one logical date.

    Raises:
        ConfigurationError: The source's id cannot name a directory.
    """

    source_id: str
    logical_date: date

    def __post_init__(self) -> None:
        check_slug(self.source_id, "source id")


@dataclass(frozen=True, slots=True)
class FileRef:
    """A reference to one file of one table: what stages hand to each other instead of frames.

    Attributes:
        layer: Layer of the table.
        name: Name of the table.
        path: Path below the home, with forward slashes.
        partition: None for a table over everything and for the quality layer.
        stem: None for a table over everything.
        sha256: The file's seal (`warehouse.parquet`): the digest of its bytes with the seal blanked.
        rows: Rows.
    """

    layer: str
    name: str
    path: str
    partition: Partition | None
    stem: str | None
    sha256: str
    rows: int


@dataclass(frozen=True)
class Store:
    """The tables below one home directory.

    Attributes:
        home: Directory of the warehouse; need not exist before the first write.
    """

    home: Path

    def write(
        self, contract: TableContract, table: pa.Table, partition: Partition | None = None, stem: str | None = None
    ) -> FileRef:
        """Write one file of a table, in place of the one that had its name.

        Args:
            contract: Contract of the table; the frame is checked against it and brought into its schema and order.
            table: The rows, in any order.
            partition: For partitioned tables.
            stem: For partitioned tables and for the quality layer.

        Returns:
            The reference of the file; the same rows give the same bytes.

        Raises:
            ContractError: The frame breaks the contract; nothing is written.
            ConfigurationError: Partition or stem do not fit the table, or cannot name a file.
            StorageError: The file could not be written; what stood there stands.
        """
        path = self.path(contract, partition, stem)
        data = encode(contract, enforce(contract, table))
        write_bytes(path, data)
        relative = path.relative_to(self.home).as_posix()
        return FileRef(contract.layer, contract.name, relative, partition, stem, check_seal(data, path), len(table))

    def read(self, ref: FileRef, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of one file, every byte that is read verified (see `warehouse.parquet.decode`).

        Raises:
            IntegrityError: The file is missing, damaged, or was replaced since; names the file.
            ContractError: Another version of the tables wrote it.
        """
        contract = contract_of(ref.layer, ref.name)
        return decode(contract, within(self.home, ref.path), seal=ref.sha256, columns=columns)

    def read_all(self, contract: TableContract, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of all files of a table, in the order of their paths; an empty table if there are none.

        Raises:
            IntegrityError: A file is damaged; names it.
            ContractError: Another version of the tables wrote a file.
        """
        schema = contract.schema
        if columns is not None:
            wanted = [schema.field(name) for name in contract.column_names if name in set(columns)]
            schema = pa.schema(wanted, metadata=schema.metadata)
        tables = self.read_each(contract, self.files(contract), columns)
        return pa.concat_tables([schema.empty_table(), *tables])

    def read_each(
        self, contract: TableContract, refs: Sequence[FileRef], columns: Sequence[str] | None = None
    ) -> list[pa.Table]:
        """Return the rows of each of many files of a table, in their order; the same as `read` gives, only sooner.

        Raises:
            IntegrityError: A file is damaged; names it.
            ContractError: Another version of the tables wrote a file.
        """
        names = contract.column_names if columns is None else [n for n in contract.column_names if n in set(columns)]
        plain = [column.name for column in contract.columns if column.type != "binary"]
        if set(names) <= set(plain):
            tables = read_stacked(self.home, contract, refs, names, lambda ref: self.read(ref, plain))
            if tables is not None:
                return tables
        return [self.read(ref, columns) for ref in refs]

    def files(self, contract: TableContract, partition: Partition | None = None) -> list[FileRef]:
        """Return the files of a table, or of one partition of it, sorted by path. Only footers are read.

        Raises:
            IntegrityError: A file has no readable footer; names it.
        """
        found = [(path, own, stem) for path, own, stem in self._walk(contract) if partition in (None, own)]
        seals = read_seals(self.home, contract, (path for path, _, _ in found))
        return [
            FileRef(
                contract.layer,
                contract.name,
                path.relative_to(self.home).as_posix(),
                own,
                stem,
                seal.sha256,
                seal.rows,
            )
            for (path, own, stem), seal in zip(found, seals, strict=True)
        ]

    def paths(self, contract: TableContract) -> list[Path]:
        """Return the paths of a table's files, sorted: for DuckDB, which reads them out of core and unverified."""
        return [path for path, _, _ in self._walk(contract)]

    def partitions(self, contract: TableContract) -> list[Partition]:
        """Return the partitions a table has files in, sorted by source and date."""
        return sorted({partition for _, partition, _ in self._walk(contract) if partition is not None})

    def drop(self, ref: FileRef) -> None:
        """Remove one file; nothing happens if it is gone already.

        Raises:
            StorageError: It could not be removed.
        """
        path = within(self.home, ref.path)
        with storage_errors(path):
            if path.exists():
                path.unlink()
                sync_directory(path.parent)

    def holds(self, ref: FileRef) -> bool:
        """Return whether the file stands there with the seal recorded; its data is not read."""
        try:
            return read_seal(within(self.home, ref.path)).sha256 == ref.sha256
        except IntegrityError:
            return False

    def path(self, contract: TableContract, partition: Partition | None, stem: str | None) -> Path:
        """Return where a file of a table belongs.

        Raises:
            ConfigurationError: Partition or stem do not fit the table, or cannot name a file.
            StorageError: A symbolic link on the way leads out of the home.
        """
        wants_partition = contract.layer != "quality" and contract.partitioned
        wants_stem = contract.layer == "quality" or contract.partitioned
        if (partition is not None) != wants_partition or (stem is not None) != wants_stem:
            raise ConfigurationError(
                f"takes {'a' if wants_partition else 'no'} partition and {'a' if wants_stem else 'no'} stem",
                f"{contract.layer}.{contract.name}",
                "Call the store as the contract says.",
            )
        parts = [*self._root(contract)]
        if partition is not None:
            parts += [f"source={partition.source_id}", f"date={partition.logical_date.isoformat()}"]
        name = contract.name if stem is None else check_slug(stem, "file stem")
        return within(self.home, *parts, f"{name}{_SUFFIX}")

    def _walk(self, contract: TableContract) -> list[tuple[Path, Partition | None, str | None]]:
        """List a table's files, sorted; strangers are left alone with a warning, links outwards are refused."""
        root = within(self.home, *self._root(contract))
        found = []
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            if path.is_symlink():
                within(self.home, path.relative_to(self.home).as_posix())
            elif path.is_dir() or path.name.startswith(TEMPORARY_PREFIX):
                continue
            relative = path.relative_to(root).as_posix()
            place = _place(contract, relative)
            if place is None:
                log.warning("%s is no file of %s.%s and is ignored", path, contract.layer, contract.name)
                continue
            found.append((path, *place))
        return found

    def _root(self, contract: TableContract) -> tuple[str, ...]:
        if contract.layer == "quality":
            return ("quality", contract.name)
        return ("tables", contract.layer, contract.name)


def _place(contract: TableContract, relative: str) -> tuple[Partition | None, str | None] | None:
    """Return partition and stem of a path below a table's directory; None if no file of the table lies there."""
    if contract.layer == "quality":
        match = _STEM_PATH.fullmatch(relative)
        return (None, match[1]) if match else None
    if not contract.partitioned:
        return (None, None) if relative == f"{contract.name}{_SUFFIX}" else None
    match = _PARTITION_PATH.fullmatch(relative)
    if match is None:
        return None
    try:
        return Partition(match[1], date.fromisoformat(match[2])), match[3]
    except (ValueError, ConfigurationError):
        return None
