"""Every curated table against its contract, its foreign keys and its order, whatever the input."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tasks.curate.step import BUILD_ORDER, INPUTS, CurateContext, curate
from warehouse.contract_check import check_contract
from warehouse.errors import ContractError
from warehouse.ids import make_id
from warehouse.tables import CURATED, contract_of

MADE_ELSEWHERE = {"fact_gate_result", "fact_change"}
CONTRACTS = [contract for contract in CURATED if contract.name not in MADE_ELSEWHERE]
CONTEXT = CurateContext(sources={"alpha": "folder", "beta": "folder"}, gaps={"gamma": "unreachable"})


def dangling(world, story):
    """Point at things that a gate has refused, or that are of an unexpected kind."""
    gone, place = make_id("ent", "gone"), story["vilnius"]
    event, signed = story["event"], story["signed"]
    world.party(event, gone, "chair", signed)
    world.party(event, place, "host", signed)
    world.party(make_id("evt", "gone"), story["lt"], "host", signed)
    world.add("resolved.event_instruments", event_id=event, entity_id=place, basis="text", claim_id=signed)
    world.add("resolved.event_claims", claim_id=make_id("clm", "gone"), doc_id=story["first"], event_id=event)
    world.add("resolved.quantity_mentions", quantity_id=story["quantity"], mention_id="men_gone", doc_id="doc_gone")
    world.add("resolved.quantities", quantity_id="qty_lost", event_id="evt_gone", doc_id="doc_gone", qualifier="exact")
    world.entity("Gondwana", "place", country_code="QQ")
    world.entity("A. Nobody", "person", affiliation_entity_id=gone)
    world.relation("project_funding", gone, gone, story["funded"], story["third"])
    world.relation("project_implementation", story["region"], story["project"], story["funded"], story["third"])
    founder = world.claim((story["third"], story["third_version"]), "These 58 are the first", "meeting")
    world.event(
        "meeting", {founder: story["third"]}, place_entity_id=gone, project_entity_id=place, country_code="QQ",
        start_on=date(9999, 12, 31), end_on=date(1, 1, 1),
    )  # fmt: skip


def forget(world, story):
    for rows in world.rows.values():
        rows.clear()


@pytest.fixture(
    scope="module", params=[lambda world, story: None, dangling, forget], ids=["story", "dangling", "empty"]
)
def made(request, releases):
    return releases(request.param)


def test_every_table_but_those_about_the_run_is_made(made):
    assert sorted(made) == sorted(contract.name for contract in CONTRACTS)


def test_every_table_has_the_schema_and_contents_of_its_contract(made):
    for contract in CONTRACTS:
        table = made[contract.name]
        assert table.schema.equals(contract.schema, check_metadata=True), contract.name
        assert check_contract(contract, table) == [], contract.name


def test_every_table_is_sorted_by_its_contract(made):
    for contract in CONTRACTS:
        order = [(name, "ascending") for name in contract.sort_order]
        assert made[contract.name].equals(made[contract.name].sort_by(order)), contract.name


def test_every_foreign_key_is_found(made):
    checked, missing = 0, {}
    for contract in CONTRACTS:
        for column in contract.columns:
            if column.refers_to is None or not column.refers_to.startswith("curated."):
                continue
            _, table, key = column.refers_to.split(".")
            values = made[contract.name][column.name].drop_null().unique()
            lost = values.filter(pc.invert(pc.is_in(values, value_set=made[table][key].combine_chunks())))
            checked += 1
            if len(lost):
                missing[f"{contract.name}.{column.name}"] = lost.to_pylist()
    assert missing == {}
    assert checked > 20


def test_an_inner_join_with_every_dimension_keeps_every_event(made):
    # What the unknown members are for: no event may vanish because one of its attributes is not known.
    events = made["fact_event"]
    for table, foreign, key in (
        ("dim_date", "start_date_key", "date_key"), ("dim_date", "end_date_key", "date_key"),
        ("dim_place", "place_id", "place_id"), ("dim_country", "country_code", "country_code"),
        ("dim_instrument", "instrument_id", "instrument_id"), ("dim_project", "project_id", "project_id"),
        ("dim_event_type", "event_type", "event_type"),
    ):  # fmt: skip
        dimension = made[table].select([key])
        assert events.join(dimension, foreign, key, join_type="inner").num_rows == events.num_rows, table


def test_empty_inputs_leave_the_unknown_members_and_no_facts(world, reference):
    made = curate(world.tables(), reference, CurateContext())
    unknown = {
        "dim_date": ("date_key", 0), "dim_place": ("place_id", "ent_unknown"),
        "dim_organisation": ("organisation_id", "ent_unknown"), "dim_person": ("person_id", "ent_unknown"),
        "dim_collective": ("collective_id", "ent_unknown"), "dim_instrument": ("instrument_id", "ent_unknown"),
        "dim_project": ("project_id", "ent_unknown"), "dim_source": ("source_id", "unknown"),
        "dim_document": ("document_version_id", "ver_unknown"),
    }  # fmt: skip
    for table, (key, value) in unknown.items():
        assert made[table][key].to_pylist() == [value], table
    assert "ZZ" in made["dim_country"]["country_code"].to_pylist()
    assert "unknown" in made["dim_event_type"]["event_type"].to_pylist()
    for contract in CONTRACTS:
        if contract.name.startswith(("fact_", "bridge_", "document_text", "id_registry")):
            assert made[contract.name].num_rows == 0, contract.name


def test_what_cannot_be_published_is_left_out_with_a_warning(world, story, reference, caplog):
    dangling(world, story)
    made = curate(world.tables(), reference, CONTEXT)
    told = caplog.text
    for part in ("event_claims", "relation_claims", "quantity_mentions", "event_parties", "event_instruments"):
        assert (f"resolved.{part}" in told) == (part != "relation_claims"), part
    assert "place is not in dim_place" in told
    assert "project is not in dim_project" in told
    assert "does not know (1, such as QQ)" in told
    assert "relations whose payer or implementer is neither an organisation nor a country (2," in told
    assert "relations whose project is not in dim_project (1," in told
    roles = made["bridge_event_party"]["role"].to_pylist()
    assert "host" not in roles
    assert "chair" not in roles


def test_a_clean_input_warns_of_nothing(world, story, reference, caplog):
    curate(world.tables(), reference, CONTEXT)
    assert caplog.records == []


@pytest.mark.parametrize("name", INPUTS)
def test_a_missing_input_is_named(world, reference, name):
    tables = world.tables()
    del tables[name]
    with pytest.raises(ContractError, match=name):
        curate(tables, reference, CONTEXT)


def test_each_input_is_a_table_of_a_contract():
    for name in INPUTS:
        assert isinstance(contract_of(*name.split(".")).schema, pa.Schema)


def test_no_sql_file_is_left_unused():
    from tasks.curate.engine import SQL_DIRECTORY

    built = {name.removeprefix("curated.").replace(".", "_") for name in BUILD_ORDER}
    other = {
        "macros",
        "stage_reading",
        "stage_version",
        "report_losses",
        "changes_rows",
        "changes_evidence",
        "changes_splits",
    }
    assert {path.stem for path in SQL_DIRECTORY.glob("*.sql")} == built | other
