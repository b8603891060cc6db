"""What people correct stands in the tables, in the registry and in the change feed, with who and why."""

from datetime import date

import pytest

from tasks.curate.changes import fact_changes
from tasks.curate.step import CurateContext, curate
from warehouse.contract_check import check_contract
from warehouse.corrections import Correction
from warehouse.tables import CURATED


def correction(action, identifier, column="", value=""):
    return Correction(action, identifier, "", column, value, "read both pages", "M. Editor", "2025-07-10")


@pytest.fixture
def release(world, story, reference):
    """Make a release of the story with corrections."""

    def make(*corrections):
        made = curate(world.tables(), reference, CurateContext(corrections=corrections))
        for contract in CURATED:
            if contract.name in made:
                assert check_contract(contract, made[contract.name]) == [], contract.name
        return made

    return make


def rows(table, **wanted):
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]


def changes(before, after):
    found = fact_changes(before, after, after["id_registry"]).to_pylist()
    return {(row["fact_table"], row["fact_id"]): (row["change"], row["reason"]) for row in found}


def test_a_value_that_is_set_says_so_in_the_row_and_in_the_feed(story, release):
    before = release()
    after = release(
        correction("set", story["event"], "start_on", "2025-06-30"),
        correction("set", story["event"], "status", "planned"),
    )
    (event,) = rows(after["fact_event"], event_id=story["event"])
    assert (event["start_on"], event["start_date_key"], event["date_basis"]) == (
        date(2025, 6, 30),
        20250630,
        "corrected",
    )
    assert event["status"] == "planned"
    noted = "start_on by M. Editor: read both pages; status by M. Editor: read both pages"
    assert event["correction"] == noted
    assert changes(before, after)["fact_event", story["event"]] == ("changed", f"corrected: {noted}")
    assert rows(before["fact_event"], event_id=story["event"])[0]["correction"] is None


def test_a_retracted_event_leaves_with_what_followed_from_it(story, release):
    before, after = release(), release(correction("retract", story["relocation"]))
    assert rows(after["fact_event"], event_id=story["relocation"]) == []
    assert rows(after["bridge_event_party"], event_id=story["relocation"]) == []
    assert rows(after["fact_quantity"], quantity_id=story["quantity"])[0]["event_id"] is None
    assert after["fact_pledge"].num_rows == 0
    (entry,) = rows(after["id_registry"], id=story["relocation"])
    assert (entry["status"], entry["reason"]) == ("retracted", "retracted by M. Editor: read both pages")
    told = changes(before, after)
    assert told["fact_event", story["relocation"]] == ("retracted", "retracted by M. Editor: read both pages")
    (pledge,) = rows(before["fact_pledge"], event_id=story["relocation"])
    change, reason = told["fact_pledge", pledge["pledge_id"]]
    assert change == "retracted"
    assert "read both pages" in reason


def test_a_retracted_quantity_leaves_its_event(story, release):
    after = release(correction("retract", story["quantity"]))
    assert after["fact_quantity"].num_rows == 0
    assert len(rows(after["fact_event"], event_id=story["relocation"])) == 1
    assert rows(after["bridge_fact_evidence"], fact_table="fact_quantity") == []


def test_what_only_a_taken_down_document_told_says_so_in_the_feed(story, release):
    told = changes(release(), release(correction("takedown", story["third"])))
    change, reason = told["fact_quantity", story["quantity"]]
    assert (change, reason) == ("retired", "what told it was taken down by M. Editor: read both pages")


def test_a_document_that_is_taken_down_keeps_its_id_alone(story, release):
    after = release(correction("takedown", story["third"]))
    (document,) = rows(after["dim_document"], doc_id=story["third"])
    assert document["takedown"] == "by M. Editor: read both pages"
    assert (document["title"], document["url"], document["publisher"]) == (None, None, None)
    assert not document["is_current"]
    assert document["body_sha256"]
    for name in ("document_text", "fact_claim", "fact_mention", "bridge_fact_evidence"):
        assert rows(after[name], document_version_id=story["third_version"]) == [], name
    words = [value for table in after.values() for row in table.to_pylist() for value in row.values()]
    assert not [value for value in words if isinstance(value, str) and "These 58 are the first" in value]


def test_a_correction_of_what_is_not_here_is_passed_over_with_a_warning(story, release, caplog):
    gone = "evt_" + "a" * 26
    after = release(correction("retract", gone), correction("set", gone, "status", "planned"))
    assert after["fact_event"].equals(release()["fact_event"])
    assert gone in caplog.text
