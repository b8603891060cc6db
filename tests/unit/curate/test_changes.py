"""What the change feed says between two releases, and the verdicts a release carries."""

from datetime import date

import pyarrow as pa
import pytest

from tasks.curate.changes import COMPARED, fact_changes, gate_result_table
from tasks.curate.step import CurateContext, curate
from tests.unit.curate.conftest import World, tell
from warehouse.contract_check import check_contract
from warehouse.errors import ContractError
from warehouse.tables import contract_of, curated_dimensions, curated_facts
from warehouse.tables.quality import GATE_RESULTS

FACT_CHANGE = curated_facts.FACT_CHANGE


@pytest.fixture
def release(world, reference):
    """Make a release of the world as it stands."""

    def make(**context):
        return curate(world.tables(), reference, CurateContext(**context))

    return make


@pytest.fixture(scope="module")
def before(reference):
    """The release of the story as it is told."""
    world = World()
    tell(world)
    return curate(world.tables(), reference, CurateContext())


def changes(previous, current):
    table = fact_changes(previous, current, current["id_registry"])
    assert check_contract(FACT_CHANGE, table) == []
    assert table.schema.equals(FACT_CHANGE.schema, check_metadata=True)
    assert table.equals(table.sort_by([("fact_table", "ascending"), ("fact_id", "ascending")]))
    return {(row["fact_table"], row["fact_id"]): row for row in table.to_pylist()}


def drop(world, table, **values):
    kept = [row for row in world.rows[table] if any(row[name] != value for name, value in values.items())]
    assert len(kept) < len(world.rows[table])
    world.rows[table] = kept


def alter(world, table, key, **values):
    (name, wanted), *_ = key.items()
    (row,) = [row for row in world.rows[table] if row[name] == wanted]
    row.update(values)


def test_the_first_release_adds_everything(world, story, release):
    current = release()
    made = changes(None, current)
    assert len(made) == sum(current[contract.name].num_rows for contract in COMPARED)
    assert {(row["change"], row["reason"], row["columns"]) for row in made.values()} == {
        ("added", "first release", None)
    }
    assert ("fact_event", story["event"]) in made
    assert not {"dim_date", "document_text", "fact_claim", "bridge_event_party"} & {table for table, _ in made}


def test_equal_releases_differ_in_nothing(world, story, release):
    assert changes(release(), release()) == {}


def test_a_new_fact_is_added(world, story, release, before):
    at = world.document("new", "Officials met in Vilnius.", day=date(2025, 7, 10))
    event = world.event("meeting", {world.claim(at, "Officials met in Vilnius", "meeting"): at[0]})
    made = changes(before, release())
    assert made["fact_event", event]["change"] == "added"
    assert made["fact_event", event]["reason"] == "not in the release before"
    assert made["dim_document", at[1]]["change"] == "added"
    assert made["dim_source", "alpha"]["change"] == "changed"
    assert set(made) == {("fact_event", event), ("dim_document", at[1]), ("dim_source", "alpha")}


def test_a_changed_fact_names_its_columns(world, story, release, before):
    alter(world, "resolved.events", {"event_id": story["event"]}, status="cancelled", end_on=None, n_documents=3)
    row = changes(before, release())["fact_event", story["event"]]
    assert (row["change"], row["reason"]) == ("changed", "its values changed")
    assert row["columns"] == "status,end_date_key,end_on,n_documents"


def test_more_support_is_told_apart_from_other_values(world, story, release, before):
    alter(world, "resolved.events", {"event_id": story["event"]}, n_documents=3, confidence=0.99)
    made = changes(before, release())
    assert made == {
        ("fact_event", story["event"]): {
            "fact_table": "fact_event", "fact_id": story["event"], "change": "changed",
            "reason": "what it says stands, its support changed", "columns": "n_documents,confidence",
            "successor_id": None,
        }
    }  # fmt: skip


