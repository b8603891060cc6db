"""What a release shows of its tables (database, marts, report, workbook, deltas), rendered once for the same tables.

Tests of publishing publish the same tables again and again, a sweep some fifty times, and nine tenths of that is
rendering. Rendering only reads and gives bytes: they are kept in a directory, which outlives the processes that are
killed, and whoever publishes writes them into the release for real each time. Tests get there by the fixture
`rendered_once`; the directory, `rendered`, is one for all workers of a session.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse import products, publication
from warehouse.contract import TableContract
from warehouse.release import Release

Put = Callable[[object, str, object], None]
# Bytes as JSON can hold them: one character a byte.
BYTES = "latin-1"


def render_once(kept: Path, put: Put = setattr) -> None:
    """Let this process look for what it renders in a directory first; `put` takes module, name and function."""
    kept.mkdir(exist_ok=True)
    database, marts = publication.build_database, products.mart_tables
    report, workbook = products.render_report, products.write_workbook

    def build_database(path: Path, tables: Mapping[str, tuple[TableContract, pa.Table]]) -> None:
        key = ["database", *map(_named, tables.values())]
        path.write_bytes(_once(kept, key, lambda: _taken(path, lambda: database(path, tables))))

    def mart_tables(path: Path) -> Iterator[tuple[TableContract, pa.Table]]:
        found = _once(kept, ["marts", _digest(path)], lambda: pickle.dumps(list(marts(path))))
        yield from pickle.loads(found)  # noqa: S301 - our own bytes

    def render_report(path: Path, about: Mapping[str, Any], quality: Any) -> bytes:
        return _once(kept, ["report", _digest(path), about, quality], lambda: report(path, about, quality))

    def write_workbook(path: Path, release_id: str, sheets: Sequence[tuple[TableContract, pa.Table]]) -> None:
        key = ["workbook", release_id, *map(_named, sheets)]
        path.write_bytes(_once(kept, key, lambda: _taken(path, lambda: workbook(path, release_id, sheets))))

    put(publication, "build_database", build_database)
    put(products, "mart_tables", mart_tables)
    put(products, "render_report", render_report)
    put(products, "write_workbook", write_workbook)


def compare_once(kept: Path, put: Put = setattr) -> None:
    """The same for the differences to the release before, where nobody damages that."""
    kept.mkdir(exist_ok=True)
    deltas = publication.encode_deltas

    def encode_deltas(base: Release, tables: Mapping[str, tuple[TableContract, pa.Table]]) -> dict[str, bytes] | None:
        def rendered() -> bytes:
            found = deltas(base, tables)
            assert found is not None, "the release before can be read"
            return json.dumps({name: data.decode(BYTES) for name, data in found.items()}).encode()

        made = _once(kept, ["deltas", base.manifest, *map(_named, tables.values())], rendered)
        return {name: text.encode(BYTES) for name, text in json.loads(made).items()}

    put(publication, "encode_deltas", encode_deltas)


def _taken(path: Path, write: Callable[[], None]) -> bytes:
    """Let a file be written, and take it away again."""
    write()
    data = path.read_bytes()
    path.unlink()
    return data


def _named(entry: tuple[TableContract, pa.Table]) -> tuple[str, str]:
    contract, table = entry
    return repr(contract), str(table.to_pylist())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _once(kept: Path, key: Sequence[object], rendered: Callable[[], bytes]) -> bytes:
    path = kept / hashlib.sha256(json.dumps(key, default=str).encode()).hexdigest()
    if not path.exists():
        # Whole or not at all: another process may look for it, and this one may be killed.
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(rendered())
        partial.replace(path)
    return path.read_bytes()
