"""Which of the overlapping candidates stay.

Of one kind the longer one stays, then the one with the higher priority. Across kinds a name swallows what merely gives it its
words: a town in the name of a process, a country that is somebody's surname. A country or group named inside the name of an
organisation, instrument or project is named, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.tokens import Candidate

# kind → kinds that lose against it where they lie within it.
_SWALLOWS: dict[str, frozenset[str]] = {
    "organisation": frozenset({"place", "person", "instrument"}),
    "instrument": frozenset({"place", "person", "quantity"}),
    "project": frozenset({"place", "person", "instrument", "organisation", "quantity", "date"}),
    "person": frozenset({"place", "territory", "region"}),
    "place": frozenset({"territory"}),
    "region": frozenset({"territory", "place"}),
    "date": frozenset({"quantity"}),
    "territory": frozenset({"place"}),
}


def resolve_conflicts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that stay, sorted by start, then longest first, then kind."""
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    longest = [candidate for kind in sorted(by_kind) for candidate in _longest(by_kind[kind])]
    kept = [c for c in longest if not _is_swallowed(c, longest)]
    return sorted(kept, key=lambda c: (c.start, -c.end, c.kind))


def _longest(candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates of one kind without those that overlap a longer one, or an equal one of higher priority."""
    ranked = sorted(candidates, key=lambda c: (-(c.end - c.start), -c.priority, -c.confidence, c.start, c.rule_id))
    kept: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for candidate in ranked:
        if not any(start < candidate.end and candidate.start < end for start, end in taken):
            kept.append(candidate)
            taken.append((candidate.start, candidate.end))
    return kept


def _is_swallowed(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    return any(
        candidate.kind in _SWALLOWS.get(other.kind, frozenset())
        and other.contains(candidate)
        and (candidate.end - candidate.start < other.end - other.start or other.kind != candidate.kind)
        for other in others
        if other is not candidate and other.overlaps(candidate)
    )
