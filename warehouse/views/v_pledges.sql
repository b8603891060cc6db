-- One row a pledge with names, its number with its hedge, and the passage that tells it.
-- pledge_id: The pledge.
-- event_id: Event it follows from.
-- event_type: pledge_or_commitment, or a relocation or grant that is only planned.
-- pledger: Who undertakes it; several are separated by ` | `.
-- country_code: Country that undertakes it; null where it is none or several.
-- kind: people, places, money, goods or undertaking (without a number).
-- amount: The number in words: hedge, value, unit; null without one.
-- value_min: Lowest value.
-- value_max: Highest value.
-- unit: ISO 4217 code or a plural English noun.
-- qualifier: exact, estimated, at_least, up_to or about.
-- cycle: Year or years it is for.
-- cycle_basis: text where its passages name the year, derived where it is the year of the event.
-- status: occurred, background, planned or cancelled.
-- pledged_on: First day of the event.
-- is_latest: True where no other pledge revises it.
-- supersedes_pledge_id: The earlier pledge it revises.
-- quote: The passage that tells it.
-- url: Address of that document.
WITH passages AS (
    SELECT evidence.fact_id, evidence.quote, document.url
    FROM bridge_fact_evidence AS evidence
    JOIN dim_document AS document USING (document_version_id)
    WHERE evidence.fact_table IN ('fact_event', 'fact_quantity')
    QUALIFY row_number() OVER (
        PARTITION BY evidence.fact_id
        ORDER BY
            evidence.evidence_role <> 'primary', document.published_on NULLS LAST, evidence.document_version_id,
            evidence."start", evidence.evidence_id
    ) = 1
)
SELECT
    pledge.pledge_id,
    pledge.event_id,
    pledge.event_type,
    pledge.pledger_names AS pledger,
    nullif(pledge.country_code, 'ZZ') AS country_code,
    pledge.kind,
    CASE
        WHEN pledge.value_min IS NOT NULL THEN concat_ws(
            ' ',
            CASE WHEN pledge.qualifier <> 'exact' THEN replace(pledge.qualifier, '_', ' ') END,
            rtrim(rtrim(format('{:,.2f}', pledge.value_min), '0'), '.'),
            CASE
                WHEN pledge.value_max > pledge.value_min
                    THEN 'to ' || rtrim(rtrim(format('{:,.2f}', pledge.value_max), '0'), '.')
            END,
            pledge.unit
        )
    END AS amount,
    pledge.value_min,
    pledge.value_max,
    pledge.unit,
    pledge.qualifier,
    pledge.cycle,
    pledge.cycle_basis,
    pledge.status,
    pledge.pledged_on,
    pledge.is_latest,
    pledge.supersedes_pledge_id,
    passage.quote,
    passage.url
FROM fact_pledge AS pledge
LEFT JOIN passages AS passage ON passage.fact_id = coalesce(pledge.quantity_id, pledge.event_id)
