"""One person, many mentions: the names of a text that are one person's, and where else that person is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.extract.persons.names import Name, read_name_back, same_person
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.persons.person_names import NameReader
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View, fold

# Two spellings of a surname begin alike: only persons whose surname begins with these letters are compared.
_PREFIX = 3
# No announcement names this many people whose surnames begin alike; the bound keeps a list of names linear.
_MOST_ALIKE = 20
# A surname alone makes a person only where one of these rules says that it is a name.
_NAMING_RULES = frozenset({"person.list", "person.honorific", "person.office_name"})


@dataclass(slots=True)
class NamedPerson:
    """One place where a person is named.

    Attributes:
        office: The office beside the name.
        position: Place of the name in the list that the office opens.
        organisation: Organisation the text ties the name to, without an office.
        is_new: The text reports that the person comes into this office.
    """

    name: Name
    rule: str
    office: OfficePhrase | None = None
    position: int = 0
    organisation: Candidate | None = None
    is_new: bool = False


@dataclass(slots=True)
class PersonGroup:
    """All places where one person is named.

    Attributes:
        also: Second offices at such a place: Ambassador Jane Doe, *Head of the Delegation*.
    """

    members: list[NamedPerson] = field(default_factory=list)
    also: list[NamedPerson] = field(default_factory=list)
    fullest: Name | None = None

    def settle(self) -> Name:
        """Return the form with a given name that stands first, else with an initial, else the surname."""
        first = min(
            self.members, key=lambda m: (not m.name.has_given_name, not m.name.is_full, m.office is None, m.name.start)
        )
        self.fullest = first.name
        return self.fullest


def _prefix(name: Name) -> str:
    return fold(name.surname)[:_PREFIX]


class PersonGroups:
    """Groups what was found and finds what is named again.

    Args:
        view: The text.
        names: Reads names in the text.
    """

    def __init__(self, view: View, names: NameReader) -> None:
        self._view = view
        self._names = names
        self._groups: list[PersonGroup] = []
        self._by_prefix: dict[str, list[PersonGroup]] = {}

    def build(self, found: Iterable[NamedPerson]) -> list[PersonGroup]:
        """Return the persons of a text with all their mentions."""
        members = sorted(found, key=lambda f: (not f.name.is_full, not f.name.has_given_name, f.name.start))
        for member in members:
            self._add(member)
        for group in self._groups:
            group.settle()
        if self._groups:
            self._again()
        return self._groups

    def _add(self, member: NamedPerson) -> None:
        home = self._home(member.name)
        if home is None:
            if not member.name.is_full and member.rule not in _NAMING_RULES:
                return
            home = PersonGroup([member], fullest=member.name)
            self._groups.append(home)
            self._by_prefix.setdefault(_prefix(member.name), []).append(home)
            return
        twin = next((other for other in home.members if other.name.start == member.name.start), None)
        if twin is None:
            home.members.append(member)
        elif member.is_new:
            twin.office, twin.is_new = member.office, True
        else:
            home.also.append(member)

    def _home(self, name: Name) -> PersonGroup | None:
        for group in self._by_prefix.get(_prefix(name), [])[-_MOST_ALIKE:]:
            if group.fullest is not None and same_person(group.fullest, name):
                return group
        return None

    def _again(self) -> None:
        """Find every other place where a known surname stands."""
        view = self._view
        covered = SpanMask(len(view.text), ((m.name.start, m.name.end) for g in self._groups for m in g.members))
        for index in view.capitalised:
            token = view.tokens[index]
            if token.folded[:_PREFIX] not in self._by_prefix:
                continue
            if covered.covers(token.start) or self._names.is_blocked(token):
                continue
            alone = Name(token.start, token.end, (token.text,), index, index)
            name = read_name_back(view, index, self._names.is_blocked)
            forms = (alone,) if name is None or covered.covers(name.start) else (name, alone)
            for form in forms:
                home = self._home(form)
                if home is not None:
                    home.members.append(NamedPerson(form, "person.again" if form.is_full else "person.surname"))
                    covered.add(form.start, form.end)
                    break
