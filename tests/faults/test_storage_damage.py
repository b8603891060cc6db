"""Cut files and flipped bits in the tables: never read in silence, and the message names the file."""

import datetime as dt
import random
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import filled
from warehouse.errors import IntegrityError
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import archive

ROWS = [
    {"capture_id": f"cap_{n:03d}", "location": f"page{n}.html", "body": bytes(range(n, n + 200)) * 3} for n in range(50)
]


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Store, FileRef, Path]:
    store = Store(tmp_path)
    table = filled(archive.CAPTURES, ROWS)
    ref = store.write(archive.CAPTURES, table, Partition("mvp", dt.date(2025, 7, 1)), "part-1")
    return store, ref, tmp_path / ref.path


@pytest.mark.parametrize("keep", ["0", "3", "4", "8", "half", "-9", "-1"])
def test_a_cut_file_is_named_by_whoever_reads_or_lists_it(stored: tuple[Store, FileRef, Path], keep: str) -> None:
    store, ref, path = stored
    data = path.read_bytes()
    length = len(data) // 2 if keep == "half" else int(keep) if int(keep) >= 0 else len(data) + int(keep)
    path.write_bytes(data[:length])
    for read in (
        lambda: store.read(ref),
        lambda: store.files(archive.CAPTURES),
        lambda: store.read_all(archive.CAPTURES),
    ):
        with pytest.raises(IntegrityError) as caught:
            read()
        assert caught.value.where == str(path)
        assert caught.value.mend
    assert not store.holds(ref)


def test_no_flipped_bit_is_read_in_silence(stored: tuple[Store, FileRef, Path]) -> None:
    store, ref, path = stored
    good = path.read_bytes()
    chance = random.Random(20250701)  # noqa: S311
    places = [(chance.randrange(len(good)), chance.randrange(8)) for _ in range(300)]
    silent = []
    for position, bit in places:
        data = bytearray(good)
        data[position] ^= 1 << bit
        path.write_bytes(data)
        # Once with the reference that was recorded, once with whatever the damaged file says of itself.
        for read in (lambda: store.read(ref), lambda: store.read_all(archive.CAPTURES)):
            try:
                read()
            except IntegrityError as error:
                assert error.where == str(path)
            else:
                silent.append((position, bit))
    assert silent == []
    path.write_bytes(good)
    assert len(store.read(ref)) == len(ROWS)


def test_bytes_between_and_behind_are_damage_too(stored: tuple[Store, FileRef, Path]) -> None:
    store, ref, path = stored
    good = path.read_bytes()
    for bad in (good + b"\0", good[:4] + b"\0" + good[4:], good + good, b"\0" * len(good)):
        path.write_bytes(bad)
        with pytest.raises(IntegrityError):
            store.read(ref)


def test_a_file_that_is_gone_is_named(stored: tuple[Store, FileRef, Path]) -> None:
    store, ref, path = stored
    path.unlink()
    with pytest.raises(IntegrityError, match="is missing") as caught:
        store.read(ref)
    assert caught.value.where == str(path)
