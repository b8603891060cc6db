"""The words dates are made of: months and weekdays of ten languages (CLDR and `words.csv`), and the signs between them.

Every token of a text becomes one letter; `dates.dates` reads dates off the string of letters. Letters:

``m`` month, ``w`` weekday, ``d`` number 1 to 31, ``y`` four digits, ``t`` until, ``a`` and, ``f`` from, ``p`` of, ``h``
article, ``o`` ordinal ending, ``c`` year word, ``e`` day word, ``.,-/`` themselves, ``|`` a break of sentence or line,
``x`` else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale

from tasks.extract.text.forms import FormReader
from tasks.extract.text.tokens import Token, View, fold
from warehouse.reference import Row

_LOCALES = {
    "en": ("en",), "lt": ("lt",), "nl": ("nl",), "de": ("de",), "fr": ("fr",), "mk": ("mk",), "sq": ("sq",),
    "sl": ("sl",), "bs": ("bs", "hr", "sr_Latn", "sr"), "hr": ("bs", "hr", "sr_Latn", "sr"),
    "sr": ("bs", "hr", "sr_Latn", "sr"), "sh": ("bs", "hr", "sr_Latn", "sr"),
}  # fmt: skip

# Letters of small words, each with the set of `word_sets.csv` that holds its words. They stand beside numbers and
# months only, so that one table serves all languages: "in" is Slovenian "and", and an English "in" between two day
# numbers does not occur.
_CONNECTORS = "tafphoce"
_SIGNS = {".": ".", ",": ",", "-": "-", "/": "/", "–": "-", "—": "-", "‑": "-", "−": "-"}
# Three letters tell jan, feb, … apart from common words only beside a number; "mar", "pro" and the like are left out.
_SHORTEST_ABBREVIATION = 3
_NOT_ABBREVIATED = frozenset(
    {"mar", "pro", "lis", "tra", "stu", "svi", "kol", "bal", "pri", "sht", "maj", "lip", "mei"}
)


Meaning = tuple[str, int]


class DateLexicon:
    """What the words of dates mean, by language.

    Args:
        rows: The rows `month` and `weekday` of `words.csv`: inflected forms beside those of CLDR.
        word_sets: The sets `date_t`, `date_a`, … of small words.
        reader: Reads the forms of the rows.
        where: File of the rows, for error messages.
    """

    def __init__(
        self, rows: Iterable[Row], word_sets: Mapping[str, frozenset[str]], reader: FormReader, where: str
    ) -> None:
        self._connectors: dict[str, Meaning] = {}
        for letter in _CONNECTORS:
            for word in sorted(word_sets[f"date_{letter}"]):
                self._connectors[word] = (letter, 0)
        self._words: dict[str, dict[str, Meaning]] = {language: {} for language in _LOCALES}
        for language, locales in _LOCALES.items():
            for locale in locales:
                self._add_cldr(self._words[language], Locale.parse(locale))
        for row in rows:
            letter = "m" if row["class"] == "month" else "w"
            for language, word in reader.spellings(row["forms"], f"{where}:{row.line}"):
                self._words[language].setdefault(word, (letter, int(row["value"])))
        self._calendar = lru_cache(maxsize=64)(self._merge)
        self._meanings = lru_cache(maxsize=64)(lambda languages: self._connectors | dict(self._merge(languages)))

    @staticmethod
    def _add_cldr(words: dict[str, Meaning], locale: Locale) -> None:
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context]["wide"].items():
                words.setdefault(fold(name), ("m", number))
            for number, name in locale.months[context]["abbreviated"].items():
                short = fold(name).rstrip(".")
                if len(short) >= _SHORTEST_ABBREVIATION and short not in _NOT_ABBREVIATED:
                    words.setdefault(short, ("m", number))
            for number, name in locale.days[context]["wide"].items():
                words.setdefault(fold(name).rpartition(" ")[2], ("w", number + 1))

    def _merge(self, languages: frozenset[str]) -> Mapping[str, Meaning]:
        """Return the words of some languages; earlier languages of the alphabet win, as the tables hardly overlap."""
        merged: dict[str, Meaning] = {}
        chosen = sorted(self._words) if "und" in languages else sorted(languages & self._words.keys())
        for language in chosen:
            for word, meaning in self._words[language].items():
                merged.setdefault(word, meaning)
        return merged

    def calendar(self, languages: frozenset[str]) -> Mapping[str, Meaning]:
        """Return folded months and weekdays of these languages → (`m` or `w`, number)."""
        return self._calendar(languages)

    def meanings(self, languages: frozenset[str]) -> Mapping[str, Meaning]:
        """Return folded word → (letter, number) for months, weekdays and small words."""
        return self._meanings(languages)


# "de" and "e" are ordinal endings only right after a number (19de, 1e); elsewhere Dutch and French "of", or nothing.
_SECOND_MEANING = {"de": "h"}
_LAST_DAY = 31
# Capital letters are required where the language writes them: "may" and "march" are verbs.
_CAPITAL_LANGUAGES = frozenset({"en", "de"})


class DateLetters:
    """One letter per token of a text, and a `|` for every line end between tokens.

    Attributes:
        letters: The string of letters.
        tokens: Index of the token of each letter; -1 for a line end.
        numbers: Value of each `m`, `w`, `d` and `y`; 0 elsewhere.
    """

    def __init__(self, view: View, meanings: Mapping[str, Meaning]) -> None:
        letters: list[str] = []
        tokens: list[int] = []
        numbers: list[int] = []
        needs_capital = view.language in _CAPITAL_LANGUAGES
        text, end, before = view.text, 0, ""
        for index, token in enumerate(view.tokens):
            start = token.start
            if start > end and "\n" in text[end:start]:
                letters.append("|")
                tokens.append(-1)
                numbers.append(0)
            meaning = meanings.get(token.folded)
            if meaning is None:
                letter, number = _number_or_sign(token)
            else:
                letter, number = meaning
                if letter == "o" and not (end == start and before in ("d", "y")):
                    letter = _SECOND_MEANING.get(token.folded, "x")
                elif needs_capital and letter in "mw" and not token.is_capitalised:
                    letter, number = "x", 0
            letters.append(letter)
            tokens.append(index)
            numbers.append(number)
            end, before = token.end, letter
        self.letters = "".join(letters)
        self.tokens = tokens
        self.numbers = numbers


def _number_or_sign(token: Token) -> Meaning:
    """Return the letter of a token that is no word of dates."""
    text = token.text
    if not text[0].isdigit():
        return _SIGNS.get(text, "x"), 0
    length = len(text)
    if length == 4 and text.isascii():
        return "y", int(text)
    # 32 to 99 and 0 are no days: "31 May" is read and "45 May" is not.
    if length <= 2 and text.isascii() and 1 <= int(text) <= _LAST_DAY:
        return "d", int(text)
    return "x", 0
