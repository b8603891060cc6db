-- stage.role_spell: who held which office when, from documents and from the table of office holders. Its ids are made of
-- person, office, organisation, country, basis and first day.
WITH organisations AS (
    -- The organisation of an office: by its row of the reference tables, else by a name that only one organisation bears.
    SELECT reference_id AS word, min(entity_id) AS entity_id
    FROM stage.entity
    WHERE is_organisation AND reference_id IS NOT NULL
    GROUP BY reference_id
    UNION ALL
    SELECT name, min(entity_id)
    FROM stage.entity
    WHERE is_organisation
    GROUP BY name
    HAVING count(*) = 1
),
attested AS (
    SELECT
        em.entity_id AS person_id, x.office, coalesce(o.entity_id, n.entity_id, 'ent_unknown') AS organisation_id,
        coalesce(x.country_code, 'ZZ') AS country_code, m.doc_id, d.published_on
    FROM stage.mention AS m
    JOIN extracted.mentions AS x USING (mention_id, doc_id, document_version_id)
    JOIN resolved.entity_mentions AS em USING (mention_id, doc_id)
    JOIN documents.documents AS d USING (doc_id, document_version_id)
    LEFT JOIN organisations AS o ON o.word = x.affiliation_reference_id
    LEFT JOIN organisations AS n ON n.word = x.affiliation
    WHERE m.is_current AND m.kind = 'person' AND x.office IS NOT NULL
)
SELECT
    a.person_id, min(a.office) AS office, a.organisation_id,
    CASE WHEN s.is_international THEN 'ZZ' ELSE coalesce(c.country_code, 'ZZ') END AS country_code,
    CAST(NULL AS DATE) AS valid_from_on, CAST(NULL AS DATE) AS valid_to_on,
    min(a.published_on) AS first_attested_on, max(a.published_on) AS last_attested_on,
    CAST(count(DISTINCT a.doc_id) AS INTEGER) AS n_documents, 'text' AS basis, CAST(NULL AS VARCHAR) AS source
FROM attested AS a
JOIN curated.dim_person AS p USING (person_id)
LEFT JOIN stage.entity AS s ON s.entity_id = a.organisation_id
LEFT JOIN curated.dim_country AS c ON c.country_code = a.country_code
GROUP BY
    a.person_id, lower(a.office), a.organisation_id,
    CASE WHEN s.is_international THEN 'ZZ' ELSE coalesce(c.country_code, 'ZZ') END
UNION ALL
SELECT
    p.person_id, h.office, coalesce(o.entity_id, 'ent_unknown'), coalesce(c.country_code, 'ZZ'),
    h.valid_from_on, h.valid_to_on, NULL, NULL, 0, 'reference', h.source
FROM reference.office_holders AS h
JOIN (
    SELECT entity_id AS person_id, strip_accents(lower(name)) AS spelling FROM stage.person
    UNION
    SELECT a.entity_id, strip_accents(lower(a.alias))
    FROM resolved.entity_aliases AS a
    JOIN stage.person AS s USING (entity_id)
) AS p USING (spelling)
LEFT JOIN organisations AS o ON o.word = h.organisation_id
LEFT JOIN curated.dim_country AS c ON c.country_code = h.country_code
GROUP BY ALL
