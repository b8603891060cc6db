-- The topics of each current version. Two documents of the same bytes and text are one version, and tell them once.
SELECT
    v.published_version_id AS document_version_id, t.topic, t.sentence_id, t.start, t."end", t.text AS quote, t.n_words,
    t.rule_id, t.rules_hash, t.confidence
FROM extracted.topics AS t
JOIN stage.version AS v USING (doc_id, document_version_id)
WHERE v.is_published AND v.is_current
