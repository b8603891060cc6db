SELECT id AS statement_id, * EXCLUDE (id)
FROM stage.statement
