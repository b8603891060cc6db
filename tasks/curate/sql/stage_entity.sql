-- stage.entity: each entity with the country it is published under, its other spellings, and whether it acts.
WITH acts AS (
    SELECT subject_entity_id AS entity_id, relation_type = 'project_funding' AS is_funder
    FROM resolved.relations
    UNION ALL
    SELECT entity_id, role = 'funder' AS is_funder
    FROM resolved.event_parties
),
actors AS (
    SELECT entity_id, bool_or(is_funder) AS is_funder
    FROM acts
    GROUP BY entity_id
),
spellings AS (
    SELECT a.entity_id, string_agg(a.alias, ' | ' ORDER BY a.alias) AS aliases
    FROM resolved.entity_aliases AS a
    JOIN resolved.entities AS e USING (entity_id)
    WHERE a.alias <> e.name
    GROUP BY a.entity_id
),
kinds AS (
    SELECT
        e.*,
        coalesce(
            e.kind = 'organisation' AND e.subtype IN (
                'supranational', 'eu_institution', 'eu_agency', 'un_agency', 'intergovernmental', 'regional_initiative'
            ),
            false
        ) AS is_international
    FROM resolved.entities AS e
)
SELECT
    k.entity_id, k.kind, k.name, k.subtype, k.reference_id, k.office, k.affiliation_entity_id, k.n_documents,
    k.is_international, s.aliases,
    -- European and international bodies belong to no country, whatever the country of their seat.
    CASE WHEN k.is_international THEN 'ZZ' ELSE coalesce(c.country_code, 'ZZ') END AS country_code,
    -- A fund or programme may be known as an instrument or a project and still pay or carry out: then it is an
    -- organisation as well, or what it pays would have no payer.
    k.kind = 'organisation' OR (k.kind IN ('instrument', 'project') AND a.entity_id IS NOT NULL) AS is_organisation,
    coalesce(a.is_funder, false) AS is_funder
FROM kinds AS k
LEFT JOIN actors AS a USING (entity_id)
LEFT JOIN spellings AS s USING (entity_id)
LEFT JOIN curated.dim_country AS c ON c.country_code = k.country_code
