"""One sentence as the frame engine reads it: tokens, mentions on tokens, phrase hits, clauses, and what governs a mention.

Belongs here: the shape of the sentence. No event type is known here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasks.extract.annotations import Document, Mention, Sentence
from tasks.extract.triggers import Hit, PhraseIndex, Token, language_key, tokenise

# How far a preposition may stand from the mention it governs: "with the newly appointed Deputy Executive Director of the EUAA".
_REACH = 14
_DASHES = frozenset("-–—")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_QUOTES = frozenset("\"“”„«»")
# Kinds whose mentions form lists ("Serbia, Montenegro and the EU").
_LISTED = frozenset({"territory", "organisation", "region", "person", "place"})


@dataclass(frozen=True, slots=True)
class Governor:
    """What links a mention to its clause.

    Attributes:
        chain: Canonical prepositions, the nearest first; the chain goes on only behind `of` and `from`.
        stop: Where the walk ended: start (of the clause), limit, comma, bracket, preposition, or the token of a trigger.
        at: Token at which it ended.
    """

    chain: tuple[str, ...]
    stop: str
    at: int


@dataclass
class SentenceView:
    """A sentence with everything the frames ask about it; made once per sentence that holds a trigger or a cue."""

    document: Document
    sentence: Sentence
    index: PhraseIndex
    language: str
    tokens: Sequence[Token]
    hits: Sequence[Hit]
    mentions: Sequence[Mention]
    spans: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        starts = [token.start for token in self.tokens]
        self.spans = [
            (
                max(bisect_right(starts, mention.start) - 1, 0),
                max(bisect_left(starts, mention.end) - 1, 0),
            )
            for mention in self.mentions
        ]

    def of_kind(self, kind: str, key: str | None = None) -> Sequence[Hit]:
        """Return the hits of a kind, by first token."""
        return self._by_kind.get((kind, key), ())

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str | None], list[Hit]]:
        found: dict[tuple[str, str | None], list[Hit]] = {}
        for hit in self.hits:
            found.setdefault((hit.entry.kind, None), []).append(hit)
            found.setdefault((hit.entry.kind, hit.entry.key), []).append(hit)
        return found

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
            hits.sort(key=lambda hit: (hit.first, hit.entry.kind, hit.entry.key))
        return found

    @cached_property
    def inside(self) -> dict[int, int]:
        """Token → index of the mention it lies in (the longest one)."""
        found: dict[int, int] = {}
        for index in sorted(range(len(self.spans)), key=lambda i: self.spans[i][0] - self.spans[i][1]):
            first, last = self.spans[index]
            for token in range(first, last + 1):
                found.setdefault(token, index)
        return found

    @cached_property
    def clauses(self) -> list[int]:
        """First tokens of the clauses, in order; the first is 0."""
        begins = {0}
        boundaries = {hit.first for hit in self.of_kind("boundary")}
        triggers = {hit.first for hit in self.of_kind("trigger") if hit.entry.tense in ("past", "present", "participle")}
        joins = {hit.first: hit.last for hit in self.of_kind("connector")}
        for position, token in enumerate(self.tokens):
            if position in self.inside and self.spans[self.inside[position]][0] < position:
                continue
            if token.word in (";", ":") or self._is_dash(position):
                begins.add(position + 1)
            elif position in boundaries and position > 0:
                begins.add(position)
            elif token.word == "," and self._comma_opens(position, boundaries, triggers, joins):
                begins.add(position + 1)
        return sorted(position for position in begins if position < len(self.tokens))

    def _comma_opens(self, position: int, boundaries: set[int], triggers: set[int], joins: dict[int, int]) -> bool:
        """True for a comma before a boundary word, a verb, or `and` that does not go on with a list."""
        after = position + 1
        if after in boundaries or after in triggers:
            return True
        if after not in joins:
            return False
        begin = joins[after] + 1
        return not any(begin <= first <= begin + 2 for first, _ in self.spans)

    def _is_dash(self, position: int) -> bool:
        token = self.tokens[position]
        if token.word not in _DASHES or position == 0:
            return False
        return token.word == "—" or self.document.text[token.start - 1].isspace()

    def clause_of(self, position: int) -> tuple[int, int]:
        """Return the first and last token of the clause that holds the token."""
        number = bisect_right(self.clauses, position) - 1
        last = self.clauses[number + 1] - 1 if number + 1 < len(self.clauses) else len(self.tokens) - 1
        return self.clauses[number], last

    def list_head(self, index: int) -> int:
        """Return the first mention of the list in which this one stands; itself where it stands alone."""
        for _ in self.spans:
            position = self.spans[index][0] - 1
            while position > 0 and any(hit.entry.key == "definite" for hit in self.ending_at.get(position, ())):
                position -= 1
            if position <= 0 or not (self.tokens[position].word == "," or self._joins(position)):
                return index
            before = self._listed_before(position, index)
            if before is None:
                return index
            index = before
        return index

    def governor(self, index: int, trigger: tuple[int, int], depth: int = 0) -> Governor:
        """Return what governs the mention with this index, seen from a trigger's tokens (first, last)."""
        first = self.phrase_begin(index)
        floor = self.clause_of(first)[0]
        position, chain = first - 1, []
        while position >= max(floor, first - _REACH):
            if trigger[0] <= position <= trigger[1]:
                return Governor(tuple(chain), "trigger", position)
            link = self._link(position)
            if link is not None:
                chain.append(link.entry.key)
                if link.entry.kind == "preposition":
                    return Governor(tuple(chain), "preposition", link.first)
                position = link.first - 1
                continue
            word = self.tokens[position].word
            if word == "," or self._joins(position):
                before = self._listed_before(position, index)
                if before is not None and depth < len(self.spans):
                    earlier = self.governor(before, trigger, depth + 1)
                    return Governor((*chain, *earlier.chain), earlier.stop, earlier.at)
                if word == ",":
                    return Governor(tuple(chain), "comma", position)
            if word in _OPEN:
                return Governor(tuple(chain), "bracket", position)
            position = self._skip(position)
        return Governor(tuple(chain), "start" if position < floor else "limit", max(position, floor - 1))

    @cached_property
    def appositions(self) -> list[tuple[int, int]]:
        """Token ranges behind names that give the office: from the comma or bracket to the sign that closes it."""
        persons = {self.phrase_begin(index) for index, mention in enumerate(self.mentions) if mention.kind == "person"}
        offices = {hit.first for hit in self.offices}
        found = []
        for index, mention in enumerate(self.mentions):
            begin = self.spans[index][1] + 1
            if mention.kind != "person" or begin >= len(self.tokens) or self.tokens[begin].word not in (",", "("):
                continue
            if any(position in offices for position in range(begin + 1, begin + 6)):
                found.append((begin, self._apposition_end(begin, persons)))
        return [(begin, end) for begin, end in found if end > begin]

    def _apposition_end(self, begin: int, persons: set[int]) -> int:
        """Return the last token of what stands behind a name's comma: up to the next comma, or the next person."""
        closing = ")" if self.tokens[begin].word == "(" else ","
        last = min(begin + 30, len(self.tokens)) - 1
        for position in range(begin + 1, last + 1):
            if position in persons:
                return position - 1
            if self.tokens[position].word in (";", closing) and position not in self.inside:
                return position
        return last

    def phrase_begin(self, index: int) -> int:
        """Return the first token of a mention, for a person that of the office in front of the name.

        "by Commissioner for Migration Dimitris A.": what governs the office governs the person.
        """
        first = self.spans[index][0]
        if self.mentions[index].kind != "person":
            return first
        for hit in reversed(self.offices):
            if first - _REACH <= hit.first < first and self._is_title(hit.last + 1, first):
                return hit.first
        return first

    def _is_title(self, begin: int, end: int) -> bool:
        """True if the tokens begin … end - 1 can stand between an office and its holder's name."""
        for position in range(begin, end):
            inside = self.inside.get(position)
            if inside is not None and self.mentions[inside].kind in ("person", "date"):
                return False
            if self.tokens[position].word == "," and self._joins(position + 1):
                return False
            for hit in self.ending_at.get(position, ()):
                if hit.entry.key not in ("of", "for", "and", "definite", "in"):
                    return False
            if position in self.verbs:
                return False
        return True

    @property
    def offices(self) -> Sequence[Hit]:
        """Hits of office words, in order."""
        return self.of_kind("word", "office")

    @cached_property
    def verbs(self) -> frozenset[int]:
        """First tokens of triggers that are verbs."""
        return frozenset(hit.first for hit in self.of_kind("trigger") if hit.entry.tense not in ("noun", "gerund"))

    def _link(self, position: int) -> Hit | None:
        """Return the longest preposition that ends at the token, unless the token lies in a mention."""
        if position in self.inside:
            return None
        links = [hit for hit in self.ending_at.get(position, ()) if hit.entry.kind in ("preposition", "attaching")]
        return links[0] if links else None

    def _joins(self, position: int) -> bool:
        if self.tokens[position].word in ("/", "-", "–"):
            return True
        return any(hit.entry.kind == "connector" for hit in self.ending_at.get(position, ()))

    def _skip(self, position: int) -> int:
        """Return the next token to the left, over a whole bracket, and over a date with its preposition."""
        inside = self.inside.get(position)
        if inside is not None and self.mentions[inside].kind == "date":
            position = self.spans[inside][0] - 1
            link = self._link(position)
            return position if link is None else link.first - 1
        if self.tokens[position].word not in _CLOSE:
            return position - 1
        for earlier in range(position - 1, max(position - 12, -1), -1):
            if self.tokens[earlier].word in _OPEN:
                return earlier - 1
        return position - 1

    def _listed_before(self, position: int, index: int) -> int | None:
        """Return the mention that ends right before a comma or connector, if both can stand in one list."""
        if self.mentions[index].kind not in _LISTED:
            return None
        position -= 1
        described = {end: begin for begin, end in self.appositions}
        while position >= 0 and (position not in self.inside or position in described):
            if self.tokens[position].word in _CLOSE:
                position = self._skip(position)
            elif position in described:
                position = described[position] - 1
            elif self.tokens[position].word == "," or self._joins(position):
                position -= 1
            else:
                return None
        before = self.inside.get(position)
        if before is None or before == index or self.mentions[before].kind not in _LISTED:
            return None
        return before

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Tokens between quotation marks."""
        inside, found = False, set()
        for position, token in enumerate(self.tokens):
            if token.word in _QUOTES:
                inside = not inside
            elif inside:
                found.add(position)
        return frozenset(found)

    def text(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens first … last."""
        return self.tokens[first].start, self.tokens[last].end


def view_of(
    document: Document, sentence: Sentence, index: PhraseIndex, mentions: Sequence[Mention]
) -> SentenceView:
    """Return the view of a sentence with the mentions that lie in it, by start, the longer first."""
    tokens = tokenise(document.text, sentence.start, sentence.end, sentence.language)
    inside = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.mention_id))
    return SentenceView(
        document, sentence, index, language_key(sentence.language), tokens, index.find(tokens), inside
    )
