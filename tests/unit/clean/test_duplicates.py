import random
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from tasks.clean.duplicates import find_duplicates, find_pairs, pair_table, read_pairs
from tasks.clean.sketches import (
    DOCUMENT_COLUMNS,
    SENTENCE_COLUMNS,
    current_versions,
    make_sketches,
    read_sketches,
    sketch_table,
)
from warehouse.contract_check import check_contract
from warehouse.tables.documents import DOCUMENTS, DUPLICATES, SENTENCES, SKETCHES

START = datetime(2025, 7, 1, 6, tzinfo=UTC)
TEXT = [f"Sentence number {n} of the announcement says something of its own." for n in range(8)]
FORMULA = "This meeting was organised as part of a project financed by a fund."


def tables(documents, sites=None):
    """Make tables of `doc_id: (hours after the first capture, sentences)`, or of a list of such versions."""
    sites = sites or {}
    rows, sentences = [], []
    for doc_id, versions in documents.items():
        for number, (hours, texts) in enumerate(versions if isinstance(versions, list) else [versions]):
            retrieved_at = START + timedelta(hours=hours)
            version = f"ver_{doc_id}_{number}"
            given = {"doc_id": doc_id, "document_version_id": version, "retrieved_at": retrieved_at}
            url = f"https://{sites[doc_id]}/{doc_id}" if doc_id in sites else None
            rows.append({**given, "logical_date": retrieved_at.date(), "source_id": "folder", "url": url})
            for ordinal, text in enumerate(["Headline", *texts]):
                zone = "body" if ordinal else "title"
                sentences.append({**given, "ordinal": ordinal, "zone": zone, "text": text})
    columns = [DOCUMENTS.schema.field(name) for name in DOCUMENT_COLUMNS]
    document_table = pa.Table.from_pylist(rows, schema=pa.schema(columns))
    columns = [SENTENCES.schema.field(name) for name in SENTENCE_COLUMNS]
    return document_table, pa.Table.from_pylist(sentences, schema=pa.schema(columns))


def pairs(documents, sites=None):
    found = find_duplicates(*tables(documents, sites))
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
    assert [pair for pair, row in pairs(documents).items() if row["kind"] == "exact"] == [("doc_a", "doc_c")]


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
    place = documents.schema.get_field_index("logical_date")
    documents = documents.set_column(place, documents.schema.field("logical_date"), dates)
    assert find_duplicates(documents, sentences).column("doc_id_a").to_pylist() == ["doc_b"]


_WORDS = "the ministers of both countries agreed on joint patrols along their common border until summer"


def reworded(number):
    """An announcement of ten sentences with one word in ten replaced by another."""
    words = _WORDS.split()
    return [
        " ".join(
            f"{word}{place}" if (place + number * 7) % 10 or not number else "other" for place, word in enumerate(words)
        )
        + f" in round {n} of talks."
        for n in range(10)
    ]


def test_a_text_with_single_words_changed_is_a_near_duplicate_and_no_copy():
    row = pairs({"doc_a": (1, reworded(0)), "doc_b": (2, reworded(1))})["doc_a", "doc_b"]
    assert (row["kind"], row["n_shared_sentences"], row["is_twin_site"]) == ("near_duplicate", 0, False)
    assert 0.5 < row["containment"] < 1


def test_texts_on_one_matter_in_other_words_are_not_near():
    others = [
        f"A wholly different set of words tells in line {n} what happened elsewhere on that day." for n in range(10)
    ]
    assert pairs({"doc_a": (1, reworded(0)), "doc_b": (2, others)}) == {}


def test_two_sites_that_repeat_one_another_are_twins():
    def number(n):
        return [f"Sentence {m} of announcement number {n} says something of its own." for m in range(5)]

    documents = {f"doc_{site}{n}": (n + (site == "b") * 0.5, number(n)) for n in range(3) for site in "ab"}
    sites = {doc_id: f"www.{doc_id[4]}.example" for doc_id in documents}
    assert {row["is_twin_site"] for row in pairs(documents, sites).values()} == {True}
    del documents["doc_b2"]
    assert {row["is_twin_site"] for row in pairs(documents, sites).values()} == {False}


def test_what_is_frequent_on_one_site_ties_none_of_its_documents_but_counts_elsewhere():
    closing = ["The project runs until the end of next year.", "It is financed by the fund for internal affairs."]
    documents = {f"doc_{n}": (n, [f"Only sentence of announcement {n} on this site.", *closing]) for n in range(5)}
    sites = dict.fromkeys(documents, "a.example")
    assert pairs(documents, sites) == {}
    elsewhere = {doc_id: f"{doc_id[4]}.example" for doc_id in documents}
    assert len(pairs(documents, elsewhere)) == 10


def random_documents(seed):
    """Versions of forty documents on four sites: copies, parts, formulas, corrections, and texts of their own."""
    draw = random.Random(seed)  # noqa: S311  (no secret depends on it)
    pool = [f"Sentence number {n} of the pool says something of its own here." for n in range(60)]
    formulas = [f"Formula {n} stands at the end of many announcements." for n in range(3)]
    documents = {}
    for n in range(40):
        start = draw.randrange(50)
        body = pool[start : start + draw.randrange(2, 9)] + ([draw.choice(formulas)] if draw.random() < 0.7 else [])
        versions = [(draw.randrange(200), body)]
        if draw.random() < 0.2:
            versions.append(
                (versions[0][0] + 1 + draw.randrange(50), [*body[1:], f"Correction of document {n} is here."])
            )
        documents[f"doc_{n:02}"] = versions
    return documents, {doc_id: f"{'abcd'[draw.randrange(4)]}.example" for doc_id in documents}


@pytest.mark.parametrize("seed", range(6))
def test_day_by_day_gives_the_same_pairs_as_all_at_once(seed):
    documents, sites = random_documents(seed)
    whole = find_duplicates(*tables(documents, sites))
    days = random.Random(seed)  # noqa: S311  (no secret depends on it)
    versions = [(doc_id, version) for doc_id, held in documents.items() for version in held]
    days.shuffle(versions)
    before, known = {}, {}
    seen = {}
    for start in range(0, len(versions), 7):
        for doc_id, version in versions[start : start + 7]:
            seen.setdefault(doc_id, []).append(version)
        rows, sentences = tables({doc_id: sorted(held) for doc_id, held in seen.items()}, sites)
        sketches = make_sketches(current_versions(rows), sentences)
        known = find_pairs(sketches, before, known)
        # What is kept goes through the tables, as between two runs.
        known = read_pairs(pair_table(known, sketches))
        before = read_sketches(sketch_table(sketches, "state"))
        assert before == sketches
    assert len(whole) > 10
    assert pair_table(known, before).equals(whole)


def test_sketches_fit_their_contract_and_do_not_depend_on_their_company():
    rows, sentences = tables({"doc_a": (1, TEXT), "doc_b": (2, TEXT[3:]), "doc_c": (3, ["Short."])})
    together = make_sketches(current_versions(rows), sentences)
    alone = make_sketches({"doc_b": current_versions(rows)["doc_b"]}, sentences)
    assert alone["doc_b"] == together["doc_b"]
    assert (together["doc_c"].sentences, together["doc_c"].bands) == (b"", b"")
    assert check_contract(SKETCHES, sketch_table(together, "state")) == []
