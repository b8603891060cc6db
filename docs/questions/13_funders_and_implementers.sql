-- Question: Who funds and who carries out each project, and how many documents say so?
-- Grain: one organisation or country in one capacity of one project.
-- Caveats: What a document calls a partner without saying what it does is not here.
SELECT
    project.name AS project,
    funding.relation_type,
    coalesce(nullif(organisation.name, 'unknown'), nullif(country.name, 'unknown')) AS who,
    organisation.kind,
    funding.n_documents,
    evidence.quote
FROM fact_funding AS funding
JOIN dim_project AS project USING (project_id)
JOIN dim_organisation AS organisation USING (organisation_id)
JOIN dim_country AS country ON country.country_code = funding.country_code
JOIN bridge_fact_evidence AS evidence
    ON evidence.fact_id = funding.relation_id AND evidence.evidence_role = 'primary'
ORDER BY project.name, funding.relation_type, who
