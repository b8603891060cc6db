"""Which names stand in one list: "Serbia, Montenegro and the EU", "Anna Roe, Minister of Austria, Jon Doe, …".

Belongs here: the walk from a name to the one listed before it. What governs a list is `sentences.linkage`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.clause_openings import before_example

if TYPE_CHECKING:
    from tasks.extract.sentences.person_phrases import PersonPhrases
    from tasks.extract.sentences.sentence_view import SentenceView

# The longest bracket that is followed.
_BRACKET = 12
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
# Kinds whose mentions form lists ("Serbia, Montenegro and the EU").
LISTED = frozenset({"territory", "organisation", "region", "person", "place"})
WHERE = frozenset({"place", "territory", "region"})


class NameLists:
    """The lists of names in one sentence.

    Args:
        view: The sentence.
        phrases: How far the words about its persons reach.
    """

    def __init__(self, view: SentenceView, phrases: PersonPhrases) -> None:
        self._view = view
        self._phrases = phrases

    @cached_property
    def heads(self) -> list[int]:
        """First mention of the list in which each mention stands; itself where it stands alone."""
        view = self._view
        heads: list[int] = []
        for index in range(len(view.spans)):
            position = self._phrases.begin(index) - 1
            while position > 0 and position in view.lasts("status", "definite"):
                position -= 1
            before = self.joined_before(position, self.link_at(position), index) if position > 0 else None
            if before is None and self._renames(index):
                before = view.inside[view.spans[index][0] - 1]
            heads.append(index if before is None or before > index else heads[before])
        return heads

    def _renames(self, index: int) -> bool:
        """True for a body's second name right behind its first ("das UN-Flüchtlingshilfswerk UNHCR")."""
        view = self._view
        before = view.inside.get(view.spans[index][0] - 1)
        kinds = {view.mentions[number].kind for number in (index, before) if number is not None}
        return before is not None and before != index and kinds == {"organisation"}

    def joined_before(self, position: int, link: Hit | None, index: int) -> int | None:
        """Return the mention whose governor is also this one's: the one listed before, or "in partnership with" it."""
        if link is None:
            return self._listed_before(position, index)
        if link.entry.key != "together":
            return None
        # "organised by the Agency in partnership with the Ministry", "of Serbia, as well as Frontex": one governor.
        before = link.first - 1
        while before > 0 and before not in self._view.inside and self._separates(before):
            before = self._before_sign(before)
        return self._named_at(before, index)

    def _listed_before(self, position: int, index: int) -> int | None:
        """Return the mention that ends right before a comma or connector, if both can stand in one list."""
        view = self._view
        if view.mentions[index].kind not in LISTED or not self._separates(position):
            return None
        described = {end: begin for begin, end in self._phrases.appositions}
        # The comma that closes an apposition is the one in front of the next of the list.
        position = described[position] - 1 if position in described else self._before_sign(position)
        while position >= 0 and (position not in view.inside or position in described):
            if view.tokens[position].word in _CLOSE:
                position = self.skip(position)
            elif position in described:
                position = described[position] - 1
            elif self._separates(position):
                position = self._before_sign(position)
            elif self._ends_name(position):
                position -= 1
            else:
                return None
        before = self._named_at(position, index)
        if before is None:
            return None
        aside = self._aside_begin(before)
        return before if aside is None else self._listed_before(aside, index)

    def _named_at(self, position: int, index: int) -> int | None:
        """Return the mention at a token, also in front of a closing bracket, if it can stand in a list with another."""
        if position >= 0 and self._view.tokens[position].word in _CLOSE:
            position = self.skip(position)
        before = self._view.inside.get(position)
        if before is None or before == index or self._view.mentions[before].kind not in LISTED:
            return None
        kinds = {self._view.mentions[before].kind, self._view.mentions[index].kind}
        if kinds == {"place", "territory"} and self._view.mentions[before].kind == "place":
            # "In Ljubljana, Slovenia" is one place; in "In Geneva, Belgium and …" a list begins behind the comma.
            same = self._view.mentions[before].country_code == self._view.mentions[index].country_code
            return before if same else None
        if "place" in kinds and not kinds <= WHERE:
            # People and bodies do not stand in one list with towns.
            return None
        return self._whose(before) if self._view.mentions[index].kind == "person" else before

    def _whose(self, index: int) -> int:
        """Return the person in front of "of Czechia", who is the one listed; else the mention itself."""
        position = self._view.spans[index][0] - 1
        while position > 0 and position in self._view.lasts("status", "definite"):
            position -= 1
        link = self.link_at(position) if position > 0 else None
        owner = self._view.inside.get(link.first - 1) if link is not None and link.entry.kind == "attaching" else None
        return owner if owner is not None and self._view.mentions[owner].kind == "person" else index

    def _aside_begin(self, index: int) -> int | None:
        """Return the sign in front of ", for the Commission," that says for whom the next of a list is there."""
        view = self._view
        last = view.spans[index][1]
        if last + 1 >= len(view.tokens) or view.tokens[last + 1].word != ",":
            return None
        position = view.spans[index][0] - 1
        while position > 0 and position in view.lasts("status", "definite"):
            position -= 1
        link = self.link_at(position)
        if link is None or link.entry.key not in ("for", "behalf") or not self._separates(link.first - 1):
            return None
        return link.first - 1

    def _separates(self, position: int) -> bool:
        """True for a comma, slash, hyphen or connector ("and")."""
        if self._view.tokens[position].word in (",", "/", "-", "–"):
            return True
        return self._view.joins(position)

    def _ends_name(self, position: int) -> bool:
        """True for what may stand behind a name of a list: a case ending ("IOM-a i …"), a noun behind its genitive."""
        view = self._view
        before = position - 1
        if before > 0 and view.tokens[before].word == "-" and before - 1 in view.inside:
            return view.tokens[before].end == view.tokens[position].start
        return view.language == "lt" and any(hit.last == position for hit in view.offices)

    def _before_sign(self, position: int) -> int:
        """Return the token in front of a comma, or of a connector of several words ("as well as", "kao i")."""
        joins = [hit.first for hit in self._view.ending_at.get(position, ()) if hit.entry.kind == "connector"]
        return min(joins, default=position) - 1

    def link_at(self, position: int) -> Hit | None:
        """Return the longest preposition that ends at the token, unless the token lies in a mention."""
        if position in self._view.inside:
            return None
        links = [
            hit for hit in self._view.ending_at.get(position, ()) if hit.entry.kind in ("preposition", "attaching")
        ]
        return links[0] if links else None

    def skip(self, position: int) -> int:
        """Return the next token to the left, over a bracket, a date with its preposition, and ", among them"."""
        example = before_example(self._view, position)
        if example is not None:
            return example
        inside = self._view.inside.get(position)
        if inside is not None and self._view.mentions[inside].kind == "date":
            position = self._view.spans[inside][0] - 1
            link = self.link_at(position)
            return position if link is None else link.first - 1
        if self._view.tokens[position].word not in _CLOSE:
            return position - 1
        for earlier in range(position - 1, max(position - _BRACKET, -1), -1):
            if self._view.tokens[earlier].word in _OPEN:
                return earlier - 1
        return position - 1
