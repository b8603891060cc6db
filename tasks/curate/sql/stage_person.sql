-- stage.person: each person with the country of the office, and what says so.
--
-- Staff of European and international bodies hold an office of no country. Where no document gives the country, the
-- table of office holders may: the name (or an alias) is the same but for accents and capitals, the person held an office
-- on the day of every dated document that names the person, and all rows that fit are of one country.
WITH persons AS (
    SELECT
        p.entity_id, p.name, p.office, p.aliases, p.n_documents,
        CASE WHEN o.is_organisation THEN o.entity_id ELSE 'ent_unknown' END AS organisation_id,
        coalesce(o.is_international, false) AS is_international,
        CASE WHEN o.is_international THEN 'ZZ' ELSE p.country_code END AS country_code
    FROM stage.entity AS p
    LEFT JOIN stage.entity AS o ON o.entity_id = p.affiliation_entity_id
    WHERE p.kind = 'person'
),
named AS (
    SELECT em.entity_id, min(d.published_on) AS first_on, max(d.published_on) AS last_on
    FROM stage.mention AS m
    JOIN resolved.entity_mentions AS em USING (mention_id, doc_id)
    JOIN documents.documents AS d USING (doc_id, document_version_id)
    WHERE m.is_current AND m.kind = 'person' AND d.published_on IS NOT NULL
    GROUP BY em.entity_id
),
spellings AS (
    SELECT entity_id, strip_accents(lower(name)) AS spelling FROM persons
    UNION
    SELECT entity_id, strip_accents(lower(alias)) FROM resolved.entity_aliases
),
held AS (
    SELECT s.entity_id, min(h.country_code) AS country_code
    FROM spellings AS s
    JOIN named AS n USING (entity_id)
    JOIN reference.office_holders AS h
        ON h.spelling = s.spelling
        AND h.valid_from_on <= n.first_on
        AND coalesce(h.valid_to_on, n.last_on) >= n.last_on
    GROUP BY s.entity_id
    HAVING count(DISTINCT h.country_code) = 1
)
SELECT
    p.entity_id, p.name, p.office, p.organisation_id, p.aliases, p.n_documents,
    CASE
        WHEN p.country_code = 'ZZ' AND NOT p.is_international THEN coalesce(c.country_code, 'ZZ')
        ELSE p.country_code
    END AS country_code,
    CASE
        WHEN p.country_code <> 'ZZ' THEN 'text'
        WHEN NOT p.is_international AND c.country_code IS NOT NULL THEN 'reference'
    END AS country_basis
FROM persons AS p
LEFT JOIN held AS h USING (entity_id)
LEFT JOIN curated.dim_country AS c ON c.country_code = h.country_code AND c.country_code <> 'ZZ'
