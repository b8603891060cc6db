"""The reader of the source kind `folder`: .html and .txt files, with a manifest.jsonl if there is one.

With a manifest, the files it lists are read and others are reported as skipped; without one, all files of the folder
and below it. The manifest gives each file its id, address, media type and retrieval time; what it does not give comes
from the file itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from tasks.fetch.addresses import without_credentials
from tasks.fetch.fetched import Fetched, Missed
from tasks.fetch.sources import Source
from warehouse.errors import CommuniqueError, ConfigurationError
from warehouse.reference import read_regular

MANIFEST = "manifest.jsonl"
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt"})
# An announcement has kilobytes; a page of a hundred megabytes is a dump that was put there by mistake.
MAX_BODY_BYTES = 100_000_000
# Other fields of a manifest are for other readers.
FIELDS = ("doc_id", "file", "url", "content_type", "retrieved_at")


@dataclass(frozen=True, slots=True)
class _Listed:
    """One line of the manifest, checked."""

    file: str
    doc_id: str | None
    url: str | None
    content_type: str | None
    retrieved_at: datetime | None


def read_folder(source: Source) -> Iterator[Fetched | Missed]:
    """Yield every document of a folder, or why it could not be read, sorted by location.

    Raises:
        ConfigurationError: There is no such folder.
    """
    root = source.place
    if not root.is_dir():
        raise ConfigurationError("the folder does not exist", str(root), f"Mend the path of source {source.id!r}.")
    present = _present(root)
    if (root / MANIFEST).exists():
        listed, broken = _read_manifest(root / MANIFEST)
        yield from broken
        for location in sorted(listed.keys() | present):
            if location in listed:
                yield _read(root, listed[location])
            else:
                yield Missed(location, "not_listed", f"{MANIFEST} does not list it", "skipped")
    else:
        for location in sorted(present):
            yield _read(root, _Listed(location, None, None, None, None))


def _present(root: Path) -> set[str]:
    """Return the documents below the folder as relative paths with forward slashes."""
    return {
        _location(path.relative_to(root))
        for path in root.rglob("*")
        if path.suffix.casefold() in SUFFIXES and not path.is_dir()
    }


def _location(path: Path) -> str:
    """Return a relative path as text; bytes of a name that are not UTF-8 are shown as escapes.

    Such a file cannot be opened by its location and becomes a failed attempt: a person has to rename it.
    """
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _read_manifest(path: Path) -> tuple[dict[str, _Listed], list[Missed]]:
    """Return the lines of a manifest by file, and those that make no sense."""
    listed: dict[str, _Listed] = {}
    ids: dict[str, int] = {}
    broken = []
    # Not `splitlines`: it would also break at characters that may stand inside a JSON string.
    for number, line in enumerate(read_regular(path, MAX_BODY_BYTES).decode("utf-8-sig", "replace").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{MANIFEST}:{number}"
        try:
            entry = _parse(line)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            broken.append(Missed(where, "bad_manifest_line", str(error)))
            continue
        if entry.file in listed:
            broken.append(Missed(where, "listed_twice", f"{entry.file} stands in an earlier line too"))
            continue
        if entry.doc_id is not None and ids.setdefault(entry.doc_id, number) != number:
            # Two documents would become two versions of one.
            broken.append(Missed(where, "id_twice", f"doc_id {entry.doc_id!r} stands in line {ids[entry.doc_id]} too"))
            continue
        listed[entry.file] = entry
    return listed, broken


def _parse(line: str) -> _Listed:
    """Read one line of a manifest; ValueError says what is wrong with it."""
    content: Any = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("a line is one JSON object")
    values = {field: content.get(field) for field in FIELDS}
    wrong = [field for field, value in values.items() if not isinstance(value, str | None)]
    if wrong:
        raise ValueError(f"{', '.join(wrong)} must be text or null")
    if not values["file"]:
        raise ValueError("`file` is missing")
    for field, value in values.items():
        # JSON can spell half a surrogate pair; no file can hold it.
        if value is not None and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError(f"{field} holds half of a character (a lone surrogate)")
    retrieved_at = None
    if values["retrieved_at"]:
        retrieved_at = datetime.fromisoformat(values["retrieved_at"])
        if retrieved_at.tzinfo is None:
            raise ValueError("retrieved_at has no time zone: end it with Z")
    return _Listed(
        PurePosixPath(values["file"]).as_posix(),
        values["doc_id"] or None,
        without_credentials(values["url"]),
        values["content_type"] or None,
        None if retrieved_at is None else retrieved_at.astimezone(UTC),
    )


def _read(root: Path, entry: _Listed) -> Fetched | Missed:
    """Read one file; a name that leads out of the folder is refused, and nothing but regular files is opened."""
    try:
        path = (root / entry.file).resolve()
        if not path.is_relative_to(root.resolve()) or ".." in PurePosixPath(entry.file).parts:
            return Missed(entry.file, "outside", "the name leads out of the folder")
        body = read_regular(path, MAX_BODY_BYTES)
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except CommuniqueError as error:
        return Missed(entry.file, "unreadable", error.what)
    except (OSError, ValueError, OverflowError) as error:
        return Missed(entry.file, "unreadable", str(error))
    return Fetched(
        location=entry.file,
        external_id=entry.doc_id or entry.file,
        body=body,
        retrieved_at=entry.retrieved_at or modified,
        retrieved_at_basis="manifest" if entry.retrieved_at else "file",
        url=entry.url,
        content_type=entry.content_type,
    )
