"""Persons in public roles: a name beside an office, an honorific, a verb of speech or an organisation.

A name alone, of somebody without a role in the text, is not looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tasks.extract.persons.affiliation import Affiliation, Affiliations
from tasks.extract.persons.apposition import past_complement
from tasks.extract.persons.name_positions import before_body, name_tied_to, past_adjective
from tasks.extract.persons.names import Name
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.persons.person_cues import CuedNames
from tasks.extract.persons.person_groups import NamedPerson, PersonGroup, PersonGroups
from tasks.extract.persons.person_links import APPOINTED, LONG_OFFICE
from tasks.extract.persons.person_names import NameReader
from tasks.extract.persons.unlisted_portfolios import name_past_portfolio
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import SPACE, Candidate, View, fold

_APPOSITION = re.compile(rf"(?:,|{SPACE}[–—-]|{SPACE}\(){SPACE}?((?:[^\W\d_]{{1,30}}{SPACE}){{0,3}})$")
_NEXT_NAME = re.compile(
    rf"(?P<country>{SPACE}\([^()\n]{{2,40}}\))?"
    f"(?:,{SPACE}(?:(?:and|und|en){SPACE})?|{SPACE}(?:and|und|en|i|in|ir|et|dhe|и|te){SPACE})"
)
_NAME_BEFORE = re.compile(f"(?:,{SPACE}(?:(?:and|und|en){SPACE})?|{SPACE}(?:and|und|en|i|in|ir|et|dhe|и|te){SPACE})$")
_COMMA = re.compile(f",{SPACE}")
# The abbreviation of the office's body, set in brackets behind it: Director of the Asylum Service (AS).
_DEFINED = re.compile(rf"{SPACE}\([A-ZČŠŽĆĐ][\w&/-]{{1,11}}\)(?=,?{SPACE})")
_BODY_AFTER = re.compile(f",{SPACE}(?:the{SPACE})?")
# "Minister for Labour Relations (MLR)": an abbreviation follows the name of a body, not a surname.
_SHORT_FORM_AFTER = re.compile(rf"{SPACE}\([A-Z][A-Za-z]{{0,4}}[A-Z]\)")
# How far before a phrase its link to a name may reach.
_WINDOW = 60
_MOST_IN_LIST = 40
# Languages in which an office and a bare surname address a person; in the others the single word is as often a body.
_TITLE_AND_SURNAME = frozenset({"en", "de", "nl", "fr"})


class PersonFinder:
    """Finds the persons of one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        offices: Offices of the text.
        organisations: Organisations of the text.
        affiliations: Tells what an office belongs to.
        names: Reads names in the text.
    """

    def __init__(
        self,
        view: View,
        hits: Hits,
        offices: Sequence[OfficePhrase],
        organisations: Sequence[Candidate],
        affiliations: Affiliations,
        names: NameReader,
    ) -> None:
        self._view = view
        self._hits = hits
        self._offices = offices
        self._organisations = organisations
        self._affiliations = affiliations
        self._names = names
        self._organisation_at = {candidate.start: candidate for candidate in organisations}
        self._taken = SpanMask(len(view.text))
        self._found: list[NamedPerson] = []

    def find(self) -> list[Candidate]:
        """Return the persons in order, each with the fullest form of the name, office and affiliation."""
        for office in self._offices:
            self._beside(office)
        for name, rule in CuedNames(self._view, self._hits, self._names).find():
            if not self._is_found(name):
                self._add(NamedPerson(name, rule))
        self._affiliated()
        self._appointed()
        self._joined()
        if not self._found:
            return []
        groups = PersonGroups(self._view, self._names).build(self._found)
        candidates = [candidate for group in groups for candidate in self._candidates(group)]
        return sorted(candidates, key=lambda c: (c.start, -c.end))

    def named_offices(self) -> list[tuple[OfficePhrase, Affiliation]]:
        """Return the offices that `find` gave to persons, each with what it belongs to."""
        return [(person.office, self._of(person)) for person in self._found if person.office is not None]

    def _add(self, person: NamedPerson) -> None:
        self._found.append(person)
        self._taken.add(person.name.start, person.name.end)

    def _is_found(self, name: Name) -> bool:
        return self._taken.touches(name.start, name.end)

    # -- beside an office ----------------------------------------------------------------------------------------------

    def _beside(self, office: OfficePhrase) -> None:
        text = self._view.text
        defined = _DEFINED.match(text, office.end)
        end = office.end if defined is None else defined.end()
        spaced = text[end : end + 1] in (" ", "\u00a0")
        after = self._names.at(self._names.after_title(end + 1)) if spaced else None
        if after is None and spaced:
            after = past_adjective(self._view, self._names, end + 1)
        if after is None:
            after = name_past_portfolio(self._view, self._names, office)
        if after is not None and self._list(office, after):
            return
        before = self._name_before(office)
        if before is not None:
            self._body_after(office)
            self._add(NamedPerson(before, "person.name_office", office))
            return
        comma = _COMMA.match(text, end)
        name = (
            self._names.at(self._names.after_title(comma.end()))
            if comma is not None
            else past_complement(self._view, self._names, office, self._offices)
        )
        if name is not None and name.has_given_name:
            self._list(office, name)
        elif comma is None:
            self._behind_body(office)

    def _behind_body(self, office: OfficePhrase) -> None:
        """Take the name set off behind a long office: "the head of the ministry's legal unit, Jane Doe, …"."""
        if self._view.language != "en":
            return
        match = LONG_OFFICE.match(self._view.text, office.end)
        name = self._names.at(match.end()) if match is not None else None
        if name is None or not self._names.is_surely(name) or not name.is_full:
            return
        if self._view.text[name.end : name.end + 1] == "," and not self._is_found(name):
            self._add(NamedPerson(name, "person.office_name", office))

    def _body_after(self, office: OfficePhrase) -> None:
        """Give an office that stands between a name and a body that body: Jane Doe (Deputy Director, IOM)."""
        if office.organisation is not None or office.countries:
            return
        match = _BODY_AFTER.match(self._view.text, office.end)
        if match is not None:
            office.organisation = self._organisation_at.get(match.end())

    def _list(self, office: OfficePhrase, first: Name) -> bool:
        """Take the name after an office and, where the office is a plural, the names after that one.

        Returns:
            True if the name is a person's.
        """
        names = [first]
        while len(names) < _MOST_IN_LIST:
            link = _NEXT_NAME.match(self._view.text, names[-1].end)
            if link is None or not (office.many or link.group("country")):
                # One office has one holder, unless each name carries its own country in brackets.
                break
            name = self._names.at(link.end())
            if name is None or (link.group("country") and not name.is_full):
                break
            names.append(name)
        if not first.is_full and not office.many and not self._is_addressed(first):
            return False
        if self._names.is_headline_only(first):
            return False
        rule = "person.list" if len(names) > 1 else "person.office_name"
        for position, name in enumerate(names):
            self._add(NamedPerson(name, rule, office, position))
        return True

    def _is_addressed(self, name: Name) -> bool:
        """True for "Commissioner Johansson": an office and a surname, outside headlines ("Minister Visits Vilnius")."""
        in_body = name.start >= self._view.document.body_start and not name.surname.isupper()
        if _SHORT_FORM_AFTER.match(self._view.text, name.end):
            return False
        return self._view.language in _TITLE_AND_SURNAME and in_body and len(name.surname) > 2

    def _name_before(self, office: OfficePhrase) -> Name | None:
        match = _APPOSITION.search(self._view.text, max(office.start - _WINDOW, 0), office.start)
        if match is None:
            return before_body(self._view, self._names, office)
        words = match.group(1).split()
        known = all(fold(word) in self._view.words["apposition"] for word in words)
        if not known and not (fold(words[0]) in self._view.words["article"] and match.group(1).islower()):
            return None
        name = self._names.ending(match.start())
        if name is None or not name.is_full:
            return None
        if known:
            return name
        # Other words than "the new" belong to the office, and only after what is surely a name.
        if not self._names.is_surely(name):
            return None
        office.title = " ".join([*words[1:], office.title])
        return name

    # -- lists, organisations, appointments ----------------------------------------------------------------------------

    def _joined(self) -> None:
        """Find names in one list with somebody already found: Jane Doe (IOM), John Roe and Mary Major."""
        for person in self._found:
            # The list grows as names are found; each is visited once.
            after = _NEXT_NAME.match(self._view.text, person.name.end)
            if after is not None:
                self._add_if_new(self._names.at(after.end()), "person.joined")
            before = _NAME_BEFORE.search(self._view.text, max(person.name.start - _WINDOW, 0), person.name.start)
            if before is not None:
                self._add_if_new(self._names.ending(before.start()), "person.joined")

    def _add_if_new(self, name: Name | None, rule: str) -> None:
        if name is not None and self._names.is_surely(name) and not self._is_found(name):
            self._add(NamedPerson(name, rule))

    def _affiliated(self) -> None:
        """Find names tied to an organisation by a small word or brackets: Laura Lungarotti of IOM."""
        without_office = {person.name.end: person for person in self._found if person.office is None}
        for candidate in self._organisations:
            name = name_tied_to(self._view, self._names, candidate)
            if name is None:
                continue
            known = without_office.get(name.end)
            if known is not None:
                known.organisation = candidate
            elif (self._names.is_surely(name) or self._heads(name, candidate)) and not self._is_found(name):
                self._add(NamedPerson(name, "person.affiliated", organisation=candidate))

    def _heads(self, name: Name, organisation: Candidate) -> bool:
        """True for "Zarif Bajrami, who heads the Department": only a person heads a body."""
        return name.is_full and ", who " in self._view.text[name.end : organisation.start]

    def _appointed(self) -> None:
        """Give the office somebody is appointed or elected to, in the same sentence, to the person named before it."""
        held = {id(person.office) for person in self._found}
        names = sorted(self._found, key=lambda person: person.name.start)
        starts = [person.name.start for person in names]
        for office in self._offices:
            verb = APPOINTED.search(self._view.text, max(office.start - _WINDOW, 0), office.start)
            if verb is None or id(office) in held:
                continue
            position = bisect_left(starts, verb.start())
            if position and starts[position - 1] >= self._view.sentence(office.start).start:
                person = names[position - 1]
                self._found.append(NamedPerson(person.name, person.rule, office, is_new=True))

    # -- results -------------------------------------------------------------------------------------------------------

    def _candidates(self, group: PersonGroup) -> list[Candidate]:
        where = self._where(group)
        first = min(group.members, key=lambda m: m.name.start)
        shown = self._names.shown(group.settle())
        candidates = []
        for member in group.members:
            fields: dict[str, object] = {
                "name": shown,
                "office": where.office,
                "affiliation": where.organisation,
                "affiliation_reference_id": where.reference_id,
                "country_code": where.country_code,
            }
            if member is not first:
                fields["antecedent"] = (first.name.start, first.name.end)
            span = (member.name.start, member.name.end)
            candidates.append(Candidate("person", *span, member.rule, prior(member.rule), fields))
        return candidates

    def _where(self, group: PersonGroup) -> Affiliation:
        """Return office and affiliation of a person: a new office, else what the mention that tells most says."""
        members = sorted([*group.members, *group.also], key=lambda m: (not m.is_new, m.name.start))
        told = [self._of(member) for member in members if member.office is not None or member.organisation is not None]
        if not told:
            return Affiliation()
        if members[0].is_new:
            return told[0]
        return max(told, key=lambda w: (w.office is not None, w.organisation is not None, w.country_code is not None))

    def _of(self, member: NamedPerson) -> Affiliation:
        if member.office is not None:
            where = self._affiliations.of(member.office, member.position)
            country = self._names.country_after(member.name)
            if country is not None and where.country_code is None and not member.office.countries:
                return self._affiliations.in_country(member.office, country)
            return where
        if member.organisation is not None:
            return self._affiliations.at(member.organisation)
        return Affiliation()
