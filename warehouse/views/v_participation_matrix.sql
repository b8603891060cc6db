-- One row a meeting and a country of its circle: who attended and who did not, as far as the documents say.
-- The circle of a meeting are the countries that attended a meeting of the same series, and the members of the groups of countries that did; a series is a project, and a meeting outside projects is a series of its own.
-- A group attends through its members only where none of them is named: "the six partners met" is six, "Serbia and Montenegro of the six" is two.
-- That a country is not named is not proof that it was absent.
-- event_id: The meeting.
-- series: Project the meeting is part of; null for one outside projects.
-- start_on: First day.
-- end_on: Last day.
-- place: Where.
-- status: occurred, background, planned or cancelled.
-- country_code: The country, ISO 3166-1 alpha-2 (Kosovo XK).
-- country: Its English name.
-- presence: named, collective (only as a member of a group that attended) or absent (not named).
-- through: Parties through which it attended: the country itself, its organisations and persons, or the group.
WITH meetings AS (
    SELECT event.*, coalesce(nullif(event.project_id, 'ent_unknown'), event.event_id) AS series_id
    FROM fact_event AS event
    WHERE event.event_type = 'meeting' AND event.polarity = 'affirmed'
),
present AS (
    SELECT meeting.series_id, meeting.event_id, party.country_code, party.party_name
    FROM meetings AS meeting
    JOIN bridge_event_party AS party USING (event_id)
    WHERE party.country_code <> 'ZZ'
        AND party.role IN ('participant', 'host', 'chair', 'visitor', 'speaker', 'party', 'signatory')
),
members AS (
    SELECT meeting.series_id, meeting.event_id, member.collective_id, member.country_code, party.party_name
    FROM meetings AS meeting
    JOIN bridge_event_party AS party USING (event_id)
    JOIN bridge_collective_member AS member ON member.collective_id = party.party_id
    WHERE coalesce(member.valid_from_on <= meeting.start_on, true)
        AND coalesce(member.valid_to_on >= meeting.start_on, true)
),
collective AS (
    SELECT member.*
    FROM members AS member
    WHERE (member.event_id, member.collective_id) NOT IN (
        SELECT (other.event_id, other.collective_id)
        FROM members AS other
        JOIN present USING (event_id, country_code)
    )
),
circle AS (
    SELECT series_id, country_code FROM present
    UNION
    SELECT series_id, country_code FROM members
),
named AS (
    SELECT event_id, country_code, string_agg(DISTINCT party_name, ', ' ORDER BY party_name) AS through
    FROM present
    GROUP BY event_id, country_code
),
meant AS (
    SELECT event_id, country_code, string_agg(DISTINCT party_name, ', ' ORDER BY party_name) AS through
    FROM collective
    GROUP BY event_id, country_code
)
SELECT
    meeting.event_id,
    CASE WHEN meeting.project_id <> 'ent_unknown' THEN project.name END AS series,
    meeting.start_on,
    meeting.end_on,
    CASE WHEN meeting.place_id <> 'ent_unknown' THEN place.name END AS place,
    meeting.status,
    circle.country_code,
    country.name AS country,
    CASE
        WHEN named.event_id IS NOT NULL THEN 'named' WHEN meant.event_id IS NOT NULL THEN 'collective' ELSE 'absent'
    END AS presence,
    coalesce(named.through, meant.through) AS through
FROM meetings AS meeting
JOIN circle USING (series_id)
JOIN dim_country AS country ON country.country_code = circle.country_code
LEFT JOIN dim_project AS project USING (project_id)
LEFT JOIN dim_place AS place USING (place_id)
LEFT JOIN named ON named.event_id = meeting.event_id AND named.country_code = circle.country_code
LEFT JOIN meant ON meant.event_id = meeting.event_id AND meant.country_code = circle.country_code
