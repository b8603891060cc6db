"""What rules are worth on documents they were not written on: their own shares, times what of those held there.

A rule is measured on documents its author has read, which flatters it (the optimism of an error rate measured where the
rule was made: Efron, Journal of the American Statistical Association 81, 1986, 461-470). Documents on which nobody
wrote a rule tell by how much: a standardised ratio, the finds that were right there over those that the rules let
expect. It is taken for all mentions, claims or topics together (recalibration in the large: Steyerberg and others,
Statistics in Medicine 23, 2004, 2567-2586), since a single family is met there a few times only and its own ratio says
more about those documents than about the next; and it is never more than 1, as a rule is at its best at home.

Whether it is met is asked of documents that had no part in it: each block of unread documents is judged with the ratios
of all others (Stone, Journal of the Royal Statistical Society B 36, 1974, 111-147). Blocks are documents, whose finds
go wrong together, or whole sets, whose documents were chosen and written together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from tasks.curate.measure.calibration import calibration
from tasks.curate.measure.judging import Verdict
from tasks.curate.measure.reliability import DIGITS, measured, share_of_all
from warehouse.reliability import ALL, Reliability, Worth, bounded


def transferred(rows: Sequence[Worth], unread: Sequence[Verdict]) -> list[Worth]:
    """Return the table as it holds for documents nobody has written a rule on.

    Args:
        rows: What `reliability` found on the documents rules are written on.
        unread: Verdicts on documents no rule was written on.

    Returns:
        Families and rules with their values times the ratio of their kind, circumstances as they were, and the ratios
        as rows of level `transfer`, whose counts and bounds are those of the unread documents. Without verdicts on a
        kind its rows are as they were.
    """
    ratios = _ratios(rows, unread)
    found = [
        replace(row, value=round(bounded(row.value * ratios[row.kind].value), DIGITS))
        if row.level in ("family", "rule") and row.kind in ratios
        else row
        for row in rows
    ]
    return sorted([*found, *ratios.values()], key=lambda worth: (worth.level, worth.kind, worth.name))


def cross_checked(rows: Sequence[Worth], blocks: Sequence[Sequence[Verdict]]) -> list[Verdict]:
    """Return the verdicts of all blocks, with the confidences that follow from all other blocks.

    Args:
        rows: What `reliability` found on the documents rules are written on.
        blocks: Verdicts on unread documents; those that may go wrong together are one block.
    """
    found: list[Verdict] = []
    for place, block in enumerate(blocks):
        others = [verdict for other in (*blocks[:place], *blocks[place + 1 :]) for verdict in other]
        table = Reliability(transferred(rows, others))
        found += [replace(verdict, confidence=_expected(verdict, table)) for verdict in block]
    return found


def checks(rows: Sequence[Worth], sets: Sequence[Sequence[Verdict]]) -> list[dict[str, Any]]:
    """Return how confidences are met by unread documents that had no part in them, by kind of block and of find.

    Args:
        rows: What `reliability` found on the documents rules are written on.
        sets: Verdicts on the unread documents of each set, as `judge` orders them.

    Returns:
        `left_out`: `document` or `set`, what was judged with the ratios of all others; `kind`; and the fields of
        `calibration`. Nothing for sets, or documents, if there is but one.
    """
    documents = [list(group) for one in sets for _, group in groupby(one, key=lambda verdict: verdict.doc)]
    found: list[dict[str, Any]] = []
    for name, blocks in (("document", documents), ("set", [one for one in sets if one])):
        if len(blocks) > 1:
            checked = cross_checked(rows, blocks)
            for kind in sorted({verdict.kind for verdict in checked}):
                of_kind = [verdict for verdict in checked if verdict.kind == kind]
                found.append({"left_out": name, "kind": kind, **calibration(of_kind)})
    return found


def _ratios(rows: Sequence[Worth], unread: Sequence[Verdict]) -> dict[str, Worth]:
    table = Reliability(rows)
    ratios: dict[str, Worth] = {}
    for kind in sorted({verdict.kind for verdict in unread}):
        met = [one for one in unread if one.kind == kind and table.of_rule(kind, one.rule_id) is not None]
        if met:
            judged, right = len(met), sum(verdict.is_right for verdict in met)
            expected = sum(_expected(verdict, table) for verdict in met) / judged
            ratio = min(1.0, share_of_all(judged, right) / expected)
            ratios[kind] = measured("transfer", kind, ALL, (judged, right), ratio)
    return ratios


def _expected(verdict: Verdict, table: Reliability) -> float:
    """Return the confidence the table gives a find; its own, if neither its rule nor the family was ever judged."""
    if table.of_rule(verdict.kind, verdict.rule_id) is None:
        return verdict.confidence
    return table.confidence(verdict.kind, verdict.rule_id, verdict.confidence, verdict.circumstances)
