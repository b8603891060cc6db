"""What stands in the dimensions: names, countries, kinds, calendars, sources."""

from datetime import date

import pytest

from tasks.curate.step import CurateContext, curate


@pytest.fixture
def published(world, reference):
    def make(**context):
        return curate(world.tables(), reference, CurateContext(**context))

    return make


def member(made, table, key):
    name = made[table].column_names[0]
    (row,) = [row for row in made[table].to_pylist() if row[name] == key]
    return row


def test_bodies_of_the_union_and_the_world_belong_to_no_country(world, published):
    # The reference row of the Commission has the country of its seat.
    commission = world.entity("European Commission", "organisation", subtype="eu_institution", country_code="BE")
    iom = world.entity("IOM", "organisation", subtype="un_agency", country_code="GB")
    ministry = world.entity("Ministry of the Interior", "organisation", subtype="ministry", country_code="LT")
    made = published()
    assert member(made, "dim_organisation", commission)["country_code"] == "ZZ"
    assert member(made, "dim_organisation", iom)["country_code"] == "ZZ"
    assert member(made, "dim_organisation", ministry)["country_code"] == "LT"


def test_a_person_has_the_country_of_the_office(world, published):
    commission = world.entity("European Commission", "organisation", subtype="eu_institution")
    ministry = world.entity("Ministry of the Interior", "organisation", subtype="ministry", country_code="ME")
    official = world.entity("A. Official", "person", country_code="LT", affiliation_entity_id=commission)
    minister = world.entity("B. Minister", "person", country_code="ME", affiliation_entity_id=ministry)
    alone = world.entity("C. Alone", "person", country_code="BA")
    made = published()
    for person, organisation, country in (
        (official, commission, "ZZ"),
        (minister, ministry, "ME"),
        (alone, "ent_unknown", "BA"),
    ):
        row = member(made, "dim_person", person)
        assert (row["organisation_id"], row["country_code"]) == (organisation, country)


def test_a_person_affiliated_to_a_country_has_no_organisation(world, published):
    lithuania = world.entity("Lithuania", "territory", country_code="LT")
    person = world.entity("A. Person", "person", country_code="LT", affiliation_entity_id=lithuania)
    assert member(published(), "dim_person", person)["organisation_id"] == "ent_unknown"


def test_aliases_are_the_other_spellings_in_order(world, published):
    person = world.entity("Vladislav Kondratovič", "person")
    for alias in ("V. Kondratovič", "Kondratovic"):
        world.add("resolved.entity_aliases", entity_id=person, alias=alias)
    plain = world.entity("A. Plain", "person")
    made = published()
    assert member(made, "dim_person", person)["aliases"] == "Kondratovic | V. Kondratovič"
    assert member(made, "dim_person", plain)["aliases"] is None


def test_only_acting_instruments_are_organisations_too(world, published):
    event = world.event("funding_granted", {"clm_a": "doc_a"})
    fund = world.entity("AMIF", "instrument", subtype="programme")
    idle = world.entity("IPA", "instrument", subtype="programme")
    carrier = world.entity("Twinning", "project")
    project = world.entity("PROTECT", "project")
    world.party(event, fund, "funder", "clm_a")
    world.relation("project_implementation", carrier, project, "clm_a", "doc_a")
    made = published()
    assert member(made, "dim_organisation", fund)["kind"] == "fund"
    assert member(made, "dim_organisation", carrier)["kind"] is None
    assert idle not in made["dim_organisation"]["organisation_id"].to_pylist()
    assert {fund, idle} < set(made["dim_instrument"]["instrument_id"].to_pylist())
    party = made["bridge_event_party"].to_pylist()[0]
    assert (party["party_id"], party["party_kind"], party["country_code"]) == (fund, "organisation", "ZZ")


def test_parties_of_an_instrument_stand_in_the_order_of_their_codes(world, published):
    protocol = world.entity("protocol", "instrument", subtype="implementing_protocol")
    parties = [
        world.entity("Montenegro", "territory", country_code="ME"),
        world.entity("Frontex", "organisation", subtype="eu_agency"),
        world.entity("Bosnia and Herzegovina", "territory", country_code="BA"),
    ]
    for party in parties:
        world.add("resolved.instrument_parties", instrument_entity_id=protocol, party_entity_id=party)
    row = member(published(), "dim_instrument", protocol)
    assert (row["parties"], row["n_parties"]) == ("BA | Frontex | ME", 3)


def test_the_number_of_an_act(world, published):
    acts = [
        ("Asylum and Migration Management Regulation", "eu_regulation", "AMMR", "2024/1351"),
        ("Pact on Migration and Asylum", "eu_regulation", "PACT", None),
        ("Regulation (EU) 2019/1896 on the European Border and Coast Guard", "eu_regulation", None, "2019/1896"),
        ("Regulation (EU) No 604/2013", "eu_regulation", None, "604/2013"),
        ("Directive 2008/115/EC", "eu_directive", None, "2008/115/EC"),
        ("Communication COM(2025) 101 final", "strategy", None, "COM(2025) 101"),
        ("Strategy 2021/2027", "strategy", None, None),
    ]
    ids = {
        name: world.entity(name, "instrument", subtype=kind, reference_id=reference_id)
        for name, kind, reference_id, _ in acts
    }
    made = published()
    assert {name: member(made, "dim_instrument", act)["reference"] for name, act in ids.items()} == {
        name: expected for name, _, _, expected in acts
    }


