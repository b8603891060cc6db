-- Whole years without a hole from the first to the last year of any event or publication, as calendars of BI tools want
-- it. A year outside 1900 to 2100 (a misprint, a treaty of 1648) adds itself only, not the centuries in between.
WITH days AS (
    SELECT start_on AS day_on FROM curated.fact_event
    UNION
    SELECT end_on FROM curated.fact_event
    UNION
    SELECT published_on FROM curated.dim_document
),
years AS (
    SELECT DISTINCT CAST(year(day_on) AS INTEGER) AS year FROM days WHERE day_on IS NOT NULL
),
calendar_years AS (
    SELECT CAST(unnest(range(min(year), max(year) + 1)) AS INTEGER) AS year FROM years WHERE year BETWEEN 1900 AND 2100
    UNION
    SELECT year FROM years
),
calendar AS (
    SELECT first_on + CAST(unnest(range(last_on - first_on + 1)) AS INTEGER) AS day_on
    FROM (SELECT make_date(year, 1, 1) AS first_on, make_date(year, 12, 31) AS last_on FROM calendar_years)
)
SELECT
    date_key(day_on) AS date_key, day_on,
    CAST(year(day_on) AS INTEGER) AS year,
    CAST(quarter(day_on) AS INTEGER) AS quarter,
    CAST(month(day_on) AS INTEGER) AS month,
    monthname(day_on) AS month_name,
    CAST(isoyear(day_on) AS INTEGER) AS iso_year,
    CAST(weekofyear(day_on) AS INTEGER) AS iso_week,
    CAST(isodow(day_on) AS INTEGER) AS weekday,
    dayname(day_on) AS weekday_name
FROM calendar
UNION ALL
SELECT 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
