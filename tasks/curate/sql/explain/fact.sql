-- Every passage that supports one event, quantity or funding relation.
SELECT
    evidence.evidence_role, evidence.quote, evidence.start, evidence."end", evidence.sentence_id,
    evidence.evidence_id,
    coalesce(claim.rule_id, mention.rule_id) AS rule_id,
    coalesce(claim.rules_hash, mention.rules_hash) AS rules_hash,
    coalesce(claim.confidence, mention.confidence) AS confidence,
    claim.status, claim.zone, claim.trigger_text, claim.start_on, claim.end_on, claim.date_precision,
    claim.date_verbatim, claim.place_name, claim.country_code,
    document.title, document.url, document.publisher, document.published_on, document.retrieved_at,
    document.source_id, document.external_id, document.document_version_id, document.body_sha256
FROM bridge_fact_evidence AS evidence
JOIN dim_document AS document USING (document_version_id)
LEFT JOIN fact_claim AS claim
    ON claim.claim_id = evidence.evidence_id AND claim.document_version_id = evidence.document_version_id
LEFT JOIN fact_mention AS mention
    ON mention.mention_id = evidence.evidence_id AND mention.document_version_id = evidence.document_version_id
WHERE evidence.fact_id = ?
ORDER BY evidence.evidence_role = 'primary' DESC, document.published_on, document.document_version_id, evidence.start
