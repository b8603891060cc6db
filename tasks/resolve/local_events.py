"""The events one document tells: its claims, brought together where headline, lead and body speak of one event.

Everything here is a function of one document version. Within a document one event of a type is the rule, so claims come
together unless something sets them apart: another day, place, partner or number in a series, "the previous meeting",
or a status that belongs to another moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tasks.resolve.compare import Comparison, compare
from tasks.resolve.corpus import ClaimRow, Version
from tasks.resolve.dates import Span
from tasks.resolve.features import Features, claim_features
from tasks.resolve.grouping import group
from tasks.resolve.judgement import Judgement, not_same, same, unsure
from tasks.resolve.local_entities import Decision, LocalEntities, decision

# Who stands in these roles tells two events of a type apart; payers, speakers and organisers are listed bit by bit.
DISTINGUISHING_ROLES = frozenset(
    {"party", "participant", "visitor", "host", "from", "to", "issuer", "proposer", "appointee"}
)
# Several of these in one text are told apart by their numbers: 18 people to one country, 50 to another.
COUNTED = frozenset({"relocation", "return_operation", "pledge_or_commitment", "funding_granted"})


@dataclass(frozen=True)
class LocalEvent:
    """One event as one document version tells it; its claims in the order of the text."""

    claims: tuple[ClaimRow, ...]
    features: Features


@dataclass(frozen=True)
class LocalEvents:
    """The events of one document version, and the decisions between its claims."""

    events: tuple[LocalEvent, ...]
    decisions: tuple[Decision, ...]


def group_claims(version: Version, entities: LocalEntities) -> LocalEvents:
    """Return the events of a document version, ordered by type and first claim."""
    events: list[LocalEvent] = []
    decisions: list[Decision] = []
    told = [row for row in version.claims if row.claim_kind == "event"]
    for event_type in sorted({row.claim_type for row in told}):
        rows = [row for row in told if row.claim_type == event_type]
        described = [claim_features([row], version, entities) for row in rows]
        judged = {
            (left, right): _judge(left, right, rows, described, version.published_on)
            for left in range(len(rows))
            for right in range(left + 1, len(rows))
        }
        groups = group(
            len(rows),
            ((found.score, *pair) for pair, found in judged.items() if found.verdict == "same"),
            lambda a, b, judged=judged: judged[min(a, b), max(a, b)].verdict == "not_same",  # type: ignore[misc]
        )
        for members in groups:
            claims = tuple(rows[index] for index in members)
            events.append(LocalEvent(claims, claim_features(claims, version, entities)))
        decisions += [decision(rows[a].claim_id, rows[b].claim_id, found) for (a, b), found in judged.items()]
    return LocalEvents(tuple(events), tuple(decisions))


def _judge(
    left: int, right: int, rows: Sequence[ClaimRow], described: Sequence[Features], published_on: date | None
) -> Judgement:
    """Return whether two claims of one document and one type tell one event."""
    a, b = described[left], described[right]
    if a.markers != b.markers:
        return not_same("event.marker", "the text sets one apart as the previous or the next")
    compared = compare(a, b)
    if compared.contradiction:
        return not_same(*compared.contradiction)
    objection = _moments_apart(a, b, compared, _tells_in_body(described, a, b), published_on)
    if objection:
        return not_same("event.status", objection)
    if a.event_type in COUNTED and compared.quantity == "different" and not (a.headline or b.headline):
        return not_same("event.quantity", "the text gives another number for each")
    in_common = {role for role, _ in a.parties} & {role for role, _ in b.parties} & DISTINGUISHING_ROLES
    if compared.party_share == 0 and in_common and not _agrees_on_subject(compared) and not (a.headline or b.headline):
        return unsure("event.parties", f"nobody is {', '.join(sorted(in_common))} of both", 0.4)
    distance = abs(rows[left].start - rows[right].start)
    return same("event.document", _agreement(compared), _score(compared, a.headline or b.headline, distance))


def _tells_in_body(described: Sequence[Features], a: Features, b: Features) -> frozenset[str]:
    """Return the statuses with which the body, apart from these two, tells events of the type."""
    others = (other for other in described if not other.headline and other is not a and other is not b)
    return frozenset(status for other in others for status in other.statuses)


def _moments_apart(
    a: Features, b: Features, compared: Comparison, body: frozenset[str], published_on: date | None
) -> str | None:
    """Return why the statuses of two claims belong to different events; None where they do not.

    What happened and what is recalled are one event only on one day. What is planned is what happened only where the
    headline reports what the body's purpose clause announces ("signs" over "the purpose of the visit is to sign"):
    the body must have no report of its own, and the plan no time of its own that is still to come.
    """
    (status,), (other,) = sorted(a.statuses), sorted(b.statuses)
    pair = {status, other}
    if len(pair) == 1:
        needs_support = status != "occurred" and not (a.headline or b.headline) and not a.markers
        return f"nothing joins the two {status} events" if needs_support and not _support(compared) else None
    if compared.date in {"equal", "overlap"} and a.span.is_firm and b.span.is_firm:
        return None
    if pair == {"planned", "cancelled"}:
        return None if _support(compared) or a.headline or b.headline else "nothing joins the plan and the cancellation"
    headline, told = (a, b) if a.headline else (b, a)
    if headline.headline and pair == {"occurred", "planned"} and "occurred" in headline.statuses:
        to_come = told.own_words and not _is_over(told.span, published_on)
        return "the plan is told beside what happened" if "occurred" in body or to_come else None
    if headline.headline and "cancelled" not in pair and not headline.statuses & body:
        return None
    return f"{min(pair)} and {max(pair)} without a common day"


def _is_over(span: Span, published_on: date | None) -> bool:
    """Return whether a plan's own day was over, or the same day, when the document was published."""
    return span.is_firm and span.end is not None and published_on is not None and span.end <= published_on


def _support(compared: Comparison) -> bool:
    """Return whether something beyond the type joins two claims."""
    on_one_day = compared.date in {"equal", "overlap", "within"}
    return bool(on_one_day or compared.shared_parties or _agrees_on_subject(compared))


def _agrees_on_subject(compared: Comparison) -> bool:
    return "same" in (compared.place, compared.instrument, compared.ordinal, compared.quantity)


def _score(compared: Comparison, with_headline: bool, distance: int) -> float:
    """Return how strongly two claims belong together, so that a claim that fits two events joins the better one."""
    score = 0.5
    score += {"equal": 0.2, "overlap": 0.15, "within": 0.1, "near": 0.1}.get(compared.date, 0.0)
    score += 0.1 * (compared.place == "same") + 0.05 * (compared.country == "same")
    score += 0.15 * (compared.party_share or 0.0) + 0.05 * (compared.instrument == "same")
    score += 0.05 * with_headline
    # Of two events that fit equally the nearer one is meant; a paragraph has some 500 characters.
    return round(min(score + 0.05 / (1 + distance / 500), 1.0), 6)


def _agreement(compared: Comparison) -> str:
    """Put what agrees into words."""
    facts = [
        f"dates {compared.date}",
        *(
            f"{name} {value}"
            for name, value in (("place", compared.place), ("country", compared.country))
            if value != "unknown"
        ),
    ]
    if compared.party_share is not None:
        facts.append(f"parties {compared.party_share:.2f}")
    return "one document: " + ", ".join(facts)
