"""Which characters of a text are taken: a mask that is asked and marked in time that grows with the span alone."""

from __future__ import annotations

from collections.abc import Iterable


class SpanMask:
    """Marks characters of a text.

    Args:
        length: Characters of the text.
        spans: What to mark at once.
    """

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._mask = bytearray(length + 1)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Mark `text[start:end]`."""
        self._mask[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """True if any character of `text[start:end]` is marked."""
        return self._mask.find(1, start, end) >= 0

    def covers(self, offset: int) -> bool:
        """True if the character at the offset is marked."""
        return bool(self._mask[offset])
