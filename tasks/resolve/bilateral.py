"""The instruments behind "signs protocols with four countries": one with each partner, found in one document.

A text that names an instrument only by its kind means as many instruments as there are partners: never one treaty of
all of them, never one for every pair. What is found here is the pairs; `tasks.resolve.instruments` gives them ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.resolve.corpus import ClaimRow, Version
from tasks.resolve.features import party_country
from tasks.resolve.kinds import AGREEMENT_TYPES, BETWEEN_PARTIES, family_of, narrowed
from tasks.resolve.local_entities import LocalEntities
from tasks.resolve.local_events import LocalEvent
from tasks.resolve.things import STATE_BODIES, Thing


@dataclass(frozen=True)
class Pair:
    """One instrument between two parties, as a document tells it.

    Attributes:
        first: Index of the party on the one side among the entities of the document: the hub, or the one named first.
        second: Index of the other party.
        claim_id: The claim that names the parties.
        mention_ids: The mentions that name the instrument by its kind.
    """

    kind: str
    first: int
    second: int
    claim_id: str
    mention_ids: tuple[str, ...]


def bilateral_pairs(version: Version, entities: LocalEntities, event: LocalEvent) -> tuple[Pair, ...]:
    """Return the instruments of an event that names them by their kinds only; none where sides cannot be told."""
    if event.features.event_type not in AGREEMENT_TYPES:
        return ()
    named = [entities.entities[index] for index in _instruments(event, entities)]
    kinds = narrowed([entity.thing.subtype or "" for entity in named])
    sides = _sides(event.claims, entities) if kinds else ()
    mentions = {
        kind: tuple(
            link.mention_id for entity in named if family_of(entity.thing.subtype) == family for link in entity.links
        )
        for kind in kinds
        for family in [family_of(kind)]
    }
    return tuple(Pair(kind, *side, mentions[kind]) for kind in kinds for side in sides)


def _instruments(event: LocalEvent, entities: LocalEntities) -> list[int]:
    """Return the entities of the event that name an instrument between parties by its kind, as no title does."""
    found = {
        index
        for claim in event.claims
        for argument in claim.arguments
        if argument.role == "instrument" and (index := entities.of_mention.get(argument.mention_id)) is not None
    }
    return sorted(index for index in found if _is_descriptive(entities.entities[index].thing))


def _is_descriptive(thing: Thing) -> bool:
    return thing.scope is not None and thing.subtype in BETWEEN_PARTIES


def _sides(claims: Sequence[ClaimRow], entities: LocalEntities) -> tuple[tuple[int, int, str], ...]:
    """Return the pairs of parties with the claim that names them.

    With two parties there is one pair. With more, the hub is the country whose person signs, else the party that alone
    stands before the verb (Lithuania signs protocols with …); without a hub the sides cannot be told.
    """
    parties: dict[int, str] = {}
    for claim in claims:
        for _, index in _parties(claim, entities):
            parties.setdefault(index, claim.claim_id)
    kept = _without_bodies(list(parties), entities)
    if len(kept) < 2:
        return ()
    if len(kept) == 2:
        return ((kept[0], kept[1], parties[kept[1]]),)
    hub = _signing_country(claims, kept, entities)
    if hub is None:
        hub = next((found for claim in claims if (found := _subject(claim, entities)) in kept), None)
    if hub is None:
        return ()
    return tuple((hub, partner, parties[partner]) for partner in kept if partner != hub)


def _parties(claim: ClaimRow, entities: LocalEntities) -> Iterator[tuple[int, int]]:
    """Yield where in the text each party stands, and which entity it is."""
    for argument in sorted(claim.arguments, key=lambda argument: argument.start):
        index = entities.of_mention.get(argument.mention_id)
        if argument.role != "party" or index is None:
            continue
        if entities.entities[index].thing.kind in {"territory", "organisation"}:
            yield argument.start, index


def _without_bodies(parties: Sequence[int], entities: LocalEntities) -> list[int]:
    """Leave out the ministries and agencies of countries that are parties themselves: they sign for them."""
    things = {index: entities.entities[index].thing for index in parties}
    countries = {thing.country_code for thing in things.values() if thing.kind == "territory"}
    return [
        index
        for index, thing in things.items()
        if not (thing.subtype in STATE_BODIES and thing.country_code in countries)
    ]


def _signing_country(claims: Sequence[ClaimRow], parties: Sequence[int], entities: LocalEntities) -> int | None:
    codes = {
        party_country(thing)
        for claim in claims
        for argument in claim.arguments
        if argument.role == "signatory" and (thing := entities.thing(argument.mention_id)) and thing.kind == "person"
    }
    if len(codes) != 1:
        return None
    code = codes.pop()
    return next((index for index in parties if code and entities.entities[index].thing.country_code == code), None)


def _subject(claim: ClaimRow, entities: LocalEntities) -> int | None:
    """Return the one party that stands before the verb while all others of the sentence stand after it."""
    stated = [(start, index) for start, index in _parties(claim, entities) if claim.start <= start < claim.end]
    before = {index for start, index in stated if start < claim.trigger_start}
    after = {index for start, index in stated if start >= claim.trigger_start}
    return before.pop() if len(before) == 1 and len(after - before) >= 2 else None
