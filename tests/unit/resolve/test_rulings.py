"""What people decided on what is one thing stands above the rules, with their name, from the first run on."""

from __future__ import annotations

import pytest

from tests.unit.resolve.newsroom import Newsroom, Resolved, Row
from warehouse.corrections import Correction
from warehouse.ids import make_id


def ruling(action: str, one: str, other: str) -> Correction:
    return Correction(action, one, other, "", "", "both pages were read", "M. Editor", "")


def operation(newsroom: Newsroom, name: str, when: str, captured: str = "2025-07-10") -> Row:
    page = newsroom.page(name, "Frontex starts an operation", f"An operation got under way, {name}.", captured=captured)
    agency = page.body("Frontex", "FRONTEX") if "Frontex" in page.text.split("\n\n")[1] else None
    parties = [("deployer", agency)] if agency else []
    return page.claim("deployment", "got under way", *parties, date=when, country="ME")


@pytest.fixture
def two(newsroom: Newsroom) -> tuple[Row, Row]:
    """Two operations in two months: two events by every rule."""
    return operation(newsroom, "a", "2020-07-15"), operation(newsroom, "b", "2020-10-15", captured="2025-07-11")


def event_ids(resolved: Resolved) -> set[str]:
    return {row["event_id"] for row in resolved["events"]}


def test_two_events_that_a_person_merged_are_one_and_the_older_id_stays(newsroom, two):
    before = newsroom.resolve()
    ids = [before.event_of(claim)["event_id"] for claim in two]
    assert len(set(ids)) == 2
    merge = ruling("merge", *ids)
    after = newsroom.resolve(prior=before, corrections=[merge])
    assert event_ids(after) == {ids[0]}
    entry = after.registry(ids[1])
    assert (entry["status"], entry["redirect_to"]) == ("redirected", ids[0])
    event = after.event_of(two[1])
    assert (event["n_documents"], event["is_conflicting"]) == (2, True)
    judged = after.judgement(two[0]["claim_id"], two[1]["claim_id"])
    assert judged is not None
    assert (judged["verdict"], judged["author"], judged["reason"]) == ("same", "M. Editor", "both pages were read")


def test_a_merge_is_replayed_on_a_rebuild_and_in_any_order(newsroom, two):
    ids = [newsroom.resolve().event_of(claim)["event_id"] for claim in two]
    for pair in (ids, ids[::-1]):
        again = newsroom.resolve(corrections=[ruling("merge", *pair)], seed=7)
        assert event_ids(again) == {ids[0]}
    first = newsroom.resolve(until="2025-07-10", corrections=[ruling("merge", *ids)])
    assert event_ids(first) == {ids[0]}, "the other document is not here yet"
    grown = newsroom.resolve(prior=first, corrections=[ruling("merge", *ids)])
    assert grown.tables["events"].equals(newsroom.resolve(corrections=[ruling("merge", *ids)]).tables["events"])


def test_a_merge_that_is_taken_back_gives_the_ids_back(newsroom, two):
    before = newsroom.resolve()
    ids = [before.event_of(claim)["event_id"] for claim in two]
    merged = newsroom.resolve(prior=before, corrections=[ruling("merge", *ids)])
    assert event_ids(newsroom.resolve(prior=merged)) == set(ids)


def test_one_event_that_a_person_split_is_two(newsroom):
    told = [operation(newsroom, f"{name} with Frontex", "2020-07-15") for name in ("a", "b")]
    before = newsroom.resolve()
    assert before.event_of(told[0]) == before.event_of(told[1])
    split = ruling("split", *(claim["claim_id"] for claim in told))
    for prior in (None, before):
        after = newsroom.resolve(prior=prior, corrections=[split])
        assert len(event_ids(after)) == 2
        assert before.event_of(told[0])["event_id"] in event_ids(after)
        judged = after.judgement(told[0]["claim_id"], told[1]["claim_id"])
        assert judged is not None
        assert (judged["verdict"], judged["rule_id"]) == ("not_same", "person")


def test_two_persons_that_a_person_merged_are_one(newsroom):
    mentions = []
    for page_name, name in (("a", "Ana Kovač"), ("b", "Ana Petrović")):
        page = newsroom.page(page_name, "News", f"{name} spoke to the press.")
        mentions.append(page.person(name, "Minister of the Interior", "HR"))
    before = newsroom.resolve()
    ids = [before.entity_of(mention) for mention in mentions]
    assert len(set(ids)) == 2
    after = newsroom.resolve(prior=before, corrections=[ruling("merge", *ids)])
    assert len({after.entity_of(mention) for mention in mentions}) == 1
    assert len(after.entities("person")) == 1


def test_a_ruling_on_what_is_not_here_is_passed_over_with_a_warning(newsroom, two, caplog):
    gone = make_id("evt", "gone")
    known = newsroom.resolve().event_of(two[0])["event_id"]
    after = newsroom.resolve(corrections=[ruling("merge", gone, known)])
    assert after.tables["events"].equals(newsroom.resolve().tables["events"])
    assert gone in caplog.text


def test_a_document_that_was_taken_down_tells_nothing_and_its_event_is_retired(newsroom, two):
    before = newsroom.resolve()
    lost = before.event_of(two[1])["event_id"]
    takedown = Correction("takedown", two[1]["doc_id"], "", "", "", "privacy", "M. Editor", "")
    after = newsroom.resolve(prior=before, corrections=[takedown])
    assert lost not in event_ids(after)
    assert after.registry(lost)["status"] == "retired"


def test_a_merge_takes_the_copies_of_both_events_along(newsroom):
    told = [operation(newsroom, f"{name} with Frontex", when) for name, when in (
        ("a", "2020-07-15"), ("b", "2020-07-15"), ("c", "2020-10-15"), ("d", "2020-10-15"),
    )]  # fmt: skip
    before = newsroom.resolve()
    assert len(event_ids(before)) == 2
    after = newsroom.resolve(corrections=[ruling("merge", told[1]["claim_id"], told[2]["claim_id"])])
    assert len(event_ids(after)) == 1
    assert after.event_of(told[0])["n_documents"] == 4
