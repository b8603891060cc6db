"""The country a document is about, for bodies and offices that the text names without one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import View

# Languages of ours that are spoken in one country.
HOME_OF_LANGUAGE = {"lt": "LT", "sl": "SI", "mk": "MK"}
# Languages that are written in one country more than in others, and how much that weighs.
_LANGUAGE_WEIGHTS = {"nl": ("NL", 2.5)}
# A place that opens the text tells where the news comes from: it weighs as much as three mentions of its country.
_DATELINE_WEIGHT = 3.0
# The first country of the headline is the one that acts, most of the time.
_TITLE_WEIGHT = 3.0
# A place in the headline is where it happens.
_TITLE_PLACE_WEIGHT = 2.0
# The towns a text speaks of mostly lie in the country it is about.
_TOWN_WEIGHT = 0.5
# The subject of a headline stands in its first words.
_SUBJECT_TOKENS = 1
# A body of a country acts for it.
_BODY_WEIGHT = 2.0
# People come from, and borders are shared with, another country than the one that reports.
_ABROAD_WEIGHT = 0.5
# Two countries that open a headline together: neither leads.
_PAIR = re.compile(r"\*?(?:,|[ \u00a0]?[–—-]| (?:and|und|en|et|i|in|ir|dhe|и|&))[ \u00a0]?")


class HomeCountry:
    """How much each country is what one document is about.

    Args:
        view: The text.
        hits: Gazetteer hits.
    """

    def __init__(self, view: View, hits: Hits) -> None:
        self._view = view
        self._hits = hits

    @cached_property
    def weights(self) -> dict[str, float]:
        """Country code → weight."""
        weights: dict[str, float] = defaultdict(float)
        body = self._view.document.body_start
        opening = True
        seats = self._view.words["seat"]
        for hit in self._territories:
            in_title = hit.start < body
            is_abroad = self._follows(hit, "abroad")
            if in_title and opening and not is_abroad:
                weight, opening = _TITLE_WEIGHT, False
            else:
                weight = _ABROAD_WEIGHT if is_abroad else 1.0
            weights[hit.entry.country_code or ""] += weight
        for hit in self._hits.of("organisation"):
            if hit.entry.country_code is not None and not hit.needs_context:
                weights[hit.entry.country_code] += _BODY_WEIGHT
        for country, weight in self._towns:
            weights[country] += weight
        for hit in self._hits.words("party"):
            weights[hit.entry.reference_id] += 1.0
        prior = _LANGUAGE_WEIGHTS.get(self._view.language)
        if prior is not None:
            weights[prior[0]] += prior[1]
        dateline = self._hits.starting("place").get(body)
        if dateline is not None and self._view.folded[dateline.start : dateline.end] not in seats:
            weights[dateline.entry.country_code or ""] += _DATELINE_WEIGHT
        return weights

    def country(self, excluded: Collection[str] = ()) -> str | None:
        """Return the country of a body or office without one, or None if the document does not tell.

        It is the country of the language where there is but one, else the subject of the headline, else the country
        that leads alone.

        Args:
            excluded: Countries that others of the same sort have in this text.
        """
        for certain in (HOME_OF_LANGUAGE.get(self._view.language), self._subject):
            if certain is not None and certain not in excluded:
                return certain
        ranked = sorted(((n, code) for code, n in self.weights.items() if code not in excluded), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]

    def in_sentence(self, offset: int) -> str | None:
        """Return the only country the sentence names before the offset as acting: "Finland is represented by …"."""
        begin = bisect_left(self._starts, self._view.sentence(offset).start)
        codes = {
            hit.entry.country_code
            for hit in self._territories[begin : bisect_left(self._starts, offset)]
            if not self._follows(hit, "elsewhere")
        }
        return next(iter(codes)) if len(codes) == 1 else None

    @property
    def _towns(self) -> Iterator[tuple[str, float]]:
        """The country and weight of each place: all of the headline, and those of the body once each."""
        body, seats = self._view.document.body_start, self._view.words["seat"]
        told: set[str] = set()
        for hit in self._hits.of("place"):
            if hit.needs_context or self._view.folded[hit.start : hit.end] in seats:
                continue
            if hit.start < body:
                yield hit.entry.country_code or "", _TITLE_PLACE_WEIGHT
            elif hit.entry.reference_id not in told:
                told.add(hit.entry.reference_id)
                yield hit.entry.country_code or "", _TOWN_WEIGHT

    @cached_property
    def _territories(self) -> list[Hit]:
        return self._hits.of("territory")

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self._territories]

    @cached_property
    def _subject(self) -> str | None:
        """The country that opens the headline: "Lithuania signs …", "UK flight cancelled"."""
        first = self._territories[0] if self._territories else None
        if first is None or first.start >= self._view.document.body_start:
            return None
        second = self._territories[1] if len(self._territories) > 1 else None
        if second is not None and _PAIR.fullmatch(self._view.text, first.end, second.start):
            return None
        return first.entry.country_code if self._view.token_index(first.start) <= _SUBJECT_TOKENS else None

    def _follows(self, hit: Hit, words: str) -> bool:
        return self._view.word_before(hit.start) in self._view.words[words]
