"""Whether the tables of this program break readers of the release before, and what a breaking change must bring.

A reader of a folder must not find a table or column gone, of another type, or newly without a value: such a change is
refused unless the first part of the schema version moves, and then each table concerned needs a compatibility view in
`warehouse/views/v<old first part>/<table>.sql`, with the columns it had. The views stand in a schema of that name in
`warehouse.duckdb`. New tables and columns break nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warehouse.contract import TableContract
from warehouse.datapackage import field_of
from warehouse.errors import ContractError, IntegrityError

SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
Package = Mapping[str, Any]


def read_package(path: Path) -> Package:
    """Return the `datapackage.json` of a release.

    Raises:
        IntegrityError: It is missing or no JSON.
    """
    try:
        package: Package = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IntegrityError(f"cannot be read ({error})", str(path), "Publish a whole new release.") from error
    return package


def breaks(package: Package, contracts: Iterable[TableContract]) -> dict[str, list[str]]:
    """Return what a reader of an earlier release would miss: table → sentences; empty if nothing.

    Args:
        package: The `datapackage.json` of the earlier release.
        contracts: The tables of the new one.
    """
    now = {contract.name: contract for contract in contracts}
    found: dict[str, list[str]] = {}
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        if name not in now:
            found[name] = ["the table is gone"]
            continue
        sentences = [s for field in schema["fields"] if (s := _break(field, now[name])) is not None]
        if schema["primaryKey"] != [*now[name].key]:
            sentences.append(f"the key was {', '.join(schema['primaryKey'])}, and is {', '.join(now[name].key)}")
        if sentences:
            found[name] = sentences
    return found


def _break(field: Mapping[str, Any], contract: TableContract) -> str | None:
    name = field["name"]
    if name not in contract.column_names:
        return f"column {name} is gone"
    new = field_of(contract.column(name))
    if (field["type"], field.get("format")) != (new["type"], new.get("format")):
        return f"column {name} was {field['type']}, and is {new['type']}"
    if field.get("constraints", {}).get("required") and not new.get("constraints", {}).get("required"):
        return f"column {name} always had a value, and may be null now"
    return None


def check_compatibility(package: Package, contracts: Iterable[TableContract], version: str, views: Path) -> None:
    """Refuse tables that break the readers of an earlier release without saying so.

    Args:
        package: The `datapackage.json` of the earlier release.
        contracts: The tables of the new one.
        version: Schema version of the new one.
        views: Directory of the views.

    Raises:
        ContractError: The version is none, has gone back, or did not move its first part although something breaks; or
            a compatibility view is missing.
    """
    old, new = _parts(package["version"]), _parts(version)
    if new < old:
        raise ContractError(
            f"the schema version went from {package['version']} back to {version}",
            "warehouse.release",
            "Raise SCHEMA_VERSION, or publish with the newer program.",
        )
    broken = breaks(package, contracts)
    if not broken:
        return
    shown = "; ".join(f"{table}: {', '.join(sentences)}" for table, sentences in sorted(broken.items()))
    if new[0] == old[0]:
        raise ContractError(
            f"readers of version {package['version']} would break: {shown}",
            "warehouse.tables",
            "Nothing was published. Keep what they read, or raise the first part of SCHEMA_VERSION.",
        )
    missing = sorted(table for table in broken if not (views / f"v{old[0]}" / f"{table}.sql").is_file())
    if missing:
        raise ContractError(
            f"no compatibility view for {', '.join(missing)} ({shown})",
            str(views / f"v{old[0]}"),
            "Nothing was published. Write a view for each with the columns it had.",
        )


def _parts(version: str) -> tuple[int, int, int]:
    match = SEMVER.fullmatch(version)
    if match is None:
        raise ContractError(f"{version!r} is no semantic version", "warehouse.release", "Write it as 1.2.3.")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch
