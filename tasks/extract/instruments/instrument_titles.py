"""Capitalised titles of instruments that nobody has listed: Enhanced Partnership Agreement, Asylum Act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View

_HEADS = {
    "agreement": "agreement", "accord": "agreement", "protocol": "protocol", "convention": "treaty", "treaty": "treaty",
    "memorandum": "mou", "declaration": "declaration", "strategy": "strategy", "mechanism": "mechanism",
    "regulation": "eu_regulation", "directive": "eu_directive", "law": "law", "act": "law", "code": "law",
    "compact": "declaration", "pact": "agreement", "charter": "treaty", "arrangement": "working_arrangement",
    "roadmap": "action_plan", "plan": "action_plan", "deklaracija": "declaration", "strategija": "strategy",
    "konvencija": "treaty",
}  # fmt: skip
# A word in the title that tells the sort better than the head does.
_BETTER = (
    ("readmission", "readmission_agreement"), ("visa", "visa_agreement"), ("status", "status_agreement"),
    ("implementing protocol", "implementing_protocol"), ("partnership", "partnership_agreement"),
    ("association", "partnership_agreement"), ("operational plan", "operational_plan"),
    ("contingency", "contingency_plan"), ("understanding", "mou"),
)  # fmt: skip
_JOIN = frozenset({"and", "of", "for", "on", "the", "und", "to", "against"})
_MOST_WORDS = 9
_AFTER = re.compile(r"[ \u00a0](?:on|of|for|against)[ \u00a0](?:the[ \u00a0])?(?=[A-Z])")


def find_titles(view: View, hits: Hits, known: Sequence[Candidate]) -> list[Candidate]:
    """Return titles of at least two capitalised words with a head noun of instruments, outside the known ones."""
    if view.vocabulary.isdisjoint(_HEADS) or view.language == "de":
        # German writes every noun with a capital: a title does not stand out.
        return []
    taken = SpanMask(len(view.text), (candidate.span for candidate in known))
    for hit in hits.of("organisation", "office"):
        if not hit.needs_context:
            taken.add(hit.start, hit.end)
    found = []
    for index, token in enumerate(view.tokens):
        if token.folded not in _HEADS or not token.is_capitalised or taken.covers(token.start):
            continue
        span = _span(view, index)
        if span is None or taken.touches(*span):
            continue
        taken.add(*span)
        name = view.text[span[0] : span[1]]
        fields: dict[str, object] = {"name": name, "subtype": _kind(name, _HEADS[token.folded])}
        found.append(Candidate("instrument", *span, "instrument.title", prior("instrument.title"), fields))
    return found


def _kind(name: str, otherwise: str) -> str:
    lowered = name.lower()
    return next((kind for word, kind in _BETTER if word in lowered), otherwise)


def _span(view: View, index: int) -> tuple[int, int] | None:
    tokens = view.tokens
    first = _left(view, index)
    match = _AFTER.match(view.text, tokens[index].end)
    last = _right(view, view.token_index(match.end())) if match is not None else index
    capitals = sum(token.is_capitalised for token in tokens[first : last + 1])
    return (tokens[first].start, tokens[last].end) if capitals > 1 else None


def _left(view: View, index: int) -> int:
    tokens, first = view.tokens, index
    for at in range(index - 1, max(index - _MOST_WORDS, -1), -1):
        token = tokens[at]
        if tokens[at + 1].start - token.end > 1 or "\n" in view.text[token.end : tokens[at + 1].start]:
            break
        if token.is_capitalised and token.folded not in view.words["instrument_never_first"]:
            first = at
        elif token.folded not in _JOIN and token.text not in "&-–":
            break
    return first


def _right(view: View, index: int) -> int:
    tokens, last = view.tokens, index
    for at in range(index, min(index + _MOST_WORDS, len(tokens))):
        token = tokens[at]
        if at > index and token.start - tokens[at - 1].end > 1:
            break
        if token.is_capitalised:
            last = at
        elif token.folded not in _JOIN and token.text not in "&-–,":
            break
    return last
