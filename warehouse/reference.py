"""Strict readers of knowledge and configuration: CSV, YAML and TOML files that people edit by hand.

A lenient reader turns NA into nothing, 007 into 7 and NO into false, keeps the last of two equal keys, and shifts the
columns of a long row. Here every value is what stands in the file, and everything doubtful is an error with file and
line.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import os
import re
import stat
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from warehouse.errors import ConfigurationError
from warehouse.yaml_reader import parse_yaml

# No knowledge file comes near; a mistaken path to a dump or a device must not fill the memory.
MAX_BYTES = 20_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Row(dict[str, str]):
    """One row of a CSV file, column → value.

    Attributes:
        line: Line of the file on which the row begins; 1 is the header.
    """

    def __init__(self, values: Mapping[str, str], line: int) -> None:
        super().__init__(values)
        self.line = line


def read_csv(
    path: Path, columns: Sequence[str], unique: Sequence[str] = (), *, from_spreadsheet: bool = False
) -> list[Row]:
    """Read a comma-separated file whose header is exactly the columns, in their order.

    Args:
        path: UTF-8 without byte order mark, lines ended by LF, values quoted by `"` where they need it.
        columns: The header.
        unique: Columns that together identify a row.
        from_spreadsheet: Also take the file as a spreadsheet saves it: with a byte order mark, lines ended by CR LF,
            and separated by semicolons or tabs.

    Returns:
        The rows; every value is the string that stands in the file, an empty one included.

    Raises:
        ConfigurationError: With file and line: another header, a short, long or empty row, two rows with one key
            (both lines), bytes that are not such text, or no readable regular file.
    """
    text = _read_text(path, from_spreadsheet)
    rows = list(_csv_rows(text, path, _separator(text) if from_spreadsheet else ","))
    if not rows:
        raise ConfigurationError("is empty", str(path), f"Give it the header {','.join(columns)}.")
    _check_header(rows[0][1], columns, path)
    found = []
    for line, values in rows[1:]:
        if len(values) != len(columns):
            what = "is empty" if not values else f"has {len(values)} values, not {len(columns)}"
            raise _at(path, line, f"the row {what}", "Quote values that hold a comma, and leave no line empty.")
        found.append(Row(dict(zip(columns, values, strict=True)), line))
    if unique:
        _check_unique(found, unique, path)
    return found


def read_yaml(path: Path) -> Any:
    """Read a YAML file of plain mappings, sequences and scalars.

    Scalars are those of YAML's JSON schema: true, false, null (or nothing) and decimal numbers when unquoted;
    everything else is the string that stands there, so NO, 007, 12:30 and 2024-05-01 stay strings.

    Raises:
        ConfigurationError: With file and line: broken YAML, a key given twice (both lines), a key that is no string,
            an anchor, alias or tag, more than one document, nesting beyond 30 levels, or no readable regular file.
    """
    return parse_yaml(_read_text(path), path)


def read_toml(path: Path, allowed: Collection[str], required: Collection[str] = ()) -> dict[str, Any]:
    """Read a TOML file that has no other keys than those allowed.

    Args:
        path: The file.
        allowed: Keys; those of a table as `table.key`. A table named without keys may hold any.
        required: Keys that must be there.

    Raises:
        ConfigurationError: With file and line: broken TOML (two equal keys included), a key that is unknown, with the
            nearest one known, a key that is missing, or no readable regular file.
    """
    text = _read_text(path)
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"is not TOML: {error}", str(path), "Mend the line.") from error
    keys = set(_toml_keys(content, "", allowed))
    for key in sorted(keys - set(allowed)):
        near = difflib.get_close_matches(key, allowed, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(allowed))}."
        raise _at(path, _toml_line(text, key), f"unknown key {key!r}", hint)
    missing = sorted(set(required) - keys)
    if missing:
        raise ConfigurationError(f"lacks {', '.join(missing)}", str(path), "Add what is missing.")
    return content


def rules_hash(directory: Path) -> str:
    """Return one hash over all files below a directory, by relative path and content; hidden files do not count.

    Raises:
        ConfigurationError: It is no directory, or holds something that is no readable regular file.
    """
    if not directory.is_dir():
        raise ConfigurationError("is no directory", str(directory), "Point to the directory of the knowledge tables.")
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*"), key=lambda path: path.relative_to(directory).as_posix()):
        relative = path.relative_to(directory)
        if path.is_dir() or any(part.startswith((".", "__")) for part in relative.parts):
            continue
        content = hashlib.sha256(read_regular(path)).hexdigest()
        digest.update(f"{relative.as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def read_regular(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file. A FIFO, device or directory is refused at once, without waiting for a writer.

    Raises:
        ConfigurationError: There is no such file, it is of another kind, cannot be read, or is too large.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ConfigurationError("is no regular file", str(path), "Put a text file there.")
            if status.st_size > max_bytes:
                raise ConfigurationError(
                    f"has {status.st_size} bytes, more than {max_bytes}", str(path), "Split it, or check the path."
                )
            return file.read()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigurationError(f"cannot be read ({reason})", str(path), "Check the path and its rights.") from error


def _read_text(path: Path, from_spreadsheet: bool = False) -> str:
    data = read_regular(path)
    if from_spreadsheet:
        data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _at(path, 1, "begins with a byte order mark", "Save it as UTF-8 without one.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _at(path, line, f"byte {data[error.start]:#04x} is not UTF-8", "Save it as UTF-8.") from error
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise _at(path, line, "holds a carriage return", "End lines with LF alone.")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise _at(path, line, f"holds the control character {ord(control[0]):#04x}", "Remove it.")
    return text


def _at(path: Path, line: int, what: str, mend: str) -> ConfigurationError:
    return ConfigurationError(what, f"{path}:{line}", mend)


def _separator(text: str) -> str:
    """Return what separates the names of the header, none of which holds a sign."""
    header = text.partition("\n")[0]
    return next((sign for sign in (",", ";", "\t") if sign in header), ",")


def _csv_rows(text: str, path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for values in reader:
            yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        raise _at(path, line, f"is not CSV ({error})", 'Quote values by ", and double a quote inside.') from error


def _check_header(header: Sequence[str], columns: Sequence[str], path: Path) -> None:
    if tuple(header) == tuple(columns):
        return
    if len(header) == 1 and ";" in header[0]:
        what = "is separated by semicolons"
    elif len(set(header)) < len(header):
        what = f"names a column twice: {', '.join(sorted({name for name in header if header.count(name) > 1}))}"
    elif set(header) == set(columns):
        what = "has the columns in another order"
    else:
        missing, extra = [c for c in columns if c not in header], [c for c in header if c not in columns]
        what = f"lacks {', '.join(missing) or 'nothing'} and has beyond it {', '.join(extra) or 'nothing'}"
    raise _at(path, 1, f"the header {what}", f"The header is {','.join(columns)}")


def _check_unique(rows: Sequence[Row], unique: Sequence[str], path: Path) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in unique)
        if key in seen:
            raise _at(
                path,
                row.line,
                f"{', '.join(unique)} {' | '.join(key)!r} stands on line {seen[key]} already",
                "Keep one of the two.",
            )
        seen[key] = row.line


def _toml_keys(content: Mapping[str, Any], prefix: str, allowed: Collection[str]) -> Iterator[str]:
    for name, value in content.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and key not in allowed:
            yield from _toml_keys(value, f"{key}.", allowed)
        else:
            yield key


def _toml_line(text: str, key: str) -> int:
    """Return the line a key is written on, or 1 where it is written in a form that does not show it."""
    name = re.escape(key.rpartition(".")[2])
    match = re.search(rf"""^[ \t]*(?:\[?[^\n=#]*\.)?["']?{name}["']?[ \t]*=""", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
