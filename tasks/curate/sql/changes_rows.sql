-- One row for each key of {table} that only one of two releases has, or whose columns differ. The words in braces are
-- filled in from the contract of the table.
WITH compared AS (
    SELECT
        CAST(coalesce(a.{key}, b.{key}) AS VARCHAR) AS fact_id,
        CASE WHEN b.{key} IS NULL THEN 'added' WHEN a.{key} IS NULL THEN 'gone' ELSE 'changed' END AS change,
        nullif(concat_ws(',', {substance}), '') AS substance,
        nullif(concat_ws(',', {support}), '') AS support,
        {correction} AS correction
    FROM before.{table} AS b
    FULL JOIN after.{table} AS a ON a.{key} = b.{key}
)
SELECT
    '{table}' AS fact_table, fact_id, change,
    CASE
        WHEN change = 'added' THEN '{added}'
        WHEN list_contains(string_split(substance, ','), 'correction') AND correction IS NOT NULL
            THEN 'corrected: ' || correction
        WHEN substance IS NULL THEN 'what it says stands, its support changed'
        ELSE 'its values changed'
    END AS reason,
    CASE WHEN change = 'changed' THEN concat_ws(',', substance, support) END AS columns,
    CAST(NULL AS VARCHAR) AS successor_id
FROM compared
WHERE change <> 'changed' OR substance IS NOT NULL OR support IS NOT NULL
ORDER BY fact_id
