"""Hard line breaks: lines that an editor, a PDF or a mail program broke at a column are put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.clean.lines import Line, ends_sentence, is_footnote, is_item

# A line shorter than this was not broken for want of space.
_SHORTEST_FULL_LINE = 40
# Nobody wraps wider than this; texts with longer lines have one paragraph a line.
_WIDEST_COLUMN = 110
# A line may stick out a little where the last word was not broken.
_SLACK = 3

# "… Sporazuma o readmisiji sa": no line ends with a preposition or an article unless it was broken there.
_HANGING = re.compile(r"(?<!\S)[^\W\d_A-ZÀ-ÞА-Я]{1,3}$")
_LOWER_START = re.compile(r"^[\"'„“(«]?[^\W\d_]")


def rejoin(lines: Sequence[Line], is_furniture: Callable[[str], bool]) -> list[Line]:
    """Return the lines with those put together that one hard break parted.

    A break is undone where the next line goes on in lower case, or where the text is wrapped at a column and the next
    line's first word would not have fitted any more.

    Args:
        lines: Lines in order.
        is_furniture: Whether a line stands for itself; such lines are never joined to others.
    """
    column = _column(lines)
    words = frozenset(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]{4,}", line.text))
    joined: list[Line] = []
    # The physical line that the next one would go on from: after a join, `joined[-1]` is longer than any column.
    last = ""
    for line in lines:
        if joined and _goes_on(joined[-1], last, line, column, is_furniture):
            before = joined[-1]
            text = _glue(before.text, line.text, words)
            joined[-1] = replace(before, text=text, end=line.end, hrefs=before.hrefs + line.hrefs)
        else:
            joined.append(line)
        last = line.text
    return joined


def _column(lines: Sequence[Line]) -> int | None:
    """Return the width at which the text is wrapped, or None if it is not."""
    if not lines or _is_unwrapped(lines):
        return None
    broken = [
        len(line.text)
        for line, following in pairwise(lines)
        if not following.gap and len(line.text) >= _SHORTEST_FULL_LINE and _starts_lower(following.text)
    ]
    # Two breaks in the middle of a sentence are no accident.
    return max(broken) if len(broken) >= 2 else None


def _is_unwrapped(lines: Sequence[Line]) -> bool:
    long = sum(len(line.text) > _WIDEST_COLUMN for line in lines)
    return long * 4 > len(lines)


def _goes_on(before: Line, last: str, line: Line, column: int | None, is_furniture: Callable[[str], bool]) -> bool:
    if before.form != "p" or line.form != "p" or before.hint or line.hint:
        return False
    if is_item(line.text) or is_footnote(line.text) or len(before.text) < _SHORTEST_FULL_LINE:
        return False
    if is_furniture(line.text) or is_furniture(last):
        return False
    if _starts_lower(line.text):
        # Over a blank line only where the sentence is plainly unfinished.
        return not ends_sentence(last)
    if line.gap or len(last) < _SHORTEST_FULL_LINE:
        return False
    if _HANGING.search(last):
        return True
    if column is None or len(last) > column + _SLACK:
        return False
    first_word = line.text.split(" ", 1)[0]
    return len(last) + 1 + len(first_word) > column


def _starts_lower(text: str) -> bool:
    match = _LOWER_START.match(text)
    return bool(match) and match[0][-1].islower() if match else False


def _glue(before: str, after: str, words: frozenset[str]) -> str:
    """Join two halves; a word parted by a hyphen at the break becomes whole where the text has it whole elsewhere."""
    parted = re.search(r"([^\W\d_]{2,})[-‐]$", before)
    if not parted:
        return f"{before} {after}"
    rest = re.match(r"[^\W\d_]+", after)
    if rest and (parted[1] + rest[0]).casefold() in words:
        return before[:-1] + after
    return before + after
