-- Question: How many events does each project have, and who funds it?
-- Grain: one project and one funder; a project without a known funder is one row.
-- Caveats: Every funder of a project is counted with all of its events: sum over projects, not over rows.
SELECT
    project.name AS project,
    coalesce(nullif(organisation.name, 'unknown'), nullif(country.name, 'unknown')) AS funder,
    project.n_events,
    string_agg(DISTINCT event.event_type, ', ' ORDER BY event.event_type) AS event_types,
    min(event.start_on) AS first_on,
    max(event.end_on) AS last_on
FROM dim_project AS project
LEFT JOIN fact_funding AS funding
    ON funding.project_id = project.project_id AND funding.relation_type = 'project_funding'
LEFT JOIN dim_organisation AS organisation USING (organisation_id)
LEFT JOIN dim_country AS country ON country.country_code = funding.country_code
LEFT JOIN fact_event AS event ON event.project_id = project.project_id
WHERE project.project_id <> 'ent_unknown'
GROUP BY ALL
ORDER BY project, funder NULLS LAST
