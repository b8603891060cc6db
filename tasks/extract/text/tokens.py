"""The text of one document as the passes read it: folded forms of the same length, tokens, sentences.

Belongs here: everything that depends on the text alone. Knowledge of names and patterns does not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate
from typing import NamedTuple

from tasks.extract.annotations import Document, Sentence

# Letters that have no decomposition but are written without their stroke in half of the announcements.
_PLAIN = str.maketrans("đðłøıħ", "ddloih")
_QUOTES = '"“”„«»‟″'
_APOSTROPHES = "'’‘‚‛`´ʼ′"
_DASHES = "-–—‐‑‒−"
_SPACES = "\t\u00a0\u2007\u2009\u200a\u202f\u2002\u2003"


def _fold_char(char: str) -> str:
    """Return the one character that stands for `char` when names are compared."""
    if char in _QUOTES:
        return '"'
    if char in _APOSTROPHES:
        return "'"
    if char in _DASHES:
        return "-"
    if char in _SPACES:
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    lowered = base.lower()
    return lowered.translate(_PLAIN) if len(lowered) == 1 else base


class _FoldTable(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        return folded


class _WordTable(dict[int, str]):
    """A translation table that keeps letters, digits and line ends and turns all else into spaces."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char if char.isalnum() or char == "\n" else " "
        self[code] = kept
        return kept


_FOLD = _FoldTable()
_WORDS = _WordTable()


def fold(text: str) -> str:
    """Return the text in lower case, without diacritics, with plain quotes and dashes; the length does not change."""
    return text.translate(_FOLD)


def words_only(folded: str) -> str:
    """Return a folded text with everything but letters, digits and line ends replaced by spaces; same length."""
    return folded.translate(_WORDS)


# A space within a name, for the patterns of the rules: a plain or a non-breaking one, never a line end.
SPACE = "[ \u00a0]"
# Letters, digits and signs never share a token: rules that need "mid-2026" or "O'Neill" look at what adjoins.
# With the spaces between them the pieces follow one another without a gap.
_PIECE = re.compile(r"\s+|[^\W\d_]+|\d+|[^\w\s]|_")


class Token(NamedTuple):
    """A word, a run of digits or one sign; `text[start:end]` of the document is the token."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def is_capitalised(self) -> bool:
        """True for a word that begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_upper(self) -> bool:
        """True for a word of two or more letters that are all capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_word(self) -> bool:
        """True if it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """True if it is made of digits."""
        return self.text[0].isdigit()


# What `Token(…)` does, without the frame of a call in Python.
_token = partial(tuple.__new__, Token)


@dataclass(slots=True)
class Candidate:
    """A mention in the making: what a rule found, before conflicts are resolved and ids are given.

    Attributes:
        rule_id: Rule that found it.
        confidence: Prior of that rule (`tasks.extract.rules`).
        fields: Further fields of `Mention` by name; `antecedent` may hold another candidate or a span.
        priority: Which of two overlapping candidates of the same length stays: the larger one.
    """

    kind: str
    start: int
    end: int
    rule_id: str
    confidence: float
    fields: dict[str, object] = field(default_factory=dict)
    priority: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    def text_field(self, name: str) -> str | None:
        """Return a field that holds text, None where it is missing."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else None

    def contains(self, other: Candidate) -> bool:
        """True if the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


class View:
    """One document with the forms of its text that the passes share; each is made once, when first asked for.

    Args:
        document: The document.
        words: Sets of folded function words by name (`word_sets.csv`).
    """

    def __init__(self, document: Document, words: Mapping[str, frozenset[str]]) -> None:
        self.document = document
        self.text = document.text
        self.language = document.language
        self.words = words
        self.folded = fold(document.text)
        self._starts = [sentence.start for sentence in document.sentences]

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens in order."""
        text, folded = self.text, self.folded
        pieces = _PIECE.findall(text)
        bounds = list(accumulate(map(len, pieces), initial=0))
        return [
            _token((start, end, piece, folded[start:end]))
            for start, end, piece in zip(bounds, bounds[1:], pieces, strict=False)
            if not piece.isspace()
        ]

    @cached_property
    def token_starts(self) -> list[int]:
        """Start offsets of the tokens."""
        return [token.start for token in self.tokens]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Folded forms of all tokens: the gate of the passes that need one of certain words."""
        return frozenset([token.folded for token in self.tokens])

    @cached_property
    def capitalised(self) -> list[int]:
        """Indices of the tokens that begin with a capital letter: one in six, and names begin nowhere else."""
        return [index for index, token in enumerate(self.tokens) if token.text[0].isupper()]

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages of the document and of its sentences."""
        return frozenset({self.language, *(sentence.language for sentence in self.document.sentences)})

    def token_index(self, offset: int) -> int:
        """Return the index of the first token that starts at or after the offset."""
        return bisect_left(self.token_starts, offset)

    def token_at(self, offset: int) -> Token | None:
        """Return the token that starts at the offset, or None."""
        index = self.token_index(offset)
        if index < len(self.tokens) and self.tokens[index].start == offset:
            return self.tokens[index]
        return None

    def word_before(self, offset: int) -> str:
        """Return the folded token before the one that starts at the offset, or an empty string."""
        index = self.token_index(offset)
        return self.tokens[index - 1].folded if index else ""

    def sentence_index(self, offset: int) -> int:
        """Return the index of the sentence that holds the offset (or the last one before it)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence(self, offset: int) -> Sentence:
        """Return the sentence that holds the offset (or the last one before it)."""
        return self.document.sentences[self.sentence_index(offset)]
