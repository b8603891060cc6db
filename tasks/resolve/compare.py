"""Two descriptions of events held side by side: what agrees, what differs, what contradicts.

Nothing is decided here: `tasks.resolve.local_events` decides within a document, `tasks.resolve.event_links` across
documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from tasks.resolve.dates import Relation, relation
from tasks.resolve.features import Features
from tasks.resolve.things import Thing, judge_things

Agreement = Literal["same", "different", "unknown"]

# In these roles a country that only the one description has, beside one that only the other has, makes another event.
PARTNER_ROLES = ("party", "from", "to", "host", "beneficiary")
# In these, parties that have nothing in common do.
SUBJECT_ROLES = ("appointee", "visitor", "proposer")
# Acts, projects and the like are what these events are about; a signing may be of several instruments at once.
ABOUT_INSTRUMENT = frozenset({"legislation_adopted", "legislation_proposed"})
ABOUT_PROJECT = frozenset({"project_launched", "project_completed"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two descriptions of events have in common.

    Attributes:
        date: How their best dates relate.
        party_share: 0 to 1, how far the parties coincide; None where one side names none.
        shared_parties: Things that are party to both.
        contradiction: Rule and reason where both cannot be one event; None where nothing forbids it.
    """

    date: Relation
    place: Agreement
    country: Agreement
    instrument: Agreement
    project: Agreement
    ordinal: Agreement
    quantity: Agreement
    party_share: float | None
    shared_parties: int
    contradiction: tuple[str, str] | None


def compare(left: Features, right: Features) -> Comparison:
    """Return how two descriptions of one type relate."""
    shared = _shared(left.things, right.things)
    return Comparison(
        date=relation(left.span, right.span),
        place=_places(left, right),
        country=_agreement({code for code, _ in left.countries}, {code for code, _ in right.countries}),
        instrument=_agreement_of_things(left.instruments, right.instruments),
        project=_agreement_of_things(left.projects, right.projects),
        ordinal=_agreement(left.ordinals, right.ordinals),
        quantity=_quantities(left, right),
        party_share=_party_share(left, right, shared),
        shared_parties=shared,
        contradiction=next(_contradictions(left, right), None),
    )


def same_thing(left: Thing, right: Thing) -> bool:
    """Return whether two things of one kind are judged one."""
    if left == right:
        return True
    judged = judge_things(left, right) if left.kind == right.kind else None
    return judged is not None and judged.verdict == "same"


def _shared(left: Collection[Thing], right: Collection[Thing]) -> int:
    return sum(any(same_thing(a, b) for b in right) for a in left)


def _agreement(left: Collection[object], right: Collection[object]) -> Agreement:
    if not left or not right:
        return "unknown"
    return "same" if set(left) & set(right) else "different"


def _agreement_of_things(left: Collection[Thing], right: Collection[Thing]) -> Agreement:
    if _shared(left, right):
        return "same"
    # A descriptive name ("the protocol") neither agrees nor disagrees with another document's.
    named = [thing for thing in left if not thing.scope], [thing for thing in right if not thing.scope]
    return "different" if all(named) else "unknown"


def _places(left: Features, right: Features) -> Agreement:
    a, b = {place for place, _ in left.places}, {place for place, _ in right.places}
    if not a or not b:
        return "unknown"
    if _shared(a, b | right.nearby) or _shared(b, a | left.nearby):
        return "same"
    # Without the reference nobody knows that Beograd is Belgrade.
    comparable = left.language == right.language or all(place.reference_id for place in a | b)
    return "different" if comparable else "unknown"


def _quantities(left: Features, right: Features) -> Agreement:
    units = {unit for *_, unit in left.quantities} & {unit for *_, unit in right.quantities}
    if not units:
        return "unknown"
    return "same" if left.quantities & right.quantities else "different"


def _party_share(left: Features, right: Features, shared: int) -> float | None:
    """Return the better of the shares by things and by what they stand for; a minister and his country have that.

    Each share is the mean of the Jaccard and the overlap coefficient: a report may leave parties out. Groups of
    countries are left aside where only one side names one, since their members are not known here.
    """
    by_thing = [
        {thing for thing in side.things if thing.kind != "region" or _has_region(other)}
        for side, other in ((left, right), (right, left))
    ]
    if not all(by_thing):
        return None
    shares = [_share(shared, len(by_thing[0]), len(by_thing[1]))]
    if left.tokens and right.tokens:
        shares.append(_share(len(left.tokens & right.tokens), len(left.tokens), len(right.tokens)))
    return max(shares)


def _has_region(features: Features) -> bool:
    return any(thing.kind == "region" for thing in features.things)


def _share(shared: int, left: int, right: int) -> float:
    union = left + right - shared
    return (shared / union + shared / min(left, right)) / 2


def _contradictions(left: Features, right: Features) -> Iterator[tuple[str, str]]:
    """Yield what keeps two descriptions apart whatever else agrees, each with the values compared."""
    for a in left.spans:
        for b in right.spans:
            if a.is_firm and b.is_firm and relation(a, b) == "disjoint":
                yield "event.date", f"{a} and {b} have no day in common"
    if _agreement(left.ordinals, right.ordinals) == "different":
        yield "event.ordinal", f"number {_listed(left.ordinals)} and number {_listed(right.ordinals)} of a series"
    yield from _somewhere_else(left, right)
    yield from _other_parties(left, right)
    yield from _other_subject(left, right)


def _somewhere_else(left: Features, right: Features) -> Iterator[tuple[str, str]]:
    firm = [{code for code, is_firm in side.countries if is_firm} for side in (left, right)]
    if _agreement(*firm) == "different":
        yield "event.country", f"in {_listed(firm[0])} and in {_listed(firm[1])}"
    places = [{place.name for place, is_firm in side.places if is_firm} for side in (left, right)]
    if all(places) and _places(left, right) == "different":
        yield "event.place", f"in {_listed(places[0])} and in {_listed(places[1])}"


def _other_parties(left: Features, right: Features) -> Iterator[tuple[str, str]]:
    for role in PARTNER_ROLES:
        a, b = left.role_countries(role), right.role_countries(role)
        if a - b and b - a:
            yield "event.partner", f"{_listed(a)} and {_listed(b)} as {role}"
    for role in SUBJECT_ROLES:
        things = [{thing for held, thing in side.parties if held == role} for side in (left, right)]
        tokens = left.role_tokens(role) & right.role_tokens(role) if role != "appointee" else frozenset()
        if all(things) and not tokens and not _shared(*things):
            yield "event.subject", f"{_named(things[0])} and {_named(things[1])} as {role}"


def _other_subject(left: Features, right: Features) -> Iterator[tuple[str, str]]:
    if left.event_type in ABOUT_INSTRUMENT and _agreement_of_things(left.instruments, right.instruments) == "different":
        yield "event.instrument", f"about {_named(left.instruments)} and about {_named(right.instruments)}"
    if left.event_type in ABOUT_PROJECT and _agreement_of_things(left.projects, right.projects) == "different":
        yield "event.project", f"about {_named(left.projects)} and about {_named(right.projects)}"


def _listed(values: Collection[object]) -> str:
    return ", ".join(sorted(str(value) for value in values))


def _named(things: Collection[Thing]) -> str:
    return _listed({thing.name for thing in things})
