"""Grouping by pairwise decisions: the strongest first, and never two that a decision keeps apart.

A chain of good pairs can lead from one thing to quite another; so before two groups are joined, every pair across them
must be free of contradiction. Candidates that fit several groups ("V. K." beside Viktor and Vladislav) join none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

Apart = Callable[[int, int], bool]


class _Groups:
    """Groups of candidates, each known by its smallest member."""

    def __init__(self, size: int, are_apart: Apart) -> None:
        self.members = {index: [index] for index in range(size)}
        self.held_by = list(range(size))
        self._are_apart = are_apart

    def join(self, a: int, b: int) -> None:
        """Join the groups of two candidates, unless something in one is kept apart from something in the other."""
        first, second = sorted((self.held_by[a], self.held_by[b]))
        if first != second and self.are_free(first, second):
            for member in self.members[second]:
                self.held_by[member] = first
            self.members[first] = sorted(self.members[first] + self.members.pop(second))

    def are_free(self, first: int, second: int) -> bool:
        """Return whether nothing keeps two groups apart."""
        return not any(self._are_apart(x, y) for x in self.members[first] for y in self.members[second])


def group(
    size: int, alike: Iterable[tuple[float, int, int]], are_apart: Apart, weak: Collection[int] = ()
) -> list[list[int]]:
    """Return the groups of the candidates 0 … size - 1, each in order, ordered by their first members.

    Args:
        size: Number of candidates.
        alike: Score and two candidates of every pair judged the same.
        are_apart: Whether two candidates were judged to be different.
        weak: Candidates that may only join a group where there is exactly one that they fit.
    """
    groups = _Groups(size, are_apart)
    pairs = sorted((-score, min(a, b), max(a, b)) for score, a, b in alike)
    uncertain = set(weak)
    for _, a, b in pairs:
        if not uncertain & {a, b}:
            groups.join(a, b)
    # Among themselves first: two short forms with the same office are one short form, which then fits or does not.
    for _, a, b in pairs:
        if {a, b} <= uncertain:
            groups.join(a, b)
    fits: dict[int, list[int]] = defaultdict(list)
    for _, a, b in pairs:
        fits[a].append(b)
        fits[b].append(a)
    for top in sorted({groups.held_by[candidate] for candidate in uncertain}):
        fitting = {groups.held_by[other] for member in groups.members.get(top, ()) for other in fits[member]} - {top}
        free = [other for other in sorted(fitting) if groups.are_free(top, other)]
        if len(free) == 1:
            groups.join(top, free[0])
    return [groups.members[top] for top in sorted(groups.members)]
