"""From the groups of things to `entities`, `entity_mentions`, `entity_aliases` and `instrument_parties`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tasks.resolve.corpus import MentionRow, Version
from tasks.resolve.dates import BASIS_ORDER
from tasks.resolve.families import Member, best_name
from tasks.resolve.inner_parties import lists_partners, named_inside
from tasks.resolve.instruments import Derived
from tasks.resolve.kinds import AGREEMENT_TYPES
from tasks.resolve.local import Local
from tasks.resolve.registry import Evidence
from tasks.resolve.state import State
from tasks.resolve.things import Thing, name_key

Row = dict[str, Any]


def entity_rows(state: State) -> list[Row]:
    """Return the rows of `resolved.entities`."""
    groups = state.families.entities.graph.groups()
    organisations = _Organisations(state, groups)
    rows = [_entity(state, nodes, organisations) for nodes in groups]
    names = {row["entity_id"]: row["name"] for row in rows}
    return rows + [_instrument(one, names) for one in state.derived]


def _entity(state: State, nodes: tuple[Thing, ...], organisations: _Organisations) -> Row:
    family = state.families.entities
    weights = family.weights(nodes)
    members = [(node, member, items) for node in nodes for member, items in family.members[node].items()]
    latest = sorted(members, key=lambda found: (state.local_of(found[1][:2]).version.news, found[1][2]), reverse=True)
    newest = [node for node, _, _ in latest]
    holder = next((thing for thing in newest if thing.office or thing.affiliation), None)
    evidence = [item for _, _, items in members for item in items]
    return {
        "entity_id": family.id_of(nodes[0]),
        "kind": nodes[0].kind,
        "name": best_name(weights),
        "reference_id": next((thing.reference_id for thing in newest if thing.reference_id), None),
        "subtype": next((thing.subtype for thing in newest if thing.subtype), None),
        "country_code": next((thing.country_code for thing in newest if thing.country_code), None),
        "office": holder.office if holder else None,
        "affiliation_entity_id": organisations.of_person(holder) if holder else None,
        "founding_mention_id": _first(evidence).evidence_id,
        "n_mentions": len(evidence),
        "n_documents": len({member[0] for _, member, _ in members}),
    }


def _instrument(one: Derived, names: dict[str, str]) -> Row:
    return {
        "entity_id": one.id,
        "kind": "instrument",
        "name": f"{names[one.first]}–{names[one.second]} {one.label}",
        "subtype": one.kind,
        "founding_mention_id": _first(one.mentions).evidence_id,
        "n_mentions": len(one.mentions),
        "n_documents": len(one.documents),
    }


def _first(evidence: Iterable[Evidence]) -> Evidence:
    return min(evidence, key=lambda item: item.seen)


class _Organisations:
    """Finds the organisation a person belongs to among those that documents name."""

    def __init__(self, state: State, groups: Iterable[tuple[Thing, ...]]) -> None:
        self._by_reference: dict[str, str] = {}
        self._by_name: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for nodes in groups:
            for thing in nodes if nodes[0].kind == "organisation" else ():
                identifier = state.families.entities.id_of(thing)
                if thing.reference_id:
                    self._by_reference[thing.reference_id] = identifier
                self._by_name[name_key(thing), thing.country_code].add(identifier)

    def of_person(self, holder: Thing) -> str | None:
        """Return the entity id by reference, else by name and country where exactly one is called so."""
        if holder.affiliation_reference_id in self._by_reference:
            return self._by_reference[holder.affiliation_reference_id or ""]
        if not holder.affiliation:
            return None
        found = self._by_name.get((name_key(Thing("organisation", holder.affiliation)), holder.country_code), set())
        return next(iter(found)) if len(found) == 1 else None


def mention_rows(state: State) -> list[Row]:
    """Return the rows of `resolved.entity_mentions`.

    A mention that names several instruments at once ("protocols with four countries") names no single thing and has no
    row; one that names exactly one instrument between two parties is linked to it.
    """
    only: dict[str, list[str]] = defaultdict(list)
    for one in state.derived:
        for item in one.mentions:
            only[item.evidence_id].append(one.id)
    rows = []
    for local in _current(state):
        confidences = {row.mention_id: row.confidence for row in local.version.mentions}
        for entity in local.entities.entities:
            for link in entity.links:
                row = {"mention_id": link.mention_id, "doc_id": local.version.doc_id}
                if link.mention_id not in local.absorbed:
                    identifier = state.families.entities.id_of(entity.thing)
                    rows.append({**row, "entity_id": identifier, "method": link.method, "confidence": link.confidence})
                elif len(only[link.mention_id]) == 1:
                    # Kind and parties make the instrument; the mention itself names the kind alone.
                    linked = {"entity_id": only[link.mention_id][0], "method": "pattern"}
                    rows.append({**row, **linked, "confidence": round(confidences[link.mention_id] * 0.9, 6)})
    return rows


def alias_rows(state: State, linked: Sequence[Row]) -> list[Row]:
    """Return the rows of `resolved.entity_aliases`: the forms in documents that name a thing by themselves.

    A short form ("the Agency") names nothing without its antecedent; that of a person is a spelling of the name.
    """
    mentions = {row.mention_id: row for local in _current(state) for row in local.version.mentions}
    counts = Counter(
        (row["entity_id"], " ".join(mentions[row["mention_id"]].text.split()))
        for row in linked
        if row["method"] not in {"antecedent", "pattern"} or mentions[row["mention_id"]].kind == "person"
    )
    return [{"entity_id": entity, "alias": alias, "n_mentions": number} for (entity, alias), number in counts.items()]


def instrument_party_rows(state: State) -> list[Row]:
    """Return the rows of `resolved.instrument_parties`.

    The parties of a derived instrument are its two; those of one that a claim names are the parties its name holds,
    else those of the claim's event. Where an event has derived instruments, the ones it names besides are what those
    carry out, and have other parties.
    """
    rows = [
        {"instrument_entity_id": one.id, "party_entity_id": party, "claim_id": one.claims[0][1]}
        for one in state.derived
        for party in (one.first, one.second)
    ]
    deriving = {event_id for one in state.derived for event_id, _ in one.claims}
    told: dict[tuple[str, str], tuple[Any, str]] = {}
    for nodes in state.families.events.graph.groups():
        for node in nodes:
            is_deriving = state.families.events.id_of(node) in deriving
            for instrument, party, order, claim_id in _named_parties(state, node, is_deriving):
                key = (instrument, party)
                told[key] = min(told.get(key, (order, claim_id)), (order, claim_id))
    rows += [
        {"instrument_entity_id": instrument, "party_entity_id": party, "claim_id": claim_id}
        for (instrument, party), (_, claim_id) in told.items()
    ]
    return rows


def _named_parties(state: State, node: Member, is_deriving: bool) -> Iterator[tuple[str, str, Any, str]]:
    """Yield instrument, party, order and claim for the instruments that one document's claims of an event name."""
    local = state.local_of(node[:2])
    event = local.events.events[node[2]]
    mentions = {row.mention_id: row for row in local.version.mentions}
    if event.features.event_type not in AGREEMENT_TYPES:
        return
    for claim in event.claims:
        stated = [(argument.mention_id, argument.basis) for argument in claim.arguments if argument.role == "party"]
        for argument in claim.arguments:
            instrument = entity_of(state, local, argument.mention_id) if argument.role == "instrument" else None
            if instrument is None:
                continue
            for mention_id, basis in _own_parties(local.version, mentions[argument.mention_id], stated, is_deriving):
                thing = local.entities.thing(mention_id)
                party = entity_of(state, local, mention_id)
                if party and thing and thing.kind in {"territory", "organisation"}:
                    order = (BASIS_ORDER.index(basis), state.corpus.seen[claim.claim_id])
                    yield instrument, party, order, claim.claim_id


def _own_parties(
    version: Version, instrument: MentionRow, stated: list[tuple[str, str]], is_deriving: bool
) -> list[tuple[str, str]]:
    """Return the parties of an instrument that a claim names, each with its basis.

    A name that lists partners ("agreements with Albania and Serbia") without a party they are made with gives none:
    the partners are not bound to one another.
    """
    inside = [(row.mention_id, "text") for row in named_inside(instrument, version)]
    if lists_partners(instrument, version) and len(inside) >= 2:
        return []
    if len(inside) >= 2:
        return inside
    return [] if is_deriving else stated


def entity_of(state: State, local: Local, mention_id: str) -> str | None:
    """Return the entity a mention of a document version names by itself; None where it names none or several."""
    index = local.entities.of_mention.get(mention_id)
    if index is None or mention_id in local.absorbed:
        return None
    return state.families.entities.id_of(local.entities.entities[index].thing)


def _current(state: State) -> Iterator[Local]:
    return (state.local_of(version.key) for _, version in sorted(state.current.items()))
