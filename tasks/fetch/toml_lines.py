"""On which line of a TOML file a key stands: for messages that send a person to the right place.

`tomllib` gives no lines with its values, and of two equal keys names the second only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[\w.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*(?P<key>\"[^\"]*\"|'[^']*'|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=(?P<rest>.*)")
# Strings and comments hold brackets that open nothing.
_QUIET = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


@dataclass(frozen=True, slots=True)
class TomlKey:
    """One key: its table (empty at the top), which of the tables of that name it is in, and its line."""

    table: str
    ordinal: int
    key: str
    line: int


def keys_of(text: str) -> list[TomlKey]:
    """Return the keys of a TOML text with their lines, in order; of broken TOML what can be seen."""
    found = []
    table, counts = "", {"": 0}
    for number, line in _statements(text):
        header = _HEADER.fullmatch(line)
        if header:
            table = header["name"]
            # A plain table given twice is one table; each [[table]] is another.
            counts[table] = counts.get(table, -1) + 1 if header["open"] == "[[" else 0
            continue
        key = _KEY.fullmatch(line)
        if key:
            found.append(TomlKey(table, counts[table], key["key"].strip("\"'"), number))
    return found


def duplicate_of(text: str) -> tuple[TomlKey, TomlKey] | None:
    """Return the first key that is given twice in one table, with its first and second line."""
    seen: dict[tuple[str, int, str], TomlKey] = {}
    for key in keys_of(text):
        first = seen.setdefault((key.table, key.ordinal, key.key), key)
        if first is not key:
            return first, key
    return None


def line_of(text: str, key: str, table: str = "", ordinal: int = 0) -> int:
    """Return the line of a key or of the table it names; that of the table it is in, or 1, where neither shows."""
    keys = keys_of(text)
    lines = [one.line for one in keys if (one.table, one.ordinal, one.key) == (table, ordinal, key)]
    lines += [] if table else [number for number, line in _statements(text) if _names_table(line, key)]
    lines += [one.line for one in keys if (one.table, one.ordinal) == (table, ordinal)]
    return next(iter(lines), 1)


def _names_table(line: str, name: str) -> bool:
    header = _HEADER.fullmatch(line)
    return header is not None and header["name"] == name


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin a statement: not those inside a string or an array that runs over lines."""
    depth, fence = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        begins = depth == 0 and not fence
        rest = line
        if fence:
            _, closed, rest = line.partition(fence)
            if not closed:
                continue
            fence = ""
        if begins:
            yield number, line
            if _HEADER.fullmatch(line):
                continue
        quiet = _QUIET.sub("", rest)
        opened = re.search(r"\"\"\"|'''", quiet)
        if opened:
            fence, quiet = opened[0], quiet[: opened.start()]
        depth = max(0, depth + sum(quiet.count(mark) for mark in "[{") - sum(quiet.count(mark) for mark in "]}"))
