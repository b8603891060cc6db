"""What is written down of an exception nobody expected, where one document must not stop the others.

Only the stages that work document by document use it, each at one place. What can be foreseen has an exception of its
own and is not handled here.
"""

from __future__ import annotations

import re
import traceback

from warehouse.settings import PROJECT_ROOT

# An address in memory is another one in every run; the row must not be.
_MEMORY_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}")
# As much of a message as tells one mistake from another; some messages hold the whole text of the document.
_MESSAGE_CHARS = 300


def describe_mishap(error: Exception) -> str:
    """Return one line on an exception: its type, its message, and the innermost place of it in our own code.

    The same mishap gives the same line in every run: "IndexError: list index out of range, in
    tasks/clean/furniture.py:166 (_row_of)".
    """
    words = _MEMORY_ADDRESS.sub("0x…", " ".join(str(error).split()))
    # Half a surrogate in a message could be stored in no table.
    message = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in words)
    if len(message) > _MESSAGE_CHARS:
        message = f"{message[:_MESSAGE_CHARS]}…"
    said = f"{type(error).__name__}: {message}" if message else type(error).__name__
    places = traceback.extract_tb(error.__traceback__)
    root = f"{PROJECT_ROOT}/"
    own = [place for place in places if place.filename.startswith(root) and "/site-packages/" not in place.filename]
    if not own:
        return said
    place = own[-1]
    return f"{said}, in {place.filename.removeprefix(root)}:{place.lineno} ({place.name})"
