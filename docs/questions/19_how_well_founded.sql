-- Question: How well founded are the events of each type: sources, confidence, dates that the sentence does not give?
-- Grain: one event type.
-- Caveats: A date from the lead or from the day of publication is right less often than one in the sentence.
SELECT
    event_type,
    count(*) AS n_events,
    count(*) FILTER (WHERE n_independent_sources > 1) AS n_confirmed,
    round(avg(confidence), 2) AS mean_confidence,
    count(*) FILTER (WHERE date_basis = 'text') AS date_in_sentence,
    count(*) FILTER (WHERE date_basis <> 'text') AS date_filled_in,
    count(*) FILTER (WHERE start_on IS NULL) AS no_date
FROM fact_event
GROUP BY event_type
ORDER BY n_events DESC, event_type
