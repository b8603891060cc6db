"""What a personal name looks like: given names, initials, particles, surnames, in Latin and Cyrillic letters.

Belongs here: the shape of names and when two of them are one. Whose name it is, and of what office, is in `persons`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tasks.extract.text.tokens import Token, View, fold

_MOST_PARTS = 5
_MOST_HYPHENS = 2
# Capitals of up to this length abbreviate a country or body: Uprave RS, directeur van de IND.
_LONGEST_SHORT_FORM = 3
# Signs within a name: V. Kondratovič, Čmilytė-Nielsen, O'Neill.
_INNER_SIGNS = ".-–'’"
# Belgian names write the particle with a capital (Marta De Wolf); alone, these words are articles.
_CAPITAL_PARTICLES = frozenset({"De", "Den", "Der", "Das"})
# Endings that surnames and given names take in the cases of our inflected languages, folded; longest first.
_CASE_ENDINGS = (
    "aite", "iene", "iaus", "iumi", "aus", "ega", "emu", "ene", "evi", "iai", "ies", "iui", "ius", "oga", "omu", "ova",
    "ovi", "ovo", "as", "em", "es", "im", "in", "io", "is", "it", "iu", "og", "oj", "om", "os", "ui", "us", "ев", "ов",
    "ом", "a", "e", "i", "o", "s", "u", "а", "е", "у",
)  # fmt: skip
_SHORTEST_STEM = 3
_GERMAN_ARTICLES = frozenset({"der", "den", "dem", "die", "das", "des"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        parts: Its words without particles' case changes; an initial is one letter.
        first: Index of its first token.
        last: Index of its last token.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    first: int
    last: int

    @property
    def surname(self) -> str:
        """The last part."""
        return self.parts[-1]

    @property
    def is_full(self) -> bool:
        """True if it has a given name or an initial besides the surname."""
        return len(self.parts) > 1

    @property
    def has_given_name(self) -> bool:
        """True if its first part is more than an initial."""
        return self.is_full and len(self.parts[0]) > 1

    @property
    def text(self) -> str:
        """The name as it is shown: surnames in capitals (Bejtush GASHI) with one capital."""
        shown = []
        for part in self.parts:
            if len(part) == 1:
                shown.append(f"{part}.")
            elif part.isupper() and len(part) > 2:
                shown.append("-".join(piece.capitalize() for piece in part.split("-")))
            else:
                shown.append(part)
        return " ".join(shown)


def read_name(view: View, index: int, is_blocked: Callable[[Token], bool]) -> Name | None:
    """Return the name that starts at a token, as long as it goes; None if the token cannot begin one.

    Args:
        view: The text.
        index: Index of the token.
        is_blocked: Whether a token belongs to something else (a country, an office, a month).
    """
    tokens = view.tokens
    parts: list[str] = []
    ends: list[int] = []
    at = index
    while at < len(tokens) and len(parts) < _MOST_PARTS:
        if parts and not _adjoins(view, tokens[ends[-1]], tokens[at]):
            break
        last = _part_end(view, at, bool(parts), is_blocked)
        if last is None:
            break
        is_initial = tokens[last].text == "."
        parts.append(tokens[at].text if is_initial else view.text[tokens[at].start : tokens[last].end])
        ends.append(last)
        at = last + 1
    while parts and (parts[-1] in view.words["name_particle"] or len(parts[-1]) == 1):
        # A name does not end in a particle or an initial.
        parts.pop()
        ends.pop()
    if not parts:
        return None
    return Name(tokens[index].start, tokens[ends[-1]].end, tuple(parts), index, ends[-1])


def _part_end(view: View, at: int, is_inside: bool, is_blocked: Callable[[Token], bool]) -> int | None:
    """Return the last token of the part of a name that starts at a token: an initial, a particle or a word."""
    tokens, token, particles = view.tokens, view.tokens[at], view.words["name_particle"]
    if _is_initial(tokens, at):
        return at + 1
    if is_inside and token.folded in particles and token.text[0].islower() and not _is_german_article(view, at):
        article = _article_end(tokens, at)
        if article is not None:
            return article
        if _capital_follows(tokens, at, particles):
            return at
    if is_inside and token.text in _CAPITAL_PARTICLES and _capital_follows(tokens, at, particles):
        return at
    if not (_is_name_word(token) or _is_elided(tokens, at)) or is_blocked(token):
        return None
    return _hyphenated(view, at)


def _is_german_article(view: View, at: int) -> bool:
    """True for the "den" of "besprach Anna Huber den Plan", unlike that of van den Berg."""
    if view.language != "de" or view.tokens[at].folded not in _GERMAN_ARTICLES:
        return False
    return view.tokens[at - 1].folded not in view.words["name_particle"]


def _article_end(tokens: Sequence[Token], at: int) -> int | None:
    """Return the last token of al-Mansouri, ez-Zahra: a small article, a hyphen and a word; None if it is none."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in "-‑":
        return None
    touching = tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start
    return at + 2 if touching and _is_name_word(tokens[at + 2]) else None


