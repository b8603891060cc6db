"""How a table becomes the bytes of a Parquet file and back, and how a damaged file is recognised.

The bytes depend on the rows alone: not on their order, on how they were chunked, or on the machine. Each file carries
its own seal: the sha-256 of all its bytes, with the 64 digits of the seal itself read as zeros. Page checksums cover
the pages only; a flipped bit in the footer would change a description, a type or a count in silence. The seal covers
the whole file, and since it stands in the footer, files can be told apart without reading their data.

Where files lie is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.contract import TableContract
from warehouse.errors import ContractError, IntegrityError
from warehouse.files import storage_errors

ZSTD_LEVEL = 3
ROWS_PER_GROUP = 100_000
# A look-up by id reads the filter instead of the column: six times faster in DuckDB, for about a byte a key.
BLOOM_FALSE_POSITIVES = 0.01
_MAGIC = b"PAR1"
_TAIL_BYTES = 8
_SEAL_KEY = "seal_sha256"
_BLANK = b"0" * 64
# The seal as it stands in the footer, in Thrift's compact protocol: two length-prefixed strings, fields 1 and 2 of a
# pair.
_SEAL_MARK = b"\x18" + bytes([len(_SEAL_KEY)]) + _SEAL_KEY.encode() + b"\x18" + bytes([len(_BLANK)])
_MEND = "Delete it and run again: it is made anew from the archive. A file of the archive itself comes from a backup."


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file says of itself.

    Attributes:
        sha256: Digest of its bytes with the seal blanked.
        rows: Rows.
    """

    sha256: str
    rows: int


def encode(contract: TableContract, table: pa.Table) -> bytes:
    """Return the Parquet file of a table: sorted, zstd, page checksums, sealed; the same rows give the same bytes.

    Args:
        contract: Contract of the table; gives the order of the rows.
        table: In the contract's schema, or in it without some columns.
    """
    present = set(table.column_names)
    order = [(name, "ascending") for name in _row_order(contract) if name in present]
    # One chunk a column: pages would otherwise begin where the chunks of the input happen to.
    table = table.sort_by(order).combine_chunks()
    sink = io.BytesIO()
    with pq.ParquetWriter(
        sink,
        table.schema,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        write_page_checksum=True,
        write_page_index=True,
        sorting_columns=pq.SortingColumn.from_ordering(table.schema, order),
        bloom_filter_options=_bloom_filters(contract, table),
    ) as writer:
        writer.write_table(table, row_group_size=ROWS_PER_GROUP)
        writer.add_key_value_metadata({_SEAL_KEY: _BLANK.decode()})
    data = bytearray(sink.getvalue())
    position = _seal_position(data)
    if position is None:
        raise ContractError("the Parquet library wrote no seal", contract.name, "Install the locked pyarrow.")
    data[position : position + len(_BLANK)] = hashlib.sha256(data).hexdigest().encode()
    return bytes(data)


