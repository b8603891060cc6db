"""What a declaration says of the pages of its source: the tables `[[furniture]]` and `[date]`.

`seeds/sources/README.md` describes their keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tasks.fetch.toml_file import TomlFile
from warehouse.page_hints import FurnitureHint, PageHints
from warehouse.vocabulary import PUBLICATION_METHODS, REMOVAL_KINDS

_FURNITURE_KEYS: Mapping[str, type] = {**dict.fromkeys(("kind", "line", "element"), str), "rest": bool}
_DATE_KEYS: Mapping[str, type] = {**dict.fromkeys(("element", "label"), str), "day_first": bool, "distrust": list}
_NAME = re.compile(r"[^\s.#\[\]>\"']+")
# A pattern is tried on every line of every page; a longer one is no pattern for a line.
_LONGEST = 300


def read_hints(file: TomlFile, values: Mapping[str, Any]) -> PageHints:
    """Return the hints of a declaration; none where it has neither table.

    Args:
        file: The declaration.
        values: Its values.

    Raises:
        ConfigurationError: What is wrong, with file, line and how to mend it.
    """
    furniture = tuple(_furniture(file, block, n) for n, block in enumerate(values.get("furniture", ())))
    dates = values.get("date", {})
    file.check_keys(dates, _DATE_KEYS, "date")
    file.check_list(dates, "distrust", PUBLICATION_METHODS, "way to a day", "date")
    _check_name(file, dates, "date")
    if "date" in values and not dates:
        raise file.wrong("date says nothing", "Fill the table, or leave it out.", "date")
    return PageHints(
        furniture=furniture,
        date_element=dates.get("element"),
        date_label=dates.get("label"),
        day_first=dates.get("day_first"),
        distrust=tuple(sorted(dates.get("distrust", ()))),
    )


def _furniture(file: TomlFile, block: Any, ordinal: int) -> FurnitureHint:
    where = ("furniture", ordinal)
    if not isinstance(block, dict):
        raise file.wrong("furniture must be tables", "Write [[furniture]] above each.", "furniture")
    file.check_keys(block, _FURNITURE_KEYS, *where)
    kind = file.one_of(block, "kind", REMOVAL_KINDS, *where)
    if ("line" in block) == ("element" in block):
        raise file.wrong(
            "furniture needs either line or element", "Give one pattern of a line, or one class or id.", "kind", *where
        )
    if block.get("rest") and "element" in block:
        raise file.wrong("an element has no rest", "Leave it out: what it holds goes.", "rest", *where)
    _check_name(file, block, *where)
    if "line" in block:
        pattern = file.pattern(block["line"], "line", *where)
        if pattern.fullmatch("") or len(block["line"]) > _LONGEST:
            raise file.wrong(
                f"{block['line']!r} is no pattern of a line",
                "Say what stands in the line, in at most 300 characters.",
                "line",
                *where,
            )
    return FurnitureHint(kind, block.get("line"), block.get("element"), block.get("rest", False))


def _check_name(file: TomlFile, block: Mapping[str, Any], table: str, ordinal: int = 0) -> None:
    name = block.get("element")
    if name is not None and _NAME.fullmatch(name) is None:
        mend = "Give a class or an id by itself, such as news-date."
        raise file.wrong(f"{name!r} is no class and no id", mend, "element", table, ordinal)
