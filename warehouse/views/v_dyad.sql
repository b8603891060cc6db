-- One row an event and a pair of countries among its parties, the smaller code first. Groups of countries are not expanded.
-- An event of n countries is n(n-1)/2 rows here: count events, not rows. Parties of one event need not be bound by one instrument: see v_instrument_timeline.
-- event_id: The event.
-- event_type: Type of the codebook.
-- status: occurred, background, planned or cancelled.
-- polarity: negated where the text says it did not happen.
-- start_on: First day.
-- country_code_a: One country.
-- country_a: Its English name.
-- roles_a: Its roles in the event, separated by commas; those of its organisations and persons count as its own.
-- country_code_b: The other country.
-- country_b: Its English name.
-- roles_b: Its roles.
-- confidence: Probability that the event is right, 0 to 1.
WITH sides AS (
    SELECT event_id, country_code, string_agg(DISTINCT role, ',' ORDER BY role) AS roles
    FROM bridge_event_party
    WHERE country_code <> 'ZZ'
    GROUP BY event_id, country_code
)
SELECT
    event.event_id,
    event.event_type,
    event.status,
    event.polarity,
    event.start_on,
    a.country_code AS country_code_a,
    country_a.name AS country_a,
    a.roles AS roles_a,
    b.country_code AS country_code_b,
    country_b.name AS country_b,
    b.roles AS roles_b,
    event.confidence
FROM fact_event AS event
JOIN sides AS a USING (event_id)
JOIN sides AS b ON b.event_id = a.event_id AND b.country_code > a.country_code
JOIN dim_country AS country_a ON country_a.country_code = a.country_code
JOIN dim_country AS country_b ON country_b.country_code = b.country_code
