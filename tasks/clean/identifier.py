"""The languages of a text by their likelihood: py3langid's model, read with whole arrays.

The library walks an automaton over the bytes of a text, one at a time, to find the n-grams the model knows. Where the
automaton stands after a byte depends on no more bytes before it than the longest n-gram has, so all places of a text
can take these few steps together. What comes out is equal to what the library gives (`test_identifier`).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_BYTES = 256


class _Automaton:
    """Finds the n-grams of a text; each has a number, by which tables of weights are looked up."""

    def __init__(self, model: LanguageIdentifier) -> None:
        self._next = np.asarray(model.tk_nextmove)
        self._rows = np.asarray(model.tk_row, dtype=np.intp) * _BYTES
        self._found = np.asarray(model.tk_output, dtype=np.intp)
        self._longest = self._depth()

    def _depth(self) -> int:
        """Return after how many bytes the last state is reached: the length of the longest n-gram."""
        reached = np.zeros(len(self._rows), dtype=bool)
        front = np.array([0], dtype=np.intp)
        depth = -1
        while len(front):
            reached[front] = True
            depth += 1
            beyond = np.unique(self._next[self._rows[front][:, None] + np.arange(_BYTES)])
            front = beyond[~reached[beyond]]
        return depth

    def count(self, text: bytes) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the numbers of the n-grams of a text, in the order in which they first end, and how often each is."""
        letters = np.frombuffer(text, dtype=np.uint8)
        states = np.zeros(len(letters), dtype=np.intp)
        for back in range(min(self._longest, len(letters)) - 1, -1, -1):
            states[back:] = self._next[self._rows[states[back:]] + letters[: len(letters) - back]]
        found = self._found[states]
        numbers, first, counts = np.unique(found[found >= 0], return_index=True, return_counts=True)
        # Sums of floats depend on their order: the library's is that of the text.
        in_order = np.argsort(first)
        return numbers[in_order], counts[in_order].astype(np.float32)


class Identifier:
    """Ranks languages.

    Attributes:
        labels: The languages it knows.
    """

    def __init__(self, automaton: _Automaton, model: LanguageIdentifier) -> None:
        columns: dict[str, int] = {}
        for column, label in enumerate(model.nb_classes):
            columns.setdefault(label, column)
        self.labels = tuple(columns)
        self._columns = list(columns.values())
        # Some languages have a column for each of their scripts.
        repeated = [(columns[label], column) for column, label in enumerate(model.nb_classes)]
        self._repeated = [(first, column) for first, column in repeated if first != column]
        self._automaton = automaton
        self._weights = model.nb_ptc
        self._priors = model.nb_pc

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return each language with its share of the probability, the most likely first."""
        letters = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
        body = letters.encode("utf-8", "surrogatepass")
        numbers, counts = self._automaton.count(body)
        scores = np.zeros(len(self._priors), dtype=np.float32)
        if len(numbers):
            scores = np.log1p(counts) @ self._weights[numbers].astype(np.float32) + self._priors
        # Divided by the root of the length, so that a long text is not sure of everything (as the library does).
        scores *= 1.0 / math.sqrt(len(body) or 1)
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, again in self._repeated:
            scores[first] += scores[again]
        return sorted(zip(self.labels, scores[self._columns].tolist(), strict=True), key=itemgetter(1), reverse=True)


@lru_cache(maxsize=1)
def _automaton() -> _Automaton:
    return _Automaton(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def load_identifier(languages: Collection[str] | None = None) -> Identifier:
    """Return an identifier of these languages, or of all the model knows."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages is not None:
        model.set_languages(languages)
    return Identifier(_automaton(), model)
