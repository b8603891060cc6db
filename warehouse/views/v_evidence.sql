-- One row a fact and a passage that supports it: the way from any published fact to the words, the document and its bytes.
-- fact_table: Table of the fact.
-- fact_id: Its key there: event_id, quantity_id or relation_id.
-- evidence_role: primary, corroborating or contradicting.
-- quote: The passage.
-- quote_start: Offset of its first code point in the document's text.
-- quote_end: Offset after its last code point.
-- is_verbatim: True if the document's text has exactly this quote at these offsets; false is a defect.
-- evidence_id: Claim or mention that says it.
-- sentence_id: Sentence it stands in.
-- rule_id: Rule that found it.
-- rules_hash: Hash of all rules and knowledge in force when it was found.
-- confidence: Probability that the claim or mention is right, 0 to 1.
-- doc_id: Document, over all its versions.
-- document_version_id: Version of the document.
-- source_id: Source it came from.
-- publisher: Publisher as the page names it.
-- title: Headline.
-- language: Language of the document.
-- url: Address of the page.
-- published_on: Day of publication.
-- retrieved_at: When the bytes were retrieved (UTC).
-- body_sha256: sha-256 of the archived bytes.
-- text_sha256: sha-256 of the clean text.
WITH rules AS (
    SELECT claim_id AS evidence_id, document_version_id, rule_id, rules_hash, confidence FROM fact_claim
    UNION ALL
    SELECT mention_id, document_version_id, rule_id, rules_hash, confidence FROM fact_mention
)
SELECT
    evidence.fact_table,
    evidence.fact_id,
    evidence.evidence_role,
    evidence.quote,
    evidence."start" AS quote_start,
    evidence."end" AS quote_end,
    -- DuckDB's substring counts code points from 1; a document without a text is no proof.
    coalesce(
        substring(content.text, evidence."start" + 1, evidence."end" - evidence."start") = evidence.quote, false
    ) AS is_verbatim,
    evidence.evidence_id,
    evidence.sentence_id,
    rules.rule_id,
    rules.rules_hash,
    rules.confidence,
    document.doc_id,
    evidence.document_version_id,
    document.source_id,
    document.publisher,
    document.title,
    document.language,
    document.url,
    document.published_on,
    document.retrieved_at,
    document.body_sha256,
    document.text_sha256
FROM bridge_fact_evidence AS evidence
LEFT JOIN dim_document AS document USING (document_version_id)
LEFT JOIN document_text AS content USING (document_version_id)
LEFT JOIN rules USING (evidence_id, document_version_id)
