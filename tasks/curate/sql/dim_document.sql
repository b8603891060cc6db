WITH originals AS (
    -- Of several documents that a document repeats, the one captured first.
    SELECT d.doc_id_b AS doc_id, a.published_doc_id
    FROM documents.duplicates AS d
    JOIN stage.version AS a ON a.doc_id = d.doc_id_a
    WHERE d.kind IN ('exact', 'republished')
    QUALIFY row_number() OVER (
        PARTITION BY d.doc_id_b ORDER BY a.logical_date, a.retrieved_at, a.doc_id, a.document_version_id
    ) = 1
),
events AS (
    SELECT document_version_id, CAST(count(DISTINCT fact_id) AS INTEGER) AS n_events
    FROM curated.bridge_fact_evidence
    WHERE fact_table = 'fact_event'
    GROUP BY document_version_id
),
-- What was last heard of a page: nothing here means that it answers, or has never been asked again.
absences AS (
    SELECT doc_id, state, logical_date
    FROM archive.absences
    QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY logical_date DESC, observed_at DESC, absence_id DESC) = 1
),
captures AS (
    SELECT capture_id, min(body_sha256) AS body_sha256
    FROM archive.captures
    GROUP BY capture_id
)
SELECT
    v.published_version_id AS document_version_id, v.doc_id, v.source_id, d.external_id,
    -- Of a document that was taken down the id stays, and nothing that tells what it said.
    CASE WHEN t.id IS NULL THEN d.url END AS url,
    CASE WHEN t.id IS NULL THEN d.publisher END AS publisher,
    CASE WHEN t.id IS NULL THEN d.title END AS title,
    d.language, date_key(d.published_on) AS published_date_key, d.published_on, d.published_on_method,
    d.published_on_reason, v.retrieved_at, c.body_sha256, v.text_sha256, v.is_current,
    CASE WHEN a.state <> 'back' THEN a.state END AS absence,
    CASE WHEN a.state <> 'back' THEN a.logical_date END AS absent_since,
    t.note AS takedown,
    -- A document with the bytes of its original has become the same row: it does not repeat itself.
    nullif(o.published_doc_id, v.doc_id) AS republishes_doc_id,
    coalesce(e.n_events, 0) AS n_events
FROM stage.version AS v
JOIN documents.documents AS d USING (doc_id, document_version_id, capture_id)
LEFT JOIN captures AS c USING (capture_id)
LEFT JOIN absences AS a ON a.doc_id = v.doc_id
LEFT JOIN context.taken_down AS t ON t.id = v.doc_id
LEFT JOIN originals AS o ON o.doc_id = v.doc_id
LEFT JOIN events AS e ON e.document_version_id = v.published_version_id
WHERE v.is_published
UNION ALL
SELECT
    'ver_unknown', 'doc_unknown', 'unknown', 'unknown', NULL, NULL, NULL, 'und', 0, NULL, NULL, NULL, NULL, '', '',
    false, NULL, NULL, NULL, NULL, 0
