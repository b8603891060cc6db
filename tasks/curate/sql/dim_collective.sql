-- Named groups of countries stay groups: nothing here says who belongs to them.
SELECT entity_id AS collective_id, name, reference_id, n_documents
FROM stage.entity
WHERE kind = 'region'
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 0
