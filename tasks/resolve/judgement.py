"""What a decision between two candidates is: its verdict, its reason in words, the rule that made it, its strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RULE = "rule"
Verdict = Literal["same", "not_same", "unsure"]


@dataclass(frozen=True)
class Judgement:
    """One decision; `score` runs from 0 (not the same) to 1 (the same), `author` is `rule` or who decided."""

    verdict: Verdict
    rule_id: str
    reason: str
    score: float
    author: str = RULE


def same(rule_id: str, reason: str, score: float) -> Judgement:
    """The two are one."""
    return Judgement("same", f"resolve.{rule_id}", reason, score)


def not_same(rule_id: str, reason: str, score: float = 0.0) -> Judgement:
    """The two are different, and nothing else may bring them together."""
    return Judgement("not_same", f"resolve.{rule_id}", reason, score)


def unsure(rule_id: str, reason: str, score: float) -> Judgement:
    """Not enough speaks for one thing; the two stay apart unless a third one joins them."""
    return Judgement("unsure", f"resolve.{rule_id}", reason, score)
