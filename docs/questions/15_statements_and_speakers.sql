-- Question: Who issued which statement, in which capacity, and where does the country of the office come from?
-- Grain: one party to one statement.
-- Caveats: `reference` is the table of office holders, where the document lists a name without a country.
SELECT
    event.start_on,
    statement.speaker_name,
    statement.capacity,
    statement.form,
    nullif(statement.country_code, 'ZZ') AS country_code,
    person.country_basis
FROM fact_statement AS statement
JOIN fact_event AS event USING (event_id)
LEFT JOIN dim_person AS person ON person.person_id = statement.speaker_id
ORDER BY event.start_on, statement.speaker_name
