"""One sentence as the frame engine reads it: tokens, mentions, phrase hits, clauses, and what governs a mention.

Belongs here: the shape of the sentence. No event type is known here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasks.extract.annotations import Document, Mention, Sentence
from tasks.extract.frames.triggers import Hit, PhraseIndex
from tasks.extract.frames.words import Token, language_key, tokenise
from tasks.extract.sentences.clauses import Clauses, cut_clauses
from tasks.extract.sentences.linkage import Linkage

Question = Callable[["SentenceView", int], bool]


@dataclass
class SentenceView:
    """A sentence with everything the frames ask about it.

    Attributes:
        spans: First and last token of each mention.
    """

    document: Document
    sentence: Sentence
    index: PhraseIndex
    language: str
    tokens: Sequence[Token]
    hits: Sequence[Hit]
    mentions: Sequence[Mention]
    spans: list[tuple[int, int]] = field(init=False)
    _hits_of: dict[tuple[str, str | None], list[Hit]] = field(init=False, default_factory=dict)
    _firsts: dict[tuple[str, str | None], frozenset[int]] = field(init=False, default_factory=dict)
    _lasts: dict[tuple[str, str | None], frozenset[int]] = field(init=False, default_factory=dict)
    _answers: dict[tuple[Question, int], bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        starts = [token.start for token in self.tokens]
        self.spans = [
            (
                max(bisect_right(starts, mention.start) - 1, 0),
                max(bisect_left(starts, mention.end) - 1, 0),
            )
            for mention in self.mentions
        ]
        for hit in self.hits:
            kind = hit.entry.kind
            self._hits_of.setdefault((kind, None), []).append(hit)
            self._hits_of.setdefault((kind, hit.entry.key), []).append(hit)

    def of_kind(self, kind: str, key: str | None = None) -> Sequence[Hit]:
        """Return the hits of a kind, and of a key of it if one is given, by first token."""
        return self._hits_of.get((kind, key), ())

    def firsts(self, kind: str, key: str | None = None) -> frozenset[int]:
        """Return the first tokens of what `of_kind` returns."""
        found = self._firsts.get((kind, key))
        if found is None:
            found = self._firsts[kind, key] = frozenset([hit.first for hit in self.of_kind(kind, key)])
        return found

    def lasts(self, kind: str, key: str | None = None) -> frozenset[int]:
        """Return the last tokens of what `of_kind` returns."""
        found = self._lasts.get((kind, key))
        if found is None:
            found = self._lasts[kind, key] = frozenset([hit.last for hit in self.of_kind(kind, key)])
        return found

    def once(self, question: Question, index: int) -> bool:
        """Return the answer to a question about a mention, for which nothing but the sentence counts; asked once."""
        found = self._answers.get((question, index))
        if found is None:
            found = self._answers[question, index] = question(self, index)
        return found

    def keys(self, kind: str) -> set[str]:
        """Return the keys of the hits of a kind."""
        return {hit.entry.key for hit in self.of_kind(kind)}

    @cached_property
    def function_words(self) -> frozenset[int]:
        """Tokens of boundaries, connectors, prepositions and status cues: words that name nothing."""
        kinds = ("boundary", "connector", "status", "preposition", "attaching")
        return frozenset(
            token for kind in kinds for hit in self.of_kind(kind) for token in range(hit.first, hit.last + 1)
        )

    @cached_property
    def ending_at(self) -> dict[int, list[Hit]]:
        """Prepositions, connectors and status cues by their last token; the longest first."""
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if hit.entry.kind in ("preposition", "attaching", "connector", "status"):
                found.setdefault(hit.last, []).append(hit)
        for hits in found.values():
            if len(hits) > 1:
                hits.sort(key=lambda hit: (hit.first, hit.entry.kind, hit.entry.key))
        return found

    @cached_property
    def inside(self) -> dict[int, int]:
        """Token → index of the mention it lies in: the longest one, but a name within a count stays a name.

        "Twelve officers of the border guard", one quantity in languages with a genitive, names the border guard.
        """
        found: dict[int, int] = {}
        order = sorted(
            (mention.kind == "quantity", first - last, index)
            for index, (mention, (first, last)) in enumerate(zip(self.mentions, self.spans, strict=True))
        )
        for _, _, index in order:
            first, last = self.spans[index]
            for token in range(first, last + 1):
                found.setdefault(token, index)
        return found

    @cached_property
    def _cut(self) -> Clauses:
        return cut_clauses(self)

    @property
    def clauses(self) -> Sequence[int]:
        """First tokens of the clauses, in order; the first is 0."""
        return self._cut.begins

    def resumes(self, begin: int) -> int | None:
        """Return the first token of the clause that goes on at a token, behind an aside; None where none does."""
        return self._cut.resumed.get(begin)

    @cached_property
    def phrase_begins(self) -> frozenset[int]:
        """First tokens of the mentions, and of the offices that stand in front of names."""
        firsts = {self.linkage.phrase_begin(index) for index in range(len(self.spans))}
        return frozenset(firsts | {first for first, _ in self.spans})

    def clause_of(self, position: int) -> tuple[int, int]:
        """Return the first and last token of the clause that holds the token."""
        number = bisect_right(self.clauses, position) - 1
        last = self.clauses[number + 1] - 1 if number + 1 < len(self.clauses) else len(self.tokens) - 1
        return self.clauses[number], last

    def joins(self, position: int) -> bool:
        """True for the last token of a connector ("and")."""
        return any(hit.entry.kind == "connector" for hit in self.ending_at.get(position, ()))

    def steps(self, position: int, first: int) -> int:
        """Return how many words lie between two tokens; a name counts as one, however long it is."""
        return self._counts[first] - self._counts[max(position, 0)]

    @cached_property
    def _counts(self) -> list[int]:
        begins = {first for first, _ in self.spans}
        counts, count = [], 0
        for position in range(len(self.tokens)):
            count += position not in self.inside or position in begins
            counts.append(count)
        return counts

    @cached_property
    def linkage(self) -> Linkage:
        """What links the mentions to each other and to a trigger."""
        return Linkage(self)

    @cached_property
    def offices(self) -> Sequence[Hit]:
        """Hits of office words, in order; a verb that gives a role ("pirmininkavo") is none."""
        verbs = {(hit.first, hit.last) for hit in self.of_kind("role")}
        return [hit for hit in self.of_kind("word", "office") if (hit.first, hit.last) not in verbs]

    @cached_property
    def verbs(self) -> frozenset[int]:
        """First tokens of triggers that are verbs."""
        return frozenset(hit.first for hit in self.of_kind("trigger") if hit.entry.tense not in ("noun", "gerund"))

    def text(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens first … last."""
        return self.tokens[first].start, self.tokens[last].end


def view_of(document: Document, sentence: Sentence, index: PhraseIndex, mentions: Sequence[Mention]) -> SentenceView:
    """Return the view of a sentence with the mentions that lie in it, by start, the longer first."""
    tokens = tokenise(document.text, sentence.start, sentence.end, sentence.language)
    inside = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.mention_id))
    return SentenceView(document, sentence, index, language_key(sentence.language), tokens, index.find(tokens), inside)
