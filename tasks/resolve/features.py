"""What one claim, or several claims of one document, say of an event: everything that two of them are compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tasks.resolve.corpus import ClaimRow, Version, VersionKey
from tasks.resolve.dates import Span, best_span
from tasks.resolve.local_entities import LocalEntities
from tasks.resolve.names import sound_key
from tasks.resolve.things import STATE_BODIES, Thing, name_key
from warehouse.vocabulary import PARTY_KINDS, PARTY_ROLES

Amount = tuple[float, float, str]
"""Lowest and highest value and the unit."""
Telling = tuple[str, int]
"""A sentence, normalised, and the number of a claim among those of its type in it."""
# A claim that its sentence supports by itself, not one filled from the headline or the publication date.
FIRM = frozenset({"text", "reference"})


@dataclass(frozen=True)
class Features:
    """What is said of one event in one document version.

    Attributes:
        spans: Every date its claims give.
        places: Named places it is said to have happened in, each with whether its own sentence says so.
        nearby: All places named in its sentences: Lipa near Bihać.
        countries: Codes of countries it is said to have happened in, each with whether its own sentence says so.
        parties: Role and thing of every party.
        statuses: Statuses of its claims; a negated claim counts as cancelled.
        tellings: Which claim of its type, counted from 0, in which sentence each of its claims is: the same in a copy.
        headline: True where only the headline tells it.
        own_words: True where a claim gives a time in words of its own, also one that names no day.
    """

    event_type: str
    version: VersionKey
    language: str
    spans: frozenset[Span]
    places: frozenset[tuple[Thing, bool]]
    nearby: frozenset[Thing]
    countries: frozenset[tuple[str, bool]]
    parties: frozenset[tuple[str, Thing]]
    instruments: frozenset[Thing]
    projects: frozenset[Thing]
    quantities: frozenset[Amount]
    money: frozenset[Amount]
    ordinals: frozenset[int]
    markers: frozenset[str]
    statuses: frozenset[str]
    tellings: frozenset[Telling]
    headline: bool
    own_words: bool

    @cached_property
    def span(self) -> Span:
        """The best of its dates."""
        return best_span(self.spans)

    @cached_property
    def things(self) -> frozenset[Thing]:
        """The parties in whatever role."""
        return frozenset(thing for _, thing in self.parties)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What the parties stand for, groups of countries aside: countries, reference rows, names."""
        return frozenset(token for thing in self.things for token in party_tokens(thing))

    @cached_property
    def traces(self) -> frozenset[str]:
        """All that two reports of one event would have in common: without a trace in common no pair is a candidate."""
        names = (
            *(thing for thing in self.things if thing.kind in {"person", "region"}),
            *(place for place, _ in self.places),
            *self.instruments,
            *self.projects,
        )
        keys = {sound_key(thing.person.surname) if thing.kind == "person" else name_key(thing) for thing in names}
        return self.tokens | keys | {sentence for sentence, _ in self.tellings}

    def role_countries(self, role: str) -> frozenset[str]:
        """Return the countries of the parties in a role."""
        return frozenset(code for held, thing in self.parties if held == role and (code := party_country(thing)))

    def role_tokens(self, role: str) -> frozenset[str]:
        """Return what the parties in a role stand for."""
        return frozenset(token for held, thing in self.parties if held == role for token in party_tokens(thing))


def party_country(thing: Thing) -> str | None:
    """Return the country a party is or acts for; an international body acts for none, wherever its seat is."""
    if thing.kind in {"territory", "person"} or thing.subtype in STATE_BODIES:
        return thing.country_code
    return None


def party_tokens(thing: Thing) -> Iterable[str]:
    """Yield what a party stands for: a minister for the country and the ministry, a country for itself."""
    if thing.kind == "region":
        return
    if country := party_country(thing):
        yield f"country:{country}"
    if thing.kind == "organisation":
        yield f"organisation:{thing.reference_id or name_key(thing)}"
    if thing.kind == "person" and thing.affiliation_reference_id:
        yield f"organisation:{thing.affiliation_reference_id}"


