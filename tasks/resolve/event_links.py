"""Whether two documents tell the same event.

The decision looks at the two descriptions and at whether the documents are one announcement, never at what else is in
the warehouse. Blocks bring together what may be one: events of a type in one week; coarse dates with all dates of their
months in one country; events without a date only by instrument, by place and party, or by an amount of money.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Set
from itertools import islice

from tasks.resolve.compare import Comparison, compare
from tasks.resolve.corpus import VersionKey
from tasks.resolve.dates import months, weeks
from tasks.resolve.features import Features, party_country
from tasks.resolve.judgement import Judgement, not_same, same, unsure
from tasks.resolve.local_events import COUNTED
from tasks.resolve.things import name_key

# What each agreement is worth. Chosen so that a common day and common parties suffice, or a common day, town and
# some of the parties; a day and a country alone, or parties and a country alone, never do.
DATE_WORTH = {"equal": 0.4, "overlap": 0.3, "within": 0.2, "near": 0.2}
COARSE_WORTH = {"month": 0.3, "session": 0.2, "approx": 0.2, "year": 0.1}
PLACE_WORTH, COUNTRY_WORTH, PARTY_WORTH = 0.25, 0.1, 0.35
INSTRUMENT_WORTH, ORDINAL_WORTH, QUANTITY_WORTH, PROJECT_WORTH = 0.15, 0.1, 0.1, 0.05
DISAGREEMENT = 0.2
SAME, UNSURE = 0.6, 0.4
# Steps in the life of one instrument: with the same parties there is one signature, one entry into force.
ONCE_AN_INSTRUMENT = frozenset({"agreement_signed", "agreement_approved", "agreement_entered_into_force"})
# A longer range of days is a period, and compared like a coarse date; one of more than two years says nothing.
LONGEST_WEEKS = 5
LONGEST_MONTHS = 24
# Country keys of a month: of an event without a country, and of every event.
UNKNOWN, ANY = "?", "*"
# Two meetings of the EU on one day are told apart by who else was there; who paid or spoke is listed bit by bit.
PRESENT_ROLES = frozenset({"party", "participant", "visitor", "host", "chair", "signatory"})


def block_keys(features: Features, partners: Set[VersionKey]) -> tuple[set[Hashable], set[Hashable]]:
    """Return the keys under which an event is found, and those under which it looks for others.

    Two events meet where one looks under a key the other is found under. An exact date looks in its weeks, a coarse one
    under its months and country for exact and coarse ones; an event without a date looks for what happens once.
    """
    kind, span = features.event_type, features.span
    copies: set[Hashable] = {
        (kind, "copy", min(partner, features.version), max(partner, features.version)) for partner in partners
    }
    once = set(_strong_keys(features))
    if not span.is_known:
        return copies | once, copies | once
    own_weeks = list(islice(weeks(span), LONGEST_WEEKS + 1))
    own_months = list(islice(months(span), LONGEST_MONTHS + 1))
    if len(own_months) > LONGEST_MONTHS:
        return copies | once, copies
    countries = {code for code, _ in features.countries}
    by_month = {(kind, "month", month, code) for month in own_months for code in (*(countries or {UNKNOWN}), ANY)}
    if span.precision in {"day", "approx"} and len(own_weeks) <= LONGEST_WEEKS:
        by_week = {(kind, "week", week) for week in own_weeks}
        return copies | once | by_week | by_month, copies | by_week
    looked = {(kind, "month", month, code) for month in own_months for code in (*(countries or {ANY}), UNKNOWN)}
    return copies | once | by_month, copies | looked


def _strong_keys(features: Features) -> Iterator[Hashable]:
    """Yield what may identify an event that has no date."""
    kind = features.event_type
    if kind in ONCE_AN_INSTRUMENT:
        for thing in features.instruments:
            if not thing.scope:
                yield kind, "instrument", thing.reference_id or name_key(thing)
    for place, _ in features.places:
        yield from ((kind, "place", name_key(place), token) for token in features.tokens)
    for amount in features.money:
        yield from ((kind, "money", amount, token) for token in features.tokens)


class EventJudge:
    """Decides on pairs of events by their features; an event is known by its document version and its number there."""

    def __init__(self, partners: Mapping[VersionKey, Set[VersionKey]]) -> None:
        self._partners = partners

    def judge(self, left: Features, right: Features) -> Judgement:
        """Return whether two documents tell the same event."""
        if left.version == right.version:
            return not_same("event.document", "one document tells them apart")
        compared = compare(left, right)
        republished = right.version in self._partners.get(left.version, frozenset())
        if republished and left.tellings & right.tellings:
            return same("event.republished", "one sentence in two copies of an announcement", 1.0)
        if compared.contradiction:
            return not_same(*compared.contradiction)
        if not republished and any(side.markers and not _names_its_day(side) for side in (left, right)):
            return not_same("event.marker", "the previous or next one of a document, without a date of its own")
        if left.markers != right.markers and republished:
            return not_same("event.marker", "one copy sets it apart as the previous or the next")
        if republished and compared.date != "disjoint":
            return same("event.copy", f"two copies of an announcement, {describe(compared)}", 0.9)
        states = _states_present(left), _states_present(right)
        if all(states) and not states[0] & states[1]:
            return not_same("event.partner", f"{' and '.join(', '.join(sorted(side)) for side in states)} were there")
        if _happened(left) != _happened(right) and "cancelled" in left.statuses | right.statuses:
            return unsure("event.cancelled", "it happened in one document and was called off in the other", UNSURE)
        if compared.date == "unknown":
            return _judge_undated(left, right, compared)
        return _judge_dated(left, right, compared)


def _names_its_day(features: Features) -> bool:
    return features.span.is_firm and features.span.precision in {"day", "month"}


def _states_present(features: Features) -> set[str]:
    present = (thing for role, thing in features.parties if role in PRESENT_ROLES)
    return {code for thing in present if (code := party_country(thing))}


def _happened(features: Features) -> bool:
    return bool(features.statuses & {"occurred", "background"})


def _judge_dated(left: Features, right: Features, compared: Comparison) -> Judgement:
    score, reason = _score(left, right, compared), describe(compared)
    if compared.date == "disjoint" and score < UNSURE:
        return not_same("event.score", reason, score)
    if score < SAME or not _is_supported(left, right, compared):
        return unsure("event.score", reason, score)
    return same("event.score", reason, score)


def _is_supported(left: Features, right: Features, compared: Comparison) -> bool:
    """Return whether more than a day and a town speaks for one event: several meetings a day are held in a capital."""
    several_days = compared.date == "equal" and left.span.start != left.span.end
    agreeing = (compared.instrument, compared.ordinal, compared.quantity, compared.project)
    return bool(several_days or compared.party_share or "same" in agreeing)


def _score(left: Features, right: Features, compared: Comparison) -> float:
    score = DATE_WORTH.get(compared.date, -DISAGREEMENT)
    if compared.date in {"equal", "within", "near"}:
        coarser = max((left.span, right.span), key=lambda span: span.rank)
        score = min(score, COARSE_WORTH.get(coarser.precision, score))
    score += PLACE_WORTH * (compared.place == "same") + COUNTRY_WORTH * (compared.country == "same")
    score += PARTY_WORTH * (compared.party_share or 0.0)
    score += INSTRUMENT_WORTH * (compared.instrument == "same") + ORDINAL_WORTH * (compared.ordinal == "same")
    score += QUANTITY_WORTH * (compared.quantity == "same") + PROJECT_WORTH * (compared.project == "same")
    against = (
        compared.party_share == 0,
        compared.place == "different" or compared.country == "different",
        compared.instrument == "different",
        compared.project == "different",
        compared.quantity == "different" and left.event_type in COUNTED,
    )
    return round(min(max(score - DISAGREEMENT * sum(against), 0.0), 1.0), 6)


def _judge_undated(left: Features, right: Features, compared: Comparison) -> Judgement:
    """Without a day on both sides only what happens once can be recognised."""
    reason = describe(compared)
    share = compared.party_share or 0.0
    if left.event_type in ONCE_AN_INSTRUMENT and compared.instrument == "same" and share >= 0.5:
        return same("event.once", f"one step of one instrument, {reason}", 0.8)
    if compared.shared_parties >= 2 and share == 1.0 and compared.place == "same" and _same_subject(compared):
        return same("event.undated", f"the same parties, place and subject, {reason}", 0.7)
    paid = left.event_type == right.event_type == "funding_granted" and bool(left.money & right.money)
    if paid and compared.shared_parties and compared.country == "same":
        return same("event.amount", f"the same payer, country and amount, {reason}", 0.7)
    return unsure("event.undated", f"nothing that happens only once joins them, {reason}", 0.3)


def _same_subject(compared: Comparison) -> bool:
    return "same" in (compared.instrument, compared.project, compared.ordinal)


def describe(compared: Comparison) -> str:
    """Put a comparison into words: every value that could be compared."""
    facts = [f"dates {compared.date}"]
    for name in ("place", "country", "instrument", "project", "ordinal", "quantity"):
        if (value := getattr(compared, name)) != "unknown":
            facts.append(f"{name} {value}")
    if compared.party_share is not None:
        facts.append(f"parties {compared.party_share:.2f}")
    return ", ".join(facts)
