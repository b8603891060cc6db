"""What the declaration of a source says of its pages: the fetch stage reads it, the clean stage goes by it.

Rules that hold for pages of every publisher are in `seeds/reference/clean`; hints are for what only one publisher does.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.ids import sha256_hex


@dataclass(frozen=True, slots=True)
class FurnitureHint:
    """What on the pages of a source is no text. Either `line` or `element` is given.

    Attributes:
        kind: What it is, a word of `REMOVAL_KINDS`.
        line: Pattern that a whole line matches, without regard to case.
        element: A class or the id of the elements that hold it.
        rest: True if everything after such a line is furniture too.
    """

    kind: str
    line: str | None = None
    element: str | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class PageHints:
    """Hints for the pages of one source.

    Attributes:
        furniture: What is no text, in the order of the declaration; the first that holds counts.
        date_element: A class or the id of the element that gives the day of publication.
        date_label: Words that stand before the day of publication in a line.
        day_first: Whether 03/04/2021 is the 3rd of April; None where language and address decide.
        distrust: Ways to a day that lead astray on these pages, words of `PUBLICATION_METHODS`.
    """

    furniture: tuple[FurnitureHint, ...] = ()
    date_element: str | None = None
    date_label: str | None = None
    day_first: bool | None = None
    distrust: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Hash of the hints; empty if there are none. Other hints make the pages of the source stale."""
        return "" if self == NO_HINTS else sha256_hex(repr(self).encode("utf-8"))


NO_HINTS = PageHints()
