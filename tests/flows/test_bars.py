"""The bars of a run: one for each source with its counts, on a terminal only."""

import io

import pytest
from rich.console import Console

from flows.cli import output
from flows.progress import progress_of_run, silent


def shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """Return what a run that asks two sources writes to stderr."""
    file = io.StringIO()
    monkeypatch.setattr(output, "stderr", Console(file=file, force_terminal=terminal, width=80))
    with output.bars():
        progress = progress_of_run()
        progress("ministry", 0, 0)
        progress("agency", 1, 4)
        progress("ministry", 12, 40)
    assert progress_of_run() is silent
    return file.getvalue()


def test_a_terminal_shows_every_source_with_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, terminal=True)
    for part in ("ministry", "12/40", "agency", "1/4"):
        assert part in text


def test_what_is_no_terminal_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False) == ""
