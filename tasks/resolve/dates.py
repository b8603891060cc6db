"""When claims say something happened, compared with regard to how exactly they say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

# The publication day stands for an event "these days"; the codebook allows a week.
APPROXIMATE_DAYS = 7
# How exact a date is, and how it is known; the first is the best.
PRECISION_ORDER = ("day", "month", "approx", "session", "year", "unknown")
BASIS_ORDER = ("text", "reference", "lead", "document", "derived", None)

Relation = Literal["equal", "overlap", "within", "near", "disjoint", "unknown"]


@dataclass(frozen=True)
class Span:
    """A first and a last day with how exactly they are known and on what basis; both null where no day is known."""

    start: date | None
    end: date | None
    precision: str
    basis: str | None

    @property
    def is_known(self) -> bool:
        """True where there is a day to compare."""
        return self.start is not None and self.end is not None and self.precision != "unknown"

    @property
    def is_firm(self) -> bool:
        """True where the sentence itself gives the date: only such dates can contradict one another."""
        return self.is_known and self.basis in {"text", "reference"} and self.precision != "approx"

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller for the better date: the more exact one, then the better founded one."""
        return PRECISION_ORDER.index(self.precision), BASIS_ORDER.index(self.basis)

    @property
    def reach(self) -> tuple[int, int]:
        """The first and last day the event may have had, as ordinals; ValueError without a date."""
        if self.start is None or self.end is None:
            raise ValueError("a span without days reaches nowhere")
        slack = APPROXIMATE_DAYS if self.precision == "approx" else 0
        return max(self.start.toordinal() - slack, 1), min(self.end.toordinal() + slack, date.max.toordinal())

    def __str__(self) -> str:
        """The days in ISO form with their precision."""
        if not self.is_known:
            return "no date"
        days = str(self.start) if self.start == self.end else f"{self.start} to {self.end}"
        return days if self.precision == "day" else f"{days} ({self.precision})"


def relation(left: Span, right: Span) -> Relation:
    """Return how two spans relate, each taken as exactly as it is known.

    `equal`: the same days at the same precision. `overlap`: days in common at day precision. `near`: two days, one of
    them approximate, in reach. `within`: an exact date inside a coarser one, or two coarse ones that overlap.
    `disjoint`: no day in common. `unknown`: one of them has no day.
    """
    if not (left.is_known and right.is_known):
        return "unknown"
    (a, b), (c, d) = left.reach, right.reach
    if b < c or d < a:
        return "disjoint"
    if "approx" in (left.precision, right.precision) and {left.precision, right.precision} <= {"approx", "day"}:
        return "near"
    if (left.start, left.end, left.precision) == (right.start, right.end, right.precision):
        return "equal"
    return "overlap" if left.precision == right.precision == "day" else "within"


def best_span(spans: Iterable[Span]) -> Span:
    """Return the most exact, best founded span; of equals the earliest, then the shortest."""
    known = [span for span in spans if span.is_known]
    if not known:
        return Span(None, None, "unknown", None)
    return min(known, key=lambda span: (span.rank, span.reach))


def weeks(span: Span) -> Iterator[int]:
    """Yield the numbers of the Monday-to-Sunday weeks the span reaches into, counted from the year 1."""
    first, last = span.reach
    yield from range((first - 1) // 7, (last - 1) // 7 + 1)


def months(span: Span) -> Iterator[int]:
    """Yield the months the span reaches into, as year × 12 + month - 1."""
    first, last = (date.fromordinal(ordinal) for ordinal in span.reach)
    yield from range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
