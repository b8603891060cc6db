WITH pages AS (
    SELECT l.doc_id, l.target_url, l.target_title
    FROM documents.links AS l
    JOIN stage.version AS v USING (doc_id, document_version_id)
    WHERE l.relation = 'project_page' AND l.target_url IS NOT NULL AND v.is_current
),
named AS (
    SELECT DISTINCT m.doc_id, e.entity_id
    FROM stage.mention AS m
    JOIN resolved.entity_mentions AS em USING (mention_id, doc_id)
    JOIN stage.entity AS e USING (entity_id)
    WHERE m.is_current AND e.kind = 'project'
),
lone AS (
    SELECT doc_id, min(entity_id) AS entity_id
    FROM named
    GROUP BY doc_id
    HAVING count(*) = 1
),
candidates AS (
    -- A link that carries the project's name is the project's page ...
    SELECT n.entity_id, p.target_url, 0 AS rank
    FROM pages AS p
    JOIN named AS n USING (doc_id)
    JOIN resolved.entity_aliases AS a USING (entity_id)
    WHERE lower(a.alias) = lower(p.target_title)
    UNION ALL
    -- ... and one that does not can only be tied to a project where its document names no other.
    SELECT n.entity_id, p.target_url, 1 AS rank
    FROM pages AS p
    JOIN lone AS n USING (doc_id)
),
addresses AS (
    SELECT entity_id, target_url, min(rank) AS rank, count(*) AS n_links
    FROM candidates
    GROUP BY entity_id, target_url
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY min(rank), count(*) DESC, target_url) = 1
),
funders AS (
    SELECT object_entity_id AS entity_id, CAST(count(DISTINCT subject_entity_id) AS INTEGER) AS n_funders
    FROM resolved.relations
    WHERE relation_type = 'project_funding'
    GROUP BY object_entity_id
),
events AS (
    SELECT project_entity_id AS entity_id, CAST(count(*) AS INTEGER) AS n_events
    FROM resolved.events
    GROUP BY project_entity_id
)
SELECT
    e.entity_id AS project_id, e.name, a.target_url AS url,
    coalesce(f.n_funders, 0) AS n_funders, coalesce(v.n_events, 0) AS n_events, e.n_documents
FROM stage.entity AS e
LEFT JOIN addresses AS a USING (entity_id)
LEFT JOIN funders AS f USING (entity_id)
LEFT JOIN events AS v USING (entity_id)
WHERE e.kind = 'project'
UNION ALL
SELECT 'ent_unknown', 'unknown', NULL, 0, 0, 0
