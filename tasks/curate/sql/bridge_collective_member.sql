-- Who belongs to a named group of countries, from seeds/reference/regions.csv: for groups that documents name and whose
-- membership is agreed. A group stays a group in every fact; only views expand it, by the membership of the day.
SELECT c.collective_id, m.country_code, min(m.valid_from_on) AS valid_from_on, CAST(NULL AS DATE) AS valid_to_on
FROM curated.dim_collective AS c
JOIN reference.collective_members AS m USING (reference_id)
JOIN curated.dim_country AS d ON d.country_code = m.country_code
GROUP BY c.collective_id, m.country_code
