-- Events a person should look at: those whose claims contradict each other, then the least certain, each with all of its
-- passages, from which it is told whether the event was answered on the same ground before.
WITH grounds AS (
    SELECT fact_id, string_agg(DISTINCT evidence_id || ' ' || quote, chr(10) ORDER BY evidence_id || ' ' || quote) AS passages
    FROM bridge_fact_evidence
    WHERE fact_table = 'fact_event'
    GROUP BY fact_id
)
SELECT
    flat.event_id, flat.event_type, flat.status, flat.start_on, flat.end_on, flat.place, flat.country_code,
    flat.parties, flat.confidence, flat.is_conflicting, flat.quote, flat.url, grounds.passages
FROM v_event_flat AS flat
JOIN grounds ON grounds.fact_id = flat.event_id
WHERE flat.is_conflicting OR flat.confidence < ?
ORDER BY flat.is_conflicting DESC, flat.confidence, flat.event_id
