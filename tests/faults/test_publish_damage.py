"""Damage to what was published: named by verify, never read in silence; readers fall back to what is whole."""

import logging
import random
import shutil
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import EVENT, OTHER_EVENT, curated_tables
from warehouse.errors import IntegrityError
from warehouse.publication import Release, ReleaseContext, current, history, publish, recover, verify
from warehouse.tables import CURATED

pytestmark = pytest.mark.usefixtures("rendered_once")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two releases; tests damage copies of it."""
    home = tmp_path_factory.mktemp("two")
    for visit in (False, True):
        assert publish(home, curated_tables(with_visit=visit), ReleaseContext("run_1")) is not None
    return home


@pytest.fixture
def home(two: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two, tmp_path / "home", symlinks=True))


def newest(home: Path) -> Release:
    return history(home)[-1]


def damage(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def events(release: Release | None) -> list[str]:
    assert release is not None
    return release.read("fact_event")["event_id"].to_pylist()


@pytest.mark.parametrize("keep", ["0", "3", "4", "8", "half", "-1"])
@pytest.mark.parametrize("name", ["tables/fact_event.parquet", "warehouse.duckdb", "manifest.json"])
def test_a_cut_file_is_named_and_readers_use_the_last_good_release(
    home: Path, caplog: pytest.LogCaptureFixture, name: str, keep: str
) -> None:
    release = newest(home)
    path = release.path / name
    data = path.read_bytes()
    damage(path, data[: len(data) // 2 if keep == "half" else int(keep)])
    (problem,) = verify(home)
    assert problem.path == f"releases/{release.release_id}/{name}"
    with caplog.at_level(logging.WARNING):
        fallen_back = current(home)
    assert events(fallen_back) == [EVENT]
    assert fallen_back is not None
    assert name in (fallen_back.warning or "")
    assert fallen_back.release_id in caplog.text


def test_no_flipped_bit_in_a_release_is_silent(home: Path) -> None:
    release = newest(home)
    chance = random.Random(20250701)  # noqa: S311
    files = [release.path / entry["path"] for entry in release.manifest["files"]] + [release.path / "manifest.json"]
    originals = {path: path.read_bytes() for path in files}
    # The database file and the description are by far the largest: every file gets its share.
    for number in range(300):
        path = files[number % len(files)]
        data = bytearray(originals[path])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        damage(path, data)
        (problem,) = verify(home, release.release_id)
        assert problem.path == f"releases/{release.release_id}/{path.relative_to(release.path).as_posix()}"
        if path.parent.name == "tables":
            with pytest.raises(IntegrityError, match=path.name):
                release.read(path.stem)
        damage(path, originals[path])
    assert verify(home) == []


def test_a_missing_file_is_named_and_readers_fall_back(home: Path) -> None:
    release = newest(home)
    (release.path / "tables" / "dim_place.parquet").unlink()
    (problem,) = verify(home)
    assert (problem.kind, problem.path) == ("missing", f"releases/{release.release_id}/tables/dim_place.parquet")
    assert events(current(home)) == [EVENT]


def test_a_file_nobody_published_is_named_and_readers_ignore_it(home: Path) -> None:
    release = newest(home)
    (release.path / "tables" / "fact_extra.parquet").write_bytes(b"x")
    (release.path / "link").symlink_to("/etc/hostname")
    assert [(problem.kind, problem.path.rpartition("/")[2]) for problem in verify(home)] == [
        ("extra", "link"),
        ("extra", "fact_extra.parquet"),
    ]
    assert events(current(home)) == [EVENT, OTHER_EVENT]
    assert set(release.rows) == {contract.name for contract in CURATED}


def test_a_published_file_that_became_a_link_is_no_published_file(home: Path, tmp_path: Path) -> None:
    path = newest(home).path / "tables" / "dim_place.parquet"
    path.rename(tmp_path / "elsewhere.parquet")
    path.symlink_to(tmp_path / "elsewhere.parquet")
    (problem,) = verify(home)
    assert (problem.kind, problem.path.rpartition("/")[2]) == ("altered", "dim_place.parquet")


@pytest.mark.parametrize("pointer", ["missing", "empty", "unknown", "outside", "dangling"])
def test_a_broken_pointer_falls_back_to_the_newest_commit_and_is_mended_at_the_next_start(
    home: Path, caplog: pytest.LogCaptureFixture, pointer: str
) -> None:
    release, path = newest(home), home / "current"
    path.unlink()
    if pointer == "empty":
        path.write_bytes(b"")
    elif pointer != "missing":
        targets = {"unknown": "releases/rel_000009_0123456789ab", "outside": "/etc", "dangling": "releases/gone"}
        path.symlink_to(targets[pointer])
    assert [problem.kind for problem in verify(home)] == ["pointer"]
    with caplog.at_level(logging.WARNING):
        fallen_back = current(home)
    assert fallen_back is not None
    assert (fallen_back.release_id, events(fallen_back)) == (release.release_id, [EVENT, OTHER_EVENT])
    assert "pointer" in (fallen_back.warning or "")
    assert "pointer" in caplog.text
    mended = recover(home)
    assert mended == release
    assert path.resolve() == release.path
    assert verify(home) == []


def test_a_broken_pointer_and_a_broken_release_fall_back_to_the_one_before(home: Path) -> None:
    (home / "current").unlink()
    shutil.rmtree(newest(home).path)
    assert events(current(home)) == [EVENT]


def test_a_bit_flipped_in_the_newest_release_is_not_what_one_falls_back_to(home: Path) -> None:
    path = newest(home).table_path("fact_event")
    data = bytearray(path.read_bytes())
    data[60] ^= 4
    damage(path, data)
    (home / "current").unlink()
    assert events(current(home)) == [EVENT]


def test_when_nothing_is_whole_that_is_an_error_and_no_empty_warehouse(home: Path) -> None:
    for release in history(home):
        (release.path / "CHANGES").unlink()
    with pytest.raises(IntegrityError, match="no release is whole"):
        current(home)
    assert {problem.kind for problem in verify(home)} == {"missing"}
