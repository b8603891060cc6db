"""kill -9 at every step of publishing, rolling back, collecting: readers see the old release or the new, whole."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHILD = Path(__file__).with_name("publish_child.py")
EVENT, OTHER_EVENT = "evt_" + "a" * 26, "evt_" + "b" * 26


def swept(operation: str, directory: Path, rendered: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, CHILD, operation, directory, rendered],
        # NumPy's threads would be there before the first fork.
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


# Fifty publications by processes of their own; the bound only ends a sweep that hangs, on whatever machine.
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("operation", "end", "n_releases", "n_commits", "passed"),
    [
        (
            "second",
            [EVENT, OTHER_EVENT],
            2,
            2,
            {
                "write.open", "write.data", "write.sync", "link", "sync.directory", "sync.file", "publish.database",
                "publish.rename", "publish.renamed", "publish.commit", "create.link", "publish.committed",
                "publish.pointer", "swap.symlink", "swap.rename", "publish.pointed",
            },
        ),
        ("rollback", [EVENT], 2, 3, {"publish.commit", "publish.committed", "publish.pointer", "swap.rename"}),
        ("gc", [EVENT, OTHER_EVENT], 1, 3, {"publish.commit", "publish.committed", "gc.remove", "remove.tree"}),
    ],
)  # fmt: skip
def test_a_kill_at_any_step_leaves_one_whole_release_and_a_rerun_converges(
    tmp_path: Path, rendered: Path, operation: str, end: list[str], n_releases: int, n_commits: int, passed: set[str]
) -> None:
    results = swept(operation, tmp_path, rendered)
    states = [result for result in results if result["ended"] is None]
    *killed, through = [result for result in results if result["ended"] is not None]
    assert through["ended"] == 0
    assert {result["ended"] for result in killed} == {-signal.SIGKILL}
    assert passed <= {result["at"] for result in killed}
    assert {result["at"] for result in killed} == {result["at"] for result in states}
    # Between two kills every state was looked at: as a reader sees it, and as `gc` leaves it.
    assert [result["step"] for result in states] == list(range(1, through["step"]))
    for result in states:
        at = f"state at {result['step']} ({result['at']})"
        assert (result["collected"], result["orphans"]) == (result["plain"], []), at
    for result in results:
        at = f"killed at {result['step']} ({result['at']})"
        assert result["plain"] in result["allowed"], at
        assert result["program"] == result["plain"], at
        assert result["damage"] == [], at
        if "after" in result:
            assert (result["after"], result["problems"], result["orphans"]) == (end, [], []), at
            assert len(result["releases"]) == n_releases, at
            # Nothing lost, nothing doubled, nothing left over: the same names as after a run nobody killed.
            assert result["files"] == through["files"], at
    assert [name for name in through["files"] if name.startswith("commits/")][-1] == f"commits/{n_commits:06d}.json"
    assert len([result for result in killed if "after" in result]) >= len(passed)
