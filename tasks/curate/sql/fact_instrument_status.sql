WITH furthest AS (
    SELECT id
    FROM stage.instrument_status
    WHERE status IN ('occurred', 'background') AND polarity = 'affirmed'
    QUALIFY row_number() OVER (
        PARTITION BY instrument_id ORDER BY step_rank DESC, start_on DESC NULLS LAST, event_id
    ) = 1
)
SELECT
    id AS instrument_status_id, * EXCLUDE (id), id IN (SELECT id FROM furthest) AS is_furthest
FROM stage.instrument_status
