"""The chain of one fact, walked back: fact → claims → rule → sentence → document → archived bytes and fetch.

Reads the published release for everything that is published and the archive for the bytes; nothing here looks forward.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from tasks.curate.grounds import ground
from warehouse.errors import ConfigurationError
from warehouse.publication import current, release_directory
from warehouse.storage import Store
from warehouse.tables import archive

# The table and key column of everything that has an id a person may ask about.
FACTS = {
    "evt": ("fact_event", "event_id"),
    "qty": ("fact_quantity", "quantity_id"),
    "rel": ("fact_funding", "relation_id"),
    "plg": ("fact_pledge", "pledge_id"),
    "ist": ("fact_instrument_status", "instrument_status_id"),
    "stm": ("fact_statement", "statement_id"),
    "clm": ("fact_claim", "claim_id"),
    "men": ("fact_mention", "mention_id"),
    "doc": ("dim_document", "doc_id"),
    "ver": ("dim_document", "document_version_id"),
    "rsp": ("dim_role_spell", "role_spell_id"),
}
# Knows every id that was ever minted: countries, which a code leads to their dimension, and what was retired.
REGISTRY = ("id_registry", "id")
ENTITIES = (
    ("dim_person", "person_id"),
    ("dim_organisation", "organisation_id"),
    ("dim_place", "place_id"),
    ("dim_instrument", "instrument_id"),
    ("dim_project", "project_id"),
    ("dim_collective", "collective_id"),
)
# Facts without passages of their own: those of their event are theirs.
FOLLOWS_FROM_EVENTS = ("fact_pledge", "fact_instrument_status", "fact_statement")
# Whose passages are those of a row, where it is not the row itself.
RESTS_ON = {**dict.fromkeys(FOLLOWS_FROM_EVENTS, "event_id"), "dim_role_spell": "person_id"}
SQL = Path(__file__).parent / "sql" / "explain"


def explain(home: Path, fact_id: str, reference: Path) -> dict[str, Any]:
    """Return the chain of one fact of the current release.

    Args:
        home: Directory of the warehouse.
        fact_id: Id of an event, quantity, relation, pledge, step of an instrument, statement, claim, mention, document,
            version, office spell or entity; one that was retired gives its entry in the registry.
        reference: Directory of the knowledge tables.

    Returns:
        `id`, `table`, `fact` (the row), `redirected_from` (an id that was merged, or None), and `evidence`: one entry a
        passage with its claim and rule, the knowledge and the anchor it rests on, sentence, document, capture and
        fetches.

    Raises:
        ConfigurationError: There is no release, or nothing in it has this id.
    """
    release = current(home)
    if release is None:
        raise ConfigurationError("there is no release", str(home), "Run `communique run` first.")
    with duckdb.connect(str(release_directory(home, release.release_id) / "warehouse.duckdb"), read_only=True) as base:
        wanted, redirected_from = _follow(base, fact_id)
        table, key = _table_of(base, wanted)
        fact = _rows(base, f"SELECT * FROM {table} WHERE {key} = ?", wanted)  # noqa: S608 - names from the tables above
        if not fact:
            table, key = REGISTRY
            fact = _rows(base, f"SELECT * FROM {table} WHERE {key} = ?", wanted)  # noqa: S608 - names from above
        if not fact:
            raise ConfigurationError(f"nothing in release {release.release_id} has this id", fact_id, _advice(fact_id))
        rests_on = fact[0][RESTS_ON.get(table, key)]
        evidence = _rows(base, (SQL / f"{_evidence_query(table)}.sql").read_text("utf-8"), rests_on)
    ground(home, reference, evidence)
    captures = _captures(home, {row["body_sha256"] for row in evidence})
    for row in evidence:
        row["archived"] = captures.get(row["body_sha256"], [])
    return {
        "id": wanted,
        "redirected_from": redirected_from,
        "release": release.release_id,
        "table": table,
        "fact": fact[0],
        "evidence": evidence,
    }


def _follow(base: duckdb.DuckDBPyConnection, fact_id: str) -> tuple[str, str | None]:
    """Return the id to use, and the id asked for if that one was merged into it."""
    wanted, seen = fact_id, {fact_id}
    while rows := base.execute(
        "SELECT redirect_to FROM id_registry WHERE id = ? AND redirect_to IS NOT NULL", [wanted]
    ).fetchall():
        wanted = rows[0][0]
        if wanted in seen:
            break
        seen.add(wanted)
    return wanted, None if wanted == fact_id else fact_id


def _table_of(base: duckdb.DuckDBPyConnection, fact_id: str) -> tuple[str, str]:
    """Return table and key column of an id by its prefix; an entity is looked for in each dimension."""
    prefix = fact_id.split("_", 1)[0]
    if prefix in FACTS:
        return FACTS[prefix]
    for table, key in ENTITIES:
        if base.execute(f"SELECT 1 FROM {table} WHERE {key} = ?", [fact_id]).fetchall():  # noqa: S608 - names from above
            return table, key
    return REGISTRY


def _advice(fact_id: str) -> str:
    return f"{fact_id!r} may have been retired (id_registry says so); `communique query` finds ids in v_event_flat."


def _evidence_query(table: str) -> str:
    """Return the name of the query that finds the passages of a row of this table."""
    if table in ("fact_event", "fact_quantity", "fact_funding", *FOLLOWS_FROM_EVENTS):
        return "fact"
    if table in ("fact_claim", "fact_mention", "dim_document"):
        return table
    return "entity"


def _rows(base: duckdb.DuckDBPyConnection, query: str, value: str) -> list[dict[str, Any]]:
    cursor = base.execute(query, [value] * query.count("?"))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _captures(home: Path, hashes: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return for each body hash where its bytes lie in the archive and every fetch that met them."""
    store = Store(home)
    found: dict[str, list[dict[str, Any]]] = {}
    columns = ["capture_id", "source_id", "location", "body_sha256", "body_bytes", "retrieved_at"]
    fetches = store.read_all(archive.FETCHES).to_pylist()
    for ref in store.files(archive.CAPTURES):
        for row in store.read(ref, columns=columns).to_pylist():
            if row["body_sha256"] in hashes:
                attempts = [
                    {"outcome": fetch["outcome"], "attempted_at": fetch["attempted_at"], "run_id": fetch["run_id"]}
                    for fetch in fetches
                    if fetch["capture_id"] == row["capture_id"]
                ]
                found.setdefault(row["body_sha256"], []).append({**row, "file": ref.path, "fetches": attempts})
    return found
