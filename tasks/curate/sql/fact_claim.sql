-- Claims of current versions, those whose values lost included, and any claim of an older version that a published fact
-- still rests on: evidence without its claim could not be followed.
WITH used AS (
    SELECT claim_id, doc_id FROM resolved.event_claims
    UNION
    SELECT claim_id, doc_id FROM resolved.relation_claims
)
SELECT
    c.claim_id, c.published_version_id AS document_version_id, c.sentence_id, f.event_id, c.claim_type, c.status,
    c.polarity, c.zone, c.trigger_text, c.start, c."end", c.quote, c.date_start AS start_on, c.date_end AS end_on,
    c.date_precision, c.date_verbatim, c.place_name, c.country_code, c.rule_id, c.rules_hash, c.confidence
FROM stage.claim AS c
LEFT JOIN used AS u USING (claim_id, doc_id)
LEFT JOIN resolved.event_claims AS ec USING (claim_id, doc_id)
LEFT JOIN curated.fact_event AS f USING (event_id)
WHERE c.is_current OR u.claim_id IS NOT NULL
