import logging
import shutil
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import curated_tables
from warehouse.commits import read_history
from warehouse.errors import ConfigurationError, IntegrityError
from warehouse.publication import (
    Release,
    ReleaseContext,
    current,
    gc,
    history,
    orphans,
    publish,
    release_directory,
    rollback,
    verify,
)

pytestmark = pytest.mark.usefixtures("rendered_once")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with three releases; tests work on copies."""
    home = tmp_path_factory.mktemp("three")
    without_quantity = curated_tables(with_visit=True)
    without_quantity["fact_quantity"] = without_quantity["fact_quantity"].slice(0, 0)
    for tables in (curated_tables(), curated_tables(with_visit=True), without_quantity):
        assert publish(home, tables, ReleaseContext("run_1")) is not None
    return home


@pytest.fixture
def home(three: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three, tmp_path / "home", symlinks=True))


def ids(home: Path) -> list[str]:
    return [release.release_id for release in history(home)]


def current_id(home: Path) -> str:
    release = current(home)
    assert release is not None
    assert (home / "current").resolve() == release.path.resolve()
    return release.release_id


def test_going_back_moves_the_pointer_and_adds_to_the_history(home: Path) -> None:
    first, second, third = ids(home)
    assert rollback(home).release_id == second == current_id(home)
    assert rollback(home).release_id == first == current_id(home)
    with pytest.raises(ConfigurationError, match="no earlier release"):
        rollback(home)
    assert rollback(home, third).release_id == third == current_id(home)
    assert [commit.kind for commit in read_history(home).commits] == ["publish"] * 3 + ["rollback"] * 3
    assert verify(home) == []


def test_going_back_to_what_is_not_there_or_damaged_is_refused(home: Path) -> None:
    first, *_, third = ids(home)
    with pytest.raises(ConfigurationError, match=f"rel_x.*{first}"):
        rollback(home, "rel_x")
    (release_directory(home, first) / "tables" / "dim_date.parquet").unlink()
    with pytest.raises(IntegrityError, match="dim_date"):
        rollback(home, first)
    assert current_id(home) == third
    assert read_history(home).last_number == 3


def test_after_going_back_the_next_release_builds_on_what_is_current(home: Path) -> None:
    first, *_ = ids(home)
    rollback(home, first)
    again = publish(home, curated_tables(with_visit=True), ReleaseContext("run_2"))
    assert again is not None
    assert (again.parent, again.release_id[:10]) == (first, "rel_000005")
    assert rollback(home).release_id == first


def test_going_back_from_a_damaged_release_goes_to_the_newest_whole_one(home: Path) -> None:
    _, second, third = ids(home)
    shutil.rmtree(release_directory(home, third))
    assert rollback(home).release_id == second
    release = current(home)
    assert release is not None
    assert release.warning is None


def test_old_releases_are_given_up_and_shared_files_stay(home: Path) -> None:
    first, second, third = ids(home)
    planned = gc(home, keep=2, dry_run=True)
    assert planned == [release_directory(home, first)]
    assert ids(home) == [first, second, third]
    assert gc(home, keep=2) == planned
    assert ids(home) == [second, third]
    assert not release_directory(home, first).exists()
    assert verify(home) == []
    assert gc(home, keep=2) == []
    with pytest.raises(ConfigurationError):
        rollback(home, first)
    with pytest.raises(ConfigurationError):
        verify(home, first)


def test_the_current_release_is_never_given_up(home: Path) -> None:
    first, *_ = ids(home)
    rollback(home, first)
    gc(home, keep=1)
    assert ids(home) == [first]
    assert current_id(home) == first
    assert verify(home) == []
    with pytest.raises(ConfigurationError, match="keep"):
        gc(home, keep=0)


def test_what_nothing_refers_to_is_listed_and_removed_and_nothing_else(home: Path) -> None:
    orphan = home / "releases" / "rel_000009_0123456789ab"
    shutil.copytree(release_directory(home, ids(home)[0]), orphan)
    temporary = [home / "releases" / ".tmp-0123", home / "tables" / "archive" / ".tmp-4567"]
    temporary[0].mkdir()
    temporary[1].parent.mkdir(parents=True)
    temporary[1].write_bytes(b"half")
    (home / "releases" / "notes.txt").write_text("mine")
    staged = home / "staged" / "run_1" / "tables"
    staged.mkdir(parents=True)
    assert orphans(home) == sorted([orphan, *temporary])
    assert set(gc(home, keep=5)) == {orphan, *temporary, staged.parent}
    assert orphans(home) == []
    assert not staged.exists()
    assert (home / "releases" / "notes.txt").read_text() == "mine"
    assert len(ids(home)) == 3


@pytest.mark.parametrize("damage", ["remove", "empty", "alter"])
def test_a_history_with_a_hole_is_reported_and_nothing_is_collected(home: Path, damage: str) -> None:
    path = home / "commits" / "000002.json"
    if damage == "remove":
        path.unlink()
    else:
        path.chmod(0o644)
        path.write_text("" if damage == "empty" else path.read_text().replace("run_1", "run_2"))
    problems = verify(home)
    assert {problem.kind for problem in problems} == {"commit"}
    with pytest.raises(IntegrityError, match="history is damaged"):
        gc(home, keep=1)
    assert len(list((home / "releases").iterdir())) == 3
    assert current_id(home) == ids(home)[-1]


def test_a_release_whose_manifest_is_gone_is_left_out_of_the_list(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, second, third = ids(home)
    (release_directory(home, second) / "manifest.json").unlink()
    with caplog.at_level(logging.WARNING):
        assert ids(home) == [first, third]
    assert second in caplog.text


def test_verify_of_one_release_looks_at_that_one(home: Path) -> None:
    first, second, _ = ids(home)
    (release_directory(home, first) / "CHANGES").unlink()
    assert verify(home, second) == []
    (problem,) = verify(home, first)
    assert (problem.kind, problem.path) == ("missing", f"releases/{first}/CHANGES")


def test_rolling_back_a_release_object_gives_its_tables(home: Path) -> None:
    release = rollback(home)
    assert isinstance(release, Release)
    assert len(release.read("fact_quantity")) == 1
