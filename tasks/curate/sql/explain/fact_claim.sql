-- The passage of one claim, in each document version that still has it.
SELECT
    'primary' AS evidence_role, claim.quote, claim.start, claim."end", claim.sentence_id,
    claim.claim_id AS evidence_id, claim.rule_id, claim.rules_hash, claim.confidence, claim.status, claim.zone,
    claim.trigger_text, claim.start_on, claim.end_on, claim.date_precision, claim.date_verbatim, claim.place_name,
    claim.country_code,
    document.title, document.url, document.publisher, document.published_on, document.retrieved_at,
    document.source_id, document.external_id, document.document_version_id, document.body_sha256
FROM fact_claim AS claim
JOIN dim_document AS document USING (document_version_id)
WHERE claim.claim_id = ?
ORDER BY document.document_version_id
