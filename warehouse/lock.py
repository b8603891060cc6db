"""One lock for each warehouse: whoever writes holds it, and the kernel takes it from a process that dies.

The lock is `flock` on `<home>/lock`, for one host. The file also says who holds it, for people; whether it is held is
the kernel's word alone. Warehouses on object storage need another lock.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import LockedError, StorageError
from warehouse.files import make_directory, storage_errors
from warehouse.processes import ProcessIdentity, this_command, this_process

log = logging.getLogger(__name__)

LOCK_NAME = "lock"
POLL_SECONDS = 0.05
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a warehouse.

    Attributes:
        process: The process.
        since: When it took the lock.
        command: Program and subcommand.
    """

    process: ProcessIdentity
    since: datetime
    command: str


@dataclass(slots=True)
class _Held:
    descriptor: int
    depth: int


_held: dict[Path, _Held] = {}
_guard = threading.RLock()


def _forget_in_child() -> None:
    """Close the locks a fork has copied: the child does not hold them and must not keep them for its parent."""
    global _guard
    _guard = threading.RLock()
    for held in _held.values():
        os.close(held.descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)


@contextmanager
def warehouse_lock(home: Path, timeout: float = 0.0, command: str | None = None) -> Iterator[None]:
    """Hold the warehouse for the length of the block. Inside one process the lock may be taken again, by any thread.

    Args:
        home: Directory of the warehouse; made if it does not exist.
        timeout: Seconds to wait for another process; 0 fails at once.
        command: What the holder does, for others to read; program and subcommand if None.

    Raises:
        LockedError: Another process held it all the time; names that process and since when.
        StorageError: The filesystem has no locks, or the file cannot be opened.
    """
    make_directory(home)
    key = home.resolve()
    with _guard:
        held = _held.get(key)
        if held is None:
            held = _Held(_acquire(key / LOCK_NAME, timeout, command or this_command()), 0)
            _held[key] = held
        held.depth += 1
    try:
        yield
    finally:
        with _guard:
            held.depth -= 1
            if held.depth == 0:
                del _held[key]
                _release(held.descriptor)


def is_held_here(home: Path) -> bool:
    """Return whether this process holds the warehouse, so that no other process can be writing to it."""
    return home.resolve() in _held


def holder(home: Path) -> Holder | None:
    """Return who holds the warehouse; None if nobody of this machine is seen to. Takes no lock itself."""
    found = _read_holder(home / LOCK_NAME)
    return found if found is not None and (found.process.is_running or not found.process.is_here) else None


def _acquire(path: Path, timeout: float, command: str) -> int:
    with storage_errors(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise StorageError("is no regular file", str(path), "Remove it; the lock is made anew.")
        _wait(descriptor, path, time.monotonic() + timeout)
        _write_holder(descriptor, path, Holder(this_process(), datetime.now(UTC), command))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait(descriptor: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _locked(path) from None
            time.sleep(POLL_SECONDS)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise StorageError(
                    f"the filesystem has no locks ({os.strerror(error.errno)})",
                    str(path),
                    "Put the warehouse on a local disk, or mount the network share with locking.",
                ) from error
            raise StorageError(os.strerror(error.errno or 0), str(path), "See to the disk and run again.") from error
        else:
            return


def _locked(path: Path) -> LockedError:
    found = _read_holder(path)
    who = "another process"
    if found is not None:
        who = f"process {found.process.pid} ({found.command}), since {found.since.isoformat(timespec='seconds')}"
    return LockedError(
        f"the warehouse is held by {who}",
        str(path.parent),
        "Wait for it to end, or let a run wait with COMMUNIQUE_LOCK_TIMEOUT_SECONDS.",
    )


def _release(descriptor: int) -> None:
    # Emptied before it is unlocked: nobody must read a holder that no longer holds. Closing unlocks.
    try:
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _write_holder(descriptor: int, path: Path, who: Holder) -> None:
    process = who.process
    note = {
        "pid": process.pid,
        "started": process.started,
        "machine": process.machine,
        "since": who.since.isoformat(),
        "command": who.command,
    }
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
    except OSError as error:
        # The lock is held all the same, and on a full disk `gc` needs it to make room.
        log.warning("%s: cannot note who holds the lock (%s)", path, error)


def _read_holder(path: Path) -> Holder | None:
    if not path.is_file():
        return None
    try:
        note = json.loads(path.read_bytes())
        process = ProcessIdentity(note["pid"], note["started"], note["machine"])
        return Holder(process, datetime.fromisoformat(note["since"]), note["command"])
    except (OSError, ValueError, KeyError, TypeError):
        # Free, or read while it is being written.
        return None
