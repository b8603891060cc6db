"""How sure a claim or topic is: what its rule was worth where a careful reader checked it.

The passes order what they find by what the authors of a rule expect of it (`tasks.extract.rules`, `prior` of a frame).
What is published is measured: here the one is replaced by the other, after everything is decided, so that measuring
anew changes confidences and nothing else. (Mentions get theirs when they are made of candidates.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tasks.extract.annotations import Claim, Topic
from warehouse.reliability import Reliability, circumstances_of


def sure_claims(claims: Iterable[Claim], table: Reliability) -> tuple[Claim, ...]:
    """Return the claims with the confidence measured for their rules, and for what does not stand in their sentence."""
    return tuple(replace(claim, confidence=_of_claim(claim, table)) for claim in claims)


def sure_topics(topics: Iterable[Topic], table: Reliability) -> tuple[Topic, ...]:
    """Return the topics with the confidence that was measured for their rules."""
    return tuple(
        replace(topic, confidence=table.confidence("topic", topic.rule_id, topic.confidence)) for topic in topics
    )


def _of_claim(claim: Claim, table: Reliability) -> float:
    circumstances: tuple[str, ...] = ()
    if claim.claim_kind == "event":
        circumstances = circumstances_of(claim.date_basis, claim.country_basis, bool(claim.arguments))
    return table.confidence("claim", claim.rule_id, claim.confidence, circumstances)
