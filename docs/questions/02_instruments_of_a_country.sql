-- Question: Which instruments does Lithuania have, with whom, and which step has each reached?
-- Grain: one instrument and one of its steps.
-- Caveats: Parties are those the documents name. Change the code in `asked` for another country.
WITH asked AS (
    SELECT 'LT' AS country_code
)
SELECT
    trim(replace(replace(' | ' || parties || ' | ', ' | ' || asked.country_code || ' | ', ' | '), ' | ', ' ')) AS partners,
    instrument,
    kind,
    step,
    status,
    start_on,
    end_on
FROM v_instrument_timeline
CROSS JOIN asked
WHERE contains(' | ' || parties || ' | ', ' | ' || asked.country_code || ' | ')
ORDER BY partners, instrument, step_rank, start_on
