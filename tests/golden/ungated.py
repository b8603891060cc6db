"""The extract stage without its gates: every phrase, form and pass is tried everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tasks.extract.frames import triggers
from tasks.extract.frames.triggers import Entry, PhraseIndex, phrase_parts
from tasks.extract.frames.words import Token
from tasks.extract.text.forms import Form
from tasks.extract.text.gazetteer import Gazetteer, NamedForm
from tasks.extract.text.tokens import View


class EveryPhrase(PhraseIndex):
    """Tries every phrase at every word of every sentence: no tree, no first letters, no last word."""

    def __init__(self, phrases: Iterable[tuple[str, Entry]], language: str) -> None:
        super().__init__((), language)
        read = [(phrase_parts(phrase, language), entry) for phrase, entry in phrases]
        # The order of hits on one word: whole words by length, then with gaps, then with a prefix, then suffixes.
        self._phrases = sorted(read, key=lambda item: _rank(item[0]))
        self._fitting: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}

    def find(self, tokens: Sequence[Token]) -> list[triggers.Hit]:
        words = [token.word for token in tokens]
        hits = []
        for position, word in enumerate(words):
            if word not in self._fitting:
                self._fitting[word] = [item for item in self._phrases if _begins(item[0][0], word)]
            for parts, entry in self._fitting[word]:
                if parts[0].startswith("*"):
                    hits.append(triggers.Hit(position, position, entry, 1, position + 1, position))
                elif (hit := triggers._match(parts, entry, words, position)) is not None:
                    hits.append(hit)
        return hits


def _rank(parts: tuple[str, ...]) -> tuple[int, int]:
    if parts[0].startswith("*"):
        return 3, 0
    if parts[0].endswith("*"):
        return 2, 0
    is_open = any(part == "..." or part.endswith("*") for part in parts)
    return (1, 0) if is_open else (0, len(parts))


def _begins(part: str, word: str) -> bool:
    return word.endswith(part[1:]) if part.startswith("*") else triggers._fits(part, word)


class EveryForm(Gazetteer):
    """Keeps its forms, to search a text for each of them by itself."""

    def __init__(self, forms: Iterable[NamedForm]) -> None:
        self.forms = list(forms)
        super().__init__(self.forms)


class Everything(frozenset[str]):
    """The vocabulary of a document that may hold any word."""

    def isdisjoint(self, other: Iterable[object], /) -> bool:
        return False


_EXPRESSIONS: dict[str, re.Pattern[str]] = {}


def spans_of(form: Form, view: View) -> list[tuple[int, int]]:
    """Every place at which a form stands between word edges, found by looking for it alone."""
    if not any(character.isalnum() for character in form.written):
        return []
    if form.languages is not None and view.language not in form.languages:
        return []
    if form.pattern is None and form.anchor not in view.folded:
        return []
    sought = form.pattern or re.escape(form.anchor)
    expression = _EXPRESSIONS.setdefault(sought, re.compile(rf"(?<![^\W_])(?:{sought})(?![^\W_])"))
    found = []
    for match in expression.finditer(view.folded):
        start, end = match.span()
        if form.exact and view.text[start:end] != form.written:
            continue
        if form.capital and not view.text[start].isupper():
            continue
        found.append((start, end))
    return found
