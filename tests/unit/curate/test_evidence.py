"""Every published fact leads to its passage, and every passage stands in the published text."""

import re
from datetime import UTC, date, datetime

import pytest

from tasks.curate.step import CurateContext, curate
from warehouse.ids import ID_PATTERN

CONTEXT = CurateContext(sources={"alpha": "folder", "beta": "folder"})


def spans(made):
    for row in made["bridge_fact_evidence"].to_pylist() + made["fact_claim"].to_pylist():
        yield row, row["quote"]
    for row in made["bridge_document_topic"].to_pylist():
        yield row, row["quote"]
    for row in made["fact_mention"].to_pylist():
        yield row, row["text"]


def assert_every_span_stands_in_the_text(made):
    texts = {row["document_version_id"]: row["text"] for row in made["document_text"].to_pylist()}
    checked = 0
    for row, quoted in spans(made):
        assert texts[row["document_version_id"]][row["start"] : row["end"]] == quoted
        checked += 1
    return checked


def evidence_of(made, fact):
    return [row for row in made["bridge_fact_evidence"].to_pylist() if row["fact_id"] == fact]


def documents(made):
    return {
        row["document_version_id"]: row
        for row in made["dim_document"].to_pylist()
        if row["document_version_id"] != "ver_unknown"
    }


@pytest.fixture(scope="module")
def made(releases):
    return releases()


def test_every_span_stands_in_the_published_text(made):
    assert assert_every_span_stands_in_the_text(made) == 8 + 5 + 12


def test_every_fact_has_evidence(made):
    facts = {
        *made["fact_event"]["event_id"].to_pylist(),
        *made["fact_quantity"]["quantity_id"].to_pylist(),
        *made["fact_funding"]["relation_id"].to_pylist(),
    }
    assert len(facts) == 5
    assert {row["fact_id"] for row in made["bridge_fact_evidence"].to_pylist()} == facts


def test_an_event_keeps_every_claim_with_its_role(made, story):
    roles = {row["evidence_id"]: row["evidence_role"] for row in evidence_of(made, story["event"])}
    assert roles == {
        story["signed"]: "primary",
        story["headline"]: "corroborating",
        story["again"]: "corroborating",
    }


def test_a_quantity_quotes_its_sentence(made, story):
    rows = {row["evidence_id"]: row for row in evidence_of(made, story["quantity"])}
    assert rows[story["estimated"]]["quote"] == "An estimated 58 people will be moved to Lithuania."
    assert rows[story["estimated"]]["evidence_role"] == "primary"
    assert rows[story["bare"]]["quote"] == "These 58 are the first."
    assert rows[story["bare"]]["evidence_role"] == "corroborating"


def test_a_quantity_across_two_sentences_quotes_itself(world, reference):
    at = world.document("split", "They were EUR", "1.5 million in all.")
    mention = world.mention(at, "EUR\n\n1.5 million", "quantity", value_min=1.5e6, value_max=1.5e6)
    quantity = world.quantity(at, [mention])
    made = curate(world.tables(), reference, CONTEXT)
    assert [row["quote"] for row in evidence_of(made, quantity)] == ["EUR\n\n1.5 million"]
    assert assert_every_span_stands_in_the_text(made) == 2


def told_twice(world, **second):
    """Two documents with the same bytes, each with its own sentences, mentions and claims; one event, one quantity."""
    sentences = ("Lithuania will take in 58 people.", "It said so on Monday.")
    one = world.document("one", *sentences, body="the same bytes")
    two = world.document("two", *second.pop("sentences", sentences), body="the same bytes", source="beta", **second)
    entity = world.entity("Lithuania", "territory", country_code="LT")
    claims = {}
    for at in (one, two):
        claims[world.claim(at, "Lithuania will take in 58 people", "relocation")] = at[0]
        world.mention(at, "Lithuania", "territory", entity)
    mentions = [world.mention(at, "58 people", "quantity") for at in (one, two)]
    quantity = world.quantity(one, mentions[:1])
    world.add("resolved.quantity_mentions", quantity_id=quantity, mention_id=mentions[1], doc_id=two[0])
    return one, two, world.event("relocation", claims), quantity


def test_two_documents_with_the_same_bytes_are_one_row(world, reference):
    one, two, event, quantity = told_twice(world)
    assert one[0] != two[0]
    assert one[1] == two[1]
    world.add("documents.duplicates", doc_id_a=one[0], doc_id_b=two[0], kind="exact")
    made = curate(world.tables(), reference, CONTEXT)
    (document,) = documents(made).values()
    assert document["doc_id"] == min(one[0], two[0])  # captured in the same instant: the smaller id
    assert document["is_current"]
    assert document["republishes_doc_id"] is None
    assert document["n_events"] == 1
    assert made["document_text"].num_rows == 1
    for fact in (event, quantity):
        rows = evidence_of(made, fact)
        assert len(rows) == 2
        assert {row["document_version_id"] for row in rows} == {one[1]}
    assert assert_every_span_stands_in_the_text(made) == 4 + 2 + 4


