-- Every mention of one person, organisation, place, instrument, project or group of countries.
SELECT
    'primary' AS evidence_role, mention.text AS quote, mention.start, mention."end", mention.sentence_id,
    mention.mention_id AS evidence_id, mention.rule_id, mention.rules_hash, mention.confidence,
    mention.kind, mention.zone,
    document.title, document.url, document.publisher, document.published_on, document.retrieved_at,
    document.source_id, document.external_id, document.document_version_id, document.body_sha256
FROM fact_mention AS mention
JOIN dim_document AS document USING (document_version_id)
WHERE mention.entity_id = ?
ORDER BY document.published_on, document.document_version_id, mention.start
