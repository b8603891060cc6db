"""The text file `CHANGES` of a release: what differs from the release before, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

# A first release adds everything, one line each would tell nothing; the table fact_change has them all.
LINES_SHOWN = 200


def change_text(release_id: str, parent: str | None, changes: pa.Table, gaps: Mapping[str, str]) -> str:
    """Return the text: counts by table and kind, the gaps, then the single changes with their reasons.

    Args:
        release_id: The release.
        parent: The release before; None for the first.
        changes: Rows of `curated.fact_change`.
        gaps: Source → why it is missing or incomplete.
    """
    rows = changes.sort_by([("fact_table", "ascending"), ("change", "ascending"), ("fact_id", "ascending")]).to_pylist()
    lines = [f"{release_id}, " + (f"after {parent}" if parent else "the first release of this warehouse"), ""]
    if not rows:
        lines.append("No fact differs from the release before.")
    counts = Counter((row["fact_table"], row["change"]) for row in rows)
    lines += [f"{table}: {count} {change}" for (table, change), count in sorted(counts.items())]
    if gaps:
        lines += ["", "Sources missing or incomplete:"]
        lines += [_printable(f"  {source}: {reason}") for source, reason in sorted(gaps.items())]
    # What was taken away or altered concerns whoever has used it; what is new is found in the tables.
    telling = [row for row in rows if row["change"] != "added"] + [row for row in rows if row["change"] == "added"]
    if telling:
        lines.append("")
        lines += [_printable(_line(row)) for row in telling[:LINES_SHOWN]]
    if len(telling) > LINES_SHOWN:
        lines.append(f"… and {len(telling) - LINES_SHOWN} more, all of them in the table fact_change.")
    return "\n".join(lines) + "\n"


def _line(row: Mapping[str, str | None]) -> str:
    columns = f" ({row['columns']})" if row["columns"] else ""
    successor = f", now {row['successor_id']}" if row["successor_id"] else ""
    return f"{row['change']} {row['fact_table']} {row['fact_id']}{columns}{successor}: {row['reason']}"


def _printable(line: str) -> str:
    """Write control characters as escapes: a title or reason must not move the cursor of whoever reads the file."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
