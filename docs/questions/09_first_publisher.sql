-- Question: Who was first to publish each event that more than one document tells?
-- Grain: one event.
-- Caveats: By the day of publication; a document without one comes last. The publisher is the site where the page does
--   not name one.
WITH tellers AS (
    SELECT DISTINCT
        evidence.fact_id AS event_id,
        document.document_version_id,
        document.published_on,
        coalesce(document.publisher, regexp_extract(document.url, '^https?://([^/]+)', 1)) AS publisher
    FROM bridge_fact_evidence AS evidence
    JOIN dim_document AS document USING (document_version_id)
    WHERE evidence.fact_table = 'fact_event'
)
SELECT
    event.event_type,
    event.start_on,
    first(tellers.publisher ORDER BY tellers.published_on NULLS LAST, tellers.publisher) AS first_publisher,
    min(tellers.published_on) AS first_published_on,
    count(*) AS n_documents,
    event.n_independent_sources
FROM fact_event AS event
JOIN tellers USING (event_id)
GROUP BY event.event_id, event.event_type, event.start_on, event.n_independent_sources
HAVING count(*) > 1
ORDER BY event.start_on NULLS LAST, event.event_type
