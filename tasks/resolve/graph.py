"""Groups that stand while documents come and go: only what a change can reach is grouped again.

Candidates meet in blocks, each pair of them is judged once, and pairs judged the same are edges. Grouping never reaches
beyond a connected component of those edges, so a change of some nodes leaves every component without them as it is, and
the groups after a history of changes are those of one grouping of what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tasks.resolve.grouping import group
from tasks.resolve.judgement import RULE, Judgement

N = TypeVar("N", bound=Hashable)
# Judgements weaker than this are no near misses and are not kept for the reader.
WORTH_KEEPING = 0.3


@dataclass(frozen=True)
class Rules(Generic[N]):
    """How the nodes of a graph are compared.

    Attributes:
        keys: The block keys a node is found under, and those it looks under.
        judge: The decision on two nodes, the smaller one first; None where nothing suggests that they are one.
        is_candidate: Whether a pair that met in a block is worth judging.
        is_weak: Whether a node may only join a group where there is exactly one that it fits.
        order: A total order of the nodes.
    """

    keys: Callable[[N], tuple[Iterable[Hashable], Iterable[Hashable]]]
    judge: Callable[[N, N], Judgement | None]
    is_candidate: Callable[[N, N], bool]
    is_weak: Callable[[N], bool]
    order: Callable[[N], Any]


@dataclass(frozen=True, slots=True)
class Standing(Generic[N]):
    """All that stands in a graph, which one run leaves and the next one goes on from.

    Attributes:
        found: The nodes found under each block key.
        sought: The nodes that look for others under each block key.
        keys: The keys each node was put in under, which are those it is taken out by.
        judged: The judgements of each node on others.
        group_of: The group of each node.
    """

    found: dict[Hashable, set[N]] = field(default_factory=lambda: defaultdict(set))
    sought: dict[Hashable, set[N]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[N, tuple[frozenset[Hashable], frozenset[Hashable]]] = field(default_factory=dict)
    judged: dict[N, dict[N, Judgement]] = field(default_factory=dict)
    group_of: dict[N, tuple[N, ...]] = field(default_factory=dict)


class Graph(Generic[N]):
    """Nodes, the judgements between them, and the groups they make.

    Attributes:
        standing: All that stands.
        touched: The block keys that nodes were put in under or taken out by since the graph was made.
        n_judged: Pairs that were compared since then.
    """

    def __init__(self, rules: Rules[N]) -> None:
        self._rules = rules
        self.put(Standing())
        self.touched: set[Hashable] = set()
        self.n_judged = 0

    def put(self, standing: Standing[N]) -> None:
        """Let this stand in place of what stands now."""
        self.standing = standing
        self._found, self._sought = standing.found, standing.sought
        self._keys, self._judged, self._group_of = standing.keys, standing.judged, standing.group_of

    @property
    def n_blocks(self) -> int:
        """Number of blocks that hold a node."""
        return len(self._found)

    @property
    def n_touched(self) -> int:
        """Number of blocks that hold a node, and into or out of which one was put since the graph was made."""
        return len(self.touched & self._found.keys())

    def change(self, removed: Iterable[N], added: Iterable[N]) -> list[tuple[N, ...]]:
        """Take nodes out and put nodes in; return the groups that were made anew, each in the order of its nodes."""
        touched: set[N] = set()
        for node in removed:
            touched |= self._remove(node)
        for node in added:
            if node not in self._judged:
                self._add(node)
            touched.add(node)
        formed: list[tuple[N, ...]] = []
        for component in self._components(touched & self._judged.keys()):
            formed += self._regroup(component)
        return sorted(formed, key=lambda nodes: self._rules.order(nodes[0]))

    def group_of(self, node: N) -> tuple[N, ...]:
        """Return the group a node stands in; KeyError if it does not stand."""
        return self._group_of[node]

    def groups(self) -> list[tuple[N, ...]]:
        """Return all groups, ordered by their first nodes."""
        return sorted(set(self._group_of.values()), key=lambda nodes: self._rules.order(nodes[0]))

    def judgements(self) -> Iterator[tuple[N, N, Judgement]]:
        """Yield every judgement a reader may want to see, the smaller node first."""
        order = self._rules.order
        for node in sorted(self._judged, key=order):
            for other, judged in sorted(self._judged[node].items(), key=lambda item: order(item[0])):
                if order(node) < order(other) and (judged.verdict != "unsure" or judged.score >= WORTH_KEEPING):
                    yield node, other, judged

    def _decide(self, a: N, b: N) -> Judgement | None:
        left, right = sorted((a, b), key=self._rules.order)
        self.n_judged += 1
        return self._rules.judge(left, right)

    def _add(self, node: N) -> None:
        found, sought = (frozenset(keys) for keys in self._rules.keys(node))
        self._keys[node] = found, sought
        self.touched |= found | sought
        met = {other for key in sought for other in self._found.get(key, ())}
        met |= {other for key in found for other in self._sought.get(key, ())}
        self._judged[node] = {}
        self._group_of[node] = (node,)
        for other in met:
            if self._rules.is_candidate(node, other) and (judged := self._decide(node, other)) is not None:
                self._judged[node][other] = judged
                self._judged[other][node] = judged
        for key in found:
            self._found[key].add(node)
        for key in sought:
            self._sought[key].add(node)

    def _remove(self, node: N) -> set[N]:
        """Take one node out; return the nodes whose groups may change."""
        for index, keys in zip((self._found, self._sought), self._keys.pop(node), strict=True):
            self.touched |= keys
            for key in keys:
                index[key].discard(node)
                if not index[key]:
                    del index[key]
        touched = {*self._alike(node), *self._group_of.pop(node)} - {node}
        for other in self._judged.pop(node):
            del self._judged[other][node]
        return touched

    def _alike(self, node: N) -> Iterator[N]:
        return (other for other, judged in self._judged[node].items() if judged.verdict == "same")

    def _components(self, touched: set[N]) -> Iterator[list[N]]:
        """Yield the connected components that hold a touched node, each in the order of its nodes."""
        done: set[N] = set()
        for start in sorted(touched, key=self._rules.order):
            if start in done:
                continue
            component, waiting = {start}, [start]
            while waiting:
                new = {other for other in self._alike(waiting.pop()) if other not in component}
                component |= new
                waiting += new
            done |= component
            yield sorted(component, key=self._rules.order)

    def _as_ruled(self, component: list[N], groups: list[list[int]]) -> list[list[int]]:
        """Join the groups that a person found to be one: whole, whatever the rules say of their other members."""
        index = {node: at for at, node in enumerate(component)}
        held_by = {at: number for number, members in enumerate(groups) for at in members}
        for at, node in enumerate(component):
            for other, judged in sorted(self._judged[node].items(), key=lambda item: self._rules.order(item[0])):
                if judged.author == RULE or judged.verdict != "same" or other not in index:
                    continue
                kept, given_up = sorted((held_by[at], held_by[index[other]]))
                held_by |= {member: kept for member, number in held_by.items() if number == given_up}
        joined: dict[int, list[int]] = defaultdict(list)
        for at in range(len(component)):
            joined[held_by[at]].append(at)
        return [joined[number] for number in sorted(joined, key=lambda number: joined[number][0])]

    def _regroup(self, component: list[N]) -> list[tuple[N, ...]]:
        index = {node: at for at, node in enumerate(component)}
        alike = [
            (judged.score, index[node], index[other])
            for node in component
            for other, judged in self._judged[node].items()
            if judged.verdict == "same" and judged.author == RULE and index[node] < index[other]
        ]

        def are_apart(a: int, b: int) -> bool:
            node, other = component[a], component[b]
            judged = self._judged[node].get(other) or self._decide(node, other)
            return judged is not None and judged.verdict == "not_same"

        weak = [at for at, node in enumerate(component) if self._rules.is_weak(node)]
        found = self._as_ruled(component, group(len(component), alike, are_apart, weak))
        formed = [tuple(component[at] for at in members) for members in found]
        for nodes in formed:
            for node in nodes:
                self._group_of[node] = nodes
        return formed
