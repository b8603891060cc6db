"""Where the progress of a run goes: nowhere, or to the bars of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""


_progress: ContextVar[Progress] = ContextVar("communique_progress", default=silent)


def progress_of_run() -> Progress:
    """Return where the current caller wants progress reported: called with stage, files done, files in all."""
    return _progress.get()


@contextmanager
def reporting(progress: Progress) -> Iterator[None]:
    """Send the progress of runs inside the block to `progress`."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)
