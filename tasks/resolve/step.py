"""The stage: all tables of documents and of what was extracted from them in, all resolved tables out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tasks.resolve.corpus import duplicate_pairs, read_corpus
from tasks.resolve.entity_tables import (
    alias_rows,
    entity_rows,
    instrument_party_rows,
    mention_rows,
)
from tasks.resolve.event_tables import event_rows, instrument_rows, party_rows
from tasks.resolve.fold import fold, go_on
from tasks.resolve.registry import Entry, Registry
from tasks.resolve.republications import announcements
from tasks.resolve.state import Kept, State
from tasks.resolve.statement_tables import disputed_counts, judgement_rows, quantity_rows, relation_rows
from warehouse.collectives import Membership
from warehouse.contract import TableContract
from warehouse.corrections import Correction, taken_down, without_documents
from warehouse.tables import registry, resolved

Row = dict[str, Any]


def resolve(
    tables: Mapping[str, pa.Table],
    prior: Mapping[str, pa.Table],
    corrections: Sequence[Correction] = (),
    memberships: Sequence[Membership] = (),
) -> dict[str, pa.Table]:
    """Return all tables of the resolved layer by name, each sorted by its key.

    A pure function: the same rows in any order give the same tables. Facts come from the latest version of each
    document (by logical date, then retrieval); the versions before it only tell which ids were minted when.

    Args:
        tables: documents, sentences, duplicates, mentions, claims and claim_arguments, over all partitions and
            versions; names may carry their layer (`documents.sentences`).
        prior: id_registry and registry_evidence of the run before; empty tables, or none, for a new warehouse.
        corrections: What people decided on what is one thing, and which documents they took down; others are ignored.
        memberships: Which countries belong to which named group.

    Raises:
        KeyError: If a table is missing.
    """
    corpus = read_corpus(standing(tables, corrections))
    return resolved_tables(fold(corpus, prior_registry(prior), corrections), memberships)


def standing(tables: Mapping[str, pa.Table], corrections: Sequence[Correction]) -> dict[str, pa.Table]:
    """Return the tables without the documents that people took down, under their names without the layer."""
    kept = without_documents(tables, taken_down(corrections))
    return {name.rpartition(".")[2]: table for name, table in kept.items()}


def further_state(kept: Kept, tables: Mapping[str, pa.Table], corrections: Sequence[Correction]) -> State | None:
    """Return the state that follows from an earlier one and some documents; None where the earlier one is of no use.

    Args:
        kept: What the earlier resolution left. It is changed, and stands for nothing afterwards.
        tables: As for `resolve`, but with all versions of the documents that are new or changed alone; the duplicates
            of all documents.
        corrections: What people decided.
    """
    found = standing(tables, corrections)
    fresh = read_corpus(found)
    known = {*kept.corpus.histories, *fresh.histories}
    return go_on(kept.corpus.with_documents(fresh, duplicate_pairs(found["duplicates"], known)), kept, corrections)


def resolved_tables(state: State, memberships: Sequence[Membership] = ()) -> dict[str, pa.Table]:
    """Return all tables of the resolved layer of a state, each sorted by its key."""
    corpus = state.corpus
    announcement_of = announcements(corpus)
    linked = mention_rows(state)
    events, event_claims = event_rows(state, announcement_of)
    relations, relation_claims = relation_rows(state, announcement_of)
    quantities, quantity_mentions = quantity_rows(state)
    disputed = disputed_counts(quantities)
    for event in events:
        event["is_conflicting"] |= event["event_id"] in disputed
    entries, evidence = _registry_rows(state)
    rows: dict[str, Iterable[Row]] = {
        "entities": entity_rows(state),
        "entity_mentions": linked,
        "entity_aliases": alias_rows(state, linked),
        "events": events,
        "event_claims": event_claims,
        "event_parties": party_rows(state, {row["event_id"]: row["start_on"] for row in events}, memberships),
        "event_instruments": instrument_rows(state),
        "instrument_parties": instrument_party_rows(state),
        "relations": relations,
        "relation_claims": relation_claims,
        "quantities": quantities,
        "quantity_mentions": quantity_mentions,
        "judgements": judgement_rows(state),
        "id_registry": entries,
        "registry_evidence": evidence,
    }
    return {contract.name: _table(contract, rows[contract.name]) for contract in resolved.TABLES}


def _table(contract: TableContract, rows: Iterable[Row]) -> pa.Table:
    table = pa.Table.from_pylist(list(rows), schema=contract.schema)
    return table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in contract.key]))


def prior_registry(prior: Mapping[str, pa.Table]) -> Registry:
    """Return the registry of the last run; an empty one where there is none."""
    if "id_registry" not in prior:
        return Registry()
    entries = (Entry(**row) for row in prior["id_registry"].to_pylist())
    evidence = prior["registry_evidence"].select(["id", "evidence_id", "sentence_id"]).to_pylist()
    return Registry(entries, (tuple(row.values()) for row in evidence))


def _registry_rows(state: State) -> tuple[list[Row], list[Row]]:
    names = registry.ID_REGISTRY.column_names
    entries = [{name: getattr(entry, name) for name in names} for entry in state.registry.entries.values()]
    evidence = [
        {"id": identifier, "evidence_id": evidence_id, "sentence_id": sentence_id}
        for identifier, items in state.registry.evidence.items()
        for evidence_id, sentence_id in items.items()
    ]
    return entries, evidence
