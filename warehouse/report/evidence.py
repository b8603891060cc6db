"""The passages behind each fact, in blocks that the page unpacks when a reader asks for one of their facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from warehouse.report.pools import Pool
from warehouse.report.text import visible

# Code points of the document shown on either side of a quote: the sentences around it, not the document again.
CONTEXT = 240
# Facts in one block: small enough to unpack at a key press, large enough to compress.
FACTS_A_BLOCK = 400

_PASSAGES = f"""
WITH rules AS (
    SELECT claim_id AS evidence_id, document_version_id, rule_id, confidence FROM fact_claim
    UNION ALL
    SELECT mention_id, document_version_id, rule_id, confidence FROM fact_mention
),
wanted AS (SELECT unnest(?) AS fact_id, generate_subscripts(?, 1) AS number)
SELECT
    wanted.number, evidence.document_version_id, evidence.evidence_role, rules.rule_id, round(rules.confidence, 2),
    evidence."start", evidence."end",
    substring(content.text, greatest(evidence."start" - {CONTEXT}, 0) + 1, least(evidence."start", {CONTEXT})),
    evidence.quote,
    substring(content.text, evidence."end" + 1, {CONTEXT}),
    evidence."start" > {CONTEXT},
    length(content.text) > evidence."end" + {CONTEXT}
FROM bridge_fact_evidence AS evidence
JOIN wanted USING (fact_id)
LEFT JOIN document_text AS content USING (document_version_id)
LEFT JOIN rules USING (evidence_id, document_version_id)
ORDER BY
    wanted.number, evidence.evidence_role <> 'primary', evidence.document_version_id, evidence."start",
    evidence.evidence_id
"""  # noqa: S608 — a number of ours


def other_facts(base: duckdb.DuckDBPyConnection, events: Sequence[str], most: int) -> list[str]:
    """Return the ids of facts with evidence that are no events, sorted, at most so many."""
    query = "SELECT DISTINCT fact_id FROM bridge_fact_evidence WHERE fact_table <> 'fact_event' ORDER BY 1 LIMIT ?"
    known = set(events)
    return [row[0] for row in base.execute(query, [most]).fetchall() if row[0] not in known]


def evidence_blocks(
    base: duckdb.DuckDBPyConnection, facts: Sequence[str], documents: Pool[str]
) -> Iterator[dict[str, Any]]:
    """Yield the passages of the facts, `FACTS_A_BLOCK` facts a block, in their order.

    Each passage is document number, role, rule, confidence, start, end (code points of the document's text), text
    before, quote, text after, whether text was cut before, and after.
    """
    # One query for all: a query a block would read the tables once a block.
    rows = base.execute(_PASSAGES, [list(facts), list(facts)])
    row = rows.fetchone()
    for first in range(0, len(facts), FACTS_A_BLOCK):
        passages: list[list[list[Any]]] = [[] for _ in facts[first : first + FACTS_A_BLOCK]]
        while row is not None and row[0] <= first + len(passages):
            number, version, role, rule, confidence, start, end, before, quote, after, cut, more = row
            passages[number - first - 1].append([
                documents.number(version), role, rule, confidence, start, end,
                visible(before or ""), visible(quote), visible(after or ""), int(bool(cut)), int(bool(more)),
            ])  # fmt: skip
            row = rows.fetchone()
        yield {"passages": passages}
