"""A process that kills its children in the middle of writing: `publish_child.py OPERATION DIR RENDERED`.

It runs apart from pytest, because it forks: it loads everything once, starts no thread, and each child then
publishes, rolls back or collects for real, until a failpoint kills it. One JSON object a line tells what was found
after each kill.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Arrow loads pandas when it makes a table of Python values: once here, instead of once in every child.
import pandas as pd  # noqa: F401
import pyarrow.parquet as pq

from tests.rendering import compare_once, render_once
from tests.unit.warehouse.sample import EVENT, OTHER_EVENT, curated_tables
from warehouse import failpoints
from warehouse.failpoints import arm, kill_here
from warehouse.publication import ReleaseContext, current, gc, history, orphans, publish, rollback, verify

OLD, NEW = [EVENT], [EVENT, OTHER_EVENT]
# Stopped long before this; a loop that does not end would otherwise look like a slow machine.
MOST_STEPS = 500
# Of the failpoints at which nothing counts yet, that many are passed for one where a process is killed for real.
SPARED = 17
# From here on the order of writing decides what a reader sees.
DECIDING = ("publish.rename", "publish.commit", "publish.pointer", "gc.remove")


def publish_old(home: Path) -> None:
    publish(home, curated_tables(run_id="run_old"), ReleaseContext("run_old"))


def publish_new(home: Path) -> None:
    publish(home, curated_tables(with_visit=True, run_id="run_new"), ReleaseContext("run_new"))


def go_back(home: Path) -> None:
    if seen_by_reader(home) != OLD:
        rollback(home)


def collect(home: Path) -> None:
    gc(home, keep=1)


def nothing(home: Path) -> None:
    """Start from an empty directory."""


# Operation → what was done before, what is killed, and what a reader may see after the kill.
OPERATIONS: dict[str, tuple[list[Callable[[Path], None]], Callable[[Path], None], list[list[str] | None]]] = {
    "first": ([], publish_old, [None, OLD]),
    "second": ([publish_old], publish_new, [OLD, NEW]),
    "rollback": ([publish_old, publish_new], go_back, [NEW, OLD]),
    "gc": ([publish_old, publish_new], collect, [NEW]),
}


def in_child(work: Callable[[], Any], report: Path | None = None) -> int:
    """Run the work in a fork and return how it ended: 0, 1 after an exception, minus the signal if it was killed."""
    sys.stdout.flush()
    # A fork copies locks and not the threads that would free them. jemalloc's own thread is idle, and it knows of
    # forks.
    threads = [task.joinpath("comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    if threads.count("jemalloc_bg_thd") != len(threads) - 1:
        raise RuntimeError(f"a process with threads must not fork: {threads}")
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            result = work()
            if report is not None:
                report.write_text(json.dumps(result))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(step: int | str, home: Path, operation: Callable[[Path], None], note: Path) -> int:
    """Run the operation in a fork that is killed at its nth failpoint, or at the one of that name."""

    def work() -> None:
        def write_down_and_die(name: str) -> None:
            note.write_text(name)
            kill_here(name)

        arm(step, write_down_and_die)
        operation(home)

    return in_child(work)


def seen_by_reader(home: Path) -> list[str] | None:
    """The events a plain Parquet reader finds behind the pointer; None if there is no pointer."""
    tables = home / "current" / "tables"
    if not os.path.lexists(home / "current"):
        return None
    events = pq.read_table(tables / "fact_event.parquet", use_threads=False)["event_id"].to_pylist()
    claims = pq.read_table(tables / "fact_claim.parquet", use_threads=False)["event_id"].to_pylist()
    assert events == claims, "tables of two releases are mixed"
    return sorted(events)


def look(home: Path) -> dict[str, Any]:
    """Look at the warehouse as a plain reader and as a program."""
    release = current(home)
    return {
        "plain": seen_by_reader(home),
        "program": None if release is None else sorted(release.read("fact_event")["event_id"].to_pylist()),
        "damage": [] if release is None else [str(problem) for problem in verify(home, release.release_id)],
    }


def do_again(home: Path, operation: Callable[[Path], None]) -> dict[str, Any]:
    """Do the operation again, over whatever kills have left, and look at the end of it."""
    operation(home)
    found: dict[str, Any] = {"after": seen_by_reader(home), "problems": [str(problem) for problem in verify(home)]}
    gc(home, keep=5)
    found["orphans"] = [str(path) for path in orphans(home)]
    found["releases"] = [kept.release_id for kept in history(home)]
    found["files"] = sorted(path.relative_to(home).as_posix() for path in home.rglob("*"))
    return found


class Camera:
    """Copies of the warehouse as it lies on disk at each failpoint: what a process killed there would have left.

    What is written stays written when a process is killed, so the state on disk is the whole of what remains of it. A
    file that has not changed since the copy before is linked.
    """

    def __init__(self, home: Path, album: Path) -> None:
        self.home = home
        self.album = album
        self.names: list[str] = []
        self._seen: dict[str, tuple[int, int, int]] = {}

    def take(self, name: str) -> None:
        """Copy the warehouse; `name` is the failpoint's."""
        self.names.append(name)
        copy = self.album / str(len(self.names))
        seen: dict[str, tuple[int, int, int]] = {}

        def link_or_copy(source: str, target: str) -> None:
            status = Path(source).stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            relative = os.path.relpath(source, self.home)
            seen[relative] = stamp
            if self._seen.get(relative) == stamp:
                os.link(source, target)
            else:
                shutil.copyfile(source, target)

        shutil.copytree(
            self.home, copy, symlinks=True, copy_function=link_or_copy, ignore=shutil.ignore_patterns("lock")
        )
        self._seen = seen


