"""Personal names in one text: what may be one there, and its form outside the cases of a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tasks.extract.knowledge.name_cases import GivenNames
from tasks.extract.persons.names import Name, read_name, read_name_back
from tasks.extract.text.gazetteer import Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import SPACE, Candidate, Token, View, fold

_BLOCKING_KINDS = ("territory", "region", "organisation", "organisation_type", "instrument", "office")
# Titles of one letter, which in capitals would be an initial.
_SHORT_TITLE = re.compile("[gpzг]\\.[ \u00a0]?")
_MOST_TITLES = 3
_COUNTRY_AFTER = re.compile(rf"{SPACE}\(|{SPACE}(?:of|iz|aus|uit|iš|од|nga){SPACE}(?:the{SPACE})?")
_LONGEST_COUNTRY_LINK = 9


class NameReader:
    """Reads names at places of one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        organisations: Organisations of the text.
        months: Folded names of months and weekdays.
        given_names: Given names, with their cases.
    """

    def __init__(
        self,
        view: View,
        hits: Hits,
        organisations: Sequence[Candidate],
        months: Collection[str],
        given_names: GivenNames,
    ) -> None:
        self._view = view
        self._hits = hits
        self._months = months
        self._given = given_names
        self._blocked = SpanMask(len(view.text), (candidate.span for candidate in organisations))
        titles = [*hits.words("honorific"), *hits.words("rank")]
        for hit in (*hits.of(*_BLOCKING_KINDS), *hits.words("portfolio"), *titles):
            if not hit.needs_context:
                self._blocked.add(hit.start, hit.end)
        self._places = SpanMask(len(view.text), ((h.start, h.end) for h in hits.of("place") if not h.needs_context))
        self._title_at = {hit.start: hit for hit in sorted(titles, key=lambda hit: hit.end)}

    def is_blocked(self, token: Token) -> bool:
        """Return whether a token belongs to something else than a name."""
        if self._blocked.covers(token.start) or token.folded in self._view.words["not_a_name"]:
            return True
        # "Jan" is January and a given name, "Bratislav" a form of Bratislava and a given name.
        other = token.folded in self._months or self._places.covers(token.start)
        return other and not self._given.knows(token.folded, self._view.language)

    def at(self, offset: int) -> Name | None:
        """Return the name that starts at an offset."""
        index = self._view.token_index(offset)
        if index >= len(self._view.tokens) or self._view.tokens[index].start != offset:
            return None
        return read_name(self._view, index, self.is_blocked)

    def ending(self, offset: int) -> Name | None:
        """Return the name whose last token ends at an offset."""
        index = self._view.token_index(offset) - 1
        if index < 0 or self._view.tokens[index].end != offset:
            return None
        return read_name_back(self._view, index, self.is_blocked)

    def after_title(self, offset: int) -> int:
        """Return where a name would start whose titles (Mr, Dr, Colonel) start at an offset; else the offset."""
        for _ in range(_MOST_TITLES):
            hit = self._title_at.get(offset)
            short = _SHORT_TITLE.match(self._view.text, offset) if hit is None else None
            if hit is not None:
                offset = hit.end + (2 if self._view.text.startswith(".", hit.end) else 1)
            elif short is not None:
                offset = short.end()
            else:
                break
        return offset

    def is_surely(self, name: Name) -> bool:
        """Return whether a name opens with a given name of the tables."""
        return name.has_given_name and self._given.knows(fold(name.parts[0].split("-")[0]), self._view.language)

    def is_headline_only(self, name: Name) -> bool:
        """Return whether capitals of an English headline ("Director Pays Farewell Call") are no name in the text."""
        begin = self._view.document.body_start
        if name.start >= begin or self._view.language != "en" or self.is_surely(name):
            return False
        surname = name.surname.capitalize() if name.surname.isupper() else name.surname
        return surname not in self._view.text[begin:]

    def shown(self, name: Name) -> str:
        """Return a name as it is shown: in the nominative where the tables tell it."""
        parts = self._given.nominative(name.parts, self._view.language)
        return Name(name.start, name.end, parts, name.first, name.last).text

    def country_after(self, name: Name) -> str | None:
        """Return the country in brackets after a name, or after "of": Bratislav Gašić (Serbia)."""
        starting = self._hits.starting("territory")
        for start in range(name.end + 2, name.end + _LONGEST_COUNTRY_LINK + 1):
            hit = starting.get(start)
            if hit is not None and _COUNTRY_AFTER.fullmatch(self._view.text, name.end, start):
                return hit.entry.country_code
        return None
