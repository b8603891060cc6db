"""Corrections by people, as the curate stage applies them: before its SQL, to the resolved tables.

Merges and splits are not here: they decide what is one thing, and that is the business of the resolve stage.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.corrections import Correction, taken_down, without_documents

logger = logging.getLogger(__name__)

# Prefix of an id → its table, its key there, and the tables whose rows leave with a row of it.
FACTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "evt": (
        "resolved.events",
        "event_id",
        ("resolved.event_claims", "resolved.event_parties", "resolved.event_instruments"),
    ),
    "qty": ("resolved.quantities", "quantity_id", ("resolved.quantity_mentions",)),
}
# A column that is set → the column that says how its value is known.
BASIS = {"start_on": "date_basis", "end_on": "date_basis", "country_code": "country_basis"}
# Tables that a taken-down document stays in: its id and where its bytes lie are kept.
KEPT = ("archive.captures", "documents.documents")
CORRECTION_SCHEMA = pa.schema([("id", pa.string()), ("note", pa.string())])


def apply_corrections(tables: Mapping[str, pa.Table], corrections: Sequence[Correction]) -> dict[str, pa.Table]:
    """Return the tables with what people decided.

    Args:
        tables: Inputs of the curate stage by `layer.name`.
        corrections: All of them; those on ids that are not here are passed over with a warning.

    Returns:
        The tables; `context.corrected` (id, note) has the facts one of whose values was set, and `context.taken_down`
        (id, note) the documents that must show nothing but their ids.
    """
    gone = taken_down(corrections)
    made = {**tables, **without_documents({k: v for k, v in tables.items() if k not in KEPT}, gone)}
    redirects = _redirects(made["resolved.id_registry"])
    retracted = {_end(one.id, redirects): one for one in corrections if one.action == "retract"}
    settings: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        if one.action == "set":
            settings[_end(one.id, redirects)].append(one)
    for prefix, (name, key, followers) in FACTS.items():
        of_kind = {identifier for identifier in {*retracted, *settings} if identifier.startswith(f"{prefix}_")}
        unknown = of_kind - set(made[name][key].to_pylist())
        if unknown:
            logger.warning("corrections of %d facts not applied, such as %s: not here", len(unknown), min(unknown))
        for table in (name, *followers):
            made[table] = _without(made[table], key, retracted)
        made[name] = _set(made[name], key, settings)
    made["resolved.id_registry"] = _retire(made["resolved.id_registry"], retracted, redirects)
    corrected = {
        identifier: "; ".join(f"{one.column} {one.note}" for one in sorted(own)) for identifier, own in settings.items()
    }
    made["context.corrected"] = _notes(corrected)
    made["context.taken_down"] = _notes({identifier: one.note for identifier, one in gone.items()})
    return made


def _redirects(registry: pa.Table) -> dict[str, str]:
    rows = zip(registry["id"].to_pylist(), registry["redirect_to"].to_pylist(), strict=True)
    return {identifier: target for identifier, target in rows if target is not None}


def _end(identifier: str, redirects: Mapping[str, str]) -> str:
    """Return the id to use now for one that may have been merged."""
    seen = {identifier}
    while identifier in redirects and redirects[identifier] not in seen:
        identifier = redirects[identifier]
        seen.add(identifier)
    return identifier


def _without(table: pa.Table, key: str, ids: Iterable[str]) -> pa.Table:
    chosen = pa.array(sorted(ids), pa.string())
    return table.filter(pc.invert(pc.is_in(table[key], value_set=chosen))) if len(chosen) else table


def _set(table: pa.Table, key: str, settings: Mapping[str, Sequence[Correction]]) -> pa.Table:
    rows = table.to_pylist() if settings else []
    if not any(row[key] in settings for row in rows):
        return table
    for row in rows:
        for one in settings.get(row[key], ()):
            row[one.column] = _value(one.value, table.schema.field(one.column).type)
            if one.column in BASIS and BASIS[one.column] in row:
                row[BASIS[one.column]] = "corrected"
    return pa.Table.from_pylist(rows, schema=table.schema)


def _value(text: str, kind: pa.DataType) -> Any:
    if not text:
        return None
    if pa.types.is_date(kind):
        return date.fromisoformat(text)
    return float(text) if pa.types.is_floating(kind) else text


def _retire(registry: pa.Table, retracted: Mapping[str, Correction], redirects: Mapping[str, str]) -> pa.Table:
    """Note in the registry which ids were retracted, those that were merged into them included."""
    rows = registry.to_pylist() if retracted else []
    if not rows:
        return registry
    for row in rows:
        one = retracted.get(_end(row["id"], redirects))
        if one is not None:
            row |= {"status": "retracted", "redirect_to": None, "reason": f"retracted {one.note}"}
    return pa.Table.from_pylist(rows, schema=registry.schema)


def _notes(notes: Mapping[str, str]) -> pa.Table:
    return pa.Table.from_pylist([{"id": key, "note": note} for key, note in sorted(notes.items())], CORRECTION_SCHEMA)
