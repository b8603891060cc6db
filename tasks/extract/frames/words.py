"""Words as phrases are compared with them: cut, folded to small Latin letters, in the language whose phrases are used.

Belongs here: what one word is. What a phrase is and where it stands is `frames.triggers`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

# bs, hr, sr and their mixture share one body of phrases; Serbian Cyrillic is folded to Latin letters first.
LANGUAGE_KEYS = {"bs": "sh", "hr": "sh", "sr": "sh", "sh": "sh", "und": "en"}

# Words, signs and what lies between them: the pieces of a text, one behind the other.
_PIECE = re.compile(r"\s+|\w+|['’]s\b|[^\w\s]")
# The same where "n't" stands, which is a word of its own; looking for it behind every letter takes twice the time.
_PIECE_OR_NOT = re.compile(r"\s+|\w+?(?=n['’]t\b)|n['’]t\b|\w+|['’]s\b|[^\w\s]")
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ѓ": "gj", "ђ": "d", "е": "e", "ж": "z", "з": "z", "ѕ": "dz",
        "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "ћ": "c", "ќ": "kj", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s",
        "ѐ": "e", "ѝ": "i",
    }
)  # fmt: skip
_PLAIN = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "’": "'", "‘": "'"})


class Token(NamedTuple):
    """One word or sign; `text[start:end]` of the document is the token, `word` its folded form."""

    start: int
    end: int
    word: str


_token = partial(tuple.__new__, Token)


@lru_cache(maxsize=65536)
def fold_word(word: str, keep_marks: bool) -> str:
    """Return the form in which a word is compared: case-folded, in Latin letters, and without marks unless kept.

    German keeps its marks (`wurde` happened, `würde` would); elsewhere half of the announcements are typed without
    them.
    """
    folded = word.casefold().translate(_CYRILLIC).translate(_PLAIN)
    if keep_marks or folded.isascii():
        return folded
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))


def language_key(language: str) -> str:
    """Return the language whose phrases are used for a sentence of this language."""
    return LANGUAGE_KEYS.get(language, language)


def tokenise(text: str, start: int, end: int, language: str) -> list[Token]:
    """Return the tokens of text[start:end]; offsets count code points of the whole text. Linear in the span."""
    keep = language_key(language) == "de"
    negated = text.find("n't", start, end) >= 0 or text.find("n’t", start, end) >= 0
    pieces = (_PIECE_OR_NOT if negated else _PIECE).findall(text, start, end)
    bounds = list(accumulate(map(len, pieces), initial=start))
    return [
        _token((begin, finish, fold_word(piece, keep)))
        for begin, finish, piece in zip(bounds, bounds[1:], pieces, strict=False)
        if not piece.isspace()
    ]
