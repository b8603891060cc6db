"""How the command line speaks: tables and JSON on stdout, complaints and bars on stderr."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from flows.progress import reporting

stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False)


class Complaint:
    """Says what went wrong in one line, with the traceback if asked for."""

    traceback = False

    def __call__(self, error: BaseException, message: str | None = None) -> None:
        """Print the error to stderr."""
        if self.traceback:
            traceback.print_exception(error)
        stderr.print(Text(f"communique: {printable(message or str(error))}"), soft_wrap=True)


complain = Complaint()


def printable(text: str) -> str:
    """Return the text as one line that cannot steer a terminal: controls, line breaks and overrides escaped."""
    return "".join(
        character if character.isprintable() and not "\u202a" <= character <= "\u202e" else repr(character)[1:-1]
        for character in text
    )


def say(text: str = "") -> None:
    """Print one line of the result."""
    stdout.print(Text(printable(text)))


def warn(text: str) -> None:
    """Print one line on stderr: the result is right, and something else is not."""
    stderr.print(Text(f"communique: {printable(text)}"), soft_wrap=True)


def show_json(value: Any) -> None:
    """Print the value as JSON with stable keys."""
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the JSON output")


def show_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows under their column names."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable("" if value is None else str(value))) for value in row))
    stdout.print(table)


def show_columns(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows of short values under their column names; no line is ever broken."""
    lines = [tuple(columns), *(tuple("" if value is None else str(value) for value in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip())


def show_mapping(values: Mapping[str, Any]) -> None:
    """Print names and values in two columns."""
    width = max(map(len, values), default=0)
    for name, value in values.items():
        say(f"  {name.ljust(width)}  {value}")


@contextmanager
def bars() -> Iterator[None]:
    """Show a bar for each stage while the block runs; nothing where stderr is no terminal."""
    if not stderr.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=stderr, transient=True) as progress:
        stages: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = progress.add_task(stage, total=total)
            progress.update(stages[stage], completed=done, total=total)

        with reporting(advance):
            yield
