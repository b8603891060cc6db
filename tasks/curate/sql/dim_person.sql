SELECT entity_id AS person_id, name, office, organisation_id, country_code, country_basis, aliases, n_documents
FROM stage.person
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 'ent_unknown', 'ZZ', NULL, NULL, 0
