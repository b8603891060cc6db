import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.clean import step
from tasks.clean.assemble import clean_body
from tasks.clean.entry import clean_batch
from tasks.clean.phrases import load_phrases
from tasks.clean.step import clean_file
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from warehouse.contract_check import check_contract
from warehouse.errors import ConfigurationError
from warehouse.ids import sentence_id
from warehouse.settings import PROJECT_ROOT
from warehouse.staging import staging_store
from warehouse.storage import Store
from warehouse.tables import contract_of, quality

DAY = date(2026, 11, 20)
TEXT = (
    "Branch opened in Ordino\n\nThe office opened a branch in Ordino on Tuesday at noon.\n\nIt is open. It is open.\n"
)


def cleaned(home: Path, folder: Path, documents_per_file: int = 2000):
    store = Store(home)
    outcome = fetch_source(store, folder_source(folder), DAY, "run-1", documents_per_file)
    return store, [clean_file(store, ref) for ref in outcome.captures]


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    _, (tables,) = cleaned(tmp_path_factory.mktemp("home"), PROJECT_ROOT / "seeds" / "documents")
    return tables


def test_the_tables_keep_their_contracts(sample):
    assert {name: check_contract(contract_of("documents", name), table) for name, table in sample.items()} == {
        name: [] for name in ("documents", "sentences", "removals", "links", "rejects")
    }


def test_every_sample_document_is_read_with_headline_and_language(sample):
    documents = sample["documents"].to_pylist()
    assert len(documents) >= 12
    assert sample["rejects"].num_rows == 0
    assert len({row["language"] for row in documents}) >= 4
    assert all(row["title"] and row["text"].startswith(row["title"]) for row in documents)
    assert all((row["published_on"] is None) == (row["published_on_reason"] is not None) for row in documents)


def test_sentences_are_their_offsets_and_their_ids_follow_from_them(sample):
    texts = {row["document_version_id"]: row for row in sample["documents"].to_pylist()}
    for row in sample["sentences"].to_pylist():
        document = texts[row["document_version_id"]]
        assert document["text"][row["start"] : row["end"]] == row["text"]
        assert row["sentence_id"] == sentence_id(row["doc_id"], row["text"], row["occurrence"])
        assert (row["zone"] == "title") == (row["start"] < document["body_start"])


