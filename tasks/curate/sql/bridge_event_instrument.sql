-- A row whose event or instrument a gate has refused is left out; report_losses counts it.
SELECT i.event_id, i.entity_id AS instrument_id, i.basis, i.claim_id
FROM resolved.event_instruments AS i
JOIN resolved.events AS v USING (event_id)
JOIN curated.dim_instrument AS d ON d.instrument_id = i.entity_id
