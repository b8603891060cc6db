"""Where a text says it comes from: republication notices, source blocks, credits and links to the project's page.

These spans are taken out of the text, but they carry facts: publisher, title, day and address of the origin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tasks.clean.calendar_dates import find_dates
from tasks.clean.furniture import Verdict
from tasks.clean.lines import Line, Removed, fold, is_prose, removed
from tasks.clean.phrases import Phrases, first_word

URL = re.compile(r"https?://[^\s<>\"'„“”»«\])]+[^\s<>\"'„“”»«\]).,;:!?]", re.IGNORECASE)

# What parts the origin's name from the day: "X, gepubliceerd op dinsdag 19 juni 2018".
_BEFORE_DATE = re.compile(r"(?:[,;(]\s*(?:[^\W\d_]+\s+){0,4}|\s+(?:am|dana|le|më|on|op|vom|на|од)\s*)$", re.IGNORECASE)
_BLOCK_HEAD = re.compile(
    r"^\W{0,3}(?:source\(s\)|sources?|quellen?|bron(?:nen)?|izvor[i]?|šaltini(?:s|ai)|vir[i]?|burim(?:i|et)?|извор[и]?)\s*:?$",
    re.IGNORECASE,
)
# The longest of these words with what may stand around it.
_BLOCK_HEAD_CHARS = 16
_BULLET = re.compile(r"^[\s·•▪*–-]+")
_LABEL = re.compile(r"^\W{0,3}[^\W\d_(]+(?:\(s\))?\s*:?\s+")
# An entry of a source list is no paragraph of the text; the longest seen has 60 words with its translation.
_ENTRY_WORDS = 90
_WRAPPER_WORDS = 35


@dataclass(frozen=True, slots=True)
class Link:
    """What a document points to; the fields are columns of `documents.links`."""

    relation: str
    url: str | None
    title: str | None
    publisher: str | None
    published_on: date | None
    rule_id: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Lines that say where the text comes from.

    Attributes:
        removed: By line number, what the line is.
        links: What they point to, in the order of the text.
    """

    removed: dict[int, Removed]
    links: tuple[Link, ...]


def find_provenance(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    phrases: Phrases,
    chosen: frozenset[int] | None = None,
) -> Provenance:
    """Return the lines that say where a text comes from, and what they point to.

    Args:
        lines: All lines in order.
        verdicts: What the word lists and shapes say of each.
        phrases: Word lists.
        chosen: Lines of the main text as an extractor sees it: a credit elsewhere on the page is not the text's.
    """
    taken: dict[int, Removed] = {}
    links: list[Link] = []
    n = 0
    while n < len(lines):
        line, verdict = lines[n], verdicts[n]
        origin = _republished(line.text, phrases)
        heads = len(line.text) <= _BLOCK_HEAD_CHARS and _BLOCK_HEAD.match(line.text)
        entries = _entries(lines, verdicts, n + 1) if heads else []
        if origin:
            taken[n] = removed(line, "syndication_wrapper", "clean.syndication_wrapper.notice")
            links.append(_origin(origin, line))
        elif entries:
            taken[n] = removed(line, "source_block", "clean.source_block.heading")
            for m in entries:
                taken[m] = removed(lines[m], "source_block", "clean.source_block.entry")
                links.append(_cited(_BULLET.sub("", lines[m].text), lines[m].hrefs, "clean.source_block.entry"))
            n = entries[-1]
        elif verdict is not None and verdict.kind == "project_link":
            n = _take_project_link(lines, n, verdict, taken, links)
        elif verdict is not None and verdict.kind == "agency_credit" and ".label." in verdict.rule_id:
            if chosen is not None and n not in chosen:
                n += 1
                continue
            credit = _cited(_LABEL.sub("", line.text).strip(" ()"), line.hrefs, verdict.rule_id)
            taken[n] = removed(
                line, "source_block" if credit.url or credit.published_on else "agency_credit", verdict.rule_id
            )
            links.append(credit)
        n += 1
    return Provenance(taken, tuple(link for link in links if link.url or link.publisher or link.title))


def _republished(text: str, phrases: Phrases) -> str | None:
    """Return what follows a notice of republication at the beginning of a line, or None if there is none."""
    if text.count(" ") >= _WRAPPER_WORDS:
        return None
    opening = text.lstrip("([*-–— ")
    known = phrases.republication.get(first_word(fold(opening.partition(" ")[0])), ())
    if not known:
        return None
    folded = fold(opening)
    phrase = next((one for one in known if folded.startswith(f"{one} ")), None)
    return opening.split(maxsplit=phrase.count(" ") + 1)[-1] if phrase else None


def _entries(lines: Sequence[Line], verdicts: Sequence[Verdict | None], start: int) -> list[int]:
    """Return the lines after a heading "Source(s)" that are entries: they have an address, or a date in brackets."""
    found = []
    for n in range(start, len(lines)):
        text = lines[n].text
        dated = any(text[: written.start].rstrip().endswith("(") for written in find_dates(text) if written.day)
        if text.count(" ") >= _ENTRY_WORDS or not (URL.search(text) or lines[n].hrefs or dated):
            break
        if is_prose(text) and not (URL.search(text) or dated):
            break
        found.append(n)
    return found


def _take_project_link(
    lines: Sequence[Line], n: int, verdict: Verdict, taken: dict[int, Removed], links: list[Link]
) -> int:
    """Record a line "More about the project" with the address in it, behind it, or in the next line."""
    taken[n] = removed(lines[n], "project_link", verdict.rule_id)
    url = next(iter((*URL.findall(lines[n].text), *_web(lines[n].hrefs))), None)
    following = lines[n + 1] if n + 1 < len(lines) else None
    if url is None and following is not None and URL.fullmatch(following.text):
        n += 1
        url = following.text
        taken[n] = removed(following, "project_link", verdict.rule_id)
    links.append(Link("project_page", url, None, None, None, verdict.rule_id))
    return n


def _origin(text: str, line: Line) -> Link:
    """Read a republication notice: publisher, day and address."""
    day, publisher = None, text
    for written in find_dates(text):
        if written.day:
            day = written.day
            publisher = _BEFORE_DATE.sub("", text[: written.start])
            break
    url = next(iter((*URL.findall(text), *_web(line.hrefs))), None)
    publisher = URL.sub("", publisher).strip(" .,:;–-")
    if publisher.count("(") != publisher.count(")"):
        publisher = publisher.strip("()")
    return Link("republishes", url, None, publisher or None, day, "clean.syndication_wrapper.notice")


def _cited(text: str, hrefs: Sequence[str], rule_id: str) -> Link:
    """Read a source entry: `Publisher (3 July, 2025), Title [translation], https://…`; each part may be missing."""
    url = next(iter((*URL.findall(text), *_web(hrefs))), None)
    rest = URL.sub("", text).strip(" ,;")
    day = next((written.day for written in find_dates(rest) if written.day), None)
    publisher, title = rest, ""
    bracket = re.search(r"\s*\(([^()]*\d{4}[^()]*)\)\s*[,:.]?\s*", rest)
    if bracket:
        publisher, title = rest[: bracket.start()], rest[bracket.end() :]
    title = re.sub(r"\s*\[[^\]]*\]", "", title).strip(" ,;")
    return Link("cites", url, title or None, publisher.strip(" ,;|") or None, day, rule_id)


def _web(hrefs: Sequence[str]) -> list[str]:
    return [href for href in hrefs if fold(href).startswith(("http://", "https://"))]
