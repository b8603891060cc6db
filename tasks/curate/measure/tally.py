"""What is counted for each field of the annotation: found, too much, missed; and sums over documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# In the order in which they are shown.
FIELDS = (
    "published_on", "language", "title_exact", "countries", "regions", "persons", "organisations", "places",
    "events_relaxed", "events_strict", "events_strict_with_status", "event_dates", "event_types",
    "event_participants", "event_participants_role", "instruments", "projects", "project_funders",
    "project_implementers", "quantities", "quantities_value_only", "topics",
)  # fmt: skip
# What may never happen: each is counted, and its means are shown as counts.
FALSE_OCCURRENCE = "planned_told_as_happened"
EVENTS_OUT_OF_NOTHING = "events_in_documents_without_any"


@dataclass(slots=True)
class Score:
    """What came of one document, or of several.

    Attributes:
        counts: Field → found, too much, missed.
        shares: Attribute → for each matched item (or document) how right it is, 0 to 1.
    """

    counts: dict[str, list[int]] = field(default_factory=dict)
    shares: dict[str, list[float]] = field(default_factory=dict)

    def count(self, name: str, found: int, surplus: int, missed: int) -> None:
        """Add to the counts of a field."""
        entry = self.counts.setdefault(name, [0, 0, 0])
        for position, number in enumerate((found, surplus, missed)):
            entry[position] += number

    def share(self, name: str, value: float) -> None:
        """Add one item of an attribute."""
        self.shares.setdefault(name, []).append(float(value))


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of several scores."""
    whole = Score()
    for score in scores:
        for name, (found, surplus, missed) in score.counts.items():
            whole.count(name, found, surplus, missed)
        for name, values in score.shares.items():
            whole.shares.setdefault(name, []).extend(values)
    return whole


def rates(counts: Sequence[int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of found, too much, missed; of nothing asked and nothing told all are right."""
    found, surplus, missed = counts
    precision = found / (found + surplus) if found + surplus else float(not missed)
    recall = found / (found + missed) if found + missed else float(not surplus)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def by_group(scores: Mapping[str, Score], groups: Mapping[str, str]) -> dict[str, Score]:
    """Return the total of each group of documents, groups in alphabetical order."""
    members: dict[str, list[Score]] = defaultdict(list)
    for doc_id, score in scores.items():
        members[groups[doc_id]].append(score)
    return {group: total(members[group]) for group in sorted(members)}