def test_the_text_is_made_of_the_archived_bytes_and_of_nothing_else(tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(PROJECT_ROOT / "seeds" / "documents", folder)
    store, (tables,) = cleaned(tmp_path / "home", folder)
    captures = {row["capture_id"]: row for row in store.read_all(contract_of("archive", "captures")).to_pylist()}
    for row in tables["documents"].to_pylist():
        capture = captures[row["capture_id"]]
        again = clean_body(
            capture["body"], capture["content_type"], capture["location"], capture["url"],
            capture["retrieved_at"].date(), load_phrases(), capture["listed_on"],
        )  # fmt: skip
        assert (again.text, again.body_start) == (row["text"], row["body_start"])


def test_a_repeated_sentence_is_counted(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    _, (tables,) = cleaned(tmp_path / "home", folder)
    rows = tables["sentences"].to_pylist()
    assert [(row["text"], row["occurrence"]) for row in rows if row["text"] == "It is open."] == [
        ("It is open.", 0),
        ("It is open.", 1),
    ]
    assert len({row["sentence_id"] for row in rows}) == len(rows)


def test_cutting_the_work_into_files_changes_no_row(tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(PROJECT_ROOT / "seeds" / "documents", folder)
    _, whole = cleaned(tmp_path / "one", folder)
    _, parts = cleaned(tmp_path / "many", folder, documents_per_file=3)
    assert len(parts) > len(whole) == 1
    for name in whole[0]:
        rows = [repr(row) for tables in parts for row in tables[name].to_pylist()]
        assert sorted(rows) == sorted(repr(row) for row in whole[0][name].to_pylist())


def test_a_corrected_text_keeps_the_ids_of_the_sentences_that_stayed(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    manifest = (
        '{"doc_id": "a", "file": "a.txt", "url": "https://a.example/1", "retrieved_at": "2025-07-0%dT06:00:00Z"}\n'
    )
    found = []
    for number, text in enumerate((TEXT, TEXT.replace("at noon", "in the morning")), start=1):
        (folder / "a.txt").write_text(text)
        (folder / "manifest.jsonl").write_text(manifest % number)
        outcome = fetch_source(Store(tmp_path / "home"), folder_source(folder), DAY, f"run-{number}", 2000)
        found.append(clean_file(Store(tmp_path / "home"), outcome.captures[0]))
    first, second = (tables["sentences"].to_pylist() for tables in found)
    assert {row["doc_id"] for row in first} == {row["doc_id"] for row in second}
    assert {row["document_version_id"] for row in first}.isdisjoint(row["document_version_id"] for row in second)
    kept = {row["sentence_id"] for row in first} & {row["sentence_id"] for row in second}
    assert len(kept) == len(first) - 1


def test_a_capture_the_gate_of_the_archive_refused_becomes_no_document(tmp_path):
    """The file of captures is accepted and never altered; the refused row in it must not go on."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("good.txt", "bad.txt"):
        (folder / name).write_text(TEXT.replace("Ordino", name))
    home = tmp_path / "home"
    store = Store(home)
    (captures,) = fetch_source(store, folder_source(folder), DAY, "run-1", 2000).captures
    (bad,) = [row["capture_id"] for row in store.read(captures).to_pylist() if row["location"] == "bad.txt"]
    refusal = {
        "run_id": "run-1", "table_name": "archive.captures", "row_key": bad, "source_id": "folder-folder",
        "rule": "body_matches_hash", "reason": "x", "payload": "{}",
    }  # fmt: skip
    store.write(quality.QUARANTINE, pa.Table.from_pylist([refusal], schema=quality.QUARANTINE.schema), None, "run-1")
    staged = {ref.name: staging_store(home, "run-2").read(ref) for ref in clean_batch(home, "run-2", [captures])}
    assert [row["external_id"] for row in staged["documents"].to_pylist()] == ["good.txt"]
    (reject,) = staged["rejects"].to_pylist()
    assert (reject["capture_id"], reject["reason"]) == (bad, "refused")
    assert "body_matches_hash" in reject["detail"]


BROKEN = TEXT.replace("Ordino", "Encamp")


def fail_on_encamp(body, *rest):
    """Clean as the stage does, but for one document, on which a rule stumbles."""
    if b"Encamp" in body:
        return [][len(body)]
    return clean_body(body, *rest)


def test_a_document_our_own_rules_fail_on_becomes_a_reject_and_stops_no_other(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(step, "clean_body", fail_on_encamp)
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in (("a", TEXT), ("b", BROKEN), ("c", TEXT.replace("Tuesday", "Friday"))):
        (folder / f"{name}.txt").write_text(text)
    _, (tables,) = cleaned(tmp_path / "home", folder)
    assert [row["external_id"] for row in tables["documents"].to_pylist()] == ["a.txt", "c.txt"]
    (row,) = tables["rejects"].to_pylist()
    assert (row["location"], row["reason"]) == ("b.txt", "cleaning_failed")
    assert row["detail"].startswith("IndexError: list index out of range, in tests/unit/clean/test_step.py:")
    assert row["detail"].endswith("(fail_on_encamp)")
    assert check_contract(contract_of("documents", "rejects"), tables["rejects"]) == []
    assert ("b.txt" in caplog.text, "Traceback" in caplog.text) == (True, True)


def test_what_is_no_fault_of_a_document_stops_the_stage(tmp_path, monkeypatch):
    def wrong_list(body, *rest):
        raise ConfigurationError("weight 'x' is no number", "words.csv:3")

    monkeypatch.setattr(step, "clean_body", wrong_list)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    with pytest.raises(ConfigurationError):
        cleaned(tmp_path / "home", folder)
