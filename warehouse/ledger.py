"""The record of every run: one append-only file of JSON lines a run, each line on disk before the run goes on.

The ledger, not an orchestrator's state, says what became of a run. A run that was killed cannot say so itself: the
next one finds its record without an end and its process gone, and records it as crashed. Names and counts belong
here, no data and no secrets.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from warehouse.errors import ConfigurationError
from warehouse.files import append_line, make_directory
from warehouse.lock import is_held_here
from warehouse.paths import check_slug, within
from warehouse.processes import ProcessIdentity, this_process

log = logging.getLogger(__name__)

RUNNING = "running"
CRASHED = "crashed"
_RUN_ID = re.compile(r"run_(\d{8}t\d{12})z_[0-9a-f]{8}")
_STAMP = "%Y%m%dt%H%M%S%f"


@dataclass(frozen=True, slots=True)
class StageRecord:
    """One stage of one run.

    Attributes:
        name: The stage.
        counters: What it counted.
        at: When it was recorded (UTC).
    """

    name: str
    counters: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What the ledger knows of one run.

    Attributes:
        run_id: Ids are ordered as the runs were started, also over a clock that was set back.
        kind: What was run.
        logical_date: Day the run stood for.
        parameters: Names it was started with.
        started_at: UTC.
        process: Who ran it.
        outcome: The word it ended with; `running`, or `crashed` where its process is gone without a word.
        finished_at: UTC; None while it runs. Of a crashed run: when that was recorded.
        exit_code: None while it runs and of a crashed run.
        details: What it said at its end.
        stages: In the order they ended.
    """

    run_id: str
    kind: str
    logical_date: date
    parameters: Mapping[str, Any]
    started_at: datetime
    process: ProcessIdentity
    outcome: str = RUNNING
    finished_at: datetime | None = None
    exit_code: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    stages: tuple[StageRecord, ...] = ()


class Run:
    """A run in progress, as its own process sees it."""

    def __init__(self, run_id: str, path: Path) -> None:
        self.run_id = run_id
        self._path = path

    def stage(self, name: str, counters: Mapping[str, Any]) -> None:
        """Record the end of one stage and what it counted.

        Raises:
            StorageError: The ledger cannot be written.
        """
        _append(self._path, "stage", {"name": name, "counters": dict(counters)})

    def finish(self, outcome: str, exit_code: int, details: Mapping[str, Any] | None = None) -> None:
        """Record the end of the run.

        Args:
            outcome: One word; not `running` or `crashed`, which the ledger says itself.
            exit_code: As in `warehouse.errors`.
            details: Whatever a reader of the ledger should know.

        Raises:
            ConfigurationError: The word is one of the ledger's own.
            StorageError: The ledger cannot be written.
        """
        if outcome in (RUNNING, CRASHED):
            raise ConfigurationError(f"a run cannot end as {outcome!r}", "outcome", "Name what it came to.")
        _append(self._path, "end", {"outcome": outcome, "exit_code": exit_code, "details": dict(details or {})})


class Ledger:
    """The runs of one warehouse."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._directory = within(home, "ledger")

    def start(self, kind: str, logical_date: date, parameters: Mapping[str, Any]) -> Run:
        """Record the start of a run, and every unfinished run whose process is gone as crashed.

        Args:
            kind: What is run.
            logical_date: Day the run stands for.
            parameters: What it was started with: names and dates, nothing secret.

        Raises:
            StorageError: The ledger cannot be written.
        """
        make_directory(self._directory)
        run_id = self._next_id(datetime.now(UTC))
        for record in self._records():
            if record.outcome == RUNNING and self._is_gone(record):
                log.warning("%s was recorded as running and its process is gone: it crashed", record.run_id)
                _append(self._path(record.run_id), "end", {"outcome": CRASHED, "details": {"noticed_by": run_id}})
        process = this_process()
        start = {
            "run_id": run_id,
            "kind": kind,
            "logical_date": logical_date.isoformat(),
            "parameters": dict(parameters),
            "pid": process.pid,
            "started": process.started,
            "machine": process.machine,
        }
        _append(self._path(run_id), "start", start)
        return Run(run_id, self._path(run_id))

    def runs(self) -> list[RunRecord]:
        """Return all runs, newest first; an unfinished one whose process is gone shows as crashed. Writes nothing."""
        return [
            replace(record, outcome=CRASHED) if record.outcome == RUNNING and self._is_gone(record) else record
            for record in reversed(self._records())
        ]

    def run(self, run_id: str) -> RunRecord | None:
        """Return one run, or None if the ledger has no such run."""
        return next((record for record in self.runs() if record.run_id == run_id), None)

    def _next_id(self, now: datetime) -> str:
        """Return an id that sorts after every other, also where the clock was set back."""
        stamps = [match[1] for path in self._paths() if (match := _RUN_ID.fullmatch(path.stem))]
        if stamps:
            newest = datetime.strptime(max(stamps), _STAMP).replace(tzinfo=UTC)
            now = max(now, newest + timedelta(microseconds=1))
        return f"run_{now.strftime(_STAMP)}z_{secrets.token_hex(4)}"

    def _is_gone(self, record: RunRecord) -> bool:
        if record.process.is_here:
            return not record.process.is_running
        # Its process id means nothing here. But a run holds the warehouse, and if we hold it, that run does not.
        return is_held_here(self._home)

    def _path(self, run_id: str) -> Path:
        return within(self._home, "ledger", f"{check_slug(run_id, 'run id')}.jsonl")

    def _paths(self) -> list[Path]:
        return sorted(path for path in self._directory.glob("run_*.jsonl") if _RUN_ID.fullmatch(path.stem))

    def _records(self) -> list[RunRecord]:
        """Return all readable records, oldest first."""
        return [record for path in self._paths() if (record := _read(path)) is not None]


def _append(path: Path, event: str, content: Mapping[str, Any]) -> None:
    line = {"event": event, "at": datetime.now(UTC).isoformat(), **content}
    append_line(path, json.dumps(line, default=str, sort_keys=True))


def _read(path: Path) -> RunRecord | None:
    """Read one run; a line that was torn by a kill is passed over, a file without a start is no run."""
    lines = []
    for raw in path.read_text("utf-8", "replace").rstrip("\n").split("\n"):
        try:
            lines.append(json.loads(raw))
        except ValueError:
            log.warning("%s has a torn line; the run was killed while it wrote", path)
    try:
        return _record(lines)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        log.warning("%s is no record of a run and is ignored (%r)", path, error)
        return None


def _record(lines: list[dict[str, Any]]) -> RunRecord:
    start = lines[0]
    record = RunRecord(
        run_id=start["run_id"],
        kind=start["kind"],
        logical_date=date.fromisoformat(start["logical_date"]),
        parameters=start["parameters"],
        started_at=datetime.fromisoformat(start["at"]),
        process=ProcessIdentity(start["pid"], start["started"], start["machine"]),
        stages=tuple(
            StageRecord(line["name"], line["counters"], datetime.fromisoformat(line["at"]))
            for line in lines
            if line["event"] == "stage"
        ),
    )
    ends = [line for line in lines if line["event"] == "end"]
    if not ends:
        return record
    # A run that was taken for crashed and came back has the last word on itself.
    end = next((line for line in ends if line["outcome"] != CRASHED), ends[0])
    return replace(
        record,
        outcome=end["outcome"],
        finished_at=datetime.fromisoformat(end["at"]),
        exit_code=end.get("exit_code"),
        details=end["details"],
    )
