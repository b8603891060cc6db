"""Scraped plain text: its lines with offsets in the decoded text, fillers and icons inside them, and its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.clean.calendar_dates import find_dates, weekdays
from tasks.clean.furniture import classify
from tasks.clean.language import identify
from tasks.clean.lines import Line, Removed, ends_sentence, is_item, is_prose
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
# "14.05.2024, 10:12 - …", "… (14.05.2024)", "… | 14 May 2024": what parts a day from a headline in one line.
_AFTER_DATE = re.compile(r"\.?(?:,?\s\d\d?[:.]\d\d(?:\s?h)?)?\s*[-–—|:]\s+(?=[\"„“«‘'(]?[^\W\d_])")
_BEFORE_DATE = re.compile(r"\s+(?:[-–—|]\s+|\()$")
_ENDED = re.compile(r"\.?\)?")
_HEADLINE_CHARS, _HEADLINE_WORDS = 300, 3
# As much of a line as is enough to find its place in the archived text.
_KEY = 12
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


def part_dates(lines: Sequence[Line], text: str, phrases: Phrases) -> list[Line]:
    """Return the lines, with a day before or behind a headline parted from it: "14.05.2024 - Three ministers meet".

    Only above the first paragraph: in the text such lines are a chronology, or its opening.
    """
    parted: list[Line] = []
    for n, line in enumerate(lines):
        if is_prose(line.text):
            return [*parted, *lines[n:]]
        place = _edge_of_date(line.text, phrases)
        raw = None if place is None or line.start is None else text.find(line.text[place:][:_KEY], line.start, line.end)
        if place is None or raw is None or raw < 0:
            parted.append(line)
        else:
            parted.append(replace(line, text=line.text[:place].strip(" -–—|:,("), end=raw))
            parted.append(replace(line, text=line.text[place:].strip(" -–—|:,()"), start=raw, gap=False))
    return parted


def _edge_of_date(text: str, phrases: Phrases) -> int | None:
    """Return where a line that is a date and a headline, in either order, is to be parted."""
    days = [written for written in find_dates(text) if written.day] if len(text) <= _HEADLINE_CHARS else []
    if len(days) != 1 or ends_sentence(text.rstrip(")")):
        return None
    before, behind = text[: days[0].start], text[days[0].end :]
    after = _AFTER_DATE.match(behind)
    if after and all(word.strip(",.").casefold() in weekdays() for word in before.split()):
        rest, place = behind[after.end() :], days[0].end + after.end()
    elif _ENDED.fullmatch(behind) and (gap := _BEFORE_DATE.search(before)):
        rest, place = before[: gap.start()], days[0].start
    else:
        return None
    return place if rest.count(" ") + 1 >= _HEADLINE_WORDS and classify(rest, phrases) is None else None


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
