-- A pledge revises the one before it of the same pledger, kind, unit, type and cycle, where both have a day and that of
-- the later one is later: two numbers of one day stand beside each other.
WITH earlier AS (
    SELECT p.id, e.id AS earlier_id
    FROM stage.pledge AS p
    JOIN stage.pledge AS e
        ON e.pledger_id = p.pledger_id
        AND e.event_type = p.event_type
        AND e.kind = p.kind
        AND e.unit = p.unit
        AND e.cycle = p.cycle
        AND e.pledged_on < p.pledged_on
    QUALIFY row_number() OVER (PARTITION BY p.id ORDER BY e.pledged_on DESC, e.id) = 1
)
SELECT
    p.id AS pledge_id, p.* EXCLUDE (id), r.earlier_id AS supersedes_pledge_id,
    p.id NOT IN (SELECT earlier_id FROM earlier) AS is_latest
FROM stage.pledge AS p
LEFT JOIN earlier AS r USING (id)