def _is_elided(tokens: Sequence[Token], at: int) -> bool:
    """True for the letter of O'Neill, D'Amico."""
    if len(tokens[at].text) != 1 or not tokens[at].text.isupper() or at + 2 >= len(tokens):
        return False
    sign = tokens[at + 1]
    return sign.text in "'’" and sign.start == tokens[at].end and tokens[at + 2].start == sign.end


def read_name_back(view: View, index: int, is_blocked: Callable[[Token], bool]) -> Name | None:
    """Return the longest name that ends at a token; None if none does."""
    best: Name | None = None
    particles = view.words["name_particle"]
    for first in range(index, max(index - 2 * _MOST_PARTS, -1), -1):
        token = view.tokens[first]
        if not (_is_name_word(token) or _is_initial(view.tokens, first) or _is_elided(view.tokens, first)):
            if token.folded not in particles and token.text not in _INNER_SIGNS:
                break
            continue
        name = read_name(view, first, is_blocked)
        if name is not None and name.last == index:
            best = name
        elif name is not None and name.last > index:
            # The name goes on after the token.
            break
        elif is_blocked(token):
            break
    return best


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return (
        len(token.text) == 1
        and token.text.isupper()
        and at + 1 < len(tokens)
        and tokens[at + 1].text == "."
        and tokens[at + 1].start == token.end
    )


def _is_name_word(token: Token) -> bool:
    if not token.is_word or len(token.text) < 2 or not token.text[0].isupper():
        return False
    return len(token.text) > _LONGEST_SHORT_FORM or not token.text.isupper()


def _capital_follows(tokens: Sequence[Token], at: int, particles: frozenset[str]) -> bool:
    for after in tokens[at + 1 : at + 3]:
        if after.folded in particles:
            continue
        return _is_name_word(after)
    return False


def _adjoins(view: View, before: Token, after: Token) -> bool:
    gap = view.text[before.end : after.start]
    return gap in ("", " ", "\u00a0") if before.text == "." else gap in (" ", "\u00a0")


def _hyphenated(view: View, at: int) -> int:
    """Return the last token of Kovač-Petrović, O'Neill, or of the Arakelian-de before Wit."""
    tokens, particles = view.tokens, view.words["name_particle"]
    for _ in range(_MOST_HYPHENS):
        if at + 2 >= len(tokens) or tokens[at + 1].text not in "-‑'’":
            break
        touching = tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start
        is_particle = tokens[at + 2].text in particles and _capital_follows(tokens, at + 2, particles)
        if not touching or not (is_particle or _is_name_word(tokens[at + 2])):
            break
        at += 2
        if is_particle:
            break
    return at


# -- one person or two -----------------------------------------------------------------------------------------------


def stem(word: str) -> str:
    """Return a folded name without the ending of its case."""
    folded = fold(word)
    for ending in _CASE_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
            return folded[: -len(ending)]
    return folded


def same_word(first: str, second: str) -> bool:
    """True if two words are one name: equal but for diacritics, case endings, or one letter of a long name."""
    a, b = fold(first), fold(second)
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    if longer.startswith(shorter) and len(shorter) >= _SHORTEST_STEM and longer[len(shorter) :] in _CASE_ENDINGS:
        return True
    if min(len(a), len(b)) >= _SHORTEST_STEM and stem(first) == stem(second):
        return len(shorter) > _SHORTEST_STEM or abs(len(a) - len(b)) <= 2
    return len(shorter) >= 8 and len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def same_person(first: Name, second: Name) -> bool:
    """True if the surnames are one, and the given names or initials do not differ."""
    if not same_word(first.surname, second.surname):
        return False
    if not first.is_full or not second.is_full:
        return True
    short, long = sorted((first.parts, second.parts), key=len)
    if len(short) < len(long) and all(same_word(a, b) for a, b in zip(short, long[-len(short) :], strict=True)):
        # "Ambassador Camilleri Galea" is Anton Camilleri Galea: both his surnames.
        return True
    a, b = first.parts[0], second.parts[0]
    if len(a) == 1 or len(b) == 1:
        return fold(a)[0] == fold(b)[0]
    return same_word(a, b)
