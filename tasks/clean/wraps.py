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

# No line ends with a preposition, an article or a conjunction unless it was broken there.
_HANGING_WORDS = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "between",
            "by",
            "for",
            "from",
            "in",
            "its",
            "of",
            "on",
            "or",
            "the",
            "to",
            "with",
        ),
        *(
            "am",
            "an",
            "auf",
            "das",
            "dem",
            "den",
            "der",
            "des",
            "die",
            "für",
            "im",
            "mit",
            "und",
            "von",
            "zu",
            "zum",
            "zur",
        ),
        *(
            "de",
            "een",
            "en",
            "het",
            "met",
            "op",
            "te",
            "van",
            "voor",
            "au",
            "aux",
            "du",
            "et",
            "la",
            "le",
            "les",
            "par",
        ),
        *(
            "pour",
            "sur",
            "un",
            "une",
            "do",
            "i",
            "iz",
            "na",
            "o",
            "od",
            "po",
            "s",
            "sa",
            "u",
            "za",
            "v",
            "z",
            "dėl",
            "ir",
        ),
        *(
            "iš",
            "į",
            "per",
            "su",
            "už",
            "во",
            "за",
            "и",
            "на",
            "од",
            "со",
            "у",
            "dhe",
            "e",
            "me",
            "në",
            "nga",
            "për",
            "të",
        ),
    }
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_WORD_START = re.compile(r"[^\W\d_]+")
_PARTED = re.compile(r"([^\W\d_]{2,})[-‐]$")
_LONGEST_WORD = 40
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
    words = frozenset(word.casefold() for line in lines for word in _WORD.findall(line.text))
    joined: list[Line] = []
    paragraph: list[Line] = []
    length = 0
    for line in lines:
        if paragraph and not _goes_on(paragraph[-1], length, line, column, is_furniture):
            joined.append(_put_together(paragraph, words))
            paragraph, length = [], 0
        paragraph.append(line)
        length += len(line.text)
    return [*joined, _put_together(paragraph, words)] if paragraph else joined


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


def _goes_on(last: Line, length: int, line: Line, column: int | None, is_furniture: Callable[[str], bool]) -> bool:
    """Return whether a line goes on with the paragraph that ends in `last` and has this many characters so far."""
    if last.form != "p" or line.form != "p" or last.hint or line.hint or length < _SHORTEST_FULL_LINE:
        return False
    if is_item(line.text) or is_footnote(line.text) or is_furniture(line.text) or is_furniture(last.text):
        return False
    if _starts_lower(line.text):
        # Over a blank line too: the sentence is plainly unfinished.
        return not ends_sentence(last.text)
    if line.gap or len(last.text) < _SHORTEST_FULL_LINE:
        return False
    if last.text.rsplit(" ", 1)[-1] in _HANGING_WORDS:
        # A whole paragraph below is not the rest of a line: a headline may end so ("what solidarity can stand for").
        return len(line.text) <= _WIDEST_COLUMN
    if column is None or len(last.text) > column + _SLACK:
        return False
    first_word = line.text.split(" ", 1)[0]
    return len(last.text) + 1 + len(first_word) > column


def is_broken(upper: str, lower: str) -> bool:
    """Return whether two lines read as one that was broken: the lower one goes on, or the upper one cannot end so."""
    return _starts_lower(lower) or upper.rsplit(" ", 1)[-1] in _HANGING_WORDS


def put_together(lines: Sequence[Line]) -> Line:
    """Return one line of several that were broken."""
    return _put_together(lines, frozenset())


def _starts_lower(text: str) -> bool:
    match = _LOWER_START.match(text)
    return match is not None and match[0][-1].islower()


def _put_together(paragraph: Sequence[Line], words: frozenset[str]) -> Line:
    """Return one line of several; a word that a hyphen parts at a break becomes whole where the text has it whole."""
    if len(paragraph) == 1:
        return paragraph[0]
    parts = [paragraph[0].text]
    for line in paragraph[1:]:
        parted = _PARTED.search(parts[-1][-_LONGEST_WORD:])
        rest = _WORD_START.match(line.text)
        if parted and rest:
            whole = (parted[1] + rest[0]).casefold() in words
            parts[-1] = parts[-1][:-1] if whole else parts[-1]
        else:
            parts.append(" ")
        parts.append(line.text)
    hrefs = tuple(href for line in paragraph for href in line.hrefs)
    return replace(paragraph[0], text="".join(parts), end=paragraph[-1].end, hrefs=hrefs)
