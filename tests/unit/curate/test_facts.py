"""What stands in the fact tables beside their evidence."""

from datetime import date

import pytest

from tasks.curate.step import CurateContext, curate


@pytest.fixture(scope="module")
def made(releases):
    return releases()


def only(table, **wanted):
    (row,) = [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]
    return row


def test_an_event_refers_to_its_things_and_to_unknown_ones(made, story):
    signed = only(made["fact_event"], event_id=story["event"])
    assert (signed["start_date_key"], signed["end_date_key"]) == (20250701, 20250701)
    assert (signed["place_id"], signed["country_code"]) == (story["vilnius"], "LT")
    assert (signed["instrument_id"], signed["project_id"]) == (story["protocol"], "ent_unknown")
    planned = only(made["fact_event"], event_id=story["relocation"])
    assert (planned["start_date_key"], planned["start_on"]) == (0, None)
    assert (planned["place_id"], planned["country_code"]) == ("ent_unknown", "ZZ")
    assert (planned["instrument_id"], planned["project_id"]) == ("ent_unknown", story["project"])


def test_of_several_instruments_none_is_the_instrument_of_the_event(world, story, reference):
    other = world.entity("second protocol", "instrument", subtype="implementing_protocol")
    world.add(
        "resolved.event_instruments", event_id=story["event"], entity_id=other, basis="text", claim_id=story["signed"]
    )
    made = curate(world.tables(), reference, CurateContext())
    assert only(made["fact_event"], event_id=story["event"])["instrument_id"] == "ent_unknown"
    assert made["bridge_event_instrument"].num_rows == 2


def test_parties_keep_their_kind_and_country(made, story):
    parties = {
        row["party_id"]: (row["party_kind"], row["party_name"], row["country_code"])
        for row in made["bridge_event_party"].to_pylist()
        if row["event_id"] == story["event"]
    }
    assert parties == {
        story["lt"]: ("territory", "Lithuania", "LT"),
        story["me"]: ("territory", "Montenegro", "ME"),
        story["region"]: ("region", "Western Balkans", "ZZ"),
        story["minister"]: ("person", "Vladislav Kondratovič", "LT"),
        story["commission"]: ("organisation", "European Commission", "ZZ"),
    }


def test_a_state_that_pays_stands_under_its_country(made, story):
    row = only(made["fact_funding"], relation_id=story["by_state"])
    assert (row["organisation_id"], row["country_code"]) == ("ent_unknown", "LT")
    assert row["project_id"] == story["project"]


def test_a_fund_that_pays_stands_under_an_organisation(made, story):
    row = only(made["fact_funding"], relation_id=story["by_fund"])
    assert (row["organisation_id"], row["country_code"]) == (story["fund"], "ZZ")
    assert only(made["dim_organisation"], organisation_id=story["fund"])["kind"] == "fund"


def test_a_government_pays_for_its_country_and_a_ministry_for_itself(world, story, reference):
    government = world.entity("Government of Montenegro", "organisation", subtype="government", country_code="ME")
    ids = [
        world.relation("project_funding", payer, story["project"], story["funded"], story["third"])
        for payer in (government, story["ministry"], story["region"])
    ]
    made = curate(world.tables(), reference, CurateContext())
    rows = [only(made["fact_funding"], relation_id=relation) for relation in ids]
    assert [(row["organisation_id"], row["country_code"]) for row in rows] == [
        (government, "ME"),
        (story["ministry"], "ZZ"),
        ("ent_unknown", "ZZ"),
    ]


def test_a_quantity_names_the_version_that_states_it(made, story):
    row = only(made["fact_quantity"], quantity_id=story["quantity"])
    assert row["document_version_id"] == story["third_version"]
    assert row["event_id"] == story["relocation"]
    assert row["qualifier"] == "estimated"


def test_mentions_of_dates_have_no_entity(made, story):
    assert only(made["fact_mention"], mention_id=story["day"])["entity_id"] is None
    assert only(made["fact_mention"], text="V. Kondratovič")["entity_id"] == story["minister"]


def test_a_claim_keeps_its_own_values(made, story):
    signed = only(made["fact_claim"], claim_id=story["signed"])
    assert (signed["start_on"], signed["event_id"]) == (date(2025, 7, 1), story["event"])
    assert only(made["fact_claim"], claim_id=story["funded"])["event_id"] is None


def test_a_document_counts_its_events_and_names_its_original(made, story):
    second = only(made["dim_document"], doc_id=story["second"])
    assert second["republishes_doc_id"] == story["first"]
    assert second["n_events"] == 1
    assert second["published_date_key"] == 0
    first = only(made["dim_document"], doc_id=story["first"])
    assert first["republishes_doc_id"] is None
    assert first["published_date_key"] == 20250704


def test_of_several_originals_the_one_captured_first_is_named(world, story, reference):
    world.add("documents.duplicates", doc_id_a=story["second"], doc_id_b=story["third"], kind="republished")
    world.add("documents.duplicates", doc_id_a=story["first"], doc_id_b=story["third"], kind="republished")
    made = curate(world.tables(), reference, CurateContext())
    assert only(made["dim_document"], doc_id=story["third"])["republishes_doc_id"] == story["first"]


def test_the_registry_is_published_whole(world, story, reference):
    world.add("resolved.id_registry", id="evt_old", kind="event", status="redirected", redirect_to=story["event"])
    made = curate(world.tables(), reference, CurateContext())
    assert only(made["id_registry"], id="evt_old")["redirect_to"] == story["event"]
    assert made["id_registry"].num_rows == 3
