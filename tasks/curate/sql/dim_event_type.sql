-- The event types of the codebook with their nearest codes in PLOVER and CAMEO, from seeds/reference/event_types.csv.
SELECT type AS event_type, label, definition, plover_event, plover_mode, cameo_code
FROM reference.event_types
UNION ALL
SELECT 'unknown', 'unknown', 'The type is not known.', NULL, NULL, NULL
