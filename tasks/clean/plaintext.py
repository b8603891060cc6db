"""Scraped plain text: its lines with offsets in the decoded text, fillers and icons inside them, and its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.clean.furniture import classify
from tasks.clean.language import identify
from tasks.clean.lines import Line, Removed, ends_sentence, is_item
from tasks.clean.phrases import Phrases
from tasks.clean.repair import LITERAL_BREAK, find_misreading, repair_text
from tasks.clean.wraps import rejoin

_RAW_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A run of one letter at the end of a line: what a template or a tracker left behind a headline.
_FILLER = re.compile(r"(?:^|(?<=\s))([^\W\d_])\1{3,}(?=\s*$)", re.IGNORECASE)
# The "i" of an information icon: after a non-breaking space and before punctuation or the end of the line, where the
# conjunction "i" of the South Slavic languages cannot stand; in languages without a word "i" also before a space.
_ICON = re.compile(r"(?<=\S)(?:\u00a0|&nbsp;)[iℹ](?=\s*(?:[.,;:)\]]|\*|$))")
_ICON_ANYWHERE = re.compile(r"(?<=\S)(?:\u00a0|&nbsp;)[iℹ](?!\w)")
_WITHOUT_WORD_I = frozenset({"de", "en", "fr", "lt", "mk", "nl", "sl"})
# An address that the next text was glued to: ".../22An operational meeting".
_GLUED_ADDRESS = re.compile(r"https?://\S{1,300}/\d{1,12}(?=[A-Z][a-z]*\s)")
_COLUMNS = re.compile(r"\S(?:[ \t\u00a0]{2,}|\t)\S")


def read_lines(text: str) -> tuple[list[Line], list[Removed]]:
    """Return the lines of a decoded text, repaired, and the fillers and icons that were taken out of them.

    Offsets are those of the decoded text.
    """
    lines: list[Line] = []
    taken: list[Removed] = []
    last_end = 0
    icon = _ICON_ANYWHERE if identify(text).language in _WITHOUT_WORD_I else _ICON
    for start, end in _raw_spans(text):
        spans = list(_inline(text, start, end, icon))
        taken.extend(spans)
        kept, position = [], start
        for span in spans:
            kept.append(text[position : span.start])
            position = span.end or position
        raw = "".join([*kept, text[position:end]])
        repaired = repair_text(raw)
        if not repaired:
            continue
        gap = not lines or text.count("\n", last_end, start) + text.count("\r", last_end, start) > _breaks(
            text, last_end
        )
        # Three columns or more in one line are a row of links, not a sentence.
        columns = len(_COLUMNS.findall(raw.strip()))
        hint = "navigation" if columns >= 2 and not ends_sentence(repaired) else None
        lines.append(Line(repaired, start, end, gap=gap, hint=hint))
        last_end = end
    table = find_misreading(line.text for line in lines)
    if table:
        lines = [replace(line, text=line.text.translate(table)) for line in lines]
    return lines, taken


def join_lines(lines: Sequence[Line], phrases: Phrases) -> list[Line]:
    """Return the lines with hard breaks undone and list items marked as such."""
    joined = rejoin(lines, lambda text: classify(text, phrases) is not None)
    return [replace(line, form="item") if is_item(line.text) else line for line in joined]


def _raw_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the lines; a literal line break tag ends a line too."""
    for match in _RAW_LINE.finditer(text):
        start = match.start()
        if "<" in match[0]:
            for tag in LITERAL_BREAK.finditer(text, match.start(), match.end()):
                yield start, tag.start()
                start = tag.end()
        if "://" in match[0]:
            for address in _GLUED_ADDRESS.finditer(text, start, match.end()):
                yield start, address.end()
                start = address.end()
        yield start, match.end()


def _breaks(text: str, position: int) -> int:
    """Return how many characters one line break has here: two for CRLF."""
    return 2 if text.startswith("\r\n", position) else 1


def _inline(text: str, start: int, end: int, icon: re.Pattern[str]) -> Iterator[Removed]:
    raw = text[start:end]
    for match in icon.finditer(raw):
        yield Removed("info_icon", match[0], "clean.info_icon.nbsp", start + match.start(), start + match.end())
    filler = _FILLER.search(raw)
    if filler:
        yield Removed("filler", filler[0], "clean.filler.repeated_letter", start + filler.start(), start + filler.end())
