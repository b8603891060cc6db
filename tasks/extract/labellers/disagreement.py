"""Where the labellers agree with the rules and where they do not: counts by labeller and kind, and each case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tasks.extract.labellers.ballot import RULES_NAME

EVENT = "event"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far one labeller and the rules found the same things of one kind.

    Attributes:
        labeller: The labeller.
        kind: Mention kind; event type of a claim; `event` for events over all documents.
        both: Found by both.
        rules_only: Found by the rules, not by the labeller.
        labeller_only: Found by the labeller, not by the rules.
        refused: Proposed by the labeller and refused: not in the text, or not to be believed.
    """

    labeller: str
    kind: str
    both: int
    rules_only: int
    labeller_only: int
    refused: int

    @property
    def agreement(self) -> float | None:
        """Positive agreement (Fleiss 1975): 2·both / (2·both + either alone), 0 to 1; None if neither found any.

        It equals the F1 of one with the other as gold, and needs no count of what neither found.
        """
        found = 2 * self.both + self.rules_only + self.labeller_only
        return 2 * self.both / found if found else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One mention or claim only one side found: `found_by` is `rules` or the labeller that alone found it."""

    labeller: str
    kind: str
    found_by: str
    doc_id: str
    text: str


def agreements(
    votes: pa.Table, mentions: pa.Table, claims: pa.Table, rejects: pa.Table, event_claims: pa.Table
) -> list[Agreement]:
    """Return one row for each labeller and kind, sorted by both; events over all documents come last.

    Args:
        votes: `extracted.votes`.
        mentions: `extracted.mentions`.
        claims: `extracted.claims`.
        rejects: `extracted.rejects`.
        event_claims: `resolved.event_claims`: an event was found by whoever found one of its claims.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (labeller, kind, _, _), (by_rules, by_labeller) in _pairs(votes, mentions, claims).items():
        counts[labeller, kind][_side(by_rules, by_labeller)] += 1
    for rule, kind in zip(rejects["rule_id"].to_pylist(), rejects["kind"].to_pylist(), strict=True):
        if rule.startswith("labeller."):
            counts[rule.removeprefix("labeller."), kind]["refused"] += 1
    for (labeller, _), (by_rules, by_labeller) in _events(votes, event_claims).items():
        counts[labeller, EVENT][_side(by_rules, by_labeller)] += 1
    rows = [
        Agreement(labeller, kind, count["both"], count["rules"], count["labeller"], count["refused"])
        for (labeller, kind), count in counts.items()
    ]
    return sorted(rows, key=lambda row: (row.labeller, row.kind == EVENT, row.kind))


def disagreements(votes: pa.Table, mentions: pa.Table, claims: pa.Table) -> list[Disagreement]:
    """Return what only one side found, by labeller, kind and document."""
    text_of = dict(zip(mentions["mention_id"].to_pylist(), mentions["text"].to_pylist(), strict=True))
    text_of |= dict(zip(claims["claim_id"].to_pylist(), claims["quote"].to_pylist(), strict=True))
    found = [
        Disagreement(labeller, kind, RULES_NAME if by_rules else labeller, doc_id, text_of[target])
        for (labeller, kind, doc_id, target), (by_rules, by_labeller) in _pairs(votes, mentions, claims).items()
        if by_rules != by_labeller and target in text_of
    ]
    return sorted(found, key=lambda case: (case.labeller, case.kind, case.doc_id, case.found_by, case.text))


def _side(by_rules: bool, by_labeller: bool) -> str:
    if by_rules and by_labeller:
        return "both"
    return "rules" if by_rules else "labeller" if by_labeller else "neither"


def _pairs(votes: pa.Table, mentions: pa.Table, claims: pa.Table) -> dict[tuple[str, str, str, str], tuple[bool, bool]]:
    """Return (labeller, kind, document, target) → whether the rules found it, and whether the labeller did."""
    kind_of = dict(zip(mentions["mention_id"].to_pylist(), mentions["kind"].to_pylist(), strict=True))
    kind_of |= dict(zip(claims["claim_id"].to_pylist(), claims["claim_type"].to_pylist(), strict=True))
    rows = votes.select(["labeller", "doc_id", "target_id", "found"]).to_pylist()
    by_rules = {row["target_id"]: row["found"] for row in rows if row["labeller"] == RULES_NAME}
    return {
        (row["labeller"], kind_of[row["target_id"]], row["doc_id"], row["target_id"]): (
            by_rules.get(row["target_id"], False),
            row["found"],
        )
        for row in rows
        if row["labeller"] != RULES_NAME and row["target_id"] in kind_of
    }


def _events(votes: pa.Table, event_claims: pa.Table) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Return (labeller, event) → whether the rules found one of its claims, and whether the labeller did."""
    event_of = dict(zip(event_claims["claim_id"].to_pylist(), event_claims["event_id"].to_pylist(), strict=True))
    rows: Sequence[dict[str, object]] = votes.filter(pc.equal(votes["target_kind"], "claim")).to_pylist()
    found_by: dict[str, set[str]] = defaultdict(set)
    asked: set[tuple[str, str]] = set()
    for row in rows:
        event, labeller = event_of.get(str(row["target_id"])), str(row["labeller"])
        if event is None:
            continue
        if row["found"]:
            found_by[labeller].add(event)
        if labeller != RULES_NAME:
            asked.add((labeller, event))
    return {
        (labeller, event): (event in found_by[RULES_NAME], event in found_by[labeller]) for labeller, event in asked
    }
