"""The word lists of this stage, from `seeds/reference/clean`: what pages say around their text, in ten languages.

Rows of `sh` (Bosnian, Croatian, Serbian) are Latin and hold in Cyrillic letters too (`_spellings`): furniture, words
beside dates, notices of republication, words before headlines and abbreviations. The lists that tell languages apart
are taken as they stand: Macedonian has many small words of Serbian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from tasks.clean.language import WordEvidence
from tasks.clean.lines import bare_words, fold
from warehouse.errors import ConfigurationError
from warehouse.page_hints import NO_HINTS, PageHints
from warehouse.reference import read_csv
from warehouse.serbian import phrase_in_cyrillic
from warehouse.settings import PROJECT_ROOT
from warehouse.vocabulary import REMOVAL_KINDS

CLEAN_REFERENCE = PROJECT_ROOT / "seeds" / "reference" / "clean"

_SCOPES = ("line", "rest")
_MATCHES = ("bare", "contents", "label", "line", "start", "within")
_PLACES = ("any", "number", "opening")
# Of several roles in one line the first of these counts; `clock` is no role of a date.
_ROLES = ("original", "updated", "printed", "event", "published", "clock")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of page furniture.

    Attributes:
        text: The phrase, folded.
        kind: What a line with it is, a word of `REMOVAL_KINDS`.
        rest: True if everything after the line is furniture too.
        rule_id: `clean.<kind>.<match>.<language>`.
    """

    text: str
    kind: str
    rest: bool
    rule_id: str


@dataclass(frozen=True)
class Phrases:
    """All word lists of the stage.

    Attributes:
        whole: Phrases that are a whole line, by the folded line.
        bare: Labels that are furniture when nothing follows them, by the folded label.
        beginnings: Phrases a line begins with, by their first word; longest first.
        labels: Phrases a line begins with before a colon, by their first word; longest first.
        within: Phrases anywhere in a line.
        republication: Beginnings of a notice that says where a text was taken from, folded, by
            their first word; longest first.
        date_labels: Role and folded phrase of what stands beside a date; longest first.
        title_labels: Words for "title" before a headline, folded.
        words: Evidence for bs, hr and sr.
        function_words: Languages that have a small word, by the word.
        abbreviations: Abbreviations that do not end a sentence, folded and without the final full stop, by language
            (`sh` for
            bs, hr and sr, `*` for all), with what must stand around them: `any`, `number` after them, or `opening`:
            near the beginning of a sentence, as in dates.
        hints: What the declaration of the source says of its pages.
        own_lines: Patterns of whole lines that the declaration calls furniture, with what such a line is.
    """

    whole: dict[str, Phrase]
    bare: dict[str, Phrase]
    beginnings: dict[str, tuple[Phrase, ...]]
    labels: dict[str, tuple[Phrase, ...]]
    within: tuple[Phrase, ...]
    republication: dict[str, tuple[str, ...]]
    date_labels: tuple[tuple[str, str], ...]
    title_labels: frozenset[str]
    words: dict[str, WordEvidence]
    function_words: dict[str, tuple[str, ...]]
    abbreviations: dict[str, dict[str, str]]
    hints: PageHints = NO_HINTS
    own_lines: tuple[tuple[re.Pattern[str], Phrase], ...] = ()

    def of_source(self, hints: PageHints) -> Phrases:
        """Return the word lists with what the declaration of a source adds to them."""
        if hints == NO_HINTS:
            return self
        lines = tuple(
            (re.compile(one.line, re.IGNORECASE), Phrase(one.line, one.kind, one.rest, f"clean.{one.kind}.declared"))
            for one in hints.furniture
            if one.line is not None
        )
        label = (("published", fold(hints.date_label)),) if hints.date_label else ()
        return replace(self, hints=hints, own_lines=lines, date_labels=(*label, *self.date_labels))

    @cached_property
    def clock_labels(self) -> tuple[str, ...]:
        """What stands beside the reader's own time, folded."""
        return tuple(label for role, label in self.date_labels if role == "clock")

    @cached_property
    def today_words(self) -> frozenset[str]:
        """Words before a colon that say that the date is the reader's own, without the colon."""
        return frozenset(label.rstrip(" :") for label in self.clock_labels if label.endswith(":"))

    @cached_property
    def date_roles(self) -> tuple[str, ...]:
        """The role of each label in `role_automaton`, by its number; those that count most come first."""
        return tuple(sorted((role for role, _ in self.date_labels if role != "clock"), key=_ROLES.index))

    @cached_property
    def role_automaton(self) -> AhoCorasick:
        """Finds all that stands beside a date in one pass: labels as bare words between spaces, by their number."""
        labels = sorted(
            ((role, label) for role, label in self.date_labels if role != "clock"), key=lambda one: _ROLES.index(one[0])
        )
        return AhoCorasick([f" {bare_words(label)} " for _, label in labels])

    @cached_property
    def within_automaton(self) -> AhoCorasick:
        """Finds all phrases of `within` in one pass, by their number."""
        return AhoCorasick([phrase.text for phrase in self.within])


