"""What the tests of the extract stage share: the real knowledge, read once, and documents made of a few sentences."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.annotations import Claim, Document, Mention, Sentence
from tasks.extract.knowledge.knowledge import Knowledge, load_knowledge
from tasks.extract.mentions import find_mentions
from tasks.extract.step import annotate
from warehouse.ids import sentence_id

REFERENCE = Path(__file__).resolve().parents[3] / "seeds" / "reference"
PUBLISHED = date(2025, 7, 3)  # a Thursday
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])[\"”]?\s+(?=[\"“„A-ZČŠŽĆĐА-Я])")

Make = Callable[..., Document]
Find = Callable[..., list[Mention]]


def document(
    body: str, language: str = "en", published_on: date | None = PUBLISHED, title: str = "", doc_id: str = "doc_test"
) -> Document:
    """Return a document whose sentences are split well enough for tests of a sentence or two."""
    text = f"{title}\n\n{body}" if title else body
    start = len(text) - len(body)
    spans = [(0, len(title), "title", 0)] if title else []
    for paragraph, match in enumerate(re.finditer(r"[^\n]+", body), start=1):
        last = match.start()
        for end in [m.start() for m in _SENTENCE_END.finditer(body, match.start(), match.end())]:
            spans.append((start + last, start + end, "body", paragraph))
            last = end + len(body[end:]) - len(body[end:].lstrip())
        spans.append((start + last, start + match.end(), "body", paragraph))
    sentences = tuple(
        Sentence(sentence_id(doc_id, text[a:b], n), n, a, b, zone, paragraph, language)
        for n, (a, b, zone, paragraph) in enumerate(spans)
        if b > a
    )
    return Document(doc_id, f"ver_{doc_id}", text, start, language, published_on, sentences)


def told(text: str, claim_type: str, knowledge: Knowledge, published_on: date) -> list[Claim]:
    """Return the claims of a type that an English text of a day makes."""
    claims = annotate(document(text, published_on=published_on), knowledge).claims
    return [claim for claim in claims if claim.claim_type == claim_type]


def filled(claim: Claim, role: str) -> set[str]:
    """Return who stands in a role: row of the reference tables, else name."""
    found = [argument.mention for argument in claim.arguments if argument.role == role]
    return {str(mention.reference_id or mention.name) for mention in found}


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The directory of the knowledge tables."""
    return REFERENCE


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real knowledge."""
    return load_knowledge(REFERENCE)


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes documents of a text."""
    return document


@pytest.fixture(scope="session")
def find(knowledge: Knowledge) -> Find:
    """Finds the mentions of one kind in a text; all kinds if none is given."""

    def find_in(body: str, kind: str | None = None, **options: object) -> list[Mention]:
        mentions, _ = find_mentions(document(body, **options), knowledge)  # type: ignore[arg-type]
        return [mention for mention in mentions if kind is None or mention.kind == kind]

    return find_in
