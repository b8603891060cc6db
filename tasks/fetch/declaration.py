"""The declaration of one source: a TOML file, read strictly. What is wrong is said with its line and how to mend it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.fetch.addresses import fault_of_address
from tasks.fetch.cron import Cron, parse_cron
from tasks.fetch.source import MAX_PAGES, WINDOW_DAYS, Cadence, Discovery, Source
from tasks.fetch.toml_lines import duplicate_of, line_of
from warehouse.errors import ConfigurationError
from warehouse.paths import check_slug
from warehouse.reference import read_regular
from warehouse.vocabulary import LANGUAGES

KINDS = ("folder", "web", "warc")
TIERS = ("primary", "republisher", "aggregator", "reference")
GRADES = ("A", "B", "C")
# Key → type; of a list, the type of what is in it.
_KEYS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("id", "kind", "publisher", "path", "note", "country", "tier", "licence", "contact"), str),
    **dict.fromkeys(("grade", "timezone", "date_in_url"), str),
    **dict.fromkeys(("enabled", "plain_http"), bool),
    **dict.fromkeys(("languages", "include", "exclude", "insecure_hosts"), list),
    **dict.fromkeys(("max_pages", "window_days"), int),
    "delay_seconds": (int, float),
    "cadence": dict,
    "discover": list,
}
_CADENCE_KEYS: Mapping[str, type] = {"cron": str, "minimum": int, "period_days": int}
_DISCOVER_KEYS: Mapping[str, type] = {
    **dict.fromkeys(("kind", "url", "link", "page_url", "items", "address", "date"), str),
    **dict.fromkeys(("first_page", "pages"), int),
}
# Kind of discovery → the keys it needs, and those it may have beside `kind` and `url`.
_DISCOVER: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "feed": (frozenset(), frozenset()),
    "sitemap": (frozenset(), frozenset()),
    "listing": (frozenset({"link"}), frozenset({"page_url", "first_page", "pages"})),
    "api": (frozenset({"address"}), frozenset({"items", "date", "page_url", "first_page", "pages"})),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "folder": ("id", "kind", "publisher", "path"),
    "warc": ("id", "kind", "publisher", "path"),
    "web": ("id", "kind", "publisher", "country", "tier", "languages", "licence", "grade", "cadence", "discover"),
}
_COUNTRY = re.compile(r"[A-Z]{2}|INT")


def read_declaration(path: Path) -> tuple[Source, str]:
    """Return the source a file declares, and where it says its id (file and line).

    Raises:
        ConfigurationError: What is wrong, with file, line and how to mend it.
    """
    try:
        text = read_regular(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"is not UTF-8 ({error.reason})", str(path), "Save it as UTF-8.") from error
    return _Reader(path, text).source()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One file: its path, for messages, and its text."""

    path: Path
    text: str

    def source(self) -> tuple[Source, str]:
        """Return the source and where its id stands."""
        values = self._parsed()
        self._check_keys(values, _KEYS)
        kind = self._one_of(values, "kind", KINDS)
        self._check_required(values, _REQUIRED[kind])
        check_slug(values["id"], self._where("id"))
        self._check_words(values)
        cadence = self._cadence(values["cadence"]) if "cadence" in values else None
        discover = tuple(self._discovery(block, n, values) for n, block in enumerate(values.get("discover", ())))
        self._check_discover_twice(discover)
        source = Source(
            id=values["id"],
            kind=kind,
            publisher=values["publisher"],
            path=self._place(values, kind),
            enabled=values.get("enabled", True),
            note=values.get("note", ""),
            country=values.get("country"),
            tier=values.get("tier"),
            languages=tuple(values.get("languages", ())),
            licence=values.get("licence", ""),
            contact=values.get("contact", ""),
            grade=values.get("grade"),
            timezone=values.get("timezone", "UTC"),
            discover=discover,
            include=tuple(values.get("include", ())),
            exclude=tuple(values.get("exclude", ())),
            date_in_url=values.get("date_in_url"),
            delay_seconds=None if values.get("delay_seconds") is None else float(values["delay_seconds"]),
            max_pages=values.get("max_pages", MAX_PAGES),
            window_days=values.get("window_days", WINDOW_DAYS),
            insecure_hosts=tuple(values.get("insecure_hosts", ())),
            cadence=cadence,
        )
        return source, self._where("id")

    def _parsed(self) -> dict[str, Any]:
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

    def _check_keys(
        self, values: Mapping[str, Any], types: Mapping[str, type | tuple[type, ...]], table: str = "", ordinal: int = 0
    ) -> None:
        for key, value in values.items():
            if key not in types:
                near = difflib.get_close_matches(key, types, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(types))}."
                raise self._wrong(f"unknown key {key!r}", hint, key, table, ordinal)
            wanted = types[key]
            # A truth value is an int in Python, and never one here.
            if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
                name = wanted.__name__ if isinstance(wanted, type) else "a number"
                raise self._wrong(f"{key} must be {name}, not {value!r}", "Mend the value.", key, table, ordinal)
            if isinstance(value, str) and not value.strip() and key != "items":
                raise self._wrong(f"{key} is empty", "Give it a value, or leave it out.", key, table, ordinal)
            if isinstance(value, int) and not isinstance(value, bool) and value < (key == "pages"):
                raise self._wrong(f"{key} cannot be {value}", "Give a larger number.", key, table, ordinal)

    def _check_required(self, values: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        missing = [key for key in keys if key not in values]
        if missing:
            raise ConfigurationError(f"lacks {', '.join(missing)}", f"{self.path}:1", "Add what is missing.")

    def _check_words(self, values: Mapping[str, Any]) -> None:
        """Check what has a vocabulary or a form of its own."""
        if "tier" in values:
            self._one_of(values, "tier", TIERS)
        if "grade" in values:
            self._one_of(values, "grade", GRADES)
        if "country" in values and _COUNTRY.fullmatch(values["country"]) is None:
            raise self._wrong(f"{values['country']!r} is no country", "Use ISO 3166 (LT), EU or INT.", "country")
        for key in ("languages", "include", "exclude", "insecure_hosts"):
            self._check_list(values, key)
        for key in ("include", "exclude"):
            for pattern in values.get(key, ()):
                self._pattern(pattern, key)
        if "date_in_url" in values:
            groups = set(self._pattern(values["date_in_url"], "date_in_url").groupindex)
            if groups != {"year", "month", "day"}:
                raise self._wrong("date_in_url reads no day", "Name its groups year, month and day.", "date_in_url")
        try:
            ZoneInfo(values.get("timezone", "UTC"))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            near = difflib.get_close_matches(values["timezone"], ("UTC", "Europe/Brussels", "Europe/Vilnius"), n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Use a name of the IANA database, such as Europe/Vilnius."
            raise self._wrong(f"no such time zone: {values['timezone']!r}", hint, "timezone") from error

    def _check_list(self, values: Mapping[str, Any], key: str) -> None:
        listed = values.get(key, [])
        if any(not isinstance(value, str) or not value.strip() for value in listed):
            raise self._wrong(f"{key} must be a list of texts, not {listed!r}", "Mend the list.", key)
        twice = sorted({value for value in listed if listed.count(value) > 1})
        if twice:
            raise self._wrong(f"{key} names {twice[0]!r} twice", "Keep one of them.", key)
        unknown = [value for value in listed if value not in LANGUAGES] if key == "languages" else []
        if unknown:
            raise self._wrong(f"{unknown[0]!r} is no language", f"Languages: {', '.join(LANGUAGES)}.", key)

    def _cadence(self, values: Mapping[str, Any]) -> Cadence:
        self._check_keys(values, _CADENCE_KEYS, "cadence")
        if "cron" not in values:
            raise self._wrong(
                "cadence lacks cron", 'Say when it is asked (UTC), such as cron = "30 4 * * *".', "cadence"
            )
        if values.get("period_days") == 0:
            raise self._wrong("period_days cannot be 0", "Give a larger number.", "period_days", "cadence")
        return Cadence(self._cron(values["cron"]), values.get("minimum"), values.get("period_days", 7))

    def _cron(self, text: str) -> Cron:
        try:
            return parse_cron(text)
        except ValueError as error:
            raise self._wrong(
                str(error), 'Cron is in UTC: "30 4 * * 1-5" is 04:30 on workdays.', "cron", "cadence"
            ) from error

    def _discovery(self, block: Any, ordinal: int, values: Mapping[str, Any]) -> Discovery:
        if not isinstance(block, dict):
            raise self._wrong("discover must be tables", "Write [[discover]] above each.", "discover")
        self._check_keys(block, _DISCOVER_KEYS, "discover", ordinal)
        for key in ("kind", "url"):
            if key not in block:
                raise self._wrong(f"discover lacks {key}", "Add it.", key, "discover", ordinal)
        self._check_kind(block, ordinal)
        for key in ("url", "page_url"):
            if key in block:
                self._check_url(block[key], key, ordinal, bool(values.get("plain_http")))
        if "page_url" in block and "{page}" not in block["page_url"]:
            raise self._wrong(
                "page_url has no {page}", "Put {page} where the number goes.", "page_url", "discover", ordinal
            )
        if "link" in block:
            self._pattern(block["link"], "link", "discover", ordinal)
        return Discovery(**block)

    def _check_kind(self, block: Mapping[str, Any], ordinal: int) -> None:
        kind = block["kind"]
        if kind not in _DISCOVER:
            kinds = f"Kinds: {', '.join(_DISCOVER)}."
            raise self._wrong(f"no such kind of discovery: {kind!r}", kinds, "kind", "discover", ordinal)
        needed, allowed = _DISCOVER[kind]
        for key in sorted(needed - block.keys()):
            raise self._wrong(f"a {kind} needs {key}", "Add it.", "kind", "discover", ordinal)
        for key in sorted(block.keys() - needed - allowed - {"kind", "url"}):
            raise self._wrong(f"a {kind} has no {key}", "Leave it out.", key, "discover", ordinal)

    def _check_discover_twice(self, blocks: tuple[Discovery, ...]) -> None:
        lines: dict[str, int] = {}
        for ordinal, block in enumerate(blocks):
            line = line_of(self.text, "url", "discover", ordinal)
            first = lines.setdefault(block.url, line)
            if first != line:
                raise self._wrong(
                    f"the address {block.url!r} is given twice, on line {first} and on line {line}",
                    "Keep one of them.", "url", "discover", ordinal,
                )  # fmt: skip

    def _check_url(self, url: str, key: str, ordinal: int, plain_http: bool) -> None:
        wrong = fault_of_address(url, plain_http)
        if wrong is not None:
            raise self._wrong(f"{key} {wrong[0]}", wrong[1], key, "discover", ordinal)

    def _pattern(self, pattern: str, key: str, table: str = "", ordinal: int = 0) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except re.error as error:
            mend = "Mend it, or escape what is meant literally."
            raise self._wrong(f"{pattern!r} is no pattern ({error})", mend, key, table, ordinal) from error

    def _place(self, values: Mapping[str, Any], kind: str) -> Path | None:
        """Return the path of a folder or warc; a relative one counts from the parent of `sources/`."""
        if kind == "web":
            if "path" in values:
                raise self._wrong("a source of the web has no path", "Leave it out.", "path")
            if not values["discover"]:
                raise self._wrong("discover is empty", "Say where its pages are listed.", "discover")
            return None
        if "discover" in values:
            raise self._wrong(f"a {kind} has no discovery", "Leave it out.", "discover")
        place = Path(values["path"])
        return place if place.is_absolute() else self.path.parent.parent / place

    def _one_of(self, values: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
        value = values.get(key)
        if value is None:
            raise ConfigurationError(f"lacks {key}", f"{self.path}:1", "Add what is missing.")
        if value not in known:
            raise self._wrong(f"no such {key}: {value!r}", f"{key}: {', '.join(known)}.", key)
        return str(value)

    def _where(self, key: str, table: str = "", ordinal: int = 0) -> str:
        return f"{self.path}:{line_of(self.text, key, table, ordinal)}"

    def _wrong(self, what: str, mend: str, key: str, table: str = "", ordinal: int = 0) -> ConfigurationError:
        return ConfigurationError(what, self._where(key, table, ordinal), mend)