@lru_cache(maxsize=4)
def load_phrases(directory: Path = CLEAN_REFERENCE) -> Phrases:
    """Return the word lists of a directory; read once.

    Raises:
        ConfigurationError: A file is missing or a row is wrong; names file and line.
    """
    by_match: dict[str, list[Phrase]] = {match: [] for match in _MATCHES}
    path = directory / "furniture.csv"
    for row in read_csv(path, ("kind", "scope", "match", "language", "phrase")):
        _require(row["kind"] in REMOVAL_KINDS, path, row.line, f"{row['kind']!r} is no kind of removal")
        _require(row["scope"] in _SCOPES, path, row.line, f"{row['scope']!r} is none of {', '.join(_SCOPES)}")
        _require(row["match"] in _MATCHES, path, row.line, f"{row['match']!r} is none of {', '.join(_MATCHES)}")
        rule_id = f"clean.{row['kind']}.{row['match']}.{row['language']}"
        for text in _spellings(row["language"], row["phrase"]):
            by_match[row["match"]].append(Phrase(fold(text), row["kind"], row["scope"] == "rest", rule_id))
    return Phrases(
        whole={phrase.text: phrase for phrase in (*by_match["line"], *by_match["contents"])},
        bare={phrase.text: phrase for phrase in by_match["bare"]},
        beginnings=_by_first_word(by_match["start"]),
        labels=_by_first_word(by_match["label"]),
        within=tuple(by_match["within"]),
        republication=_republication(directory / "republication.csv"),
        date_labels=_date_labels(directory / "date_labels.csv"),
        title_labels=frozenset(
            fold(text)
            for row in read_csv(directory / "title_labels.csv", ("language", "word"))
            for text in _spellings(row["language"], row["word"])
        ),
        words=_words(directory / "south_slavic_words.csv"),
        function_words=_function_words(directory / "function_words.csv"),
        abbreviations=_abbreviations(directory / "abbreviations.csv"),
    )


def first_word(folded: str) -> str:
    """Return what a folded line is looked up by: its first word without punctuation at its end."""
    return folded.split(" ", 1)[0].rstrip(":;,.!?()")


def _spellings(language: str, phrase: str) -> tuple[str, ...]:
    """Return a phrase as its row has it and, if it is Serbian too, as pages in Cyrillic have it."""
    cyrillic = phrase_in_cyrillic(phrase) if language == "sh" else None
    return (phrase,) if cyrillic is None else (phrase, cyrillic)


def _by_first_word(phrases: list[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.text), phrase.text)):
        table.setdefault(first_word(phrase.text), []).append(phrase)
    return {word: tuple(found) for word, found in table.items()}


def _date_labels(path: Path) -> tuple[tuple[str, str], ...]:
    labels = []
    for row in read_csv(path, ("role", "language", "phrase")):
        _require(row["role"] in _ROLES, path, row.line, f"{row['role']!r} is none of {', '.join(_ROLES)}")
        labels += [(row["role"], fold(text)) for text in _spellings(row["language"], row["phrase"])]
    return tuple(sorted(set(labels), key=lambda label: (-len(label[1]), label)))


def _republication(path: Path) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    rows = read_csv(path, ("language", "phrase"))
    found = {fold(text) for row in rows for text in _spellings(row["language"], row["phrase"])}
    for phrase in sorted(found, key=lambda phrase: (-len(phrase), phrase)):
        table.setdefault(first_word(phrase), []).append(phrase)
    return {word: tuple(phrases) for word, phrases in table.items()}


def _words(path: Path) -> dict[str, WordEvidence]:
    words = {}
    for row in read_csv(path, ("form", "match", "languages", "weight")):
        _require(row["match"] in ("word", "prefix"), path, row.line, f"{row['match']!r} is neither word nor prefix")
        try:
            weight = float(row["weight"])
        except ValueError:
            raise ConfigurationError(f"weight {row['weight']!r} is no number", f"{path}:{row.line}") from None
        words[row["form"].casefold()] = WordEvidence(tuple(row["languages"].split()), weight, row["match"] == "word")
    return words


def _function_words(path: Path) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in read_csv(path, ("language", "word")):
        table[row["word"]] = (*table.get(row["word"], ()), row["language"])
    return table


def _abbreviations(path: Path) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in read_csv(path, ("language", "abbreviation", "before")):
        _require(row["before"] in _PLACES, path, row.line, f"{row['before']!r} is none of {', '.join(_PLACES)}")
        for text in _spellings(row["language"], row["abbreviation"]):
            table.setdefault(row["language"], {})[text.casefold().rstrip(".")] = row["before"]
    return table


def _require(condition: bool, path: Path, line: int, what: str) -> None:
    if not condition:
        raise ConfigurationError(what, f"{path}:{line}", "Correct the row.")
