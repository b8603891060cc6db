-- Question: Who held which office when, and do documents or the table of office holders say so?
-- Grain: one person in one office for one time.
-- Caveats: Documents attest an office on their day; the table of office holders knows days on which somebody surely held
--   one: its first and last day may lie within the true term, and its last is no news of an end.
SELECT
    person.name,
    spell.office,
    nullif(spell.country_code, 'ZZ') AS country_code,
    spell.basis,
    coalesce(spell.valid_from_on, spell.first_attested_on) AS from_on,
    coalesce(spell.valid_to_on, spell.last_attested_on) AS to_on,
    spell.n_documents
FROM dim_role_spell AS spell
JOIN dim_person AS person USING (person_id)
WHERE spell.role_spell_id <> 'rsp_unknown'
ORDER BY person.name, from_on NULLS LAST, spell.office
