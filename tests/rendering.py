"""What a release shows of its tables (report, workbook, deltas), rendered once for the same tables.

Tests of publishing publish the same tables again and again, a sweep some fifty times, and two thirds of that is
rendering. Rendering only reads and gives bytes: they are kept in a directory, which outlives the processes that are
killed, and whoever publishes writes them into the release for real each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
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
    """Let this process look for report and workbook in a directory first; `put` takes module, name and function."""
    kept.mkdir(exist_ok=True)
    report, workbook = products.render_report, products.write_workbook

    def render_report(database: Path, about: Mapping[str, Any], quality: Any) -> bytes:
        # The database is made of the tables whose content key stands in what is told about the release.
        return _once(kept, ["report", about, quality], lambda: report(database, about, quality))

    def write_workbook(path: Path, release_id: str, sheets: Sequence[tuple[TableContract, pa.Table]]) -> None:
        def rendered() -> bytes:
            workbook(path, release_id, sheets)
            data = path.read_bytes()
            path.unlink()
            return data

        path.write_bytes(_once(kept, ["workbook", release_id, *map(_named, sheets)], rendered))

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


def _named(entry: tuple[TableContract, pa.Table]) -> tuple[str, str]:
    contract, table = entry
    return contract.name, str(table.to_pylist())


def _once(kept: Path, key: Sequence[object], rendered: Callable[[], bytes]) -> bytes:
    path = kept / hashlib.sha256(json.dumps(key, default=str).encode()).hexdigest()
    if not path.exists():
        path.write_bytes(rendered())
    return path.read_bytes()
