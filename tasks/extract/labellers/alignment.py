"""Where the words of a proposal stand in a text, if they do.

Four steps, each only where the one before found nothing: at the offset given; anywhere, word for word; with case,
quotes, dashes and spaces made alike; with few words changed. Numbers and negations may never differ: a model that turns
58 into 85 or drops a "not" has not quoted. What is kept is always the text's own words, never the proposal's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIGNMENTS = ("exact", "moved", "folded", "fuzzy")

# Words changed, left out or added: of a quote of ten one may differ.
LEAST_SIMILARITY = 0.85
# Shorter proposals are names; a name with a word changed is another name.
_FEWEST_WORDS = 6
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_SAME = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("‐‑‒–—−", "-")})
# What turns a sentence round, in the languages read.
_NEGATIONS = frozenset(
    word
    for words in (
        "no not never none nor without",
        "ne nije nisu neće nismo nema bez",
        "не није нису неће нема без",
        "ni niso brez",
        "ne nebuvo nėra nebus be",
        "niet geen nooit zonder",
        "nicht kein keine keinen nie ohne",
        "pas aucun aucune jamais sans",
        "nuk mos asnjë",
    )
    for word in words.split()
)


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words found in a text: `text[start:end]`, and how far they are those of the proposal.

    Attributes:
        alignment: One of `ALIGNMENTS`: exact, moved (word for word, but not at the offset given), folded (but for case,
            quotes, dashes and spaces) or fuzzy (but for a few words).
    """

    start: int
    end: int
    alignment: str


def align(text: str, words: str, start: int | None = None, within: tuple[int, int] | None = None) -> Aligned | None:
    """Return where the words stand in the text, or None.

    Args:
        text: The document's text.
        words: The proposal.
        start: Offset in the text where the proposal says it begins. Of several places the nearest counts, or the first.
        within: Offsets the words must lie between.
    """
    low, high = within or (0, len(text))
    words = words.strip()
    if not words:
        return None
    if start is not None and low <= start and start + len(words) <= high and text.startswith(words, start):
        return Aligned(start, start + len(words), "exact")
    found = _nearest(text[low:high], words, None if start is None else start - low)
    if found is not None:
        return Aligned(low + found, low + found + len(words), "exact" if start is None else "moved")
    return _folded(text, words, start, low, high) or _fuzzy(text, words, low, high)


def _nearest(text: str, words: str, start: int | None) -> int | None:
    """Return the place of the words that is nearest to `start`, or the first; a word is not found within another."""
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    places = [match.start() for match in re.finditer(edges[0] + re.escape(words) + edges[1], text)]
    if not places:
        return None
    return min(places, key=lambda place: (abs(place - start), place)) if start is not None else places[0]


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text with case, quotes, dashes and runs of space made alike, and each character's offset in `text`."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(text.translate(_SAME)):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                offsets.append(offset)
            continue
        lower = letter.lower()
        letters.append(lower if len(lower) == 1 else letter)
        offsets.append(offset)
    return "".join(letters), offsets


def _folded(text: str, words: str, start: int | None, low: int, high: int) -> Aligned | None:
    folded, offsets = _fold(text[low:high])
    wanted = _fold(words)[0].strip()
    hint = None if start is None else start - low
    place = _nearest(folded, wanted, hint) if wanted else None
    if place is None:
        return None
    return Aligned(low + offsets[place], low + offsets[place + len(wanted) - 1] + 1, "folded")


def _fuzzy(text: str, words: str, low: int, high: int) -> Aligned | None:
    """Return the stretch of whole words most like the proposal, if it is like enough."""
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text, low, high)]
    there = [text[first:last].casefold() for first, last in spans]
    asked = [match.group().casefold() for match in _WORD.finditer(words)]
    if len(asked) < _FEWEST_WORDS or not there:
        return None
    matcher = SequenceMatcher(None, there, asked, autojunk=False)
    block = matcher.find_longest_match()
    begin = block.a - block.b
    best: tuple[float, int, int] | None = None
    for first in range(max(0, begin - 2), min(len(there), begin + 3)):
        for last in range(first + len(asked) - 2, min(len(there), first + len(asked) + 2) + 1):
            likeness = SequenceMatcher(None, there[first:last], asked, autojunk=False).ratio()
            if best is None or likeness > best[0]:
                best = (likeness, first, last)
    if best is None or best[0] < LEAST_SIMILARITY or _telling(there[best[1] : best[2]]) != _telling(asked):
        return None
    return Aligned(spans[best[1]][0], spans[best[2] - 1][1], "fuzzy")


def _telling(words: list[str]) -> list[str]:
    """Return the words that may not differ, in order of the alphabet: those with digits, and negations."""
    return sorted(word for word in words if word in _NEGATIONS or any(letter.isdigit() for letter in word))
