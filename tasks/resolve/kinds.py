"""Kinds of instruments that are made between parties, and the events that are steps in their lives."""

from __future__ import annotations

from collections.abc import Sequence

AGREEMENT_TYPES = frozenset({"agreement_signed", "agreement_approved", "agreement_entered_into_force", "negotiation"})
# By family; the first of a family is the one a text means by the bare word, and the others say more.
FAMILIES = (
    ("agreement", "readmission_agreement", "visa_agreement", "status_agreement", "partnership_agreement", "treaty"),
    ("protocol", "implementing_protocol"),
    ("mou",),
    ("working_arrangement",),
    ("operational_plan",),
)
# Two parties have one of these at a time; of memoranda, plans and plain agreements they may have many.
ONCE_A_PAIR = frozenset(
    {"readmission_agreement", "visa_agreement", "status_agreement", "partnership_agreement", "implementing_protocol"}
)
BETWEEN_PARTIES = frozenset(kind for family in FAMILIES for kind in family)


def family_of(kind: str | None) -> str | None:
    """Return the bare word of the family a kind belongs to; None for an instrument that is not made between parties."""
    return next((family[0] for family in FAMILIES if kind in family), None)


def narrowed(kinds: Sequence[str]) -> list[str]:
    """Return the kinds without the bare word of a family where a kind that says more stands beside it."""
    held = set(kinds)
    bare = {family[0] for family in FAMILIES if held & set(family[1:])}
    return sorted(held - bare)
