"""The declaration of one source: a TOML file, read strictly. What is wrong is said with its line and how to mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.fetch.addresses import fault_of_address
from tasks.fetch.cron import Cron, parse_cron
from tasks.fetch.page_hints import read_hints
from tasks.fetch.source import MAX_PAGES, WINDOW_DAYS, Cadence, Discovery, Source
from tasks.fetch.toml_file import TomlFile
from tasks.fetch.toml_lines import line_of
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
    "furniture": list,
    "date": dict,
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
    return _Reader(TomlFile(path, text)).source()


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the values of one file must be."""

    file: TomlFile

    def source(self) -> tuple[Source, str]:
        """Return the source and where its id stands."""
        values = self.file.parsed()
        self.file.check_keys(values, _KEYS)
        kind = self.file.one_of(values, "kind", KINDS)
        self._check_required(values, _REQUIRED[kind])
        check_slug(values["id"], self.file.where("id"))
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
            hints=read_hints(self.file, values),
        )
        return source, self.file.where("id")

    def _check_required(self, values: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        missing = [key for key in keys if key not in values]
        if missing:
            raise ConfigurationError(f"lacks {', '.join(missing)}", f"{self.file.path}:1", "Add what is missing.")

    def _check_words(self, values: Mapping[str, Any]) -> None:
        """Check what has a vocabulary or a form of its own."""
        if "tier" in values:
            self.file.one_of(values, "tier", TIERS)
        if "grade" in values:
            self.file.one_of(values, "grade", GRADES)
        if "country" in values and _COUNTRY.fullmatch(values["country"]) is None:
            raise self.file.wrong(f"{values['country']!r} is no country", "Use ISO 3166 (LT), EU or INT.", "country")
        self.file.check_list(values, "languages", LANGUAGES, "language")
        for key in ("include", "exclude", "insecure_hosts"):
            self.file.check_list(values, key)
        for key in ("include", "exclude"):
            for pattern in values.get(key, ()):
                self.file.pattern(pattern, key)
        if "date_in_url" in values:
            groups = set(self.file.pattern(values["date_in_url"], "date_in_url").groupindex)
            if groups != {"year", "month", "day"}:
                raise self.file.wrong("date_in_url reads no day", "Name its groups year, month and day.", "date_in_url")
        try:
            ZoneInfo(values.get("timezone", "UTC"))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            near = difflib.get_close_matches(values["timezone"], ("UTC", "Europe/Brussels", "Europe/Vilnius"), n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Use a name of the IANA database, such as Europe/Vilnius."
            raise self.file.wrong(f"no such time zone: {values['timezone']!r}", hint, "timezone") from error

    def _cadence(self, values: Mapping[str, Any]) -> Cadence:
        self.file.check_keys(values, _CADENCE_KEYS, "cadence")
        if "cron" not in values:
            raise self.file.wrong(
                "cadence lacks cron", 'Say when it is asked (UTC), such as cron = "30 4 * * *".', "cadence"
            )
        if values.get("period_days") == 0:
            raise self.file.wrong("period_days cannot be 0", "Give a larger number.", "period_days", "cadence")
        return Cadence(self._cron(values["cron"]), values.get("minimum"), values.get("period_days", 7))

    def _cron(self, text: str) -> Cron:
        try:
            return parse_cron(text)
        except ValueError as error:
            raise self.file.wrong(
                str(error), 'Cron is in UTC: "30 4 * * 1-5" is 04:30 on workdays.', "cron", "cadence"
            ) from error

    def _discovery(self, block: Any, ordinal: int, values: Mapping[str, Any]) -> Discovery:
        if not isinstance(block, dict):
            raise self.file.wrong("discover must be tables", "Write [[discover]] above each.", "discover")
        self.file.check_keys(block, _DISCOVER_KEYS, "discover", ordinal)
        for key in ("kind", "url"):
            if key not in block:
                raise self.file.wrong(f"discover lacks {key}", "Add it.", key, "discover", ordinal)
        self._check_kind(block, ordinal)
        for key in ("url", "page_url"):
            if key in block:
                self._check_url(block[key], key, ordinal, bool(values.get("plain_http")))
        if "page_url" in block and "{page}" not in block["page_url"]:
            raise self.file.wrong(
                "page_url has no {page}", "Put {page} where the number goes.", "page_url", "discover", ordinal
            )
        if "link" in block:
            self.file.pattern(block["link"], "link", "discover", ordinal)
        return Discovery(**block)

    def _check_kind(self, block: Mapping[str, Any], ordinal: int) -> None:
        kind = block["kind"]
        if kind not in _DISCOVER:
            kinds = f"Kinds: {', '.join(_DISCOVER)}."
            raise self.file.wrong(f"no such kind of discovery: {kind!r}", kinds, "kind", "discover", ordinal)
        needed, allowed = _DISCOVER[kind]
        for key in sorted(needed - block.keys()):
            raise self.file.wrong(f"a {kind} needs {key}", "Add it.", "kind", "discover", ordinal)
        for key in sorted(block.keys() - needed - allowed - {"kind", "url"}):
            raise self.file.wrong(f"a {kind} has no {key}", "Leave it out.", key, "discover", ordinal)

    def _check_discover_twice(self, blocks: tuple[Discovery, ...]) -> None:
        lines: dict[str, int] = {}
        for ordinal, block in enumerate(blocks):
            line = line_of(self.file.text, "url", "discover", ordinal)
            first = lines.setdefault(block.url, line)
            if first != line:
                raise self.file.wrong(
                    f"the address {block.url!r} is given twice, on line {first} and on line {line}",
                    "Keep one of them.", "url", "discover", ordinal,
                )  # fmt: skip

    def _check_url(self, url: str, key: str, ordinal: int, plain_http: bool) -> None:
        wrong = fault_of_address(url, plain_http)
        if wrong is not None:
            raise self.file.wrong(f"{key} {wrong[0]}", wrong[1], key, "discover", ordinal)

    def _place(self, values: Mapping[str, Any], kind: str) -> Path | None:
        """Return the path of a folder or warc; a relative one counts from the parent of `sources/`."""
        if kind == "web":
            if "path" in values:
                raise self.file.wrong("a source of the web has no path", "Leave it out.", "path")
            if not values["discover"]:
                raise self.file.wrong("discover is empty", "Say where its pages are listed.", "discover")
            return None
        if "discover" in values:
            raise self.file.wrong(f"a {kind} has no discovery", "Leave it out.", "discover")
        place = Path(values["path"])
        return place if place.is_absolute() else self.file.path.parent.parent / place
