"""Named places between the steps of a write, where a test can stop the process.

A failpoint costs one comparison unless it is armed. Nothing arms one but a call of `arm` in the same process: no
setting and no environment variable can.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def kill_here(_name: str) -> None:
    """End this process as a power cut would: no handler, no buffer, no cleanup runs."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Trap:
    """What an armed process does at its failpoints."""

    def __init__(self, at: int | str, action: Callable[[str], None]) -> None:
        self.at = at
        self.action = action
        self.passed = 0

    def reach(self, name: str) -> None:
        self.passed += 1
        if self.at in (self.passed, name):
            self.action(name)


_trap: _Trap | None = None


def arm(at: int | str, action: Callable[[str], None] = kill_here) -> None:
    """Make this process run `action` at a failpoint, for tests that stop a write half-way.

    Args:
        at: The nth failpoint reached from now on (1 is the next), or the name of a failpoint.
        action: Gets the failpoint's name; the default kills the process. If it returns, the write goes on.
    """
    global _trap
    _trap = _Trap(at, action)


def disarm() -> None:
    """Take the failpoints out of action again."""
    global _trap
    _trap = None


def failpoint(name: str) -> None:
    """Mark a place between two steps of a write; does nothing unless a test has armed it."""
    if _trap is not None:
        _trap.reach(name)
