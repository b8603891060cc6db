"""The sources there are: those declared in `seeds/sources/`, or a folder named on the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from tasks.fetch.declaration import read_declaration
from tasks.fetch.source import Source
from warehouse.errors import ConfigurationError
from warehouse.page_hints import PageHints
from warehouse.paths import check_slug

__all__ = ["Source", "folder_source", "hints_of", "load_sources"]


def load_sources(directory: Path) -> list[Source]:
    """Return the declared sources, sorted by id.

    Raises:
        ConfigurationError: There is no such directory, a file is wrong (with its line), or two declare one id.
    """
    if not directory.is_dir():
        raise ConfigurationError("is no directory of source declarations", str(directory), "Set COMMUNIQUE_SOURCES.")
    sources: dict[str, tuple[Source, str]] = {}
    for path in sorted(directory.glob("*.toml")):
        source, where = read_declaration(path)
        if source.id in sources:
            raise ConfigurationError(
                f"declares {source.id!r}, and so does {sources[source.id][1]}", where, "Give one another id."
            )
        sources[source.id] = (source, where)
    misnamed = [(source.id, where) for source, where in sources.values() if source.id != _stem(where)]
    for source_id, where in misnamed:
        raise ConfigurationError(f"the id {source_id!r} is not the name of the file", where, "Rename one of them.")
    return [source for _, (source, _) in sorted(sources.items())]


def hints_of(directory: Path, source_ids: Collection[str]) -> dict[str, PageHints]:
    """Return what the declarations of some sources say of their pages; a source without a declaration is left out.

    Raises:
        ConfigurationError: One of these declarations is wrong; names file and line.
    """
    paths = {source_id: directory / f"{source_id}.toml" for source_id in sorted(source_ids)}
    return {source_id: read_declaration(path)[0].hints for source_id, path in paths.items() if path.exists()}


def _stem(where: str) -> str:
    return Path(where.rpartition(":")[0]).stem


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
    return Source(check_slug(source_id, "name of the folder"), "folder", resolved.name, resolved)
