"""What links mentions to each other and to a trigger: prepositions, lists, names with their offices.

Belongs here: the walk from a mention to the left until something governs it. What the links mean is
`events.placement`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.clause_openings import before_example, finite_verbs, opens_behind_date, sets_scene
from tasks.extract.sentences.country_cases import is_dative
from tasks.extract.sentences.person_phrases import OFFICE_REACH, PersonPhrases

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

# The longest bracket and list that are followed.
_BRACKET, _LIST = 12, 40
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
# Kinds whose mentions form lists ("Serbia, Montenegro and the EU").
_LISTED = frozenset({"territory", "organisation", "region", "person", "place"})
_WHERE = frozenset({"place", "territory", "region"})
# Words between a participle and its auxiliary.
_CLITICS = 2
_STOPS = {",": "comma", "(": "bracket", "[": "bracket"}


class Governor(NamedTuple):
    """What links a mention to its clause.

    Attributes:
        chain: Canonical prepositions, the nearest first; all but the last are attaching ones (`of`, `from`), behind
            which the walk goes on to what governs their noun.
        stop: Where the walk ended: trigger, preposition, start (of the clause), comma, bracket, or limit.
        at: Token at which it ended.
    """

    chain: tuple[str, ...]
    stop: str
    at: int


class Linkage:
    """The links in one sentence; each is found once.

    Args:
        view: The sentence.
    """

    def __init__(self, view: SentenceView) -> None:
        self._view = view
        self._phrases = PersonPhrases(view)
        self._governors: dict[tuple[int, tuple[int, int]], Governor] = {}

    def governor(self, index: int, trigger: tuple[int, int], depth: int = 0) -> Governor:
        """Return what governs the mention with this index, seen from the tokens (first, last) of a trigger."""
        key = (index, trigger)
        if key not in self._governors:
            found = self._walk(index, trigger, depth)
            if not found.chain and is_dative(self._view, index):
                found = Governor(("to",), "preposition", self._view.spans[index][0])
            self._governors[key] = found
        return self._governors[key]

    def _walk(self, index: int, trigger: tuple[int, int], depth: int) -> Governor:
        view = self._view
        first = self.phrase_begin(index)
        fixed = self._fixed_governor(index, first, trigger[0])
        if fixed is not None:
            return fixed
        floor = view.clause_of(first)[0]
        position = first - 1
        chain: list[str] = []
        while position >= floor and view.steps(position, first) <= OFFICE_REACH:
            if trigger[0] <= position <= trigger[1]:
                return Governor(tuple(chain), "trigger", position)
            link = self._link(position)
            before = self._joined_before(position, link, index)
            if before is not None and depth < _LIST:
                earlier = self.governor(before, trigger, depth + 1)
                return Governor((*chain, *earlier.chain), earlier.stop, earlier.at)
            if link is not None:
                if sets_scene(view, link, index, first) or self._speaks_for(link, index, first):
                    position = link.first - 1
                    continue
                if not self._belongs_to_office(link):
                    chain.append(link.entry.key)
                    if link.entry.kind == "preposition":
                        return Governor(tuple(chain), "preposition", link.first)
                position = link.first - 1
                continue
            stop = self._stop_at(position, index, trigger[1])
            if stop is not None:
                return Governor(tuple(chain), stop, position)
            saturated = self._before_saturated(position, index, first)
            position = self._skip(position) if saturated is None else saturated
        return Governor(tuple(chain), "start" if position < floor else "limit", max(position, floor - 1))

    def _fixed_governor(self, index: int, first: int, trigger: int) -> Governor | None:
        """Return what governs a mention by its form or by the word in front of it, wherever the trigger stands."""
        view = self._view
        if first - 1 in view.lasts("word", "that"):
            # "the agreement that Bulgaria concluded": a new subject.
            return Governor((), "start", first - 1)
        if view.spans[index][1] < trigger and opens_behind_date(view, first):
            return Governor((), "start", first - 1)
        if view.language == "lt" and view.mentions[index].kind in _WHERE and view.mentions[index].text.endswith("e"):
            # Lithuanian says "in" with the locative: Italijoje, Kipre.
            return Governor(("in",), "preposition", first)
        return None

    def _joined_before(self, position: int, link: Hit | None, index: int) -> int | None:
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

    def _before_saturated(self, position: int, index: int, first: int) -> int | None:
        """Return the token in front of a phrase that has its own preposition: "in Vienna Minister … met".

        A preposition governs one name and its list; what follows without a sign, behind a verb or article or behind a
        town, is not governed by it. None where the token does not end such a phrase.
        """
        view = self._view
        other = view.inside.get(position)
        if other is None or other == index or view.spans[other][1] != position:
            return None
        kind = view.mentions[other].kind
        between = any(at in view.function_words or at in view.verbs for at in range(position + 1, first))
        if kind not in _LISTED or not (between or kind == "place"):
            return None
        begin = view.spans[other][0] - 1
        while begin > 0 and begin in view.lasts("status", "definite"):
            begin -= 1
        link = self._link(begin) if begin >= 0 else None
        return link.first - 1 if link is not None else None

    def _stop_at(self, position: int, index: int, trigger: int) -> str | None:
        """Return why the walk ends at a token, or None where it goes on.

        An auxiliary right behind the trigger belongs to it: "organizirao ga je Hilfswerk".
        """
        if position in self._finite_verbs and not 0 < position - trigger <= _CLITICS:
            return "start"
        stop = _STOPS.get(self._view.tokens[position].word)
        return None if stop == "bracket" and self._spells_out(index) else stop

    @cached_property
    def _finite_verbs(self) -> frozenset[int]:
        return finite_verbs(self._view)

    def _spells_out(self, index: int) -> bool:
        """True for a list of states in brackets, which stands for the word in front of it ("the members (A, B, C)")."""
        head = self.list_head(index)
        return self._view.mentions[index].kind == "territory" and any(
            other != index and self.list_head(other) == head for other in range(len(self._view.spans))
        )

    def _speaks_for(self, link: Hit, index: int, first: int) -> bool:
        """True for "for" in front of those a person acts for: "For Georgia Minister … signed", set off by nothing."""
        owner = self._view.inside.get(first)
        is_aside = link.entry.key in ("for", "behalf") and link.last in (first - 1, first - 2)
        return is_aside and owner != index and self._view.mentions[index].kind == "person" and owner is not None

    def _belongs_to_office(self, link: Hit) -> bool:
        """True for the preposition inside an office ("Minister for Home Affairs of Malta")."""
        return link.entry.key == "for" and any(hit.last == link.first - 1 for hit in self._view.offices)

    def list_head(self, index: int) -> int:
        """Return the first mention of the list in which this one stands; itself where it stands alone."""
        return self._heads[index]

    @cached_property
    def _heads(self) -> list[int]:
        view = self._view
        heads: list[int] = []
        for index in range(len(view.spans)):
            position = self.phrase_begin(index) - 1
            while position > 0 and position in view.lasts("status", "definite"):
                position -= 1
            before = self._joined_before(position, self._link(position), index) if position > 0 else None
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

    def _listed_before(self, position: int, index: int) -> int | None:
        """Return the mention that ends right before a comma or connector, if both can stand in one list."""
        view = self._view
        if view.mentions[index].kind not in _LISTED or not self._separates(position):
            return None
        described = {end: begin for begin, end in self.appositions}
        # The comma that closes an apposition is the one in front of the next of the list.
        position = described[position] - 1 if position in described else self._before_sign(position)
        while position >= 0 and (position not in view.inside or position in described):
            if view.tokens[position].word in _CLOSE:
                position = self._skip(position)
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
            position = self._skip(position)
        before = self._view.inside.get(position)
        if before is None or before == index or self._view.mentions[before].kind not in _LISTED:
            return None
        kinds = {self._view.mentions[before].kind, self._view.mentions[index].kind}
        if kinds == {"place", "territory"} and self._view.mentions[before].kind == "place":
            # "In Ljubljana, Slovenia" is one place; in "In Geneva, Belgium and …" a list begins behind the comma.
            same = self._view.mentions[before].country_code == self._view.mentions[index].country_code
            return before if same else None
        if "place" in kinds and not kinds <= _WHERE:
            # People and bodies do not stand in one list with towns.
            return None
        return self._whose(before) if self._view.mentions[index].kind == "person" else before

    def _whose(self, index: int) -> int:
        """Return the person in front of "of Czechia" or "from Frontex", who is the one listed; else the mention itself."""
        position = self._view.spans[index][0] - 1
        while position > 0 and position in self._view.lasts("status", "definite"):
            position -= 1
        link = self._link(position) if position > 0 else None
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
        link = self._link(position)
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

    @property
    def appositions(self) -> list[tuple[int, int]]:
        """Token ranges behind names that give the office."""
        return self._phrases.appositions

    def phrase_begin(self, index: int) -> int:
        """Return the first token of a mention, for a person that of the office in front of the name."""
        return self._phrases.begin(index)

    def _link(self, position: int) -> Hit | None:
        """Return the longest preposition that ends at the token, unless the token lies in a mention."""
        if position in self._view.inside:
            return None
        links = [
            hit for hit in self._view.ending_at.get(position, ()) if hit.entry.kind in ("preposition", "attaching")
        ]
        return links[0] if links else None

    def _skip(self, position: int) -> int:
        """Return the next token to the left, over a bracket, a date with its preposition, and ", among them"."""
        example = before_example(self._view, position)
        if example is not None:
            return example
        inside = self._view.inside.get(position)
        if inside is not None and self._view.mentions[inside].kind == "date":
            position = self._view.spans[inside][0] - 1
            link = self._link(position)
            return position if link is None else link.first - 1
        if self._view.tokens[position].word not in _CLOSE:
            return position - 1
        for earlier in range(position - 1, max(position - _BRACKET, -1), -1):
            if self._view.tokens[earlier].word in _OPEN:
                return earlier - 1
        return position - 1
