"""The exception tree of the project.

CommuniqueError                 exit 1
├── ConfigurationError          exit 2   a setting, a seed file or an argument is wrong
├── DegradedError               exit 3   published, but a source is missing from the release
├── GateBlockedError            exit 4   a quality gate refused a stage; nothing was published
├── LockedError                 exit 5   another run holds the warehouse
└── StorageError                exit 6   a file could not be written or read
    ├── IntegrityError          exit 6   a file is not what its manifest or checksum says
    └── ContractError           exit 6   a frame is not what its table contract says

Every error carries its fields, says what happened, where, and how to mend it, and survives pickling.
"""

from __future__ import annotations

from typing import ClassVar


class CommuniqueError(Exception):
    """Base of every error the pipeline raises on purpose.

    Args:
        what: What happened, in one sentence.
        where: The file, table, source or argument concerned.
        mend: What the reader can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        """One line: what, where, how to mend it."""
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.mend:
            parts.append(self.mend)
        return " — ".join(parts)


class ConfigurationError(CommuniqueError):
    """A setting, an argument, a source or a knowledge file is wrong."""

    exit_code = 2


class DegradedError(CommuniqueError):
    """The run published, but with a declared gap."""

    exit_code = 3


class GateBlockedError(CommuniqueError):
    """A critical quality rule failed; the stage after it did not run and nothing was published."""

    exit_code = 4


class LockedError(CommuniqueError):
    """Another process holds the warehouse."""

    exit_code = 5


class StorageError(CommuniqueError):
    """A file of the warehouse could not be written or read."""

    exit_code = 6


class IntegrityError(StorageError):
    """A stored file differs from what was written."""


class ContractError(StorageError):
    """A frame does not have the columns, types, keys or nulls of its table contract."""
