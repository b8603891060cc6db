"""Topics of documents: those of current versions, each once, with the words that tell it."""

from datetime import date

import pytest

from tasks.curate.step import CurateContext, curate
from warehouse.corrections import Correction

CONTEXT = CurateContext(sources={"alpha": "folder", "beta": "folder"})


def tell(world, at, words, topic, **given):
    """Tell a topic of a document version by the first occurrence of the words."""
    start = world.texts[at].index(words)
    (sentence,) = [one for one in world.sentences[at] if one["start"] <= start < one["end"]]
    values = {
        "topic": topic, "doc_id": at[0], "document_version_id": at[1], "start": start, "end": start + len(words),
        "sentence_id": sentence["sentence_id"], "text": words, "rule_id": "topic.title",
    }  # fmt: skip
    world.add("extracted.topics", **{**values, **given})


@pytest.fixture
def bridge(world, reference):
    def make(context=CONTEXT):
        made = curate(world.tables(), reference, context)
        texts = {row["document_version_id"]: row["text"] for row in made["document_text"].to_pylist()}
        rows = made["bridge_document_topic"].to_pylist()
        assert all(texts[row["document_version_id"]][row["start"] : row["end"]] == row["quote"] for row in rows)
        return rows

    return make


def test_a_topic_stands_beside_its_version_with_its_words_and_rule(world, bridge):
    page = world.document("page", "A word 🤝 before.", "Talks on readmission and visas.")
    tell(world, page, "visas", "visa", n_words=1)
    tell(world, page, "readmission", "readmission", n_words=1, rule_id="topic.event", confidence=0.7)
    by_topic = {row["topic"]: row for row in bridge()}
    assert sorted(by_topic) == ["readmission", "visa"]
    told = by_topic["readmission"]
    assert (told["document_version_id"], told["quote"]) == (page[1], "readmission")
    assert (told["rule_id"], told["confidence"]) == ("topic.event", 0.7)
    assert told["sentence_id"] == world.sentences[page][1]["sentence_id"]


def test_only_current_versions_have_topics(world, bridge):
    old = world.document("page", "Talks on visas.")
    new = world.document("page", "Talks on asylum.", version=2, day=date(2025, 7, 8))
    tell(world, old, "visas", "visa")
    tell(world, new, "asylum", "asylum")
    assert [(row["document_version_id"], row["topic"]) for row in bridge()] == [(new[1], "asylum")]


def test_one_version_of_two_documents_tells_its_topics_once(world, bridge):
    for name, source in (("one", "alpha"), ("two", "beta")):
        tell(world, world.document(name, "Talks on asylum.", body="the same", source=source), "asylum", "asylum")
    assert [row["topic"] for row in bridge()] == ["asylum"]


def test_a_document_that_was_taken_down_tells_no_topic(world, bridge):
    page = world.document("page", "Talks on asylum.")
    tell(world, page, "asylum", "asylum")
    taken = Correction("takedown", page[0], "", "", "", "asked for", "M. Editor", "2025-07-10")
    assert bridge(CurateContext(sources={"alpha": "folder"}, corrections=(taken,))) == []


def test_a_version_that_was_archived_again_tells_its_topics_once(world, bridge):
    page = world.document("page", "Talks on asylum.")
    for _ in range(2):
        tell(world, page, "asylum", "asylum")
    assert [row["topic"] for row in bridge()] == ["asylum"]
