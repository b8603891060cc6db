"""Offices in a text: the title, its portfolio, and the country or organisation it belongs to.

`Deputy Director-General in the Directorate-General for Migration and Home Affairs (DG HOME) of the European Commission` is one
phrase: office, then affiliation. Persons are found beside such phrases by `tasks.extract.persons`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.gazetteer import Hit
from tasks.extract.tokens import Candidate, View, fold

_LINK = re.compile(
    r"(?:[ \u00a0]\([^()\n]{1,12}\))?[ \u00a0](?:(?:of|for|in|at|to|on|with|from|van|voor|bij|der|des|von|für|im|beim|in|de|du|des|i|e|të|së|"
    r"në|për|pri|v|u|na|za|iz|na|за|во|на|у|при)[ \u00a0])?(?:(?:the|de|het|der|die|den|dem|la|le)[ \u00a0])?"
)
_AND = re.compile(r"(?:,)?[ \u00a0](?:and|i|in|en|und|ir|et|dhe|и|te)[ \u00a0](?:the[ \u00a0]|de[ \u00a0])?|,[ \u00a0]")
_AND_OFFICE = re.compile(r"[ \u00a0](?:and|i|in|en|und|ir|dhe|и|te)[ \u00a0](?:the[ \u00a0]|de[ \u00a0])?|/")
_PORTFOLIO_LINK = re.compile(
    r"(?:,[ \u00a0]|,?[ \u00a0](?:and|und|en|dhe|i|in|и|&)[ \u00a0]|[ \u00a0](?:of|for|on|the|of the|for the)[ \u00a0]|[ \u00a0]|-)(?:the[ \u00a0])?"
)
# In languages that write portfolios in lower case: za unutrašnje poslove i migracije. A name, a comma or the end must follow.
_LOWER_WORD = r"[a-zčšžćđäöüëçėįųūąęа-яјљњџќѓѕ]+"
_LOWER_PORTFOLIO = re.compile(
    rf"[ \u00a0](?:za|за|für|voor|van|për)[ \u00a0]{_LOWER_WORD}(?:,?[ \u00a0]{_LOWER_WORD}){{0,6}}(?=[ \u00a0][A-ZČŠŽĆĐА-ЯЈЉЊЏ]|[,.;:)]|$)"
)
# "Minister of Health", "ministar za rad": what an unlisted ministry is called after.
_PORTFOLIO_NAME = re.compile(r"(?:of|for|za|für|van|voor|për)[ \u00a0](?:the[ \u00a0])?(?P<name>.+)$", re.IGNORECASE)
_MODIFIERS = frozenset(
    fold(word)
    for word in """acting deputy former outgoing new newly current then first federal special chief senior vice assistant
    interim permanent resident regional national eu government waarnemend eerste nieuwe huidige voormalig voormalige plaatsvervangend
    neue neuer ehemalige ehemaliger stellvertretende stellvertretender damaliger novi nova bivši bivša tadašnji aktualni
    aktualna v.d. zamjenik zamenik zamjenica pomoćnik laikinasis laikinoji buvęs buvusi naujasis вршител поранешен""".split()
)
_COUNTERPART = "COUNTERPART"
_LOWER_CASE_NAMES = frozenset({"lt", "bs", "hr", "sr", "sh", "mk", "sl"})
_UNKNOWN_BODY = re.compile(
    rf"[ \u00a0](?:(?:на|za|за|u|v|во|pri)[ \u00a0])?(?P<body>[A-ZČŠŽĆĐА-ЯЈЉЊЏЌЃ]{_LOWER_WORD}(?:[ \u00a0]{_LOWER_WORD}){{1,6}})"
    rf"(?=[ \u00a0][A-ZČŠŽĆĐА-ЯЈЉЊЏЌЃ]{_LOWER_WORD}[ \u00a0][A-ZČŠŽĆĐА-ЯЈЉЊЏЌЃ])"
)
_BEFORE_ORG = re.compile(r"(?:['’]s?)?[ \u00a0]$")
_MOST_LINKS = 4


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
        portfolio: English words of the portfolio, where no sort of body is known.
        body: Words of an organisation nobody knows, between the title and the name.
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


class OfficeFinder:
    """Finds the offices of one text.

    Args:
        view: The text.
        hits: Gazetteer hits (offices, territories, portfolio words).
        organisations: Organisations found.
        types: Office id → sort of body its holder belongs to.
    """

    def __init__(
        self, view: View, hits: Sequence[Hit], organisations: Sequence[Candidate], types: Mapping[str, str]
    ) -> None:
        self._view = view
        self._types = types
        self._offices = _merged([hit for hit in hits if hit.entry.kind == "office"])
        self._territory_at = {hit.start: hit for hit in reversed(hits) if hit.entry.kind == "territory"}
        self._territory_end = {hit.end: hit for hit in hits if hit.entry.kind == "territory"}
        self._region_end = {hit.end: hit for hit in hits if hit.entry.kind == "region"}
        self._portfolio = {hit.start: hit for hit in reversed(hits) if hit.entry.subtype == "portfolio"}
        self._org_at: dict[int, Candidate] = {}
        for candidate in sorted(organisations, key=lambda c: c.end - c.start):
            self._org_at[candidate.start] = candidate
        self._org_end = {candidate.end: candidate for candidate in organisations}

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
                self._as_counterpart(phrase, found[-1])
            link = _AND_OFFICE.fullmatch(self._view.text, found[-1].end, phrase.start) if found else None
            if link is not None and not found[-1].many:
                phrase = self._joined(found.pop(), phrase)
            found.append(phrase)
        return found

    def _as_counterpart(self, phrase: OfficePhrase, other: OfficePhrase) -> None:
        """A counterpart holds the office named last, in another country."""
        phrase.title, phrase.office_id = other.title, other.office_id
        phrase.type_id, phrase.portfolio = other.type_id, other.portfolio

    def _joined(self, first: OfficePhrase, second: OfficePhrase) -> OfficePhrase:
        """Return two offices of one holder as one phrase: Deputy Prime Minister and Minister of the Interior of Serbia."""
        second.title = (
            self._view.text[first.start : second.end] if not first.countries else f"{first.title} and {second.title}"
        )
        second.countries = second.countries or first.countries
        second.organisation = second.organisation or first.organisation
        second.start = first.start
        return second

    def _phrase(self, hit: Hit, end: int, type_from: Hit) -> OfficePhrase:
        text = self._view.text
        phrase = OfficePhrase(hit.start, end, "", hit.entry.reference_id, hit.entry.subtype == "many", [])
        phrase.type_id = self._types.get(type_from.entry.reference_id)
        self._left(phrase, hit)
        title_start = self._modifiers(hit.start)
        title_end = self._portfolio_end(end)
        phrase.end = title_end
        self._right(phrase)
        if phrase.organisation is None and not phrase.countries:
            self._unknown_body(phrase)
        phrase.start = min(phrase.start, title_start)
        phrase.title = hit.entry.name + text[end:title_end] if phrase.many else text[title_start:title_end]
        named = _PORTFOLIO_NAME.search(phrase.title)
        if named is not None and self._view.document.language == "en":
            phrase.portfolio = named.group("name")
        return phrase

    def _modifiers(self, start: int) -> int:
        """Return where the words that qualify the office begin: acting, deputy, waarnemend."""
        view = self._view
        index = view.token_index(start)
        while index > 0:
            token = view.tokens[index - 1]
            if token.folded not in _MODIFIERS or view.tokens[index].start - token.end != 1:
                break
            index -= 1
        return view.tokens[index].start if index < len(view.tokens) else start

    def _left(self, phrase: OfficePhrase, hit: Hit) -> None:
        """A country or organisation right before: Croatian, Lithuania's, IOM."""
        start = self._modifiers(hit.start)
        region = self._region_end.get(start - 1)
        if region is not None:
            # IOM Western Balkans Coordinator
            start = region.start
        for end in range(start - 1, max(start - 5, -1), -1):
            if not _BEFORE_ORG.fullmatch(self._view.text[end:start]):
                continue
            territory, organisation = self._territory_end.get(end), self._org_end.get(end)
            if organisation is not None and (territory is None or organisation.start <= territory.start):
                phrase.organisation, phrase.start = organisation, organisation.start
                return
            if territory is not None:
                phrase.countries.append(territory.entry.country_code or "")
                phrase.start = territory.start
                return
        phrase.start = start

    def _portfolio_end(self, end: int) -> int:
        """Return the end of the portfolio: for Migration, Home Affairs and Citizenship."""
        text = self._view.text
        last = end
        while True:
            link = _PORTFOLIO_LINK.match(text, last)
            hit = self._portfolio.get(link.end()) if link is not None else None
            if hit is None or hit.start in self._org_at or hit.start in self._territory_at:
                break
            last = hit.end
        if last == end and self._view.document.language not in ("en", "lt", "fr"):
            lower = _LOWER_PORTFOLIO.match(text, end)
            if lower is not None and not any(
                at in self._org_at or at in self._territory_at for at in range(end, lower.end())
            ):
                if lower.group().split()[-1][0].islower():
                    return lower.end()
        return last

    def _unknown_body(self, phrase: OfficePhrase) -> None:
        """Words in lower case after a capitalised one, then a name: Директорот на Бирото за јавна безбедност Сашо Тасевски."""
        match = _UNKNOWN_BODY.match(self._view.text, phrase.end)
        if match is not None and self._view.document.language in _LOWER_CASE_NAMES:
            phrase.body, phrase.end = match.group("body"), match.end()

    def _right(self, phrase: OfficePhrase) -> None:
        """Organisations and countries after the title, each linked to the one before."""
        text = self._view.text
        for _ in range(_MOST_LINKS):
            link = _LINK.match(text, phrase.end)
            at = link.end() if link is not None else -1
            conjunction = _AND.match(text, phrase.end) if phrase.countries else None
            organisation, territory = self._org_at.get(at), self._territory_at.get(at)
            if organisation is not None:
                if phrase.organisation is not None and isinstance(organisation.fields.get("country_code"), str):
                    # The country of a department is that of its ministry, named after it.
                    phrase.countries.append(str(organisation.fields["country_code"]))
                phrase.organisation = phrase.organisation or organisation
                phrase.end = organisation.end
            elif territory is not None:
                phrase.countries.append(territory.entry.country_code or "")
                phrase.end = territory.end
            elif phrase.many and conjunction is not None and conjunction.end() in self._territory_at:
                territory = self._territory_at[conjunction.end()]
                phrase.countries.append(territory.entry.country_code or "")
                phrase.end = territory.end
            else:
                return


def _merged(hits: Sequence[Hit]) -> list[tuple[Hit, int, Hit]]:
    """Return the longest offices, each with its end and the office that tells its sort of body.

    "Deputy Minister" and the "Minister of Justice" that overlaps it are one office, of the ministry of the second.
    """
    merged: list[tuple[Hit, int, Hit]] = []
    for hit in hits:
        if not merged or hit.start >= merged[-1][1]:
            merged.append((hit, hit.end, hit))
        elif hit.end > merged[-1][1]:
            first, _, _ = merged[-1]
            merged[-1] = (first, hit.end, hit)
    return merged
