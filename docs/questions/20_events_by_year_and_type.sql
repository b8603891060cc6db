-- Question: How many events took place in each year, by type?
-- Grain: one year and one type; the unknown year is a row as well.
-- Caveats: What is planned, cancelled or denied is not counted. Recalled events are, so early years are incomplete.
SELECT day.year, event.event_type, count(*) AS n_events, count(DISTINCT nullif(event.country_code, 'ZZ')) AS n_countries
FROM fact_event AS event
JOIN dim_date AS day ON day.date_key = event.start_date_key
WHERE event.status IN ('occurred', 'background') AND event.polarity = 'affirmed'
GROUP BY day.year, event.event_type
ORDER BY day.year NULLS LAST, event.event_type
