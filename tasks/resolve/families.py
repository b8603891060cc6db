"""The three families of things that are grouped over all documents: entities, events and quantities.

A family knows what its nodes are, how two of them are compared, and what evidence each of them has in the versions that
stand. A node of an entity is what is known of it (`Thing`), shared by all documents that know the same; a node of an
event or a quantity is one of one document version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tasks.resolve.corpus import VersionKey
from tasks.resolve.event_links import EventJudge
from tasks.resolve.event_links import block_keys as event_keys
from tasks.resolve.features import Features
from tasks.resolve.graph import Graph, Rules, Standing
from tasks.resolve.judgement import Judgement, not_same, same
from tasks.resolve.local import Local
from tasks.resolve.local_quantities import LocalQuantity
from tasks.resolve.registry import Evidence
from tasks.resolve.rulings import Ruling, ruled
from tasks.resolve.succession import Group
from tasks.resolve.things import Thing, block_keys, judge_things
from warehouse.vocabulary import ENTITY_KINDS

N = TypeVar("N", bound=Hashable)
Member = tuple[str, str, int]
"""Document, version, and the number of the thing, event or quantity in that version."""
Partners = Mapping[VersionKey, Set[VersionKey]]


@dataclass(frozen=True)
class Touch(Generic[N]):
    """What a change of documents did to a family.

    Attributes:
        groups: The groups that were made anew, or whose evidence changed.
        lost: Claims and mentions that are in no version that stands.
        won: Claims and mentions that were not there before, by node.
    """

    groups: list[tuple[N, ...]]
    lost: set[str]
    won: dict[N, list[Evidence]]


@dataclass(frozen=True)
class Family(Generic[N]):
    """The groups of one family and the evidence of their nodes.

    Attributes:
        kinds: Kinds of ids its groups bear.
        graph: The nodes that stand and their groups.
        describe: What the registry has to know of a group, given with the weights of its nodes: kind, names, reference.
        members: For each node, its evidence in each document version that stands.
        borne: For each node, the id its group bears, and the extent of the group when it got it.
    """

    kinds: frozenset[str]
    graph: Graph[N]
    describe: Callable[[Mapping[N, int]], tuple[str, tuple[str, ...], str | None]]
    members: dict[N, dict[Member, tuple[Evidence, ...]]] = field(default_factory=lambda: defaultdict(dict))
    borne: dict[N, tuple[str, tuple[N, ...]]] = field(default_factory=dict)

    def change(
        self, removed: Iterable[tuple[N, Member]], added: Iterable[tuple[N, Member, tuple[Evidence, ...]]]
    ) -> Touch[N]:
        """Take members out and put members in."""
        lost: dict[str, N] = {}
        won: dict[N, list[Evidence]] = defaultdict(list)
        touched: set[N] = set()
        for node, member in removed:
            lost.update((item.evidence_id, node) for item in self.members[node].pop(member))
            touched.add(node)
        for node, member, evidence in added:
            self.members[node][member] = evidence
            won[node] += [item for item in evidence if lost.get(item.evidence_id) != node]
            touched.add(node)
            for item in evidence:
                lost.pop(item.evidence_id, None)
        empty = [node for node in touched if not self.members[node]]
        for node in empty:
            del self.members[node]
            self.borne.pop(node, None)
        return Touch(self.graph.change(empty, touched.difference(empty)), set(lost), won)

    def judge_again(self, nodes: Iterable[N]) -> Touch[N]:
        """Compare nodes anew: what was known of their documents, not what they say, has changed."""
        standing = {node for node in nodes if node in self.members}
        return Touch(self.graph.change(standing, standing), set(), {})

    def group(self, nodes: tuple[N, ...]) -> Group:
        """Return a group as the registry knows it."""
        kind, names, reference_id = self.describe(self.weights(nodes))
        evidence = (item for node in nodes for found in self.members[node].values() for item in found)
        return Group(kind, names, reference_id, tuple(sorted(evidence, key=lambda item: item.seen)))

    def weights(self, nodes: tuple[N, ...]) -> dict[N, int]:
        """Return how many claims or mentions each node of a group has."""
        return {node: sum(len(found) for found in self.members[node].values()) for node in nodes}

    def id_of(self, node: N) -> str:
        """Return the id of the group a node stands in."""
        return self.borne[node][0]

    def bear(self, nodes: tuple[N, ...], identifier: str) -> bool:
        """Note the id of a group; return whether a node bore another one before."""
        before = {self.borne[node][0] for node in nodes if node in self.borne}
        for node in nodes:
            self.borne[node] = identifier, nodes
        return bool(before - {identifier})


@dataclass(frozen=True, slots=True)
class FamilyState(Generic[N]):
    """What one run leaves of a family for the next one; its rules and descriptions are code."""

    standing: Standing[N]
    members: dict[N, dict[Member, tuple[Evidence, ...]]]
    borne: dict[N, tuple[str, tuple[N, ...]]]


FamiliesState = tuple[FamilyState[Thing], FamilyState[Member], FamilyState[Member]]
"""What a run leaves of the entities, the events and the quantities."""


@dataclass(frozen=True)
class Families:
    """All three families."""

    entities: Family[Thing]
    events: Family[Member]
    quantities: Family[Member]

    @property
    def all(self) -> tuple[Family[Thing], Family[Member], Family[Member]]:
        """Entities, events and quantities."""
        return self.entities, self.events, self.quantities

    @property
    def state(self) -> FamiliesState:
        """What the next run may go on from."""
        return _state(self.entities), _state(self.events), _state(self.quantities)

    def go_on_from(self, kept: FamiliesState) -> None:
        """Let everything stand that stood at the end of another run; only for families that are empty."""
        _go_on(self.entities, kept[0])
        _go_on(self.events, kept[1])
        _go_on(self.quantities, kept[2])


def _state(family: Family[N]) -> FamilyState[N]:
    return FamilyState(family.graph.standing, family.members, family.borne)


def _go_on(family: Family[N], kept: FamilyState[N]) -> None:
    family.graph.put(kept.standing)
    family.members.update(kept.members)
    family.borne.update(kept.borne)


def build_families(
    local_of: Callable[[VersionKey], Local],
    partners: Partners,
    rulings: Sequence[Ruling] = (),
    named_by: Mapping[Thing, Set[str]] | None = None,
) -> Families:
    """Return the three families, empty.

    Args:
        local_of: What one document version says.
        partners: The versions that are the same announcement as a version.
        rulings: Decisions of people.
        named_by: For each thing that rulings are about, the mentions they name.
    """
    mentions = named_by or {}

    def features(node: Member) -> Features:
        return local_of(node[:2]).events.events[node[2]].features

    def quantity(node: Member) -> LocalQuantity:
        return local_of(node[:2]).quantities[node[2]]

    def claims(node: Member) -> Set[str]:
        return {claim.claim_id for claim in local_of(node[:2]).events.events[node[2]].claims}

    return Families(
        entities=Family(
            frozenset(ENTITY_KINDS),
            Graph(ruled(_thing_rules(partners), rulings, lambda thing: mentions.get(thing, frozenset()))),
            _describe_things,
        ),
        events=Family(
            frozenset({"event"}),
            Graph(ruled(_event_rules(features, partners), rulings, claims)),
            lambda weights: ("event", (features(min(weights)).event_type,), None),
        ),
        quantities=Family(
            frozenset({"quantity"}),
            Graph(_quantity_rules(quantity, partners)),
            lambda weights: ("quantity", (amount(quantity(min(weights))),), None),
        ),
    )


def amount(quantity: LocalQuantity) -> str:
    """Return value and unit of a quantity in words."""
    values = dict.fromkeys(f"{value:.15g}" for value in (quantity.low, quantity.high))
    return f"{' to '.join(values)} {quantity.unit}"


def thing_order(thing: Thing) -> tuple[str, ...]:
    """Order things by all that is known of them."""
    known = (thing.kind, thing.reference_id, thing.name, thing.country_code, thing.office, thing.affiliation)
    more = (thing.subtype, thing.affiliation_reference_id, *(thing.scope or ()))
    return tuple(value or "" for value in (*known, *more))


def _thing_rules(partners: Partners) -> Rules[Thing]:
    def keys(thing: Thing) -> tuple[set[Hashable], set[Hashable]]:
        named: set[Hashable] = set(block_keys(thing))
        if thing.scope is None:
            return named, named
        # A name that means something in its document only meets the same in a copy of it; the short form of a person's
        # name also looks for the full one, and meets its like in the same office.
        versions = partners.get(thing.scope, frozenset())
        found: set[Hashable] = {(thing.kind, min(thing.scope, key), max(thing.scope, key)) for key in versions}
        if thing.kind != "person":
            return found, found
        if thing.country_code and thing.office:
            found |= {("in office", *key, thing.country_code) for key in block_keys(thing)}
        return found, found | named

    def judge(left: Thing, right: Thing) -> Judgement | None:
        if left.scope and left.scope == right.scope:
            return not_same("name.document", "one document tells them apart")
        copies = bool(left.scope and right.scope) and right.scope in partners.get(left.scope or ("", ""), frozenset())
        return judge_things(left, right, republished=copies) if left.kind == right.kind else None

    return Rules(keys, judge, lambda left, right: True, lambda thing: thing.is_weak, thing_order)


def _event_rules(features: Callable[[Member], Features], partners: Partners) -> Rules[Member]:
    judge = EventJudge(partners)

    def keys(node: Member) -> tuple[set[Hashable], set[Hashable]]:
        return event_keys(features(node), partners.get(node[:2], frozenset()))

    def is_candidate(left: Member, right: Member) -> bool:
        return left[:2] != right[:2] and bool(features(left).traces & features(right).traces)

    return Rules(
        keys,
        lambda left, right: judge.judge(features(left), features(right)),
        is_candidate,
        lambda node: not features(node).span.is_known,
        lambda node: node,
    )


def _quantity_rules(quantity: Callable[[Member], LocalQuantity], partners: Partners) -> Rules[Member]:
    def keys(node: Member) -> tuple[set[Hashable], set[Hashable]]:
        value = (quantity(node).low, quantity(node).high, quantity(node).unit)
        versions = partners.get(node[:2], frozenset())
        found: set[Hashable] = {(min(node[:2], key), max(node[:2], key), value) for key in versions}
        return found, found

    def judge(left: Member, right: Member) -> Judgement | None:
        # Two announcements may state one number of two things; two copies of one announcement state it of one.
        copies = right[:2] in partners.get(left[:2], frozenset())
        return same("quantity.copy", "two copies of an announcement", 1.0) if copies else None

    return Rules(keys, judge, lambda left, right: True, lambda node: False, lambda node: node)


def _describe_things(weights: Mapping[Thing, int]) -> tuple[str, tuple[str, ...], str | None]:
    names = dict.fromkeys([best_name(weights), *sorted(thing.name for thing in weights)])
    references = sorted(thing.reference_id for thing in weights if thing.reference_id)
    return next(iter(weights)).kind, tuple(names), references[0] if references else None


def best_name(weights: Mapping[Thing, int]) -> str:
    """Return the name of a group: the reference's, else one with its first names written out, else the commonest."""
    linked = sorted(thing.name for thing in weights if thing.reference_id)
    if linked:
        return linked[0]
    counts: Counter[tuple[bool, str]] = Counter()
    for thing, weight in weights.items():
        counts[thing.kind == "person" and not thing.person.is_full, thing.name] += weight
    return min(counts, key=lambda found: (found[0], -counts[found], found[1]))[1]
