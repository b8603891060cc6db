"""Which of the overlapping candidates stay.

Of one kind the longer one stays, then the one with the higher priority. Across kinds a name swallows what merely gives
it its
words: a town in the name of a process, a country that is somebody's surname. A country or group named inside the name
of an organisation, instrument or project is named, and stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tasks.extract.dates.counted_dates import COUNTED
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate

# Kind → kinds of which a longer or equal name takes it in; in the order in which the kinds are settled, so that a name
# that was itself taken in takes in nothing.
_SWALLOWED_BY: dict[str, tuple[str, ...]] = {
    "project": (),
    "organisation": ("project",),
    "instrument": ("project", "organisation"),
    "date": ("project",),
    "person": ("project", "organisation", "instrument"),
    "region": ("person",),
    "place": ("project", "organisation", "instrument", "person", "region", "territory"),
    "territory": ("person", "region", "place"),
    "quantity": ("project", "instrument", "date"),
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
    left = {kind: _longest(found, length) for kind, found in by_kind.items()}
    for kind, swallowers in _SWALLOWED_BY.items():
        starts = {other: [c.start for c in left[other]] for other in swallowers if other in left}

        # "Eleven months ago" says when, and how long: such a date leaves its number standing.
        def stays(candidate: Candidate, starts: dict[str, list[int]] = starts) -> bool:
            # Within a kind nothing overlaps: only the one that starts last before the candidate can hold it.
            for other, positions in starts.items():
                position = bisect_right(positions, candidate.start)
                holder = left[other][position - 1] if position else None
                if holder is not None and holder.contains(candidate) and holder.rule_id != COUNTED:
                    return False
            return True

        left[kind] = [candidate for candidate in left.get(kind, ()) if stays(candidate)]
    kept = [candidate for found in left.values() for candidate in found]
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
