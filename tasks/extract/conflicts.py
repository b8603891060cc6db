"""Which of the overlapping candidates stay.

Of one kind the longer one stays, then the one with the higher priority. Across kinds a name swallows what merely gives
it its
words: a town in the name of a process, a country that is somebody's surname. A country or group named inside the name
of an organisation, instrument or project is named, and stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tasks.extract.spans import SpanMask
from tasks.extract.tokens import Candidate

# Kind → kinds of which a longer or equal name takes it in.
_SWALLOWED_BY: dict[str, tuple[str, ...]] = {
    "place": ("organisation", "instrument", "project", "person", "region", "territory"),
    "territory": ("person", "place", "region"),
    "region": ("person",),
    "person": ("organisation", "instrument", "project"),
    "organisation": ("project",),
    "instrument": ("organisation", "project"),
    "quantity": ("date", "instrument", "project"),
    "date": ("project",),
}


def resolve_conflicts(candidates: Sequence[Candidate], length: int) -> list[Candidate]:
    """Return the candidates that stay, sorted by start, then longest first, then kind.

    Args:
        candidates: All of one text.
        length: Characters of the text.
    """
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    longest = {kind: _longest(found, length) for kind, found in by_kind.items()}
    starts = {kind: [c.start for c in found] for kind, found in longest.items()}

    def swallowed(candidate: Candidate) -> bool:
        for kind in _SWALLOWED_BY.get(candidate.kind, ()):
            # Within a kind nothing overlaps: only the one that starts last before the candidate can hold it.
            position = bisect_right(starts.get(kind, []), candidate.start)
            if position and longest[kind][position - 1].contains(candidate):
                return True
        return False

    kept = [candidate for found in longest.values() for candidate in found if not swallowed(candidate)]
    return sorted(kept, key=lambda c: (c.start, -c.end, c.kind))


def _longest(candidates: list[Candidate], length: int) -> list[Candidate]:
    """Return candidates of one kind, in order, without those that overlap a longer or an equal, higher ranked one."""
    taken = SpanMask(length)
    kept = []
    for candidate in sorted(
        candidates, key=lambda c: (c.start - c.end, -c.priority, -c.confidence, c.start, c.rule_id)
    ):
        if not taken.touches(candidate.start, candidate.end):
            taken.add(candidate.start, candidate.end)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)
