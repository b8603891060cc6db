"""The values of an event that several claims tell: which claim gives each of them, and which claims disagree.

Every value comes from one claim. The order in which claims are asked is written at each function; ties go to the claim
captured first, so that a value does not change when more documents say the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.resolve.compare import same_thing
from tasks.resolve.corpus import ClaimRow, Seen
from tasks.resolve.dates import BASIS_ORDER, Span, relation
from tasks.resolve.features import FIRM, claim_span, claim_status
from tasks.resolve.kinds import AGREEMENT_TYPES
from tasks.resolve.local import Local
from tasks.resolve.things import Thing
from warehouse.vocabulary import HAPPENED

# Evidence can be wrong in ways its rules do not know of, so no number of reports makes an event certain.
HIGHEST_CONFIDENCE = 0.99
CONFLICT = 0.8


@dataclass(frozen=True)
class Told:
    """One claim of an event with the document that makes it.

    Attributes:
        announcement: The smallest id among the documents that are one announcement with its document.
        seen: When the claim was captured first.
    """

    claim: ClaimRow
    local: Local
    announcement: str
    seen: Seen

    @property
    def doc_id(self) -> str:
        """Document of the claim."""
        return self.local.version.doc_id

    @property
    def place(self) -> Thing | None:
        """The named place the claim gives."""
        found = self.local.entities.thing(self.claim.place_mention_id or "")
        return found if found and found.kind == "place" else None

    @cached_property
    def nearby(self) -> tuple[Thing, ...]:
        """The places its sentence names."""
        named = (
            self.local.entities.thing(row.mention_id)
            for row in self.local.version.mentions
            if row.kind == "place" and row.sentence_id == self.claim.sentence_id
        )
        return tuple(thing for thing in named if thing)

    @cached_property
    def span(self) -> Span:
        """Its date."""
        return claim_span(self.claim)

    @property
    def status(self) -> str:
        """Its status; what did not happen counts as cancelled."""
        return claim_status(self.claim)


def best_status(told: Sequence[Told]) -> tuple[str, str]:
    """Return status and polarity.

    That a claim says it happened outweighs every plan, and news outweigh what is recalled. Where none says so, the
    latest document that plans it or calls it off decides; of two on one day the one that calls it off.
    """
    statuses = {item.status for item in told}
    happened = [status for status in HAPPENED if status in statuses]
    if happened:
        return happened[0], "affirmed"
    latest = max(told, key=lambda item: (item.local.version.news[0], item.status == "cancelled"))
    negated = any(item.claim.polarity == "negated" for item in told)
    return latest.status, "negated" if latest.status == "cancelled" and negated else "affirmed"


def best_date(told: Sequence[Told], status: str) -> Told | None:
    """Return the claim that gives the date: the most exact, then the best founded, then the one that shares the status.

    Of dates that are equally good one of the text rather than of the headline, then the one most claims give.
    """
    known = [item for item in told if item.span.is_known]
    counts = Counter((item.span.start, item.span.end) for item in known)
    return min(
        known,
        key=lambda item: (
            item.span.rank,
            item.status != status,
            item.claim.zone == "title",
            -counts[item.span.start, item.span.end],
            item.seen,
        ),
        default=None,
    )


def best_place(told: Sequence[Told], status: str) -> Told | None:
    """Return the claim that gives the place: the best founded, of the event's status, of the text."""
    known = [item for item in told if item.place]
    counts = Counter(item.place for item in known)
    return _best(known, status, lambda item: item.claim.place_basis, lambda item: -counts[item.place])


def best_country(told: Sequence[Told], status: str, place: Told | None) -> tuple[str | None, str | None]:
    """Return country and basis: of the place if there is one, else of the best founded claim that shares the status.

    A country that was derived from the one party a claim has says nothing once other claims name another state; that
    of whoever approves, ratifies or decides stays.
    """
    if place and place.place and place.place.country_code:
        return place.place.country_code, place.claim.place_basis
    known = [item for item in told if item.claim.country_code]
    if told[0].claim.claim_type in AGREEMENT_TYPES and len(_states(told)) >= 2:
        known = [item for item in known if item.claim.country_basis != "derived" or _has_issuer(item)]
    counts = Counter(item.claim.country_code for item in known)
    found = _best(known, status, lambda item: item.claim.country_basis, lambda item: -counts[item.claim.country_code])
    return (found.claim.country_code, found.claim.country_basis) if found else (None, None)


