"""Which lines of a page hold the main text that the extractor returned.

The extractor (trafilatura) decides what is text and returns a string; the lines know where it stands, what it is and
what stands around it. Both are compared letter by letter, without spaces and punctuation, in the order of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_NOT_LETTERS = re.compile(r"[\W_]+")
# The same for ASCII, as most lines are, in one pass over their bytes.
_ASCII_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_ASCII_LOWER = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
# The extractor writes the row of a table as a line, its cells between bars; here each is a line of its own.
_CELLS = re.compile(r"\n|(?<!\S)\|(?!\S)")
# A short line ("News") occurs inside many words: it must fill a whole line of the extractor's text.
_SHORT = 24
# How many places of one text are considered for a line; a page repeats its headline three or four times.
_MAX_PLACES = 6


def aligned(lines: Sequence[str], extracted: str) -> frozenset[int]:
    """Return the numbers of the lines that the extractor's text is made of.

    A line is placed where its letters occur in the text; of the lines and places that contradict each other's order
    those with the most letters win. A long line counts also when the extractor kept only its beginning or its end.
    """
    parts = _squash(_CELLS.split(extracted))
    text = "".join(parts)
    edges = frozenset(accumulate(map(len, parts), initial=0))
    candidates = [
        (number, place, end, end - place)
        for number, line in enumerate(_squash(lines))
        for place, end in reversed(_places(line, text, edges))
    ]
    return frozenset(_heaviest_chain(candidates))


def _squash(lines: Sequence[str]) -> list[str]:
    """Return the letters and figures of each line."""
    return [
        line.encode().translate(_ASCII_LOWER, _ASCII_NO_LETTERS).decode()
        if line.isascii()
        else _NOT_LETTERS.sub("", line).casefold()
        for line in lines
    ]


def _places(line: str, text: str, edges: frozenset[int]) -> list[tuple[int, int]]:
    """Return where the line may stand in the text, as start and end."""
    if not line:
        return []
    found: list[tuple[int, int]] = []
    start = text.find(line)
    while start >= 0 and len(found) < _MAX_PLACES:
        end = start + len(line)
        if len(line) >= _SHORT or (start in edges and end in edges):
            found.append((start, end))
        start = text.find(line, start + 1)
    if not found and len(line) >= _SHORT + 8:
        for key in (line[:_SHORT], line[-_SHORT:]):
            start = text.find(key)
            if start >= 0:
                # Only a part of the line is there; it takes no more room than that part surely has.
                return [(start, start + _SHORT)]
    return found


def _heaviest_chain(candidates: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """Return the line numbers of the heaviest chain of candidates that advances in lines and in places.

    Candidates are ordered by line, the places of one line backwards, so that no line is taken twice. Places do not
    overlap.
    """
    # Best weight of a chain that ends at or before a place, as a staircase: both lists rise.
    ends: list[int] = [0]
    weights: list[int] = [0]
    owners: list[int] = [-1]
    previous: list[int] = []
    for index, (_, place, end, weight) in enumerate(candidates):
        step = bisect_right(ends, place) - 1
        previous.append(owners[step])
        total = weights[step] + weight
        at = bisect_right(ends, end)
        if weights[at - 1] >= total:
            continue
        # Replace the stairs that are now lower although they end later.
        until = at
        while until < len(ends) and weights[until] <= total:
            until += 1
        if ends[at - 1] == end:
            at -= 1
        ends[at:until], weights[at:until], owners[at:until] = [end], [total], [index]
    chain = []
    index = owners[-1]
    while index >= 0:
        chain.append(candidates[index][0])
        index = previous[index]
    return chain[::-1]
