"""Quantities: how many of what, how much money, what share. Numbers that only name something are left alone.

Never read as a quantity: dates, clock times, ordinals, numbers of acts, articles, decisions and telephones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.numbers import Number, NumberReader
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View, fold

_RANGE = frozenset({"-", "to", "bis", "tot", "do", "iki", "deri", "до", "od"})
_NUMBERED = frozenset(
    fold(word)
    for word in """article articles art no nr number section chapter page annex regulation directive decision protocol
    paragraph para phone tel telephone fax room flight resolution law act § # + čl član članak člen straipsnis str
    artikel hoofdstuk kapitel seite absatz abs art. nummer број член бр neni nr. ipa psc horizon agenda version""".split()
)
_COMPOUND_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years", "hour": "hours", "mal": "times",
                   "tägige": "days", "tagige": "days", "jährige": "years", "jahrige": "years", "dnevni": "days"}  # fmt: skip
_GAP_STOP = frozenset(
    fold(word)
    for word in """of in to from and or for by with on at the was were is are has have had will not than as que van uit naar
    und oder aus nach in im der die das von mit für i ili u iz na za od do sa je su ter in iz v na za od do je so ir ar į iš
    su nuo dhe në nga për e i и во од на за се""".split()
)
_PEOPLE_AFTER = frozenset(fold(word) for word in "of them davon waarvan njih jih jų".split())
_DIRECTION = frozenset(fold(word) for word in "to from in iz v u į iš aus nach naar uit од во nga në the za na".split())
_GAP_TOKENS = 3
_NATIONALS_END = frozenset(
    fold(word) for word in "and or in i ir und en et dhe и were are have from who so je was ter".split()
)
_PHONE = re.compile(r"(?:\+|00)?\d[\d/()-]*(?:[ \u00a0]\d{2,4}){3,}")
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th|ste|de|er|oji|ojo|og|ih)\b")
_ORDINAL_LANGUAGES = frozenset({"de", "bs", "hr", "sr", "sh", "sl", "mk", "lt", "sq"})
_LEAST_INHERITED = 5


class Quantities:
    """Finds the quantities of one text.

    Args:
        view: The text.
        reader: Its numbers.
        hits: Gazetteer hits (units, currencies, qualifiers, territories).
        taken: Spans that are something else: dates, names of instruments, organisations and projects.
    """

    def __init__(self, view: View, reader: NumberReader, hits: Sequence[Hit], taken: Sequence[tuple[int, int]]) -> None:
        self._view = view
        self._reader = reader
        self._units = {hit.start: hit for hit in reversed(hits) if hit.entry.kind == "unit"}
        self._money_at = {hit.start: hit for hit in reversed(hits) if hit.entry.kind == "currency"}
        self._money_end = {hit.end: hit for hit in hits if hit.entry.kind == "currency"}
        self._qualifier_end = {hit.end: hit for hit in reversed(hits) if hit.entry.subtype == "qualifier"}
        self._territory_at = {hit.start: hit for hit in reversed(hits) if hit.entry.kind == "territory"}
        self._taken = _Spans([*taken, *((m.start(), m.end()) for m in _PHONE.finditer(view.text))])
        self._found: list[Candidate] = []

    def find(self) -> list[Candidate]:
        """Return the quantities in order."""
        end = -1
        for index in self._reader.positions():
            token = self._view.tokens[index]
            if token.start < end or self._taken.covers(token.start):
                continue
            number = self._reader.read(index)
            if number is None or self._is_name(index, number):
                continue
            low, high = number, number
            upper = self._upper(number)
            if upper is not None:
                high = upper
            candidate = self._counted(index, low, high)
            if candidate is not None:
                self._found.append(candidate)
                end = candidate.end
            else:
                end = high.end
        return self._found

    # -- what is no quantity ----------------------------------------------------------------------------------------

    def _is_name(self, index: int, number: Number) -> bool:
        text = self._view.text
        before = self._view.tokens[index - 1] if index else None
        if before is not None:
            touching = before.end == number.start
            if touching and (before.text in "/:#§+-_" and not self._is_word_dash(before.text, index)):
                return True
            if touching and before.text[0].isalpha() and before.text not in "€$£":
                return True
            stop = self._view.tokens[index - 2] if before.text == "." and index > 1 else before
            if stop.folded in _NUMBERED:
                return True
        if not number.is_digits:
            return number.value < 2 and not number.has_scale and number.value != 0.5
        after = text[number.end : number.end + 2]
        if after[:1] in ("/", ":") and after[1:2].isdigit():
            return True
        if _ORDINAL_TAIL.match(text, number.end):
            return True
        return self._is_ordinal_dot(number)

    def _is_word_dash(self, sign: str, index: int) -> bool:
        """A dash with a space before it is punctuation, not part of a name such as A-12."""
        before = self._view.tokens[index - 2] if index > 1 else None
        return sign == "-" and (before is None or before.end < self._view.tokens[index - 1].start)

    def _is_ordinal_dot(self, number: Number) -> bool:
        text = self._view.text
        if self._view.document.language not in _ORDINAL_LANGUAGES or text[number.end : number.end + 1] != ".":
            return False
        rest = text[number.end + 1 : number.end + 3]
        return len(rest) > 1 and rest[0] == " " and rest[1].islower()

    # -- ranges, money, shares, counts --------------------------------------------------------------------------------

    def _upper(self, number: Number) -> Number | None:
        """Return the second number of "ten to fifteen", "100-150"."""
        tokens = self._view.tokens
        at = number.last_token + 1
        if at + 1 >= len(tokens):
            return None
        word = tokens[at]
        if not (word.folded in _RANGE or (word.text in "–—-" and word.start == number.end)):
            return None
        other = self._reader.read(at + 1)
        if other is None or other.value <= number.value or self._taken.covers(other.start):
            return None
        return other

    def _counted(self, index: int, low: Number, high: Number) -> Candidate | None:
        # "100 to 150 thousand": the scale stands once.
        factor = high.value / _base(high) if high.has_scale and not low.has_scale else 1.0
        values = (low.value * factor, high.value)
        return (
            self._money(index, low, high, values)
            or self._compound(low, high, values)
            or self._with_unit(low, high, values)
            or self._nationals(low, high, values)
            or self._inherited(low, high, values)
            or self._noun(low, high, values)
        )

    def _candidate(
        self, rule: str, start: int, end: int, values: tuple[float, float], unit: str, what: str | None, number: Number
    ) -> Candidate:
        return Candidate(
            "quantity",
            start,
            end,
            rule,
            prior(rule),
            {
                "value_min": values[0],
                "value_max": values[1],
                "unit": unit,
                "currency": unit if rule == "quantity.money" else None,
                "qualifier": self._qualifier(start if rule == "quantity.money" else number.start, unit),
                "subtype": what,
            },
        )

    def _qualifier(self, start: int, unit: str) -> str:
        text = self._view.text
        end = start
        while end > 0 and text[end - 1] in " \u00a0":
            end -= 1
        hit = self._qualifier_end.get(end)
        if hit is None:
            return "exact"
        # "over thirty months" says during, not more than.
        during = unit in _TIME_UNITS and text[hit.start : hit.end].lower() in ("over", "über", "per", "preko", "prek")
        return "exact" if during else hit.entry.reference_id

    def _money(self, index: int, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        view = self._view
        before = self._money_end.get(low.start) or self._money_end.get(low.start - 1)
        if before is not None and view.text[before.end : low.start].strip() == "":
            return self._candidate(
                "quantity.money", before.start, high.end, values, before.entry.reference_id, None, low
            )
        after = self._money_at.get(high.end) or self._money_at.get(high.end + 1)
        if after is not None and view.text[high.end : after.start].strip() in ("", "-"):
            return self._candidate("quantity.money", low.start, after.end, values, after.entry.reference_id, None, low)
        return None

    def _compound(self, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        """A four-year plan, 17-mal."""
        tokens = self._view.tokens
        at = high.last_token + 1
        if at + 1 >= len(tokens) or tokens[at].text not in "-–" or tokens[at].start != high.end:
            return None
        unit = _COMPOUND_UNITS.get(tokens[at + 1].folded)
        if unit is None or tokens[at + 1].start != tokens[at].end:
            return None
        return self._candidate(
            "quantity.compound", low.start, tokens[at + 1].end, values, unit, tokens[at + 1].text, low
        )

    def _with_unit(self, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        tokens = self._view.tokens
        for at in range(high.last_token + 1, min(high.last_token + 2 + _GAP_TOKENS, len(tokens))):
            token = tokens[at]
            hit = self._units.get(token.start)
            if hit is not None:
                if not self._plausible(hit, low):
                    return None
                what = self._view.text[tokens[high.last_token + 1].start : hit.end]
                return self._candidate("quantity.unit", low.start, hit.end, values, hit.entry.reference_id, what, low)
            if not token.is_word or token.folded in _GAP_STOP or "\n" in self._view.text[high.end : token.start]:
                return None
        return None

    @staticmethod
    def _plausible(hit: Hit, number: Number) -> bool:
        """A four-digit number before "metų" is a year; "the two countries" are no count but a reference."""
        is_year = number.is_digits and 1900 <= number.value <= 2100 and number.end - number.start == 4
        if is_year and hit.entry.reference_id in ("years", "days", "months"):
            return False
        return number.is_digits or number.value > 2 or hit.entry.reference_id in _COUNTED_IN_TWOS

    def _nationals(self, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        """Ten Eritreans and three Syrians."""
        tokens = self._view.tokens
        at = high.last_token + 1
        hit = self._territory_at.get(tokens[at].start) if at < len(tokens) else None
        if hit is None:
            return None
        after = self._view.token_index(hit.end)
        following = tokens[after].folded if after < len(tokens) else "."
        if following[0].isalpha() and following not in _NATIONALS_END:
            return None
        what = self._view.text[hit.start : hit.end]
        return self._candidate("quantity.nationals", low.start, hit.end, values, "people", what, low)

    def _inherited(self, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        """50 to France, four to Slovenia, 73 from Italy: counted is what the sentence before counted."""
        tokens = self._view.tokens
        at = high.last_token + 1
        following = tokens[at] if at < len(tokens) else None
        is_year = low.is_digits and 1900 <= low.value <= 2100 and low.end - low.start == 4
        if is_year or (not low.is_digits and low.value < 2):
            return None
        directed = following is not None and following.folded in _DIRECTION and self._territory_near(at)
        counted = following is not None and following.folded in _PEOPLE_AFTER
        if following is not None and following.folded in _VOTED and self._last_unit(low.start) == "votes":
            return self._candidate("quantity.inherited", low.start, high.end, values, "votes", None, low)
        bare = following is None or not following.is_word or following.folded in _GAP_STOP
        if not (directed or counted or (bare and low.is_digits and low.value >= _LEAST_INHERITED)):
            return None
        unit = self._announced(low.start) or self._last_unit(low.start)
        if unit is None:
            return None
        return self._candidate("quantity.inherited", low.start, high.end, values, unit, None, low)

    def _announced(self, offset: int) -> str | None:
        """Return the unit that "the number of …" names earlier in the sentence."""
        sentence = self._view.sentence(offset)
        for start in sorted((s for s in self._units if sentence.start <= s < offset), reverse=True):
            index = self._view.token_index(start)
            if any(token.folded in _NUMBER_OF for token in self._view.tokens[max(0, index - 5) : index]):
                return self._units[start].entry.reference_id
        return None

    def _noun(self, low: Number, high: Number, values: tuple[float, float]) -> Candidate | None:
        """A number in digits before an English plural that no table knows: the noun is the unit."""
        if self._view.document.language != "en" or not low.is_digits or low.value < 2:
            return None
        tokens = self._view.tokens
        for at in range(high.last_token + 1, min(high.last_token + 4, len(tokens))):
            token = tokens[at]
            if (
                not token.is_word
                or token.folded in _GAP_STOP
                or token.is_capitalised
                or token.start - tokens[at - 1].end != 1
            ):
                return None
            if (
                token.folded.endswith("s")
                and len(token.text) > 3
                and not token.folded.endswith(("ss", "us", "is", "ous"))
            ):
                what = self._view.text[tokens[high.last_token + 1].start : token.end]
                return self._candidate("quantity.noun", low.start, token.end, values, token.folded, what, low)
        return None

    def _territory_near(self, at: int) -> bool:
        tokens = self._view.tokens
        return any(tokens[i].start in self._territory_at for i in range(at + 1, min(at + 3, len(tokens))))

    def _last_unit(self, offset: int) -> str | None:
        """Return the count unit named last in this or the paragraph before."""
        paragraph = self._view.sentence(offset).paragraph
        for candidate in reversed(self._found):
            if self._view.sentence(candidate.start).paragraph < paragraph - 1:
                return None
            unit = candidate.fields["unit"]
            if candidate.rule_id in ("quantity.unit", "quantity.nationals", "quantity.inherited") and unit in _COUNTS:
                return str(unit)
        return None


# Units whose name may be left out the second time.
_COUNTS = frozenset({"people", "crossings", "places", "applications", "returns", "families", "cases", "votes"})
# Of these even two are said for their number; "two agreements" are mostly the two just named.
_COUNTED_IN_TWOS = frozenset({"people", "years", "months", "weeks", "days", "hours", "families", "votes", "percent"})
_TIME_UNITS = frozenset({"years", "months", "weeks", "days", "hours"})
_VOTED = frozenset(
    fold(word)
    for word in "against for abstentions abstained kundër protiv против prieš gegen tegen proti za pro".split()
)
_NUMBER_OF = frozenset(
    fold(word)
    for word in """number numbers total count detections broj broja broju brojem zahl anzahl aantal skaičius skaičių skaičiaus
    numri numrin број бројот število števila številu nombre""".split()
)


def _base(number: Number) -> float:
    """Return the number without its scale."""
    value = number.value
    while value >= 1000 and value % 1000 == 0:
        value /= 1000
    return value


class _Spans:
    """Sorted spans that are asked whether they cover an offset."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def covers(self, offset: int) -> bool:
        """True if one of the spans holds the offset. The spans are few; a text has hundreds of them at most."""
        return any(start <= offset < end for start, end in self._spans)
