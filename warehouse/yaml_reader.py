"""YAML without its surprises: plain mappings, sequences and scalars, built from the parser's events.

Anchors, aliases and tags are refused before anything is built, so that no file can grow in memory or name a Python
object; nesting is bounded and built without recursion; two equal keys are an error with both lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from warehouse.errors import ConfigurationError

MAX_DEPTH = 30
# libyaml's parser where it is built in, ten times as fast; both give the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The scalars of YAML's JSON schema and no others: no NO, no 007, no 1_000, no 12:30:45, no 2024-05-01.
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
# More digits than a 64-bit integer has are no number anybody counts with; they stay a string.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+(?:[eE][-+]?[0-9]{1,2})?|[eE][-+]?[0-9]{1,2})")


def parse_yaml(text: str, path: Path) -> Any:
    """Return the content of a YAML document; `path` is for the messages. See `warehouse.reference.read_yaml`.

    Raises:
        ConfigurationError: With file and line.
    """
    try:
        return _Builder(path).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise _error(path, mark.line if mark else 0, f"is not YAML ({what})", "Mend the line.") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"is not YAML ({error})", str(path), "Save it as plain UTF-8 text.") from error


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds one document from the events of its parser."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[_Open] = []
        self._result: Any = None
        self._documents = 0

    def build(self, events: Iterable[yaml.Event]) -> Any:
        for event in events:
            self._refuse(event)
            if isinstance(event, yaml.ScalarEvent):
                self._add_scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin(_Open({}), event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin(_Open([]), event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
        return self._result

    def _refuse(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _error(self._path, line, "uses an anchor or alias", "Write the value out where it is used.")
        tag = getattr(event, "tag", None)
        if tag:
            raise _error(self._path, line, f"uses the tag {tag}", "Write plain values.")
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _error(self._path, line, "holds a second document", "Put it into a file of its own.")

    def _begin(self, opened: _Open, event: yaml.Event) -> None:
        line = _line(event)
        if len(self._open) >= MAX_DEPTH:
            raise _error(self._path, line, f"is nested deeper than {MAX_DEPTH} levels", "Flatten it.")
        self._add(opened.value, line)
        self._open.append(opened)

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._add_key(parent, event)
        else:
            # Quoted and block scalars are strings, whatever they look like.
            is_plain = event.implicit[0]
            self._add(_scalar(event.value) if is_plain else event.value, _line(event))

    def _add_key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        if event.value in parent.key_lines:
            first = parent.key_lines[event.value] + 1
            raise _error(self._path, line, f"the key {event.value!r} stands on line {first} already", "Keep one.")
        parent.key_lines[event.value] = line
        parent.key = event.value

    def _add(self, value: Any, line: int) -> None:
        if not self._open:
            self._result = value
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            raise _error(self._path, line, "has a key that is no plain string", "Use strings as keys.")
        else:
            parent.value[parent.key] = value
            parent.key = None


def _line(event: yaml.Event) -> int:
    """Return the line an event begins on, counted from 0."""
    return event.start_mark.line if event.start_mark else 0


def _scalar(text: str) -> str | bool | int | float | None:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return text


def _error(path: Path, line_index: int, what: str, mend: str) -> ConfigurationError:
    return ConfigurationError(what, f"{path}:{line_index + 1}", mend)
