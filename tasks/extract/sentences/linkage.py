"""What links mentions to each other and to a trigger: prepositions, lists, names with their offices.

Belongs here: the walk from a mention to the left until something governs it. What the links mean is
`events.placement`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.clause_openings import finite_verbs, opens_behind_date, sets_scene
from tasks.extract.sentences.country_cases import is_dative
from tasks.extract.sentences.name_lists import LISTED, WHERE, NameLists
from tasks.extract.sentences.person_phrases import OFFICE_REACH, PersonPhrases

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

# The longest list that is followed.
_LIST = 40
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
        self._lists = NameLists(view, self._phrases)
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
            link = self._lists.link_at(position)
            before = self._lists.joined_before(position, link, index)
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
            position = self._lists.skip(position) if saturated is None else saturated
        return Governor(tuple(chain), "start" if position < floor else "limit", max(position, floor - 1))

    def _fixed_governor(self, index: int, first: int, trigger: int) -> Governor | None:
        """Return what governs a mention by its form or by the word in front of it, wherever the trigger stands."""
        view = self._view
        if first - 1 in view.lasts("word", "that"):
            # "the agreement that Bulgaria concluded": a new subject.
            return Governor((), "start", first - 1)
        if view.spans[index][1] < trigger and opens_behind_date(view, first):
            return Governor((), "start", first - 1)
        if view.language == "lt" and view.mentions[index].kind in WHERE and view.mentions[index].text.endswith("e"):
            # Lithuanian says "in" with the locative: Italijoje, Kipre.
            return Governor(("in",), "preposition", first)
        return None

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
        if kind not in LISTED or not (between or kind == "place"):
            return None
        begin = view.spans[other][0] - 1
        while begin > 0 and begin in view.lasts("status", "definite"):
            begin -= 1
        link = self._lists.link_at(begin) if begin >= 0 else None
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
        return self._lists.heads[index]

    @property
    def appositions(self) -> list[tuple[int, int]]:
        """Token ranges behind names that give the office."""
        return self._phrases.appositions

    def phrase_begin(self, index: int) -> int:
        """Return the first token of a mention, for a person that of the office in front of the name."""
        return self._phrases.begin(index)
