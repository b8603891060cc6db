"""Grouping by pairwise decisions: the strongest first, and never two that a decision keeps apart.

A chain of good pairs can lead from one thing to quite another; so before two groups are joined, every pair across them
must be free of contradiction. Candidates that fit several groups ("V. K." beside Viktor and Vladislav) join none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable


def group(
    size: int,
    alike: Iterable[tuple[float, int, int]],
    are_apart: Callable[[int, int], bool],
    weak: Collection[int] = (),
) -> list[list[int]]:
    """Return the groups of the candidates 0 … size - 1, each in order, ordered by their first members.

    Args:
        size: Number of candidates.
        alike: Score and two candidates of every pair judged the same.
        are_apart: Whether two candidates were judged to be different.
        weak: Candidates that may only join a group where there is exactly one that they fit.
    """
    groups = {index: [index] for index in range(size)}
    held_by = list(range(size))
    pairs = sorted((-score, min(a, b), max(a, b)) for score, a, b in alike)
    uncertain = set(weak)

    def join(a: int, b: int) -> None:
        first, second = sorted((held_by[a], held_by[b]))
        if first == second or any(are_apart(x, y) for x in groups[first] for y in groups[second]):
            return
        for member in groups[second]:
            held_by[member] = first
        groups[first] = sorted(groups[first] + groups.pop(second))

    for _, a, b in pairs:
        if not uncertain & {a, b}:
            join(a, b)
    # Among themselves first: two short forms with the same office are one short form, which then fits or does not.
    for _, a, b in pairs:
        if {a, b} <= uncertain:
            join(a, b)
    for candidate in sorted(uncertain):
        mine = groups[held_by[candidate]]
        fitting = {held_by[b if a in mine else a] for _, a, b in pairs if (a in mine) != (b in mine)}
        free = [top for top in sorted(fitting) if not any(are_apart(x, y) for x in mine for y in groups[top])]
        if len(free) == 1:
            join(candidate, free[0])
    return [groups[top] for top in sorted(groups)]
