"""A text cut into pieces at every border of a span, so that spans which overlap can be shown side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text over which nothing begins or ends.

    Attributes:
        text: The stretch.
        mentions: Mentions that cover it, the innermost first.
        triggers: Numbers of the claims whose trigger covers it.
        signals: Those of them whose trigger ends with it: their numbers are shown here, once.
    """

    text: str
    mentions: tuple[Row, ...]
    triggers: tuple[int, ...]
    signals: tuple[int, ...]


def pieces(text: str, start: int, end: int, mentions: Sequence[Row], claims: Sequence[Row]) -> list[Piece]:
    """Return text[start:end] in pieces, in order; together they are that text.

    Args:
        text: The document's text.
        start: Where the part to be shown begins, in code points.
        end: Where it ends.
        mentions: Rows with `start` and `end`.
        claims: Rows with `trigger_start` and `trigger_end`; they are numbered from 1.
    """
    borders = {start, end, *_borders(mentions, "start", "end"), *_borders(claims, "trigger_start", "trigger_end")}
    cuts = sorted(border for border in borders if start <= border <= end)
    found = []
    for low, high in pairwise(cuts):
        over = [row for row in mentions if row["start"] <= low and high <= row["end"]]
        over.sort(key=lambda row: (row["end"] - row["start"], row["kind"]))
        numbers = [
            number
            for number, row in enumerate(claims, start=1)
            if row["trigger_start"] <= low and high <= row["trigger_end"]
        ]
        last = tuple(number for number in numbers if claims[number - 1]["trigger_end"] == high)
        found.append(Piece(text[low:high], tuple(over), tuple(numbers), last))
    return found


def _borders(rows: Iterable[Row], *names: str) -> Iterable[int]:
    return (row[name] for row in rows for name in names)
