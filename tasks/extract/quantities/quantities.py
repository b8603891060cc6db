"""Quantities: how many of what, how much money, what share. Numbers that only name something are left alone.

Never read as a quantity: dates, clock times, ordinals, numbers of acts, articles, decisions and telephones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tasks.extract.quantities.bare_numbers import is_year
from tasks.extract.quantities.fused_numbers import fused_durations
from tasks.extract.quantities.numbers import Number, NumberReader
from tasks.extract.quantities.quantity_units import Counted, Counting
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View

# A group of digits, then at least three more: 00 800 67 89 10 11, +370 5 271 7112.
_PHONE = re.compile(r"(?<![\d.,])(?:\+|00)?\d[\d/()-]{0,12}(?:[ \u00a0]\d{2,4}){3,8}")
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th|ste|de|er|oji|ojo|og|ih)\b")
# In these languages a full stop after a number makes it an ordinal, where a small letter follows.
_ORDINAL_LANGUAGES = frozenset({"de", "bs", "hr", "sr", "sh", "mk", "sl", "lt", "sq"})
_TIME_UNITS = frozenset({"years", "months", "weeks", "days", "hours"})
_SPACES = (" ", "\u00a0")
# One in ten, nine in a hundred: beyond that "in" is followed by a year or a place.
_MOST_IN_RATE = 100
# "From 5 to 4 million": a number this many times the other one is of another scale.
_SAME_SCALE = 10
# "One and 30 others", "two of the 12": spelled out, these stand for things just named.
_PRONOUN = 2


class Quantities:
    """Finds the quantities of one text.

    Args:
        view: The text.
        reader: Its numbers.
        hits: Gazetteer hits (units, currencies, qualifiers, territories).
        taken: Spans that are something else: dates, names of instruments, organisations, persons and projects.
        names: Start → end of the organisations: what is counted may stand behind one.
    """

    def __init__(
        self, view: View, reader: NumberReader, hits: Hits, taken: Iterable[tuple[int, int]], names: Mapping[int, int]
    ) -> None:
        self._view = view
        self._reader = reader
        self._counting = Counting(view, hits, names)
        self._money_at = hits.starting("currency")
        self._money_end = hits.ending("currency")
        self._qualifier_end = hits.ending("qualifier")
        self._taken = SpanMask(len(view.text), taken)
        for match in _PHONE.finditer(view.text):
            self._taken.add(*match.span())

    def find(self) -> list[Candidate]:
        """Return the quantities in order."""
        found = []
        end = -1
        for index in self._reader.positions():
            start = self._view.tokens[index].start
            if start < end or self._taken.covers(start):
                continue
            low = self._reader.read(index)
            if low is None or self._is_name(index, low):
                continue
            new = self._change(low)
            if new is not None:
                found.extend(self._both(low, new))
                end = max((candidate.end for candidate in found), default=new.end)
                continue
            high = self._upper(low) or low
            candidate = self._quantity(low, high)
            end = high.end if candidate is None else candidate.end
            if candidate is not None:
                found.append(candidate)
        found.extend(self._fused())
        return sorted(found, key=lambda candidate: candidate.start)

    def _fused(self) -> Iterator[Candidate]:
        for start, end, value, unit in fused_durations(self._view):
            if not self._taken.covers(start):
                what = self._view.text[start:end]
                yield self._candidate("quantity.compound", start, end, start, (value, value), unit, what)

    # -- what is no quantity
    # ---------------------------------------------------------------------------------------------

    def _is_name(self, index: int, number: Number) -> bool:
        """True for a number that names an article, an act, a day, a place in a row."""
        if index and self._is_numbered(index, number) and self._counting.unit_after(number) is None:
            return True
        if self._is_rate(number) or self._follows_rate(index):
            return True
        if not number.is_digits:
            vague = self._view.words["vague_number"]
            is_vague = number.last_token == index and self._view.tokens[index].folded in vague
            return is_vague or (number.value <= 1 and not number.has_scale)
        after = self._view.text[number.end : number.end + 2]
        if after[:1] in ("/", ":") and after[1:2].isdigit():
            return True
        return _ORDINAL_TAIL.match(self._view.text, number.end) is not None or self._is_ordinal_dot(number)

    def _is_rate(self, number: Number) -> bool:
        """True for the one of "one in ten" and the four of "four in five": a share, not a count."""
        tokens, at = self._view.tokens, number.last_token + 1
        if self._view.language != "en" or at + 1 >= len(tokens) or tokens[at].folded != "in":
            return False
        whole = self._reader.read(at + 1)
        if whole is None or self._taken.covers(whole.start) or not number.value < whole.value <= _MOST_IN_RATE:
            return False
        return self._counting.unit_after(whole) not in _TIME_UNITS

    def _follows_rate(self, index: int) -> bool:
        """True for the ten of "one in ten"."""
        if index < 2 or self._view.tokens[index - 1].folded != "in":
            return False
        part = self._reader.read(index - 2)
        return part is not None and part.last_token == index - 2 and self._is_rate(part)

    def _is_numbered(self, index: int, number: Number) -> bool:
        tokens = self._view.tokens
        before = tokens[index - 1]
        if before.end == number.start:
            # A-12, 2024/15, B2; but a dash with a space before it is punctuation.
            is_dash = before.text in "-–" and (index < 2 or tokens[index - 2].end < before.start)
            if (before.text in "/:#§+-_–" and not is_dash) or before.is_word:
                return True
        named = tokens[index - 2] if before.text == "." and index > 1 else before
        return named.folded in self._view.words["numbered"] or named.text in "#§+№"

    def _is_ordinal_dot(self, number: Number) -> bool:
        text = self._view.text
        if self._view.language not in _ORDINAL_LANGUAGES or text[number.end : number.end + 1] != ".":
            return False
        return text[number.end + 1 : number.end + 2] in _SPACES and text[number.end + 2 : number.end + 3].islower()

    # -- ranges, money, shares, counts
    # -------------------------------------------------------------------------------------

    def _upper(self, number: Number) -> Number | None:
        """Return the second number of "ten to fifteen", "100-150"."""
        tokens = self._view.tokens
        at = number.last_token + 1
        if at + 1 >= len(tokens):
            return None
        words = self._view.words
        is_dash = tokens[at].text in "–—-" and tokens[at].start == number.end
        # Between 200 and 300: "and" joins the ends of a range only there.
        is_between = tokens[at].folded in words["date_a"] and self._view.word_before(number.start) in words["between"]
        if not (is_dash or is_between or tokens[at].folded in words["range"]):
            return None
        other = self._reader.read(at + 1)
        if other is None or other.value <= number.value or self._taken.covers(other.start):
            return None
        return other

    def _change(self, low: Number) -> Number | None:
        """Return the new value of "from 12 to 6 months", "von 300 auf 420": two figures, not the ends of a range."""
        tokens, at = self._view.tokens, low.last_token + 1
        words = self._view.words
        if at + 1 >= len(tokens) or self._view.word_before(low.start) not in words["change_from"]:
            return None
        if tokens[at].folded not in words["change_to"]:
            return None
        new = self._reader.read(at + 1)
        return None if new is None or self._taken.covers(new.start) else new

    def _both(self, low: Number, new: Number) -> list[Candidate]:
        """Return the old and the new value; what only one of them is said to count is what the other counts."""
        factor = new.scale if not low.has_scale and low.value < _SAME_SCALE * new.value / new.scale else 1.0
        old, found = self._quantity(low, low), self._quantity(new, new)
        if found is None:
            return [] if old is None else [old]
        if old is None:
            unit = str(found.fields["unit"])
            values = (low.value * factor, low.value * factor)
            old = self._candidate(found.rule_id, low.start, low.end, low.start, values, unit, None)
        return [old, found]

    def _quantity(self, low: Number, high: Number) -> Candidate | None:
        # "100 to 150 thousand": the scale stands once.
        factor = high.scale if not low.has_scale and low.value * high.scale < high.value else 1.0
        values = (low.value * factor, high.value)
        money = self._money(low, high)
        if money is not None:
            start, end, currency = money
            return self._candidate("quantity.money", start, end, start, values, currency, None)
        counted = self._shared(low, high) or self._counting.of(low, high)
        if counted is None:
            return None
        return self._candidate(counted.rule, low.start, counted.end, low.start, values, counted.unit, counted.what)

    def _shared(self, low: Number, high: Number) -> Counted | None:
        """Return what a number counts whose noun stands after the next one: 350 and 180 beds, 40 of the 95 files."""
        tokens, words, at = self._view.tokens, self._view.words, high.last_token + 1
        if at + 2 >= len(tokens) or (low.value <= _PRONOUN and not low.is_digits) or is_year(low):
            return None
        is_part = tokens[at].folded in words["of"]
        if not is_part and tokens[at].folded not in words["date_a"]:
            return None
        if is_part and tokens[at + 1].folded in words["number_article"]:
            at += 1
        other = self._reader.read(at + 1)
        if other is None or self._taken.covers(other.start) or (is_part and other.value < low.value):
            return None
        noun = self._counting.noun(other)
        return Counted("quantity.inherited", high.end, noun.unit, None) if noun is not None else None

    def _money(self, low: Number, high: Number) -> tuple[int, int, str] | None:
        """Return span and currency: EUR 35, €1.7 million, 36,7 Millionen Euro."""
        for end in (low.start, low.start - 1):
            before = self._money_end.get(end)
            if before is not None and self._view.text[end : low.start] in ("", *_SPACES):
                return before.start, high.end, before.entry.reference_id
        for start in (high.end, high.end + 1):
            after = self._money_at.get(start)
            if after is not None and self._view.text[high.end : start] in ("", "-", *_SPACES):
                return low.start, after.end, after.entry.reference_id
        return None

    def _candidate(
        self,
        rule: str,
        start: int,
        end: int,
        number_start: int,
        values: tuple[float, float],
        unit: str,
        what: str | None,
    ) -> Candidate:
        fields: dict[str, object] = {
            "value_min": values[0],
            "value_max": values[1],
            "unit": unit,
            "currency": unit if rule == "quantity.money" else None,
            "qualifier": self._qualifier(number_start, unit),
            "subtype": what,
        }
        return Candidate("quantity", start, end, rule, prior(rule), fields)

    def _qualifier(self, start: int, unit: str) -> str:
        """Return how the text hedges the number."""
        end = start - 1 if self._view.text[start - 1 : start] in _SPACES else start
        hit: Hit | None = self._qualifier_end.get(end)
        if hit is None:
            return "exact"
        # "over thirty months" says during, not more than.
        during = unit in _TIME_UNITS and self._view.folded[hit.start : hit.end] in self._view.words["during"]
        return "exact" if during else hit.entry.reference_id
