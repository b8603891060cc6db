"""What a number without a noun counts: what the words around it, or the number before it, say.

Belongs here: "fell to 9,600", "four to Slovenia", "a team of 12". A number with its noun is read by
`quantities.quantity_units`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from tasks.extract.quantities.numbers import Number
from tasks.extract.text.gazetteer import Hit
from tasks.extract.text.tokens import Token, View

# "The number of irregular crossings": the word stands this close before the noun.
_NUMBER_OF_TOKENS = 5
# "A capacity of around 300": the word stands this close before the number.
_FRAME_TOKENS = 4
# How far before the number its subject may stand.
_SUBJECT_TOKENS = 30
# Nobody is older: a larger number is no age.
_OLDEST = 120
# "By 12 % to 4,300": a larger number than this is no share.
_MOST_PERCENT = 100
# A smaller number without a noun is part of a phrase (one of the two).
_LEAST_INHERITED = 5
# Units whose name may be left out the second time, or stand at the other end of the sentence.
_COUNTS = frozenset(
    {
        "people", "crossings", "places", "applications", "returns", "families", "cases", "votes", "decisions",
        "permits", "visas", "flights", "appeals",
    }
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class BareNumbers:
    """Tells what the numbers of one text count that no noun follows. Numbers must be asked in order.

    Args:
        view: The text.
        units: Start → count noun.
        territories: Start → country.
    """

    def __init__(self, view: View, units: Mapping[int, Hit], territories: Mapping[int, Hit]) -> None:
        self._view = view
        self._units = units
        self._unit_starts = sorted(units)
        self._territories = territories
        self._last: tuple[int, str] | None = None
        self._range: tuple[int, str] | None = None

    def remember(self, number: Number, end: int, unit: str) -> None:
        """Note what a number counts, for those after it: its phrase ends at `end`."""
        self._range = (end, unit)
        if unit in _COUNTS:
            self._last = (number.start, unit)

    def unit_of(self, low: Number, high: Number) -> str | None:
        """Return what a number (or the range of two) counts, or None if nothing tells.

        50 to France, four to Slovenia, 73 from Italy, 13 against, 210 fewer; a team of 12; detections fell to 9,600.
        """
        if is_year(low):
            return None
        words = self._view.words
        following = self._token(high.last_token + 1)
        folded = following.folded if following is not None else ""
        last = self._last_unit(low.start)
        if last == "votes" and folded in words["voted"]:
            return last
        if low.value <= _OLDEST and (self._view.word_before(low.start) in words["age"] or self._is_age(low)):
            return None
        directed = folded in words["direction"] and self._is_near_territory(high.last_token + 2)
        is_bare = following is None or not following.is_word or folded in words["number_gap_stop"]
        is_bare = is_bare or folded in words["inherit_verb"] or (self._view.language == "en" and folded.endswith("ed"))
        if self._range is not None and self._ends_range(low) and (is_bare or self._range[1] == "votes"):
            # "By 33 votes to 12" whatever follows.
            return self._range[1]
        announced = self._announced(low.start)
        is_figure = low.is_digits and low.value >= _LEAST_INHERITED
        if is_bare:
            framed = self._framed(low)
            told = self._is_told(low)
            if framed is not None:
                return framed
            if told and (is_figure or announced is not None):
                return announced or self._subject(low.start) or (last if is_figure else None)
        of_them = folded in words["of_them"] or self._view.word_before(low.start) in words["them"]
        if not (directed or of_them or (is_figure and (is_bare or folded in words["compared"]))):
            return None
        return announced or last

    def _token(self, index: int) -> Token | None:
        return self._view.tokens[index] if index < len(self._view.tokens) else None

    def _ends_range(self, low: Number) -> bool:
        """True for the four of "from ten weeks to four"."""
        if self._range is None or self._view.word_before(low.start) not in self._view.words["range"]:
            return False
        if self._range[1] == "percent" and low.value > _MOST_PERCENT:
            return False
        return 0 < self._view.token_index(low.start) - self._view.token_index(self._range[0]) <= 1

    def _is_near_territory(self, index: int) -> bool:
        near = (self._token(at) for at in (index, index + 1))
        return any(token is not None and token.start in self._territories for token in near)

    def _before(self, offset: int, most: int) -> list[Token]:
        """Return up to so many tokens before an offset, within its sentence, the nearest first."""
        index = self._view.token_index(offset)
        begins = self._view.sentence(offset).start
        return [token for token in reversed(self._view.tokens[max(0, index - most) : index]) if token.start >= begins]

    def _is_age(self, low: Number) -> bool:
        """True for the 18 of "the age limit is 18"."""
        ages = self._view.words["age_word"]
        return any(token.folded in ages for token in self._before(low.start, _FRAME_TOKENS))

    def _framed(self, low: Number) -> str | None:
        """Return the unit that a word before the number sets: a team of 12, a capacity of some 300."""
        words = self._view.words
        before = self._before(low.start, _FRAME_TOKENS)
        if any(not token.is_word for token in before[:1]):
            return None
        for position, token in enumerate(before):
            if token.folded in words["group_of"] and position and before[position - 1].folded in words["of"]:
                return "people"
            if token.folded in words["capacity"] and position:
                return "places"
            if not token.is_word:
                return None
        return None

    def _is_told(self, low: Number) -> bool:
        """True where a word before the number gives it to the subject: fell *to* 9,600, *stood at* about 300."""
        before = self._before(low.start, _FRAME_TOKENS)
        hedges = self._view.words["hedge"]
        told = next((token for token in before if token.folded not in hedges), None)
        return told is not None and told.folded in self._view.words["figure"]

    def _subject(self, offset: int) -> str | None:
        """Return the unit of the last thing before an offset in its sentence that is counted: Returns rose to …."""
        for token in self._before(offset, _SUBJECT_TOKENS):
            if token.folded in self._view.words["capacity"]:
                return "places"
            hit = self._units.get(token.start)
            if hit is not None and hit.entry.reference_id in _COUNTS:
                return hit.entry.reference_id
        return None

    def _announced(self, offset: int) -> str | None:
        """Return the unit that "the number of …" names earlier in the sentence."""
        begins = self._view.sentence(offset).start
        for position in range(bisect_left(self._unit_starts, offset) - 1, -1, -1):
            start = self._unit_starts[position]
            if start < begins:
                return None
            before = self._before(start, _NUMBER_OF_TOKENS)
            if any(token.folded in self._view.words["number_of"] for token in before):
                return self._units[start].entry.reference_id
        return None

    def _last_unit(self, offset: int) -> str | None:
        """Return the count unit named last in this or the paragraph before."""
        if self._last is None:
            return None
        start, unit = self._last
        return unit if self._view.sentence(offset).paragraph - self._view.sentence(start).paragraph <= 1 else None


def is_year(number: Number) -> bool:
    """Return whether a number looks like a year: four digits, 1900 to 2100."""
    return number.is_digits and _FIRST_YEAR <= number.value <= _LAST_YEAR and number.end - number.start == 4
