-- Question: Which planned events have a date that has passed without a report that they took place?
-- Grain: one planned event.
-- Caveats: Passed means before the newest publication in the release, not before today. A report matches if it has the
--   same type, a date that overlaps, and the same country, place or project. Silence is not proof of failure.
WITH newest AS (
    SELECT max(published_on) AS day_on FROM dim_document
)
SELECT planned.event_type, planned.start_on, planned.end_on, flat.place, flat.country, flat.parties, flat.title
FROM fact_event AS planned
JOIN v_event_flat AS flat USING (event_id)
CROSS JOIN newest
WHERE planned.status = 'planned'
    AND planned.end_on < newest.day_on
    AND NOT EXISTS (
        FROM fact_event AS realised
        WHERE realised.event_type = planned.event_type
            AND realised.status IN ('occurred', 'background')
            AND realised.start_on <= planned.end_on
            AND realised.end_on >= planned.start_on
            AND (
                (realised.country_code = planned.country_code AND planned.country_code <> 'ZZ')
                OR (realised.place_id = planned.place_id AND planned.place_id <> 'ent_unknown')
                OR (realised.project_id = planned.project_id AND planned.project_id <> 'ent_unknown')
            )
    )
ORDER BY planned.start_on, planned.event_type, flat.place
