-- stage.claim: each claim once, where it stands in the latest version that has it; see stage.mention.
SELECT
    c.claim_id, c.doc_id, c.document_version_id, c.sentence_id, c.claim_type, c.status, c.polarity, c.zone,
    c.trigger_text, c.start, c."end", c.quote, c.date_start, c.date_end, c.date_precision, c.date_verbatim,
    c.place_name, c.country_code, c.rule_id, c.rules_hash, c.confidence,
    v.published_version_id, v.is_current
FROM extracted.claims AS c
JOIN stage.version AS v USING (doc_id, document_version_id)
QUALIFY row_number() OVER (
    PARTITION BY c.claim_id, c.doc_id
    ORDER BY
        v.is_current DESC, v.logical_date DESC, v.retrieved_at DESC, c.document_version_id DESC,
        c.start, c."end", c.rule_id, c.rules_hash
) = 1
