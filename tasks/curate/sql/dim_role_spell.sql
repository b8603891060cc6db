SELECT
    id AS role_spell_id, person_id, office, organisation_id, country_code, valid_from_on, valid_to_on,
    first_attested_on, last_attested_on, n_documents, basis, source
FROM stage.role_spell
UNION ALL
SELECT 'rsp_unknown', 'ent_unknown', 'unknown', 'ent_unknown', 'ZZ', NULL, NULL, NULL, NULL, 0, 'reference', NULL
