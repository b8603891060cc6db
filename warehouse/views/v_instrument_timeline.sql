-- One row a step in the life of an instrument: order it by instrument_id, start_on and step_rank.
-- instrument_id: The instrument.
-- instrument: Its name.
-- kind: Kind of the codebook.
-- parties: ISO codes or names of its parties, separated by ` | `.
-- step: negotiated, proposed, signed, approved, adopted or in_force.
-- step_rank: Place of the step in the usual order.
-- status: Whether the step was taken, is planned or was called off.
-- start_on: First day.
-- end_on: Last day.
-- date_precision: How exactly the date is known.
-- basis: text where a claim names the instrument; derived for one bilateral instrument per partner.
-- is_furthest: True for the furthest step that was taken.
-- event_id: The event.
-- n_documents: Documents that tell it.
-- confidence: Probability that the event is right, 0 to 1.
SELECT
    step.instrument_id,
    instrument.name AS instrument,
    instrument.kind,
    instrument.parties,
    step.step,
    step.step_rank,
    step.status,
    step.start_on,
    step.end_on,
    step.date_precision,
    step.basis,
    step.is_furthest,
    step.event_id,
    event.n_documents,
    event.confidence
FROM fact_instrument_status AS step
JOIN dim_instrument AS instrument USING (instrument_id)
JOIN fact_event AS event USING (event_id)
