"""Garbage in: every body becomes a document or a reject with a reason. Never a crash, never silence."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from tasks.clean.entry import clean_batch
from tasks.extract.entry import extract_batch
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from warehouse.settings import Settings
from warehouse.staging import Part, promote, staging_store
from warehouse.storage import Store
from warehouse.tables import contract_of

SENTENCE = "The ministers of Lithuania and Montenegro met in Budva on 12 May 2025 to discuss readmission. "
TEXT = f"Ministers meet in Budva\n\n{SENTENCE * 3}"
HEAD = "<html><head><title>Ministers meet in Budva</title></head><body><h1>Ministers meet in Budva</h1>"
PAGE = f"{HEAD}<p>{SENTENCE * 3}</p>"

REJECTED = {
    "empty.html": b"",
    "spaces.txt": b" \n\t \n",
    "picture.html": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20,
    "paper.html": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\n",
    "archive.txt": b"PK\x03\x04" + bytes(range(256)) * 10,
    "no-article.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "line-of-10-mb.txt": b"a " * 5_000_000,
    "nested.html": b"<div>" * 20_000 + b"</div>" * 20_000,
}
READ = {
    "good.txt": TEXT.encode(),
    "good.html": PAGE.encode(),
    "nul.txt": TEXT.replace("Budva", "Bud\x00va", 1).encode(),
    "controls.txt": TEXT.replace(" ", "\x07 ", 3).encode(),
    "surrogates.txt": TEXT.encode().replace(b"readmission", b"readmission \xed\xa0\x80\xed\xb0\x80", 1),
    "bom-inside.txt": TEXT.replace("Lithuania", "\ufeffLithuania", 1).encode(),
    "utf-16.txt": TEXT.encode("utf-16"),
    "lying-charset.html": PAGE.replace("<head>", "<head><meta charset=utf-16>").encode(),
    "windows-1257.html": PAGE.replace("Lithuania", "užsienio reikalų ministerija").encode("cp1257"),
    "right-to-left.txt": TEXT.replace("Lithuania", "\u202eLithuania\u202c", 1).encode(),
    "zalgo.txt": TEXT.replace("Budva", "B" + "\u0301" * 1000 + "udva", 1).encode(),
    "unclosed.html": (PAGE + "<p><b><i><table><tr><td>" * 50).encode(),
    "attributes.html": PAGE.replace("<h1>", f"<h1 {' '.join(f'a{n}=1' for n in range(20_000))}>").encode(),
    "hostile.html": (PAGE + "<script>alert(1)</script><img src=x onerror=alert(1)><p>&lt;/script&gt;</p>").encode(),
}  # fmt: skip


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    folder = tmp_path_factory.mktemp("garbage")
    for name, body in (REJECTED | READ).items():
        (folder / name).write_bytes(body)
    home = tmp_path_factory.mktemp("home")
    captures = fetch_one(home, folder_source(folder), date(2026, 11, 20), "run-1", 2000).captures
    staged = clean_batch(home, "run-1", captures)
    staging = staging_store(home, "run-1")
    tables = {ref.name: staging.read(ref) for ref in staged}
    promote(
        Store(home),
        [Part(contract_of(ref.layer, ref.name), ref.partition, ref.stem, tables[ref.name]) for ref in staged],
    )
    documents = Store(home).files(contract_of("documents", "documents"))
    for ref in extract_batch(home, "run-2", documents, Settings().reference_dir):
        tables[f"extracted.{ref.name}"] = staging_store(home, "run-2").read(ref)
    return tables


@pytest.mark.parametrize("name", REJECTED)
def test_what_holds_no_announcement_is_rejected_with_a_reason(cleaned, name):
    rows = [row for row in cleaned["rejects"].to_pylist() if row["location"] == name]
    assert len(rows) == 1
    assert rows[0]["reason"].replace("_", "").isalpha()
    assert rows[0]["detail"]


@pytest.mark.parametrize("name", READ)
def test_a_damaged_announcement_is_read_and_its_spans_are_exact(cleaned, name):
    captured = [row for row in cleaned["documents"].to_pylist() if row["external_id"] == name]
    assert captured, f"{name} is neither a document nor expected to be rejected"
    for document in captured:
        assert "readmission" in document["text"]
        assert "\x00" not in document["text"]
        document["text"].encode("utf-8")
        own = [
            row
            for table in ("sentences", "extracted.mentions")
            for row in cleaned[table].to_pylist()
            if row["document_version_id"] == document["document_version_id"] and row["doc_id"] == document["doc_id"]
        ]
        assert own
        assert all(document["text"][row["start"] : row["end"]] == row["text"] for row in own)


def test_nothing_is_lost_without_a_word(cleaned):
    assert cleaned["documents"].num_rows + cleaned["rejects"].num_rows == len(REJECTED) + len(READ)


def test_markup_that_would_run_does_not_reach_the_text(cleaned):
    texts = [row["text"] for row in cleaned["documents"].to_pylist() if row["external_id"] == "hostile.html"]
    assert texts
    assert "alert(1)" not in texts[0]
