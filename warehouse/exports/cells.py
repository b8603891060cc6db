"""Cells that a spreadsheet would take for a formula get an apostrophe in front; in Parquet they stay as they are.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, also behind white space, and a tab or line break can
begin another cell. See https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# Controls and blanks a spreadsheet passes over, written out: engines mean different things by \s. The wide
# forms of the signs are what some spreadsheets read as the plain ones.
_BLANKS = "\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
_FORMULA = f"^(?:[\t\r\n]|[{_BLANKS}]*[=+\\-@\uff1d\uff0b\uff0d\uff20])"


def harmless_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of text with every cell made harmless; nulls stay null."""
    risky = pc.match_substring_regex(column, _FORMULA)
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
