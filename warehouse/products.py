"""What a release holds besides tables and database: the report, marts, exports, descriptions for catalogues.

```
report.html                    one page: events, evidence, countries, tables, quality
marts/v_event_flat.parquet     one row an event with names, for people without joins
exports/csv/<table>.csv        every table; <table>-2.csv … where it has more rows than a sheet
exports/communique.xlsx        a workbook, a sheet a table
exports/datapackage.json       Frictionless description of the CSV files
exports/croissant.json         Croissant, exports/dcat.jsonld DCAT 3
exports/openlineage.jsonl      OpenLineage run events
```
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.commits import to_json
from warehouse.contract import TableContract
from warehouse.datapackage import PublishedFile
from warehouse.exports import (
    croissant,
    csv_parts,
    dcat,
    export_package,
    lineage_events,
    mart_tables,
    write_workbook,
)
from warehouse.exports.delimited import ROWS_A_FILE
from warehouse.exports.workbook import NOT_IN_THE_WORKBOOK
from warehouse.files import link_or_copy, make_directory, storage_errors, sync_directory, sync_file, write_new
from warehouse.parquet import encode
from warehouse.release import Release
from warehouse.report import quality_of_runs, render_report

REPORT_NAME = "report.html"
_DIRECTORIES = ("marts", "exports/csv", "exports")


@dataclass(frozen=True, slots=True)
class _Target:
    """A release in the making, and the one before it, whose files are linked where they are the same."""

    directory: Path
    known: Mapping[str, str]
    base: Release | None

    def write(self, path: str, data: bytes, table: str | None = None, rows: int | None = None) -> PublishedFile:
        """Write a file, or link it; `table` and `rows` are for descriptions and stay out of the manifest."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self._link(path, sha256):
            write_new(self.directory / path, data)
        return PublishedFile(path, sha256, len(data), table, rows)

    def _link(self, path: str, sha256: str) -> bool:
        if self.base is None or self.known.get(path) != sha256:
            return False
        source = self.base.path / path
        # A damaged or missing file is no reason to stop: it is written anew.
        with suppress(OSError):
            if hashlib.sha256(source.read_bytes()).hexdigest() == sha256:
                link_or_copy(source, self.directory / path)
                return True
        return False


def write_products(
    directory: Path,
    home: Path,
    about: Mapping[str, Any],
    tables: Mapping[str, tuple[TableContract, pa.Table]],
    files: Mapping[str, Sequence[PublishedFile]],
    base: Release | None,
) -> list[PublishedFile]:
    """Write what a release has besides its tables and database, and return the files for its manifest.

    Args:
        directory: The release in the making; its `warehouse.duckdb` is written.
        home: Directory of the warehouse, for the verdicts of earlier runs.
        about: The manifest so far: release_id, schema_version, parent, run_id, gaps, environment.
        tables: Table → contract and rows, in the order in which they are published.
        files: Table → its Parquet files.
        base: The release before; None if there is none.

    Raises:
        StorageError: A file could not be written.
    """
    known = {} if base is None else {str(entry["path"]): str(entry["sha256"]) for entry in base.manifest["files"]}
    target = _Target(directory, known, base)
    for name in _DIRECTORIES:
        make_directory(directory / name)
    database = directory / "warehouse.duckdb"
    release_id, version = str(about["release_id"]), str(about["schema_version"])
    contracts = [contract for contract, _ in tables.values()]

    marts = [(contract, rows) for contract, rows in mart_tables(database)]
    written = [target.write(f"marts/{mart.name}.parquet", encode(mart, rows)) for mart, rows in marts]
    delimited = {name: _write_csv(target, contract, table) for name, (contract, table) in tables.items()}
    written += [part for parts in delimited.values() for part in parts]
    written += [
        _write_workbook(directory, release_id, marts, tables),
        target.write("exports/datapackage.json", to_json(export_package(release_id, version, contracts, delimited))),
        target.write("exports/croissant.json", to_json(croissant(release_id, version, contracts, files))),
        target.write("exports/openlineage.jsonl", lineage_events(about, contracts, files)),
        target.write(REPORT_NAME, render_report(database, about, quality_of_runs(home))),
    ]
    distributed = [*(file for parts in files.values() for file in parts), *written]
    span = _published_span(tables["dim_document"][1])
    written.append(target.write("exports/dcat.jsonld", to_json(dcat(release_id, version, distributed, span))))
    for name in _DIRECTORIES:
        sync_directory(directory / name)
    # A table is its Parquet file: nobody who reads the manifest shall meet it twice.
    return [PublishedFile(file.path, file.sha256, file.size) for file in written]


def _write_csv(target: _Target, contract: TableContract, table: pa.Table) -> list[PublishedFile]:
    written = []
    for number, data in enumerate(csv_parts(table.sort_by([(name, "ascending") for name in contract.sort_order])), 1):
        path = f"exports/csv/{contract.name}{'' if number == 1 else f'-{number}'}.csv"
        rows = min(ROWS_A_FILE, len(table) - (number - 1) * ROWS_A_FILE)
        written.append(target.write(path, data, contract.name, rows))
    return written


def _write_workbook(
    directory: Path,
    release_id: str,
    marts: list[tuple[TableContract, pa.Table]],
    tables: Mapping[str, tuple[TableContract, pa.Table]],
) -> PublishedFile:
    path = directory / "exports" / "communique.xlsx"
    sheets = [*marts, *(entry for name, entry in tables.items() if name not in NOT_IN_THE_WORKBOOK)]
    write_workbook(
        path,
        release_id,
        [
            (contract, table.sort_by([(name, "ascending") for name in contract.sort_order]))
            for contract, table in sheets
        ],
    )
    sync_file(path)
    with storage_errors(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return PublishedFile("exports/communique.xlsx", digest, path.stat().st_size)


def _published_span(documents: pa.Table) -> tuple[date | None, date | None]:
    span = pc.min_max(documents["published_on"]).as_py()
    return span["min"], span["max"]
