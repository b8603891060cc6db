"""The instruments between two parties that events are about without naming them, and their ids.

A kind that two parties have but once (their readmission agreement) is one instrument from the first round of talks to
its entry into force, and a second signature begins another one; of other kinds each event has its own. The id is made
of the kind, the two parties and the oldest event, whose own id is that of its founding claim, so that it lives as long
as they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.resolve.bilateral import Pair
from tasks.resolve.corpus import Seen, VersionKey
from tasks.resolve.dates import Span, best_span
from tasks.resolve.families import Families, Member
from tasks.resolve.kinds import ONCE_A_PAIR, family_of, narrowed
from tasks.resolve.local import Local
from tasks.resolve.registry import ENTITY_PREFIX, Entry, Evidence, Registry
from warehouse.ids import make_id

LABELS = {"mou": "memorandum of understanding"}


@dataclass(frozen=True, slots=True)
class Story:
    """One document telling of one instrument of one event; the parties are entity ids, the hub first."""

    event: Entry
    event_type: str
    span: Span
    seen: Seen
    first: str
    second: str
    pair: Pair
    local: Local

    @property
    def parties(self) -> tuple[str, str]:
        """The parties in order of their ids."""
        return min(self.first, self.second), max(self.first, self.second)


@dataclass(frozen=True)
class Derived:
    """One instrument between two parties.

    Attributes:
        first: Entity id of the party on the one side: the hub, or the one named first.
        second: Entity id of the other party.
        founder: The oldest of its events.
        claims: The first claim of each of its events that names the parties, by event id; the oldest event first.
        mentions: The mentions that name the instrument by its kind, in order of capture.
        documents: Documents that tell of it.
    """

    kind: str
    first: str
    second: str
    founder: Entry
    claims: tuple[tuple[str, str], ...]
    mentions: tuple[Evidence, ...]
    documents: frozenset[str]

    @cached_property
    def id(self) -> str:
        """Its id."""
        return instrument_id(self.kind, self.first, self.second, self.founder.id)

    @property
    def label(self) -> str:
        """The kind in words."""
        return LABELS.get(self.kind, self.kind.replace("_", " "))


def instrument_id(kind: str, first: str, second: str, event_id: str) -> str:
    """Return the id of an instrument between two parties, whichever of them comes first."""
    return make_id(ENTITY_PREFIX, "instrument", kind, min(first, second), max(first, second), event_id)


def derived_instruments(
    registry: Registry,
    families: Families,
    local_of: Callable[[VersionKey], Local],
    seen: Callable[[str], Seen],
) -> list[Derived]:
    """Return the instruments between two parties of all events, in order of their ids."""
    by_pair: dict[tuple[str, str], list[Story]] = defaultdict(list)
    for nodes in families.events.graph.groups():
        for story in _stories(registry, families, local_of, seen, nodes):
            by_pair[story.parties].append(story)
    found = [
        one for stories in by_pair.values() for kind, told in _by_kind(stories) for one in _cases(kind, told, seen)
    ]
    return sorted(found, key=lambda one: one.id)


def _stories(
    registry: Registry,
    families: Families,
    local_of: Callable[[VersionKey], Local],
    seen: Callable[[str], Seen],
    nodes: Sequence[Member],
) -> Iterator[Story]:
    told = [(local_of(node[:2]), node[2]) for node in nodes]
    if not any(local.pairs[at] for local, at in told):
        return
    features = [local.events.events[at].features for local, at in told]
    event = registry.entries[families.events.id_of(nodes[0])]
    span = best_span(span for found in features for span in found.spans)
    for local, at in told:
        for pair in local.pairs[at]:
            first, second = (
                families.entities.id_of(local.entities.entities[index].thing) for index in (pair.first, pair.second)
            )
            if first != second:
                yield Story(event, features[0].event_type, span, seen(pair.claim_id), first, second, pair, local)


def _by_kind(stories: Sequence[Story]) -> Iterator[tuple[str, list[Story]]]:
    """Yield each kind of instrument of one pair of parties with the stories about it.

    "The agreement" of one report of an event is each of the agreements that another report names by kind.
    """
    by_event: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        by_event[story.event.id].append(story)
    found: dict[str, list[Story]] = defaultdict(list)
    for told in by_event.values():
        for kind in narrowed([story.pair.kind for story in told]):
            found[kind] += [story for story in told if story.pair.kind in {kind, family_of(kind)}]
    yield from found.items()


def _cases(kind: str, stories: Sequence[Story], seen: Callable[[str], Seen]) -> Iterator[Derived]:
    """Yield the instruments of one kind between one pair of parties."""
    events = {story.event.id: story for story in sorted(stories, key=lambda story: story.event.age, reverse=True)}
    ordered = sorted(events.values(), key=lambda story: story.event.age)
    signed = [story for story in ordered if story.event_type == "agreement_signed"]
    cases: dict[str, list[Story]] = defaultdict(list)
    for story in ordered:
        begun = story if kind not in ONCE_A_PAIR else _signature(story, signed) if signed else ordered[0]
        cases[begun.event.id].append(story)
    for case in cases.values():
        held = {story.event.id for story in case}
        own = sorted((story for story in stories if story.event.id in held), key=lambda story: story.seen)
        claims: dict[str, str] = {}
        for story in sorted(own, key=lambda story: (story.event.age, story.seen)):
            claims.setdefault(story.event.id, story.pair.claim_id)
        yield Derived(
            kind, own[0].first, own[0].second, case[0].event, tuple(claims.items()), _mentions(own, seen),
            frozenset(story.local.version.doc_id for story in own),
        )  # fmt: skip


def _signature(story: Story, signed: Sequence[Story]) -> Story:
    """Return the signature a step belongs to: talks to the next one, all that follows to the last one before."""
    if story in signed:
        return story
    dated = [found for found in signed if found.span.is_known]
    if not story.span.is_known or not dated:
        return signed[0]
    day = story.span.reach
    if story.event_type == "negotiation":
        later = [found for found in dated if found.span.reach[1] >= day[0]]
        return min(later or dated, key=lambda found: found.span.reach)
    earlier = [found for found in dated if found.span.reach[0] <= day[1]]
    return (
        max(earlier, key=lambda found: found.span.reach) if earlier else min(dated, key=lambda found: found.span.reach)
    )


def _mentions(stories: Iterable[Story], seen: Callable[[str], Seen]) -> tuple[Evidence, ...]:
    found: dict[str, Evidence] = {}
    for story in stories:
        sentences = {row.mention_id: row.sentence_id for row in story.local.version.mentions}
        for mention_id in story.pair.mention_ids:
            found[mention_id] = Evidence(mention_id, sentences[mention_id], seen(mention_id))
    return tuple(sorted(found.values(), key=lambda item: item.seen))
