"""From the groups of claims to `events`, `event_claims`, `event_parties` and `event_instruments`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tasks.resolve.collectives import BINDING_ROLES, Collectives
from tasks.resolve.dates import BASIS_ORDER
from tasks.resolve.entity_tables import entity_of
from tasks.resolve.families import Member
from tasks.resolve.kinds import family_of
from tasks.resolve.merged import (
    Told,
    best_country,
    best_date,
    best_place,
    best_project,
    best_status,
    confidence,
    dissent,
    primary,
)
from tasks.resolve.state import State
from tasks.resolve.things import Thing
from warehouse.collectives import Membership
from warehouse.vocabulary import PARTY_KINDS, PARTY_ROLES

Row = dict[str, Any]


def event_rows(state: State, announcement_of: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """Return the rows of `resolved.events` and of `resolved.event_claims`."""
    events: list[Row] = []
    claims: list[Row] = []
    for nodes in state.families.events.graph.groups():
        told = told_by(state, nodes, announcement_of)
        event, roles = _event(state, nodes, told)
        events.append(event)
        claims += [
            {
                "claim_id": item.claim.claim_id,
                "doc_id": item.doc_id,
                "event_id": event["event_id"],
                "evidence_role": role,
            }
            for item, role in zip(told, roles, strict=True)
        ]
    return events, claims


def told_by(state: State, nodes: Sequence[Member], announcement_of: Mapping[str, str]) -> list[Told]:
    """Return the claims of an event in the order in which they were captured."""
    told = [
        Told(claim, local, announcement_of[node[0]], state.corpus.seen[claim.claim_id])
        for node in nodes
        for local in [state.local_of(node[:2])]
        for claim in local.events.events[node[2]].claims
    ]
    return sorted(told, key=lambda item: item.seen)


def _event(state: State, nodes: Sequence[Member], told: Sequence[Told]) -> tuple[Row, list[str]]:
    status, polarity = best_status(told)
    dated, placed, project = best_date(told, status), best_place(told, status), best_project(told)
    country, country_basis = best_country(told, status, placed)
    against = dissent(told, status, dated, placed, country)
    shown = primary(told, status, against)
    dissenting = {id(item) for item in against}
    row = {
        "event_id": state.families.events.id_of(nodes[0]),
        "event_type": told[0].claim.claim_type,
        "status": status,
        "polarity": polarity,
        "start_on": dated.span.start if dated else None,
        "end_on": dated.span.end if dated else None,
        "date_precision": dated.span.precision if dated else "unknown",
        "date_verbatim": dated.claim.date_verbatim if dated else None,
        "date_basis": dated.span.basis if dated else None,
        "place_entity_id": entity_of(state, placed.local, placed.claim.place_mention_id or "") if placed else None,
        "place_basis": placed.claim.place_basis if placed else None,
        "country_code": country,
        "country_basis": country_basis,
        "project_entity_id": entity_of(state, project[0].local, project[1]) if project else None,
        "founding_claim_id": told[0].claim.claim_id,
        "n_claims": len(told),
        "n_documents": len({item.doc_id for item in told}),
        "n_independent_sources": len({item.announcement for item in told}),
        "confidence": confidence(told, against),
        "is_conflicting": bool(against),
    }
    roles = [
        "primary" if item is shown else "contradicting" if id(item) in dissenting else "corroborating" for item in told
    ]
    return row, roles


def party_rows(state: State, started: Mapping[str, date | None], memberships: Iterable[Membership] = ()) -> list[Row]:
    """Return the rows of `resolved.event_parties`: the best basis of each role, and the first claim that has it.

    A group of countries is no party beside its own members: see `tasks.resolve.collectives`.

    Args:
        state: What stands.
        started: First day of each event.
        memberships: Who belongs to which group since when.
    """
    best: dict[tuple[str, str, str], tuple[Any, Row]] = {}
    things: dict[tuple[str, str], dict[str, Thing]] = defaultdict(dict)
    for event_id, item, argument, thing in _arguments(state):
        if argument.role not in PARTY_ROLES or thing.kind not in PARTY_KINDS:
            continue
        entity_id = entity_of(state, item.local, argument.mention_id)
        if entity_id is None:
            continue
        key = (event_id, entity_id, argument.role)
        order = (BASIS_ORDER.index(argument.basis), item.seen, argument.start, argument.mention_id)
        if key not in best or order < best[key][0]:
            row = dict(zip(("event_id", "entity_id", "role"), key, strict=True))
            found = {"basis": argument.basis, "claim_id": item.claim.claim_id, "mention_id": argument.mention_id}
            best[key] = order, {**row, **found}
            things[event_id, argument.role][entity_id] = thing
    spelled_out = Collectives(memberships)
    for (event_id, role), parties in things.items():
        if role not in BINDING_ROLES:
            continue
        for entity_id in spelled_out.beside_members(parties, started[event_id]):
            del best[event_id, entity_id, role]
    return [row for _, row in best.values()]


def instrument_rows(state: State) -> list[Row]:
    """Return the rows of `resolved.event_instruments`.

    An event that has instruments between two parties is not tied to the bare word ("the agreement") of another report.
    """
    rows: dict[tuple[str, str], Row] = {}
    families: dict[str, set[str | None]] = {}
    only: dict[str, list[str]] = {}
    for one in state.derived:
        for named in one.mentions:
            only.setdefault(named.evidence_id, []).append(one.id)
        for event_id, claim_id in one.claims:
            families.setdefault(event_id, set()).add(family_of(one.kind))
            row = {"event_id": event_id, "entity_id": one.id, "basis": "derived", "claim_id": claim_id}
            rows[event_id, one.id] = row
    best: dict[tuple[str, str], Any] = {}
    for event_id, item, argument, thing in _arguments(state):
        entity_id = entity_of(state, item.local, argument.mention_id) if argument.role == "instrument" else None
        is_bare = thing.scope is not None and family_of(thing.subtype) in families.get(event_id, set())
        meant = only.get(argument.mention_id, []) if argument.role == "instrument" else []
        if len(meant) == 1:
            # Kind and parties make the instrument; the claim names it by its kind.
            entity_id, is_bare = meant[0], False
        if entity_id is None or thing.kind != "instrument" or is_bare:
            continue
        order = (BASIS_ORDER.index(argument.basis), item.seen, argument.start)
        key = (event_id, entity_id)
        if key not in best or order < best[key]:
            best[key] = order
            rows[key] = {
                "event_id": event_id, "entity_id": entity_id, "basis": argument.basis, "claim_id": item.claim.claim_id
            }  # fmt: skip
    return list(rows.values())


def _arguments(state: State) -> Iterator[tuple[str, Told, Any, Thing]]:
    """Yield event, claim, argument and thing for every argument of every claim of every event."""
    for nodes in state.families.events.graph.groups():
        event_id = state.families.events.id_of(nodes[0])
        for item in told_by(state, nodes, {node[0]: node[0] for node in nodes}):
            for argument in item.claim.arguments:
                thing = item.local.entities.thing(argument.mention_id)
                if thing:
                    yield event_id, item, argument, thing
