-- Question: Which events are given different dates, which one is published, and do the others contradict it?
-- Grain: one event and one date that a document gives for it.
-- Caveats: A coarser date that holds the published one ("in May") does not contradict it. v_conflicts lists places,
--   countries and outcomes as well, with the rule that chose the value.
WITH given AS (
    SELECT
        claim.event_id,
        claim.start_on,
        claim.end_on,
        claim.date_precision,
        count(DISTINCT claim.document_version_id) AS n_documents
    FROM fact_claim AS claim
    WHERE claim.event_id IS NOT NULL AND claim.start_on IS NOT NULL
    GROUP BY claim.event_id, claim.start_on, claim.end_on, claim.date_precision
    QUALIFY count(*) OVER (PARTITION BY claim.event_id) > 1
)
SELECT
    event.event_type,
    event.status,
    given.start_on,
    given.end_on,
    given.date_precision,
    given.n_documents,
    given.start_on = event.start_on AND given.end_on = event.end_on AS is_published,
    given.start_on > event.end_on OR given.end_on < event.start_on AS contradicts
FROM given
JOIN fact_event AS event USING (event_id)
ORDER BY event.start_on, event.event_type, event.event_id, given.start_on, given.end_on
