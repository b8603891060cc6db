SELECT
    m.mention_id, m.published_version_id AS document_version_id, m.sentence_id, m.kind, e.entity_id,
    m.start, m."end", m.text, m.zone, m.rule_id, m.rules_hash, m.confidence
FROM stage.mention AS m
LEFT JOIN resolved.entity_mentions AS em USING (mention_id, doc_id)
LEFT JOIN stage.entity AS e USING (entity_id)
WHERE m.is_current
