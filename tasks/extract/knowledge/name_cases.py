"""Given names and the cases they stand in: s Nenadom Nešićem → Nenad Nešić; pasak Jono Kazlausko → Jonas Kazlauskas.

A name is put into the nominative only where its given name is in the tables and its surname agrees in case; otherwise
it stays as the text has it. Declensions after the school grammars of Lithuanian, Serbian and Croatian, and Slovenian.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from tasks.extract.text.forms import GROUPS
from tasks.extract.text.tokens import fold
from warehouse.serbian import to_latin, to_serbian_cyrillic

_SOUTH_SLAVIC = frozenset({*GROUPS["hbs"], "sl"})
_CASES = ("genitive", "dative", "accusative", "instrumental")
# Nominative ending and the endings of the four cases, by gender.
_LITHUANIAN: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "m": (
        ("ius", ("iaus", "iui", "ių", "iumi")),
        ("as", ("o", "ui", "ą", "u")),
        ("is", ("io", "iui", "į", "iu")),
        ("ys", ("io", "iui", "į", "iu")),
        ("us", ("aus", "ui", "ų", "umi")),
    ),
    "f": (
        ("ė", ("ės", "ei", "ę", "e")),
        ("ia", ("ios", "iai", "ią", "ia")),
        ("a", ("os", "ai", "ą", "a")),
    ),
}  # fmt: skip
# After this a Lithuanian surname is of the declension in -ius: Kondratovičiui is of Kondratovičius.
_IUS_STEM = "č"
# Ends of men's names in the South Slavic languages, one set per case; surnames take the same.
_MASCULINE: dict[str, tuple[str, ...]] = {
    "genitive": ("a",),
    "dative": ("u",),
    "accusative": ("a",),
    "instrumental": ("om", "em"),
}
_FEMININE: dict[str, tuple[str, ...]] = {
    "genitive": ("e",),
    "dative": ("i",),
    "accusative": ("u", "o"),
    "instrumental": ("om", "o"),
}
_ADJECTIVAL: dict[str, tuple[str, ...]] = {
    "genitive": ("og", "ega"),
    "dative": ("om", "emu"),
    "accusative": ("og", "ega"),
    "instrumental": ("im",),
}
_ADJECTIVE_STEMS = ("sk", "ck", "čk")
# Surnames that surely are in a case when an ending follows these.
_CERTAIN_STEMS = ("ić", "ič")
_VOWELS = "aeiou"
_LITHUANIAN_VOWELS = "aeiouyėųūįąę"
_SHORTEST_STEM = 3


class GivenNames:
    """The given names of the tables.

    Args:
        names: As they are written in the nominative.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))

    @cached_property
    def _nominatives(self) -> frozenset[str]:
        folded = {fold(name) for name in self._names}
        return frozenset(folded | {fold(to_serbian_cyrillic(name)) for name in self._names})

    @cached_property
    def _lithuanian(self) -> Mapping[str, list[tuple[str, str, str]]]:
        """Folded form → (nominative, case, gender)."""
        forms: dict[str, list[tuple[str, str, str]]] = {}
        for name in sorted({*self._names, *map(_in_lithuanian, self._names)}):
            for gender, declensions in _LITHUANIAN.items():
                ending, cases = next(((n, c) for n, c in declensions if name.endswith(n)), ("", ()))
                for case, other in zip(_CASES, cases, strict=False):
                    form = fold(name.removesuffix(ending) + other)
                    forms.setdefault(form, []).append((name, case, gender))
        return forms

    @cached_property
    def _slavic(self) -> Mapping[str, list[tuple[str, str]]]:
        """Folded form in Latin letters → (nominative, case)."""
        forms: dict[str, list[tuple[str, str]]] = {}
        for name in self._names:
            if not name.isascii() and to_latin(name) != name:
                continue
            endings = _FEMININE if name.endswith("a") else _MASCULINE
            for stem in _slavic_stems(name):
                for case, found in endings.items():
                    for ending in found:
                        forms.setdefault(fold(stem + ending), []).append((name, case))
        return forms

    def knows(self, folded: str, language: str) -> bool:
        """Return whether a folded word is a given name, in any case of the document's language."""
        if folded in self._nominatives:
            return True
        if language == "lt":
            return folded in self._lithuanian
        return language in _SOUTH_SLAVIC and fold(to_latin(folded)) in self._slavic

    def nominative(self, parts: tuple[str, ...], language: str) -> tuple[str, ...]:
        """Return the parts of a name in the nominative; unchanged where the tables do not tell it."""
        if len(parts) < 2 or len(parts[0]) < _SHORTEST_STEM:
            return parts
        if language == "lt":
            return self._from_lithuanian(parts)
        if language not in _SOUTH_SLAVIC:
            return parts
        latin = tuple(to_latin(part) for part in parts)
        found = self._from_slavic(latin, language)
        if found == latin:
            return parts
        return found if latin == parts else tuple(to_serbian_cyrillic(part) for part in found)

    def _from_lithuanian(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        if fold(parts[0]) in self._nominatives:
            return parts
        for name, case, gender in self._lithuanian.get(fold(parts[0]), ()):
            surname = _lithuanian_surname(parts[-1], case, gender)
            if surname is not None:
                return (_spelt(parts[0], name), *parts[1:-1], surname)
        return parts

    def _from_slavic(self, parts: tuple[str, ...], language: str) -> tuple[str, ...]:
        is_nominative = fold(parts[0]) in self._nominatives
        # Ivom is of Ivo and of Iva: a man's surname stands in the case, a woman's does not, so his is tried first.
        for name, case in sorted(self._slavic.get(fold(parts[0]), ()), key=lambda found: found[0].endswith("a")):
            surname = _slavic_surname(parts[-1], case, language)
            certain = surname is not None and surname.endswith((*_CERTAIN_STEMS, "ski", "cki", "čki"))
            if name.endswith("a") and not is_nominative:
                # A woman's surname stays as it is, a man's (Ivica, Nikola) does not.
                return (_spelt(parts[0], name), *parts[1:-1], surname if certain and surname else parts[-1])
            if surname is not None and (certain or not is_nominative):
                middle = (_slavic_surname(part, case, language) or part for part in parts[1:-1])
                return (_spelt(parts[0], name), *middle, surname)
        return parts


def _in_lithuanian(name: str) -> str:
    """Return a foreign man's name with the ending Lithuanian gives it: Viktor → Viktoras, Rihards → Rihardas."""
    stem = name[:-1] if name.endswith("s") and name[-2] not in _VOWELS else name
    return stem + "as" if stem[-1] not in _LITHUANIAN_VOWELS and stem[-1] != "s" else name


def _spelt(written: str, nominative: str) -> str:
    """Return the nominative with the text's own letters as far as they are the same: Bostjana → Bostjan."""
    same = 0
    for ours, theirs in zip(fold(written), fold(nominative), strict=False):
        if ours != theirs:
            break
        same += 1
    return written[:same] + nominative[same:]


def _lithuanian_surname(surname: str, case: str, gender: str) -> str | None:
    """Return a surname in the nominative if its ending is one of the case; of a double surname every part that is."""
    pieces = [_lithuanian_piece(piece, case, gender) for piece in surname.split("-")]
    if not any(pieces):
        return None
    return "-".join(piece or written for piece, written in zip(pieces, surname.split("-"), strict=True))


def _lithuanian_piece(surname: str, case: str, gender: str) -> str | None:
    """Return one surname in the nominative; of several declensions the one with the longest ending."""
    found: list[tuple[int, bool, str]] = []
    for nominative, cases in _LITHUANIAN[gender]:
        ending = cases[_CASES.index(case)]
        stem = surname.removesuffix(ending)
        if stem != surname and len(stem) >= _SHORTEST_STEM:
            is_ius = (nominative == "ius") == stem.endswith(_IUS_STEM)
            found.append((len(ending), is_ius, stem + nominative))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _slavic_stems(name: str) -> list[str]:
    """Return what the endings of the cases are added to: Petar → Petr, Marko → Mark, Toni → Tonij, Igor → Igorj."""
    if name[-1] in "ao":
        return [name[:-1]]
    if name.endswith("i"):
        return [name + "j"]
    stems = [name]
    if name.endswith(("ar", "er", "el", "ec")) and name[-3] not in _VOWELS:
        stems.append(name[:-2] + name[-1])
    if name.endswith("r"):
        stems.append(name + "j")
    return stems


def _slavic_surname(surname: str, case: str, language: str) -> str | None:
    """Return a man's surname in the nominative if its ending is one of the case; of a double surname each part."""
    pieces = [_slavic_piece(piece, case, language) for piece in surname.split("-")]
    if pieces[-1] is None:
        return None
    return "-".join(piece or written for piece, written in zip(pieces, surname.split("-"), strict=True))


def _slavic_piece(surname: str, case: str, language: str) -> str | None:
    for ending in _ADJECTIVAL[case]:
        stem = surname.removesuffix(ending)
        if stem != surname and stem.endswith(_ADJECTIVE_STEMS):
            return stem + "i"
    for ending in _MASCULINE[case]:
        stem = surname.removesuffix(ending)
        if stem == surname or len(stem) < _SHORTEST_STEM:
            continue
        if stem.endswith("ij"):
            return stem[:-1]
        if language == "sl" and stem.endswith("rj"):
            return stem[:-1]
        if stem[-1] == "c" and stem[-2] not in _VOWELS:
            return f"{stem[:-1]}{'e' if language == 'sl' else 'a'}c"
        return stem
    return None
