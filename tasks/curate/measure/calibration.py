"""Whether a confidence of 0.8 is right four times in five: expected against observed, in bins, and the Brier score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tasks.curate.measure.judging import Verdict

# Lower bounds of the bins: most rows are sure, so the bins are narrower there.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def calibration(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return how confidences compare with what a reader agrees with.

    Returns:
        `n`; `expected` and `observed`: mean confidence and share that is right; `brier`: mean squared difference of the
        two a row (Brier, Monthly Weather Review 78, 1950), 0 at best; `bins`: the same for each bin that holds rows,
        `from` being its lower bound. The means are None without rows.
    """
    rows = [(verdict.confidence, float(verdict.is_right)) for verdict in verdicts]
    binned: dict[float, list[tuple[float, float]]] = {}
    for confidence, right in rows:
        binned.setdefault(max(bound for bound in BINS if bound <= confidence), []).append((confidence, right))
    return {
        **_compared(rows),
        "brier": sum((confidence - right) ** 2 for confidence, right in rows) / len(rows) if rows else None,
        "bins": [{"from": bound, **_compared(binned[bound])} for bound in sorted(binned)],
    }


def _compared(rows: Sequence[tuple[float, float]]) -> dict[str, Any]:
    n = len(rows)
    return {
        "n": n,
        "expected": sum(confidence for confidence, _ in rows) / n if n else None,
        "observed": sum(right for _, right in rows) / n if n else None,
    }


def by_half_and_kind(verdicts: Sequence[Verdict], halves: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the calibration of each half and kind of row that holds any; `half` and `kind` name it."""
    groups = sorted({(halves[verdict.doc], verdict.kind) for verdict in verdicts})
    return [
        {"half": half, "kind": kind, **calibration([v for v in verdicts if (halves[v.doc], v.kind) == (half, kind)])}
        for half, kind in groups
    ]
