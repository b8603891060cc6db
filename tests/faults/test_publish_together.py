"""Two processes at one warehouse, and holders that are killed: one waits or is refused, nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import EVENT, OTHER_EVENT
from warehouse.ledger import Ledger
from warehouse.publication import current, history, orphans, verify

Start = Callable[..., "subprocess.Popen[str]"]

# Publishes inside a run; at the failpoint given it says that it is there, and waits for the file `go`. What it renders
# of the same tables is rendered once.
RUN = """
import datetime as dt, signal, sys, time
from pathlib import Path
from tests.rendering import render_once
from tests.unit.warehouse.sample import curated_tables
from warehouse.errors import CommuniqueError
from warehouse.failpoints import arm
from warehouse.ledger import Ledger
from warehouse.lock import warehouse_lock
from warehouse.publication import ReleaseContext, publish

# A suite in the background of a shell has Ctrl-C ignored, and its children have that from it.
signal.signal(signal.SIGINT, signal.default_int_handler)
home, visit, stop, timeout = Path(sys.argv[1]), sys.argv[2] == "visit", sys.argv[3], float(sys.argv[4])
render_once(Path(sys.argv[5]))

def wait_here(name):
    (home / "here").touch()
    while not (home / "go").exists():
        time.sleep(0.01)

if stop:
    arm(stop, wait_here)
try:
    with warehouse_lock(home, timeout):
        run = Ledger(home).start("run", dt.date(2025, 7, 1), {})
        release = publish(home, curated_tables(with_visit=visit), ReleaseContext(run.run_id))
        run.finish("unchanged" if release is None else "published", 0)
except CommuniqueError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def start(rendered: Path) -> Start:
    """Starts a process that publishes: the meeting alone or with the visit, up to a failpoint."""

    def started(home: Path, kind: str, stop: str = "", timeout: float = 0) -> subprocess.Popen[str]:
        words = [home, kind, stop, str(timeout), rendered]
        return subprocess.Popen([sys.executable, "-c", RUN, *words], stdout=subprocess.PIPE, text=True)

    return started


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, _ = process.communicate()
    return process.returncode, output


@pytest.fixture
def held(start: Start, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that holds the warehouse, in the middle of publishing."""
    with start(home, "meeting", "publish.rename") as process:
        while not (home / "here").exists():
            assert process.poll() is None, "the run ended before it got to its failpoint"
            time.sleep(0.01)
        yield process
        process.kill()


def events(home: Path) -> list[str]:
    release = current(home)
    assert release is not None
    return sorted(release.read("fact_event")["event_id"].to_pylist())


def test_the_second_run_is_refused_with_the_first_ones_name(
    start: Start, home: Path, held: subprocess.Popen[str]
) -> None:
    code, message = ended(start(home, "visit"))
    assert code == 5
    assert f"process {held.pid}" in message
    assert "since 20" in message
    (home / "go").touch()
    assert ended(held)[0] == 0
    assert events(home) == [EVENT]
    # Refused before it entered the ledger: it was no run.
    assert [record.outcome for record in Ledger(home).runs()] == ["published"]


def test_the_second_run_waits_and_builds_on_the_first(start: Start, home: Path, held: subprocess.Popen[str]) -> None:
    waiting = start(home, "visit", timeout=120)
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(1)
    (home / "go").touch()
    assert (ended(held)[0], ended(waiting)[0]) == (0, 0)
    first, second = history(home)
    assert second.parent == first.release_id
    assert events(home) == [EVENT, OTHER_EVENT]
    assert (verify(home), orphans(home)) == ([], [])


def test_the_same_run_twice_at_once_publishes_once(start: Start, home: Path, held: subprocess.Popen[str]) -> None:
    waiting = start(home, "meeting", timeout=120)
    (home / "go").touch()
    assert (ended(held)[0], ended(waiting)[0]) == (0, 0)
    assert len(history(home)) == 1
    assert [record.outcome for record in Ledger(home).runs()] == ["unchanged", "published"]


def test_a_killed_holder_is_out_of_the_way_at_once_and_shows_as_crashed(
    start: Start, home: Path, held: subprocess.Popen[str]
) -> None:
    os.kill(held.pid, signal.SIGKILL)
    ended(held)
    assert current(home) is None
    assert [record.outcome for record in Ledger(home).runs()] == ["crashed"]
    assert ended(start(home, "meeting")) == (0, "")
    assert events(home) == [EVENT]
    newest, oldest = Ledger(home).runs()
    assert (newest.outcome, oldest.outcome, oldest.details) == ("published", "crashed", {"noticed_by": newest.run_id})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_leaves_all_or_nothing(
    start: Start, home: Path, held: subprocess.Popen[str], number: signal.Signals
) -> None:
    held.send_signal(number)
    assert ended(held)[0] != 0
    assert current(home) is None
    if number == signal.SIGINT:
        # Python turns it into an exception, and the unfinished release is taken away on the way out.
        assert list((home / "releases").iterdir()) == []
    assert ended(start(home, "meeting"))[0] == 0
    assert verify(home) == []
