SELECT
    q.quantity_id, f.event_id, coalesce(m.published_version_id, 'ver_unknown') AS document_version_id,
    q.value_min, q.value_max, q.unit, q.currency, q.qualifier, q.counted, q.n_documents, q.confidence,
    n.note AS correction
FROM resolved.quantities AS q
LEFT JOIN curated.fact_event AS f USING (event_id)
LEFT JOIN context.corrected AS n ON n.id = q.quantity_id
LEFT JOIN stage.mention AS m ON m.mention_id = q.mention_id AND m.doc_id = q.doc_id
