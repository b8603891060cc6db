"""Numbers as they are written: digits with separators, words in ten languages, scales. Offsets are code points.

Belongs here: the value of a number. What it counts is the business of `tasks.extract.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tasks.extract.forms import FormReader
from tasks.extract.tokens import Token, View
from warehouse.reference import Row

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+(?![\d])|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_HUNDRED = 100
_THOUSAND = 1000
# Tens and units that German, Dutch and Slovenian write in one word, the unit first: fünfundzwanzig, vijfentwintig.
_COMPOUND = {"de": ("und", "ein"), "nl": ("en", "een"), "sl": ("in", "ena")}
_JOIN = frozenset({"-", "and", "i", "ir", "e", "et", "и"})
_ADJACENT_SCALES = frozenset({"m", "mn", "bn"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: What it says, scales included.
        last_token: Index of its last token.
        is_digits: Written in digits.
        has_scale: A word such as million belongs to it.
    """

    start: int
    end: int
    value: float
    last_token: int
    is_digits: bool
    has_scale: bool = False


class NumberLexicon:
    """Number words by language.

    Args:
        rows: Rows of `numbers.csv`.
        reader: Reads their forms.
        where: File, for error messages.
    """

    def __init__(self, rows: Iterable[Row], reader: FormReader, where: str) -> None:
        self._words: dict[str, dict[str, float]] = {}
        for row in rows:
            for language, word in reader.spellings(row["forms"], f"{where}:{row.line}"):
                self._words.setdefault(language, {}).setdefault(word.rstrip("."), float(row["value"]))
        for language, (join, one) in _COMPOUND.items():
            self._compounds(self._words.setdefault(language, {}), join, one)
        self._merged = lru_cache(maxsize=64)(self._merge)

    @staticmethod
    def _compounds(words: dict[str, float], join: str, one: str) -> None:
        units = {one: 1.0} | {word: value for word, value in words.items() if 2 <= value <= 9}
        tens = {word: value for word, value in words.items() if value in range(20, 100, 10)}
        for unit, low in units.items():
            for ten, high in tens.items():
                words.setdefault(f"{unit}{join}{ten}", low + high)

    def _merge(self, languages: frozenset[str]) -> Mapping[str, float]:
        merged: dict[str, float] = {}
        for language in sorted(languages) if "und" not in languages else sorted(self._words):
            for word, value in self._words.get(language, {}).items():
                merged.setdefault(word, value)
        return merged

    def words(self, languages: frozenset[str]) -> Mapping[str, float]:
        """Return folded word → value for these languages."""
        return self._merged(languages)


class NumberReader:
    """Reads the numbers of one text.

    Args:
        view: The text.
        words: What `NumberLexicon.words` gives for its languages.
    """

    def __init__(self, view: View, words: Mapping[str, float]) -> None:
        self._view = view
        self._words = words
        self._english = view.document.language == "en"

    def positions(self) -> list[int]:
        """Return the indices of the tokens at which a number can start."""
        words = self._words
        return [
            index for index, token in enumerate(self._view.tokens) if token.text[0].isdigit() or token.folded in words
        ]

    def read(self, index: int) -> Number | None:
        """Return the number that starts at a token, or None."""
        token = self._view.tokens[index]
        number = self._digits(index, token) if token.text[0].isdigit() else self._spelled(index)
        return None if number is None else self._scaled(number)

    def _digits(self, index: int, token: Token) -> Number | None:
        text = self._view.text
        match = _GROUPED.match(text, token.start)
        if match is None or self._is_decimal(match.group()) or match.group()[0] == "0":
            match = _DECIMAL.match(text, token.start)
        if match is None or not match.group().isascii():
            return None
        end = match.end()
        if match.re is _GROUPED:
            value = float(re.sub(r"\D", "", match.group()))
            tail = re.compile(r"[.,]\d{1,2}(?!\d)").match(text, end)
            if tail is not None and text[end] != match.group().lstrip("0123456789")[0]:
                value, end = value + float(f"0.{tail.group()[1:]}"), tail.end()
        else:
            value = float(match.group().replace(",", "."))
        return Number(token.start, end, value, self._view.token_index(end) - 1, True)

    def _is_decimal(self, digits: str) -> bool:
        """English writes 1.416 for a little more than one, the other languages for more than a thousand."""
        return self._english and digits.count(".") == 1

    def _spelled(self, index: int) -> Number | None:
        tokens, words = self._view.tokens, self._words
        total = current = 0.0
        last = index - 1
        at, seen = index, 0
        while at < len(tokens):
            token = tokens[at]
            value = words.get(token.folded)
            if value is None:
                if seen and token.folded in _JOIN and at + 1 < len(tokens) and self._joins(at, current):
                    at += 1
                    continue
                if token.folded == "a" and seen and current == 0.5:
                    at += 1
                    continue
                break
            if seen and not self._continues(current, value):
                break
            if value == _HUNDRED:
                current = (current or 1) * value
            elif value >= _THOUSAND:
                total += (current or 1) * value
                current = 0.0
            else:
                current += value
            seen, last = seen + 1, at
            at += 1
        if not seen:
            return None
        return Number(tokens[index].start, tokens[last].end, total + current, last, False, total >= _THOUSAND)

    @staticmethod
    def _continues(current: float, value: float) -> bool:
        """True where a word adds to the ones before: twenty five, two hundred, five thousand; not "five six"."""
        if value >= _HUNDRED:
            return True
        if current == 0:
            return True
        return (current % _HUNDRED == 0 and current > 0) or (
            20 <= current % _HUNDRED and current % 10 == 0 and value < 10
        )

    def _joins(self, at: int, current: float) -> bool:
        """True where "-" or "and" stands between two words of one number."""
        after = self._words.get(self._view.tokens[at + 1].folded)
        if after is None or after >= _HUNDRED:
            return False
        if self._view.tokens[at].folded == "-":
            return self._continues(current, after)
        # "hundred and fifty", "dvadeset i pet"; but "ten and three" are two numbers.
        return self._continues(current, after) and (current >= _HUNDRED or self._view.document.language != "en")

    def _scaled(self, number: Number) -> Number:
        """Return the number with the scale words after it: 1.7 million, 3,16 mln., 28 mijë."""
        tokens = self._view.tokens
        at = number.last_token + 1
        value, end, last = number.value, number.end, number.last_token
        while at < len(tokens):
            scale = self._words.get(tokens[at].folded)
            gap = tokens[at].start - end
            if scale is None or scale < _THOUSAND or gap > 1 or (gap and tokens[at].folded in _ADJACENT_SCALES):
                break
            value, end, last = value * scale, tokens[at].end, at
            at += 1
            if at < len(tokens) and tokens[at].text == "." and tokens[at].start == end and self._abbreviated(at):
                end, last = tokens[at].end, at
                at += 1
        if last == number.last_token:
            return number
        return Number(number.start, end, value, last, number.is_digits, True)

    def _abbreviated(self, stop: int) -> bool:
        """True where the full stop belongs to "mln." and not to the end of a sentence."""
        after = self._view.tokens[stop + 1] if stop + 1 < len(self._view.tokens) else None
        return after is not None and (after.text[0].islower() or after.text[0] in "€$£" or after.is_upper)
