"""What a number counts: the noun after it, the country it counts people of, or what the number before it counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.extract.quantities.bare_numbers import BareNumbers, is_year
from tasks.extract.quantities.numbers import Number
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import Token, View

# Words between a number and its noun: 1,416 illegal border crossings.
_GAP_TOKENS = 3
_COMPOUND_UNITS = {
    "day": "days", "week": "weeks", "month": "months", "year": "years", "hour": "hours", "mal": "times",
    "tagige": "days", "jahrige": "years", "monatige": "months", "dnevni": "days", "minute": "minutes",
    "person": "people", "man": "people", "strong": "people", "bed": "places", "place": "places", "seat": "places",
    "kilometre": "kilometres", "kilometer": "kilometres", "km": "kilometres",
}  # fmt: skip
# Of these even two are said for their number; "two agreements" are mostly the two just named.
_COUNTED_IN_TWOS = frozenset(
    {
        "people", "years", "months", "weeks", "days", "hours", "families", "votes", "percent", "flights", "vehicles",
        "boats", "buses", "drones", "dogs", "scanners", "containers",
    }
)  # fmt: skip
_TIME_UNITS = frozenset({"years", "months", "days"})
# Of these a part is a number by itself: three of the countries, 30 of its officers.
_PARTS = frozenset({"people", "countries", "places", "applications", "cases", "vehicles"})
_PEOPLE = ("ers", "ors", "ees", "ists", "ians", "ants")
_NO_PLURAL = ("ss", "us", "is", "ous")


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
        names: Start → end of the organisations of the text.
    """

    def __init__(self, view: View, hits: Hits, names: Mapping[int, int]) -> None:
        self._view = view
        self._names = names
        self._units = hits.starting("unit")
        self._territories = hits.starting("territory")
        self._bare = BareNumbers(view, self._units, self._territories)

    def of(self, low: Number, high: Number) -> Counted | None:
        """Return what a number (or the range of two) counts, or None if it counts nothing we can tell."""
        counted = (
            self._compound(high)
            or self._noun_known(low, high)
            or self._part_of(low, high)
            or self._nationals(high)
            or self._inherited(low, high)
            or self._noun_unknown(low, high)
        )
        if counted is not None:
            self._bare.remember(low, counted.end, counted.unit)
        return counted

    def noun(self, number: Number) -> Counted | None:
        """Return what a known count noun after a number says that it counts."""
        return self._noun_known(number, number)

    def unit_after(self, number: Number) -> str | None:
        """Return what a count noun right after counts: since the first flight 648 people, not article 5 of …."""
        token = self._token(number.last_token + 1)
        hit = self._units.get(token.start) if token is not None and token.start - number.end == 1 else None
        return hit.entry.reference_id if hit is not None else None

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
        first = at = high.last_token + 1
        for _ in range(1 + _GAP_TOKENS):
            # Twelve State Border Guard Service (VSAT) officers: a name in between counts as one word.
            if not self._is_unit(at):
                # "12 Seimo narių" is one count noun, though a body opens it.
                at = self._past_hyphen(self._past_name(at))
            token = self._token(at)
            if token is None:
                return None
            at += 1
            hit = self._units.get(token.start)
            if hit is not None:
                unit = hit.entry.reference_id
                what = self._view.text[self._view.tokens[first].start : hit.end]
                return Counted("quantity.unit", hit.end, unit, what) if _is_count(low, unit) else None
            stops = not token.is_word or token.folded in self._view.words["number_gap_stop"]
            if stops or "\n" in self._view.text[high.end : token.start]:
                return None
        return None

    def _is_unit(self, at: int) -> bool:
        token = self._token(at)
        return token is not None and token.start in self._units

    def _past_hyphen(self, at: int) -> int:
        """Return the index after a hyphen within a word (60 asylum-seeking families); else the index."""
        token, before, after = self._token(at), self._view.tokens[at - 1], self._token(at + 1)
        inside = token is not None and token.text == "-" and token.start == before.end and before.is_word
        return at + 1 if inside and token is not None and after is not None and after.start == token.end else at

    def _past_name(self, at: int) -> int:
        """Return the index of the token after the name that starts at a token, and its bracket; else the index."""
        token = self._token(at)
        end = self._names.get(token.start) if token is not None else None
        if end is None:
            return at
        at = self._view.token_index(end)
        opening, closing = self._token(at), self._token(at + 2)
        return at + 3 if opening and closing and opening.text == "(" and closing.text == ")" else at

    def _part_of(self, low: Number, high: Number) -> Counted | None:
        """30 of its police officers: the noun after "of its" is what the number counts."""
        joint = self._token(high.last_token + 1)
        if joint is None or joint.folded != "of" or (low.value <= 2 and not low.is_digits):
            return None
        first = high.last_token + 2
        for at in range(first, first + 1 + _GAP_TOKENS):
            token = self._token(at)
            if token is None or not token.is_word:
                return None
            hit = self._units.get(token.start)
            if hit is not None and hit.entry.reference_id in _PARTS:
                what = self._view.text[self._view.tokens[first].start : hit.end]
                return Counted("quantity.unit", hit.end, hit.entry.reference_id, what)
            stops = token.folded in self._view.words["number_gap_stop"]
            if stops and token.folded not in self._view.words["possessive"]:
                return None
        return None

    def _nationals(self, high: Number) -> Counted | None:
        """Ten Eritreans and three Syrians."""
        token = self._token(high.last_token + 1)
        hit = self._territories.get(token.start) if token is not None else None
        if hit is None:
            return None
        following = self._token(self._view.token_index(hit.end))
        if following is not None and following.is_word and not self._is_plural(hit, following):
            return None
        return Counted("quantity.nationals", hit.end, "people", self._view.text[hit.start : hit.end])

    def _is_plural(self, hit: Hit, following: Token) -> bool:
        """True for inhabitants (22 Iraqis whose claims …), not for the adjective of a noun (22 Iraqi officers)."""
        words = self._view.words
        if following.folded in words["nationals_end"] or following.folded in words["number_gap_stop"]:
            return True
        written = self._view.folded[hit.start : hit.end]
        return self._view.language == "en" and written.endswith("s") and not following.text[0].isupper()

    def _inherited(self, low: Number, high: Number) -> Counted | None:
        unit = self._bare.unit_of(low, high)
        return Counted("quantity.inherited", high.end, unit, None) if unit is not None else None

    def _noun_unknown(self, low: Number, high: Number) -> Counted | None:
        """A number before an English plural that no table knows: people by its ending, else the noun is the unit."""
        if self._view.language != "en" or low.value < 2:
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
                if token.folded.endswith(_PEOPLE) and token.folded not in self._view.words["not_people"]:
                    return Counted("quantity.noun", token.end, "people", what)
                # Spelled out, a number of things nobody lists is a manner of speaking: three words, two senses.
                return Counted("quantity.noun", token.end, token.folded, what) if low.is_digits else None
        return None


def _is_count(number: Number, unit: str) -> bool:
    """False for a four-digit number before "metų", a year, and for "the two countries", a reference."""
    if is_year(number) and unit in _TIME_UNITS:
        return False
    return number.is_digits or number.value > 2 or unit in _COUNTED_IN_TWOS