def _has_issuer(item: Told) -> bool:
    return any(argument.role == "issuer" for argument in item.claim.arguments)


def _states(told: Sequence[Told]) -> set[str | None]:
    """Return the states that are parties by any of the claims."""
    parties = (
        item.local.entities.thing(argument.mention_id)
        for item in told
        for argument in item.claim.arguments
        if argument.role == "party"
    )
    return {thing.country_code for thing in parties if thing and thing.kind == "territory"}


def best_project(told: Sequence[Told]) -> tuple[Told, str] | None:
    """Return the claim that names the project first, and its mention."""
    named = [
        (item, mention_id)
        for item in sorted(told, key=lambda item: item.seen)
        for mention_id in (item.claim.project_mention_id, *_arguments(item.claim, "project"))
        if mention_id in item.local.entities.of_mention
    ]
    return (named[0][0], str(named[0][1])) if named else None


def primary(told: Sequence[Told], status: str, dissenting: Iterable[Told]) -> Told:
    """Return the claim that shows the event best.

    It agrees with the event's values and status, stands in the text rather than in the headline, gives its date in its
    own sentence, and names more of who and what than others.
    """
    out = {id(item) for item in dissenting}
    return min(
        told,
        key=lambda item: (
            id(item) in out,
            item.status != status,
            item.claim.zone == "title",
            item.claim.date_basis not in FIRM,
            -len([argument for argument in item.claim.arguments if argument.basis in FIRM]),
            -item.claim.confidence,
            item.seen,
        ),
    )


def dissent(
    told: Sequence[Told], status: str, dated: Told | None, placed: Told | None, country: str | None
) -> list[Told]:
    """Return the claims that contradict the event's values beyond their precision: day, place, country, outcome.

    A plan does not contradict what happened, nor a coarse date a day inside it; a report and a cancellation do.
    """
    happened = status in HAPPENED

    def contradicts(item: Told) -> bool:
        if dated and relation(item.span, dated.span) == "disjoint":
            return True
        if placed and _elsewhere(item, placed):
            return True
        if not placed and country and item.claim.country_code and item.claim.country_code != country:
            return True
        return happened and item.status == "cancelled"

    return [item for item in told if contradicts(item)]


def confidence(told: Sequence[Told], dissenting: Sequence[Told]) -> float:
    """Return how probable the event is, from the claims that agree with it.

    Each announcement counts once, by its best claim, whose confidence knows what was filled in; independent
    announcements are combined as 1 - Π (1 - p), and claims that contradict take a fifth off. Capped at 0.99.
    """
    out = {id(item) for item in dissenting}
    best: dict[str, float] = {}
    for item in told:
        if id(item) not in out:
            best[item.announcement] = max(best.get(item.announcement, 0.0), item.claim.confidence)
    doubt = math.prod(1.0 - value for _, value in sorted(best.items()))
    return round(min(1.0 - doubt, HIGHEST_CONFIDENCE) * (CONFLICT if dissenting else 1.0), 6)


def combined(confidences: Mapping[str, float]) -> float:
    """Return how probable a statement is that several announcements make, each with its own best confidence."""
    doubt = math.prod(1.0 - value for _, value in sorted(confidences.items()))
    return round(min(1.0 - doubt, HIGHEST_CONFIDENCE), 6)


def _elsewhere(item: Told, other: Told) -> bool:
    """Return whether two claims name different places, neither of which the other's sentence names as well."""
    here, there = item.place, other.place
    if not here or not there:
        return False
    if any(same_thing(here, thing) for thing in (there, *other.nearby)):
        return False
    if any(same_thing(there, thing) for thing in item.nearby):
        return False
    # Two names in two languages may be one town, unless the reference knows both.
    return item.local.version.language == other.local.version.language or bool(here.reference_id and there.reference_id)


def _arguments(claim: ClaimRow, role: str) -> Iterable[str]:
    return (argument.mention_id for argument in claim.arguments if argument.role == role)


def _best(
    known: Sequence[Told], status: str, basis: Callable[[Told], str | None], rarity: Callable[[Told], int]
) -> Told | None:
    return min(
        known,
        key=lambda item: (
            BASIS_ORDER.index(basis(item)), item.status != status, item.claim.zone == "title", rarity(item), item.seen
        ),
        default=None,
    )  # fmt: skip
