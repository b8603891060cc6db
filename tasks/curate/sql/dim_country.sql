-- Countries and territories of seeds/reference/territories.csv, with membership on the day of the newest document.
--
-- That day is the newest publication (of a document without one, the retrieval), never the clock: a rebuild next year
-- says the same. Without documents the last membership the table knows holds.
WITH newest AS (
    SELECT coalesce(max(coalesce(published_on, CAST(retrieved_at AS DATE))), DATE '9999-12-31') AS day_on
    FROM documents.documents
)
SELECT
    t.country_code, t.country_code3, t.name,
    t.eu_member_since_on IS NOT NULL
        AND n.day_on >= t.eu_member_since_on
        AND n.day_on <= coalesce(t.eu_member_until_on, n.day_on) AS is_eu_member,
    t.eu_member_since_on, t.eu_member_until_on, t.is_wb6, t.note
FROM reference.territories AS t
CROSS JOIN newest AS n
UNION ALL
SELECT 'ZZ', NULL, 'unknown', false, NULL, NULL, false, NULL