def test_an_event_split_off_names_the_one_that_held_its_evidence(world, story, release, before):
    drop(world, "resolved.event_claims", claim_id=story["again"])
    split = world.event("agreement_signed", {story["again"]: story["second"]})
    made = changes(before, release())
    row = made["fact_event", split]
    assert (row["change"], row["reason"]) == ("split", f"its evidence supported {story['event']} before")
    # The party that this claim alone tells hangs on the old event still: nothing else of the event has changed.
    assert set(made) == {("fact_event", split)}


def test_a_payer_read_later_has_split_off_from_nothing(world, story, release, before):
    payer = world.relation("project_funding", story["me"], story["project"], story["funded"], story["third"])
    assert changes(before, release())["fact_funding", payer]["change"] == "added"


def test_a_merged_fact_names_its_last_successor(world, story, release, before):
    drop(world, "resolved.events", event_id=story["relocation"])
    alter(
        world, "resolved.id_registry", {"id": story["relocation"]},
        status="redirected", redirect_to="evt_between", reason="same day, same parties",
    )  # fmt: skip
    world.add(
        "resolved.id_registry", id="evt_between", kind="event", status="redirected", redirect_to=story["event"],
        reason="later",
    )  # fmt: skip
    row = changes(before, release())["fact_event", story["relocation"]]
    assert (row["change"], row["successor_id"]) == ("merged", story["event"])
    assert row["reason"] == "same day, same parties"


def test_a_retired_fact_gives_the_reason_of_the_registry(world, story, release, before):
    drop(world, "resolved.events", event_id=story["relocation"])
    reason = "its sentence is gone from the document"
    alter(world, "resolved.id_registry", {"id": story["relocation"]}, status="retired", reason=reason)
    row = changes(before, release())["fact_event", story["relocation"]]
    assert (row["change"], row["reason"], row["successor_id"]) == ("retired", reason, None)


def test_a_quantity_whose_sentence_is_gone_is_retired(world, story, release, before):
    world.document("third", "The page says something else now.", version=2, day=date(2025, 7, 10))
    drop(world, "resolved.quantities", quantity_id=story["quantity"])
    drop(world, "resolved.quantity_mentions", quantity_id=story["quantity"])
    row = changes(before, release())["fact_quantity", story["quantity"]]
    assert row["change"] == "retired"
    assert row["reason"] == "its sentence is gone from the current version of the document"


def test_a_quantity_that_is_only_read_otherwise_is_removed(world, story, release, before):
    drop(world, "resolved.quantities", quantity_id=story["quantity"])
    drop(world, "resolved.quantity_mentions", quantity_id=story["quantity"])
    row = changes(before, release())["fact_quantity", story["quantity"]]
    assert (row["change"], row["reason"]) == ("removed", "its sentence stands, but is read otherwise now")


def test_a_relation_of_a_withdrawn_document_is_retired(world, story, release, before):
    for table in ("documents.documents", "documents.links", "extracted.claims"):
        drop(world, table, doc_id=story["third"])
    for relation in (story["by_state"], story["by_fund"]):
        drop(world, "resolved.relations", relation_id=relation)
        drop(world, "resolved.relation_claims", relation_id=relation)
    made = changes(before, release())
    row = made["fact_funding", story["by_state"]]
    assert (row["change"], row["reason"]) == ("retired", "no document that told it is published any more")
    assert made["dim_document", story["third_version"]]["change"] == "removed"


def test_a_relation_under_a_new_id_is_followed_by_its_claim(world, story, release):
    # The project is one with another now, so the relation has another id; the same claim supports it.
    drop(world, "resolved.relations", relation_id=story["by_fund"])
    drop(world, "resolved.relation_claims", relation_id=story["by_fund"])
    before = release()
    drop(world, "resolved.relations", relation_id=story["by_state"])
    drop(world, "resolved.relation_claims", relation_id=story["by_state"])
    other = world.entity("PROTECT II", "project")
    successor = world.relation("project_funding", story["lt"], other, story["funded"], story["third"])
    row = changes(before, release())["fact_funding", story["by_state"]]
    assert (row["change"], row["successor_id"]) == ("merged", successor)


