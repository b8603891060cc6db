-- The topics of each current version, each once: two documents of the same bytes and text are one version, and a version
-- that was archived again after another one had taken its place stands in two files.
SELECT
    v.published_version_id AS document_version_id, t.topic, t.sentence_id, t.start, t."end", t.text AS quote, t.n_words,
    t.rule_id, t.rules_hash, t.confidence
FROM extracted.topics AS t
JOIN stage.version AS v USING (doc_id, document_version_id)
WHERE v.is_published AND v.is_current
QUALIFY row_number() OVER (
    PARTITION BY v.published_version_id, t.topic
    ORDER BY t.start, t."end", t.doc_id, t.rule_id, t.rules_hash, t.confidence DESC
) = 1
