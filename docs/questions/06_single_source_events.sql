-- Question: Which dated events that occurred rest on one source only, the least certain first?
-- Grain: one event.
-- Caveats: Republications of one announcement count as one source. Confidence is that of the rules, not of the source.
SELECT event_type, start_on, end_on, place, country, confidence, title
FROM v_event_flat
WHERE status = 'occurred' AND start_on IS NOT NULL AND n_independent_sources = 1
ORDER BY confidence, start_on, event_type, title
