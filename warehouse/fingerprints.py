"""Whether work still stands: the fingerprint of a piece of work, and the note of what it made.

A fingerprint is a hash of everything a result depends on: the contents of its inputs, the code of the stage, the
rules, the configuration. The note (a small JSON file) is written last, after all outputs are on disk: a killed run
leaves no note, and its work is done again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.errors import ConfigurationError
from warehouse.files import storage_errors, write_bytes
from warehouse.paths import check_slug, within
from warehouse.storage import FileRef, Partition, Store

log = logging.getLogger(__name__)

CODE_SUFFIXES = frozenset({".py", ".sql", ".yaml"})


def code_version(package_dir: Path, *extra: Path) -> str:
    """Return a hash of the code and rules that lie below a directory.

    Args:
        package_dir: A package; its `.py`, `.sql` and `.yaml` files count, by relative path and content.
        extra: Further files, or directories of such files, the package depends on.

    Raises:
        ConfigurationError: A path does not exist.
    """
    digest = hashlib.sha256()
    for root in (package_dir, *extra):
        for path in _code_files(root):
            name = path.relative_to(root.parent).as_posix()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()


def fingerprint(stage: str, inputs: Iterable[str], code: str, rules: str, config: str) -> str:
    """Return the hash of everything a result of a stage depends on.

    Args:
        stage: Name of the stage.
        inputs: Content hashes of the inputs, in any order.
        code: Version of the stage's code.
        rules: Hash of the knowledge it uses.
        config: The configuration it uses, as text.
    """
    parts = [stage, code, rules, config, *sorted(inputs)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


class Sidecars:
    """The notes of finished work of one warehouse, one file for each stage and key.

    A key is one or more names separated by `/`, for example source, date and stem.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, stage: str, key: str) -> bool:
        """Return whether the work was ever finished, with whatever fingerprint."""
        return self._path(stage, key).exists()

    def stands(self, stage: str, key: str, fingerprint: str) -> list[FileRef] | None:
        """Return what the work made, or None if it has to be done again.

        It stands if it was finished with this fingerprint and every output is still the file that was written.
        """
        note = self._read(stage, key)
        if note is None or note["fingerprint"] != fingerprint:
            return None
        outputs = [_file_ref(entry) for entry in note["outputs"]]
        return outputs if all(self._store.holds(ref) for ref in outputs) else None

    def record(self, stage: str, key: str, fingerprint: str, outputs: Sequence[FileRef]) -> None:
        """Note that the work is finished; what it made before and no longer makes is removed from the tables.

        Raises:
            StorageError: The note could not be written; the work will be done again.
        """
        before = self._read(stage, key)
        kept = {ref.path for ref in outputs}
        for ref in map(_file_ref, before["outputs"] if before else ()):
            if ref.path not in kept:
                self._store.drop(ref)
        entries = [_entry(ref) for ref in sorted(outputs, key=lambda ref: ref.path)]
        note = {"stage": stage, "key": key, "fingerprint": fingerprint, "outputs": entries}
        text = json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True)
        write_bytes(self._path(stage, key), f"{text}\n".encode())

    def forget(self, stage: str, key: str) -> None:
        """Remove a note, so that the work is done again."""
        path = self._path(stage, key)
        with storage_errors(path):
            path.unlink(missing_ok=True)

    def _path(self, stage: str, key: str) -> Path:
        *directories, name = (check_slug(part, "key of a stage") for part in (stage, *key.split("/")))
        return within(self._store.home, "state", "fingerprints", *directories, f"{name}.json")

    def _read(self, stage: str, key: str) -> dict[str, Any] | None:
        """Read a note; one that is damaged counts as absent, since all it can cost is doing the work again."""
        path = self._path(stage, key)
        try:
            note = json.loads(path.read_bytes())
            if {"fingerprint", "outputs"} <= note.keys():
                return dict(note)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, AttributeError) as error:
            log.warning("%s cannot be read (%s); the work is done again", path, error)
            return None
        log.warning("%s is no note of finished work; the work is done again", path)
        return None


def _code_files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    if not root.is_dir():
        raise ConfigurationError("does not exist", str(root), "Give a file or directory of code.")
    for path in sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix()):
        if path.suffix in CODE_SUFFIXES and path.is_file():
            yield path


def _entry(ref: FileRef) -> dict[str, Any]:
    partition = None
    if ref.partition is not None:
        partition = {"source_id": ref.partition.source_id, "logical_date": ref.partition.logical_date.isoformat()}
    return {
        "layer": ref.layer,
        "name": ref.name,
        "path": ref.path,
        "partition": partition,
        "stem": ref.stem,
        "sha256": ref.sha256,
        "rows": ref.rows,
    }


def _file_ref(entry: dict[str, Any]) -> FileRef:
    partition = entry["partition"]
    if partition is not None:
        partition = Partition(partition["source_id"], date.fromisoformat(partition["logical_date"]))
    return FileRef(**{**entry, "partition": partition})
