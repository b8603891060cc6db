"""One TOML file read strictly: keys nobody knows, values of another kind and patterns that are none, with their lines.

What the keys of a declaration mean is in `tasks.fetch.declaration`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.fetch.toml_lines import duplicate_of, line_of
from warehouse.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One file: its path, for messages, and its text."""

    path: Path
    text: str

    def parsed(self) -> dict[str, Any]:
        """Return the values of the file.

        Raises:
            ConfigurationError: A key is given twice, or it is not TOML.
        """
        twice = duplicate_of(self.text)
        if twice is not None:
            first, second = twice
            raise ConfigurationError(
                f"the key {second.key!r} is given twice, on line {first.line} and on line {second.line}",
                f"{self.path}:{second.line}",
                "Keep one of them.",
            )
        try:
            return tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = re.search(r"at line (\d+)", str(error))
            where = f"{self.path}:{line[1]}" if line else str(self.path)
            raise ConfigurationError(f"is not TOML: {error}", where, "Mend the line.") from error

    def check_keys(
        self, values: Mapping[str, Any], types: Mapping[str, type | tuple[type, ...]], table: str = "", ordinal: int = 0
    ) -> None:
        """Refuse keys that are not known, and values of another type than theirs, empty or out of range.

        Args:
            values: The values of one table.
            types: Type of each known key.
            table: Name of the table; empty at the top.
            ordinal: Which of the tables of that name.

        Raises:
            ConfigurationError: With the line, and the likely key.
        """
        for key, value in values.items():
            if key not in types:
                near = difflib.get_close_matches(key, types, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(types))}."
                raise self.wrong(f"unknown key {key!r}", hint, key, table, ordinal)
            wanted = types[key]
            # A truth value is an int in Python, and never one here.
            if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
                name = wanted.__name__ if isinstance(wanted, type) else "a number"
                raise self.wrong(f"{key} must be {name}, not {value!r}", "Mend the value.", key, table, ordinal)
            if isinstance(value, str) and not value.strip() and key != "items":
                raise self.wrong(f"{key} is empty", "Give it a value, or leave it out.", key, table, ordinal)
            if isinstance(value, int) and not isinstance(value, bool) and value < (key == "pages"):
                raise self.wrong(f"{key} cannot be {value}", "Give a larger number.", key, table, ordinal)

    def pattern(self, pattern: str, key: str, table: str = "", ordinal: int = 0) -> re.Pattern[str]:
        """Return a pattern compiled.

        Raises:
            ConfigurationError: It is none.
        """
        try:
            return re.compile(pattern)
        except re.error as error:
            mend = "Mend it, or escape what is meant literally."
            raise self.wrong(f"{pattern!r} is no pattern ({error})", mend, key, table, ordinal) from error

    def one_of(
        self, values: Mapping[str, Any], key: str, known: tuple[str, ...], table: str = "", ordinal: int = 0
    ) -> str:
        """Return the value of a key that has a vocabulary.

        Raises:
            ConfigurationError: The key is missing, or the value is not in the vocabulary.
        """
        value = values.get(key)
        if value is None:
            raise self.wrong(f"lacks {key}", "Add what is missing.", key, table, ordinal)
        if value not in known:
            raise self.wrong(f"no such {key}: {value!r}", f"{key}: {', '.join(known)}.", key, table, ordinal)
        return str(value)

    def check_list(
        self,
        values: Mapping[str, Any],
        key: str,
        known: tuple[str, ...] | None = None,
        noun: str = "",
        table: str = "",
    ) -> None:
        """Refuse a list that holds anything but texts, a text twice, or one that is not in its vocabulary.

        Args:
            values: The values of one table.
            key: The key of the list.
            known: Its vocabulary, if it has one.
            noun: What a word of the vocabulary is called.
            table: Name of the table; empty at the top.

        Raises:
            ConfigurationError: With the line.
        """
        listed = values.get(key, [])
        if any(not isinstance(value, str) or not value.strip() for value in listed):
            raise self.wrong(f"{key} must be a list of texts, not {listed!r}", "Mend the list.", key, table)
        twice = sorted({value for value in listed if listed.count(value) > 1})
        if twice:
            raise self.wrong(f"{key} names {twice[0]!r} twice", "Keep one of them.", key, table)
        if known is None:
            return
        for value in listed:
            if value not in known:
                raise self.wrong(f"{value!r} is no {noun}", f"Known: {', '.join(known)}.", key, table)

    def where(self, key: str, table: str = "", ordinal: int = 0) -> str:
        """Return file and line of a key."""
        return f"{self.path}:{line_of(self.text, key, table, ordinal)}"

    def wrong(self, what: str, mend: str, key: str, table: str = "", ordinal: int = 0) -> ConfigurationError:
        """Return the error that says what is wrong with a key, where it stands, and how to mend it."""
        return ConfigurationError(what, self.where(key, table, ordinal), mend)
