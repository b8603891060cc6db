"""The mark-up of the examples in the frame files, and the document it stands for.

``[territory:LT|Lithuania]`` is a mention of a kind with a reference and its text; the reference may be left out. For
a territory or a place it is also the country; for a person, organisation or place with a two-letter reference it is
the country alone; for a date it is ``2025-05-12..2025-05-13:month`` (precision day where nothing is said, unresolved
where there is no reference); for a quantity ``58 people`` or ``1700000 EUR``.
"""

from __future__ import annotations

import re
from datetime import date

from tasks.extract.annotations import Document, Mention, Sentence
from tasks.extract.frames.frame_model import Example
from warehouse.ids import document_id, document_version_id, mention_id, sentence_id, sha256_hex
from warehouse.vocabulary import MENTION_KINDS

_MARK = re.compile(rf"\[({'|'.join(MENTION_KINDS)})(?::([^\]|]*))?\|([^\]]*)\]")
# A sentence ends before a capital, but not behind an initial ("M. Juritsch"), nor behind the ordinal of a German date.
_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_])|(?<=\d[.!?])\s+(?=[A-Z])|\n\n+")
_END_GERMAN = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_])|\n\n+")


def plain_text(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Return the text without mark-up, and (start, end, kind, reference) of each mention in it."""
    pieces: list[str] = []
    spans: list[tuple[int, int, str, str]] = []
    length, last = 0, 0
    for found in _MARK.finditer(marked):
        pieces.append(marked[last : found.start()])
        length += len(pieces[-1])
        kind, reference, text = found.group(1), found.group(2) or "", found.group(3)
        spans.append((length, length + len(text), kind, reference))
        pieces.append(text)
        length, last = length + len(text), found.end()
    pieces.append(marked[last:])
    return "".join(pieces), spans


def example_document(example: Example) -> tuple[Document, list[Mention]]:
    """Return the document an example stands for, with its headline in front, and its mentions."""
    title, title_spans = plain_text(example.title)
    body, body_spans = plain_text(example.text)
    begin = len(title) + 2 if title else 0
    text = f"{title}\n\n{body}" if title else body
    doc_id = document_id(None, "examples", example.path + str(example.line))
    sentences: list[Sentence] = []
    spans = [(0, len(title), "title", 0)] if title else []
    for start, end in _sentences(body, example.language):
        spans.append((begin + start, begin + end, "body", 1 + body.count("\n\n", 0, start)))
    for ordinal, (start, end, zone, paragraph) in enumerate(spans):
        made = sentence_id(doc_id, text[start:end], ordinal)
        sentences.append(Sentence(made, ordinal, start, end, zone, paragraph, example.language))
    document = Document(
        doc_id=doc_id,
        document_version_id=document_version_id(sha256_hex(text.encode())),
        text=text,
        body_start=begin,
        language=example.language,
        published_on=date.fromisoformat(example.published_on) if example.published_on else None,
        sentences=tuple(sentences),
    )
    marks = [*title_spans, *((begin + start, begin + end, kind, ref) for start, end, kind, ref in body_spans)]
    return document, [_mention(document, *mark) for mark in marks]


def _sentences(body: str, language: str) -> list[tuple[int, int]]:
    pattern = _END_GERMAN if language == "de" else _END
    ends = [found.start() for found in pattern.finditer(body)]
    starts = [0, *(found.end() for found in pattern.finditer(body))]
    return list(zip(starts, [*ends, len(body)], strict=True))


def _mention(document: Document, start: int, end: int, kind: str, reference: str) -> Mention:
    sentence = document.sentence_at(start)
    text = document.text[start:end]
    country = reference if re.fullmatch("[A-Z]{2}", reference) and reference != "EU" else None
    first, last, precision = _day(reference) if kind == "date" else (None, None, None)
    value, unit = _amount(reference) if kind == "quantity" else (None, None)
    return Mention(
        mention_id=mention_id(sentence.sentence_id, kind, start - sentence.start, end - start),
        sentence_id=sentence.sentence_id,
        kind=kind,
        start=start,
        end=end,
        text=text,
        zone=sentence.zone,
        rule_id="example",
        confidence=1.0,
        name=text if kind not in ("date", "quantity") else None,
        reference_id=reference if kind == "territory" or (reference and country is None and value is None) else None,
        country_code=country,
        date_start=first,
        date_end=last,
        date_precision=precision,
        value_min=value,
        value_max=value,
        unit=unit,
        currency=unit if unit is not None and unit.isupper() else None,
    )


def _day(reference: str) -> tuple[date | None, date | None, str]:
    if not reference:
        return None, None, "unknown"
    days, _, precision = reference.partition(":")
    first, _, last = days.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last or first), precision or "day"


def _amount(reference: str) -> tuple[float | None, str | None]:
    number, _, unit = reference.partition(" ")
    return (float(number), unit) if number else (None, None)
