"""The words dates are made of: months and weekdays of ten languages (CLDR and `words.csv`), and the signs between them.

Every token of a text becomes one letter; `tasks.extract.dates` reads dates off the string of letters. Letters:

``m`` month, ``w`` weekday, ``d`` number 1 to 31, ``y`` four digits, ``t`` until, ``a`` and, ``f`` from, ``p`` of, ``h`` article,
``o`` ordinal ending, ``c`` year word, ``e`` day word, ``.,-/`` themselves, ``|`` a break of sentence or line, ``x`` else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale

from tasks.extract.forms import FormReader
from tasks.extract.tokens import Token, View, fold
from warehouse.reference import Row

_LOCALES = {
    "en": ("en",), "lt": ("lt",), "nl": ("nl",), "de": ("de",), "fr": ("fr",), "mk": ("mk",), "sq": ("sq",),
    "sl": ("sl",), "bs": ("bs", "hr", "sr_Latn", "sr"), "hr": ("bs", "hr", "sr_Latn", "sr"),
    "sr": ("bs", "hr", "sr_Latn", "sr"), "sh": ("bs", "hr", "sr_Latn", "sr"),
}  # fmt: skip

# Small words between the numbers of a date. They stand beside numbers and months only, so that one table serves all
# languages; "in" is Slovenian "and", and an English "in" between two day numbers does not occur.
_CONNECTORS = {
    "t": "to through till until bis tot iki do deri au zum до",
    "a": "and und en et ir i in dhe и е oraz &",
    "f": "from between vom von van nuo od nga prej du entre zwischen tussen između izmedju med tarp од између между меѓу",
    "p": "of des de van of der",
    "h": "the den der dem die le la het",
    "o": "st nd rd th ste de e er oji ojo og oga ega тог",
    "c": "m godine godina godini god g leta letu leto metais metų metu metai година години г viti vitit vitin vit jahr "
    "jahre jahres jaar mėn mėnesį menesio menesi",
    "e": "d dieną diena dienomis dienos",
}
_CONNECTOR_OF = {fold(word): letter for letter, words in _CONNECTORS.items() for word in words.split()}
# "de" and "e" are ordinal endings only right after a number (19de, 1e); elsewhere Dutch and French "of".
_SECOND_MEANING = {"de": "h", "e": "x"}
_SIGNS = {".": ".", ",": ",", "-": "-", "/": "/", "–": "-", "—": "-", "‑": "-", "−": "-"}
# Three letters tell jan, feb, … apart from common words only beside a number; "mar", "pro" and the like are left out.
_SHORTEST_ABBREVIATION = 3
_NOT_ABBREVIATED = frozenset({"mar", "pro", "lis", "tra", "stu", "svi", "kol", "bal", "pri", "sht", "maj", "lip", "mei"})


class DateLexicon:
    """Month and weekday words by language.

    Args:
        rows: The rows `month` and `weekday` of `words.csv`: inflected forms beside those of CLDR.
        reader: Reads their forms.
        where: File, for error messages.
    """

    def __init__(self, rows: Iterable[Row], reader: FormReader, where: str) -> None:
        self._words: dict[str, dict[str, tuple[str, int]]] = {language: {} for language in _LOCALES}
        for language, locales in _LOCALES.items():
            for locale in locales:
                self._add_cldr(self._words[language], Locale.parse(locale))
        for row in rows:
            letter = "m" if row["class"] == "month" else "w"
            for language, word in reader.spellings(row["forms"], f"{where}:{row.line}"):
                self._words[language].setdefault(word, (letter, int(row["value"])))
        self._merged = lru_cache(maxsize=64)(self._merge)

    @staticmethod
    def _add_cldr(words: dict[str, tuple[str, int]], locale: Locale) -> None:
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context]["wide"].items():
                words.setdefault(fold(name), ("m", number))
            for number, name in locale.months[context]["abbreviated"].items():
                short = fold(name).rstrip(".")
                if len(short) >= _SHORTEST_ABBREVIATION and short not in _NOT_ABBREVIATED:
                    words.setdefault(short, ("m", number))
            for number, name in locale.days[context]["wide"].items():
                words.setdefault(fold(name).rpartition(" ")[2], ("w", number + 1))

    def _merge(self, languages: frozenset[str]) -> Mapping[str, tuple[str, int]]:
        """Return the words of some languages; earlier languages of the alphabet win, as the tables hardly overlap."""
        merged: dict[str, tuple[str, int]] = {}
        chosen = sorted(languages & self._words.keys()) if "und" not in languages else sorted(self._words)
        for language in chosen:
            for word, meaning in self._words[language].items():
                merged.setdefault(word, meaning)
        return merged

    def words(self, languages: frozenset[str]) -> Mapping[str, tuple[str, int]]:
        """Return folded word → (`m` or `w`, number) for these languages."""
        return self._merged(languages)


# Capital letters are required where the language writes them: "may" and "march" are verbs.
_CAPITAL_LANGUAGES = frozenset({"en", "de"})


class DateLetters:
    """One letter per token of a text, and a `|` for every line end between tokens.

    Attributes:
        letters: The string of letters.
        tokens: Index of the token of each letter; -1 for a line end.
        numbers: Value of each `m`, `w`, `d` and `y`; 0 elsewhere.
    """

    def __init__(self, view: View, words: Mapping[str, tuple[str, int]]) -> None:
        letters: list[str] = []
        self.tokens: list[int] = []
        self.numbers: list[int] = []
        capital = view.document.language in _CAPITAL_LANGUAGES
        text, end = view.text, 0
        for index, token in enumerate(view.tokens):
            if "\n" in text[end : token.start]:
                self._append(letters, "|", -1, 0)
            letter, number = _letter(token, words, capital)
            if letter == "o" and not (end == token.start and letters and letters[-1] in "dy"):
                letter = _SECOND_MEANING.get(token.folded, "x")
            self._append(letters, letter, index, number)
            end = token.end
        self.letters = "".join(letters)

    def _append(self, letters: list[str], letter: str, token: int, number: int) -> None:
        letters.append(letter)
        self.tokens.append(token)
        self.numbers.append(number)


def _letter(token: Token, words: Mapping[str, tuple[str, int]], capital: bool) -> tuple[str, int]:
    first = token.text[0]
    if first.isdigit():
        return _number_letter(token)
    sign = _SIGNS.get(first)
    if sign is not None:
        return sign, 0
    meaning = words.get(token.folded)
    if meaning is not None and not (capital and first.islower()):
        return meaning
    return _CONNECTOR_OF.get(token.folded, "x"), 0


def _number_letter(token: Token) -> tuple[str, int]:
    length = len(token.text)
    if not token.text.isascii():
        return "x", 0
    value = int(token.text) if length <= 4 else 0
    if length == 4:
        return "y", value
    if length <= 2 and 1 <= value <= 31:
        return "d", value
    # 32 to 99 and 0 are kept apart, so that "31 May" is read and "45 May" is not.
    return "x", 0
