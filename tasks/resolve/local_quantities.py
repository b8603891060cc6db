"""The quantities one document states: each value and unit once, however often the text repeats it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.resolve.corpus import MentionRow, Version
from tasks.resolve.dates import BASIS_ORDER
from tasks.resolve.local_events import LocalEvent

# The most careful hedge first: of "58" and "an estimated 58" in one text the second says what is known.
CARE_ORDER = ("estimated", "about", "up_to", "at_least", "exact")


@dataclass(frozen=True)
class LocalQuantity:
    """One value with its unit in one document version.

    Attributes:
        mentions: In the order of the text.
        careful: The mention with the most careful hedge.
        event: Index among the events of the document of the one it belongs to; None where no claim has it.
    """

    low: float
    high: float
    unit: str
    mentions: tuple[MentionRow, ...]
    careful: MentionRow
    event: int | None


def group_quantities(version: Version, events: Sequence[LocalEvent]) -> tuple[LocalQuantity, ...]:
    """Return the quantities of a document version, in the order of their first mentions."""
    groups: dict[tuple[float, float, str], list[MentionRow]] = defaultdict(list)
    for row in version.mentions:
        if row.kind == "quantity" and row.value_min is not None and row.unit is not None:
            high = row.value_max if row.value_max is not None else row.value_min
            groups[row.value_min, high, row.unit].append(row)
    return tuple(
        LocalQuantity(*value, tuple(rows), min(rows, key=care), _event(rows, events)) for value, rows in groups.items()
    )


def care(row: MentionRow) -> int:
    """Return how carefully a mention hedges its number; smaller for more careful."""
    return CARE_ORDER.index(row.qualifier or "exact")


def _event(rows: Sequence[MentionRow], events: Sequence[LocalEvent]) -> int | None:
    """Return the event whose claim has the number best: by the basis of the argument, then by the nearest verb."""
    starts = {row.mention_id: row.start for row in rows}
    found = [
        (BASIS_ORDER.index(argument.basis), abs(claim.trigger_start - starts[argument.mention_id]), at)
        for at, event in enumerate(events)
        for claim in event.claims
        for argument in claim.arguments
        if argument.role == "quantity" and argument.mention_id in starts
    ]
    return min(found)[2] if found else None
