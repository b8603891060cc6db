"""All that one document version says, brought into order: its things, its events, its quantities, its instruments."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.resolve.bilateral import Pair, bilateral_pairs
from tasks.resolve.corpus import Version
from tasks.resolve.inner_parties import with_inner_parties
from tasks.resolve.local_entities import LocalEntities, group_mentions
from tasks.resolve.local_events import LocalEvents, group_claims
from tasks.resolve.local_quantities import LocalQuantity, group_quantities


@dataclass(frozen=True)
class Local:
    """One document version after the decisions that need no other document.

    Attributes:
        pairs: For each event, by its index, the instruments between two parties that it is about.
        absorbed: Mentions that name such instruments by their kind; they name no thing of their own.
    """

    version: Version
    entities: LocalEntities
    events: LocalEvents
    quantities: tuple[LocalQuantity, ...]
    pairs: tuple[tuple[Pair, ...], ...]
    absorbed: frozenset[str]


def localise(version: Version) -> Local:
    """Return what one document version says."""
    version = with_inner_parties(version)
    entities = group_mentions(version)
    events = group_claims(version, entities)
    pairs = tuple(bilateral_pairs(version, entities, event) for event in events.events)
    return Local(
        version=version,
        entities=entities,
        events=events,
        quantities=group_quantities(version, events.events),
        pairs=pairs,
        absorbed=frozenset(mention_id for found in pairs for pair in found for mention_id in pair.mention_ids),
    )
