"""To whom an office belongs: the organisation and country its phrase names, else those the document is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.organisations.home_country import HOME_OF_LANGUAGE, HomeCountry
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.text.tokens import SPACE, Candidate, View

# Holders of these offices serve a state: without a country in the phrase it is the document's.
_NATIONAL_RANKS = frozenset(
    {
        "minister",
        "deputy_minister",
        "head_of_government",
        "deputy_head_of_government",
        "police_chief",
        "parliament_office",
    }
)
# A president without a country may be anybody's, unless the language has but one country.
_STATE_RANKS = frozenset({"head_of_state_or_institution", "local_office"})
_GOVERNMENT = "GOVERNMENT"
# Of what, says the organisation: without one it is no office.
_MEMBER = "MEMBER"
_MINISTERS = frozenset({"minister", "deputy_minister"})
# Holders of these lead or speak for a body that the sentence has just named.
_BODY_RANKS = frozenset({"agency_head", "senior_official", "spokesperson", "io_office", "chair"})
_INTERNATIONAL = frozenset(
    {"supranational", "eu_institution", "eu_agency", "un_agency", "intergovernmental", "regional_initiative"}
)
# Between two offices of one country: nothing but a name, and "and".
_JOINED = re.compile(f"{SPACE}(?:and|und|en|et|i|in|ir|dhe|и){SPACE}(?:(?:the|de|der|die|la|le){SPACE})?$")
_LONGEST_NAME_BETWEEN = 80
_LONGEST_PARTICLE = 3


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What is known about the holder of an office at the time of the text."""

    office: str | None = None
    organisation: str | None = None
    reference_id: str | None = None
    country_code: str | None = None


