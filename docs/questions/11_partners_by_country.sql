-- Question: With which countries does each country share events, and how many?
-- Grain: one pair of countries.
-- Caveats: Groups of countries are not expanded. Parties of one event need not have dealt with each other.
SELECT
    country_a,
    country_b,
    count(DISTINCT event_id) AS n_events,
    string_agg(DISTINCT event_type, ', ' ORDER BY event_type) AS event_types
FROM v_dyad
WHERE status IN ('occurred', 'background') AND polarity = 'affirmed'
GROUP BY country_a, country_b
ORDER BY n_events DESC, country_a, country_b
