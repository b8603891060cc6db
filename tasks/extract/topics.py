"""What a document is about: topics of the codebook's closed list, each with the words that tell it.

A topic holds where the headline speaks of it, where an event of the text is of it by its type or its words, or where at
least one paragraph is about it: its words stand there three times, or in two paragraphs of the text. Of the topics
whose words are terms of art that nobody says in passing (readmission) one word is enough, outside the name of a body.
The words are knowledge (`topics.csv`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.annotations import Claim, Mention, Topic
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import TERM, Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import View
from warehouse.vocabulary import TOPICS

# Of one topic in one paragraph: said once or twice may be an aside, said three times is what it is about.
_IN_PARAGRAPH = 3
_PARAGRAPHS = 2
# Within these kinds of names, and within those of funds, a word is part of the name and tells nothing of the text.
_NAMES = frozenset({"project", "person", "place"})
# What several countries do together is regional cooperation.
_JOINT = frozenset({"meeting", "statement", "training"})
_PRESENT = frozenset({"participant", "party", "issuer", "chair", "host"})
_REGION = 3
_REGIONAL = "regional_cooperation"
_PAYING = frozenset({"funding_granted", "pledge_or_commitment"})
# In events that did not happen or are long past a topic is background.
_NEWS = frozenset({"occurred", "planned", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a topic is told, and by what rule."""

    rule: str
    start: int
    end: int


def find_topics(
    view: View,
    hits: Hits,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    types: Mapping[str, Iterable[str]],
) -> tuple[Topic, ...]:
    """Return the topics of a document in the order of the closed list.

    Args:
        view: The text.
        hits: Gazetteer hits (kind `topic`).
        mentions: Its mentions: words within the name of a body or project say nothing of the text.
        claims: The events of the text.
        types: Event type → topics it is of.
    """
    named = (m for m in mentions if m.kind in _NAMES or m.subtype == "fund")
    names = SpanMask(len(view.text), ((m.start, m.end) for m in named))
    by_topic: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits.of("topic"):
        found = by_topic[hit.entry.reference_id]
        if not names.covers(hit.start) and (not found or hit.start >= found[-1].end):
            found.append(hit)
    bodies = SpanMask(len(view.text), ((m.start, m.end) for m in mentions if m.kind == "organisation"))
    terms = {
        name: _Told("topic.term", hit.start, hit.end)
        for name, found in by_topic.items()
        for hit in reversed(found)
        if hit.entry.subtype == TERM and not bodies.covers(hit.start)
    }
    told = terms | _in_title(view, by_topic) | _in_paragraphs(view, by_topic) | _in_events(by_topic, claims, types)
    if "resettlement" in told and not by_topic["relocation"]:
        # One event type stands for both; the words tell which of them it is.
        told.pop("relocation", None)
    return tuple(_topic(view, name, told[name], len(by_topic[name])) for name in TOPICS if name in told)


def _in_title(view: View, by_topic: Mapping[str, Sequence[Hit]]) -> dict[str, _Told]:
    body = view.document.body_start
    return {
        name: _Told("topic.title", found[0].start, found[0].end)
        for name, found in by_topic.items()
        if found and found[0].start < body
    }


def _in_paragraphs(view: View, by_topic: Mapping[str, Sequence[Hit]]) -> dict[str, _Told]:
    told = {}
    for name, found in by_topic.items():
        counts: dict[int, int] = defaultdict(int)
        for hit in found:
            if hit.start >= view.document.body_start:
                counts[view.sentence(hit.start).paragraph] += 1
        if len(counts) >= _PARAGRAPHS or max(counts.values(), default=0) >= _IN_PARAGRAPH:
            first = next(hit for hit in found if hit.start >= view.document.body_start)
            told[name] = _Told("topic.paragraph", first.start, first.end)
    return told


def _in_events(
    by_topic: Mapping[str, Sequence[Hit]], claims: Sequence[Claim], types: Mapping[str, Iterable[str]]
) -> dict[str, _Told]:
    """Return what the events are of: by their type, and by the words of their evidence where they are news."""
    told: dict[str, _Told] = {}
    for claim in claims:
        for name in types.get(claim.claim_type, ()):
            told.setdefault(name, _Told("topic.event", claim.trigger_start, claim.trigger_end))
        if claim.claim_type in _JOINT and len(_countries(claim)) >= _REGION:
            told.setdefault(_REGIONAL, _Told("topic.event", claim.trigger_start, claim.trigger_end))
        if claim.claim_type in _PAYING and any(a.mention.currency is not None for a in claim.arguments):
            told.setdefault("funding", _Told("topic.event", claim.trigger_start, claim.trigger_end))
    for name, found in by_topic.items():
        for hit in found:
            if any(claim.start <= hit.start < claim.end and claim.status in _NEWS for claim in claims):
                told.setdefault(name, _Told("topic.event", hit.start, hit.end))
    return told


def _countries(claim: Claim) -> set[str]:
    codes = {a.mention.country_code for a in claim.arguments if a.role in _PRESENT}
    return {code for code in codes if code is not None}


def _topic(view: View, name: str, told: _Told, words: int) -> Topic:
    sentence = view.sentence(told.start)
    return Topic(
        topic=name,
        sentence_id=sentence.sentence_id,
        start=told.start,
        end=told.end,
        text=view.text[told.start : told.end],
        n_words=words,
        rule_id=told.rule,
        confidence=prior(told.rule),
    )
