import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from warehouse.errors import LockedError, StorageError
from warehouse.lock import holder, is_held_here, warehouse_lock

TRY = """
import sys
from pathlib import Path
from warehouse.errors import LockedError
from warehouse.lock import warehouse_lock
try:
    with warehouse_lock(Path(sys.argv[1]), float(sys.argv[2]), "second"):
        print("got it")
except LockedError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def other_process(home: Path, timeout: float = 0.0) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", TRY, home, str(timeout)], capture_output=True, text=True, check=False)


def test_another_process_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with warehouse_lock(tmp_path, command="communique run"):
        refused = other_process(tmp_path)
        held = holder(tmp_path)
    assert refused.returncode == 5
    assert held is not None
    assert f"process {os.getpid()} (communique run), since {held.since.isoformat(timespec='seconds')}" in refused.stdout
    assert other_process(tmp_path).stdout == "got it\n"


def test_a_process_that_waits_gets_it_when_it_becomes_free(tmp_path: Path) -> None:
    with warehouse_lock(tmp_path):
        waiting = subprocess.Popen([sys.executable, "-c", TRY, tmp_path, "60"], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(0.5)
    assert waiting.communicate()[0] == "got it\n"


def test_the_own_process_may_take_it_again_from_any_thread(tmp_path: Path) -> None:
    inside: list[bool] = []

    def again() -> None:
        with warehouse_lock(tmp_path):
            inside.append(is_held_here(tmp_path))

    with warehouse_lock(tmp_path):
        thread = threading.Thread(target=again)
        thread.start()
        thread.join()
        again()
        assert other_process(tmp_path).returncode == 5
    assert inside == [True, True]
    assert not is_held_here(tmp_path)


def test_it_is_freed_by_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), warehouse_lock(tmp_path):
        raise KeyError
    assert not is_held_here(tmp_path)
    assert other_process(tmp_path).returncode == 0


def test_a_free_lock_has_no_holder_and_neither_has_a_stale_note(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    with warehouse_lock(tmp_path):
        note = (tmp_path / "lock").read_text()
    assert holder(tmp_path) is None
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / "lock").write_text(json.dumps(json.loads(note) | {"pid": int(ended.stdout)}))
    assert holder(tmp_path) is None
    (tmp_path / "lock").write_text(json.dumps(json.loads(note) | {"started": 1}))
    assert holder(tmp_path) is None


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP])
def test_a_filesystem_without_locks_is_an_error_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(StorageError, match="has no locks") as caught, warehouse_lock(tmp_path, timeout=60):
        pass
    assert "local disk" in caught.value.mend
    assert not is_held_here(tmp_path)


def test_what_is_no_regular_file_is_no_lock(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lock")
    with pytest.raises(StorageError), warehouse_lock(tmp_path):
        pass
    (tmp_path / "lock").unlink()
    (tmp_path / "elsewhere").write_text("precious")
    (tmp_path / "lock").symlink_to("elsewhere")
    with pytest.raises(StorageError), warehouse_lock(tmp_path):
        pass
    assert (tmp_path / "elsewhere").read_text() == "precious"
    assert holder(tmp_path) is None


def test_a_full_disk_does_not_keep_the_lock_from_whoever_must_make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with warehouse_lock(tmp_path):
        refused = other_process(tmp_path)
    assert refused.returncode == LockedError.exit_code
    assert "held by another process" in refused.stdout


FORK = """
import os, sys, time
from pathlib import Path
from warehouse.lock import is_held_here, warehouse_lock
home = Path(sys.argv[1])
with warehouse_lock(home):
    if os.fork() == 0:
        (home / "child").write_text(f"{os.getpid()} {is_held_here(home)} ")
        time.sleep(60)
        os._exit(0)
    while not (home / "child").exists() or not (home / "child").read_text().endswith(" "):
        time.sleep(0.01)
    os.kill(os.getpid(), 9)
"""


def test_a_fork_does_not_hold_it_and_does_not_keep_it_alive(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", FORK, tmp_path], check=False)
    child, holds = (tmp_path / "child").read_text().split()
    try:
        assert holds == "False"
        assert other_process(tmp_path).stdout == "got it\n"
    finally:
        os.kill(int(child), signal.SIGKILL)
