-- The rows that stand in the new release and differ, those told apart that have been split off: an added event or
-- quantity whose evidence supported another one before, which still stands. (A relation is left alone: one claim may
-- name several payers, and a payer read later has split off from nothing.)
WITH origins AS (
    SELECT fact_table, k.fact_id, min(b.fact_id) AS origin_id
    FROM compared.standing AS k
    JOIN after.bridge_fact_evidence AS a USING (fact_table, fact_id)
    JOIN before.bridge_fact_evidence AS b USING (fact_table, evidence_id)
    WHERE k.change = 'added'
        AND fact_table IN ('fact_event', 'fact_quantity')
        AND (fact_table, b.fact_id) IN (SELECT (fact_table, fact_id) FROM after.bridge_fact_evidence)
    GROUP BY fact_table, k.fact_id
)
SELECT
    k.fact_table, k.fact_id,
    CASE WHEN o.origin_id IS NULL THEN k.change ELSE 'split' END AS change,
    coalesce('its evidence supported ' || o.origin_id || ' before', k.reason) AS reason,
    k.columns, k.successor_id
FROM compared.standing AS k
LEFT JOIN origins AS o USING (fact_table, fact_id)
