-- stage.statement: each party that issues a statement or speaks at an occasion; ids are made of event, party and role.
WITH speakers AS (
    SELECT
        e.event_type, b.event_id, b.party_id AS speaker_id, b.party_kind AS speaker_kind, b.party_name AS speaker_name,
        b.role, b.country_code, b.claim_id
    FROM curated.bridge_event_party AS b
    JOIN curated.fact_event AS e USING (event_id)
    WHERE b.role = 'speaker' OR (b.role = 'issuer' AND e.event_type = 'statement')
),
offices AS (
    -- The office in the words of the document that says so.
    SELECT p.event_id, p.entity_id AS speaker_id, p.role, min(x.office) AS office
    FROM resolved.event_parties AS p
    JOIN extracted.mentions AS x USING (mention_id)
    WHERE x.kind = 'person'
    GROUP BY ALL
),
issuers AS (
    SELECT event_id, count(*) AS n
    FROM speakers
    WHERE role = 'issuer'
    GROUP BY event_id
),
quotes AS (
    SELECT event_id, bool_or(regexp_matches(quote, '[“”„«»"]')) AS is_quoted
    FROM curated.fact_claim
    GROUP BY event_id
)
SELECT
    s.event_id, s.event_type, s.speaker_id, s.speaker_kind, s.speaker_name, s.role,
    CASE WHEN s.speaker_kind = 'person' THEN coalesce(o.office, p.office) END AS capacity,
    CASE
        WHEN s.speaker_kind = 'organisation' THEN s.speaker_id
        ELSE coalesce(p.organisation_id, 'ent_unknown')
    END AS organisation_id,
    s.country_code,
    CASE
        WHEN s.role = 'issuer' AND (i.n > 1 OR s.speaker_kind = 'region') THEN 'joint'
        WHEN q.is_quoted THEN 'direct'
        ELSE 'indirect'
    END AS form,
    s.claim_id
FROM speakers AS s
LEFT JOIN offices AS o USING (event_id, speaker_id, role)
LEFT JOIN curated.dim_person AS p ON p.person_id = s.speaker_id
LEFT JOIN issuers AS i ON i.event_id = s.event_id
LEFT JOIN quotes AS q ON q.event_id = s.event_id
