-- Words that several tables share.

-- The key of a day in dim_date: YYYYMMDD, 0 for no day.
CREATE TEMP MACRO date_key(day) AS CAST(coalesce(year(day) * 10000 + month(day) * 100 + day(day), 0) AS INTEGER);
