-- What of the resolved layer did not reach the published tables, counted: a gate may have refused a parent row, or two
-- stages may disagree. Nothing is left out without a word.
WITH losses AS (
    SELECT 'resolved.event_claims without a published event or claim' AS what, claim_id AS id
    FROM resolved.event_claims
    WHERE (event_id, claim_id) NOT IN (SELECT (fact_id, evidence_id) FROM curated.bridge_fact_evidence)
    UNION ALL
    SELECT 'resolved.relation_claims without a published relation or claim', claim_id
    FROM resolved.relation_claims
    WHERE (relation_id, claim_id) NOT IN (SELECT (fact_id, evidence_id) FROM curated.bridge_fact_evidence)
    UNION ALL
    SELECT 'resolved.quantity_mentions without a published quantity or mention', mention_id
    FROM resolved.quantity_mentions
    WHERE (quantity_id, mention_id) NOT IN (SELECT (fact_id, evidence_id) FROM curated.bridge_fact_evidence)
    UNION ALL
    SELECT 'resolved.event_parties whose event is not published or whose entity cannot be a party', entity_id
    FROM resolved.event_parties
    WHERE (event_id, entity_id, role) NOT IN (SELECT (event_id, party_id, role) FROM curated.bridge_event_party)
    UNION ALL
    SELECT 'resolved.event_instruments whose event is not published or whose entity is no instrument', entity_id
    FROM resolved.event_instruments
    WHERE (event_id, entity_id) NOT IN (SELECT (event_id, instrument_id) FROM curated.bridge_event_instrument)
    UNION ALL
    SELECT 'resolved.events whose place is not in dim_place', event_id
    FROM resolved.events
    WHERE place_entity_id NOT IN (SELECT place_id FROM curated.dim_place)
    UNION ALL
    SELECT 'resolved.events whose project is not in dim_project', event_id
    FROM resolved.events
    WHERE project_entity_id NOT IN (SELECT project_id FROM curated.dim_project)
    UNION ALL
    SELECT 'country codes that seeds/reference/territories.csv does not know', country_code
    FROM (SELECT country_code FROM resolved.events UNION SELECT country_code FROM resolved.entities)
    WHERE country_code NOT IN (SELECT country_code FROM curated.dim_country)
    UNION ALL
    SELECT 'resolved.relations whose payer or implementer is neither an organisation nor a country', relation_id
    FROM resolved.relations AS r
    LEFT JOIN stage.entity AS s ON s.entity_id = r.subject_entity_id
    WHERE NOT coalesce(s.is_organisation OR s.kind = 'territory', false)
    UNION ALL
    SELECT 'resolved.relations whose project is not in dim_project', relation_id
    FROM resolved.relations
    WHERE object_entity_id NOT IN (SELECT project_id FROM curated.dim_project)
)
SELECT what, CAST(count(*) AS INTEGER) AS n, min(id) AS example
FROM losses
GROUP BY what
ORDER BY what
