"""From one archived body to one clean document: text with zones and sentences, and all that goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.clean.date_lines import from_lines, writes_day_first
from tasks.clean.decode import Decoded, decode, is_html
from tasks.clean.draft import Draft, draft_page, draft_text
from tasks.clean.language import Identified, identify_document, identify_sentence
from tasks.clean.lines import Line, Removed, ends_sentence, is_footnote, is_prose, without_marker
from tasks.clean.phrases import Phrases
from tasks.clean.provenance import Link
from tasks.clean.published import Published, decide, from_links, from_list, from_url
from tasks.clean.rejected import MAX_TEXT_CHARS, RejectedBodyError
from tasks.clean.sentences import split_sentences

# Without one sentence, fewer words than this are a label or an error code.
_FEWEST_WORDS = 12
_MARKS = {"subhead": "## ", "list_item": "- "}


@dataclass(frozen=True, slots=True)
class CleanSentence:
    """One sentence; `text[start:end]` of the document is the sentence."""

    start: int
    end: int
    zone: str
    paragraph: int
    language: str


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """All that one archived body gives; the fields are columns of the tables of the documents layer."""

    media_type: str
    decoded: Decoded
    title: str | None
    title_method: str | None
    publisher: str | None
    language: Identified
    published: Published
    text: str
    body_start: int
    sentences: tuple[CleanSentence, ...]
    removed: tuple[Removed, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the clean text: where it stands, its mark left out, and which zone it is."""

    start: int
    end: int
    zone: str


def clean_body(
    body: bytes,
    content_type: str | None,
    location: str,
    url: str | None,
    retrieved_on: date,
    phrases: Phrases,
    listed_on: date | None = None,
) -> CleanDocument:
    """Return the clean document of one archived body. The same body gives the same document.

    Args:
        body: The bytes as archived.
        content_type: Declared media type, if any.
        location: Where it was read; its ending tips the balance between markup and text.
        url: Address of the page, if known.
        retrieved_on: Day of retrieval: bounds the day of publication.
        phrases: Word lists, with what the source adds to them.
        listed_on: Day of publication that a list of the publisher stated; the page's own word goes before it.

    Raises:
        RejectedBodyError: The body cannot become a document; says why.
    """
    decoded = decode(body, content_type)
    html = is_html(decoded.text, content_type, location)
    draft = _draft(decoded.text, html, phrases)
    text, body_start, paragraphs = _compose(draft.title, draft.selection.kept)
    language = identify_document(text[body_start:], phrases.words, draft.language_tag, url)
    hints = phrases.hints
    day_first = hints.day_first
    if day_first is None:
        day_first = writes_day_first(language.language, url, draft.language_tag, draft.lines)
    evidence = [
        *draft.evidence,
        *from_lines(draft.lines, draft.headline, draft.title, draft.selection, day_first, phrases),
        *from_list(listed_on),
        *from_links(draft.links),
        *from_url(url, day_first),
    ]
    return CleanDocument(
        media_type="html" if html else "text",
        decoded=decoded,
        title=draft.title,
        title_method=draft.title_method,
        publisher=draft.publisher,
        language=language,
        published=decide((one for one in evidence if one.method not in hints.distrust), retrieved_on),
        text=text,
        body_start=body_start,
        sentences=tuple(_sentences(text, paragraphs, language.language, phrases)),
        removed=_removals(draft),
        links=tuple(link for link in draft.links if link.url is None or link.url != url),
    )


def _draft(text: str, html: bool, phrases: Phrases) -> Draft:
    if not html and len(text) > MAX_TEXT_CHARS:
        raise RejectedBodyError("too_large", f"{len(text)} characters of plain text, the limit is {MAX_TEXT_CHARS}")
    draft = draft_page(text, phrases) if html else draft_text(text, phrases)
    kept = draft.selection.kept
    if not any(is_prose(line.text) or ends_sentence(line.text) for line in kept) and _words(kept) < _FEWEST_WORDS:
        raise RejectedBodyError(
            "no_text", f"{len(text)} characters and no main text; a list, an error page or an unknown layout"
        )
    if sum(len(line.text) for line in kept) > MAX_TEXT_CHARS:
        raise RejectedBodyError("too_large", f"more than {MAX_TEXT_CHARS} characters of main text")
    return draft


def _words(lines: Sequence[Line]) -> int:
    return sum(line.text.count(" ") + 1 for line in lines)


def _compose(title: str | None, kept: Sequence[Line]) -> tuple[str, int, list[_Paragraph]]:
    """Put the clean text together.

    Returns:
        The text, the offset at which the main text begins, and the paragraphs, the headline first if there is one.
    """
    parts: list[str] = []
    paragraphs: list[_Paragraph] = []
    position = 0
    if title:
        parts.append(title)
        paragraphs.append(_Paragraph(0, len(title), "title"))
        position = len(title)
    body_start = position + 2 if title else 0
    zone_before = "title"
    for line in kept:
        zone, content = _zone(line)
        if parts:
            # Items of one list stand under each other; everything else is parted by a blank line.
            parts.append("\n" if zone == zone_before == "list_item" else "\n\n")
            position += len(parts[-1])
        mark = "" if content[:1].isdigit() and zone == "list_item" else _MARKS.get(zone, "")
        parts.append(mark + content)
        paragraphs.append(_Paragraph(position + len(mark), position + len(mark) + len(content), zone))
        position += len(mark) + len(content)
        zone_before = zone
    return "".join(parts), body_start, paragraphs


def _zone(line: Line) -> tuple[str, str]:
    if is_footnote(line.text):
        return "footnote", line.text
    if line.form == "item":
        return "list_item", without_marker(line.text)
    return ("subhead" if line.form == "head" else "body"), line.text


def _sentences(text: str, paragraphs: Sequence[_Paragraph], language: str, phrases: Phrases) -> Iterator[CleanSentence]:
    for ordinal, paragraph in enumerate(paragraphs):
        content = text[paragraph.start : paragraph.end]
        # A headline or subhead is one unit, whatever stops it holds.
        whole = paragraph.zone in ("title", "subhead")
        spans = [(0, len(content))] if whole else split_sentences(content, language, phrases.abbreviations)
        # A paragraph in the document's language is asked once; sentence by sentence only where it is not.
        small = phrases.function_words
        mixed = len(spans) > 1 and identify_sentence(content, language, small) != language
        for start, end in spans:
            alone = mixed or len(spans) == 1
            own = identify_sentence(content[start:end], language, small) if alone else language
            yield CleanSentence(paragraph.start + start, paragraph.start + end, paragraph.zone, ordinal, own)


def _removals(draft: Draft) -> tuple[Removed, ...]:
    """Return all removed spans in the order of the page; what stood together in markup becomes one span."""
    by_line = [draft.selection.removed[n] for n in sorted(draft.selection.removed)]
    if draft.inline:
        return tuple(sorted([*by_line, *draft.inline], key=lambda one: (one.start or 0, one.end or 0)))
    merged: list[Removed] = []
    for one in by_line:
        last = merged[-1] if merged else None
        if last is not None and one.start is None and (last.kind, last.rule_id) == (one.kind, one.rule_id):
            merged[-1] = Removed(one.kind, f"{last.text}\n{one.text}", one.rule_id)
        else:
            merged.append(one)
    return tuple(merged)
