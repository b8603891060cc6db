-- Every source that is declared, has a gap or has given something: one that gave nothing must be seen to have given
-- nothing.
WITH sources AS (
    SELECT source_id FROM context.sources
    UNION
    SELECT source_id FROM context.gaps
    UNION
    SELECT source_id FROM archive.captures
    UNION
    SELECT source_id FROM documents.documents
    UNION
    SELECT 'unknown'
),
documents AS (
    SELECT source_id, CAST(count(DISTINCT doc_id) AS INTEGER) AS n_documents
    FROM curated.dim_document
    WHERE document_version_id <> 'ver_unknown'
    GROUP BY source_id
),
retrievals AS (
    SELECT source_id, min(retrieved_at) AS first_retrieved_at, max(retrieved_at) AS last_retrieved_at
    FROM archive.captures
    GROUP BY source_id
)
SELECT
    s.source_id, coalesce(c.kind, 'unknown') AS kind, coalesce(d.n_documents, 0) AS n_documents,
    r.first_retrieved_at, r.last_retrieved_at, g.source_id IS NOT NULL AS is_gap, g.reason AS gap_reason
FROM sources AS s
LEFT JOIN context.sources AS c USING (source_id)
LEFT JOIN context.gaps AS g USING (source_id)
LEFT JOIN documents AS d USING (source_id)
LEFT JOIN retrievals AS r USING (source_id)
