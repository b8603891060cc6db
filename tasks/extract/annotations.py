"""What the passes of the extract stage hand to each other: documents in, mentions, claims and rejects out.

All offsets count code points in `Document.text`, and `text[start:end]` is always the span itself. The dataclasses
mirror the contracts in `warehouse.tables.extracted`; `tasks.extract.rows` turns them into tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document; `text[start:end]` of the document is the sentence."""

    sentence_id: str
    ordinal: int
    start: int
    end: int
    zone: str
    paragraph: int
    language: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document version as the extract stage sees it.

    Attributes:
        body_start: Offset at which the main text begins; the headline stands before it.
        published_on: Day that anchors relative dates; None where the document gives none.
    """

    doc_id: str
    document_version_id: str
    text: str
    body_start: int
    language: str
    published_on: date | None
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the offset, or the last one that starts before it."""
        best = self.sentences[0]
        for sentence in self.sentences:
            if sentence.start > offset:
                break
            best = sentence
        return best


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention; the fields are the columns of `extracted.mentions` without the document's own."""

    mention_id: str
    sentence_id: str
    kind: str
    start: int
    end: int
    text: str
    zone: str
    rule_id: str
    confidence: float
    name: str | None = None
    reference_id: str | None = None
    subtype: str | None = None
    country_code: str | None = None
    office: str | None = None
    affiliation: str | None = None
    affiliation_reference_id: str | None = None
    unnamed_office: str | None = None
    unnamed_office_id: str | None = None
    antecedent_mention_id: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    date_anchor: date | None = None
    value_min: float | None = None
    value_max: float | None = None
    unit: str | None = None
    currency: str | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing in one role of a claim."""

    role: str
    mention: Mention
    basis: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim; the fields are the columns of `extracted.claims` without the document's own."""

    claim_id: str
    sentence_id: str
    claim_kind: str
    claim_type: str
    status: str
    polarity: str
    zone: str
    trigger_start: int
    trigger_end: int
    start: int
    end: int
    rule_id: str
    confidence: float
    date_mention: Mention | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = "unknown"
    date_verbatim: str | None = None
    date_basis: str | None = None
    place_mention: Mention | None = None
    place_name: str | None = None
    place_basis: str | None = None
    country_code: str | None = None
    country_basis: str | None = None
    project_mention: Mention | None = None
    reference_marker: str | None = None
    series_ordinal: int | None = None
    arguments: tuple[Argument, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reject:
    """One candidate that one rule found and another refused.

    A proposal of a labeller that does not stand in the text has no place there; `proposed` is what it said.
    """

    sentence_id: str | None
    kind: str
    start: int | None
    end: int | None
    text: str | None
    rule_id: str
    reason: str
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether one labeller found one mention or claim; the fields are columns of `extracted.votes`."""

    target_kind: str
    target_id: str
    labeller: str
    found: bool
    alignment: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a document, with the words that tell it; the fields are columns of `extracted.topics`."""

    topic: str
    sentence_id: str
    start: int
    end: int
    text: str
    n_words: int
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that one document says."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    rejects: tuple[Reject, ...]
    topics: tuple[Topic, ...] = ()
    votes: tuple[Vote, ...] = ()