def project_world(world, *names, title=None):
    at = world.document("page", *(f"The project {name} was presented." for name in names))
    entities = [world.entity(name, "project") for name in names]
    for name, entity in zip(names, entities, strict=True):
        world.mention(at, name, "project", entity)
    world.add(
        "documents.links", doc_id=at[0], document_version_id=at[1], link_id="lnk_a", relation="project_page",
        target_url="https://project.example/", target_title=title,
    )  # fmt: skip
    return at, entities


def test_a_link_belongs_to_the_only_project_of_its_document(world, published):
    _, (project,) = project_world(world, "PROTECT", title="More about it")
    assert member(published(), "dim_project", project)["url"] == "https://project.example/"


def test_among_several_projects_the_title_of_the_link_decides(world, published):
    _, (first, second) = project_world(world, "PROTECT", "RETURN", title="return")
    made = published()
    assert member(made, "dim_project", first)["url"] is None
    assert member(made, "dim_project", second)["url"] == "https://project.example/"


def test_a_link_without_a_name_is_not_guessed_among_several_projects(world, published):
    _, projects = project_world(world, "PROTECT", "RETURN")
    made = published()
    assert [member(made, "dim_project", project)["url"] for project in projects] == [None, None]


def test_a_link_of_a_superseded_version_is_forgotten(world, published):
    at, (project,) = project_world(world, "PROTECT")
    new = world.document("page", "The project PROTECT was presented.", version=2, day=date(2025, 7, 8))
    world.mention(new, "PROTECT", "project", project)
    assert new[0] == at[0]
    assert member(published(), "dim_project", project)["url"] is None


def test_a_project_counts_funders_and_events(world, story, published):
    row = member(published(), "dim_project", story["project"])
    assert (row["n_funders"], row["n_events"]) == (2, 1)


def test_the_calendar_has_whole_years_without_a_hole(world, published):
    world.document("a", "Nothing.", published_on=date(2023, 5, 4))
    world.event("meeting", {"clm_a": "doc_a"}, start_on=date(2025, 12, 31), end_on=date(2026, 1, 1))
    made = published()["dim_date"]
    days = made["day_on"].drop_null().to_pylist()
    assert (days[0], days[-1]) == (date(2023, 1, 1), date(2026, 12, 31))
    assert len(days) == (days[-1] - days[0]).days + 1
    rows = {row["date_key"]: row for row in made.to_pylist()}
    assert rows[20240229]["day_on"] == date(2024, 2, 29)
    # 1 January 2023 is a Sunday of the last week of 2022, 31 December 2025 a Wednesday of the first week of 2026.
    assert [rows[20230101][name] for name in ("iso_year", "iso_week", "weekday", "weekday_name", "quarter")] == [
        2022, 52, 7, "Sunday", 1,
    ]  # fmt: skip
    assert [rows[20251231][name] for name in ("iso_year", "iso_week", "weekday", "month_name", "quarter")] == [
        2026, 1, 3, "December", 4,
    ]  # fmt: skip


def test_a_misprinted_year_does_not_add_the_centuries_before_it(world, published):
    world.document("a", "Nothing.", published_on=date(2025, 5, 4))
    world.event("meeting", {"clm_a": "doc_a"}, start_on=date(9999, 12, 31), end_on=date(9999, 12, 31))
    world.event("visit", {"clm_b": "doc_b"}, start_on=date(1, 1, 1), end_on=date(1, 1, 1))
    made = published()["dim_date"]
    assert made.num_rows == 1 + 3 * 365
    assert {day.year for day in made["day_on"].drop_null().to_pylist()} == {1, 2025, 9999}


def test_every_source_is_seen_also_one_that_gave_nothing(world, published):
    world.document("a", "Nothing.", source="alpha", day=date(2025, 7, 1))
    world.document("b", "Nothing else.", source="alpha", day=date(2025, 7, 3))
    world.document("c", "Nothing at all.", source="forgotten")
    made = published(sources={"alpha": "folder", "beta": "folder"}, gaps={"beta": "gate blocked"})
    rows = {row["source_id"]: row for row in made["dim_source"].to_pylist()}
    assert {key: (row["kind"], row["n_documents"], row["is_gap"], row["gap_reason"]) for key, row in rows.items()} == {
        "alpha": ("folder", 2, False, None),
        "beta": ("folder", 0, True, "gate blocked"),
        "forgotten": ("unknown", 1, False, None),
        "unknown": ("unknown", 0, False, None),
    }
    assert rows["alpha"]["first_retrieved_at"].date() == date(2025, 7, 1)
    assert rows["alpha"]["last_retrieved_at"].date() == date(2025, 7, 3)
    assert rows["beta"]["first_retrieved_at"] is None


def test_a_source_may_be_called_unknown(world, published):
    world.document("a", "Nothing.", source="unknown")
    made = published(sources={"unknown": "folder"})
    assert made["dim_source"].select(["source_id", "kind", "n_documents"]).to_pylist() == [
        {"source_id": "unknown", "kind": "folder", "n_documents": 1}
    ]


def test_a_country_the_file_does_not_know_becomes_unknown(world, published):
    place = world.entity("Gondwana", "place", country_code="QQ", subtype="city")
    row = member(published(), "dim_place", place)
    assert (row["country_code"], row["kind"]) == ("ZZ", "city")
