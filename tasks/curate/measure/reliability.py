"""What each rule is worth: the share of its rows that a careful reader agrees with, drawn towards that of its family.

A beta-binomial model in two levels (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, sections 2.4 and 5.3): a rule
found right r times of n is worth (r + s·m) / (n + s), where m is what its family is worth and s, how much the family
weighs, is the strength under which the counts of all rules are likeliest (empirical Bayes: Casella, The American
Statistician 39, 1985, 83-87). Families are drawn in the same way towards the mean of their kind. So a rule that was met
twice says what its family says, and one that was met often speaks for itself.

What a claim does not find in its sentence has a ratio: claims in that circumstance that were right, over those that
their rules let expect, both with a weight of `RATIO_WEIGHT` added (a standardised ratio, shrunk towards 1 as in Clayton
and Kaldor, Biometrics 43, 1987, 671-681).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from tasks.curate.measure.judging import Verdict
from warehouse.reliability import Worth, bounded, family_of

# How many rows the prior may be worth: a grid is enough, as the likelihood is flat around its maximum.
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
RATIO_WEIGHT = 10.0
# Of a kind whose rows were all right a perfect rule is not yet known: half a row is put on either side (Jeffreys).
_HALF_A_ROW = 0.5
# Standard normal quantile of a 95 % interval.
_Z = 1.959964
DIGITS = 3

Counts = tuple[int, int]


def reliability(verdicts: Sequence[Verdict]) -> list[Worth]:
    """Return what families, rules and circumstances are worth, by level, kind and name."""
    found: list[Worth] = []
    values: dict[str, float] = {}
    for kind in sorted({verdict.kind for verdict in verdicts}):
        rules = _counted((verdict.rule_id, verdict) for verdict in verdicts if verdict.kind == kind)
        families = _counted((family_of(verdict.rule_id), verdict) for verdict in verdicts if verdict.kind == kind)
        judged, right = (sum(counts[place] for counts in families.values()) for place in (0, 1))
        worth = _drawn(families, dict.fromkeys(families, share_of_all(judged, right)))
        found += [measured("family", kind, name, families[name], bounded(value)) for name, value in worth.items()]
        values |= _drawn(rules, {rule_id: worth[family_of(rule_id)] for rule_id in rules})
        found += [measured("rule", kind, name, counts, bounded(values[name])) for name, counts in rules.items()]
    found += _circumstances(verdicts, values)
    return sorted(found, key=lambda worth: (worth.level, worth.kind, worth.name))


def share_of_all(judged: int, right: int) -> float:
    """Return the share of a whole kind that is right, neither 0 nor 1."""
    return (right + _HALF_A_ROW) / (judged + 2 * _HALF_A_ROW)


def _counted(named: Iterable[tuple[str, Verdict]]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for name, verdict in named:
        judged, right = counts.get(name, (0, 0))
        counts[name] = (judged + 1, right + verdict.is_right)
    return dict(sorted(counts.items()))


def _drawn(counts: Mapping[str, Counts], means: Mapping[str, float]) -> dict[str, float]:
    """Return the posterior mean of each entry, drawn towards its own mean with the likeliest common strength."""
    strength = max(STRENGTHS, key=lambda s: round(sum(_likelihood(counts[name], means[name], s) for name in counts), 6))
    return {
        name: (right + strength * means[name]) / (judged + strength) for name, (judged, right) in counts.items()
    }  # fmt: skip


def _likelihood(counts: Counts, mean: float, strength: float) -> float:
    """Return the logarithm of the beta-binomial probability of the counts, without what the prior does not change."""
    judged, right = counts
    return _beta(right + strength * mean, judged - right + strength * (1 - mean)) - _beta(
        strength * mean, strength * (1 - mean)
    )


def _beta(one: float, other: float) -> float:
    return math.lgamma(one) + math.lgamma(other) - math.lgamma(one + other)


def measured(level: str, kind: str, name: str, counts: Counts, value: float) -> Worth:
    """Return a row of the table: the value, the counts it rests on, and the bounds of the share they show."""
    judged, right = counts
    low, high = _wilson(judged, right)
    return Worth(level, kind, name, judged, right, round(value, DIGITS), round(low, DIGITS), round(high, DIGITS))


def _wilson(judged: int, right: int) -> tuple[float, float]:
    """Return Wilson's interval of a share (Brown, Cai and DasGupta, Statistical Science 16, 2001)."""
    share, square = right / judged, _Z * _Z
    middle = (share + square / (2 * judged)) / (1 + square / judged)
    half = _Z * math.sqrt(share * (1 - share) / judged + square / (4 * judged * judged)) / (1 + square / judged)
    return max(0.0, middle - half), min(1.0, middle + half)


def _circumstances(verdicts: Sequence[Verdict], values: Mapping[str, float]) -> list[Worth]:
    found = []
    for name in sorted({circumstance for verdict in verdicts for circumstance in verdict.circumstances}):
        met = [verdict for verdict in verdicts if name in verdict.circumstances]
        right, expected = sum(verdict.is_right for verdict in met), sum(values[verdict.rule_id] for verdict in met)
        ratio = (right + RATIO_WEIGHT) / (expected + RATIO_WEIGHT)
        found.append(Worth("circumstance", "claim", name, len(met), right, round(ratio, DIGITS), None, None))
    return found
