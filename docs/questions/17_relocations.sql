-- Question: Who is to be moved from where to where, how many, and has it happened?
-- Grain: one relocation or return and one number of people; without a number one row.
-- Caveats: A plan is a plan: filter on status before adding.
SELECT
    event.event_type,
    event.status,
    event.start_on,
    string_agg(DISTINCT party.party_name, ', ' ORDER BY party.party_name) FILTER (WHERE party.role = 'from') AS moved_from,
    string_agg(DISTINCT party.party_name, ', ' ORDER BY party.party_name) FILTER (WHERE party.role = 'to') AS moved_to,
    quantity.value_min,
    quantity.value_max,
    quantity.qualifier
FROM fact_event AS event
LEFT JOIN bridge_event_party AS party USING (event_id)
LEFT JOIN fact_quantity AS quantity ON quantity.event_id = event.event_id AND quantity.unit = 'people'
WHERE event.event_type IN ('relocation', 'return_operation')
GROUP BY
    event.event_id, event.event_type, event.status, event.start_on,
    quantity.quantity_id, quantity.value_min, quantity.value_max, quantity.qualifier
ORDER BY event.event_type, event.start_on NULLS LAST, moved_to, quantity.value_min
