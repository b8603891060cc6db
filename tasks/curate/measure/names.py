"""When two names mean one thing, by the matching rules of the annotation codebook.

An annotation is text or a mapping with `name` and further forms: `also` (accepted as well), `aliases_in_text`. Case,
accents, script and honorifics never matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from babel import Locale

Thing = Mapping[str, Any] | str
Same = Callable[[Any, Any], bool]

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ѓ": "g", "ђ": "dj", "е": "e", "ж": "zh", "з": "z", "ѕ": "dz",
        "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "ћ": "c", "ќ": "kj", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "џ": "dzh",
        "ш": "sh", "щ": "sht", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja", "đ": "dj", "ł": "l",
        "ø": "o",
    }
)  # fmt: skip
_SMALL_WORDS = frozenset(
    {
        "the", "of", "for", "and", "in", "on", "to", "a", "an", "with", "between", "der", "die", "das", "und", "fur",
        "von", "de", "het", "van", "la", "le", "les", "des", "du", "et", "za", "i", "na", "u", "o", "od", "e", "te",
        "ne", "per", "v", "s",
    }
)  # fmt: skip
_HONORIFICS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "h", "e", "he", "hon", "minister", "president", "ambassador",
        "commissioner", "herr", "frau", "gospodin", "gospodja", "m", "mme",
    }
)  # fmt: skip
_LOCALES = ("en", "de", "fr", "nl", "lt", "mk", "sq", "sl", "bs", "hr", "sr")
# What announcements call countries beside the names of CLDR.
_SHORT_COUNTRIES = {
    "BiH": "BA", "Bosnia": "BA", "Bosnia and Herzegovina": "BA", "Bosnien und Herzegowina": "BA", "The Gambia": "GM",
    "Czech Republic": "CZ", "Republic of Moldova": "MD", "Moldau": "MD", "Macedonia": "MK", "Македонија": "MK",
    "Република Македонија": "MK", "Russian Federation": "RU", "Turkey": "TR", "Türkiye": "TR", "UK": "GB",
    "United States of America": "US", "USA": "US", "the Netherlands": "NL", "Kosova": "XK", "Kosovës": "XK",
    "Shqipërisë": "AL", "Cabo Verde": "CV", "the Philippines": "PH",
}  # fmt: skip
_STATE = re.compile(r"^(the )?(government|republic|kingdom) of (the )?")
# How alike two spellings are, from 0 to 1 (Ratcliff and Obershelp, as difflib counts it), for one name to be the other.
_SAME_SPELLING = 0.92


@cache
def normal(text: str) -> str:
    """Return the words of a text in lower case, in Latin letters, without accents and signs, one space between them."""
    lowered = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    bare = "".join(character for character in lowered if not unicodedata.combining(character))
    return " ".join(re.findall(r"\w+", bare.translate(_LATIN)))


def words(text: str) -> list[str]:
    """Return the words of a text that say something, normalised."""
    return [word for word in normal(text).split() if word not in _SMALL_WORDS]


def name_of(thing: Thing) -> str:
    """Return the name of an annotated thing."""
    return thing if isinstance(thing, str) else str(thing.get("name") or "")


def forms_of(thing: Thing) -> list[str]:
    """Return the name and the other forms that count as right."""
    if isinstance(thing, str):
        return [thing]
    return [form for form in (name_of(thing), *(thing.get("also") or ())) if form]


def _all_forms(thing: Thing) -> list[str]:
    """Return every form, those that stand in the text included."""
    if isinstance(thing, str):
        return [thing]
    return [*forms_of(thing), *(form for form in thing.get("aliases_in_text") or () if form)]


@cache
def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1."""
    return SequenceMatcher(None, normal(one), normal(other)).ratio()


