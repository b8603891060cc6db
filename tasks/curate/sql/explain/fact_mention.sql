-- The place of one mention, in each document version that still has it.
SELECT
    'primary' AS evidence_role, mention.text AS quote, mention.start, mention."end", mention.sentence_id,
    mention.mention_id AS evidence_id, mention.rule_id, mention.rules_hash, mention.confidence,
    mention.kind, mention.zone, mention.entity_id,
    document.title, document.url, document.publisher, document.published_on, document.retrieved_at,
    document.source_id, document.external_id, document.document_version_id, document.body_sha256
FROM fact_mention AS mention
JOIN dim_document AS document USING (document_version_id)
WHERE mention.mention_id = ?
ORDER BY document.document_version_id
