"""One run: the lock it holds, its entry in the ledger, what it has counted and how it ended.

A flow that is called by another flow joins the run of its caller; called on its own it opens one. The ledger, not the
state of an orchestrator, says what became of a run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flows.progress import Progress, progress_of_run
from flows.runner import is_deployed, was_interrupted
from warehouse.errors import CommuniqueError, ConfigurationError, DegradedError
from warehouse.files import preflight
from warehouse.fingerprints import Sidecars
from warehouse.ledger import Ledger, Run
from warehouse.lock import warehouse_lock
from warehouse.settings import Settings
from warehouse.storage import FileRef, Store

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to: what a caller, an exit code or a scheduler needs.

    Attributes:
        run_id: The run in the ledger.
        outcome: published, unchanged, degraded, processed, planned.
        exit_code: 0, or 3 where a source is missing from what was published.
        release_id: The release that is current after the run; None if there is none yet.
        counters: Documents and files by what was done with them.
        gaps: Source → why it is missing or incomplete in the release.
        notes: Sentences a person should read.
    """

    run_id: str
    outcome: str
    exit_code: int
    release_id: str | None
    counters: Mapping[str, int]
    gaps: Mapping[str, str]
    notes: Sequence[str] = ()


@dataclass(slots=True)
class Session:
    """The state of the run in progress; flows and only flows change it."""

    settings: Settings
    store: Store
    sidecars: Sidecars
    run: Run
    logical_date: date
    progress: Progress
    counters: Counter[str] = field(default_factory=Counter)
    gaps: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    verdicts: list[FileRef] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    outcome: str = "processed"
    release_id: str | None = None

    def summary(self) -> RunSummary:
        """Return what the run came to."""
        return RunSummary(
            run_id=self.run.run_id,
            outcome="degraded" if self.gaps and self.outcome == "published" else self.outcome,
            exit_code=DegradedError.exit_code if self.gaps else 0,
            release_id=self.release_id,
            counters=dict(self.counters),
            gaps=dict(sorted(self.gaps.items())),
            notes=tuple(self.notes),
        )


_current: ContextVar[Session | None] = ContextVar("communique_session", default=None)


def load_settings(home: str | None) -> Settings:
    """Return the settings of the environment, with the home directory replaced if one is given.

    Raises:
        ConfigurationError: A worker started the run, and the home is relative.
    """
    settings = Settings() if home is None else Settings(home=Path(home))
    if is_deployed() and not settings.home.is_absolute():
        raise ConfigurationError(
            "is relative, and a worker starts each run in a directory that is removed behind it",
            f"COMMUNIQUE_HOME={settings.home}",
            "Give the worker an absolute path.",
        )
    return settings


@contextmanager
def session(
    kind: str, home: str | None, logical_date: date | None, parameters: Mapping[str, object]
) -> Iterator[Session]:
    """Join the run of the caller, or open one: take the lock, enter the run in the ledger, record how it ends.

    Raises:
        LockedError: Another process holds the warehouse.
    """
    joined = _current.get()
    if joined is not None:
        yield joined
        return
    settings = load_settings(home)
    preflight(settings.home)
    with warehouse_lock(settings.home, settings.lock_timeout_seconds):
        day = logical_date or datetime.now(UTC).date()
        store = Store(settings.home)
        run = Ledger(settings.home).start(kind, day, {**parameters, "process": os.getpid()})
        opened = Session(settings, store, Sidecars(store), run, day, progress_of_run())
        token = _current.set(opened)
        try:
            yield opened
        except CommuniqueError as error:
            run.finish(type(error).__name__, error.exit_code, {"counters": dict(opened.counters), "error": str(error)})
            raise
        except BaseException as error:
            outcome, exit_code = ("interrupted", INTERRUPTED) if was_interrupted(error) else ("failed", 1)
            run.finish(outcome, exit_code, {"counters": dict(opened.counters), "error": type(error).__name__})
            raise
        else:
            summary = opened.summary()
            run.finish(
                summary.outcome,
                summary.exit_code,
                {
                    "counters": dict(summary.counters),
                    "gaps": dict(summary.gaps),
                    "release": summary.release_id,
                    "verdicts": [ref.path for ref in opened.verdicts],
                },
            )
        finally:
            _current.reset(token)
