-- Question: Who attended each meeting that took place, and which countries of its circle were absent?
-- Grain: one meeting.
-- Caveats: Absent means that no document names the country; it may have been there. `through_group` attended as members
--   of a group of which the documents name no member. The circle of a meeting is its series (project) and the members of
--   the groups that attended; a meeting without either has no absentees.
SELECT
    start_on,
    place,
    series,
    string_agg(country, ', ' ORDER BY country) FILTER (WHERE presence = 'named') AS named,
    string_agg(country, ', ' ORDER BY country) FILTER (WHERE presence = 'collective') AS through_group,
    string_agg(country, ', ' ORDER BY country) FILTER (WHERE presence = 'absent') AS absent
FROM v_participation_matrix
WHERE status IN ('occurred', 'background')
GROUP BY event_id, start_on, place, series
ORDER BY start_on NULLS LAST, place NULLS LAST, named
