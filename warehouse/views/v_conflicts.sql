-- One row a value that documents give for an attribute of an event on which they contradict each other.
-- What was published is chosen by the rule named; what lost stays here and in fact_claim.
-- event_id: The event.
-- event_type: Type of the codebook.
-- attribute: date, place, country, outcome or quantity.
-- value: The value: `first day/last day`, a name, a code, `happened` and `cancelled`, or a number with its unit.
-- is_published: True for the value that fact_event has; of quantities, which all stay in fact_quantity, the one that most documents state.
-- n_claims: Claims that give it.
-- n_documents: Document versions that give it.
-- first_document_version_id: The one published first.
-- first_published_on: Day of its publication.
-- rule: How the published value was chosen.
WITH counted AS (
    -- Numbers of one event in one unit for one thing, of which each document gives one, and which cannot all be right:
    -- "at least 50" and 58 can. (A document that gives several counts several things.)
    SELECT
        quantity.event_id,
        quantity.quantity_id,
        lower(coalesce(quantity.counted, '')) AS counted,
        format('{:g}', quantity.value_min)
        || CASE WHEN quantity.value_max > quantity.value_min THEN format(' to {:g}', quantity.value_max) ELSE '' END
        || ' ' || quantity.unit AS value,
        quantity.n_documents,
        quantity.document_version_id,
        document.published_on
    FROM fact_quantity AS quantity
    JOIN dim_document AS document USING (document_version_id)
    WHERE quantity.event_id IS NOT NULL
    WINDOW same AS (PARTITION BY quantity.event_id, quantity.unit, lower(coalesce(quantity.counted, '')))
    QUALIFY count(*) OVER same > 1
        AND count(*) OVER same = count(DISTINCT quantity.document_version_id) OVER same
        AND max(CASE WHEN quantity.qualifier = 'up_to' THEN '-infinity'::DOUBLE ELSE quantity.value_min END) OVER same
            > min(CASE WHEN quantity.qualifier = 'at_least' THEN 'infinity'::DOUBLE ELSE quantity.value_max END) OVER same
),
told AS (
    SELECT claim.*, document.published_on, evidence.evidence_role
    FROM fact_claim AS claim
    JOIN bridge_fact_evidence AS evidence
        ON evidence.fact_id = claim.event_id
        AND evidence.evidence_id = claim.claim_id
        AND evidence.document_version_id = claim.document_version_id
    JOIN dim_document AS document ON document.document_version_id = claim.document_version_id
),
given AS (
    SELECT
        told.event_id, told.claim_id, told.document_version_id, told.published_on, told.evidence_role,
        'date' AS attribute,
        strftime(told.start_on, '%Y-%m-%d') || '/' || strftime(told.end_on, '%Y-%m-%d') AS value,
        event.start_on = told.start_on AND event.end_on = told.end_on AS is_published,
        told.start_on > event.end_on OR told.end_on < event.start_on AS is_against
    FROM told
    JOIN fact_event AS event USING (event_id)
    WHERE told.start_on IS NOT NULL
    UNION ALL
    SELECT
        told.event_id, told.claim_id, told.document_version_id, told.published_on, told.evidence_role, 'place',
        told.place_name, place.name = told.place_name, place.name <> told.place_name
    FROM told
    JOIN fact_event AS event USING (event_id)
    JOIN dim_place AS place USING (place_id)
    WHERE told.place_name IS NOT NULL
    UNION ALL
    SELECT
        told.event_id, told.claim_id, told.document_version_id, told.published_on, told.evidence_role, 'country',
        told.country_code, event.country_code = told.country_code, event.country_code <> told.country_code
    FROM told
    JOIN fact_event AS event USING (event_id)
    WHERE told.country_code IS NOT NULL
    UNION ALL
    SELECT
        told.event_id, told.claim_id, told.document_version_id, told.published_on, told.evidence_role, 'outcome',
        CASE WHEN told.status = 'cancelled' OR told.polarity = 'negated' THEN 'cancelled' ELSE 'happened' END,
        (told.status = 'cancelled' OR told.polarity = 'negated')
        = (event.status = 'cancelled' OR event.polarity = 'negated'),
        (told.status = 'cancelled' OR told.polarity = 'negated')
        <> (event.status = 'cancelled' OR event.polarity = 'negated')
    FROM told
    JOIN fact_event AS event USING (event_id)
    WHERE told.status <> 'planned'
),
disputed AS (
    SELECT DISTINCT event_id, attribute
    FROM given
    WHERE is_against AND evidence_role = 'contradicting'
)
SELECT
    given.event_id,
    event.event_type,
    given.attribute,
    given.value,
    bool_or(given.is_published) AS is_published,
    CAST(count(DISTINCT given.claim_id) AS INTEGER) AS n_claims,
    CAST(count(DISTINCT given.document_version_id) AS INTEGER) AS n_documents,
    arg_min(given.document_version_id, (coalesce(given.published_on, DATE '9999-12-31'), given.document_version_id))
        AS first_document_version_id,
    min(given.published_on) AS first_published_on,
    CASE given.attribute
        WHEN 'date' THEN 'the most exact, then of the status published, then of the text, then the commonest'
        WHEN 'place' THEN 'the best founded, then of the status published, then of the text, then the commonest'
        WHEN 'country' THEN 'that of the place, else the best founded, then the commonest'
        ELSE 'that it happened outweighs plans; else the latest document decides'
    END AS rule
FROM given
JOIN disputed USING (event_id, attribute)
JOIN fact_event AS event USING (event_id)
GROUP BY given.event_id, event.event_type, given.attribute, given.value
UNION ALL
SELECT
    counted.event_id,
    event.event_type,
    'quantity',
    counted.value,
    row_number() OVER (
        PARTITION BY counted.event_id, counted.counted ORDER BY counted.n_documents DESC, counted.quantity_id
    ) = 1,
    1,
    counted.n_documents,
    counted.document_version_id,
    counted.published_on,
    'all stand; marked is the one that most documents state'
FROM counted
JOIN fact_event AS event USING (event_id)
