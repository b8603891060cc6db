"""The rows of many small files in few large ones, for the stages that read everything.

A partition's file is the unit of work, and a warehouse of two years has thousands of them for each table. Opening one
costs as much as reading some thousand rows, so a day of ten documents would cost what the years before it cost. Beside
the tables stand therefore copies of their rows, many files in one stack:

```
state/stacks/<layer>/<table>/<digest>.arrow    rows of many files, one after the other, without binary columns
state/stacks/<layer>/<table>/stacks.json       which rows of which stack are those of which file, by path and seal
```

A stack is a cache and nothing else. What a table holds is decided by its files alone: a file that was added, replaced
or removed is known by its path and seal, and a stack that is damaged, missing or of another schema is not used. New
files gather until there are `LOOSE` of them; stacks of like size are merged, so that each row is copied some log(n)
times in all.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.errors import StorageError
from warehouse.files import write_bytes
from warehouse.paths import within

if TYPE_CHECKING:
    from warehouse.storage import FileRef

log = logging.getLogger(__name__)

# Fewer files than this are opened one by one.
LOOSE = 32
_NOTE = "stacks.json"
_SUFFIX = ".arrow"
# A stack is merged into its follower once that has grown to half of it.
_GROWTH = 2
Read = Callable[["FileRef"], pa.Table]


@dataclass(frozen=True, slots=True)
class _Part:
    """Where the rows of one file stand in a stack."""

    path: str
    seal: str
    rows: int


@dataclass(frozen=True, slots=True)
class _Stack:
    """One stack: its file, the digest of its bytes, and its parts in their order."""

    name: str
    sha256: str
    parts: tuple[_Part, ...]


def read_stacked(
    home: Path, contract: TableContract, refs: Sequence[FileRef], columns: Sequence[str], read: Read
) -> list[pa.Table] | None:
    """Return the rows of each file, in the order of the references; None where stacks are of no use for them.

    What stands in no stack yet is read from its file, and goes into one if there is much of it. Columns come in the
    order of the contract.

    Args:
        home: Directory of the warehouse.
        contract: Contract of the table.
        refs: Its files, or some of them.
        columns: Columns wanted, none of them binary.
        read: Reads all columns of one file but the binary ones, verified.

    Raises:
        IntegrityError: A file that stands in no stack is missing or damaged; names it.
        ContractError: Another version of the tables wrote it.
    """
    if not contract.partitioned or len(refs) < LOOSE:
        return None
    directory = within(home, "state", "stacks", contract.layer, contract.name)
    schema = _plain_schema(contract)
    stacks = _read_note(directory, schema)
    tables = dict(_slices(directory, stacks, {(ref.path, ref.sha256) for ref in refs}, schema))
    loose = {(ref.path, ref.sha256): read(ref) for ref in refs if (ref.path, ref.sha256) not in tables}
    if len(loose) >= LOOSE:
        # A reader without a place to write is no worse off than before.
        with suppress(StorageError):
            _add(directory, stacks, tables, loose, schema)
    found = tables | loose
    return [found[ref.path, ref.sha256].select(list(columns)) for ref in refs]


def _plain_schema(contract: TableContract) -> pa.Schema:
    fields = [field for field in contract.schema if not pa.types.is_binary(field.type)]
    return pa.schema(fields, metadata=contract.schema.metadata)


def _mark(schema: pa.Schema) -> str:
    """Return what changes with every change of names, types or descriptions."""
    return hashlib.sha256(schema.serialize().to_pybytes()).hexdigest()


def _slices(
    directory: Path, stacks: list[_Stack], wanted: set[tuple[str, str]], schema: pa.Schema
) -> Iterator[tuple[tuple[str, str], pa.Table]]:
    """Yield the wanted parts of the stacks; a stack that cannot be read is dropped from the list."""
    for stack in [*stacks]:
        if not any((part.path, part.seal) in wanted for part in stack.parts):
            continue
        table = _load(directory / stack.name, stack, schema)
        if table is None:
            stacks.remove(stack)
            continue
        first = 0
        for part in stack.parts:
            if (part.path, part.seal) in wanted:
                yield (part.path, part.seal), table.slice(first, part.rows)
            first += part.rows


def _load(path: Path, stack: _Stack, schema: pa.Schema) -> pa.Table | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        log.warning("%s cannot be read (%s); the files are read instead", path, error)
        return None
    if hashlib.sha256(data).hexdigest() != stack.sha256:
        log.warning("%s is damaged; the files are read instead", path)
        return None
    with pa.ipc.open_file(pa.BufferReader(data)) as reader:
        return pa.table(reader.read_all().columns, schema=schema)


def _add(
    directory: Path,
    stacks: list[_Stack],
    tables: dict[tuple[str, str], pa.Table],
    loose: dict[tuple[str, str], pa.Table],
    schema: pa.Schema,
) -> None:
    """Put the loose files into a stack of their own and merge what has become of like size; write the note."""
    # Parts of files that are gone or replaced stand in no table, and stay behind.
    sizes = [[key for key in ((part.path, part.seal) for part in stack.parts) if key in tables] for stack in stacks]
    kept = [(stack, keys) for stack, keys in zip(stacks, sizes, strict=True) if keys]
    fresh = [*loose]
    while kept and len(kept[-1][1]) < _GROWTH * len(fresh):
        fresh = [*kept.pop()[1], *fresh]
    found = tables | loose
    made = _write(directory, [(key, found[key]) for key in fresh], schema)
    _write_note(directory, [*(stack for stack, _ in kept), made], schema)


def _write(directory: Path, parts: Sequence[tuple[tuple[str, str], pa.Table]], schema: pa.Schema) -> _Stack:
    whole = pa.concat_tables([table.cast(schema) for _, table in parts]).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(whole)
    data = sink.getvalue().to_pybytes()
    digest = hashlib.sha256(data).hexdigest()
    name = f"{digest[:32]}{_SUFFIX}"
    write_bytes(directory / name, data)
    return _Stack(name, digest, tuple(_Part(*key, len(table)) for key, table in parts))


def _read_note(directory: Path, schema: pa.Schema) -> list[_Stack]:
    path = directory / _NOTE
    try:
        note: dict[str, Any] = json.loads(path.read_bytes())
        if note["schema"] != _mark(schema):
            return []
        return [
            _Stack(one["file"], one["sha256"], tuple(_Part(*part) for part in one["parts"])) for one in note["stacks"]
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read (%s); the files are read instead", path, error)
        return []


def _write_note(directory: Path, stacks: Sequence[_Stack], schema: pa.Schema) -> None:
    note = {
        "schema": _mark(schema),
        "stacks": [
            {"file": one.name, "sha256": one.sha256, "parts": [[part.path, part.seal, part.rows] for part in one.parts]}
            for one in stacks
        ],
    }
    write_bytes(directory / _NOTE, json.dumps(note).encode())
    named = {one.name for one in stacks}
    for path in directory.glob(f"*{_SUFFIX}"):
        if path.name not in named:
            path.unlink(missing_ok=True)
