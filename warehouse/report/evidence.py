"""The passages behind each fact, in blocks that the page unpacks when a reader asks for one of their facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.report.pools import Pool, numbered, plain

# Code points of the document shown on either side of a quote: the sentences around it, not the document again.
CONTEXT = 240
# Facts in one block: small enough to unpack at a key press, large enough to compress.
FACTS_A_BLOCK = 400

_PASSAGES = f"""
WITH rules AS (
    SELECT claim_id AS evidence_id, document_version_id, rule_id, confidence FROM fact_claim
    UNION ALL
    SELECT mention_id, document_version_id, rule_id, confidence FROM fact_mention
)
SELECT
    asked.number, evidence.document_version_id AS document, evidence.evidence_role AS role, rules.rule_id AS rule,
    round(rules.confidence, 2) AS confidence, evidence."start", evidence."end",
    coalesce(
        substring(content.text, greatest(evidence."start" - {CONTEXT}, 0) + 1, least(evidence."start", {CONTEXT})), ''
    ) AS before,
    evidence.quote,
    coalesce(substring(content.text, evidence."end" + 1, {CONTEXT}), '') AS after,
    CAST(evidence."start" > {CONTEXT} AS INTEGER) AS is_cut,
    coalesce(CAST(length(content.text) > evidence."end" + {CONTEXT} AS INTEGER), 0) AS has_more
FROM bridge_fact_evidence AS evidence
JOIN asked USING (fact_id)
LEFT JOIN document_text AS content USING (document_version_id)
LEFT JOIN rules USING (evidence_id, document_version_id)
ORDER BY
    asked.number, evidence.evidence_role <> 'primary', evidence.document_version_id, evidence."start",
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
    asked = {"fact_id": pa.array(facts, pa.string()), "number": pa.array(range(len(facts)), pa.int32())}
    base.register("asked", pa.table(asked))
    table = base.sql(_PASSAGES).to_arrow_table()
    base.unregister("asked")
    numbers = table["number"].to_numpy()
    columns = [numbered(documents, table["document"]), *(plain(column) for column in table.columns[2:])]
    passages = [*zip(*columns, strict=True)]
    # Where the passages of each fact begin, and where those of the last one end.
    begins = np.searchsorted(numbers, np.arange(len(facts) + 1)).tolist()
    for first in range(0, len(facts), FACTS_A_BLOCK):
        inside = range(first, min(first + FACTS_A_BLOCK, len(facts)))
        yield {"passages": [passages[begins[fact] : begins[fact + 1]] for fact in inside]}
