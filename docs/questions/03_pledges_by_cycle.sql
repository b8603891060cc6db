-- Question: What was pledged for which cycle, how is the number hedged, and is it the latest revision?
-- Grain: one pledge.
-- Caveats: A pledge and the movement it promises are two events: sum over one event type only. A derived cycle is the
--   year of the event, not one that the text names.
SELECT cycle, cycle_basis, event_type, pledger, kind, amount, status, pledged_on, is_latest
FROM v_pledges
ORDER BY cycle NULLS LAST, event_type, pledger NULLS LAST, amount NULLS LAST
