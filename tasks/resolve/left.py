"""What one resolution leaves for the next one, so that a new day is put in beside what stands instead of all anew.

It is a copy of what follows from the tables, never a source: a file that is missing, damaged, of other code or of
another registry means that everything is resolved from the beginning, with the same tables in the end. The file is read
only after its digest was checked, and may name nothing but the classes of this package, days and plain containers.
The classes it holds many of have no slots: those of slotted data classes are read back in Python, five times as slowly.
"""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.resolve.state import Kept
from warehouse.files import storage_errors, write_bytes
from warehouse.paths import within

log = logging.getLogger(__name__)

DIGEST_BYTES = hashlib.sha256().digest_size
# Strings of many documents are repeated; the protocol keeps each once.
PROTOCOL = 5
_PLAIN = frozenset(
    {("builtins", "set"), ("builtins", "frozenset"), ("builtins", "dict"), ("collections", "defaultdict")}
    | {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")}
)


@dataclass(frozen=True, slots=True)
class Left:
    """What a resolution left.

    Attributes:
        inputs: Path → sha256 of the files of documents, sentences, mentions, claims and arguments it rests on.
        state: What stood in the end.
    """

    inputs: Mapping[str, str]
    state: Kept


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep the collector from going through a million live objects, none of them garbage, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def name_of_left(code: str, corrected: str, registry: Mapping[str, str]) -> str:
    """Return the name of what a resolution leaves: of its code, the corrections, and the registry it came to.

    Args:
        code: Version of the stage's code.
        corrected: Digest of the corrections in force.
        registry: Path → sha256 of the files of the registry.
    """
    parts = (code, sys.version, corrected, *(f"{path} {digest}" for path, digest in sorted(registry.items())))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def read_left(home: Path, name: str) -> Left | None:
    """Return what an earlier resolution left under a name; None where there is nothing, or nothing that is whole."""
    path = _directory(home) / f"{name}.bin"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("%s cannot be read (%s); everything is resolved anew", path, error)
        return None
    if hashlib.sha256(content[DIGEST_BYTES:]).digest() != content[:DIGEST_BYTES]:
        log.warning("%s is damaged; everything is resolved anew", path)
        return None
    try:
        found = _Reader(io.BytesIO(content[DIGEST_BYTES:])).load()
    except pickle.UnpicklingError as error:
        log.warning("%s is not what a resolution left (%s); everything is resolved anew", path, error)
        return None
    if not isinstance(found, Left):
        log.warning("%s is not what a resolution left (a %s); everything is resolved anew", path, type(found).__name__)
        return None
    return found


def write_left(home: Path, name: str, left: Left, before: str | None) -> None:
    """Leave this for the next resolution, and drop what earlier ones left.

    Args:
        home: Directory of the warehouse.
        name: Its name; see `name_of_left`.
        left: What is left.
        before: Name of what this resolution went on from. It stays: if the gate refuses the new tables, the next run
            goes on from it again. None drops all others, so that the text of a document that was taken down is gone.

    Raises:
        StorageError: It cannot be written.
    """
    content = pickle.dumps(left, PROTOCOL)
    path = _directory(home) / f"{name}.bin"
    write_bytes(path, hashlib.sha256(content).digest() + content)
    for other in sorted(path.parent.glob("*.bin")):
        if other.stem not in {name, before}:
            with storage_errors(other):
                other.unlink()


def _directory(home: Path) -> Path:
    return within(home, "state", "resolution")


class _Reader(pickle.Unpickler):
    """Reads the classes of this package, days and plain containers; whatever else a file names is refused."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that may be read; raise UnpicklingError for any other."""
        own = module.startswith("tasks.resolve.") and name.isidentifier()
        if own or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            # A class that a module of the package merely imports is none of its own.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"it names {module}.{name}")
