"""The verdicts of a gate for people, as markdown that no document can inject anything into.

Titles, names and addresses come from the open web and end up in a browser: whatever is no letter or digit is escaped.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence

from expectations.results import RuleResult

_ROWS_SHOWN = 50
_CELL_CHARS = 200
# Markup of HTML, and the sign that ends a cell in every dialect of tables.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_HARMLESS = frozenset(" ,;/%+")


def escaped(text: str) -> str:
    """Return the text on one line with nothing in it that markdown, HTML or a terminal would act upon."""
    shown = text if len(text) <= _CELL_CHARS else f"{text[: _CELL_CHARS - 1]}…"
    return "".join(map(_escaped, shown))


def _escaped(char: str) -> str:
    if char in _ENTITIES:
        return _ENTITIES[char]
    # Line breaks, control signs, marks that reverse the direction of writing, unpaired halves.
    if unicodedata.category(char)[0] in "CZ":
        return " "
    if char in string.punctuation and char not in _HARMLESS:
        return f"\\{char}"
    return char


def markdown(
    stage: str,
    results: Sequence[RuleResult],
    n_quarantined: int,
    blocked_sources: Mapping[str, str],
    reason: str,
) -> str:
    """Return the verdicts as markdown: the decision first, then every rule that did not pass.

    Args:
        stage: Stage after which the gate stands.
        results: All results.
        n_quarantined: Rows set aside.
        blocked_sources: Source → why.
        reason: Why the gate blocked; empty if it did not.
    """
    bad = [result for result in results if result.is_bad]
    counts = {
        verdict: sum(result.verdict == verdict for result in results) for verdict in ("passed", "failed", "broken")
    }
    lines = [
        f"# Gate after {escaped(stage)}: {'blocked' if reason else 'open'}",
        "",
        f"{counts['passed']} rules passed, {counts['failed']} failed, {counts['broken']} could not be checked; "
        f"{n_quarantined} rows set aside.",
    ]
    if reason:
        lines += ["", f"Blocked: {escaped(reason)}"]
    if blocked_sources:
        lines += ["", "| source blocked | why |", "|---|---|"]
        lines += [f"| {escaped(source)} | {escaped(why)} |" for source, why in sorted(blocked_sources.items())]
    if bad:
        lines += [
            "",
            "| table | rule | severity | verdict | rows | unexpected | observed | examples |",
            "|" + "---|" * 8,
        ]
        lines += [_row(result) for result in bad[:_ROWS_SHOWN]]
        if len(bad) > _ROWS_SHOWN:
            lines += ["", f"and {len(bad) - _ROWS_SHOWN} more"]
    return "\n".join(lines) + "\n"


def _row(result: RuleResult) -> str:
    cells = (
        result.table_name, result.rule, result.severity, result.verdict, str(result.n_rows), str(result.n_unexpected),
        result.observed or "", ", ".join(result.examples),
    )  # fmt: skip
    return "| " + " | ".join(map(escaped, cells)) + " |"
