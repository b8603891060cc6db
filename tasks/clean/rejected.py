"""Why an archived body does not become a document, and the limits that decide it. No cleaning happens here."""

from __future__ import annotations

# An announcement has some thousand characters, a heavy news page one or two megabytes of markup. Beyond these limits a
# body is a dump, an attack or a mistake; the work on it is bounded by refusing it before it is parsed.
MAX_BODY_BYTES = 8_000_000
MAX_TEXT_CHARS = 1_000_000
# Some 20 µs a line; the longest page of those sets has 3,000.
MAX_LINES = 50_000
# trafilatura needs some 0.1 ms an element; the largest page of the sets this stage was measured on has 9,000.
MAX_ELEMENTS = 100_000


class RejectedBodyError(Exception):
    """A body that cannot become a document; becomes one row of `documents.rejects`.

    Args:
        reason: Short code: empty, binary, undecodable, too_large, too_deep, no_text, list_page, duplicate_version.
        detail: What was seen and what can be done.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"
