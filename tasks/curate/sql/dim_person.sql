-- Staff of European and international bodies hold an office of no country, so the office's country is unknown for them.
SELECT
    p.entity_id AS person_id, p.name, p.office,
    CASE WHEN o.is_organisation THEN o.entity_id ELSE 'ent_unknown' END AS organisation_id,
    CASE WHEN o.is_international THEN 'ZZ' ELSE p.country_code END AS country_code,
    p.aliases, p.n_documents
FROM stage.entity AS p
LEFT JOIN stage.entity AS o ON o.entity_id = p.affiliation_entity_id
WHERE p.kind = 'person'
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 'ent_unknown', 'ZZ', NULL, 0
