-- What each rule is worth: those that were measured, and those that found something in this release.
WITH found AS (
    SELECT 'mention' AS kind, rule_id FROM curated.fact_mention
    UNION ALL
    SELECT 'claim', rule_id FROM curated.fact_claim
    UNION ALL
    SELECT 'topic', rule_id FROM curated.bridge_document_topic
    UNION ALL
    SELECT kind, name FROM reference.reliability WHERE level = 'rule'
),
used AS (
    SELECT rule_id, min(kind) AS kind FROM found GROUP BY rule_id
)
SELECT
    used.rule_id, used.kind, split_part(used.rule_id, '.', 1) AS family,
    coalesce(own.n_judged, 0) AS n_judged, coalesce(own.n_right, 0) AS n_right,
    coalesce(own.value, family.value) AS reliability, own.low, own.high,
    CASE WHEN own.name IS NOT NULL THEN 'rule' WHEN family.name IS NOT NULL THEN 'family' ELSE 'prior' END AS basis
FROM used
LEFT JOIN reference.reliability AS own
    ON own.level = 'rule' AND own.kind = used.kind AND own.name = used.rule_id
LEFT JOIN reference.reliability AS family
    ON family.level = 'family' AND family.kind = used.kind AND family.name = split_part(used.rule_id, '.', 1)
UNION ALL
SELECT 'unknown', 'unknown', 'unknown', 0, 0, NULL, NULL, NULL, 'prior'
