"""Ids of the instruments between two parties that events are about without naming them.

The id of such an instrument is made of its kind, its two parties and its event, whose own id is that of its founding
claim, so that it lives as long as they do: when the event is merged with another, its instruments are redirected to
those of that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tasks.resolve.bilateral import BETWEEN_PARTIES, Pair, family_of, narrowed
from tasks.resolve.corpus import Seen, VersionKey
from tasks.resolve.families import Families, Member
from tasks.resolve.local import Local
from tasks.resolve.registry import ENTITY_PREFIX, Entry, Evidence, Registry
from tasks.resolve.succession import Moment
from warehouse.ids import make_id

LABELS = {"mou": "memorandum of understanding"}


@dataclass(frozen=True, slots=True)
class Derived:
    """One instrument between two parties.

    Attributes:
        first: Entity id of the party on the one side: the hub, or the one named first.
        second: Entity id of the other party.
        claim_id: The first claim that names the parties.
        mentions: The mentions that name the instrument by its kind, in order of capture.
        documents: Documents that tell of it.
    """

    id: str
    kind: str
    first: str
    second: str
    event_id: str
    claim_id: str
    mentions: tuple[Evidence, ...]
    documents: frozenset[str]

    @property
    def label(self) -> str:
        """The kind in words."""
        return LABELS.get(self.kind, self.kind.replace("_", " "))


class Instruments:
    """Finds the instruments of events and keeps their ids in the registry."""

    def __init__(
        self, families: Families, local_of: Callable[[VersionKey], Local], seen: Callable[[str], Seen]
    ) -> None:
        self._families = families
        self._local_of = local_of
        self._seen = seen

    def of_event(self, nodes: tuple[Member, ...]) -> list[Derived]:
        """Return the instruments of one event, in order of their ids."""
        event_id = self._families.events.id_of(nodes[0])
        told: dict[tuple[str, str], list[tuple[Seen, str, str, Pair, Local]]] = defaultdict(list)
        for node in nodes:
            local = self._local_of(node[:2])
            for pair in local.pairs[node[2]]:
                first, second = (self._entity(local, index) for index in (pair.first, pair.second))
                if first != second:
                    found = (self._seen(pair.claim_id), first, second, pair, local)
                    told[min(first, second), max(first, second)].append(found)
        derived = []
        for parties, stories in told.items():
            for kind in narrowed([pair.kind for *_, pair, _ in stories]):
                # "The agreement" of one report is each of the agreements another one names by kind.
                said = {kind, family_of(kind)}
                own = sorted((story for story in stories if story[3].kind in said), key=lambda story: story[0])
                _, first, second, pair, _ = own[0]
                derived.append(
                    Derived(
                        _instrument_id(kind, *parties, event_id), kind, first, second, event_id, pair.claim_id,
                        self._mentions(own), frozenset(local.version.doc_id for *_, local in own),
                    )
                )  # fmt: skip
        return sorted(derived, key=lambda found: found.id)

    def follow(self, registry: Registry, moment: Moment, events: Iterable[tuple[Member, ...]]) -> None:
        """Bring the registry up to date for some events, and for every instrument whose event is gone."""
        for nodes in events:
            self._follow_event(registry, moment, nodes)
        for entry in registry.derived():
            if registry.entries[entry.founding_id].status == "retired":
                registry.retire(entry.id, "no current document tells of the event it came from")

    def _follow_event(self, registry: Registry, moment: Moment, nodes: tuple[Member, ...]) -> None:
        event = registry.entries[self._families.events.id_of(nodes[0])]
        told_of = [event.id, *registry.sent_to(event.id)]
        before = {identifier for event_id in told_of for identifier in registry.derived_from(event_id)}
        now = self.of_event(nodes)
        for found in now:
            known = moment.proposals.entries.get(found.id) if moment.proposals else None
            day = known.minted_on if known else moment.day
            label = f"{registry.entries[found.first].label}–{registry.entries[found.second].label} {found.label}"
            registry.add(Entry(found.id, "instrument", label, event.id, event.founding_sentence_id, day))
            registry.rest(found.id, found.mentions)
        for identifier in sorted(before - {found.id for found in now}):
            heir = next((found.id for found in now if identifier in _former_ids(registry, found, told_of)), None)
            if heir:
                registry.redirect(identifier, heir, f"the same instrument as {heir}")
            else:
                registry.retire(identifier, "its event tells of no such instrument any more")

    def _entity(self, local: Local, index: int) -> str:
        return self._families.entities.id_of(local.entities.entities[index].thing)

    def _mentions(self, stories: Iterable[tuple[Seen, str, str, Pair, Local]]) -> tuple[Evidence, ...]:
        found: dict[str, Evidence] = {}
        for *_, pair, local in stories:
            sentences = {row.mention_id: row.sentence_id for row in local.version.mentions}
            for mention_id in pair.mention_ids:
                found[mention_id] = Evidence(mention_id, sentences[mention_id], self._seen(mention_id))
        return tuple(sorted(found.values(), key=lambda item: item.seen))


def _instrument_id(kind: str, first: str, second: str, event_id: str) -> str:
    return make_id(ENTITY_PREFIX, "instrument", kind, min(first, second), max(first, second), event_id)


def _former_ids(registry: Registry, found: Derived, told_of: Iterable[str]) -> Iterator[str]:
    """Yield the ids the instrument would have had under another kind, or before its event or a party was merged."""
    firsts = (found.first, *registry.sent_to(found.first))
    seconds = (found.second, *registry.sent_to(found.second))
    for event_id in told_of:
        for first in firsts:
            for second in seconds:
                yield from (_instrument_id(kind, first, second, event_id) for kind in sorted(BETWEEN_PARTIES))
