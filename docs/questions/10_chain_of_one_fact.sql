-- Question: What does the number 58 rest on: which sentence of which document, found by which rule, from which bytes?
-- Grain: one passage that supports the fact.
-- Caveats: `communique explain ID` shows the same chain with the fetches. Offsets count code points of document_text.
SELECT
    quantity.value_min,
    quantity.qualifier,
    event.event_type,
    event.status,
    evidence.evidence_role,
    evidence.quote,
    evidence.is_verbatim,
    evidence.rule_id,
    evidence.title,
    evidence.url,
    evidence.body_sha256
FROM fact_quantity AS quantity
JOIN fact_event AS event USING (event_id)
JOIN v_evidence AS evidence ON evidence.fact_id = quantity.quantity_id
WHERE quantity.value_min = 58
ORDER BY evidence.quote_start
