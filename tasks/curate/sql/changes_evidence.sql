-- For each fact that has vanished: does what it rested on still stand, and which fact rests on it now?
WITH evidence AS (
    SELECT g.fact_table, g.fact_id, e.evidence_id, e.document_version_id, e.quote
    FROM compared.gone AS g
    JOIN before.bridge_fact_evidence AS e USING (fact_table, fact_id)
),
withdrawn AS (
    SELECT doc_id, min(takedown) AS takedown
    FROM after.dim_document
    WHERE takedown IS NOT NULL
    GROUP BY doc_id
),
standing AS (
    SELECT
        e.fact_table, e.fact_id,
        bool_or(d.document_version_id IS NOT NULL) AS document_stands,
        coalesce(bool_or(contains(t.text, e.quote)), false) AS quote_stands,
        CASE WHEN bool_and(w.doc_id IS NOT NULL) THEN min(w.takedown) END AS takedown
    FROM evidence AS e
    JOIN before.dim_document AS p USING (document_version_id)
    -- Of two documents with the same bytes another one may stand for the version now.
    LEFT JOIN after.dim_document AS d
        ON d.is_current AND (d.doc_id = p.doc_id OR d.document_version_id = p.document_version_id)
    LEFT JOIN withdrawn AS w ON w.doc_id = p.doc_id
    LEFT JOIN after.document_text AS t ON t.document_version_id = d.document_version_id
    GROUP BY e.fact_table, e.fact_id
),
-- A fact without an entry in the registry gets a new id when one of its things is merged with another: the same claim
-- or mention then supports the new id. Where it supports several, none of them is the successor.
successors AS (
    SELECT e.fact_table, e.fact_id, min(c.fact_id) AS successor_id
    FROM evidence AS e
    JOIN after.bridge_fact_evidence AS c USING (fact_table, evidence_id)
    GROUP BY e.fact_table, e.fact_id
    HAVING count(DISTINCT c.fact_id) = 1
)
SELECT s.fact_table, s.fact_id, s.document_stands, s.quote_stands, n.successor_id, s.takedown
FROM standing AS s
LEFT JOIN successors AS n USING (fact_table, fact_id)
ORDER BY s.fact_table, s.fact_id
