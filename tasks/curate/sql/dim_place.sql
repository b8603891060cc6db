SELECT entity_id AS place_id, name, subtype AS kind, country_code, reference_id
FROM stage.entity
WHERE kind = 'place'
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 'ZZ', NULL
