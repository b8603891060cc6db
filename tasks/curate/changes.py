"""What differs between two releases, fact by fact and with the reason, and the verdicts that stand in a release.

Bridges are not compared: their rows are part of the facts they hang on. Neither is `dim_date`: a day of the calendar
tells nothing about the world, and a new year would bury the changes that do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks.curate.engine import conform, read_sql, register, workshop
from tasks.curate.fates import Fate, Registry, Standing, fate_of, fate_with_event
from warehouse.contract import TableContract
from warehouse.errors import ContractError
from warehouse.tables import curated_dimensions, curated_facts, curated_policy

# Columns that say how well a fact is supported, not what it says.
SUPPORT_COLUMNS = frozenset(
    {"confidence", "n_claims", "n_documents", "n_events", "n_independent_sources", "last_retrieved_at"}
)
COMPARED = (
    curated_facts.FACT_EVENT,
    curated_facts.FACT_QUANTITY,
    curated_facts.FACT_FUNDING,
    *curated_policy.TABLES,
    *(
        contract
        for contract in curated_dimensions.TABLES
        if contract.name.startswith("dim_") and contract is not curated_dimensions.DIM_DATE
    ),
)
# What the reason of a vanished fact is looked up in.
EVIDENCE = (curated_facts.BRIDGE_FACT_EVIDENCE, curated_dimensions.DIM_DOCUMENT, curated_dimensions.DOCUMENT_TEXT)


def fact_changes(
    previous: Mapping[str, pa.Table] | None, current: Mapping[str, pa.Table], registry: pa.Table
) -> pa.Table:
    """Compare two releases.

    Args:
        previous: Curated tables of the release before, by name; None for the first release. A table it does not have
            counts as empty, a column it does not have is not compared.
        current: Curated tables of the new release, by name.
        registry: The id registry of the new release: it knows what a vanished event, entity or quantity became.

    Returns:
        `curated.fact_change`: one row for each fact or member of a dimension that was added, changed, split off from
        another, merged into another, retired because what it rested on is gone, or removed for another reason.

    Raises:
        ContractError: The new release lacks a table.
    """
    needed = {contract.name: contract for contract in (*COMPARED, *EVIDENCE)}
    tables = {}
    for name, contract in needed.items():
        if name not in current:
            raise ContractError("the table was not built", f"curated.{name}", "Compare whole releases.")
        tables[f"after.{name}"] = current[name]
        tables[f"before.{name}"] = _earlier(contract, previous)
    added = "first release" if previous is None else "not in the release before"
    with workshop(tables) as connection:
        differing = pa.concat_tables([_differing(connection, contract, tables, added) for contract in COMPARED])
        is_gone = pc.equal(differing["change"], "gone")
        vanished = _vanished(connection, differing.filter(is_gone), registry)
        register(connection, "compared.standing", differing.filter(pc.invert(is_gone)))
        standing = connection.sql(read_sql("changes_splits")).to_arrow_table()
    rows = pa.concat_tables([standing, vanished])
    return conform(curated_facts.FACT_CHANGE, rows.sort_by(_order(curated_facts.FACT_CHANGE)))


def gate_result_table(results: pa.Table) -> pa.Table:
    """Return `curated.fact_gate_result`: the verdicts of the run that made the release.

    Args:
        results: Rows of `quality.gate_results`, all of one run.

    Raises:
        ContractError: The rows are of several runs, or one rule has two verdicts.
    """
    contract = curated_facts.FACT_GATE_RESULT
    where = "quality.gate_results"
    runs = sorted(results["run_id"].unique().to_pylist())
    if len(runs) > 1:
        raise ContractError(f"verdicts of {len(runs)} runs: {', '.join(runs[:5])}", where, "Pass those of one run.")
    verdicts = conform(contract, results)
    if verdicts.group_by(list(contract.key)).aggregate([]).num_rows < verdicts.num_rows:
        raise ContractError("one rule has two verdicts in one run", where, "Give each gate of a run its own label.")
    return conform(contract, verdicts.sort_by(_order(contract)))


def _order(contract: TableContract) -> list[tuple[str, str]]:
    return [(name, "ascending") for name in contract.sort_order]


def _earlier(contract: TableContract, previous: Mapping[str, pa.Table] | None) -> pa.Table:
    """Return the table of the release before; an empty one where it had none, or had it under another key."""
    table = (previous or {}).get(contract.name)
    if table is None or not set(contract.key) <= set(table.column_names):
        return contract.schema.empty_table()
    return table


def _differing(
    connection: duckdb.DuckDBPyConnection, contract: TableContract, tables: Mapping[str, pa.Table], added: str
) -> pa.Table:
    """Return rows in the form of `fact_change`, with `gone` for what the new release does not have."""
    (key,) = contract.key
    before, after = tables[f"before.{contract.name}"].schema, tables[f"after.{contract.name}"].schema
    ignored = {key, *contract.volatile}
    shared = [name for name in contract.column_names if name in before.names and name not in ignored]
    # Compared as text where a column has another type now, so that only another value is another value.
    compared = {
        name: "a.{0} IS DISTINCT FROM b.{0}"
        if before.field(name).type == after.field(name).type
        else "CAST(a.{0} AS VARCHAR) IS DISTINCT FROM CAST(b.{0} AS VARCHAR)"
        for name in shared
    }
    differences = {name: f"CASE WHEN {test.format(_quoted(name))} THEN '{name}' END" for name, test in compared.items()}
    sql = read_sql("changes_rows").format(
        table=contract.name,
        key=key,
        added=added,
        correction="a.correction" if "correction" in after.names else "NULL",
        substance=", ".join(sql for name, sql in differences.items() if name not in SUPPORT_COLUMNS) or "NULL",
        support=", ".join(sql for name, sql in differences.items() if name in SUPPORT_COLUMNS) or "NULL",
    )
    return connection.sql(sql).to_arrow_table()


def _quoted(name: str) -> str:
    return f'"{name}"'


def _vanished(connection: duckdb.DuckDBPyConnection, gone: pa.Table, registry: pa.Table) -> pa.Table:
    """Return rows in the form of `fact_change` for what the release before had and this one has not."""
    register(connection, "compared.gone", gone.select(["fact_table", "fact_id"]))
    standings = {
        (row["fact_table"], row["fact_id"]): Standing(
            row["document_stands"], row["quote_stands"], row["successor_id"], row["takedown"]
        )
        for row in connection.sql(read_sql("changes_evidence")).to_arrow_table().to_pylist()
    }
    events = {
        (contract.name, row[contract.key[0]]): row["event_id"]
        for contract in curated_policy.TABLES
        for row in connection.sql(f"FROM before.{contract.name}").to_arrow_table().to_pylist()
    }
    keys = list(zip(gone["fact_table"].to_pylist(), gone["fact_id"].to_pylist(), strict=True))
    entries = Registry(registry)
    fates = [
        fate_with_event(events[key], entries.entry(events[key]), standings.get(("fact_event", events[key])))
        if key in events
        else fate_of(entries.entry(key[1]), standings.get(key))
        for key in keys
    ]
    return _as_rows(keys, fates)


def _as_rows(keys: Sequence[tuple[str, str]], fates: Sequence[Fate]) -> pa.Table:
    columns = {
        "fact_table": [fact_table for fact_table, _ in keys],
        "fact_id": [fact_id for _, fact_id in keys],
        "change": [fate.change for fate in fates],
        "reason": [fate.reason for fate in fates],
        "columns": [None] * len(keys),
        "successor_id": [fate.successor_id for fate in fates],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
