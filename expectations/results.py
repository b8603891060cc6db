"""What a gate found: one result a rule, and the table of all results.

No rule is evaluated here and nothing is decided: see `expectations.engine`, `expectations.volume`, `expectations.gate`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from warehouse.tables import quality

Severity = Literal["critical", "warning"]
Verdict = Literal["passed", "failed", "broken"]

EXAMPLES_SHOWN = 5
OBSERVED_CHARS = 500


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule of one table in one gate.

    Attributes:
        table_name: Table, with its layer.
        rule: Name of the rule, unique in its table.
        severity: critical blocks or sets aside; warning publishes and is reported.
        verdict: broken where the check could not run.
        n_rows: Rows checked.
        consequence: What would go wrong unnoticed without the rule; one clause.
        row_level: True where a row that breaks the rule can be set aside alone.
        rows: Positions of the rows that break it, in the stacked table.
        n_unexpected: Their number; for a rule on a whole table 0, or what it counts.
        observed: What was seen, in words.
        examples: At most five keys.
        sources: Source → why the rule speaks against all it gave; for rules that judge sources.
    """

    table_name: str
    rule: str
    severity: Severity
    verdict: Verdict
    n_rows: int
    consequence: str
    row_level: bool = False
    rows: tuple[int, ...] = ()
    n_unexpected: int = 0
    observed: str | None = None
    examples: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_bad(self) -> bool:
        """True unless the rule passed."""
        return self.verdict != "passed"

    @property
    def where(self) -> str:
        """Table and rule, for a reason."""
        return f"{self.table_name}: {self.rule}"


def results_table(run_id: str, stage: str, results: Sequence[RuleResult]) -> pa.Table:
    """Return the results as `quality.gate_results`, one row a rule."""
    rows = [
        {
            "run_id": run_id,
            "stage": stage,
            "table_name": result.table_name,
            "rule": result.rule,
            "severity": result.severity,
            "verdict": result.verdict,
            "n_rows": result.n_rows,
            "n_unexpected": result.n_unexpected,
            "observed": None if result.observed is None else shortened(result.observed),
            "examples": json.dumps(result.examples, ensure_ascii=False) if result.examples else None,
            "consequence": f"{result.consequence[0].upper()}{result.consequence[1:]}.",
        }
        for result in results
    ]
    return pa.Table.from_pylist(rows, schema=quality.GATE_RESULTS.schema)


def shortened(text: str) -> str:
    """Return the text, cut with an ellipsis where it is longer than `OBSERVED_CHARS`."""
    return text if len(text) <= OBSERVED_CHARS else f"{text[: OBSERVED_CHARS - 1]}…"