def shared_words(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, of all their words."""
    left, right = set(words(one)), set(words(other))
    return len(left & right) / len(left | right) if left and right else 0.0


def same_person(one: Thing, other: Thing) -> bool:
    """True for one person's names: in full, or one by initial or surname; never with two different first names."""
    return any(_same_person(left, right) for left in forms_of(one) for right in forms_of(other))


def _same_person(one: str, other: str) -> bool:
    left, right = ([word for word in normal(name).split() if word not in _HONORIFICS] for name in (one, other))
    if not left or not right:
        return False
    if sorted(left) == sorted(right) or _ratio(" ".join(left), " ".join(right)) >= 0.9:
        return True
    short, long = sorted((left, right), key=len)
    if _ratio(short[-1], long[-1]) < 0.85:
        return False
    if len(short) == 1:
        return len(short[0]) > 2
    if 1 in (len(short[0]), len(long[0])):
        return short[0][0] == long[0][0]
    return _ratio(short[0], long[0]) >= 0.75


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def same_organisation(one: Thing, other: Thing) -> bool:
    """True if any form of one is a form of the other, or has three quarters of its words."""
    return any(_same_organisation(left, right) for left in _all_forms(one) for right in _all_forms(other))


def _same_organisation(one: str, other: str) -> bool:
    first, second = normal(one), normal(other)
    if not first or not second:
        return False
    left, right = words(one), words(other)
    if first == second or (left and left == right):
        return True
    if len(left) > 1 and len(right) > 1:
        return shared_words(one, other) >= 0.75 or likeness(one, other) >= _SAME_SPELLING
    return len(left) == len(right) == 1 and min(len(first), len(second)) > 5 and likeness(one, other) >= 0.85


def same_place(one: Thing, other: Thing) -> bool:
    """True for one place, in whatever case or spelling."""
    return any(_same_place(left, right) for left in forms_of(one) for right in forms_of(other))


def _same_place(one: str, other: str) -> bool:
    first, second = normal(one), normal(other)
    alike = min(len(first), len(second)) > 4 and likeness(one, other) >= 0.82
    return bool(first) and (first == second or alike)


def same_title(one: Thing, other: Thing, share: float = 0.5) -> bool:
    """True for titles and descriptions with that share of words in common, or with nearly the same letters."""
    return any(
        bool(normal(left))
        and (normal(left) == normal(right) or shared_words(left, right) >= share or likeness(left, right) >= 0.85)
        for left in forms_of(one)
        for right in forms_of(other)
    )


def same_instrument(one: Thing, other: Thing) -> bool:
    """True for one title, or for one kind of instrument where one description holds the words of the other."""
    if same_title(one, other):
        return True
    if isinstance(one, str) or isinstance(other, str) or not one.get("kind") or one["kind"] != other.get("kind"):
        return False
    return any(
        shared_words(left, right) >= 0.3 or set(words(left)) <= set(words(right))
        for left in forms_of(one)
        for right in forms_of(other)
        if words(left) and words(right)
    )


def same_party(one: Thing, other: Thing) -> bool:
    """True for one country, organisation or person in a role; a country is never one of its agencies."""
    left, right = _countries(one), _countries(other)
    if left and right:
        return bool(left & right)
    if same_organisation(one, other):
        return True
    if left or right:
        return False
    return same_person(one, other) or same_title(one, other, 0.75)


def _countries(thing: Thing) -> set[str]:
    known = _country_names()
    found = (known.get(normal(form)) or known.get(_STATE.sub("", normal(form))) for form in forms_of(thing))
    return {code for code in found if code is not None}


@cache
def _country_names() -> dict[str, str]:
    """Return normalised name → ISO 3166-1 alpha-2, in the languages of the announcements; the codes themselves too."""
    found: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(normal(name), code)
                found.setdefault(normal(code), code)
    return {**found, **{normal(name): code for name, code in _SHORT_COUNTRIES.items()}}


def paired(told: Sequence[Any], wanted: Sequence[Any], same: Same) -> list[tuple[int, int]]:
    """Return pairs of indexes (told, wanted), each used once: things of one name first, then others that are the same.

    Where several would do, the first one told takes the first one wanted.
    """
    pairs: list[tuple[int, int]] = []
    left = list(range(len(told)))
    for only_equal in (True, False):
        taken = {index for _, index in pairs}
        for index, thing in enumerate(wanted):
            if index in taken:
                continue
            name = normal(name_of(thing))
            for candidate in left:
                if only_equal and not (name and normal(name_of(told[candidate])) == name):
                    continue
                if same(told[candidate], thing):
                    pairs.append((candidate, index))
                    left.remove(candidate)
                    break
    return pairs
