"""Which process wrote a record, and whether it still runs.

A process id alone says little: ids are used again. With the moment the process started, and the machine (host, boot and
namespace of process ids) it started on, a record can be told from a stranger who has got its number.
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

# Field 22 of /proc/<pid>/stat is the start in clock ticks since boot; the fields are counted from behind the command's
# closing bracket, since the command may hold blanks (proc(5)).
_START_FIELD = 22 - 3


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """One process of one machine.

    Attributes:
        pid: Process id.
        started: Start of the process in clock ticks since boot; None where the system does not tell.
        machine: Host, boot and namespace in which the id holds.
    """

    pid: int
    started: int | None
    machine: str

    @property
    def is_here(self) -> bool:
        """True if the process id can be looked up on this machine."""
        return self.machine == _machine()

    @property
    def is_running(self) -> bool:
        """True if that very process runs on this machine; False if it has ended or cannot be seen from here."""
        if not self.is_here:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            # It runs and belongs to somebody else.
            pass
        return self.started is None or self.started == _started(self.pid)


def this_process() -> ProcessIdentity:
    """Return the identity of the running process."""
    return ProcessIdentity(os.getpid(), _started(os.getpid()), _machine())


def this_command() -> str:
    """Return the program and its subcommand; further arguments are left out, since they may say too much."""
    words = [Path(sys.argv[0]).name or "python"]
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        words.append(sys.argv[1])
    return " ".join(words)


def _started(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[0] == "Z":
        # A killed process whose parent has not looked yet: its id exists, the process does not.
        return -1
    return int(fields[_START_FIELD])


def _machine() -> str:
    parts = [socket.gethostname()]
    try:
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    except OSError:
        # Not Linux: the host's name has to do.
        pass
    return "/".join(parts)
