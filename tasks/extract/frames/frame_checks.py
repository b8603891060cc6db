"""Checks on the content of one YAML file: each says file, line and the nearest word that would have been right.

Belongs here: what holds for any such file. What a frame may say is `frames.frames`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from tasks.extract.frames.triggers import phrase_parts
from warehouse.errors import ConfigurationError

_MISSING: Any = object()


class Checker:
    """The content of one file and the questions its reader asks of it.

    Args:
        path: The file, for messages.
        content: What `read_yaml` returned.
    """

    def __init__(self, path: Path, content: Any) -> None:
        self.path = path
        self.content = content

    def line_of(self, pattern: str) -> int:
        """Return the first line on which the regular expression is found, 1 where it is not."""
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(pattern, line):
                return number
        return 1

    def error(self, what: str, near: str, mend: str = "") -> ConfigurationError:
        """Return the error for something written as `near`."""
        return ConfigurationError(what, f"{self.path}:{self.line_of(re.escape(near))}", mend or "See the other frames.")

    @staticmethod
    def suggest(word: str, known: Collection[str]) -> str:
        """Return the sentence that names the nearest known word, or all of them."""
        near = difflib.get_close_matches(word, sorted(known), n=1)
        return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(sorted(known))}."

    def keys(self, raw: Any, known: Sequence[str], required: Sequence[str] = ()) -> None:
        """Refuse what is no mapping, an unknown key, and a missing one."""
        if not isinstance(raw, dict):
            raise self.error(f"{str(raw)[:40]!r} is no mapping", str(raw)[:20], f"Give it the keys {', '.join(known)}.")
        for key in raw:
            if key not in known:
                line = self.line_of(rf"(^|[\s{{,-]){re.escape(str(key))}\s*:")
                raise ConfigurationError(f"unknown key {key!r}", f"{self.path}:{line}", self.suggest(key, known))
        missing = [key for key in required if key not in raw]
        if missing:
            first = next(iter(raw.values()), "")
            raise self.error(f"lacks {', '.join(missing)}", str(first)[:40], "Add what is missing.")

    def _get(self, raw: Any, key: str | None, default: Any) -> Any:
        if key is None:
            return raw
        if key in raw:
            return raw[key]
        if default is _MISSING:
            raise self.error(f"lacks {key}", key, "Add what is missing.")
        return default

    def mapping(
        self, raw: Any, key: str | None, known: Collection[str] | None = None, default: Any = _MISSING
    ) -> Mapping[str, Any]:
        """Return a mapping whose keys are all known; `raw` itself where key is None."""
        value = self._get(raw, key, default)
        if not isinstance(value, dict):
            raise self.error(f"{key or 'value'} is no mapping", key or str(value)[:20], "Write `key: value` below it.")
        for name in value:
            if known is not None and name not in known:
                raise self.error(f"unknown key {name!r}", f"{name}:", self.suggest(name, known))
        return value

    def as_sequence(self, value: Any, near: str) -> list[Any]:
        """Return the value if it is a sequence."""
        if not isinstance(value, list):
            raise self.error(f"{near} is no list", near, "Write it as [a, b] or as lines that begin with a dash.")
        return value

    def sequence(self, raw: Any, key: str, default: Any = _MISSING) -> list[Any]:
        """Return a list of anything."""
        return self.as_sequence(self._get(raw, key, default), key)

    def strings(self, raw: Any, key: str, default: Any = _MISSING) -> list[str]:
        """Return a list of non-empty strings."""
        found = self.sequence(raw, key, default)
        for item in found:
            if not isinstance(item, str) or not item:
                raise self.error(f"{item!r} in {key} is no text", str(item), 'Quote it: "…".')
        return found

    def choice(self, raw: Any, key: str, known: Sequence[str], default: Any = _MISSING) -> Any:
        """Return a word of a closed vocabulary."""
        value = self._get(raw, key, default)
        if value is not default and value not in known:
            raise self.error(f"{value!r} is no {key}", str(value), self.suggest(str(value), known))
        return value

    def choices(self, raw: Any, key: str, known: Sequence[str], default: Any = _MISSING) -> tuple[str, ...]:
        """Return words of a closed vocabulary."""
        value = self._get(raw, key, default)
        if value is default:
            return tuple(value)
        for word in self.as_sequence(value, key):
            if word not in known:
                raise self.error(f"{word!r} is no value of {key}", str(word), self.suggest(str(word), known))
        return tuple(value)

    def identifier(self, raw: Any, key: str) -> str:
        """Return a name of small letters, digits, underscores and points."""
        value = self._get(raw, key, _MISSING)
        if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9_.]*", value):
            raise self.error(f"{value!r} is no {key}", str(value), "Use small letters, digits, `_` and `.`.")
        return value

    def probability(self, raw: Any, key: str) -> float:
        """Return a number between 0 and 1."""
        value = self._get(raw, key, _MISSING)
        try:
            number = float(str(value))
        except ValueError:
            number = 0.0
        if not 0 < number <= 1:
            raise self.error(f"{key} {value!r} is no probability", str(value), "Write a number above 0 and up to 1.")
        return number

    def whole_number(self, value: Any) -> int:
        """Return a whole number of 0 or more."""
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(f"{value!r} is no whole number", str(value), "Write 0, 1, 2, …")
        return value

    def flag(self, raw: Any, key: str, default: bool) -> bool:
        """Return true or false."""
        value = raw.get(key, default)
        truth = {"true": True, "false": False}.get(str(value).lower())
        if truth is None:
            raise self.error(f"{key} {value!r} is neither true nor false", str(value), "Write true or false.")
        return truth

    def phrase(self, value: Any, language: str) -> str:
        """Return a phrase that can be matched."""
        try:
            phrase_parts(value, language)
        except (ValueError, AttributeError) as error:
            raise self.error(f"{value!r} is no phrase: {error}", str(value), "Quote it, and spell it out.") from error
        return str(value)
