"""Source declarations: one TOML a publisher in `seeds/sources/`, or a folder named on the command line.

A source says where announcements come from and how they are read; the reader of its kind does the reading. Loading is
strict: an unknown key is an error with its line and the nearest known key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import ConfigurationError
from warehouse.paths import check_slug
from warehouse.reference import read_toml

KINDS = ("folder",)
_REQUIRED = ("id", "kind", "path", "publisher")
_TYPES: Mapping[str, type] = {"id": str, "kind": str, "path": str, "publisher": str, "note": str, "enabled": bool}


@dataclass(frozen=True, slots=True)
class Source:
    """Where announcements come from.

    Attributes:
        id: Names the source in every table and its directories: a-z, 0-9, `-` and `_`.
        kind: How it is read; `folder` is a directory of .html and .txt files.
        path: The directory of a `folder`; a relative one in a declaration counts from the parent of `sources/`.
        publisher: Who publishes, for people.
        enabled: Whether a scheduled run asks it.
        note: What a maintainer should know: licence, contact, peculiarities.
    """

    id: str
    kind: str
    path: Path
    publisher: str
    enabled: bool = True
    note: str = ""


def load_sources(directory: Path) -> list[Source]:
    """Return the declared sources, sorted by id.

    Raises:
        ConfigurationError: There is no such directory, a file is wrong (with its line), or two declare one id.
    """
    if not directory.is_dir():
        raise ConfigurationError("is no directory of source declarations", str(directory), "Set COMMUNIQUE_SOURCES.")
    sources: dict[str, tuple[Source, Path]] = {}
    for path in sorted(directory.glob("*.toml")):
        source = _load(path)
        if source.id in sources:
            raise ConfigurationError(
                f"declares {source.id!r}, and so does {sources[source.id][1]}", str(path), "Give one another id."
            )
        sources[source.id] = (source, path)
    return [source for _, (source, _) in sorted(sources.items())]


def folder_source(directory: Path) -> Source:
    """Return the source that a folder named on the command line is: its id is made of the folder's name alone.

    Raises:
        ConfigurationError: The folder does not exist, or its name gives no id.
    """
    resolved = directory.resolve()
    if not resolved.is_dir():
        raise ConfigurationError("is no folder", str(directory), "Name a folder of .html and .txt files.")
    ascii_name = unicodedata.normalize("NFKD", resolved.name).encode("ascii", "ignore").decode().casefold()
    source_id = f"folder-{re.sub(r'[^a-z0-9]+', '-', ascii_name).strip('-')[:50]}".strip("-")
    return Source(check_slug(source_id, "name of the folder"), "folder", resolved, resolved.name)


def _load(path: Path) -> Source:
    content = read_toml(path, tuple(_TYPES), _REQUIRED)
    for key, value in content.items():
        if not isinstance(value, _TYPES[key]):
            raise _wrong(path, f"{key} must be {_TYPES[key].__name__}, not {value!r}", "Mend the value.")
    if content["kind"] not in KINDS:
        raise _wrong(path, f"no such kind: {content['kind']!r}", f"Kinds: {', '.join(KINDS)}.")
    if content["id"] != path.stem:
        raise _wrong(path, f"the id {content['id']!r} is not the name of the file", "Rename one of them.")
    check_slug(content["id"], str(path))
    place = Path(content["path"])
    return _source(content, place if place.is_absolute() else path.parent.parent / place)


def _source(content: Mapping[str, Any], place: Path) -> Source:
    return Source(
        id=content["id"],
        kind=content["kind"],
        path=place,
        publisher=content["publisher"],
        enabled=content.get("enabled", True),
        note=content.get("note", ""),
    )


def _wrong(path: Path, what: str, mend: str) -> ConfigurationError:
    return ConfigurationError(what, str(path), mend)
