-- A state that pays stands under its country, everybody else under an organisation; whoever is neither (a group of
-- countries, a person) stays unknown here and is named by the evidence.
SELECT
    r.relation_id, r.relation_type,
    CASE WHEN s.is_organisation THEN s.entity_id ELSE 'ent_unknown' END AS organisation_id,
    CASE
        WHEN s.kind = 'territory' OR (s.kind = 'organisation' AND s.subtype = 'government') THEN s.country_code
        ELSE 'ZZ'
    END AS country_code,
    coalesce(p.project_id, 'ent_unknown') AS project_id,
    r.n_documents, r.confidence
FROM resolved.relations AS r
LEFT JOIN stage.entity AS s ON s.entity_id = r.subject_entity_id
LEFT JOIN curated.dim_project AS p ON p.project_id = r.object_entity_id
