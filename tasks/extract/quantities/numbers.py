"""Numbers as they are written: digits with separators, words in ten languages, scales. Offsets are code points.

Belongs here: the value of a number. What it counts is the business of `quantities.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tasks.extract.text.forms import FormReader
from tasks.extract.text.tokens import Token, View
from warehouse.reference import Row

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+(?![\d])|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_HALF = 0.5
_HUNDRED = 100
_THOUSAND = 1000
# From twenty on a unit may follow: twenty-five, not fifteen-five.
_FIRST_TENS = 20
# Tens and units that German, Dutch and Slovenian write in one word, the unit first: fünfundzwanzig, vijfentwintig.
_COMPOUND = {"de": ("und", "ein"), "nl": ("en", "een"), "sl": ("in", "ena")}
_JOIN = frozenset({"-", "and", "i", "ir", "in", "e", "et", "и"})
_ARTICLES = frozenset({"a", "an", "one"})
_INSIDE = re.compile(r"\d[.,'’]$")
_TAIL = re.compile(r"[.,]\d{1,2}(?!\d)")
# A longer run of digits is a code, an account or a telephone; a float would lose it anyway.
_MOST_DIGITS = 15
_MOST_TOKENS = 12
_CURRENCY = re.compile("(?:[€$£]|EUR|USD|GBP|CHF)[ \u00a0]?$")
_SIGNS = ("€", "$", "£")
_ADJACENT_SCALES = frozenset({"m", "mn", "bn"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: What it says, scales included.
        last_token: Index of its last token.
        is_digits: Written in digits.
        scale: What the words after it multiply it with: a million; 1 if there are none.
    """

    start: int
    end: int
    value: float
    last_token: int
    is_digits: bool
    scale: float = 1.0

    @property
    def has_scale(self) -> bool:
        """True if a word such as million belongs to it."""
        return self.scale > 1


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
        self._english = view.language == "en"

    def positions(self) -> list[int]:
        """Return the indices of the tokens at which a number can start."""
        words = self._words
        return [i for i, token in enumerate(self._view.tokens) if token.folded in words or token.text[0].isdigit()]

    def read(self, index: int) -> Number | None:
        """Return the number that starts at a token, or None."""
        token = self._view.tokens[index]
        number = self._digits(token) if token.is_number else self._spelled(index)
        return None if number is None else self._scaled(number)

    def _digits(self, token: Token) -> Number | None:
        text = self._view.text
        if _INSIDE.search(text, max(0, token.start - 2), token.start):
            # The rest of a number that was too long to be one.
            return None
        grouped = _GROUPED.match(text, token.start)
        if grouped is not None and not self._is_decimal(grouped.group()) and grouped.group()[0] != "0":
            return self._grouped(token.start, grouped.group())
        match = _DECIMAL.match(text, token.start)
        if match is None or not match.group().isascii() or len(match.group()) > _MOST_DIGITS:
            return None
        return self._number(token.start, match.end(), float(match.group().replace(",", ".")))

    def _grouped(self, start: int, written: str) -> Number | None:
        """Return 1,416 or 58 000 with the cents after it."""
        digits = "".join(char for char in written if char.isdigit())
        if len(digits) > _MOST_DIGITS or not digits.isascii():
            return None
        value, end = float(digits), start + len(written)
        tail = _TAIL.match(self._view.text, end)
        separator = written.lstrip("0123456789")[0]
        if tail is not None and self._view.text[end] != separator:
            value, end = value + float(f"0.{tail.group()[1:]}"), tail.end()
        return self._number(start, end, value)

    def _number(self, start: int, end: int, value: float) -> Number:
        return Number(start, end, value, self._view.token_index(end) - 1, True)

    def _is_decimal(self, digits: str) -> bool:
        """English writes 1.416 for a little more than one, the other languages for more than a thousand."""
        return self._english and digits.count(".") == 1

    def _spelled(self, index: int) -> Number | None:
        """Return twenty-five, half a million, two hundred and ten, two and a half million."""
        tokens = self._view.tokens
        total = current = 0.0
        scale = 1.0
        last = index - 1
        at = index
        while at < min(len(tokens), index + _MOST_TOKENS):
            value = self._words.get(tokens[at].folded)
            half = self._and_half(at) if last >= index else None
            if half is not None:
                # A million and a half; two and a half.
                total, current = (total, current + _HALF) if current else (total + _HALF * scale, current)
                last = at = half
            elif value is None:
                if last < index or not self._is_joint(at, current):
                    break
            elif last >= index and not self._continues(current, value):
                break
            else:
                if value >= _THOUSAND:
                    total, current, scale = total + (current or 1) * value, 0.0, value
                else:
                    current = (current or 1) * value if value == _HUNDRED else current + value
                last = at
            at += 1
        if last < index:
            return None
        return Number(tokens[index].start, tokens[last].end, total + current, last, False, scale)

    def _and_half(self, at: int) -> int | None:
        """Return the index of the half of "and a half" at a token, None if it does not stand there."""
        tokens = self._view.tokens
        if tokens[at].folded not in _JOIN:
            return None
        half = at + 2 if at + 1 < len(tokens) and tokens[at + 1].folded in _ARTICLES else at + 1
        return half if half < len(tokens) and self._words.get(tokens[half].folded) == _HALF else None

    @staticmethod
    def _continues(current: float, value: float) -> bool:
        """True where a word adds to the ones before: twenty five, two hundred, five thousand; not "five six"."""
        if value >= _HUNDRED or current % _HUNDRED == 0:
            return True
        return current % _HUNDRED >= _FIRST_TENS and current % 10 == 0 and 1 <= value < 10

    def _is_joint(self, at: int, current: float) -> bool:
        """True where "-", "and" or the "a" of "half a" stands between two words of one number."""
        tokens = self._view.tokens
        word = tokens[at].folded
        after = self._words.get(tokens[at + 1].folded) if at + 1 < len(tokens) else None
        if after is None or word not in _JOIN | {"a"}:
            return False
        if word == "a":
            return current == _HALF
        if after >= _HUNDRED or not self._continues(current, after):
            return False
        # "hundred and fifty", "dvadeset i pet"; but "ten and three" are two numbers.
        return word == "-" or current >= _HUNDRED or not self._english

    def _scaled(self, number: Number) -> Number:
        """Return the number with the scale words after it: 1.7 million, 3,16 mln., 28 mijë."""
        tokens = self._view.tokens
        at = number.last_token + 1
        factor, end, last = 1.0, number.end, number.last_token
        while at < len(tokens):
            scale = self._words.get(tokens[at].folded)
            gap = tokens[at].start - end
            if scale is None or scale < _THOUSAND or gap > 1:
                break
            if gap and tokens[at].folded in _ADJACENT_SCALES and not self._is_money(number, tokens[at]):
                break
            factor, end, last = factor * scale, tokens[at].end, at
            at += 1
            if at < len(tokens) and tokens[at].text == "." and tokens[at].start == end and self._abbreviated(at):
                end, last = tokens[at].end, at
                at += 1
        if last == number.last_token:
            return number
        return Number(number.start, end, number.value * factor, last, number.is_digits, number.scale * factor)

    def _is_money(self, number: Number, scale: Token) -> bool:
        """True after the sign or code of a currency (EUR 2.3 m), or before its sign (210 M€)."""
        before = _CURRENCY.search(self._view.text, max(0, number.start - 4), number.start)
        return before is not None or self._view.text[scale.end : scale.end + 1] in _SIGNS

    def _abbreviated(self, stop: int) -> bool:
        """True where the full stop belongs to "mln." and not to the end of a sentence."""
        after = self._view.tokens[stop + 1] if stop + 1 < len(self._view.tokens) else None
        if after is not None and self._view.language == "de" and after.is_capitalised:
            # German nouns begin with a capital: 1,5 Mio. Euro.
            return True
        return after is not None and (after.text[0].islower() or after.text[0] in "€$£" or after.is_upper)
