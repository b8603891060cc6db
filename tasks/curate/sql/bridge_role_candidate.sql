-- Who may be meant by "the Minister of the Interior of Albania" where the event names nobody in that office: those of
-- the table of office holders who held it on a day of the event. An event without a day has no candidates. The office
-- of an appointment is what is filled, not who acts.
WITH told AS (
    SELECT
        p.event_id, p.party_id, p.party_name, p.role, p.country_code, e.kind, e.reference_id AS body_id,
        m.unnamed_office AS office, m.unnamed_office_id AS office_id, a.claim_id,
        f.start_on, coalesce(f.end_on, f.start_on) AS end_on
    FROM extracted.claim_arguments AS a
    JOIN stage.claim AS c USING (claim_id, doc_id, document_version_id)
    JOIN extracted.mentions AS m USING (mention_id, doc_id, document_version_id)
    JOIN resolved.entity_mentions AS em USING (mention_id, doc_id)
    JOIN resolved.event_claims AS ec USING (claim_id, doc_id)
    JOIN curated.bridge_event_party AS p
        ON p.event_id = ec.event_id AND p.party_id = em.entity_id AND p.role = a.role
    JOIN curated.fact_event AS f ON f.event_id = p.event_id
    JOIN stage.entity AS e ON e.entity_id = p.party_id
    WHERE m.unnamed_office_id IS NOT NULL AND f.event_type <> 'appointment' AND f.start_on IS NOT NULL
),
in_person AS (
    SELECT
        n.event_id, n.party_id AS person_id, n.country_code, d.organisation_id,
        lower(d.office) AS title, t.office_id
    FROM curated.bridge_event_party AS n
    JOIN curated.dim_person AS d ON d.person_id = n.party_id
    LEFT JOIN reference.office_titles AS t ON t.title = lower(d.office)
),
unnamed AS (
    -- Another document of the event may name the holder.
    SELECT t.*
    FROM told AS t
    WHERE NOT EXISTS (
        SELECT 1
        FROM in_person AS n
        WHERE n.event_id = t.event_id
            AND (n.office_id = t.office_id OR n.title = lower(t.office))
            AND (n.organisation_id = t.party_id OR (t.kind = 'territory' AND n.country_code = t.country_code))
    )
),
holders AS (
    SELECT h.*, t.office_id
    FROM reference.office_holders AS h
    LEFT JOIN reference.office_titles AS t ON t.title = lower(h.office)
),
spellings AS (
    SELECT entity_id AS person_id, strip_accents(lower(name)) AS spelling FROM stage.person
    UNION
    SELECT a.entity_id, strip_accents(lower(a.alias))
    FROM resolved.entity_aliases AS a
    JOIN stage.person AS p USING (entity_id)
),
fitting AS (
    SELECT
        u.event_id, u.party_id, min(u.party_name) AS party_name, u.role, min(u.office) AS office, u.office_id,
        min(u.claim_id) AS claim_id, h.person_id AS reference_id, min(h.name) AS candidate_name,
        CASE WHEN count(DISTINCT s.person_id) = 1 THEN min(s.person_id) ELSE 'ent_unknown' END AS person_id,
        min(h.valid_from_on) AS held_from_on,
        CASE WHEN bool_and(h.valid_to_on IS NOT NULL) THEN max(h.valid_to_on) END AS held_to_on,
        min(h.source) AS source
    FROM unnamed AS u
    JOIN holders AS h
        ON (h.office_id = u.office_id OR lower(h.office) = lower(u.office))
        AND (
            h.organisation_id = u.body_id
            OR (u.kind = 'territory' AND h.organisation_id IS NULL AND h.country_code = u.country_code)
        )
        AND h.valid_from_on <= u.end_on
        AND coalesce(h.valid_to_on, u.start_on) >= u.start_on
    LEFT JOIN spellings AS s ON s.spelling = h.spelling
    GROUP BY u.event_id, u.party_id, u.role, u.office_id, h.person_id
)
SELECT
    f.*, 'reference' AS basis,
    CAST(count(*) OVER (PARTITION BY event_id, party_id, role, office_id) AS INTEGER) AS n_candidates
FROM fitting AS f
-- Whoever is a party in person is told, not guessed.
WHERE NOT EXISTS (SELECT 1 FROM in_person AS n WHERE n.event_id = f.event_id AND n.person_id = f.person_id)