class Affiliations:
    """Reads the affiliation of offices in one text.

    Args:
        view: The text.
        home: The country the document is about.
        offices: All offices of the text: a country that one of them names is not another's by default.
        organisations: Organisations of the text.
        knowledge: Reference tables.
    """

    def __init__(
        self,
        view: View,
        home: HomeCountry,
        offices: Sequence[OfficePhrase],
        organisations: Sequence[Candidate],
        knowledge: Knowledge,
    ) -> None:
        self._view = view
        self._home = home
        self._offices = offices
        self._organisations = sorted(organisations, key=lambda candidate: candidate.end)
        self._ends = [candidate.end for candidate in self._organisations]
        self._knowledge = knowledge

    def of(self, office: OfficePhrase, position: int) -> Affiliation:
        """Return the affiliation of the holder at a position of the office's list of names (0 for a single one)."""
        if office.former or (office.office_id == _MEMBER and office.organisation is None):
            return Affiliation()
        row = self._knowledge.offices[office.served or office.office_id]
        organisation = office.organisation
        if organisation is None and row.rank in _BODY_RANKS and not office.countries:
            organisation = self._named_before(office)
        if organisation is not None:
            return self._of_organisation(office, organisation)
        if row.organisation_id is not None:
            known = self._knowledge.organisations[row.organisation_id]
            return Affiliation(office.title, known.name, row.organisation_id, known.country_code)
        country = self._country(office, position, row.rank)
        return self.in_country(office, country)

    def at(self, organisation: Candidate) -> Affiliation:
        """Return the affiliation of somebody whom the text ties to an organisation without naming an office."""
        country = (
            None if organisation.text_field("subtype") in _INTERNATIONAL else organisation.text_field("country_code")
        )
        return Affiliation(None, organisation.text_field("name"), organisation.text_field("reference_id"), country)

    def in_country(self, office: OfficePhrase, country: str | None) -> Affiliation:
        """Return the affiliation of a national office in a country."""
        row = self._knowledge.offices[office.served or office.office_id]
        if office.body is not None:
            return Affiliation(office.title, office.body, None, country)
        type_id = office.type_id or row.type_id
        if type_id is None and not office.portfolio:
            type_id = self._only_type(row.rank, country)
        if country is None:
            # A minister of the interior serves a ministry of the interior, of whatever country.
            known = type_id is not None and not office.many and row.rank in _MINISTERS
            return Affiliation(office.title, self._knowledge.types[type_id].bare_name if known and type_id else None)
        if type_id is not None:
            return Affiliation(office.title, *self._body(type_id, country), country)
        if office.portfolio and row.rank == "minister":
            return Affiliation(office.title, f"Ministry of {office.portfolio} of {self._name(country)}", None, country)
        # Every minister is of the government, of whatever ministry.
        if row.rank in _MINISTERS:
            return Affiliation(office.title, *self._body(_GOVERNMENT, country), country)
        return Affiliation(office.title, None, None, country)

    def _only_type(self, rank: str, country: str | None) -> str | None:
        """Return the ministry of a plain "Minister" or "Deputy Minister" where all others of the text are of one sort.

        A minister beside another of the same country has another ministry; a deputy has the same.
        """
        types = {type_id for type_id, _ in self._ministries}
        if rank not in _MINISTERS or len(types) != 1:
            return None
        if rank == "minister" and country in {other for _, other in self._ministries}:
            return None
        return next(iter(types))

    @cached_property
    def _ministries(self) -> set[tuple[str, str | None]]:
        """Sorts of ministries that the offices of the text belong to, each with the country the office names."""
        found: set[tuple[str, str | None]] = set()
        for office in self._offices:
            if office.type_id is not None and self._knowledge.types[office.type_id].kind == "ministry":
                named = office.countries if len(office.countries) == 1 else [self._home.in_sentence(office.start)]
                found.add((office.type_id, named[0] or self._home.country()))
        return found

    @cached_property
    def _taken(self) -> dict[str, set[str]]:
        """Office id → countries that its holders in this text are of."""
        taken: dict[str, set[str]] = {}
        for office in self._offices:
            if len(office.countries) == 1:
                taken.setdefault(office.office_id, set()).add(office.countries[0])
        return taken

    def _of_organisation(self, office: OfficePhrase, organisation: Candidate) -> Affiliation:
        country = organisation.text_field("country_code") or (office.countries[0] if office.countries else None)
        if organisation.text_field("subtype") in _INTERNATIONAL:
            country = None
        return Affiliation(
            office.title, organisation.text_field("name"), organisation.text_field("reference_id"), country
        )

    def _named_before(self, office: OfficePhrase) -> Candidate | None:
        """Return the organisation named last before the office in its sentence."""
        position = bisect_right(self._ends, office.start)
        last = self._organisations[position - 1] if position else None
        begins = self._view.sentence(office.start).start
        return last if last is not None and last.start >= begins else None

    def _body(self, type_id: str, country: str) -> tuple[str, str | None]:
        reference = self._knowledge.by_type.get((type_id, country))
        if reference is not None:
            return self._knowledge.organisations[reference].name, reference
        return self._knowledge.types[type_id].name(self._name(country)), None

    def _name(self, country: str) -> str:
        return self._knowledge.territories[country]

    def _country(self, office: OfficePhrase, position: int, rank: str) -> str | None:
        if office.countries:
            if len(office.countries) == 1:
                return office.countries[0]
            return office.countries[position] if position < len(office.countries) else None
        if rank in _STATE_RANKS:
            return HOME_OF_LANGUAGE.get(self._view.language)
        if rank not in _NATIONAL_RANKS and office.body is None:
            return None
        if office.many and rank != "parliament_office":
            # Several ministers named together are of several countries.
            return None
        named = self._listed_before(office) or self._home.in_sentence(office.start)
        if named is not None:
            return named
        return self._home.country(self._taken.get(office.office_id, set()))

    def _listed_before(self, office: OfficePhrase) -> str | None:
        """Return the country of the office that "and" joins to this one: Kosovo's Prime Minister A and Minister B."""
        text = self._view.text
        position = bisect_left(self._starts, office.start)
        before = self._offices[position - 1] if position else None
        if before is None or len(before.countries) != 1 or office.start - before.end > _LONGEST_NAME_BETWEEN:
            return None
        between = text[before.end : office.start]
        named = all(word[0].isupper() or len(word) <= _LONGEST_PARTICLE for word in between.split())
        return before.countries[0] if named and "." not in between and _JOINED.search(between) else None

    @cached_property
    def _starts(self) -> list[int]:
        return [office.start for office in self._offices]
