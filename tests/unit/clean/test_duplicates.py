import random
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from tasks.clean.duplicates import find_duplicates
from warehouse.contract_check import check_contract
from warehouse.tables.documents import DOCUMENTS, DUPLICATES, SENTENCES

START = datetime(2025, 7, 1, 6, tzinfo=UTC)
TEXT = [f"Sentence number {n} of the announcement says something of its own." for n in range(8)]
FORMULA = "This meeting was organised as part of a project financed by a fund."


def tables(documents):
    """Make tables of `doc_id: (hours after the first capture, sentences)`, or of a list of such versions."""
    rows, sentences = [], []
    for doc_id, versions in documents.items():
        for number, (hours, texts) in enumerate(versions if isinstance(versions, list) else [versions]):
            retrieved_at = START + timedelta(hours=hours)
            version = f"ver_{doc_id}_{number}"
            given = {"doc_id": doc_id, "document_version_id": version, "retrieved_at": retrieved_at}
            rows.append({**given, "logical_date": retrieved_at.date()})
            for ordinal, text in enumerate(["Headline", *texts]):
                zone = "body" if ordinal else "title"
                sentences.append({**given, "ordinal": ordinal, "zone": zone, "text": text})
    columns = [
        DOCUMENTS.schema.field(name) for name in ("doc_id", "document_version_id", "logical_date", "retrieved_at")
    ]
    document_table = pa.Table.from_pylist(rows, schema=pa.schema(columns))
    columns = [SENTENCES.schema.field(name) for name in ("doc_id", "document_version_id", "ordinal", "zone", "text")]
    return document_table, pa.Table.from_pylist(sentences, schema=pa.schema(columns))


def pairs(documents):
    found = find_duplicates(*tables(documents))
    assert check_contract(DUPLICATES, found) == []
    return {(row["doc_id_a"], row["doc_id_b"]): row for row in found.to_pylist()}


def test_the_same_text_under_another_headline_is_exact_and_the_first_capture_leads():
    found = pairs({"doc_a": (5, TEXT), "doc_b": (1, [text.upper() for text in TEXT])})
    row = found["doc_b", "doc_a"]
    assert (row["kind"], row["containment"], row["n_shared_sentences"]) == ("exact", 1.0, 8)


def test_a_copy_without_a_paragraph_and_with_a_frame_of_its_own_is_republished():
    found = pairs({"doc_a": (1, TEXT), "doc_b": (2, [*TEXT[:5], "The site adds a sentence about itself here."])})
    row = found["doc_a", "doc_b"]
    assert (row["kind"], row["n_shared_sentences"]) == ("republished", 5)
    assert row["containment"] == pytest.approx(5 / 6)


@pytest.mark.parametrize(
    "other",
    [
        [TEXT[0], "Another sentence that stands nowhere else.", "And a third one of the same length."],
        [TEXT[0]],
        ["Short.", "Also short.", "It is so."],
        [],
    ],
)
def test_a_quotation_or_nothing_in_common_is_no_copy(other):
    assert pairs({"doc_a": (1, [*TEXT, "Short.", "Also short.", "It is so."]), "doc_b": (2, other)}) == {}


def test_two_documents_of_one_and_the_same_sentence_are_copies():
    assert list(pairs({"doc_a": (1, TEXT[:1]), "doc_b": (2, TEXT[:1])})) == [("doc_a", "doc_b")]


def test_a_formula_that_many_announcements_end_with_ties_none_of_them():
    documents = {
        f"doc_{n:02}": (
            n,
            [f"The only sentence of announcement {n} by the office.", FORMULA, f"Its ending has number {n}."],
        )
        for n in range(20)
    }
    assert pairs(documents) == {}


def test_an_announcement_that_twenty_sites_republish_stays_one():
    found = pairs({f"doc_{n:02}": (n, TEXT) for n in range(20)})
    assert {row["kind"] for row in found.values()} == {"exact"}
    tied = {doc_id for pair in found for doc_id in pair}
    assert len(tied) == 20
    assert all(("doc_00", f"doc_{n:02}") in found for n in range(1, 20))


def test_only_the_latest_version_is_compared_and_the_first_capture_leads():
    rewritten = [text.replace("announcement", "correction") for text in TEXT]
    documents = {"doc_a": [(1, TEXT), (9, rewritten)], "doc_b": (5, TEXT), "doc_c": (6, rewritten)}
    assert list(pairs(documents)) == [("doc_a", "doc_c")]


def test_the_order_of_the_rows_does_not_matter():
    documents, sentences = tables({f"doc_{n}": (n % 3, TEXT[n % 4 :]) for n in range(12)})
    expected = find_duplicates(documents, sentences)
    for seed in range(5):
        shuffled = random.Random(seed)  # noqa: S311  (no secret depends on it)
        rows = shuffled.sample(range(len(documents)), len(documents))
        others = shuffled.sample(range(len(sentences)), len(sentences))
        assert find_duplicates(documents.take(rows), sentences.take(others)).equals(expected)


def test_no_documents_make_an_empty_table():
    found = find_duplicates(*tables({}))
    assert (len(found), found.schema) == (0, DUPLICATES.schema)


def test_dates_order_before_hours():
    documents, sentences = tables({"doc_a": (30, TEXT), "doc_b": (40, TEXT)})
    dates = pa.array([date(2025, 7, 9), date(2025, 7, 2)], pa.date32())
    documents = documents.set_column(2, documents.schema.field("logical_date"), dates)
    assert find_duplicates(documents, sentences).column("doc_id_a").to_pylist() == ["doc_b"]
