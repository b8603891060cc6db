"""Symbolic links and names that would lead out of the warehouse."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.sample import filled
from warehouse.errors import ConfigurationError, StorageError
from warehouse.ledger import Ledger
from warehouse.storage import Partition, Store
from warehouse.tables import archive, quality

DAY = dt.date(2025, 7, 1)
TABLE = filled(archive.FETCHES, [{"fetch_id": "a"}])
BEYOND = ["../x", "/abs", "..", "CON", "con", "a\x00b", "x" * 300, "Ä", "A", "a\u0308", "a/b", "a\\b", "."]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside"
    path.mkdir()
    return path


@pytest.mark.parametrize(
    "link",
    [
        "tables",
        "tables/archive",
        "tables/archive/fetches",
        "tables/archive/fetches/source=mvp",
        "tables/archive/fetches/source=mvp/date=2025-07-01",
    ],
)
def test_a_directory_that_is_a_link_outwards_is_neither_read_nor_written(home: Path, outside: Path, link: str) -> None:
    (home / link).parent.mkdir(parents=True, exist_ok=True)
    (home / link).symlink_to(outside)
    Store(outside).write(archive.FETCHES, TABLE, Partition("mvp", DAY), "part-1")
    before = sorted(outside.rglob("*"))
    store = Store(home)
    with pytest.raises(StorageError, match="leads out of the warehouse"):
        store.write(archive.FETCHES, TABLE, Partition("mvp", DAY), "part-2")
    with pytest.raises(StorageError, match="leads out of the warehouse"):
        store.files(archive.FETCHES)
    assert sorted(outside.rglob("*")) == before


def test_a_file_that_is_a_link_outwards_is_refused(home: Path, outside: Path) -> None:
    other, store = Store(outside), Store(home)
    ref = other.write(archive.FETCHES, TABLE, Partition("mvp", DAY), "part-1")
    (home / ref.path).parent.mkdir(parents=True)
    (home / ref.path).symlink_to(outside / ref.path)
    for read in (lambda: store.read(ref), lambda: store.files(archive.FETCHES), lambda: store.paths(archive.FETCHES)):
        with pytest.raises(StorageError, match="leads out of the warehouse"):
            read()
    assert not (home / ref.path).parent.joinpath("part-2.parquet").exists()


@pytest.mark.parametrize("name", ["ledger", "releases", "commits", "state"])
def test_no_part_of_the_warehouse_may_be_a_link_outwards(home: Path, outside: Path, name: str) -> None:
    from tests.unit.warehouse.sample import curated_tables
    from warehouse.fingerprints import Sidecars
    from warehouse.publication import ReleaseContext, publish

    (home / name).symlink_to(outside)
    with pytest.raises(StorageError, match="leads out of the warehouse"):
        if name == "ledger":
            Ledger(home).start("run", DAY, {})
        elif name == "state":
            Sidecars(Store(home)).record("clean", "mvp", "f", [])
        else:
            publish(home, curated_tables(), ReleaseContext("run_1"))
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", BEYOND)
def test_names_that_others_choose_cannot_leave_or_collide(home: Path, name: str) -> None:
    store = Store(home)
    with pytest.raises(ConfigurationError):
        Partition(name, DAY)
    with pytest.raises(ConfigurationError):
        store.write(archive.FETCHES, TABLE, Partition("mvp", DAY), name)
    with pytest.raises(ConfigurationError):
        store.write(quality.ISSUES, quality.ISSUES.schema.empty_table(), None, name)
    assert list(home.iterdir()) == []


@given(source=st.text(max_size=80), stem=st.text(max_size=80))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_names_every_file_lies_inside(tmp_path: Path, source: str, stem: str) -> None:
    store = Store(tmp_path / "home")
    try:
        path = store.path(archive.FETCHES, Partition(source, DAY), stem)
    except ConfigurationError:
        return
    assert path.is_relative_to(tmp_path / "home" / "tables" / "archive" / "fetches")
