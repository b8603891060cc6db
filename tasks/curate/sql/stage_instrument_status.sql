-- stage.instrument_status: each event that is a step in the life of an instrument; ids are made of instrument and event.
WITH steps AS (
    SELECT *
    FROM (VALUES
        ('negotiation', 'negotiated', 1), ('legislation_proposed', 'proposed', 2), ('agreement_signed', 'signed', 3),
        ('agreement_approved', 'approved', 4), ('legislation_adopted', 'adopted', 5),
        ('agreement_entered_into_force', 'in_force', 6)
    ) AS s (event_type, step, step_rank)
)
SELECT
    b.instrument_id, e.event_id, s.step, CAST(s.step_rank AS INTEGER) AS step_rank, e.status, e.polarity, e.start_on,
    e.end_on, e.date_precision, b.basis
FROM curated.bridge_event_instrument AS b
JOIN curated.fact_event AS e USING (event_id)
JOIN steps AS s USING (event_type)
