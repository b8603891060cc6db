"""Stacks and the book of seals: what is read with them is what the files say, sooner and never otherwise."""

import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.warehouse.sample import filled
from warehouse import parquet, seals, stacks, storage
from warehouse.errors import IntegrityError
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import archive, documents

LINKS = documents.LINKS
# In place of the 32 of the program, so that few files do.
LOOSE = 4


@pytest.fixture(autouse=True)
def few_files_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "LOOSE", LOOSE)
    monkeypatch.setattr(seals, "FEWEST", LOOSE)


def write_day(store: Store, day: int, url: str = "https://example.org/") -> FileRef:
    row = {"target_url": f"{url}{day}", "doc_id": f"doc_{day:026d}".replace("0", "a")}
    partition = Partition("ministry", date(2026, 1, 1) + timedelta(days=day))
    return store.write(LINKS, filled(LINKS, [row]), partition, "part-000")


def one_by_one(store: Store) -> pa.Table:
    return pa.concat_tables([store.read(ref) for ref in store.files(LINKS)])


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are opened for their rows."""
    names: list[str] = []

    def noting(contract: object, path: Path, **rest: object) -> pa.Table:
        names.append(path.parent.name)
        return parquet.decode(contract, path, **rest)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(storage, "decode", noting)
    return names


def test_what_is_stacked_is_what_the_files_say_and_is_opened_once(tmp_path: Path, opened: list[str]) -> None:
    store = Store(tmp_path)
    for day in range(LOOSE):
        write_day(store, day)
    first = store.read_all(LINKS)
    assert len(opened) == LOOSE
    opened.clear()
    assert store.read_all(LINKS).equals(first, check_metadata=True)
    assert opened == []
    assert first.equals(one_by_one(store), check_metadata=True)
    write_day(store, LOOSE)
    opened.clear()
    assert store.read_all(LINKS, ["doc_id", "target_url"]).equals(one_by_one(store).select(["doc_id", "target_url"]))
    assert opened[0] == "date=2026-01-05", "only the new file"
    assert len(opened) == 1 + LOOSE + 1


def test_a_file_that_is_replaced_or_gone_is_not_read_from_the_stack(tmp_path: Path) -> None:
    store = Store(tmp_path)
    refs = [write_day(store, day) for day in range(2 * LOOSE)]
    store.read_all(LINKS)
    write_day(store, 2, "https://other.example/")
    store.drop(refs[7])
    found = store.read_all(LINKS)
    assert found.equals(one_by_one(store))
    assert "https://other.example/2" in found["target_url"].to_pylist()
    assert len(found) == 2 * LOOSE - 1


def test_stacks_of_like_size_are_merged_so_that_few_stand(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day in range(6 * LOOSE):
        write_day(store, day)
        if day % LOOSE == LOOSE - 1:
            store.read_all(LINKS)
    directory = tmp_path / "state" / "stacks" / "documents" / "links"
    noted = json.loads((directory / "stacks.json").read_text())["stacks"]
    assert 1 <= len(noted) <= 3
    assert sum(len(one["parts"]) for one in noted) == 6 * LOOSE
    assert {one["file"] for one in noted} == {path.name for path in directory.glob("*.arrow")}
    assert store.read_all(LINKS).equals(one_by_one(store))


@pytest.mark.parametrize("damage", ["flipped", "gone", "note", "schema"])
def test_a_damaged_stack_costs_time_and_nothing_else(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    for day in range(LOOSE):
        write_day(store, day)
    before = store.read_all(LINKS)
    directory = tmp_path / "state" / "stacks" / "documents" / "links"
    (stack,) = directory.glob("*.arrow")
    note = directory / "stacks.json"
    if damage == "flipped":
        data = bytearray(stack.read_bytes())
        data[len(data) // 2] ^= 1
        stack.write_bytes(data)
    elif damage == "gone":
        stack.unlink()
    elif damage == "note":
        note.write_text('{"schema"')
    else:
        note.write_text(note.read_text().replace('"schema": "', '"schema": "0'))
    assert store.read_all(LINKS).equals(before)


def test_where_nothing_can_be_written_the_rows_are_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day in range(LOOSE):
        write_day(store, day)
    (tmp_path / "state").write_text("in the way")
    assert store.read_all(LINKS).equals(one_by_one(store))


def test_bodies_are_never_stacked(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day in range(LOOSE):
        partition = Partition("ministry", date(2026, 1, 1) + timedelta(days=day))
        store.write(archive.CAPTURES, filled(archive.CAPTURES, [{"body": b"x" * day}]), partition, "part-000")
    assert len(store.read_all(archive.CAPTURES)) == LOOSE
    assert not (tmp_path / "state" / "stacks").exists()
    without = [name for name in archive.CAPTURES.column_names if name != "body"]
    assert store.read_all(archive.CAPTURES, without).column_names == without
    assert (tmp_path / "state" / "stacks").exists()


def test_a_footer_is_read_once_and_again_where_the_file_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    for day in range(LOOSE):
        write_day(store, day)
    known = store.files(LINKS)
    asked: list[Path] = []

    def noting(path: Path) -> parquet.Seal:
        asked.append(path)
        return parquet.read_seal(path)

    monkeypatch.setattr(seals, "read_seal", noting)
    assert store.files(LINKS) == known
    assert asked == []
    changed = write_day(store, 1, "https://other.example/")
    assert changed in store.files(LINKS)
    assert [path.parent.name for path in asked] == ["date=2026-01-02"]
    path = tmp_path / known[2].path
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(IntegrityError, match="seal"):
        store.files(LINKS)
