import logging
from datetime import date

import pytest

from tasks.clean import entry
from tasks.clean.entry import clean_batch, link_duplicates
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from warehouse.staging import promote, read_parts, staging_store
from warehouse.storage import Store
from warehouse.tables.documents import DUPLICATES, SENTENCES, SKETCHES

STORY = [
    f"The ministers of country {n} and country {n + 1} signed protocol number {n} on the readmission of persons."
    for n in range(6)
]
OTHER = [
    f"Item {n} of the report speaks of reception centres on the islands and of their {n} doctors." for n in range(6)
]


@pytest.fixture
def add(tmp_path):
    """Archive, clean and accept the texts of one day, then link; return the pairs."""
    home = tmp_path / "home"

    def run(day, texts):
        folder = tmp_path / f"day-{day}"
        folder.mkdir()
        for name, sentences in texts.items():
            (folder / f"{name}.txt").write_text("\n\n".join([f"Headline of {name}", *sentences]))
        source = folder_source(folder)
        logical = date(2025, 7, day)
        captures = fetch_source(Store(home), source, logical, f"run-{day}", 2).captures
        accept(home, f"run-{day}", clean_batch(home, f"run-{day}", captures))
        return accept(home, f"run-{day}", link_duplicates(home, f"run-{day}"))

    return home, run


def accept(home, run_id, refs):
    staging, store = staging_store(home, run_id), Store(home)
    promote(store, read_parts(staging, refs))
    return store.read_all(DUPLICATES)


def test_a_new_day_reads_the_sentences_of_its_own_files_only(add, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    _, run = add
    run(1, {"a": STORY, "b": OTHER})
    read = []
    original = Store.read

    def counted(self, ref, columns=None):
        if ref.name == SENTENCES.name and columns is not None:
            read.append(ref.partition.logical_date.day)
        return original(self, ref, columns)

    monkeypatch.setattr(Store, "read", counted)
    pairs = run(2, {"c": STORY[1:]})
    assert read == [2]
    assert [row["kind"] for row in pairs.to_pylist()] == ["republished"]
    assert "3 documents, 1 of them new or changed, 1 pairs" in caplog.messages


def test_day_by_day_is_the_same_as_without_sketches(add):
    home, run = add
    run(1, {"a": STORY, "b": OTHER})
    by_day = run(2, {"c": STORY[1:], "d": OTHER})
    Store(home).drop(Store(home).files(SKETCHES)[0])
    assert accept(home, "again", link_duplicates(home, "again")).equals(by_day)
    assert len(by_day) == 2


@pytest.mark.parametrize("damage", ["pairs refused by the gate", "sketches damaged", "other code"])
def test_sketches_that_go_with_other_pairs_are_not_believed(add, monkeypatch, damage):
    home, run = add
    first = run(1, {"a": STORY, "b": STORY})
    assert len(first) == 1
    if damage == "pairs refused by the gate":
        Store(home).write(DUPLICATES, DUPLICATES.schema.empty_table())
    elif damage == "sketches damaged":
        path = Store(home).path(SKETCHES, None, None)
        path.write_bytes(path.read_bytes()[:-40])
    else:
        monkeypatch.setattr(entry, "clean_version", lambda: "another")
        Store(home).write(DUPLICATES, DUPLICATES.schema.empty_table())
    assert accept(home, "again", link_duplicates(home, "again")).equals(first)
