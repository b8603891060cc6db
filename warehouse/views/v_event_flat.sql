-- One row an event, with names in place of keys. Joins nothing away: what is unknown is null here.
-- event_id: Id of the event, stable over releases.
-- event_type: Type of the codebook.
-- event_label: English label of the type.
-- status: occurred, background (recalled), planned or cancelled.
-- polarity: negated where the text says it did not happen.
-- start_on: First day.
-- end_on: Last day.
-- date_precision: How exactly the date is known.
-- date_verbatim: The words that give the date.
-- place: Name of the place.
-- country_code: Country where it happens, ISO 3166-1 alpha-2 (Kosovo XK).
-- country: English name of that country.
-- parties: All parties by role, roles and names in alphabetical order: `host: A; participant: B, C`.
-- party_countries: Countries the parties are or belong to, separated by commas.
-- instruments: Instruments it is about, separated by ` | `.
-- project: Project it is part of.
-- n_documents: Documents that tell it.
-- n_independent_sources: The same, republications of one announcement counted once.
-- confidence: Probability that it is right, 0 to 1.
-- is_conflicting: True where its claims disagree beyond their precision.
-- quote: The passage that tells it: primary evidence before other, then the document published first.
-- title: Headline of that document.
-- url: Address of that document.
-- published_on: Day of its publication.
-- document_version_id: That version of the document.
WITH roles AS (
    SELECT event_id, role, string_agg(DISTINCT party_name, ', ' ORDER BY party_name) AS names
    FROM bridge_event_party
    GROUP BY event_id, role
),
parties AS (
    SELECT event_id, string_agg(role || ': ' || names, '; ' ORDER BY role) AS parties
    FROM roles
    GROUP BY event_id
),
party_countries AS (
    SELECT event_id, string_agg(DISTINCT country_code, ',' ORDER BY country_code) AS codes
    FROM bridge_event_party
    WHERE country_code <> 'ZZ'
    GROUP BY event_id
),
instruments AS (
    SELECT bridge.event_id, string_agg(DISTINCT instrument.name, ' | ' ORDER BY instrument.name) AS names
    FROM bridge_event_instrument AS bridge
    JOIN dim_instrument AS instrument USING (instrument_id)
    GROUP BY bridge.event_id
),
first_evidence AS (
    SELECT
        evidence.fact_id,
        evidence.quote,
        document.title,
        document.url,
        document.published_on,
        evidence.document_version_id
    FROM bridge_fact_evidence AS evidence
    JOIN dim_document AS document USING (document_version_id)
    WHERE evidence.fact_table = 'fact_event'
    QUALIFY row_number() OVER (
        PARTITION BY evidence.fact_id
        ORDER BY
            evidence.evidence_role <> 'primary',
            document.published_on NULLS LAST,
            document.retrieved_at NULLS LAST,
            evidence.document_version_id,
            evidence."start",
            evidence.evidence_id
    ) = 1
)
SELECT
    event.event_id,
    event.event_type,
    type.label AS event_label,
    event.status,
    event.polarity,
    event.start_on,
    event.end_on,
    event.date_precision,
    event.date_verbatim,
    CASE WHEN event.place_id <> 'ent_unknown' THEN place.name END AS place,
    nullif(event.country_code, 'ZZ') AS country_code,
    CASE WHEN event.country_code <> 'ZZ' THEN country.name END AS country,
    parties.parties,
    party_countries.codes AS party_countries,
    instruments.names AS instruments,
    CASE WHEN event.project_id <> 'ent_unknown' THEN project.name END AS project,
    event.n_documents,
    event.n_independent_sources,
    event.confidence,
    event.is_conflicting,
    first_evidence.quote,
    first_evidence.title,
    first_evidence.url,
    first_evidence.published_on,
    first_evidence.document_version_id
FROM fact_event AS event
LEFT JOIN dim_event_type AS type USING (event_type)
LEFT JOIN dim_place AS place USING (place_id)
LEFT JOIN dim_country AS country ON country.country_code = event.country_code
LEFT JOIN dim_project AS project USING (project_id)
LEFT JOIN parties USING (event_id)
LEFT JOIN party_countries USING (event_id)
LEFT JOIN instruments USING (event_id)
LEFT JOIN first_evidence ON first_evidence.fact_id = event.event_id
