-- Question: How many days lie between an event and the first document that reports it?
-- Grain: one event that is dated to the day and told by a dated document.
-- Caveats: Counted from the last day of the event. A negative number is an event announced before it took place.
SELECT
    event.event_type,
    event.status,
    event.end_on,
    min(document.published_on) AS first_published_on,
    min(document.published_on) - event.end_on AS days
FROM fact_event AS event
JOIN bridge_fact_evidence AS evidence ON evidence.fact_id = event.event_id
JOIN dim_document AS document USING (document_version_id)
WHERE event.date_precision = 'day' AND document.published_on IS NOT NULL
GROUP BY event.event_id, event.event_type, event.status, event.end_on
ORDER BY days, event.end_on, event.event_type
