"""The two readers brought to one form: lines, headline, and which lines are the main text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tasks.clean.furniture import Verdict, classify
from tasks.clean.headlines import bare_headline, find_headline, headline_block
from tasks.clean.lines import Line, Removed, is_prose, removed
from tasks.clean.phrases import Phrases
from tasks.clean.plaintext import join_lines, part_dates, read_lines
from tasks.clean.provenance import Link, Provenance, find_provenance
from tasks.clean.published import DateEvidence
from tasks.clean.rejected import MAX_LINES, RejectedBodyError
from tasks.clean.selection import Selection, select
from tasks.clean.webpage import WebPage, read_webpage
from tasks.clean.wraps import put_together

_FILLED_LINE = re.compile(r"\S[^\r\n]*")
# A heading below this share of the main text is not the headline of what stands above it.
_HEADLINE_WITHIN = 0.3
# An announcement may hold a short chronology; a page of fewer teasers has a main item.
_TEASERS = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader made of a body.

    Attributes:
        lines: All lines in order.
        headline: Number of the headline's line, if the page shows it.
        title: The headline.
        title_method: Where it was found.
        selection: Which lines are the main text.
        links: What the document points to.
        inline: Spans taken out of lines.
        evidence: Dates that markup gives.
        publisher: Publisher that markup gives.
        language_tag: Language that markup gives.
    """

    lines: Sequence[Line]
    headline: int | None
    title: str | None
    title_method: str | None
    selection: Selection
    links: tuple[Link, ...]
    inline: tuple[Removed, ...] = ()
    evidence: tuple[DateEvidence, ...] = ()
    publisher: str | None = None
    language_tag: str | None = None


def draft_text(text: str, phrases: Phrases) -> Draft:
    """Return the draft of a scraped plain text.

    Raises:
        RejectedBodyError: It has more lines than any announcement.
    """
    _refuse_lines(sum(1 for _ in _FILLED_LINE.finditer(text)))
    raw_lines, inline = read_lines(text)
    lines = part_dates(join_lines(raw_lines, phrases), text, phrases)
    verdicts = [classify(line.text, phrases) for line in lines]
    provenance = find_provenance(lines, verdicts, phrases)
    headline = find_headline(lines, _spoken_for(verdicts, provenance))
    title = None
    if headline is not None:
        start, end = headline_block(lines, verdicts, headline)
        if end - start > 1:
            lines = [*lines[:start], put_together(lines[start:end]), *lines[end:]]
            verdicts = [classify(line.text, phrases) for line in lines]
            provenance = find_provenance(lines, verdicts, phrases)
            headline = start
        title, label, site = bare_headline(lines[headline].text, phrases.title_labels, partial(_is_rubric, phrases))
        for kind, part in (("empty_label", label), ("site_name", site)):
            inline.extend(_beside_headline(text, lines[headline], kind, part.strip()))
    selection = select(lines, verdicts, headline, title, chosen=False, taken=provenance.removed)
    method = "line_above_text" if title else None
    return Draft(lines, headline, title, method, selection, provenance.links, tuple(inline))


def _is_rubric(phrases: Phrases, words: str) -> bool:
    """Return whether words before a headline are furniture; capitals alone only look like an agency's credit."""
    verdict = classify(words, phrases)
    return verdict is not None and verdict.kind != "agency_credit"


def _beside_headline(text: str, line: Line, kind: str, part: str) -> Iterator[Removed]:
    """Yield what was taken from a headline's line, if anything, with its place where the archived text has it so."""
    if part:
        start = text.find(part, line.start or 0, line.end)
        place = (start, start + len(part)) if start >= 0 else (None, None)
        yield Removed(kind, part, f"clean.{kind}.beside_headline", *place)


def draft_page(text: str, phrases: Phrases) -> Draft:
    """Return the draft of a page in HTML.

    Raises:
        RejectedBodyError: The markup is nested or split up beyond any page, or has no element.
    """
    page = read_webpage(text, phrases)
    _refuse_lines(len(page.lines))
    verdicts = [classify(line.text, phrases) for line in page.lines]
    provenance = find_provenance(page.lines, verdicts, phrases, page.chosen)
    place = page.headline.line if page.headline else None
    taken = dict(provenance.removed)
    for n, line in enumerate(page.lines):
        if n not in page.chosen and n not in taken and n != place:
            verdict = verdicts[n]
            named = line.hint if line.is_declared else None
            kind = named or (verdict.kind if verdict else line.hint or "furniture")
            taken[n] = removed(line, kind, f"clean.{kind}.{'declared' if named else 'extractor'}")
    title = page.headline.text if page.headline else None
    top = place if _stands_above(place, page) else None
    if top is None and place is not None:
        taken[place] = removed(page.lines[place], "repeated_title", "clean.repeated_title.elsewhere")
    selection = select(page.lines, verdicts, top, title, chosen=True, taken=taken)
    _refuse_list(page.lines, selection)
    return Draft(
        page.lines,
        place,
        title,
        page.headline.method if page.headline else None,
        selection,
        provenance.links,
        evidence=page.evidence,
        publisher=page.metadata.publisher,
        language_tag=page.metadata.language,
    )


def _refuse_lines(n_lines: int) -> None:
    if n_lines > MAX_LINES:
        raise RejectedBodyError("too_large", f"{n_lines} lines, the limit is {MAX_LINES}; no announcement is that long")


def _refuse_list(lines: Sequence[Line], selection: Selection) -> None:
    """Refuse a page of dated teasers: its text would be the beginnings of many announcements.

    Raises:
        RejectedBodyError: Between the first and the last line of the text stand as many dates as paragraphs, and links.
    """
    inside = range(selection.first, selection.last)
    dates = sum(n in selection.removed and selection.removed[n].kind == "date_line" for n in inside)
    links = sum(bool(lines[n].hrefs) and not is_prose(lines[n].text) for n in inside)
    paragraphs = sum(is_prose(line.text) for line in selection.kept)
    if min(dates, links) >= _TEASERS and paragraphs <= 2 * dates:
        raise RejectedBodyError(
            "list_page", f"{dates} dated teasers with {links} links; archive the pages they lead to"
        )


def _spoken_for(verdicts: Sequence[Verdict | None], provenance: Provenance) -> list[Verdict | None]:
    """Return the verdicts, with those lines marked too that say where the text comes from."""
    return [
        Verdict(provenance.removed[n].kind, provenance.removed[n].rule_id) if n in provenance.removed else verdict
        for n, verdict in enumerate(verdicts)
    ]


def _stands_above(place: int | None, page: WebPage) -> bool:
    """Return whether the headline's line stands before the main text."""
    if place is None:
        return False
    lengths = {n: len(page.lines[n].text) for n in page.chosen if is_prose(page.lines[n].text)}
    return sum(length for n, length in lengths.items() if n < place) <= _HEADLINE_WITHIN * sum(lengths.values())
