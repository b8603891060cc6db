-- stage.reading: one row for each version of each document, without its text.
--
-- Three things are settled here, once for all tables:
--   * the same address read through two sources is one document with one version: the copy captured first stays;
--   * facts come from the latest version of a document that could be read; a version that was archived again after
--     another one had taken its place, from whatever source, is the latest again;
--   * two documents with identical bytes share a version, and one of them stands for it: one whose current version it
--     is, and of several the one captured first.
WITH copies AS (
    SELECT
        d.doc_id, d.document_version_id, d.source_id, d.logical_date, d.capture_id, d.retrieved_at, d.text_sha256,
        row_number() OVER (
            PARTITION BY d.doc_id, d.document_version_id
            ORDER BY d.logical_date, d.retrieved_at, d.source_id, d.capture_id
        ) AS nth_copy,
        max(d.retrieved_at) OVER (
            PARTITION BY d.doc_id ORDER BY d.logical_date, d.retrieved_at, d.document_version_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS retrieved_before
    FROM documents.documents AS d
),
latest AS (
    SELECT doc_id, document_version_id
    FROM copies
    -- An old copy that is only read late does not put the old version back.
    WHERE
        (nth_copy = 1 OR retrieved_at > retrieved_before)
        AND doc_id NOT IN (SELECT id FROM context.taken_down)
    QUALIFY row_number() OVER (
        PARTITION BY doc_id ORDER BY logical_date DESC, retrieved_at DESC, document_version_id DESC
    ) = 1
),
versions AS (
    SELECT c.* EXCLUDE (nth_copy, retrieved_before), l.doc_id IS NOT NULL AS is_current
    FROM copies AS c
    LEFT JOIN latest AS l ON l.doc_id = c.doc_id AND l.document_version_id = c.document_version_id
    WHERE c.nth_copy = 1
)
SELECT
    *,
    first_value(text_sha256) OVER (
        PARTITION BY document_version_id ORDER BY is_current DESC, logical_date, retrieved_at, doc_id
    ) AS published_text_sha256
FROM versions
