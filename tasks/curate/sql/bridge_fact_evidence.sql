-- Every published fact with every passage that says it: the quote is text[start:end] of the published version.
WITH sentences AS (
    -- A version read through two sources has each sentence twice.
    SELECT DISTINCT doc_id, document_version_id, sentence_id, start, "end", text
    FROM documents.sentences
)
SELECT
    ec.event_id AS fact_id, 'fact_event' AS fact_table, c.claim_id AS evidence_id,
    c.published_version_id AS document_version_id, c.sentence_id, c.start, c."end", c.quote, ec.evidence_role
FROM resolved.event_claims AS ec
JOIN curated.fact_event AS f USING (event_id)
JOIN stage.claim AS c USING (claim_id, doc_id)
UNION ALL
SELECT
    rc.relation_id, 'fact_funding', c.claim_id, c.published_version_id, c.sentence_id, c.start, c."end", c.quote,
    rc.evidence_role
FROM resolved.relation_claims AS rc
JOIN curated.fact_funding AS f USING (relation_id)
JOIN stage.claim AS c USING (claim_id, doc_id)
UNION ALL
-- A bare number proves nothing: its sentence is quoted. Where it does not lie within one, the number alone is.
SELECT
    qm.quantity_id, 'fact_quantity', m.mention_id, m.published_version_id, m.sentence_id,
    coalesce(s.start, m.start), coalesce(s."end", m."end"), coalesce(s.text, m.text),
    CASE WHEN q.mention_id = m.mention_id THEN 'primary' ELSE 'corroborating' END
FROM resolved.quantity_mentions AS qm
JOIN resolved.quantities AS q USING (quantity_id)
JOIN stage.mention AS m ON m.mention_id = qm.mention_id AND m.doc_id = qm.doc_id
LEFT JOIN sentences AS s
    ON s.doc_id = m.doc_id
    AND s.document_version_id = m.document_version_id
    AND s.sentence_id = m.sentence_id
    AND s.start <= m.start
    AND s."end" >= m."end"