def photographed(base: Path, home: Path, operation: Callable[[Path], None], album: Path, report: Path) -> list[str]:
    """Let the operation through, with a copy of the warehouse at each failpoint; return their names in order."""
    copy_linked(base, home)

    def work() -> list[str]:
        camera = Camera(home, album)
        # No number and no name is this: every failpoint is reached, and none acts.
        arm("none")
        trap = failpoints._trap
        assert trap is not None
        trap.reach = camera.take  # type: ignore[method-assign]
        operation(home)
        return camera.names

    if in_child(work, report) != 0:
        raise RuntimeError("the operation fails where nobody kills it")
    shutil.rmtree(home)
    found: list[str] = json.loads(report.read_text())
    return found


def copy_linked(base: Path, home: Path) -> None:
    # Linked, not copied: releases are never written to again, and the rest is replaced, not altered.
    shutil.copytree(base, home, symlinks=True, copy_function=os.link, ignore=shutil.ignore_patterns("lock"))


def look_at_all(album: Path, n: int) -> list[dict[str, Any]]:
    """Look at every copy, and at what `gc` leaves of it: nothing that a reader has not seen before."""
    found = []
    for number in range(1, n + 1):
        home = album / str(number)
        seen = look(home)
        gc(home, keep=5)
        left = {"orphans": [str(path) for path in orphans(home)], "collected": seen_by_reader(home)}
        found.append({**seen, **left})
    return found


def sweep(operation: str, directory: Path, rendered: Path) -> Iterator[dict[str, Any]]:
    """Kill the operation at its failpoints, one after the other, until it gets through; yield what was found each time.

    What a kill would leave at each of them is looked at first (`ended` is null). Then processes are killed for real:
    at the first failpoint of each kind, at one in `SPARED` of those before anything counts, and at all from there on.
    Each attempt starts on what the kills before it have left. The operation is done again to its end after the first
    kill of each kind, and after every kill where the order of writing matters; then on from a fresh copy.
    """
    before, operate, allowed = OPERATIONS[operation]
    base, home, note, report, album = (directory / name for name in ("base", "home", "note", "report", "album"))
    base.mkdir()
    # Each process writes what it publishes; rendering the same tables again in each of them would prove nothing.
    render_once(rendered)
    compare_once(rendered)
    for step in before:
        if in_child(lambda step=step: step(base)) != 0:
            raise RuntimeError("the warehouse to start from could not be made")
    names = photographed(base, home, operate, album, report)
    if len(names) > MOST_STEPS or in_child(lambda: look_at_all(album, len(names)), report) != 0:
        raise RuntimeError(f"{len(names)} states, and one of them could not be read")
    for number, (at, found) in enumerate(zip(names, json.loads(report.read_text()), strict=True), start=1):
        yield {"step": number, "at": at, "ended": None, "allowed": allowed, **found}
    shutil.rmtree(album)
    deciding = min((number for number, name in enumerate(names, start=1) if name in DECIDING), default=1)
    done_again: set[str] = set()
    for number, name in enumerate([*names, "through"], start=1):
        if number < deciding and number % SPARED and name in done_again:
            continue
        if not home.exists():
            copy_linked(base, home)
        note.write_text("")
        ended = killed_at(number, home, operate, note)
        at = note.read_text()
        again = number >= deciding or at not in done_again
        if in_child(lambda again=again: look(home) | (do_again(home, operate) if again else {}), report) != 0:
            raise RuntimeError(f"nothing could be read or done after the kill at {number} ({at})")
        yield {"step": number, "at": at, "ended": ended, "allowed": allowed, **json.loads(report.read_text())}
        if again:
            done_again.add(at)
            shutil.rmtree(home)


if __name__ == "__main__":
    for result in sweep(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])):
        sys.stdout.write(f"{json.dumps(result)}\n")
