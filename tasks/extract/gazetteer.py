"""One pass over a text that finds every known name: Aho-Corasick over folded words, then each hit is verified.

Linear in the text. Returns all hits, also overlapping ones; which of them stay is decided by `tasks.extract.mentions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import ahocorasick_rs

from tasks.extract.forms import Form
from tasks.extract.tokens import View, words_only


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing of the reference tables, or a word with a function (office, unit, head noun).

    Attributes:
        kind: Mention kind, or `office`, `organisation_type`, `unit`, … for words that only help other rules.
        reference_id: Row of the reference table.
        name: Name of the thing.
        subtype: Kind of organisation, instrument, place, …
        country_code: ISO 3166-1 alpha-2, if it has one.
        where: File and line, for error messages.
    """

    kind: str
    reference_id: str
    name: str
    subtype: str | None = None
    country_code: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A form of an entry.

    Attributes:
        needs_context: The form counts only where the document names the thing in full or defines the abbreviation.
        confidence: Prior for a hit of this form.
    """

    entry: Entry
    form: Form
    needs_context: bool = False
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in a text."""

    start: int
    end: int
    named: NamedForm

    @property
    def entry(self) -> Entry:
        """The thing that was named."""
        return self.named.entry


@dataclass(slots=True)
class Gazetteer:
    """All forms in one automaton.

    Args:
        forms: Everything that may be found. The order does not matter: hits are sorted.
    """

    forms: Iterable[NamedForm]
    _payload: list[tuple[NamedForm, ...]] = field(init=False)
    _automaton: ahocorasick_rs.AhoCorasick = field(init=False)

    def __post_init__(self) -> None:
        by_pattern: dict[str, list[NamedForm]] = {}
        for named in self.forms:
            anchor = words_only(named.form.anchor)
            pattern = f" {anchor}"
            if named.form.pattern is None and anchor[-1] != " ":
                pattern += " "
            by_pattern.setdefault(pattern, []).append(named)
        patterns = sorted(by_pattern)
        self._payload = [tuple(by_pattern[pattern]) for pattern in patterns]
        self._automaton = ahocorasick_rs.AhoCorasick(patterns)
        self.forms = ()

    def scan(self, view: View) -> list[Hit]:
        """Return every verified hit, sorted by start, then longest first, then kind and reference id."""
        haystack = f" {words_only(view.folded)} ".replace("\n", " ")
        text, folded = view.text, view.folded
        hits: list[Hit] = []
        for index, start, _end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            for named in self._payload[index]:
                if not _speaks(named.form, view, start):
                    continue
                end = named.form.match(text, folded, start)
                if end is not None:
                    hits.append(Hit(start, end, named))
        hits.sort(key=lambda hit: (hit.start, -hit.end, hit.entry.kind, hit.entry.reference_id, hit.named.needs_context))
        return hits


def _speaks(form: Form, view: View, offset: int) -> bool:
    """True if the form belongs to a language of the document or of the sentence at the offset."""
    if form.languages is None or view.document.language in form.languages or view.document.language == "und":
        return True
    return not form.languages.isdisjoint(view.languages) and view.sentence(offset).language in form.languages
