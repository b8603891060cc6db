WITH lone_instruments AS (
    SELECT event_id, min(instrument_id) AS instrument_id
    FROM curated.bridge_event_instrument
    GROUP BY event_id
    HAVING count(*) = 1
)
SELECT
    e.event_id, e.event_type, e.status, e.polarity,
    date_key(e.start_on) AS start_date_key, date_key(e.end_on) AS end_date_key, e.start_on, e.end_on,
    e.date_precision, e.date_verbatim, e.date_basis,
    coalesce(p.place_id, 'ent_unknown') AS place_id, e.place_basis,
    coalesce(c.country_code, 'ZZ') AS country_code, e.country_basis,
    coalesce(i.instrument_id, 'ent_unknown') AS instrument_id,
    coalesce(j.project_id, 'ent_unknown') AS project_id,
    e.n_claims, e.n_documents, e.n_independent_sources, e.confidence, e.is_conflicting, n.note AS correction
FROM resolved.events AS e
LEFT JOIN curated.dim_place AS p ON p.place_id = e.place_entity_id
LEFT JOIN curated.dim_country AS c ON c.country_code = e.country_code
LEFT JOIN lone_instruments AS i USING (event_id)
LEFT JOIN context.corrected AS n ON n.id = e.event_id
LEFT JOIN curated.dim_project AS j ON j.project_id = e.project_entity_id
