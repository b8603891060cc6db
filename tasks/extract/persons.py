"""Persons in public roles: a name beside an office, an honorific, a verb of speech or an organisation.

A name alone, of somebody without a role in the text, is not looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from tasks.extract.affiliation import Affiliation, Affiliations
from tasks.extract.gazetteer import Hits
from tasks.extract.names import Name, read_name, read_name_back
from tasks.extract.offices import OfficePhrase
from tasks.extract.person_groups import NamedPerson, PersonGroup, PersonGroups
from tasks.extract.rules import prior
from tasks.extract.spans import SpanMask
from tasks.extract.tokens import SPACE, Candidate, Token, View, fold

_APPOSITION = re.compile(rf"(?:,|{SPACE}[–—-]|{SPACE}\(){SPACE}?((?:[^\W\d_]{{1,30}}{SPACE}){{0,3}})$")
_NEXT_NAME = re.compile(
    rf"(?P<country>{SPACE}\([^()\n]{{2,40}}\))?"
    f"(?:,{SPACE}(?:(?:and|und|en){SPACE})?|{SPACE}(?:and|und|en|i|in|ir|et|dhe|и|te){SPACE})"
)
_COMMA = re.compile(f",{SPACE}")
_OF_ORGANISATION = re.compile(
    f",?{SPACE}(?:of|from|at|with|for|van|von|vom|iz|od|iš|од|nga|z|s){SPACE}(?:(?:the|de|der){SPACE})?$"
    rf"|{SPACE}\($|,{SPACE}$"
)
_APPOINTED = re.compile(
    r"\b(?:elected|appointed|named|nominated|re-elected|gewählt|ernannt|benoemd|gekozen|imenovan|imenovana|izabran|izabrana|"
    r"paskirt\w{1,3}|išrinkt\w{1,3}|именуван\w?|избран\w?|emëruar|zgjedhur)"
    r"(?: as| zum| zur| tot| za| за| si)?(?: the| its| new| next| der| die| den| neuen| novi\w{0,2}| novu){0,3} $"
)
_COUNTRY_AFTER = re.compile(rf"{SPACE}\(|{SPACE}(?:of|iz|aus|uit|iš|од|nga){SPACE}(?:the{SPACE})?")
_LONGEST_COUNTRY_LINK = 9
# How far before a phrase its link to a name may reach.
_WINDOW = 60
_MOST_IN_LIST = 40
# Languages in which an office and a bare surname address a person; in the others the single word is as often a body.
_TITLE_AND_SURNAME = frozenset({"en", "de", "nl", "fr"})
_BLOCKING_KINDS = ("territory", "region", "organisation", "organisation_type", "instrument", "office", "place")


class PersonFinder:
    """Finds the persons of one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        offices: Offices of the text.
        organisations: Organisations of the text.
        affiliations: Tells what an office belongs to.
        months: Folded names of months and weekdays.
        given_names: Folded given names.
    """

    def __init__(
        self,
        view: View,
        hits: Hits,
        offices: Sequence[OfficePhrase],
        organisations: Sequence[Candidate],
        affiliations: Affiliations,
        months: Collection[str],
        given_names: frozenset[str],
    ) -> None:
        self._view = view
        self._hits = hits
        self._offices = offices
        self._organisations = organisations
        self._affiliations = affiliations
        self._months = months
        self._given = given_names
        self._blocked = SpanMask(len(view.text), (c.span for c in organisations))
        for hit in hits.of(*_BLOCKING_KINDS):
            if not hit.needs_context:
                self._blocked.add(hit.start, hit.end)
        for hit in (*hits.words("portfolio"), *hits.words("honorific")):
            self._blocked.add(hit.start, hit.end)
        self._taken = SpanMask(len(view.text))
        self._found: list[NamedPerson] = []

    def find(self) -> list[Candidate]:
        """Return the persons in order, each with the fullest form of the name, office and affiliation."""
        for office in self._offices:
            self._beside(office)
        self._honorifics()
        self._speakers()
        self._affiliated()
        self._appointed()
        if not self._found:
            return []
        groups = PersonGroups(self._view, self._is_blocked).build(self._found)
        candidates = [candidate for group in groups for candidate in self._candidates(group)]
        return sorted(candidates, key=lambda c: (c.start, -c.end))

    def _is_blocked(self, token: Token) -> bool:
        if self._blocked.covers(token.start) or token.folded in self._view.words["not_a_name"]:
            return True
        # "Jan" is January and a given name.
        return token.folded in self._months and token.folded not in self._given

    def _add(self, person: NamedPerson) -> None:
        self._found.append(person)
        self._taken.add(person.name.start, person.name.end)

    def _is_found(self, name: Name) -> bool:
        return self._taken.touches(name.start, name.end)

    # -- beside an office ----------------------------------------------------------------------------------------------

    def _beside(self, office: OfficePhrase) -> None:
        text = self._view.text
        after = self._name_at(office.end + 1) if text[office.end : office.end + 1] in (" ", "\u00a0") else None
        if after is not None:
            self._list(office, after)
            return
        before = self._name_before(office)
        if before is not None:
            self._add(NamedPerson(before, "person.name_office", office))
            return
        comma = _COMMA.match(text, office.end)
        name = self._name_at(comma.end()) if comma is not None else None
        if name is not None and name.has_given_name:
            self._list(office, name)

    def _name_at(self, offset: int) -> Name | None:
        index = self._view.token_index(offset)
        if index >= len(self._view.tokens) or self._view.tokens[index].start != offset:
            return None
        return read_name(self._view, index, self._is_blocked)

    def _list(self, office: OfficePhrase, first: Name) -> None:
        """The name after an office, and where the office is a plural, the names after that one."""
        names = [first]
        while len(names) < _MOST_IN_LIST:
            link = _NEXT_NAME.match(self._view.text, names[-1].end)
            if link is None or not (office.many or link.group("country")):
                # One office has one holder, unless each name carries its own country in brackets.
                break
            name = self._name_at(link.end())
            if name is None or (link.group("country") and not name.is_full):
                break
            names.append(name)
        if not first.is_full and not office.many and not self._is_addressed(first):
            return
        rule = "person.list" if len(names) > 1 else "person.office_name"
        for position, name in enumerate(names):
            self._add(NamedPerson(name, rule, office, position))

    def _is_addressed(self, name: Name) -> bool:
        """True for "Commissioner Johansson": an office and a surname, outside headlines ("Minister Visits Vilnius")."""
        in_body = name.start >= self._view.document.body_start
        return self._view.language in _TITLE_AND_SURNAME and in_body and len(name.surname) > 2

    def _name_before(self, office: OfficePhrase) -> Name | None:
        match = _APPOSITION.search(self._view.text, max(office.start - _WINDOW, 0), office.start)
        if match is None or not all(fold(word) in self._view.words["apposition"] for word in match.group(1).split()):
            return None
        name = self._name_ending(match.start())
        return name if name is not None and name.is_full else None

    def _name_ending(self, offset: int) -> Name | None:
        """Return the name whose last token ends at the offset."""
        index = self._view.token_index(offset) - 1
        if index < 0 or self._view.tokens[index].end != offset:
            return None
        return read_name_back(self._view, index, self._is_blocked)

    # -- honorifics, verbs of speech, organisations, appointments ------------------------------------------------------

    def _honorifics(self) -> None:
        text = self._view.text
        for hit in self._hits.words("honorific"):
            end = hit.end + 1 if text[hit.end : hit.end + 1] == "." else hit.end
            name = self._name_at(end + 1) if text[end : end + 1] in (" ", "\u00a0") else None
            if name is not None and (name.is_full or len(name.surname) > 2) and not self._is_found(name):
                self._add(NamedPerson(name, "person.honorific"))

    def _speakers(self) -> None:
        for hit in self._hits.words("speech"):
            for name in (self._name_at(hit.end + 1), self._name_ending(hit.start - 1)):
                if name is not None and self._has_known_given_name(name) and not self._is_found(name):
                    self._add(NamedPerson(name, "person.speech"))

    def _affiliated(self) -> None:
        """Find names tied to an organisation by a small word or brackets: Laura Lungarotti of IOM."""
        without_office = {person.name.end: person for person in self._found if person.office is None}
        for candidate in self._organisations:
            link = _OF_ORGANISATION.search(self._view.text, max(candidate.start - 14, 0), candidate.start)
            name = self._name_ending(link.start()) if link is not None else None
            if name is None:
                continue
            known = without_office.get(name.end)
            if known is not None:
                known.organisation = candidate
            elif self._has_known_given_name(name) and not self._is_found(name):
                self._add(NamedPerson(name, "person.affiliated", organisation=candidate))

    def _has_known_given_name(self, name: Name) -> bool:
        return name.has_given_name and fold(name.parts[0].split("-")[0]) in self._given

    def _appointed(self) -> None:
        """Give the office somebody is appointed or elected to, in the same sentence, to the person named before it."""
        held = {id(person.office) for person in self._found}
        names = sorted(self._found, key=lambda person: person.name.start)
        starts = [person.name.start for person in names]
        for office in self._offices:
            verb = _APPOINTED.search(self._view.text, max(office.start - _WINDOW, 0), office.start)
            if verb is None or id(office) in held:
                continue
            position = bisect_left(starts, verb.start())
            if position and starts[position - 1] >= self._view.sentence(office.start).start:
                person = names[position - 1]
                self._found.append(NamedPerson(person.name, person.rule, office, is_new=True))

    # -- results
    # ---------------------------------------------------------------------------------------------------------

    def _candidates(self, group: PersonGroup) -> list[Candidate]:
        where = self._where(group)
        first = min(group.members, key=lambda m: m.name.start)
        fullest = group.settle()
        candidates = []
        for member in group.members:
            fields: dict[str, object] = {
                "name": fullest.text,
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
        members = sorted(group.members, key=lambda m: (not m.is_new, m.name.start))
        told = [self._of(member) for member in members if member.office is not None or member.organisation is not None]
        if not told:
            return Affiliation()
        if members[0].is_new:
            return told[0]
        return max(told, key=lambda w: (w.office is not None, w.organisation is not None, w.country_code is not None))

    def _of(self, member: NamedPerson) -> Affiliation:
        if member.office is not None:
            where = self._affiliations.of(member.office, member.position)
            country = self._country_after(member.name)
            if country is not None and where.country_code is None and not member.office.countries:
                return self._affiliations.in_country(member.office, country)
            return where
        if member.organisation is not None:
            return self._affiliations.at(member.organisation)
        return Affiliation()

    def _country_after(self, name: Name) -> str | None:
        """Return the country in brackets after a name, or after "of": Bratislav Gašić (Serbia)."""
        starting = self._hits.starting("territory")
        for start in range(name.end + 2, name.end + _LONGEST_COUNTRY_LINK + 1):
            hit = starting.get(start)
            if hit is not None and _COUNTRY_AFTER.fullmatch(self._view.text, name.end, start):
                return hit.entry.country_code
        return None
