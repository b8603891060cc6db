"""How far the words about a person reach: the office in front of the name, and what stands behind its comma.

Belongs here: the extent of a name's phrase in one sentence. What governs the phrase is `sentences.linkage`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

# How many words may stand between an office and its holder's name, and between a preposition and what it governs: "with
# the newly appointed Deputy Executive Director of the EUAA"; and the longest apposition in tokens.
OFFICE_REACH, _APPOSITION = 14, 30
# Between a name and its office stands a comma.
_SET_OFF = 2
# Whose office it is stands in front of it.
_OWNERS = frozenset({"territory", "organisation", "region"})
_POSSESSIVE = frozenset({"'s", "’s"})


class PersonPhrases:
    """The phrases of the persons in one sentence.

    Args:
        view: The sentence.
    """

    def __init__(self, view: SentenceView) -> None:
        self._view = view

    @cached_property
    def appositions(self) -> list[tuple[int, int]]:
        """Token ranges behind names that give the office: from the comma or bracket to the sign that closes it."""
        persons = {self.begin(index) for index, mention in enumerate(self._view.mentions) if mention.kind == "person"}
        offices = {hit.first for hit in self._view.offices}
        found = []
        for index, mention in enumerate(self._view.mentions):
            begin = self._view.spans[index][1] + 1
            if (
                mention.kind != "person"
                or begin >= len(self._view.tokens)
                or self._view.tokens[begin].word not in (",", "(")
            ):
                continue
            if any(position in offices for position in range(begin + 1, begin + 6)):
                found.append((begin, self._apposition_end(begin, persons)))
        return [(begin, end) for begin, end in found if end > begin]

    def _apposition_end(self, begin: int, persons: set[int]) -> int:
        """Return the last token of what stands behind a name's comma: up to the next comma, or the next person."""
        closing = ")" if self._view.tokens[begin].word == "(" else ","
        last = min(begin + _APPOSITION, len(self._view.tokens)) - 1
        for position in range(begin + 1, last + 1):
            if position in persons:
                return position - 1
            if self._view.tokens[position].word in (";", closing) and position not in self._view.inside:
                return position
        return last

    def begin(self, index: int) -> int:
        """Return the first token of a mention, for a person that of the office in front of the name.

        "by Commissioner for Migration Dimitris A.": what governs the office governs the person.
        """
        first = self._view.spans[index][0]
        if self._view.mentions[index].kind != "person":
            return first
        for hit in reversed(self._view.offices):
            if (
                hit.first < first
                and self._view.steps(hit.first, first) <= OFFICE_REACH
                and self._is_title(hit.last + 1, first)
            ):
                begin = self._title_begin(hit.first)
                return first if self._is_of_before(begin, first) else self._modified_begin(begin)
        return first

    def _is_of_before(self, office: int, first: int) -> bool:
        """True for an office set off between two names: in "Anna Roe, Minister of Austria, Jon Doe, …" it is Roe's."""
        tokens = self._view.tokens
        if first < 1 or tokens[first - 1].word != "," or office < _SET_OFF or tokens[office - 1].word != ",":
            return False
        before = self._view.inside.get(office - _SET_OFF)
        if before is None or self._view.mentions[before].kind != "person":
            return False
        name = self._view.spans[before][0]
        titled = any(hit.last < name and self._is_title(hit.last + 1, name) for hit in self._view.offices)
        return not titled

    def _title_begin(self, first: int) -> int:
        """Return the first token of a title that holds several offices ("Deputy Prime Minister and Minister of …")."""
        for hit in reversed(self._view.offices):
            between = range(hit.last + 1, first)
            joined = first - hit.first <= _APPOSITION and not any(at in self._view.inside for at in between)
            if hit.first < first and joined and self._is_title(hit.last + 1, first):
                first = hit.first
        return first

    def _modified_begin(self, first: int) -> int:
        """Return the first token of what says whose office begins at a token ("IOM Chief of Mission", "Malta's")."""
        view = self._view
        position = first - 1
        if position > 0 and view.tokens[position].word == ",":
            # "the Slovenian host, Minister …": the noun in front of the comma is the same person.
            hosts = {hit.last: hit.first for hit in view.of_kind("word", "host_noun")}
            position = hosts.get(position - 1, position + 1) - 1
        if position > 0 and view.tokens[position].word in _POSSESSIVE:
            position -= 1
        before = view.inside.get(position)
        if before is None and position > 0 and position not in view.function_words and first - position == 1:
            # "Hilfswerk Regional Director": a word that says which director.
            before = view.inside.get(position - 1) if view.tokens[position].word.isalpha() else None
        if before is None or view.mentions[before].kind not in _OWNERS:
            return first
        return view.spans[before][0]

    def _is_title(self, begin: int, end: int) -> bool:
        """True if the tokens begin … end - 1 can stand between an office and its holder's name."""
        for position in range(begin, end):
            inside = self._view.inside.get(position)
            if inside is not None and self._view.mentions[inside].kind in ("person", "date"):
                return False
            if self._view.tokens[position].word == "," and self._view.joins(position + 1):
                return False
            for hit in self._view.ending_at.get(position, ()):
                if hit.entry.key not in ("of", "for", "and", "definite", "in"):
                    return False
            if position in self._view.verbs:
                return False
        return True
