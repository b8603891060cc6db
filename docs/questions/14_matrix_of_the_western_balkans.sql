-- Question: Which of the six partners of the Western Balkans were at which dated meeting?
-- Grain: one meeting in whose circle one of the six is.
-- Caveats: n = named, g = only through a group, - = not named, empty = not of the circle of the meeting.
SELECT
    matrix.start_on,
    matrix.place,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'AL') AS AL,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'BA') AS BA,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'ME') AS ME,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'MK') AS MK,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'RS') AS RS,
    max(presence_letter) FILTER (WHERE matrix.country_code = 'XK') AS XK
FROM (
    SELECT *, CASE presence WHEN 'named' THEN 'n' WHEN 'collective' THEN 'g' ELSE '-' END AS presence_letter
    FROM v_participation_matrix
) AS matrix
JOIN dim_country AS country USING (country_code)
WHERE country.is_wb6 AND matrix.start_on IS NOT NULL
GROUP BY matrix.event_id, matrix.start_on, matrix.place
ORDER BY matrix.start_on, matrix.place NULLS LAST
