"""How is measured: CPU seconds of this process, what is compared taking turns within one run, the median of the turns.

CPU seconds and not the clock, because the machine may be shared; ratios within one run and not seconds, because the
next machine is another one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


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
    """

    what: str
    ours: float
    unit: str
    against: str
    peer: float
    ratio: float
    turns: int
    says: str


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
