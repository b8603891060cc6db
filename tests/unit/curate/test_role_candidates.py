"""Offices whose holder is not named: who may be meant, by the day of the event, and never told as a party."""

from datetime import date

import pytest

from tasks.curate.step import CurateContext, curate
from warehouse.corrections import Correction

ALBANIA, WORDS = "Albania", "The Minister of the Interior of Albania said that returns go on."
HEAD = "office_id,label,rank,organisation_id,type_id,forms,plural_forms,source,certainty\n"
OFFICES = (
    "MIN-INTERIOR,Minister of the Interior,minister,,,en:interior minister;en:Minister for Home Affairs,,own,1\n"
    "MIN-FOREIGN,Minister of Foreign Affairs,minister,,,en:foreign minister,,own,1\n"
    "EXECUTIVE-DIRECTOR,Executive Director,agency_head,,,en:Executive Director,,own,1\n"
)
HOLDERS = """person_id,name,aliases,office,country_code,organisation_id,valid_from,valid_to,source,certainty
FIRST,Arta Parë,,Minister of the Interior,AL,,2020-01-01,2023-07-03,own,1
SECOND,Besnik Dytë,Besnik Dyta,Minister for Home Affairs,AL,,2023-07-03,,own,1
ABROAD,Vera Prva,,Minister of the Interior,RS,,2019-01-01,2025-01-01,own,1
OTHER,Drita Tretë,,Minister of Foreign Affairs,AL,,2019-01-01,2025-01-01,own,1
HEAD,Jan Kowal,,Executive Director,,FRONTEX,2019-01-01,2025-01-01,own,1
UNSURE,Era Katërt,,Minister of the Interior,AL,,2019-01-01,2025-01-01,own,0
"""


@pytest.fixture
def own_reference(reference, tmp_path):
    """The knowledge tables with a few offices and holders of our own."""
    for path in reference.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "offices.csv").write_text(HEAD + OFFICES, "utf-8")
    (tmp_path / "office_holders.csv").write_text(HOLDERS, "utf-8")
    return tmp_path


@pytest.fixture
def said(world, own_reference):
    """Tell that an office holder said something on a day, and curate; returns candidates and all tables."""

    def tell(
        start, end=None, office="interior minister", office_id="MIN-INTERIOR", named=None, event_type="statement",
        body=None, name=ALBANIA, corrected=None,
    ):  # fmt: skip
        if body:
            state = world.entity(name, "organisation", reference_id=body, subtype="eu_agency")
        else:
            state = world.entity(name, "territory", country_code="AL", reference_id="AL")
        sentence = WORDS.replace(ALBANIA, name)
        at = world.document("a", sentence)
        mention = world.mention(
            at, name, "organisation" if body else "territory", state, unnamed_office=office, unnamed_office_id=office_id
        )
        claim = world.claim(at, sentence[:-1], event_type)
        days = {"start_on": start, "end_on": end or start, "date_precision": "day" if start else "unknown"}
        event = world.event(event_type, {claim: at[0]}, **days)
        world.add(
            "extracted.claim_arguments",
            claim_id=claim, doc_id=at[0], document_version_id=at[1], ordinal=0, role="issuer", mention_id=mention,
        )  # fmt: skip
        world.party(event, state, "issuer", claim)
        if named:
            other = world.document("b", f"{named} said that returns go on.")
            person = world.entity(named, "person", country_code="AL", office="Minister of the Interior")
            world.mention(other, named, "person", person, office="Minister of the Interior", country_code="AL")
            world.party(event, person, "issuer", claim)
        corrections = corrected(event, at[0]) if corrected else []
        made = curate(world.tables(), own_reference, CurateContext(corrections=corrections))
        return made["bridge_role_candidate"].to_pylist(), made

    return tell


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 7, 2), None, ["FIRST"]),
        (date(2023, 7, 4), None, ["SECOND"]),
        (date(2023, 7, 3), None, ["FIRST", "SECOND"]),
        (date(2023, 6, 1), date(2023, 7, 31), ["FIRST", "SECOND"]),
        (date(2019, 12, 31), None, []),
        (None, None, []),
    ],
    ids=["before the change", "after it", "the day of the change", "some day around it", "before all", "no day"],
)
def test_those_who_held_the_office_on_a_day_of_the_event_are_candidates(said, start, end, expected):
    found, _ = said(start, end)
    assert [row["reference_id"] for row in found] == expected
    assert {row["n_candidates"] for row in found} <= {len(expected)}


