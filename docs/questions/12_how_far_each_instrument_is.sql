-- Question: How far has each instrument come: the furthest step that was taken, and what is planned next?
-- Grain: one instrument that any step is told of.
-- Caveats: A step that no document tells is missing, not untaken.
SELECT
    instrument,
    parties,
    max(step) FILTER (WHERE is_furthest) AS furthest_step,
    max(start_on) FILTER (WHERE is_furthest) AS since_on,
    string_agg(DISTINCT step, ', ' ORDER BY step) FILTER (WHERE status = 'planned') AS planned
FROM v_instrument_timeline
GROUP BY instrument_id, instrument, parties
ORDER BY instrument
