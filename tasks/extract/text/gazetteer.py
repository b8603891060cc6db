"""One pass over a text that finds every known name: Aho-Corasick over folded words, then each hit is verified.

Linear in the text. Finds all forms, also overlapping ones; which of them stay is decided by `tasks.extract.conflicts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from tasks.extract.text.forms import Form
from tasks.extract.text.tokens import View, words_only

# Subtype of a topic whose words are terms of art: one of them is enough.
TERM = "term"


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing of the reference tables, or a word with a function (office, unit, head noun).

    Attributes:
        kind: Mention kind, or `office`, `organisation_type`, `unit`, … for words that only help other rules.
        reference_id: Row of the reference table.
        name: Name of the thing.
        subtype: Kind of organisation, instrument or place; the class of a function word.
        country_code: ISO 3166-1 alpha-2, if it has one.
        where: File and line, for error messages.
    """

    kind: str
    reference_id: str
    name: str
    subtype: str | None = None
    country_code: str | None = None
    where: str = ""

    @property
    def fields(self) -> dict[str, object]:
        """What a mention of the thing says of it, by name of `Mention`'s fields; the caller's own."""
        return {
            "name": self.name,
            "reference_id": self.reference_id,
            "subtype": self.subtype,
            "country_code": self.country_code,
        }


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A form of an entry.

    Attributes:
        needs_context: The form counts only where the document names the thing in full or defines the abbreviation.
    """

    entry: Entry
    form: Form
    needs_context: bool = False


@dataclass(slots=True)
class Hit:
    """A form found in a text."""

    start: int
    end: int
    entry: Entry
    needs_context: bool
    is_abbreviation: bool
    languages: frozenset[str] | None


class Hits:
    """The hits of one text, by kind and position.

    Args:
        found: Sorted by start, then longest first.
    """

    def __init__(self, found: list[Hit]) -> None:
        self._by_kind: dict[str, list[Hit]] = {}
        self._by_class: dict[str, list[Hit]] = {}
        for hit in found:
            kind = hit.entry.kind
            if kind == "word" and hit.entry.subtype is not None:
                self._by_class.setdefault(hit.entry.subtype, []).append(hit)
            else:
                self._by_kind.setdefault(kind, []).append(hit)
        self._starting: dict[tuple[str, ...], Mapping[int, Hit]] = {}
        self._ending: dict[tuple[str, ...], Mapping[int, Hit]] = {}

    def of(self, *kinds: str) -> list[Hit]:
        """Return the hits of some kinds, those that need context included; in order of the text if it is one kind."""
        return [hit for kind in kinds for hit in self._by_kind.get(kind, ())]

    def words(self, name: str) -> list[Hit]:
        """Return the function words of a class, in order."""
        return self._by_class.get(name, [])

    def starting(self, *kinds: str) -> Mapping[int, Hit]:
        """Return start → longest hit of these kinds (or word classes) that needs no context."""
        if kinds not in self._starting:
            found: dict[int, Hit] = {}
            for hit in self._sure(kinds):
                other = found.get(hit.start)
                if other is None or hit.end > other.end:
                    found[hit.start] = hit
            self._starting[kinds] = found
        return self._starting[kinds]

    def ending(self, *kinds: str) -> Mapping[int, Hit]:
        """Return end → longest hit of these kinds (or word classes) that needs no context."""
        if kinds not in self._ending:
            found: dict[int, Hit] = {}
            for hit in self._sure(kinds):
                other = found.get(hit.end)
                if other is None or hit.start < other.start:
                    found[hit.end] = hit
            self._ending[kinds] = found
        return self._ending[kinds]

    def _sure(self, kinds: tuple[str, ...]) -> Iterable[Hit]:
        for kind in kinds:
            yield from (hit for hit in self._by_kind.get(kind, ()) if not hit.needs_context)
            yield from self._by_class.get(kind, ())


class Gazetteer:
    """All forms in one automaton.

    Args:
        forms: Everything that may be found.
    """

    def __init__(self, forms: Iterable[NamedForm]) -> None:
        by_pattern: dict[str, list[NamedForm]] = {}
        self._signs: dict[str, NamedForm] = {}
        for named in forms:
            anchor = words_only(named.form.anchor)
            if not anchor.strip():
                # A sign (%, €) has no word edges: it is looked up as it stands.
                self._signs[named.form.written] = named
                continue
            pattern = f" {anchor}"
            if named.form.pattern is None and anchor[-1] != " ":
                pattern += " "
            by_pattern.setdefault(pattern, []).append(named)
        patterns = sorted(by_pattern)
        self._payload = [tuple(by_pattern[pattern]) for pattern in patterns]
        self._automaton = ahocorasick_rs.AhoCorasick(patterns, store_patterns=False)
        signs = "|".join(re.escape(sign) for sign in sorted(self._signs, key=lambda sign: (-len(sign), sign)))
        self._sign_search = re.compile(signs) if signs else None

    def __len__(self) -> int:
        """Number of search patterns."""
        return len(self._payload)

    def scan(self, view: View) -> Hits:
        """Return every verified hit of a text."""
        haystack = f" {words_only(view.folded)} ".replace("\n", " ")
        text, folded = view.text, view.folded
        found: list[Hit] = []
        for index, start, _ in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            for named in self._payload[index]:
                form = named.form
                if not (form.languages is None or view.language in form.languages or _speaks(form, view, start)):
                    continue
                end = form.match(text, folded, start)
                if end is not None:
                    found.append(Hit(start, end, named.entry, named.needs_context, form.exact, form.languages))
        if self._sign_search is not None:
            for match in self._sign_search.finditer(text):
                named = self._signs[match.group()]
                found.append(Hit(match.start(), match.end(), named.entry, named.needs_context, True, None))
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.entry.kind, hit.entry.reference_id, hit.needs_context))
        return Hits(found)


def _speaks(form: Form, view: View, offset: int) -> bool:
    """True if the form is of a language of the sentence at the offset, or if nobody knows the document's."""
    if view.language == "und":
        return True
    languages = form.languages or frozenset()
    return not languages.isdisjoint(view.languages) and view.sentence(offset).language in languages
