-- Question: Which sums of money are told, of which events, and how are they hedged?
-- Grain: one sum.
-- Caveats: Sums of several currencies must not be added, nor those of a pledge and of the payment it promises.
SELECT
    quantity.currency,
    quantity.value_min,
    quantity.value_max,
    quantity.qualifier,
    event.event_type,
    event.status,
    document.title
FROM fact_quantity AS quantity
LEFT JOIN fact_event AS event USING (event_id)
JOIN dim_document AS document ON document.document_version_id = quantity.document_version_id
WHERE quantity.currency IS NOT NULL
ORDER BY quantity.currency, quantity.value_min DESC
