"""Offices in a text: the title, its portfolio, and the country or organisation it belongs to.

`Deputy Director-General in the Directorate-General for Migration and Home Affairs (DG HOME) of the European Commission`
is one phrase: office, then affiliation. Persons are found beside such phrases by `persons.persons`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.organisations.org_patterns import LOWER_CASE_NAMES
from tasks.extract.persons.office_patterns import (
    ABBREVIATION,
    AND,
    AND_OFFICE,
    BEFORE_ORG,
    CAPITAL_PORTFOLIO,
    CASE_SUFFIX,
    FORMER,
    FRENCH_PORTFOLIO,
    LINK,
    LOWER_PORTFOLIO,
    PORTFOLIO_LINK,
    PORTFOLIO_NAME,
    SERVES,
    UNKNOWN_BODY,
)
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import Candidate, View

_ARTICLES = frozenset({"de", "het", "der", "die", "das", "den", "dem"})
_LONGEST_FORMER = 16
_LONGEST_BEFORE = 4
_MOST_LINKS = 4
_COUNTERPART = "COUNTERPART"
_PLAIN_MINISTER = "MINISTER"
# Languages of the tables whose portfolios stand in capitals or before the office.
_CAPITAL_PORTFOLIOS = frozenset({"en", "lt", "fr"})


@dataclass(slots=True)
class OfficePhrase:
    """An office in a text.

    Attributes:
        start: Offset of the phrase, modifiers and country included.
        end: Offset after its complement.
        title: What it is called: the text's words, or the label where the text has a plural.
        office_id: Row of `offices.csv`.
        many: The text names several holders.
        countries: Countries named in the phrase, in order.
        organisation: Organisation named in the phrase.
        type_id: Sort of body it belongs to, where a second office in the phrase tells (Deputy *Minister of Justice*).
        portfolio: English words of the portfolio.
        body: Words of an organisation nobody knows, between the title and the name.
        title_end: Offset after the title.
        served: Row of the office that this one works for: Chief of Cabinet *of the Minister of Security*.
        former: The text says that the office is held no more.
        qualified: A word before the title says which holder is meant: acting, deputy, new.
    """

    start: int
    end: int
    title: str
    office_id: str
    many: bool
    countries: list[str]
    organisation: Candidate | None = None
    type_id: str | None = None
    portfolio: str = ""
    body: str | None = None
    title_end: int = 0
    served: str | None = None
    former: bool = False
    qualified: bool = False


class OfficeFinder:
    """Finds the offices of one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        organisations: Organisations found.
        types: Office id → sort of body its holder belongs to.
    """

    def __init__(self, view: View, hits: Hits, organisations: Sequence[Candidate], types: Mapping[str, str]) -> None:
        self._view = view
        self._types = types
        self._offices = _merged(sorted(hits.of("office"), key=lambda h: (h.start, -h.end, h.entry.subtype != "many")))
        self._territory_at = hits.starting("territory")
        self._territory_end = hits.ending("territory")
        self._region_end = hits.ending("region")
        self._portfolio = hits.starting("portfolio")
        ranked = sorted(organisations, key=lambda c: c.end - c.start)
        self._org_at, self._org_end = {c.start: c for c in ranked}, {c.end: c for c in ranked}

    def find(self) -> list[OfficePhrase]:
        """Return the offices in order; an office within the complement of another is part of it."""
        found: list[OfficePhrase] = []
        for hit, end, type_from in self._offices:
            if found and hit.start < found[-1].end:
                continue
            phrase = self._phrase(hit, end, type_from)
            if hit.entry.reference_id == _COUNTERPART:
                if not found:
                    continue
                _as_counterpart(phrase, found[-1])
            if found and self._serves(found[-1], phrase):
                continue
            if found and self._has_one_holder(found[-1], phrase):
                phrase = self._joined(found.pop(), phrase)
            found.append(phrase)
        return found

    def _has_one_holder(self, first: OfficePhrase, second: OfficePhrase) -> bool:
        """True for two offices that one person holds: joined by "and", not of two states, nor each with an article.

        "The minister of one state and the director of one agency" are two; a minister "and Chair of the Forum" is one.
        """
        link = AND_OFFICE.fullmatch(self._view.text, first.end, second.start)
        if first.many or link is None:
            return False
        if first.countries and second.countries and first.countries[-1] != second.countries[0]:
            return False
        has_article = len(link.group().split()) > 1
        return not (has_article and all(one.countries or one.organisation for one in (first, second)))

    def _joined(self, first: OfficePhrase, second: OfficePhrase) -> OfficePhrase:
        """Return two offices of one holder as one: Deputy Prime Minister and Minister of the Interior of Serbia."""
        begin = first.title_end - len(first.title)
        plain = self._view.text.startswith(first.title, begin) and first.end == first.title_end
        second.title = self._view.text[begin : second.title_end] if plain else f"{first.title} and {second.title}"
        second.former, second.qualified = first.former, first.qualified or second.qualified
        second.countries = second.countries or first.countries
        second.organisation = second.organisation or first.organisation
        second.start = first.start
        return second

    def _phrase(self, hit: Hit, end: int, type_from: Hit) -> OfficePhrase:
        text = self._view.text
        phrase = OfficePhrase(hit.start, end, "", hit.entry.reference_id, hit.entry.subtype == "many", [])
        phrase.type_id = self._types.get(type_from.entry.reference_id)
        title_start = self._modifiers(hit.start)
        phrase.qualified = title_start < hit.start
        title_end = self._portfolio_end(end)
        self._left(phrase, title_start)
        phrase.end = title_end
        self._right(phrase)
        if self._view.language == "fr" and phrase.countries:
            portfolio = FRENCH_PORTFOLIO.match(text, phrase.end)
            phrase.end = portfolio.end() if portfolio is not None else phrase.end
        if phrase.organisation is None and not phrase.countries:
            self._unknown_body(phrase)
        phrase.title_end = max(title_end, phrase.title_end)
        title = text[title_start : phrase.title_end]
        phrase.title = hit.entry.name + text[end:title_end] if phrase.many else title
        before = FORMER.search(text, max(phrase.start - _LONGEST_FORMER, 0), phrase.start)
        phrase.former = before is not None or FORMER.match(title.split(" ")[0] + " ") is not None
        named = PORTFOLIO_NAME.search(phrase.title) if self._view.language == "en" else None
        if named is not None:
            phrase.portfolio = named.group("name")
        return phrase

    def _modifiers(self, start: int) -> int:
        """Return where the words that qualify the office begin: acting, deputy, waarnemend."""
        view = self._view
        index = view.token_index(start)
        while index > 0:
            token = view.tokens[index - 1]
            if token.folded not in view.words["office_modifier"] or view.tokens[index].start - token.end != 1:
                break
            index -= 1
        return view.tokens[index].start

    def _left(self, phrase: OfficePhrase, start: int) -> None:
        """A country or organisation right before: Croatian, Lithuania's, IOM, IOM Western Balkans."""
        phrase.start = start
        region = self._region_end.get(start - 1)
        begin = region.start if region is not None else start
        for end in range(begin - 1, max(begin - _LONGEST_BEFORE - 1, -1), -1):
            if not BEFORE_ORG.fullmatch(self._view.text, end, begin):
                continue
            territory, organisation = self._territory_end.get(end), self._org_end.get(end)
            if organisation is not None and (territory is None or organisation.start <= territory.start):
                phrase.organisation, phrase.start = organisation, organisation.start
                return
            if territory is not None:
                phrase.countries.append(territory.entry.country_code or "")
                phrase.start = territory.start
                # A mission is named after its body and its country: IOM Ghana's Chief of Mission.
                mission = self._org_end.get(territory.start - 1)
                if mission is not None:
                    phrase.organisation, phrase.start = mission, mission.start
                return

    def _portfolio_end(self, end: int) -> int:
        """Return the end of the portfolio: for Migration, Home Affairs and Citizenship."""
        text = self._view.text
        last = end
        while True:
            link = PORTFOLIO_LINK.match(text, last)
            hit = self._portfolio.get(link.end()) if link is not None else None
            if hit is None or hit.start in self._org_at or hit.start in self._territory_at:
                break
            last = hit.end
        if last > end:
            return last
        if self._view.language in _CAPITAL_PORTFOLIOS:
            capital = CAPITAL_PORTFOLIO.match(text, end)
            return capital.end() if capital is not None and not self._names(end, capital.end()) else end
        lower = LOWER_PORTFOLIO.match(text, end)
        # "van de Europese Unie" is no portfolio: a body or country stands in it or right after it.
        if lower is None or self._names(end, lower.end() + 2) or set(lower.group().split()[1:]) <= _ARTICLES:
            return end
        return lower.end()

    def _names(self, start: int, end: int) -> bool:
        """True if a body or country begins within a span."""
        return any(at in self._org_at or at in self._territory_at for at in range(start, end))

    def _right(self, phrase: OfficePhrase) -> None:
        """Organisations and countries after the title, each linked to the one before."""
        text = self._view.text
        for _ in range(_MOST_LINKS):
            link = LINK.match(text, phrase.end)
            at = link.end() if link is not None else -1
            organisation, territory = self._org_at.get(at), self._territory_at.get(at)
            if organisation is not None and self._is_portfolio(phrase, organisation):
                phrase.title_end = phrase.end = organisation.end
                continue
            if organisation is not None:
                country = organisation.text_field("country_code")
                if phrase.organisation is not None and country is not None:
                    # The country of a department is that of its ministry, named after it.
                    phrase.countries.append(country)
                phrase.organisation = phrase.organisation or organisation
                phrase.end = organisation.end
                continue
            if territory is None and phrase.many and phrase.countries:
                conjunction = AND.match(text, phrase.end)
                territory = self._territory_at.get(conjunction.end()) if conjunction is not None else None
            if territory is None:
                phrase.end = suffix.end() if (suffix := CASE_SUFFIX.match(text, phrase.end)) else phrase.end
                return
            phrase.countries.append(territory.entry.country_code or "")
            phrase.end = territory.end

    def _is_portfolio(self, phrase: OfficePhrase, organisation: Candidate) -> bool:
        """True for Minister for the European Union: a minister serves a state, whatever the portfolio is called."""
        union = organisation.text_field("subtype") == "supranational"
        return union and phrase.office_id == _PLAIN_MINISTER and not phrase.countries and phrase.organisation is None

    def _serves(self, office: OfficePhrase, other: OfficePhrase) -> bool:
        """Fold the office that another one works for into that one: Chief of Cabinet of the Minister of Security.

        Returns:
            True if it does; the first office then has the country and body of the second.
        """
        if office.organisation is not None or office.countries or office.many or other.many:
            return False
        link = SERVES.fullmatch(self._view.text, office.end, other.start)
        if link is None or not (other.type_id or other.organisation):
            return False
        office.end, office.served, office.type_id = other.end, other.office_id, other.type_id
        office.countries, office.organisation = other.countries, other.organisation
        return True

    def _unknown_body(self, phrase: OfficePhrase) -> None:
        """Read a body that no table has: Директорот на Бирото за јавна безбедност before a name, шефицата на МОМ."""
        short = ABBREVIATION.match(self._view.text, phrase.end)
        if short is not None:
            phrase.body, phrase.end = short.group("body") or short.group("cased"), short.end()
            return
        if self._view.language in LOWER_CASE_NAMES:
            match = UNKNOWN_BODY.match(self._view.text, phrase.end)
            if match is not None:
                phrase.body, phrase.end = match.group("body"), match.end()


def _as_counterpart(phrase: OfficePhrase, other: OfficePhrase) -> None:
    """A counterpart holds the office named last, in another country. Changes the phrase."""
    phrase.title, phrase.office_id = other.title, other.office_id
    phrase.type_id, phrase.portfolio = other.type_id, other.portfolio


def _merged(hits: Sequence[Hit]) -> list[tuple[Hit, int, Hit]]:
    """Return the longest offices, each with its end and the office that tells its sort of body.

    "Deputy Minister" and the "Minister of Justice" that overlaps it are one office, of the ministry of the second.
    """
    merged: list[tuple[Hit, int, Hit]] = []
    for hit in hits:
        if not merged or hit.start >= merged[-1][1]:
            merged.append((hit, hit.end, hit))
        elif hit.end > merged[-1][1]:
            merged[-1] = (merged[-1][0], hit.end, hit)
    return merged
