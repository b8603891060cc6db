"""Names as they are compared: folded letters, spellings of one sound, edit distance, numerals, parts of a name.

What belongs here looks at strings only. Whether two things are one is decided in `tasks.resolve.entity_links`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

# ISO 9 without its accents, with the letters of the South Slavic alphabets: enough to compare, not to publish.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "ѓ": "gj", "е": "e", "ё": "e", "є": "e",
    "ж": "z", "з": "z", "ѕ": "dz", "и": "i", "й": "j", "і": "i", "ї": "i", "ј": "j", "к": "k", "ќ": "kj", "л": "l",
    "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u",
    "ў": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "",
    "э": "e", "ю": "ju", "я": "ja",
}  # fmt: skip
_LETTERS = {"đ": "dj", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i"}
_ONE_BY_ONE = str.maketrans({**_CYRILLIC, **_LETTERS})

# Romanisations of the same sounds, longest first: Kondratowitsch, Kondratovich, Kondratovič.
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "z"), ("ch", "c"), ("cz", "c"), ("sz", "s"), ("sh", "s"),
    ("zh", "z"), ("kh", "h"), ("ph", "f"), ("ts", "c"), ("tz", "c"), ("dz", "d"), ("dj", "d"), ("gj", "d"),
    ("ck", "k"), ("x", "ks"), ("qu", "kv"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
# Endings a Lithuanian nominative adds to a foreign name (Kondratovič-ius, Vladislav-as).
_LITHUANIAN = re.compile(r"(?<=[b-df-hj-np-tv-z])(?:ius|as|is|us)$")
# Case endings with which South Slavic and Lithuanian texts inflect a name (Matea, Sattlera, Kondratovičiaus).
_CASE_ENDING = re.compile(r"^(?:a|e|i|u|om|em|ov|ev|ja|iu|ui|iui|iaus|aus|o|es|s)$")
_HONORIFICS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "hon", "minister", "president", "ambassador", "commissioner",
        "herr", "frau", "gospodin", "gospodja", "mme", "dhr", "mevrouw", "ministras", "ministrica", "zoti", "zonja",
    }
)  # fmt: skip
_ROMAN = re.compile(r"^(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_WORD = re.compile(r"\w+")

# Shorter names a letter apart are mostly two names (Goran, Zoran; Mate, Mato).
SPELLED_ALIKE = 6

FirstNames = Literal["equal", "near", "initial", "missing", "different"]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the words of a text in one alphabet, without case, accents and punctuation, one space between them."""
    # Compatibility forms (ℌ, ﬁ) hide capitals and ligatures, and Cyrillic letters that carry an accent (й, ќ) have a
    # sound of their own: so letters are mapped before accents are taken off, and again after.
    lower = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    decomposed = unicodedata.normalize("NFKD", lower.translate(_ONE_BY_ONE))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_ONE_BY_ONE)
    return " ".join(_WORD.findall(plain.replace("_", " ")))


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """Return what the spellings of a name share: kondratovic for Kondratović, Kondratovičius, Kondratovich."""
    key = fold(word).replace(" ", "")
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    if len(key) > 5:
        key = _LITHUANIAN.sub("", key)
    # Belarusian and Ukrainian U before a consonant is the V of the Russian form (Uladzimir, Vladimir).
    key = re.sub(r"^u(?=[bdglmnrz])", "v", key)
    return re.sub(r"(.)\1", r"\1", key)


def edit_distance(left: str, right: str, limit: int) -> int:
    """Return how many letters must be put in, left out, changed or swapped; `limit + 1` for any larger number."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (char != other))
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, last = last, current
    return min(last[-1], limit + 1)


@lru_cache(maxsize=65536)
def same_sound(left: str, right: str) -> bool:
    """Return whether two words may be spellings of one name: equal keys, or longer ones with one letter apart."""
    a, b = sound_key(left), sound_key(right)
    if a == b:
        return bool(a)
    return min(len(a), len(b)) >= SPELLED_ALIKE and edit_distance(a, b, 1) == 1


def inflected(left: str, right: str) -> bool:
    """Return whether one word is the other with a case ending of an inflecting language."""
    short, long = sorted((fold(left), fold(right)), key=len)
    return len(short) >= 4 and long.startswith(short) and bool(_CASE_ENDING.match(long[len(short) :]))


@lru_cache(maxsize=65536)
def numerals(text: str) -> tuple[str, ...]:
    """Return the numbers a name carries, Roman ones in Arabic digits: they tell FREM II from FREM III."""
    found = []
    for word in _WORD.findall(text):
        if any(char.isdigit() for char in word):
            found.append("".join(char for char in word if char.isdigit()).lstrip("0") or "0")
        elif _ROMAN.match(word):
            found.append(str(_roman(word)))
    return tuple(found)


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[char] for char in word]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def near(left: str, right: str) -> bool:
    """Return whether two longer names differ by a slip of the pen: the same numerals, one letter in twenty apart."""
    a, b = fold(left), fold(right)
    if numerals(left) != numerals(right) or not a or not b:
        return False
    allowed = max(len(a), len(b)) // 20
    return a == b or (allowed > 0 and edit_distance(a, b, allowed) <= allowed)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, as written: first names or initials, and the surname."""

    first: tuple[str, ...]
    surname: str

    @property
    def is_full(self) -> bool:
        """True where a first name is written out."""
        return any(len(fold(name)) > 1 for name in self.first)


@lru_cache(maxsize=65536)
def person_name(text: str) -> PersonName:
    """Return the parts of a name; titles and offices before it are left out. The last word is the surname."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    kept = [word for word in words if fold(word) not in _HONORIFICS] or words
    return PersonName(tuple(kept[:-1]), kept[-1] if kept else text)


def compare_first_names(left: PersonName, right: PersonName) -> FirstNames:
    """Return how far the first names agree; the first ones written decide, a second name may be left out.

    Ivana beside Ivan is the same name in another case only where the surnames differ by a case ending, too (Ivana
    Petrovića); beside the same surname it is another person's.
    """
    if not left.first or not right.first:
        return "missing"
    a, b = left.first[0], right.first[0]
    short, long = sorted((fold(a), fold(b)), key=len)
    if not short:
        return "missing"
    if len(short) == 1:
        return "initial" if sound_key(long)[:1] == sound_key(short)[:1] else "different"
    if short == long or (inflected(a, b) and inflected(left.surname, right.surname)):
        return "equal"
    return "near" if same_sound(a, b) else "different"


def same_surname(left: PersonName, right: PersonName) -> bool:
    """Return whether the surnames may be spellings or cases of one name."""
    return same_sound(left.surname, right.surname) or inflected(left.surname, right.surname)
