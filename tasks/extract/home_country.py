"""The country a document is about, for bodies and offices that the text names without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property

from tasks.extract.gazetteer import Hit
from tasks.extract.tokens import View

# Languages of ours that are spoken in one country.
HOME_OF_LANGUAGE = {"lt": "LT", "sl": "SI", "mk": "MK"}
# A place that opens the text tells where the news comes from: it weighs as much as three mentions of its country.
_DATELINE_WEIGHT = 3
# The first country of the headline is the one that acts, most of the time.
_TITLE_WEIGHT = 3
# The subject of a headline stands in its first words.
_SUBJECT_TOKENS = 1
# A body of a country acts for it.
_BODY_WEIGHT = 2
# People come from, and borders are shared with, another country than the one that reports.
_ABROAD = frozenset("from with iš su iz sa s aus mit uit met od од со nga me z".split())
_ABROAD_WEIGHT = 0.5
# After these a country is where something happens, or the other side.
_ELSEWHERE = _ABROAD | frozenset("in to at u v në te i į w во до kod bei nach naar and und en dhe и ir between".split())


class HomeCountry:
    """How much each country is what one document is about.

    Args:
        view: The text.
        hits: Gazetteer hits.
    """

    def __init__(self, view: View, hits: Sequence[Hit]) -> None:
        self._view = view
        self._hits = hits

    @cached_property
    def weights(self) -> dict[str, float]:
        """Country code → weight."""
        weights: dict[str, float] = defaultdict(float)
        body = self._view.document.body_start
        opening = True
        for hit in self._hits:
            code, kind = hit.entry.country_code, hit.entry.kind
            if code is None or hit.named.needs_context:
                continue
            if kind == "territory":
                in_title = hit.start < body
                weights[code] += (
                    _TITLE_WEIGHT if in_title and opening else _ABROAD_WEIGHT if self._abroad(hit, _ABROAD) else 1
                )
                opening = opening and not in_title
            elif kind == "organisation":
                weights[code] += _BODY_WEIGHT
            elif kind == "place" and hit.start == body:
                weights[code] += _DATELINE_WEIGHT
        return weights

    def in_sentence(self, offset: int) -> str | None:
        """Return the only country that the sentence of an offset names before it as acting: "Finland is represented by …"."""
        sentence = self._view.sentence(offset)
        codes = {
            hit.entry.country_code
            for hit in self._hits
            if hit.entry.kind == "territory"
            and sentence.start <= hit.start < offset
            and not self._abroad(hit, _ELSEWHERE)
        }
        return next(iter(codes)) if len(codes) == 1 else None

    @cached_property
    def _subject(self) -> str | None:
        """The country that opens the headline: "Lithuania signs …", "UK flight cancelled"."""
        opening = [
            hit for hit in self._hits if hit.entry.kind == "territory" and hit.start < self._view.document.body_start
        ]
        if not opening or self._view.token_index(opening[0].start) > _SUBJECT_TOKENS:
            return None
        return opening[0].entry.country_code

    def _abroad(self, hit: Hit, words: frozenset[str]) -> bool:
        index = self._view.token_index(hit.start)
        return index > 0 and self._view.tokens[index - 1].folded in words

    def country(self, excluded: Collection[str] = ()) -> str | None:
        """Return the country of a body or office without one, or None if the document does not tell.

        It is the country of the language where there is but one, else the subject of the headline, else the country that
        leads alone.

        Args:
            excluded: Countries that others of the same sort have in this text.
        """
        home = HOME_OF_LANGUAGE.get(self._view.document.language)
        if home is not None and home not in excluded:
            return home
        subject = self._subject
        if subject is not None and subject not in excluded:
            return subject
        ranked = sorted(((n, code) for code, n in self.weights.items() if code not in excluded), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]
