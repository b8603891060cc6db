"""The questions of docs/questions and their answers, as text.

`python -m tests.golden.questions HOME` writes the answers of a warehouse of the sample announcements beside the
questions; read what changed before it is committed.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.golden.reviewed import release_database

QUESTIONS = Path(__file__).resolve().parents[2] / "docs" / "questions"
SQL = {path.stem: path.read_text("utf-8") for path in sorted(QUESTIONS.glob("*.sql"))}


def answer(base: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Return the answer of one question as CSV."""
    cursor = base.execute(sql)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([column[0] for column in cursor.description or []])
    lines.writerows([["" if value is None else value for value in row] for row in cursor.fetchall()])
    return text.getvalue()


def answers(home: Path) -> Mapping[str, str]:
    """Return the answers of all questions by name."""
    with release_database(home) as base:
        return {name: answer(base, sql) for name, sql in SQL.items()}


if __name__ == "__main__":
    for name, text in answers(Path(sys.argv[1])).items():
        (QUESTIONS / f"{name}.csv").write_text(text, "utf-8")