def claim_features(claims: Iterable[ClaimRow], version: Version, entities: LocalEntities) -> Features:
    """Return what the claims of one event say, taken together; ValueError where there is none."""
    rows = list(claims)
    if not rows:
        raise ValueError("an event rests on a claim at least")
    mentions = {row.mention_id: row for row in version.mentions}
    normal = defaultdict(str, {row.sentence_id: row.normal for row in version.sentences})
    held = {row.sentence_id for row in rows}
    amounts = {
        (row.value_min, row.value_max if row.value_max is not None else row.value_min, row.unit, row.currency)
        for claim in rows
        for argument in claim.arguments
        if argument.role == "quantity" and (row := mentions.get(argument.mention_id)) and row.value_min is not None
    }
    return Features(
        event_type=rows[0].claim_type,
        version=version.key,
        language=version.language,
        spans=frozenset(claim_span(row) for row in rows if row.date_start or row.date_end),
        places=frozenset(
            (thing, row.place_basis in FIRM)
            for row in rows
            if row.place_mention_id and (thing := entities.thing(row.place_mention_id)) and thing.kind == "place"
        ),
        nearby=frozenset(
            thing
            for row in version.mentions
            if row.kind == "place" and row.sentence_id in held and (thing := entities.thing(row.mention_id))
        ),
        countries=frozenset((row.country_code, _is_there(row)) for row in rows if row.country_code),
        parties=_parties(rows, entities),
        instruments=_arguments(rows, entities, "instrument"),
        projects=_arguments(rows, entities, "project") | _projects(rows, entities),
        quantities=frozenset((low, high, unit) for low, high, unit, _ in amounts if unit and high is not None),
        money=frozenset((low, high, currency) for low, high, _, currency in amounts if currency and high is not None),
        ordinals=frozenset(row.series_ordinal for row in rows if row.series_ordinal is not None),
        markers=frozenset(row.reference_marker for row in rows if row.reference_marker),
        statuses=frozenset(claim_status(row) for row in rows),
        tellings=frozenset((normal[row.sentence_id], _place_in_sentence(row, version)) for row in rows),
        headline=all(row.zone == "title" for row in rows),
        own_words=any(row.date_verbatim and row.date_basis in {None, *FIRM} for row in rows),
    )


def claim_span(row: ClaimRow) -> Span:
    """Return the date of a claim; one end stands for both where the other is missing."""
    return Span(row.date_start or row.date_end, row.date_end or row.date_start, row.date_precision, row.date_basis)


def claim_status(row: ClaimRow) -> str:
    """Return the status of a claim; what did not happen is cancelled, in whatever words."""
    return "cancelled" if row.polarity == "negated" else row.status


def _place_in_sentence(row: ClaimRow, version: Version) -> int:
    """Return how many claims of its type the sentence makes before this one."""
    return sum(
        other.sentence_id == row.sentence_id
        and other.claim_type == row.claim_type
        and (other.trigger_start, other.claim_id) < (row.trigger_start, row.claim_id)
        for other in version.claims
    )


def _is_there(row: ClaimRow) -> bool:
    """Return whether a claim's own words say where it happened; a headline may name a country as its subject."""
    return row.country_basis in FIRM and (row.zone != "title" or row.place_mention_id is not None)


def _parties(rows: Iterable[ClaimRow], entities: LocalEntities) -> frozenset[tuple[str, Thing]]:
    return frozenset(
        (argument.role, thing)
        for row in rows
        for argument in row.arguments
        if argument.role in PARTY_ROLES and (thing := entities.thing(argument.mention_id)) and thing.kind in PARTY_KINDS
    )


def _arguments(rows: Iterable[ClaimRow], entities: LocalEntities, role: str) -> frozenset[Thing]:
    return frozenset(
        thing
        for row in rows
        for argument in row.arguments
        if argument.role == role and (thing := entities.thing(argument.mention_id)) and thing.kind == role
    )


def _projects(rows: Iterable[ClaimRow], entities: LocalEntities) -> frozenset[Thing]:
    return frozenset(
        thing
        for row in rows
        if row.project_mention_id and (thing := entities.thing(row.project_mention_id)) and thing.kind == "project"
    )
