"""What a whole document and its paragraphs hold: the context in which a trigger counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.frames.frame_model import Frames
from tasks.extract.sentences.sentence_view import SentenceView

# One word of the field in passing ("a visa", "the border") does not make a text one on migration management, unless it
# stands in headline or lead.
_DOMAIN_HITS = 2
# The headline says what moves people: a relocation or a return.
_HEADLINE_HITS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What requirements beyond the sentence look at.

    Attributes:
        words: Word classes, mention kinds and event types of the whole document, as `word:CLASS`, `mention:KIND` and
            `type:EVENT_TYPE`.
        paragraphs: The same for each paragraph.
        returning: How many more words of the document speak of returns than of relocation.
        explains: The document answers a question, and tells no news.
    """

    words: frozenset[str]
    paragraphs: dict[int, frozenset[str]]
    returning: int = 0
    explains: bool = False


def scope_of(views: Sequence[SentenceView], frames: Frames, heads: frozenset[int]) -> Scope:
    """Return what the document and its paragraphs hold, for the requirements of the frames."""
    paragraphs: dict[int, set[str]] = {}
    domain = returning = 0
    for view in views:
        weight = _HEADLINE_HITS if view.sentence.zone == "title" else 1
        returning += weight * (len(view.of_kind("word", "return_scheme")) - len(view.of_kind("word", "scheme")))
        weight = _DOMAIN_HITS if view.sentence.paragraph in heads else 1
        domain += weight * (len(view.of_kind("word", "domain")) + len(view.of_kind("word", "domain_core")))
        found = paragraphs.setdefault(view.sentence.paragraph, set())
        found.update([f"word:{key}" for key in view.keys("word")])
        found.update([f"mention:{kind}" for kind in {mention.kind for mention in view.mentions}])
        found.update([f"type:{frames.frames[key].claim_type}" for key in view.keys("trigger")])
    words = set().union(*paragraphs.values())
    if domain < _DOMAIN_HITS:
        words.discard("word:domain")
    explains = any(_asks(view) for view in views if view.sentence.zone == "title")
    return Scope(
        frozenset(words), {number: frozenset(found) for number, found in paragraphs.items()}, returning, explains
    )


def _asks(view: SentenceView) -> bool:
    """True for a headline that asks how something works: the text explains, and tells no news."""
    words = [token.word for token in view.tokens]
    asks = view.of_kind("word", "question")
    return any(hit.first == 0 for hit in asks) or words[-1:] == ["?"]
