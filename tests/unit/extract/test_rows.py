from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from tasks.extract import rows
from tasks.extract.annotations import Annotations, Argument, Claim, Document, Mention, Reject, Topic, Vote
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.mentions import find_mentions
from warehouse.contract_check import check_contract
from warehouse.errors import ContractError
from warehouse.tables import extracted

from .conftest import document

TEXT = "Lithuania met Serbia in Budva on 12 May 2025."
CONTRACTS = {
    "mentions": extracted.MENTIONS,
    "claims": extracted.CLAIMS,
    "claim_arguments": extracted.CLAIM_ARGUMENTS,
    "rejects": extracted.REJECTS,
    "topics": extracted.TOPICS,
    "votes": extracted.VOTES,
}


def _annotated(knowledge: Knowledge) -> tuple[Document, Annotations]:
    source = document(TEXT)
    mentions, _ = find_mentions(source, knowledge)
    by_text = {mention.text: mention for mention in mentions}
    claim = Claim(
        claim_id="clm_a", sentence_id=source.sentences[0].sentence_id, claim_kind="event", claim_type="meeting",
        status="occurred", polarity="affirmed", zone="body", trigger_start=10, trigger_end=13, start=0, end=44,
        rule_id="meeting.meet", confidence=0.9, date_mention=by_text["12 May 2025"], date_start=date(2025, 5, 12),
        date_end=date(2025, 5, 12), date_precision="day", date_verbatim="12 May 2025", date_basis="text",
        place_mention=by_text["Budva"], place_name="Budva", place_basis="text", country_code="ME", country_basis="text",
        arguments=(Argument("participant", by_text["Lithuania"], "text", "meeting.subject"),
                   Argument("participant", by_text["Serbia"], "text", "meeting.object")),
    )  # fmt: skip
    reject = Reject(source.sentences[0].sentence_id, "meeting", 10, 13, "met", "meeting.meet", "no_party")
    topic = Topic("regional_cooperation", source.sentences[0].sentence_id, 10, 13, "met", 0, "topic.event", 0.85)
    vote = Vote("claim", "clm_a", "rules", True)
    return source, Annotations(tuple(mentions), (claim,), (reject,), (topic,), (vote,))


def test_the_tables_keep_their_contracts(knowledge: Knowledge) -> None:
    tables = rows.tables([_annotated(knowledge)], "rul_x")
    for name, table in tables.items():
        assert table.schema == CONTRACTS[name].schema
        assert check_contract(CONTRACTS[name], table) == []
    assert {name: table.num_rows for name, table in tables.items()} == {
        "mentions": 4, "claims": 1, "claim_arguments": 2, "rejects": 1, "topics": 1, "votes": 1,
    }  # fmt: skip


def test_every_text_is_cut_out_of_the_document(knowledge: Knowledge) -> None:
    tables = rows.tables([_annotated(knowledge)], "rul_x")
    for name, table in tables.items():
        for row in table.to_pylist():
            if name == "claims":
                assert TEXT[row["trigger_start"] : row["trigger_end"]] == row["trigger_text"] == "met"
                assert TEXT[row["start"] : row["end"]] == row["quote"]
            elif name != "votes":
                assert TEXT[row["start"] : row["end"]] == row["text"]


def test_a_claim_points_to_its_mentions(knowledge: Knowledge) -> None:
    tables = rows.tables([_annotated(knowledge)], "rul_x")
    ids = dict(zip(tables["mentions"]["text"].to_pylist(), tables["mentions"]["mention_id"].to_pylist(), strict=True))
    claim = tables["claims"].to_pylist()[0]
    assert (claim["date_mention_id"], claim["place_mention_id"]) == (ids["12 May 2025"], ids["Budva"])
    assert claim["project_mention_id"] is None
    arguments = tables["claim_arguments"].to_pylist()
    assert [(row["ordinal"], row["mention_id"]) for row in arguments] == [(0, ids["Lithuania"]), (1, ids["Serbia"])]


def test_no_documents_make_empty_tables_of_the_same_schema() -> None:
    for name, table in rows.tables([], "rul_x").items():
        assert isinstance(table, pa.Table)
        assert (table.num_rows, table.schema) == (0, CONTRACTS[name].schema)


def _with_mention(found: Annotations, mention: Mention) -> Annotations:
    return replace(found, mentions=(mention,), claims=(), rejects=())


@pytest.mark.parametrize("change", [{"start": 1}, {"text": "Latvia"}, {"end": 999}, {"start": 0, "end": 0, "text": ""}])
def test_a_mention_that_is_not_in_the_text_stops_the_stage(knowledge: Knowledge, change: dict[str, object]) -> None:
    source, found = _annotated(knowledge)
    spoilt = _with_mention(found, replace(found.mentions[0], **change))  # type: ignore[arg-type]
    with pytest.raises(ContractError, match="does not stand at"):
        rows.tables([(source, spoilt)], "rul_x")


@pytest.mark.parametrize("change", [{"start": 20}, {"trigger_end": 10}, {"end": 999}])
def test_a_claim_without_its_trigger_stops_the_stage(knowledge: Knowledge, change: dict[str, int]) -> None:
    source, found = _annotated(knowledge)
    spoilt = replace(found, claims=(replace(found.claims[0], **change),))
    with pytest.raises(ContractError):
        rows.tables([(source, spoilt)], "rul_x")
