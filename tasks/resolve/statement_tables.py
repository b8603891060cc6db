"""From relation claims to `relations`, from numbers to `quantities`, from decisions to `judgements`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tasks.resolve.corpus import ClaimRow, MentionRow
from tasks.resolve.entity_tables import entity_of
from tasks.resolve.local import Local
from tasks.resolve.local_entities import Decision, decision
from tasks.resolve.local_quantities import care
from tasks.resolve.merged import combined
from tasks.resolve.state import State
from warehouse.ids import make_id

Row = dict[str, Any]

# In which role of its claims the subject of a relation stands.
SUBJECT_ROLE = {"project_funding": "funder", "project_implementation": "implementer"}


def relation_rows(state: State, announcement_of: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """Return the rows of `resolved.relations` and of `resolved.relation_claims`."""
    told: dict[tuple[str, str, str], dict[str, tuple[ClaimRow, Local]]] = defaultdict(dict)
    for local in _current(state):
        for claim in local.version.claims:
            for subject, project in _sides(state, local, claim) if claim.claim_kind == "relation" else ():
                told[claim.claim_type, subject, project][claim.claim_id] = claim, local
    relations: list[Row] = []
    claims: list[Row] = []
    for (relation_type, subject, project), found in told.items():
        ordered = sorted(found.values(), key=lambda pair: state.corpus.seen[pair[0].claim_id])
        best: dict[str, float] = {}
        for claim, local in ordered:
            announcement = announcement_of[local.version.doc_id]
            best[announcement] = max(best.get(announcement, 0.0), claim.confidence)
        relation_id = make_id("rel", relation_type, subject, project)
        relations.append(
            {
                "relation_id": relation_id,
                "relation_type": relation_type,
                "subject_entity_id": subject,
                "object_entity_id": project,
                "claim_id": ordered[0][0].claim_id,
                "n_claims": len(ordered),
                "n_documents": len({local.version.doc_id for _, local in ordered}),
                "confidence": combined(best),
            }
        )
        claims += [
            {
                "relation_id": relation_id,
                "claim_id": claim.claim_id,
                "doc_id": local.version.doc_id,
                "evidence_role": "corroborating" if at else "primary",
            }
            for at, (claim, local) in enumerate(ordered)
        ]
    return relations, claims


def _sides(state: State, local: Local, claim: ClaimRow) -> Iterator[tuple[str, str]]:
    """Yield every subject with every project of a relation claim."""
    subjects, projects = set(), {entity_of(state, local, claim.project_mention_id or "")}
    for argument in claim.arguments:
        if argument.role == SUBJECT_ROLE.get(claim.claim_type):
            subjects.add(entity_of(state, local, argument.mention_id))
        elif argument.role == "project":
            projects.add(entity_of(state, local, argument.mention_id))
    yield from ((a, b) for a in sorted(filter(None, subjects)) for b in sorted(filter(None, projects)))


def quantity_rows(state: State) -> tuple[list[Row], list[Row]]:
    """Return the rows of `resolved.quantities` and of `resolved.quantity_mentions`."""
    family = state.families.quantities
    quantities: list[Row] = []
    mentions: list[Row] = []
    for nodes in family.graph.groups():
        identifier = family.id_of(nodes[0])
        told = [(node, state.local_of(node[:2])) for node in nodes]
        stated = [(row, local) for node, local in told for row in local.quantities[node[2]].mentions]
        ordered = sorted(stated, key=lambda pair: state.corpus.seen[pair[0].mention_id])
        first_doc = ordered[0][1].version.doc_id
        own = [row for row, local in ordered if local.version.doc_id == first_doc]
        careful = min(own, key=care)
        quantities.append(
            {
                "quantity_id": identifier,
                "event_id": _event_of(state, told, first_doc),
                "doc_id": first_doc,
                "mention_id": careful.mention_id,
                **_value(careful),
                "qualifier": min((row for row, _ in ordered), key=care).qualifier or "exact",
                "counted": next((row.subtype for row in [careful, *own] if row.subtype), None),
                "n_mentions": len(stated),
                "n_documents": len({local.version.doc_id for _, local in stated}),
                "confidence": max(row.confidence for row, _ in stated),
            }
        )
        mentions += [
            {"quantity_id": identifier, "mention_id": row.mention_id, "doc_id": local.version.doc_id}
            for row, local in stated
        ]
    return quantities, mentions


def disputed_counts(quantities: Iterable[Row]) -> set[str]:
    """Return the events of which documents give numbers of one thing that cannot all be right.

    Each document gives one number of the thing (one that gives several counts several things), and no number lies in
    the reach of all: "at least 50" and 58 agree, 50 and 58 do not. All numbers stay; `v_conflicts` says which one most
    documents state.

    Args:
        quantities: Rows of `resolved.quantities`.
    """
    stated: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in quantities:
        if row["event_id"]:
            stated[row["event_id"], row["unit"], (row["counted"] or "").lower()].append(row)
    return {
        event_id
        for (event_id, _, _), rows in stated.items()
        if len({row["doc_id"] for row in rows}) == len(rows) and _are_apart(rows)
    }


def _are_apart(rows: Sequence[Row]) -> bool:
    lowest = (-math.inf if row["qualifier"] == "up_to" else row["value_min"] for row in rows)
    highest = (math.inf if row["qualifier"] == "at_least" else row["value_max"] for row in rows)
    return bool(max(lowest) > min(highest))


def _value(row: MentionRow) -> Row:
    high = row.value_max if row.value_max is not None else row.value_min
    return {"value_min": row.value_min, "value_max": high, "unit": row.unit, "currency": row.currency}


def _event_of(state: State, told: Iterable[tuple[tuple[str, str, int], Local]], first_doc: str) -> str | None:
    """Return the event of the number in the document that stated it first, else in another copy of it."""
    for node, local in sorted(told, key=lambda pair: (pair[0][0] != first_doc, pair[0])):
        event = local.quantities[node[2]].event
        if event is not None:
            return state.families.events.id_of((*node[:2], event))
    return None


def judgement_rows(state: State) -> list[Row]:
    """Return the rows of `resolved.judgements`: the decisions within documents, then those between them."""
    found: dict[tuple[str, str, str], Decision] = {}
    for kind, decisions in (("entity", _entity_decisions(state)), ("event", _event_decisions(state))):
        for made in decisions:
            found.setdefault((kind, made.left_id, made.right_id), made)
    return [
        {
            "kind": kind,
            "left_id": made.left_id,
            "right_id": made.right_id,
            "verdict": made.judgement.verdict,
            "reason": made.judgement.reason,
            "rule_id": made.judgement.rule_id,
            "author": made.judgement.author,
            "score": made.judgement.score,
        }
        for (kind, _, _), made in found.items()
    ]


def _entity_decisions(state: State) -> Iterator[Decision]:
    for local in _current(state):
        yield from local.entities.decisions
    members = state.families.entities.members
    first = {
        node: min((item.seen, item.evidence_id) for items in found.values() for item in items)[1]
        for node, found in members.items()
    }
    for left, right, judged in state.families.entities.graph.judgements():
        yield decision(first[left], first[right], judged)


def _event_decisions(state: State) -> Iterator[Decision]:
    for local in _current(state):
        yield from local.events.decisions
    for left, right, judged in state.families.events.graph.judgements():
        a, b = (_first_claim(state, node) for node in (left, right))
        yield decision(a, b, judged)


def _first_claim(state: State, node: tuple[str, str, int]) -> str:
    claims: Sequence[ClaimRow] = state.local_of(node[:2]).events.events[node[2]].claims
    return min(claims, key=lambda claim: state.corpus.seen[claim.claim_id]).claim_id


def _current(state: State) -> Iterator[Local]:
    return (state.local_of(version.key) for _, version in sorted(state.current.items()))
