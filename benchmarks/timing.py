"""How is measured: CPU seconds of this process, what is compared taking turns within one run, the median of the turns.

CPU seconds and not the clock, because the machine may be shared; ratios within one run and not seconds, because the
next machine is another one.
"""

from __future__ import annotations

import operator
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured, and how often.

    Attributes:
        turns: How often each side of a comparison is measured.
        sample_rounds: How often the sample pages are cleaned within one turn.
        news_pages: How many made news pages are cleaned.
        corpus: How many documents are resolved, curated and published.
        quarter: How many the same is measured with for comparison.
        compared: How many documents are compared with one another.
        new_day: How many of them come as a new day.
        ladder: Documents extracted from → how often that is measured; the least stands beside all others.
        fetched: How many pages are fetched.
        bomb_bytes: Size of the gzip bomb, unpacked.
    """

    turns: int = 5
    sample_rounds: int = 3
    news_pages: int = 16
    corpus: int = 240
    quarter: int = 60
    compared: int = 2_000
    new_day: int = 50
    ladder: tuple[tuple[int, int], ...] = ((10, 5), (100, 2), (1_000, 1))
    fetched: int = 2_000
    bomb_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a figure has to keep to.

    Attributes:
        of: The field of the figure that is meant.
        sign: Whether it may not be less or not be more.
        bound: The bound.
    """

    of: Literal["ours", "ratio"]
    sign: Literal["≥", "≤"]
    bound: float

    def __str__(self) -> str:
        return f"{'ratio ' if self.of == 'ratio' else ''}{self.sign} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, beside what, and the ratio of the medians.

    Attributes:
        what: What was measured.
        ours: Median of the turns.
        unit: Unit of `ours` and `peer`.
        against: What it stands beside; empty if beside nothing.
        peer: Median of the turns of that.
        ratio: ours / peer; for a scaling, cost of the larger / cost of the smaller input.
        turns: How often each was measured.
        says: How the ratio is to be read.
        wanted: What it has to keep to, if anything.
    """

    what: str
    ours: float
    unit: str
    against: str
    peer: float
    ratio: float
    turns: int
    says: str
    wanted: Wanted | None = None

    @property
    def is_met(self) -> bool:
        """Whether the figure keeps to what is wanted of it."""
        if self.wanted is None:
            return True
        keeps = operator.ge if self.wanted.sign == "≥" else operator.le
        return bool(keeps(self.ours if self.wanted.of == "ours" else self.ratio, self.wanted.bound))


def taking_turns(turns: int, **works: Work) -> dict[str, list[float]]:
    """Do each work so many times, one after the other in turn; return the CPU seconds of each."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            started = time.process_time()
            work()
            seconds[name].append(time.process_time() - started)
    return seconds


def medians(seconds: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the median of each."""
    return {name: statistics.median(values) for name, values in seconds.items()}
