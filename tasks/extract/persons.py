"""Persons in public roles: a name beside an office, an honorific or a verb of speech, and every later mention of it.

A name alone, of somebody without a role in the text, is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.extract.affiliation import Affiliation, Affiliations
from tasks.extract.gazetteer import Hit
from tasks.extract.names import Name, read_name, read_name_back, same_person
from tasks.extract.offices import OfficePhrase
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, Token, View, fold

_APPOSITION = re.compile(r"(?:,|[ \u00a0][–—-]|[ \u00a0]\()[ \u00a0]?((?:[^\W\d_]+[ \u00a0]){0,3})$")
_APPOSITION_WORDS = frozenset(
    fold(word)
    for word in """the a an de het een der die das le la l its their our also new current then former first second eerste
    nieuwe huidige neue neuer der ehemalige novi nova novoimenovani bivši tadašnji kuris kuri as who is the""".split()
)
_NEXT_NAME = re.compile(
    r"(?P<country>[ \u00a0]\([^()\n]{2,40}\))?(?:,[ \u00a0](?:and[ \u00a0]|und[ \u00a0]|en[ \u00a0])?|[ \u00a0](?:and|und|en|i|in|ir|et|dhe|и|te)[ \u00a0])"
)
_COMMA = re.compile(r",[ \u00a0]")
_SPEECH_LINK = re.compile(r"[ \u00a0]")
_NOT_NAMES = frozenset(
    fold(word)
    for word in """the this that these those he she they we i it a an in on at by for of from with and or as to new no all
    both several many other some such after before during since when while if but also today yesterday however according
    meanwhile der die das den dem im am zum in de het een deze dit zij hij novi nova nakon prema sve ovo u na za od je
    jis ji jie tai šis ši pasak anot kaip po i per prema prije poslije при според по на во ai ajo kjo ky western eastern
    northern southern central north south east west union state republic joint press statement more about press contacts
    mr mrs ms dr prof sir herr frau gospodin gospođa european regional national international federal""".split()
)
_OF_ORGANISATION = re.compile(
    r"(?:,[ \u00a0]|[ \u00a0])(?:of|from|at|with|for|van|von|vom|iz|od|iš|од|nga|z|s)[ \u00a0](?:the[ \u00a0]|de[ \u00a0]|der[ \u00a0])?$|[ \u00a0]\($|,[ \u00a0]$"
)
_APPOINTED = re.compile(
    r"\b(?:elected|appointed|named|nominated|re-elected|gewählt|ernannt|benoemd|gekozen|imenovan|imenovana|izabran|izabrana|paskirt\w{1,3}|"
    r"išrinkt\w{1,3}|именуван\w{0,1}|избран\w{0,1}|emëruar|zgjedhur)(?: as| zum| zur| tot| za| за| si)?(?: the| its| new| next| der| die| den| neuen| novi\w{0,2}| novu| nowy)* $"
)
_COUNTRY_AFTER = re.compile(r"[ \u00a0]\($|[ \u00a0](?:of|iz|aus|uit|iš|од|nga)[ \u00a0](?:the[ \u00a0])?$")
_MOST_IN_LIST = 40
_TITLE_AND_SURNAME = frozenset({"en", "de", "nl", "fr"})


@dataclass(slots=True)
class _Found:
    """One place where a person is named."""

    name: Name
    rule: str
    office: OfficePhrase | None = None
    position: int = 0
    organisation: Candidate | None = None
    is_new: bool = False


@dataclass(slots=True)
class _Group:
    """All mentions of one person."""

    members: list[_Found] = field(default_factory=list)

    @property
    def fullest(self) -> Name:
        """The form with a given name that was found first, else with an initial, else the surname."""
        ranked = sorted(
            self.members, key=lambda m: (not m.name.has_given_name, not m.name.is_full, m.office is None, m.name.start)
        )
        return ranked[0].name


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
        hits: Sequence[Hit],
        offices: Sequence[OfficePhrase],
        organisations: Sequence[Candidate],
        affiliations: Affiliations,
        months: frozenset[str],
        given_names: frozenset[str],
    ) -> None:
        self._view = view
        self._hits = hits
        self._offices = offices
        self._affiliations = affiliations
        self._months = months
        self._given = given_names
        self._organisations = organisations
        self._blocked = bytearray(len(view.text) + 1)
        kinds = ("territory", "region", "organisation", "organisation_type", "instrument", "office", "place")
        for hit in hits:
            if (hit.entry.kind in kinds and not hit.named.needs_context) or hit.entry.subtype in (
                "portfolio",
                "honorific",
            ):
                self._blocked[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        for candidate in organisations:
            self._blocked[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        self._found: list[_Found] = []

    def find(self) -> list[Candidate]:
        """Return the persons in order, each with the fullest form of the name, office and affiliation."""
        for office in self._offices:
            self._beside(office)
        self._honorifics()
        self._speakers()
        self._affiliated()
        self._appointed()
        groups = self._grouped()
        if not groups:
            return []
        self._again(groups)
        candidates = [self._candidate(found, group) for group in groups for found in group.members]
        return sorted(candidates, key=lambda c: (c.start, -c.end))

    def _is_blocked(self, token: Token) -> bool:
        if self._blocked[token.start] or token.folded in _NOT_NAMES:
            return True
        # "Jan" is January and a given name.
        return token.folded in self._months and token.folded not in self._given

    # -- beside an office -----------------------------------------------------------------------------------------

    def _beside(self, office: OfficePhrase) -> None:
        after = self._name_at(office.end + 1) if self._view.text[office.end : office.end + 1] in " \u00a0" else None
        if after is not None:
            self._list(office, after)
            return
        before = self._name_before(office)
        if before is not None:
            self._found.append(_Found(before, "person.name_office", office))
            return
        comma = _COMMA.match(self._view.text, office.end)
        name = self._name_at(comma.end()) if comma is not None else None
        if name is not None and name.has_given_name:
            self._list(office, name, opened_by_comma=True)

    def _name_at(self, offset: int) -> Name | None:
        index = self._view.token_index(offset)
        if index >= len(self._view.tokens) or self._view.tokens[index].start != offset:
            return None
        return read_name(self._view, index, self._is_blocked)

    def _list(self, office: OfficePhrase, first: Name, opened_by_comma: bool = False) -> None:
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
            self._found.append(_Found(name, rule, office, position))

    def _is_addressed(self, name: Name) -> bool:
        """True for "Commissioner Johansson": an office and a surname, outside headlines ("Minister Visits Vilnius").

        In other languages than these a single capitalised word after an office is as often an organisation.
        """
        document = self._view.document
        return document.language in _TITLE_AND_SURNAME and name.start >= document.body_start and len(name.surname) > 2

    def _name_before(self, office: OfficePhrase) -> Name | None:
        match = _APPOSITION.search(self._view.text, max(office.start - 40, 0), office.start)
        if match is None or not all(fold(word) in _APPOSITION_WORDS for word in match.group(1).split()):
            return None
        index = self._view.token_index(match.start()) - 1
        if index < 0 or self._view.tokens[index].end != match.start():
            return None
        name = read_name_back(self._view, index, self._is_blocked)
        return name if name is not None and name.is_full else None

    # -- honorifics and verbs of speech ---------------------------------------------------------------------------

    def _honorifics(self) -> None:
        for hit in self._hits:
            if hit.entry.subtype != "honorific":
                continue
            end = hit.end + 1 if self._view.text[hit.end : hit.end + 1] == "." else hit.end
            name = self._name_at(end + 1) if self._view.text[end : end + 1] in " \u00a0" else None
            if name is not None and (name.is_full or len(name.surname) > 2) and not self._is_found(name):
                self._found.append(_Found(name, "person.honorific"))

    def _speakers(self) -> None:
        for hit in self._hits:
            if hit.entry.subtype != "speech":
                continue
            after = self._name_at(hit.end + 1) if self._view.text[hit.end : hit.end + 1] in " \u00a0" else None
            index = self._view.token_index(hit.start) - 1
            before = None
            if index >= 0 and hit.start - self._view.tokens[index].end == 1:
                before = read_name_back(self._view, index, self._is_blocked)
            for name in (after, before):
                if name is not None and self._has_known_given_name(name) and not self._is_found(name):
                    self._found.append(_Found(name, "person.speech"))

    def _affiliated(self) -> None:
        """A name tied to an organisation by a small word or brackets: Laura Lungarotti of IOM, Hans Leijtens (Frontex)."""
        for candidate in self._organisations:
            link = _OF_ORGANISATION.search(self._view.text, max(candidate.start - 14, 0), candidate.start)
            if link is None:
                continue
            index = self._view.token_index(link.start()) - 1
            if index < 0 or self._view.tokens[index].end != link.start():
                continue
            name = read_name_back(self._view, index, self._is_blocked)
            if name is None:
                continue
            known = next((f for f in self._found if f.name.end == name.end and f.office is None), None)
            if known is not None:
                known.organisation = candidate
            elif self._has_known_given_name(name) and not self._is_found(name):
                self._found.append(_Found(name, "person.affiliated", organisation=candidate))

    def _has_known_given_name(self, name: Name) -> bool:
        return name.has_given_name and fold(name.parts[0].split("-")[0]) in self._given

    def _appointed(self) -> None:
        """Give the office somebody is appointed or elected to, in the same sentence, to the person named before it."""
        for office in self._offices:
            verb = _APPOINTED.search(self._view.text, max(office.start - 60, 0), office.start)
            if verb is None or any(found.office is office for found in self._found):
                continue
            sentence = self._view.sentence(office.start)
            before = [f for f in self._found if sentence.start <= f.name.start < verb.start()]
            if before:
                found = max(before, key=lambda f: f.name.start)
                self._found.append(_Found(found.name, found.rule, office, is_new=True))

    def _is_found(self, name: Name) -> bool:
        return any(found.name.start < name.end and name.start < found.name.end for found in self._found)

    # -- one person, many mentions ----------------------------------------------------------------------------------

    def _grouped(self) -> list[_Group]:
        """Return the persons; a surname alone counts only with a full name, or in a list of an office."""
        groups: list[_Group] = []
        full = sorted(
            (f for f in self._found if f.name.is_full), key=lambda f: (not f.name.has_given_name, f.name.start)
        )
        for found in [*full, *(f for f in self._found if not f.name.is_full)]:
            home = next((group for group in groups if same_person(group.fullest, found.name)), None)
            if home is None:
                if not found.name.is_full and found.rule not in (
                    "person.list",
                    "person.honorific",
                    "person.office_name",
                ):
                    continue
                home = _Group()
                groups.append(home)
            twin = next((member for member in home.members if member.name.start == found.name.start), None)
            if twin is None:
                home.members.append(found)
            elif found.is_new:
                twin.office, twin.is_new = found.office, True
        return groups

    def _again(self, groups: list[_Group]) -> None:
        """Find every other place where a known surname stands."""
        by_prefix: dict[str, list[_Group]] = {}
        for group in groups:
            by_prefix.setdefault(fold(group.fullest.surname)[:3], []).append(group)
        covered = bytearray(len(self._view.text) + 1)
        for group in groups:
            for member in group.members:
                covered[member.name.start : member.name.end] = b"\1" * (member.name.end - member.name.start)
        for index, token in enumerate(self._view.tokens):
            known = by_prefix.get(token.folded[:3])
            if known is None or covered[token.start] or not token.is_capitalised or self._is_blocked(token):
                continue
            name = read_name_back(self._view, index, self._is_blocked)
            if name is None or covered[name.start]:
                name = Name(token.start, token.end, (token.text,), index, index)
            self._attach(name, token, index, known, covered)

    def _attach(self, name: Name, token: Token, index: int, known: list[_Group], covered: bytearray) -> None:
        alone = Name(token.start, token.end, (token.text,), index, index)
        for form in (name, alone):
            home = next((group for group in known if same_person(group.fullest, form)), None)
            if home is not None:
                rule = "person.again" if form.is_full else "person.surname"
                home.members.append(_Found(form, rule))
                covered[form.start : form.end] = b"\1" * (form.end - form.start)
                return

    def _candidate(self, found: _Found, group: _Group) -> Candidate:
        where = self._where(group)
        fields: dict[str, object] = {
            "name": group.fullest.text,
            "office": where.office,
            "affiliation": where.organisation,
            "affiliation_reference_id": where.reference_id,
            "country_code": where.country_code,
        }
        first = min(group.members, key=lambda m: m.name.start)
        if found is not first:
            fields["antecedent_span"] = (first.name.start, first.name.end)
        return Candidate("person", found.name.start, found.name.end, found.rule, prior(found.rule), fields)

    def _where(self, group: _Group) -> Affiliation:
        """Return office and affiliation of a person: of the mention that tells most, the first of equals."""
        told = [self._of(member) for member in sorted(group.members, key=lambda m: m.name.start)]
        new = next((self._of(member) for member in group.members if member.is_new), None)
        if new is not None:
            return new
        return max(
            told,
            key=lambda where: (
                where.office is not None,
                where.organisation is not None,
                where.country_code is not None,
            ),
        )

    def _of(self, member: _Found) -> Affiliation:
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
        for hit in self._hits:
            if hit.entry.kind == "territory" and 0 <= hit.start - name.end <= 9:
                if _COUNTRY_AFTER.fullmatch(self._view.text[name.end : hit.start]):
                    return hit.entry.country_code
        return None
