"""What a number counts: the noun after it, the country it counts people of, or what the number before it counted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tasks.extract.gazetteer import Hits
from tasks.extract.numbers import Number
from tasks.extract.tokens import Token, View

# Words between a number and its noun: 1,416 illegal border crossings.
_GAP_TOKENS = 3
# "The number of irregular crossings": the word stands this close before the noun.
_NUMBER_OF_TOKENS = 5
# A smaller number without a noun is part of a phrase (one of the two).
_LEAST_INHERITED = 5
_COMPOUND_UNITS = {
    "day": "days", "week": "weeks", "month": "months", "year": "years", "hour": "hours", "mal": "times",
    "tagige": "days", "jahrige": "years", "monatige": "months", "dnevni": "days",
}  # fmt: skip
# Units whose name may be left out the second time.
_COUNTS = frozenset({"people", "crossings", "places", "applications", "returns", "families", "cases", "votes"})
# Of these even two are said for their number; "two agreements" are mostly the two just named.
_COUNTED_IN_TWOS = frozenset({"people", "years", "months", "weeks", "days", "hours", "families", "votes", "percent"})
_TIME_UNITS = frozenset({"years", "months", "days"})
_NO_PLURAL = ("ss", "us", "is", "ous")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts.

    Attributes:
        rule: Rule that tells.
        end: Offset after the words that say it.
        unit: Plural English noun.
        what: The words of the text, if there are any.
    """

    rule: str
    end: int
    unit: str
    what: str | None


class Counting:
    """Tells what the numbers of one text count. Numbers must be asked in order: some count what the one before did.

    Args:
        view: The text.
        hits: Gazetteer hits.
    """

    def __init__(self, view: View, hits: Hits) -> None:
        self._view = view
        self._units = hits.starting("unit")
        self._unit_starts = sorted(self._units)
        self._territories = hits.starting("territory")
        self._last: tuple[int, str] | None = None

    def of(self, low: Number, high: Number) -> Counted | None:
        """Return what a number (or the range of two) counts, or None if it counts nothing we can tell."""
        counted = (
            self._compound(high)
            or self._noun_known(low, high)
            or self._nationals(high)
            or self._inherited(low, high)
            or self._noun_unknown(low, high)
        )
        if counted is not None and counted.unit in _COUNTS:
            self._last = (low.start, counted.unit)
        return counted

    def _token(self, index: int) -> Token | None:
        return self._view.tokens[index] if index < len(self._view.tokens) else None

    def _compound(self, high: Number) -> Counted | None:
        """A four-year plan, 17-mal."""
        dash, noun = self._token(high.last_token + 1), self._token(high.last_token + 2)
        if dash is None or noun is None or dash.text not in "-–" or dash.start != high.end or noun.start != dash.end:
            return None
        unit = _COMPOUND_UNITS.get(noun.folded)
        return Counted("quantity.compound", noun.end, unit, noun.text) if unit is not None else None

    def _noun_known(self, low: Number, high: Number) -> Counted | None:
        first = high.last_token + 1
        for at in range(first, first + 1 + _GAP_TOKENS):
            token = self._token(at)
            if token is None:
                return None
            hit = self._units.get(token.start)
            if hit is not None:
                unit = hit.entry.reference_id
                what = self._view.text[self._view.tokens[first].start : hit.end]
                return Counted("quantity.unit", hit.end, unit, what) if _is_count(low, unit) else None
            stops = not token.is_word or token.folded in self._view.words["number_gap_stop"]
            if stops or "\n" in self._view.text[high.end : token.start]:
                return None
        return None

    def _nationals(self, high: Number) -> Counted | None:
        """Ten Eritreans and three Syrians."""
        token = self._token(high.last_token + 1)
        hit = self._territories.get(token.start) if token is not None else None
        if hit is None:
            return None
        following = self._token(self._view.token_index(hit.end))
        if following is not None and following.is_word and following.folded not in self._view.words["nationals_end"]:
            return None
        return Counted("quantity.nationals", hit.end, "people", self._view.text[hit.start : hit.end])

    def _inherited(self, low: Number, high: Number) -> Counted | None:
        """50 to France, four to Slovenia, 73 from Italy, 13 against: counted is what the sentence before counted."""
        rule = "quantity.inherited"
        if _is_year(low):
            return None
        words = self._view.words
        following = self._token(high.last_token + 1)
        folded = following.folded if following is not None else ""
        last = self._last_unit(low.start)
        if last == "votes" and folded in words["voted"]:
            return Counted(rule, high.end, last, None)
        directed = folded in words["direction"] and self._is_near_territory(high.last_token + 2)
        is_bare = following is None or not following.is_word or folded in words["number_gap_stop"]
        alone = is_bare and low.is_digits and low.value >= _LEAST_INHERITED
        if not (directed or folded in words["of_them"] or alone):
            return None
        unit = self._announced(low.start) or last
        return Counted(rule, high.end, unit, None) if unit is not None else None

    def _is_near_territory(self, index: int) -> bool:
        near = (self._token(at) for at in (index, index + 1))
        return any(token is not None and token.start in self._territories for token in near)

    def _announced(self, offset: int) -> str | None:
        """Return the unit that "the number of …" names earlier in the sentence."""
        begins = self._view.sentence(offset).start
        for position in range(bisect_left(self._unit_starts, offset) - 1, -1, -1):
            start = self._unit_starts[position]
            if start < begins:
                return None
            index = self._view.token_index(start)
            before = self._view.tokens[max(0, index - _NUMBER_OF_TOKENS) : index]
            if any(token.folded in self._view.words["number_of"] for token in before):
                return self._units[start].entry.reference_id
        return None

    def _last_unit(self, offset: int) -> str | None:
        """Return the count unit named last in this or the paragraph before."""
        if self._last is None:
            return None
        start, unit = self._last
        return unit if self._view.sentence(offset).paragraph - self._view.sentence(start).paragraph <= 1 else None

    def _noun_unknown(self, low: Number, high: Number) -> Counted | None:
        """A number in digits before an English plural that no table knows: the noun is the unit."""
        if self._view.language != "en" or not low.is_digits or low.value < 2:
            return None
        first = high.last_token + 1
        for at in range(first, first + _GAP_TOKENS):
            token = self._token(at)
            if token is None or not token.is_word or token.is_capitalised:
                return None
            gap = token.start - self._view.tokens[at - 1].end
            if gap != 1 or token.folded in self._view.words["number_gap_stop"]:
                return None
            if token.folded.endswith("s") and len(token.text) > 3 and not token.folded.endswith(_NO_PLURAL):
                what = self._view.text[self._view.tokens[first].start : token.end]
                return Counted("quantity.noun", token.end, token.folded, what)
        return None


def _is_year(number: Number) -> bool:
    return number.is_digits and _FIRST_YEAR <= number.value <= _LAST_YEAR and number.end - number.start == 4


def _is_count(number: Number, unit: str) -> bool:
    """False for a four-digit number before "metų", a year, and for "the two countries", a reference."""
    if _is_year(number) and unit in _TIME_UNITS:
        return False
    return number.is_digits or number.value > 2 or unit in _COUNTED_IN_TWOS
