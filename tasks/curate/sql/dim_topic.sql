-- The topics of the codebook, from seeds/reference/topic_definitions.csv.
SELECT topic, label, definition
FROM reference.topics
UNION ALL
SELECT 'unknown', 'unknown', 'The topic is not known.'
