"""The words dates are made of: months and weekdays of ten languages (CLDR and `words.csv`), and the signs between them.

Every token of a text becomes one letter; `dates.dates` reads dates off the string of letters. Letters:

``m`` month, ``w`` weekday, ``d`` number 1 to 31, ``y`` four digits, ``t`` until, ``a`` and, ``f`` from, ``p`` of, ``h``
article, ``o`` ordinal ending, ``c`` year word, ``e`` day word, ``.,-/`` themselves, ``|`` a break of sentence or line,
``x`` else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        self._readings = lru_cache(maxsize=64)(lambda languages, cap: Readings(self.meanings(languages), cap))

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

    def readings(self, view: View) -> Readings:
        """Return word of the text → (letter, number), for the languages of a text."""
        return self._readings(view.languages, view.language in _CAPITAL_LANGUAGES)


# "de" and "e" are ordinal endings only right after a number (19de, 1e); elsewhere Dutch and French "of", or nothing.
_SECOND_MEANING = {"de": "h"}
_LAST_DAY = 31
# Capital letters are required where the language writes them: "may" and "march" are verbs.
_CAPITAL_LANGUAGES = frozenset({"en", "de"})

# Words of a text whose readings are kept; a text has fewer.
_MOST_WORDS = 16_384


class Readings(dict[str, Meaning]):
    """Word or sign as it stands in the text → (letter, number), filled as words are met.

    Args:
        meanings: Folded word → (letter, number).
        needs_capital: Months and weekdays count only with a capital.
    """

    def __init__(self, meanings: Mapping[str, Meaning], needs_capital: bool) -> None:
        super().__init__()
        self._meanings = meanings
        self._needs_capital = needs_capital

    def __missing__(self, text: str) -> Meaning:
        meaning = self._meanings.get(fold(text))
        if meaning is None:
            meaning = _number_or_sign(text)
        elif self._needs_capital and meaning[0] in "mw" and not text[0].isupper():
            meaning = ("x", 0)
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[text] = meaning
        return meaning


class DateLetters:
    """One letter per token of a text, and a `|` for every line end between tokens.

    Attributes:
        letters: The string of letters.
        tokens: Index of the token of each letter; -1 for a line end.
        numbers: Value of each `m`, `w`, `d` and `y`; 0 elsewhere.
    """

    def __init__(self, view: View, readings: Readings) -> None:
        tokens = view.tokens
        found = [readings[token.text] for token in tokens]
        letters = [letter for letter, _ in found]
        numbers = [number for _, number in found]
        if "o" in letters:
            _settle_endings(letters, tokens)
        written = "".join(letters)
        self.tokens: list[int] = []
        self.numbers: list[int] = []
        lines: list[str] = []
        begin = 0
        for end in (*_line_begins(view), len(tokens)):
            lines.append(written[begin:end])
            self.tokens += [*range(begin, end), -1]
            self.numbers += [*numbers[begin:end], 0]
            begin = end
        self.letters = "|".join(lines)
        # No line end stands behind the last line.
        del self.tokens[-1], self.numbers[-1]


def _line_begins(view: View) -> Iterator[int]:
    """Yield the tokens in front of which a line ends, each once."""
    at, last = view.text.find("\n"), -1
    while at >= 0:
        index = view.token_index(at)
        if last < index < len(view.tokens):
            yield index
        last = index
        at = view.text.find("\n", at + 1)


def _settle_endings(letters: list[str], tokens: Sequence[Token]) -> None:
    """Leave the letter of an ordinal ending only to what touches a number in front of it."""
    for index, letter in enumerate(letters):
        if letter != "o":
            continue
        touches = index > 0 and tokens[index - 1].end == tokens[index].start
        if not (touches and letters[index - 1] in ("d", "y")):
            letters[index] = _SECOND_MEANING.get(tokens[index].folded, "x")


def _number_or_sign(text: str) -> Meaning:
    """Return the letter of a token that is no word of dates."""
    if not text[0].isdigit():
        return _SIGNS.get(text, "x"), 0
    length = len(text)
    if length == 4 and text.isascii():
        return "y", int(text)
    # 32 to 99 and 0 are no days: "31 May" is read and "45 May" is not.
    if length <= 2 and text.isascii() and 1 <= int(text) <= _LAST_DAY:
        return "d", int(text)
    return "x", 0
