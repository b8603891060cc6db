"""The Frictionless description of a release, made from the table contracts: what `datapackage.json` holds.

Readers who know neither this program nor Parquet find there the tables, their columns with descriptions, their keys
and what they refer to. See https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.contract import Column, TableContract

PACKAGE_NAME = "communique"
_TITLE = "Communiqué: policy events in migration management, each with the sentence that tells it"
_TYPES: Mapping[str, Mapping[str, str]] = {
    "string": {"type": "string"},
    "int32": {"type": "integer"},
    "int64": {"type": "integer"},
    "float64": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "date"},
    "timestamp": {"type": "datetime"},
    "decimal": {"type": "number"},
    "binary": {"type": "string", "format": "binary"},
}


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a release.

    Attributes:
        path: Path below the release's directory.
        sha256: Plain digest of its bytes.
        size: Bytes.
        table: The table it holds; None for other files.
        rows: Rows of that table; None for other files.
    """

    path: str
    sha256: str
    size: int
    table: str | None = None
    rows: int | None = None


def data_package(
    release_id: str,
    schema_version: str,
    contracts: Sequence[TableContract],
    files: Mapping[str, Sequence[PublishedFile]],
) -> dict[str, Any]:
    """Return the description of a release.

    Args:
        release_id: The release.
        schema_version: Version of the tables.
        contracts: Contracts of all its tables.
        files: Table → its files, in order.
    """
    unique = {(contract.name, contract.key) for contract in contracts}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PACKAGE_NAME,
        "id": release_id,
        "title": _TITLE,
        "version": schema_version,
        "resources": [_resource(contract, files[contract.name], unique) for contract in contracts],
    }


def _resource(
    contract: TableContract, files: Sequence[PublishedFile], unique: set[tuple[str, tuple[str, ...]]]
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [field_of(column) for column in contract.columns],
        "primaryKey": [*contract.key],
    }
    foreign = [key for column in contract.columns if (key := _foreign_key(contract, column, unique)) is not None]
    if foreign:
        schema["foreignKeys"] = foreign
    resource = {
        "name": contract.name,
        "type": "table",
        "path": files[0].path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": f"Grain: {contract.grain}.",
        "rowcount": sum(file.rows or 0 for file in files),
        "schema": schema,
    }
    if len(files) > 1:
        # Size and digest are those of one file in the specification; of several they stand in the manifest.
        return {**resource, "extrapaths": [file.path for file in files[1:]]}
    return {**resource, "hash": f"sha256:{files[0].sha256}", "bytes": files[0].size}


def field_of(column: Column) -> dict[str, Any]:
    """Return the description of one column."""
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = [*column.values]
    field: dict[str, Any] = {"name": column.name, **_TYPES[column.type], "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _foreign_key(
    contract: TableContract, column: Column, unique: set[tuple[str, tuple[str, ...]]]
) -> dict[str, Any] | None:
    """Return the reference of a column, where its target is the whole key of a table: only that is one row."""
    if column.refers_to is None:
        return None
    _, table, target = column.refers_to.split(".")
    if (table, (target,)) not in unique:
        return None
    # The specification writes a reference to the own table as an empty name.
    resource = "" if table == contract.name else table
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target]}}
