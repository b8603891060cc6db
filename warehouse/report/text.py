"""What of a document may stand on a page: signs that cannot be seen are named, links lead to the web only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

# Marks that reverse or hide text, and controls. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return the text with every sign that would reverse, hide or steer it replaced by its name, as `‹U+202E›`."""
    return _UNSEEN.sub(lambda match: f"‹U+{ord(match[0]):04X}›", text)


def visible_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of text as `visible` shows each value; nulls stay null."""
    odd = pc.match_substring_regex(column, _UNSEEN.pattern)
    if not pc.any(odd).as_py():
        return column
    values = (None if text is None else visible(text) for text in column.to_pylist())
    return pa.chunked_array([pa.array(values, pa.string())])


def web_address(url: str | None) -> str | None:
    """Return the address where it is one of the web (http, https, with a host); None for everything else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
