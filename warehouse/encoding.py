"""The tables of a release as files: which there are, their bytes, and the key over what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.contract import TableContract
from warehouse.contract_check import enforce
from warehouse.duckdb_file import VIEWS_DIRECTORY
from warehouse.errors import ContractError
from warehouse.fingerprints import code_version
from warehouse.parquet import encode
from warehouse.release import SCHEMA_VERSION
from warehouse.tables import CURATED, curated_facts

# What says something of the run or of the release before, and nothing of the world.
ABOUT_THE_RUN = frozenset({curated_facts.FACT_GATE_RESULT.name, curated_facts.FACT_CHANGE.name})


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file of a table on its way into a release."""

    data: bytes
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class EncodedTable:
    """A table on its way into a release: path below the release → file."""

    contract: TableContract
    table: pa.Table
    files: Mapping[str, EncodedFile]

    @property
    def digests(self) -> dict[str, str]:
        """Path → digest."""
        return {path: file.sha256 for path, file in self.files.items()}


def encode_tables(tables: Mapping[str, pa.Table]) -> dict[str, EncodedTable]:
    """Return the files of every curated table: name → table with its files.

    Raises:
        ContractError: A table is missing, unknown or breaks its contract.
    """
    expected = {contract.name for contract in CURATED}
    if expected != set(tables):
        raise ContractError(
            f"a release has all curated tables and no others: {', '.join(sorted(expected ^ set(tables)))}",
            "curated",
            "Nothing was published. Mend the stage that makes the tables.",
        )
    encoded = {}
    for contract in CURATED:
        table = enforce(contract, tables[contract.name])
        encoded[contract.name] = EncodedTable(contract, table, _files_of(contract, table))
    return encoded


def _files_of(contract: TableContract, table: pa.Table) -> dict[str, EncodedFile]:
    """Return the files of a table: one, or one a year; at least one, so that readers find its columns."""
    parts = {f"tables/{contract.name}.parquet": table}
    if contract.by_year is not None:
        column = table[contract.by_year]
        years = sorted(column.unique().to_pylist()) or [0]
        parts = {f"tables/{contract.name}/{year:04}.parquet": table.filter(pc.equal(column, year)) for year in years}
    encoded = {path: (encode(contract, rows), len(rows)) for path, rows in parts.items()}
    return {path: EncodedFile(data, hashlib.sha256(data).hexdigest(), rows) for path, (data, rows) in encoded.items()}


def content_key(encoded: Mapping[str, EncodedTable]) -> str:
    """Hash what a release says of the world and how it shows it: equal keys, nothing new to publish."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION}\0{code_version(VIEWS_DIRECTORY)}\n".encode())
    for name, entry in sorted(encoded.items()):
        if name in ABOUT_THE_RUN:
            continue
        digests = entry.digests
        if entry.contract.volatile:
            lasting = entry.table.drop_columns([*entry.contract.volatile])
            digests = {path: file.sha256 for path, file in _files_of(entry.contract, lasting).items()}
        for path, sha256 in digests.items():
            digest.update(f"{path}\0{sha256}\n".encode())
    return digest.hexdigest()
