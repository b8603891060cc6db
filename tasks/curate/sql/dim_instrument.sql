WITH labels AS (
    -- A country stands under its code, whoever signs for it; every other party under its name.
    SELECT DISTINCT
        p.instrument_entity_id AS entity_id,
        CASE WHEN e.kind = 'territory' AND e.country_code <> 'ZZ' THEN e.country_code ELSE e.name END AS label
    FROM resolved.instrument_parties AS p
    JOIN stage.entity AS e ON e.entity_id = p.party_entity_id
),
parties AS (
    SELECT entity_id, string_agg(label, ' | ' ORDER BY label) AS parties, CAST(count(*) AS INTEGER) AS n_parties
    FROM labels
    GROUP BY entity_id
)
SELECT
    e.entity_id AS instrument_id, e.name, e.subtype AS kind,
    -- The number the reference table gives; for an act of the Union that is not in it, the number its title carries.
    -- (In the name of a strategy, 2021/2027 is a period.)
    coalesce(
        r.reference,
        nullif(regexp_extract(e.name, '\b(?:COM|SWD|JOIN|SEC) ?\(\d{4}\) ?\d{1,5}\b'), ''),
        CASE
            WHEN e.subtype LIKE 'eu_%' THEN coalesce(
                nullif(regexp_extract(e.name, '\b(?:19|20)\d{2}/\d{1,4}(?:/(?:EC|EEC|EU|JHA))?\b'), ''),
                nullif(regexp_extract(e.name, '\b\d{1,4}/(?:19|20)\d{2}\b'), '')
            )
        END
    ) AS reference,
    p.parties, coalesce(p.n_parties, 0) AS n_parties, e.reference_id, e.n_documents
FROM stage.entity AS e
LEFT JOIN parties AS p USING (entity_id)
LEFT JOIN reference.instruments AS r ON r.instrument_id = e.reference_id
WHERE e.kind = 'instrument'
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, NULL, NULL, 0, NULL, 0
