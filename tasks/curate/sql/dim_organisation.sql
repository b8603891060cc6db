-- Organisations, and the instruments and projects that pay or carry out like one (see stage.entity).
SELECT
    entity_id AS organisation_id, name,
    CASE WHEN kind = 'organisation' THEN subtype WHEN is_funder THEN 'fund' END AS kind,
    country_code, reference_id, aliases, n_documents
FROM stage.entity
WHERE is_organisation
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 'ZZ', NULL, NULL, 0
