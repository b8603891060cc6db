import re
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tasks.extract import step
from tasks.extract.annotations import Document
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.mentions import Reading, read_document
from tasks.extract.step import extract_file, read_documents, rules_hash
from warehouse.contract_check import check_contract
from warehouse.errors import ContractError
from warehouse.ids import ID_PATTERN
from warehouse.tables.documents import DOCUMENTS, SENTENCES
from warehouse.tables.extracted import TABLES

from .conftest import document

BODIES = {
    "doc_b": "Lithuania signed readmission protocols with Kosovo on 30 June 2025 in Vilnius. It met Serbia as well.",
    "doc_a": "The European Commission paid EUR 35 to Montenegro.",
    "doc_c": "",
}


def _tables(order: list[str]) -> tuple[pa.Table, pa.Table]:
    documents, sentences = [], []
    for doc_id in order:
        source = document(BODIES[doc_id], doc_id=doc_id)
        documents.append(_document_row(source))
        sentences.extend(_sentence_rows(source))
    return (
        pa.Table.from_pylist(documents, schema=DOCUMENTS.schema),
        pa.Table.from_pylist(list(reversed(sentences)), schema=SENTENCES.schema),
    )


def _document_row(source: Document) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(DOCUMENTS.column_names)
    row |= {
        "doc_id": source.doc_id, "document_version_id": source.document_version_id, "source_id": "test",
        "logical_date": date(2025, 7, 3), "capture_id": "cap", "external_id": source.doc_id, "media_type": "text",
        "encoding": "utf-8", "encoding_method": "utf8", "language": source.language, "language_confidence": 1.0,
        "published_on": source.published_on, "text": source.text, "body_start": source.body_start,
        "text_sha256": "0", "text_chars": len(source.text), "retrieved_at": datetime(2025, 7, 4, tzinfo=UTC),
    }  # fmt: skip
    return {name: row[name] for name in DOCUMENTS.column_names}


def _sentence_rows(source: Document) -> list[dict[str, object]]:
    return [
        {
            "sentence_id": s.sentence_id, "doc_id": source.doc_id, "document_version_id": source.document_version_id,
            "ordinal": s.ordinal, "occurrence": 0, "start": s.start, "end": s.end, "zone": s.zone,
            "paragraph": s.paragraph, "language": s.language, "text": source.text[s.start : s.end],
        }
        for s in source.sentences
    ]  # fmt: skip


def test_a_file_becomes_the_four_tables_of_the_layer(knowledge: Knowledge) -> None:
    tables = extract_file(*_tables(["doc_b", "doc_a", "doc_c"]), knowledge)
    assert sorted(tables) == sorted(contract.name for contract in TABLES)
    for contract in TABLES:
        assert check_contract(contract, tables[contract.name]) == []
    assert set(tables["mentions"]["doc_id"].to_pylist()) == {"doc_a", "doc_b"}
    assert "agreement_signed" in tables["claims"]["claim_type"].to_pylist()


def test_the_order_of_documents_changes_nothing(knowledge: Knowledge) -> None:
    one = extract_file(*_tables(["doc_a", "doc_b", "doc_c"]), knowledge)
    two = extract_file(*_tables(["doc_c", "doc_b", "doc_a"]), knowledge)
    assert all(one[name].equals(two[name]) for name in one)


def test_sentences_come_back_in_order(knowledge: Knowledge) -> None:
    documents = read_documents(*_tables(["doc_b", "doc_a"]))
    assert [d.doc_id for d in documents] == ["doc_a", "doc_b"]
    assert [s.ordinal for s in documents[1].sentences] == [0, 1]


def test_every_row_carries_the_hash_of_rules_and_knowledge(knowledge: Knowledge) -> None:
    tables = extract_file(*_tables(["doc_b"]), knowledge)
    assert set(tables["mentions"]["rules_hash"].to_pylist()) == {rules_hash(knowledge)}
    assert re.match(ID_PATTERN, rules_hash(knowledge))


def test_no_documents_make_empty_tables(knowledge: Knowledge) -> None:
    tables = extract_file(*_tables([]), knowledge)
    assert all(table.num_rows == 0 for table in tables.values())


def test_a_document_our_own_rules_fail_on_is_set_aside_and_stops_no_other(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A reader that stumbles over one document; the two beside it give what they give without it."""
    whole = extract_file(*_tables(["doc_a", "doc_b", "doc_c"]), knowledge)

    def stumbling(document: Document, known: Knowledge) -> Reading:
        if document.doc_id == "doc_b":
            raise KeyError(document.doc_id)
        return read_document(document, known)

    monkeypatch.setattr(step, "read_document", stumbling)
    tables = extract_file(*_tables(["doc_a", "doc_b", "doc_c"]), knowledge)
    (row,) = [row for row in tables["rejects"].to_pylist() if row["reason"] == "extraction_failed"]
    assert (row["doc_id"], row["kind"], row["start"]) == ("doc_b", "document", None)
    assert re.fullmatch(
        r"KeyError: 'doc_b', in tests/unit/extract/test_step\.py:\d+ \(stumbling\)", str(row["proposed"])
    )
    for contract in TABLES:
        others = pc.field("doc_id") != "doc_b"
        assert check_contract(contract, tables[contract.name]) == []
        assert tables[contract.name].filter(others).equals(whole[contract.name].filter(others))
    assert ("ver_doc_b" in caplog.text, "Traceback" in caplog.text) == (True, True)


def test_a_broken_contract_is_no_fault_of_a_document_and_stops_the_stage(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contradicting(document: Document, known: Knowledge) -> Reading:
        raise ContractError("a span is not its text", document.document_version_id)

    monkeypatch.setattr(step, "read_document", contradicting)
    with pytest.raises(ContractError):
        extract_file(*_tables(["doc_a"]), knowledge)