def test_of_the_same_bytes_the_document_captured_first_stands(world, reference):
    one, _, _, _ = told_twice(world, day=date(2025, 7, 8))
    (document,) = documents(curate(world.tables(), reference, CONTEXT)).values()
    assert document["doc_id"] == one[0]
    assert document["source_id"] == "alpha"


def test_of_the_same_bytes_the_document_that_still_stands_so_is_published(world, reference):
    # The first document has moved on to other bytes: the second one is the one in which these can still be read.
    one, two, _, _ = told_twice(world, day=date(2025, 7, 8))
    world.document("one", "Something else entirely.", version=2, day=date(2025, 7, 9))
    made = documents(curate(world.tables(), reference, CONTEXT))
    assert made[two[1]]["doc_id"] == two[0]
    assert made[two[1]]["is_current"]
    current = [row["doc_id"] for row in made.values() if row["is_current"]]
    assert sorted(current) == sorted([one[0], two[0]])


def test_a_document_that_repeats_an_absorbed_one_repeats_its_representative(world, reference):
    one, two, _, _ = told_twice(world, day=date(2025, 7, 8))
    three = world.document("three", "Lithuania will take in 58 people.", day=date(2025, 7, 9))
    world.add("documents.duplicates", doc_id_a=two[0], doc_id_b=three[0], kind="republished")
    made = documents(curate(world.tables(), reference, CONTEXT))
    assert made[three[1]]["republishes_doc_id"] == one[0]


def test_the_same_bytes_read_as_two_texts_are_two_versions(world, reference):
    # Two servers declare two encodings: offsets of the one reading are wrong in the other.
    sentences = ("Ä Ö Ü – Lithuania will take in 58 people.", "It said so on Monday.")
    one, two, event, _ = told_twice(world, sentences=sentences, day=date(2025, 7, 8))
    made = curate(world.tables(), reference, CONTEXT)
    published = documents(made)
    assert {row["doc_id"] for row in published.values()} == {one[0], two[0]}
    assert published[one[1]]["doc_id"] == one[0]
    (other,) = set(published) - {one[1]}
    assert re.fullmatch(ID_PATTERN, other)
    assert len({row["document_version_id"] for row in evidence_of(made, event)}) == 2
    assert {row["body_sha256"] for row in published.values()} == {published[one[1]]["body_sha256"]}
    assert assert_every_span_stands_in_the_text(made) == 4 + 2 + 4


def test_facts_come_from_the_latest_version(world, reference):
    entity = world.entity("Lithuania", "territory", country_code="LT")
    old = world.document("page", "Lithuania will take in 58 people.", "A typo heer.")
    new = world.document("page", "News:", "Lithuania will take in 58 people.", version=2, day=date(2025, 7, 8))
    for at in (old, new):
        claim = world.claim(at, "Lithuania will take in 58 people", "relocation")
        mention = world.mention(at, "Lithuania", "territory", entity)
    event = world.event("relocation", {claim: new[0]})
    made = curate(world.tables(), reference, CONTEXT)
    assert {key: row["is_current"] for key, row in documents(made).items()} == {old[1]: False, new[1]: True}
    assert [row["document_version_id"] for row in evidence_of(made, event)] == [new[1]]
    assert [row["mention_id"] for row in made["fact_mention"].to_pylist()] == [mention]
    # Nothing quotes the old version any more: its row stays, its text does not.
    assert made["document_text"]["document_version_id"].to_pylist() == [new[1]]
    assert assert_every_span_stands_in_the_text(made) == 3


def test_the_text_of_an_old_version_stays_while_a_fact_rests_on_it(world, reference):
    old = world.document("page", "Lithuania will take in 58 people.")
    new = world.document("page", "The page has moved.", version=2, day=date(2025, 7, 8))
    claim = world.claim(old, "Lithuania will take in 58 people", "relocation")
    world.claim(old, "will take in", "statement")  # not used by any fact: not published
    world.event("relocation", {claim: old[0]})
    made = curate(world.tables(), reference, CONTEXT)
    assert made["fact_claim"]["claim_id"].to_pylist() == [claim]
    assert sorted(made["document_text"]["document_version_id"].to_pylist()) == sorted([old[1], new[1]])
    assert assert_every_span_stands_in_the_text(made) == 2


def test_versions_of_one_day_follow_their_retrieval(world, reference):
    late = world.document("page", "Evening.", version=2, retrieved_at=datetime(2025, 7, 7, 18, tzinfo=UTC))
    world.document("page", "Morning.", retrieved_at=datetime(2025, 7, 7, 5, tzinfo=UTC))
    made = documents(curate(world.tables(), reference, CONTEXT))
    assert [key for key, row in made.items() if row["is_current"]] == [late[1]]
