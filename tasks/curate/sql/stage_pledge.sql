-- stage.pledge: each number that is undertaken in an event, or the undertaking where it has none; ids are made of event
-- and quantity.
--
-- A pledge is an event of that type; a relocation or a grant that is only planned is what an announcement of one looks
-- like. Who undertakes it: the issuer, the state that takes people in, the payer. Shares, durations and numbers of
-- countries say how a pledge is meant, not what is pledged.
WITH undertaken AS (
    SELECT event_id, event_type, status, polarity, start_on
    FROM curated.fact_event
    WHERE event_type = 'pledge_or_commitment' OR (event_type IN ('relocation', 'funding_granted') AND status = 'planned')
),
pledgers AS (
    SELECT DISTINCT u.event_id, b.party_id, b.party_name, b.country_code
    FROM undertaken AS u
    JOIN curated.bridge_event_party AS b USING (event_id)
    WHERE b.role = CASE u.event_type
        WHEN 'pledge_or_commitment' THEN 'issuer' WHEN 'relocation' THEN 'to' ELSE 'funder'
    END
),
together AS (
    SELECT
        event_id, CAST(count(*) AS INTEGER) AS n_pledgers,
        CASE WHEN count(*) = 1 THEN min(party_id) END AS pledger_id,
        string_agg(party_name, ' | ' ORDER BY party_name, party_id) AS pledger_names,
        CASE WHEN count(DISTINCT country_code) = 1 THEN min(country_code) ELSE 'ZZ' END AS country_code
    FROM pledgers
    GROUP BY event_id
),
numbers AS (
    SELECT
        q.event_id, q.quantity_id, q.value_min, q.value_max, q.unit, q.qualifier,
        CASE
            WHEN q.currency IS NOT NULL THEN 'money'
            WHEN q.unit IN ('people', 'families') THEN 'people'
            WHEN q.unit = 'places' THEN 'places'
            ELSE 'goods'
        END AS kind
    FROM curated.fact_quantity AS q
    JOIN undertaken USING (event_id)
    WHERE q.unit NOT IN (
        'percent', 'countries', 'votes', 'hours', 'days', 'weeks', 'months', 'years', 'crossings', 'meetings'
    )
),
passages AS (
    -- Sentences that tell a number or, of one without a number, the event.
    SELECT u.event_id, n.quantity_id, m.doc_id, m.document_version_id, m.sentence_id
    FROM undertaken AS u
    JOIN numbers AS n USING (event_id)
    JOIN resolved.quantity_mentions AS q USING (quantity_id)
    JOIN stage.mention AS m USING (mention_id, doc_id)
    UNION
    SELECT u.event_id, NULL, c.doc_id, c.document_version_id, c.sentence_id
    FROM undertaken AS u
    JOIN resolved.event_claims AS e USING (event_id)
    JOIN stage.claim AS c USING (claim_id, doc_id)
    WHERE u.event_id NOT IN (SELECT event_id FROM numbers)
),
years AS (
    SELECT p.event_id, p.quantity_id, min(year(x.date_start)) AS first_year, max(year(x.date_end)) AS last_year
    FROM passages AS p
    JOIN extracted.mentions AS x USING (doc_id, document_version_id, sentence_id)
    WHERE x.kind = 'date' AND x.date_precision = 'year'
    GROUP BY p.event_id, p.quantity_id
)
SELECT
    u.event_id, u.event_type, n.quantity_id, coalesce(n.kind, 'undertaking') AS kind, t.pledger_id, t.pledger_names,
    coalesce(t.n_pledgers, 0) AS n_pledgers, coalesce(t.country_code, 'ZZ') AS country_code,
    n.value_min, n.value_max, n.unit, n.qualifier,
    CASE
        WHEN y.first_year = y.last_year THEN CAST(y.first_year AS VARCHAR)
        WHEN y.first_year IS NOT NULL THEN y.first_year || '-' || y.last_year
        ELSE CAST(year(u.start_on) AS VARCHAR)
    END AS cycle,
    CASE WHEN y.first_year IS NOT NULL THEN 'text' WHEN u.start_on IS NOT NULL THEN 'derived' END AS cycle_basis,
    u.status, u.polarity, u.start_on AS pledged_on
FROM undertaken AS u
LEFT JOIN numbers AS n USING (event_id)
LEFT JOIN together AS t USING (event_id)
LEFT JOIN years AS y ON y.event_id = u.event_id AND y.quantity_id IS NOT DISTINCT FROM n.quantity_id