def test_a_relation_with_two_possible_successors_has_none(world, story, release, before):
    drop(world, "resolved.relations", relation_id=story["by_state"])
    drop(world, "resolved.relation_claims", relation_id=story["by_state"])
    other = world.entity("PROTECT II", "project")
    world.relation("project_funding", story["lt"], other, story["funded"], story["third"])
    row = changes(before, release())["fact_funding", story["by_state"]]
    assert (row["change"], row["successor_id"]) == ("removed", None)


def test_a_member_of_a_dimension_that_is_gone_is_removed(world, story, release):
    before = release(sources={"alpha": "folder", "closed": "folder"})
    row = changes(before, release(sources={"alpha": "folder"}))["dim_source", "closed"]
    assert (row["change"], row["columns"]) == ("removed", None)


def test_a_release_of_an_older_schema_is_compared_by_what_both_have(world, story, release):
    current = release()
    before = dict(current)
    before["fact_event"] = before["fact_event"].drop_columns(["is_conflicting"])
    before["dim_country"] = before["dim_country"].set_column(
        0, "country_code", before["dim_country"]["country_code"].cast(pa.large_string())
    )
    counts = before["dim_project"]["n_events"]
    before["dim_project"] = before["dim_project"].set_column(4, "n_events", counts.cast(pa.int64()))
    del before["dim_collective"]
    made = changes(before, current)
    assert {table for table, _ in made} == {"dim_collective"}
    assert {row["change"] for row in made.values()} == {"added"}


def test_a_missing_table_of_the_new_release_is_named(world, story, release):
    current = release()
    registry = current["id_registry"]
    del current["dim_place"]
    with pytest.raises(ContractError, match=r"curated\.dim_place"):
        fact_changes(None, current, registry)


def test_every_dimension_and_fact_with_an_id_is_compared():
    names = {contract.name for contract in COMPARED}
    dimensions = {contract.name for contract in curated_dimensions.TABLES}
    assert dimensions - names == {"dim_date", "document_text", "bridge_collective_member"}
    facts = {"fact_event", "fact_quantity", "fact_funding", "fact_pledge", "fact_instrument_status", "fact_statement"}
    assert facts <= names
    assert all(len(contract.key) == 1 for contract in COMPARED)


def verdict(**given):
    values = {
        "run_id": "run_1", "stage": "clean", "table_name": "documents.documents", "rule": "text_not_empty",
        "severity": "critical", "verdict": "passed", "n_rows": 3, "n_unexpected": 0, "observed": None,
        "examples": '["doc_a"]', "consequence": "An empty document would look like one that says nothing.",
    }  # fmt: skip
    return {**values, **given}


def verdicts(*rows):
    return pa.Table.from_pylist(list(rows), schema=GATE_RESULTS.schema)


def test_the_verdicts_of_the_run_are_published_in_order_without_examples():
    rows = [verdict(stage=stage, rule=rule) for stage in ("resolve", "clean") for rule in ("b", "a")]
    made = gate_result_table(verdicts(*rows))
    contract = contract_of("curated", "fact_gate_result")
    assert check_contract(contract, made) == []
    assert made.schema.equals(contract.schema, check_metadata=True)
    assert list(zip(made["stage"].to_pylist(), made["rule"].to_pylist(), strict=True)) == [
        ("clean", "a"), ("clean", "b"), ("resolve", "a"), ("resolve", "b"),
    ]  # fmt: skip


def test_no_verdicts_make_an_empty_table():
    assert gate_result_table(verdicts()).num_rows == 0


def test_verdicts_of_two_runs_are_refused():
    with pytest.raises(ContractError, match="verdicts of 2 runs: run_1, run_2"):
        gate_result_table(verdicts(verdict(), verdict(run_id="run_2", rule="other")))


def test_two_verdicts_of_one_rule_are_refused():
    with pytest.raises(ContractError, match="two verdicts"):
        gate_result_table(verdicts(verdict(), verdict(verdict="failed")))
