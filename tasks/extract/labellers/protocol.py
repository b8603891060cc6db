"""What every labeller takes and gives: a document in, proposed mentions and claims out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tasks.extract.annotations import Document


@dataclass(frozen=True, slots=True)
class ProposedMention:
    """A thing a labeller believes is mentioned.

    Attributes:
        kind: One of `warehouse.vocabulary.MENTION_KINDS`.
        text: The words, as the labeller gives them.
        start: Offset in the document's text where it says they begin; None if it gives none.
        score: How sure it is, 0 to 1; None if it does not say.
    """

    kind: str
    text: str
    start: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class ProposedArgument:
    """A thing in a role of a proposed claim; `text` is how the quote names it."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """An event a labeller believes the document tells.

    Attributes:
        claim_type: One of `warehouse.vocabulary.EVENT_TYPES`.
        status: One of `warehouse.vocabulary.STATUSES`.
        quote: The words that say it.
        trigger: The word of the quote that signals it.
        date: The words of the quote that date it; None if none do.
        place: The words of the quote that name the place; None if none do.
        arguments: Who and what takes part.
        score: How sure it is, 0 to 1; None if it does not say.
    """

    claim_type: str
    status: str
    quote: str
    trigger: str
    date: str | None = None
    place: str | None = None
    arguments: tuple[ProposedArgument, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that a labeller proposes for one document."""

    mentions: tuple[ProposedMention, ...] = ()
    claims: tuple[ProposedClaim, ...] = ()


class LabellerError(Exception):
    """A labeller gave no usable answer for one document; the document goes on without its vote.

    Args:
        reason: A short code, as it stands in `extracted.rejects`.
        detail: What happened, for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Labeller(Protocol):
    """A model that annotates documents: what it answers depends on the document alone, never on those before it."""

    @property
    def name(self) -> str:
        """Its name in votes and rule ids."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """Mention kinds it can propose; on others it has no vote."""
        ...

    @property
    def proposes_claims(self) -> bool:
        """Whether it proposes claims, and so has a vote on them."""
        ...

    def annotate(self, document: Document) -> Proposals:
        """Return what the model proposes for the document.

        Raises:
            LabellerError: It gave no usable answer.
        """
        ...
