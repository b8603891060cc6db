-- Every passage of one document, or of one version of it, that a published fact rests on.
SELECT
    evidence.evidence_role, evidence.quote, evidence.start, evidence."end", evidence.sentence_id,
    evidence.evidence_id, evidence.fact_id, evidence.fact_table,
    document.title, document.url, document.publisher, document.published_on, document.retrieved_at,
    document.source_id, document.external_id, document.document_version_id, document.body_sha256
FROM dim_document AS document
LEFT JOIN bridge_fact_evidence AS evidence USING (document_version_id)
WHERE document.doc_id = ? OR document.document_version_id = ?
ORDER BY document.document_version_id, evidence.start, evidence.fact_id