def test_a_candidate_is_reference_and_no_party(said):
    (row,), made = said(date(2024, 1, 1))
    assert row["basis"] == "reference"
    assert (row["candidate_name"], row["person_id"], row["party_name"]) == ("Besnik Dytë", "ent_unknown", ALBANIA)
    assert (row["held_from_on"], row["held_to_on"]) == (date(2023, 7, 3), None)
    assert [party["party_name"] for party in made["bridge_event_party"].to_pylist()] == [ALBANIA]
    assert [one["speaker_name"] for one in made["fact_statement"].to_pylist()] == [ALBANIA]
    assert "Besnik Dytë" not in {person["name"] for person in made["dim_person"].to_pylist()}


def test_a_candidate_whom_some_document_names_is_that_person(world, said):
    at = world.document("c", "Besnik Dyta came to Tirana.")
    person = world.entity("Besnik Dyta", "person")
    world.mention(at, "Besnik Dyta", "person", person)
    (row,), _ = said(date(2024, 1, 1))
    assert row["person_id"] == person


def test_nobody_is_guessed_where_another_document_of_the_event_names_the_holder(said):
    found, made = said(date(2024, 1, 1), named="Besnik Dytë")
    assert len(made["bridge_event_party"]) == 2
    assert found == []


def test_nobody_is_guessed_where_the_event_names_somebody_else_in_the_office(said):
    # The table may be wrong, or somebody stood in: what a document says is what counts.
    assert said(date(2024, 1, 1), named="Gent Pestë")[0] == []


@pytest.mark.parametrize("office_id", [None, "DEPUTY-MIN-INTERIOR"])
def test_an_acting_or_deputy_minister_is_not_the_minister(said, office_id):
    assert said(date(2024, 1, 1), office="deputy interior minister", office_id=office_id)[0] == []


def test_the_office_of_an_appointment_is_what_is_filled(said):
    assert said(date(2024, 1, 1), event_type="appointment")[0] == []


def test_the_head_of_a_body_is_a_candidate_for_that_body_alone(said):
    found, _ = said(
        date(2024, 1, 1), office="Executive Director", office_id="EXECUTIVE-DIRECTOR", body="FRONTEX", name="Frontex"
    )
    assert [row["reference_id"] for row in found] == ["HEAD"]


def test_the_head_of_another_body_is_none(said):
    found, _ = said(
        date(2024, 1, 1), office="Executive Director", office_id="EXECUTIVE-DIRECTOR", body="EUAA", name="EUAA"
    )
    assert found == []


def correction(action, identifier, column="", value=""):
    return Correction(action, identifier, "", column, value, "read the page", "M. Editor", "2025-07-10")


@pytest.mark.parametrize("action", ["retract", "takedown"])
def test_candidates_leave_with_their_event_and_with_the_document_that_names_the_office(said, action):
    found, made = said(
        date(2024, 1, 1),
        corrected=lambda event, doc: [correction(action, event if action == "retract" else doc)],
    )
    assert made["fact_claim"].num_rows == (1 if action == "retract" else 0)
    assert found == []


def test_days_that_a_person_sets_decide_who_held_the_office(said):
    found, _ = said(
        date(2024, 1, 1),
        corrected=lambda event, _: [
            correction("set", event, column, "2022-01-01") for column in ("start_on", "end_on")
        ],
    )
    assert [row["reference_id"] for row in found] == ["FIRST"]
