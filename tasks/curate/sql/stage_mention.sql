-- stage.mention: each mention once, where it stands in the latest version that has it.
--
-- A mention keeps its id as long as its sentence stands, so it lies in many versions of a document, and twice in one
-- that was read through two sources.
SELECT
    m.mention_id, m.doc_id, m.document_version_id, m.sentence_id, m.kind, m.start, m."end", m.text, m.zone,
    m.rule_id, m.rules_hash, m.confidence,
    v.published_version_id, v.is_current
FROM extracted.mentions AS m
JOIN stage.version AS v USING (doc_id, document_version_id)
QUALIFY row_number() OVER (
    PARTITION BY m.mention_id, m.doc_id
    ORDER BY
        v.is_current DESC, v.logical_date DESC, v.retrieved_at DESC, m.document_version_id DESC,
        m.start, m."end", m.rule_id, m.rules_hash
) = 1
