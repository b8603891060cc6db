-- stage.version: stage.reading with the published version each version of a document stands under.
--
-- stage.other_reading holds the ids of the rare second readings: the same bytes, decoded to another text because two
-- servers declare two encodings. Their offsets hold in their own text only, so they are published as versions of their
-- own.
WITH named AS (
    SELECT
        r.* EXCLUDE (published_text_sha256),
        coalesce(o.published_version_id, r.document_version_id) AS published_version_id
    FROM stage.reading AS r
    LEFT JOIN stage.other_reading AS o USING (document_version_id, text_sha256)
),
ranked AS (
    SELECT
        *,
        row_number() OVER by_capture = 1 AS is_published,
        first_value(doc_id) OVER by_capture AS representative_doc_id
    FROM named
    WINDOW by_capture AS (
        PARTITION BY published_version_id ORDER BY is_current DESC, logical_date, retrieved_at, doc_id
    )
)
-- The document under which readers find this one: itself where any version of it is published.
SELECT
    *,
    CASE
        WHEN bool_or(is_published) OVER (PARTITION BY doc_id) THEN doc_id
        ELSE first_value(representative_doc_id) OVER (
            PARTITION BY doc_id ORDER BY is_current DESC, document_version_id
        )
    END AS published_doc_id
FROM ranked
