-- Events never explode into pairs of countries: each party is one row, a group of countries too.
-- The country of a party is the one its dimension gives; a group has none.
SELECT
    p.event_id, p.entity_id AS party_id,
    CASE WHEN e.is_organisation THEN 'organisation' ELSE e.kind END AS party_kind,
    e.name AS party_name,
    CASE WHEN e.kind = 'region' THEN 'ZZ' ELSE coalesce(d.country_code, e.country_code) END AS country_code,
    d.country_basis, p.role, p.basis, p.claim_id
FROM resolved.event_parties AS p
JOIN curated.fact_event AS f USING (event_id)
JOIN stage.entity AS e USING (entity_id)
LEFT JOIN curated.dim_person AS d ON d.person_id = p.entity_id
WHERE e.kind <> 'place'
