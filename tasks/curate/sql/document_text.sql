-- The text of every current version, and of an older one where something published still quotes it.
WITH quoted AS (
    SELECT document_version_id FROM curated.fact_claim
    UNION
    SELECT document_version_id FROM curated.fact_mention
    UNION
    SELECT document_version_id FROM curated.fact_quantity
    UNION
    SELECT document_version_id FROM curated.bridge_fact_evidence
)
SELECT
    v.published_version_id AS document_version_id,
    CAST(year(coalesce(d.published_on, CAST(v.retrieved_at AT TIME ZONE 'UTC' AS DATE))) AS INTEGER) AS year,
    d.body_start, d.text
FROM stage.version AS v
JOIN documents.documents AS d USING (doc_id, document_version_id, capture_id)
LEFT JOIN quoted AS q ON q.document_version_id = v.published_version_id
WHERE v.is_published
    AND v.doc_id NOT IN (SELECT id FROM context.taken_down)
    AND (v.is_current OR q.document_version_id IS NOT NULL)
