"""What is known of a thing that a document names, and when two such things are one.

The decision looks at the two things alone and never at what else is in the warehouse, so that it is the same today and
when the history is folded again. Names decide within a kind; reference rows decide before names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tasks.resolve.corpus import VersionKey
from tasks.resolve.judgement import Judgement, not_same, same, unsure
from tasks.resolve.names import (
    SPELLED_ALIKE,
    PersonName,
    compare_first_names,
    fold,
    near,
    numerals,
    person_name,
    same_surname,
    sound_key,
)

# Bodies that every state has under the same name: without a country the name says nothing outside its document.
STATE_BODIES = frozenset({"government", "government_body", "ministry", "national_agency", "police", "parliament"})
_EMPTY_WORDS = frozenset({"the", "of", "for", "and", "on", "in"})


@dataclass(frozen=True)
class Thing:
    """What one document (or one reference row) says a thing is.

    Attributes:
        kind: An entity kind.
        name: Reference name, else the fullest form in the document.
        scope: The document version outside which the name alone means nothing ("the protocol", "J. Sattler", "the
            Ministry of the Interior"); None for a real name.
    """

    kind: str
    name: str
    reference_id: str | None = None
    subtype: str | None = None
    country_code: str | None = None
    office: str | None = None
    affiliation: str | None = None
    affiliation_reference_id: str | None = None
    scope: VersionKey | None = None

    @property
    def person(self) -> PersonName:
        """The parts of a person's name."""
        return person_name(self.name)

    @property
    def is_weak(self) -> bool:
        """True where the thing fits several others as well: it joins a group only where there is but one to join."""
        if self.reference_id:
            return False
        if self.kind == "person":
            return not self.person.is_full
        return self.country_code is None and (self.kind == "place" or self.subtype in STATE_BODIES)


def name_key(thing: Thing) -> str:
    """Return the folded name without the words that spellings of one title put in or leave out."""
    words = fold(thing.name).split()
    return " ".join(word for word in words if word not in _EMPTY_WORDS) or " ".join(words)


def block_keys(thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield the keys under which things that may be one meet: none of them meets without a common key."""
    if thing.reference_id:
        yield f"{thing.kind}#", thing.reference_id
    if thing.kind == "person":
        key = sound_key(thing.person.surname)
        yield "person", key
        # Two spellings a letter apart are equal when the right letter of one or both is left out.
        if len(key) >= SPELLED_ALIKE:
            yield from (("person", key[:at] + key[at + 1 :]) for at in range(len(key)))
    elif thing.kind in {"project", "instrument"}:
        letters = "".join(char for char in name_key(thing) if char.isalpha())
        yield f"{thing.kind}<", letters[:8]
        yield f"{thing.kind}>", letters[-8:]
    else:
        yield thing.kind, name_key(thing)


@lru_cache(maxsize=200_000)
def judge_things(left: Thing, right: Thing, within: bool = False, republished: bool = False) -> Judgement | None:
    """Return whether two things are one; None where nothing in their names suggests it.

    Args:
        left: One thing.
        right: The other thing, of the same kind.
        within: True for two things in one document, where a short form means what the document named in full.
        republished: True where the documents of both are one announcement.
    """
    if left.reference_id and right.reference_id:
        return _judge_references(left, right)
    if left.kind == "person":
        return _judge_persons(left, right, within or republished)
    if left.kind == "project":
        return _judge_projects(left, right)
    if left.kind == "instrument":
        return _judge_instruments(left, right, within or republished)
    return _judge_names(left, right, within or republished)


def _judge_references(left: Thing, right: Thing) -> Judgement | None:
    if left.reference_id == right.reference_id:
        return same("reference", f"both are {left.reference_id}", 1.0)
    if name_key(left) == name_key(right):
        return not_same("reference", f"{left.reference_id} and {right.reference_id} are two rows of the reference")
    return None


def _countries_differ(left: Thing, right: Thing) -> bool:
    return bool(left.country_code and right.country_code and left.country_code != right.country_code)


def _judge_names(left: Thing, right: Thing, close: bool) -> Judgement | None:
    """Places, organisations, regions and territories: the folded name and the country."""
    if name_key(left) != name_key(right):
        return None
    if _countries_differ(left, right):
        return not_same("name.country", f"{left.name} lies in {left.country_code} and in {right.country_code}")
    one_unknown = not (left.country_code and right.country_code)
    if one_unknown and not close and STATE_BODIES & {left.subtype, right.subtype}:
        return unsure("name.state_body", f"every country may have a body called {left.name}", 0.4)
    if left.country_code != right.country_code:
        return same("name", f"{left.name}, once without its country", 0.8)
    return same("name", f"{left.name} and {right.name} are one name", 0.95)


def _judge_projects(left: Thing, right: Thing) -> Judgement | None:
    apart = numerals(left.name) != numerals(right.name)
    if apart and _without_numerals(left.name) == _without_numerals(right.name):
        return not_same("project.numeral", f"{left.name} and {right.name} carry different numbers")
    if apart or not near(left.name, right.name):
        return None
    return same("project.name", f"{left.name} and {right.name} are one name but for a letter", 0.9)


def _without_numerals(name: str) -> str:
    return " ".join(word for word in name.split() if not numerals(word)).casefold()


def _judge_instruments(left: Thing, right: Thing, close: bool) -> Judgement | None:
    if not near(left.name, right.name):
        return None
    if left.subtype and right.subtype and left.subtype != right.subtype:
        return unsure("instrument.kind", f"{left.name} is a {left.subtype} and a {right.subtype}", 0.3)
    if _countries_differ(left, right):
        return not_same("instrument.country", f"{left.name} of {left.country_code} and of {right.country_code}")
    if not close and (left.scope or right.scope):
        return unsure("instrument.descriptive", f"{left.name} describes an instrument, it is no title", 0.3)
    return same("instrument.name", f"{left.name} and {right.name} are one title", 0.9)


def _judge_persons(left: Thing, right: Thing, close: bool) -> Judgement | None:
    a, b = left.person, right.person
    if not same_surname(a, b):
        return None
    first = compare_first_names(a, b)
    pair = f"{left.name} and {right.name}"
    if first == "different":
        return not_same("person.first_name", f"{pair} have different first names")
    if _countries_differ(left, right):
        return not_same("person.country", f"{pair} hold office in {left.country_code} and {right.country_code}", 0.1)
    if first == "equal" and fold(a.surname) == fold(b.surname):
        return same("person.name", f"{pair} are one name", 0.95)
    agree = _offices_agree(left, right)
    if first in {"equal", "near"}:
        return _judge_spellings(left, right, close, agree)
    if close:
        return same(f"person.{first}", f"{pair}: a short form in the document that has the full name", 0.85)
    if agree:
        return same(f"person.{first}", f"{pair}: a short form with the same office and country", 0.75)
    return unsure(f"person.{first}", f"{pair}: a short form without the same office", 0.4)


def _judge_spellings(left: Thing, right: Thing, close: bool, agree: bool | None) -> Judgement:
    pair = f"{left.name} and {right.name}"
    if agree:
        return same("person.variant", f"{pair}: two spellings with the same office", 0.9)
    if agree is False and not close:
        return unsure("person.variant", f"{pair}: two spellings with different offices", 0.4)
    sounds_equal = [sound_key(word) for word in fold(left.name).split()] == [
        sound_key(word) for word in fold(right.name).split()
    ]
    if close or sounds_equal:
        return same("person.variant", f"{pair}: two spellings of one name", 0.8)
    return unsure("person.variant", f"{pair}: a letter apart, and the office of one is unknown", 0.5)


def _offices_agree(left: Thing, right: Thing) -> bool | None:
    """Return whether what is known of the offices agrees; None where too little is known."""
    if left.affiliation_reference_id and left.affiliation_reference_id == right.affiliation_reference_id:
        return True
    if not (left.country_code and right.country_code):
        # Without a country only the very same office and organisation would tell.
        equal = _alike(left.office, right.office) and _alike(left.affiliation, right.affiliation)
        return True if equal else None
    if left.office and right.office:
        return _alike(left.office, right.office)
    return None


def _alike(left: str | None, right: str | None) -> bool:
    """Return whether two titles share most of their words (Interior Minister, Minister of the Interior)."""
    a, b = (set(fold(text or "").split()) - _EMPTY_WORDS for text in (left, right))
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b)) + 1