def decode(
    contract: TableContract,
    path: Path,
    *,
    seal: str | None = None,
    sha256: str | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Read a file back, every byte of it verified.

    Where `columns` leave out the bodies of an archive (its binary column), which are nearly all of the file, only the
    pages of those columns are read, each verified by its checksum: reading who fetched what must not cost as much as
    reading everything that was ever fetched.

    Args:
        contract: Contract of the table.
        path: The file.
        seal: Seal the file must have; any that is true if None.
        sha256: Plain digest the whole file must have; any if None.
        columns: Columns wanted; all if None.

    Returns:
        The rows in the contract's schema with its descriptions; with `columns`, those columns in the contract's order.

    Raises:
        IntegrityError: The file is missing, damaged, or not the one that was recorded.
        ContractError: The file is whole but has other columns or types than the contract: another version wrote it.
        StorageError: It could not be read.
    """
    wanted = contract.column_names if columns is None else [n for n in contract.column_names if n in set(columns)]
    if sha256 is None and any(one.type == "binary" and one.name not in wanted for one in contract.columns):
        if seal not in (None, read_seal(path).sha256):
            raise IntegrityError("is another file than the one recorded", str(path), _MEND)
        source: pa.NativeFile = pa.OSFile(str(path))
    else:
        data = _read(path)
        found = check_seal(data, path)
        if seal not in (None, found) or sha256 not in (None, hashlib.sha256(data).hexdigest()):
            raise IntegrityError("is another file than the one recorded", str(path), _MEND)
        source = pa.BufferReader(data)
    try:
        with source, pq.ParquetFile(source, page_checksum_verification=True) as file:
            _check_written_schema(contract, file.schema_arrow, path)
            table = file.read(columns=list(wanted)).select(wanted)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise IntegrityError(f"is damaged ({error})", str(path), _MEND) from error
    schema = contract.schema
    return table.cast(pa.schema([schema.field(name) for name in wanted], metadata=schema.metadata))


def read_seal(path: Path) -> Seal:
    """Return what a file says of itself, from its footer alone.

    Raises:
        IntegrityError: The file is missing, cut, or has no readable footer or seal.
        StorageError: It could not be read.
    """
    footer = _read_footer(path)
    position = _seal_position(footer)
    if position is None:
        raise IntegrityError("has no seal: another program wrote or cut it", str(path), _MEND)
    try:
        rows: int = pq.ParquetFile(pa.BufferReader(_MAGIC + footer)).metadata.num_rows
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise IntegrityError(f"has a damaged footer ({error})", str(path), _MEND) from error
    return Seal(footer[position : position + len(_BLANK)].decode("ascii", "replace"), rows)


def check_seal(data: bytes, path: Path) -> str:
    """Return the seal of a file's bytes once it has been found true; `path` is for the message.

    Raises:
        IntegrityError: There is no seal, or it is not that of these bytes.
    """
    position = _seal_position(data)
    if position is None:
        raise IntegrityError("is cut, or is not a Parquet file of this warehouse", str(path), _MEND)
    view = memoryview(data)
    digest = hashlib.sha256(view[:position])
    digest.update(_BLANK)
    digest.update(view[position + len(_BLANK) :])
    sealed = bytes(view[position : position + len(_BLANK)])
    if digest.hexdigest().encode() != sealed:
        raise IntegrityError("is damaged: its bytes are not those that were written", str(path), _MEND)
    return sealed.decode()


def _row_order(contract: TableContract) -> tuple[str, ...]:
    """The sort columns and then the key, so that rows which tie on the first have one order still."""
    return tuple(dict.fromkeys((*contract.sort_order, *contract.key)))


def _bloom_filters(contract: TableContract, table: pa.Table) -> dict[str, dict[str, Any]] | None:
    columns = [name for name in contract.key if name in table.column_names and contract.column(name).type == "string"]
    options = {"ndv": max(len(table), 1), "fpp": BLOOM_FALSE_POSITIVES}
    return dict.fromkeys(columns, options) or None


def _seal_position(data: bytes | bytearray) -> int | None:
    """Return where the digits of the seal begin, or None if the data does not end in a footer that has one."""
    if len(data) < _TAIL_BYTES or data[-len(_MAGIC) :] != _MAGIC:
        return None
    length = int.from_bytes(data[-_TAIL_BYTES : -len(_MAGIC)], "little")
    found = data.find(_SEAL_MARK, max(len(data) - _TAIL_BYTES - length, 0))
    position = found + len(_SEAL_MARK)
    return position if found >= 0 and position + len(_BLANK) <= len(data) else None


def _read(path: Path) -> bytes:
    with storage_errors(path):
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise _missing(path) from error


def _read_footer(path: Path) -> bytes:
    with storage_errors(path):
        try:
            file = path.open("rb")
        except FileNotFoundError as error:
            raise _missing(path) from error
        with file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - _TAIL_BYTES, 0))
            tail = file.read()
            length = int.from_bytes(tail[: -len(_MAGIC)], "little")
            file.seek(max(size - _TAIL_BYTES - length, 0))
            return file.read()


def _missing(path: Path) -> IntegrityError:
    return IntegrityError("is missing", str(path), _MEND)


def _check_written_schema(contract: TableContract, schema: pa.Schema, path: Path) -> None:
    """Raise ContractError unless the file has exactly the contract's columns, in its types."""
    expected = {field.name: field for field in contract.schema}
    written = {field.name: field for field in schema}
    differences = [f"no column {name}" for name in expected if name not in written]
    differences += [f"unknown column {name}" for name in written if name not in expected]
    differences += [
        f"{name} is {written[name].type}, not {expected[name].type}"
        for name in expected
        if name in written and written[name].type != expected[name].type
    ]
    differences += [
        f"{name} may be null"
        for name in expected
        if name in written and written[name].nullable and not expected[name].nullable
    ]
    if differences:
        raise ContractError(
            f"another version of the tables wrote it: {'; '.join(differences)}",
            str(path),
            f"Make {contract.layer}.{contract.name} anew with a backfill.",
        )
