"""What the five given announcements must become; they lie outside the repository, and without them the tests skip."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.publication import current, release_directory

WEEK = (date(2025, 6, 30), date(2025, 7, 3))
PROJECT = "Strengthening Migration Management, Asylum and Return Processes in the Western Balkans"


@pytest.fixture(scope="module")
def release(build, shared_dir):
    home: Path = build(shared_dir / "seeds")
    published = current(home)
    path = release_directory(home, published.release_id) / "warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as base:
        yield base


def rows(release, sql, *values):
    return release.execute(sql, list(values)).fetchall()


def parties(release, event_id, *roles):
    found = rows(release, "SELECT party_name, role FROM bridge_event_party WHERE event_id = ? ORDER BY 1", event_id)
    return [name for name, role in found if not roles or role in roles]


def test_one_signature_with_four_partners_in_the_week_of_the_report(release):
    signed = rows(
        release, "SELECT event_id, status, start_on, end_on FROM fact_event WHERE event_type = 'agreement_signed'"
    )
    assert [row[1:] for row in signed] == [("occurred", *WEEK)]
    assert parties(release, signed[0][0], "party") == [
        "Bosnia and Herzegovina", "Kosovo", "Lithuania", "Montenegro", "North Macedonia",
    ]  # fmt: skip


def test_four_bilateral_protocols_and_no_other(release):
    found = rows(
        release,
        "SELECT i.parties FROM bridge_event_instrument b JOIN dim_instrument i USING (instrument_id) "
        "JOIN fact_event e ON e.event_id = b.event_id WHERE e.event_type = 'agreement_signed' ORDER BY 1",
    )
    assert [row[0] for row in found] == ["BA | LT", "LT | ME", "LT | MK", "LT | XK"]
    kinds = rows(release, "SELECT DISTINCT kind FROM dim_instrument WHERE n_parties > 1")
    assert kinds == [("implementing_protocol",)]


def test_the_minister_is_one_person_under_two_spellings(release):
    found = rows(release, "SELECT name, aliases, country_code FROM dim_person WHERE name LIKE '%Kondratovi%'")
    assert len(found) == 1
    name, aliases, country = found[0]
    assert {"Kondratović", "Kondratovič"} <= set(re.findall(r"Kondratovi\w", f"{name} {aliases}"))
    assert country == "LT"


def test_three_operational_meetings_stay_three(release):
    found = rows(
        release,
        "SELECT p.name, e.start_on, e.end_on, e.status FROM fact_event e JOIN dim_place p USING (place_id) "
        "WHERE e.event_type = 'meeting' AND p.name IN ('Budva', 'Sarajevo') ORDER BY 1",
    )
    assert found == [
        ("Budva", date(2025, 5, 12), date(2025, 5, 13), "occurred"),
        ("Sarajevo", date(2025, 1, 28), date(2025, 1, 30), "occurred"),
    ]
    earlier = rows(
        release,
        "SELECT status, start_on FROM fact_event WHERE event_type = 'meeting' AND country_code = 'ME' "
        "AND start_on IS NULL",
    )
    assert earlier == [("background", None)]


def test_58_persons_once_as_an_estimated_plan_of_lithuania(release):
    found = rows(
        release,
        "SELECT q.value_min, q.value_max, q.unit, q.qualifier, e.event_type, e.status, e.country_code "
        "FROM fact_quantity q JOIN fact_event e USING (event_id) WHERE q.value_min = 58",
    )
    assert found == [(58.0, 58.0, "people", "estimated", "relocation", "planned", "LT")]


def test_the_joint_statement_has_its_ten_named_people(release):
    statement = rows(
        release,
        "SELECT event_id, start_on FROM fact_event WHERE event_type = 'statement' AND status = 'occurred'",
    )
    assert [row[1] for row in statement] == [date(2018, 6, 19)]
    people = [
        name.split()[-1].casefold()
        for (name,) in rows(
            release,
            "SELECT party_name FROM bridge_event_party WHERE event_id = ? AND party_kind = 'person'",
            statement[0][0],
        )
    ]
    assert sorted(people) == sorted(
        ["avramopoulos", "king", "gashi", "kickl", "mektic", "nuhodžić", "radev", "spasovski", "stefanović", "xhafaj"]
    )


def test_the_ministerial_in_tirana_is_planned(release):
    found = rows(
        release,
        "SELECT e.start_on, e.end_on, e.status FROM fact_event e JOIN dim_place p USING (place_id) "
        "WHERE p.name = 'Tirana'",
    )
    assert found == [(date(2018, 10, 4), date(2018, 10, 5), "planned")]


def test_one_project_with_two_funders_tied_to_both_meetings(release):
    projects = rows(release, "SELECT project_id, name FROM dim_project WHERE project_id <> 'ent_unknown'")
    assert [name for _, name in projects] == [PROJECT]
    funders = rows(
        release,
        "SELECT o.name FROM fact_funding f JOIN dim_organisation o USING (organisation_id) "
        "WHERE f.relation_type = 'project_funding' ORDER BY 1",
    )
    assert [row[0] for row in funders] == [
        "Asylum, Migration and Integration Fund",
        "Federal Ministry of the Interior of Austria",
    ]
    tied = rows(
        release,
        "SELECT DISTINCT p.name FROM fact_event e JOIN dim_place p USING (place_id) WHERE e.project_id = ? ORDER BY 1",
        projects[0][0],
    )
    assert {"Budva", "Sarajevo"} <= {row[0] for row in tied}


def test_the_matrix_of_the_meetings_shows_who_was_not_named_in_budva(release):
    seen = rows(
        release,
        "SELECT place, presence, string_agg(country_code, ' ' ORDER BY country_code) FROM v_participation_matrix "
        "WHERE series = ? GROUP BY place, presence ORDER BY place, presence",
        PROJECT,
    )
    assert ("Budva", "absent", "AL XK") in seen
    assert ("Budva", "named", "BA ME MK RS") in seen


def test_the_protocols_are_signed_and_no_further(release):
    steps = rows(release, "SELECT parties, step, status, is_furthest FROM v_instrument_timeline WHERE n_documents > 0")
    assert sorted(row for row in steps if row[0] and "LT" in row[0]) == [
        (parties, "signed", "occurred", True) for parties in ("BA | LT", "LT | ME", "LT | MK", "LT | XK")
    ]


def test_the_58_are_a_pledge_with_its_hedge(release):
    found = rows(release, "SELECT pledger, amount, kind, status FROM v_pledges WHERE value_min = 58")
    assert found == [("Lithuania", "estimated 58 people", "people", "planned")]


def test_ministers_listed_without_countries_get_theirs_from_the_table_of_office_holders(release):
    found = rows(
        release,
        "SELECT p.country_code FROM fact_statement s JOIN dim_person p ON p.person_id = s.speaker_id "
        "WHERE p.country_basis = 'reference' ORDER BY 1",
    )
    assert [code for (code,) in found] == ["AL", "AT", "BA", "BG", "ME", "MK", "RS", "XK"]


@pytest.mark.parametrize("furniture", ["zzzzzz", "Published on:", "00 800", "67 89 10 11", "\u00a0i"])
def test_no_fact_holds_furniture(release, furniture):
    for table, columns in {
        "fact_claim": ("quote", "date_verbatim", "place_name"),
        "fact_mention": ("text",),
        "bridge_fact_evidence": ("quote",),
        "dim_person": ("name", "aliases"),
        "dim_organisation": ("name", "aliases"),
        "document_text": ("text",),
    }.items():
        for column in columns:
            query = f"SELECT count(*) FROM {table} WHERE contains({column}, ?)"  # noqa: S608 - names from above
            assert rows(release, query, furniture) == [(0,)]


def test_every_quote_is_the_text_at_its_offsets(release):
    (total, wrong) = rows(
        release,
        'SELECT count(*), count(*) FILTER (WHERE substr(t.text, e.start + 1, e."end" - e.start) <> e.quote) '
        "FROM bridge_fact_evidence e JOIN document_text t USING (document_version_id)",
    )[0]
    assert total > 0
    assert wrong == 0
