"""A full, failing or read-only disk, a file size limit: an error names the path, the last release stands whole."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rendering import compare_once
from tests.unit.warehouse.sample import EVENT, curated_tables
from warehouse.errors import StorageError
from warehouse.files import preflight
from warehouse.publication import Release, ReleaseContext, current, gc, history, orphans, publish, verify

# The file size limit of a process cannot be raised again, so it is that of another process.
PUBLISH = """
import resource, sys
from pathlib import Path
from tests.unit.warehouse.sample import curated_tables
from warehouse.errors import CommuniqueError
from warehouse.publication import ReleaseContext, publish
tables = curated_tables(with_visit=True)
limit = int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    publish(Path(sys.argv[1]), tables, ReleaseContext("run_2"))
except CommuniqueError as error:
    print(f"{type(error).__name__} {error.where} {error}")
    sys.exit(error.exit_code)
"""


pytestmark = pytest.mark.usefixtures("rendered_once")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one release; tests work on copies."""
    home = tmp_path_factory.mktemp("published")
    assert publish(home, curated_tables(), ReleaseContext("run_1")) is not None
    return home


def copy_of(published: Path, home: Path) -> Release:
    shutil.copytree(published, home, symlinks=True, dirs_exist_ok=True)
    release = current(home)
    assert release is not None
    return release


def publish_apart(home: Path, limit: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PUBLISH, home, str(limit)], capture_output=True, text=True, check=False
    )


def assert_it_can_be_published_now(home: Path) -> None:
    assert publish(home, curated_tables(with_visit=True), ReleaseContext("run_2")) is not None
    assert verify(home) == []


def assert_old_release_stands(home: Path, old: Release) -> None:
    assert current(home) == old
    assert verify(home) == []
    assert orphans(home) == []
    assert [path.name for path in (home / "releases").iterdir()] == [old.release_id]
    assert old.read("fact_event")["event_id"].to_pylist() == [EVENT]


@pytest.mark.parametrize(
    ("limit", "named"),
    [(8_000, "tables/"), (40_000, "datapackage.json"), (500_000, "warehouse.duckdb")],
)
def test_a_file_size_limit_stops_the_release_and_nothing_is_left(
    published: Path, home: Path, limit: int, named: str
) -> None:
    old = copy_of(published, home)
    ended = publish_apart(home, limit)
    assert ended.returncode == 6, ended.stderr
    kind, where, _ = ended.stdout.split(maxsplit=2)
    assert kind == "StorageError"
    assert where.startswith(str(home))
    assert named in where
    assert_old_release_stands(home, old)
    assert_it_can_be_published_now(home)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 20 MB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here; the file size limit is tested instead")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("room", [0, 120_000, 2_000_000])
def test_a_full_disk_stops_the_release_and_nothing_is_left(published: Path, small_disk: Path, room: int) -> None:
    home = small_disk / "home"
    old = copy_of(published, home)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - room)
    ended = publish_apart(home)
    assert ended.returncode == 6, ended.stderr
    assert str(home) in ended.stdout
    assert os.strerror(errno.ENOSPC) in ended.stdout or "No space left" in ended.stdout
    assert_old_release_stands(home, old)
    # What a person does then works on the full disk too.
    gc(home, keep=1)
    filler.unlink()
    assert_it_can_be_published_now(home)


def test_a_read_only_disk_is_found_before_anything_is_done(published: Path, small_disk: Path) -> None:
    home = small_disk / "home"
    old = copy_of(published, home)
    preflight(home)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StorageError, match="not permitted") as caught:
        preflight(home)
    assert str(home) in caught.value.where
    assert publish_apart(home).returncode == 6
    assert current(home) == old


@pytest.mark.parametrize(("name", "code"), [("fsync", errno.EIO), ("write", errno.ENOSPC)])
def test_a_call_that_fails_anywhere_leaves_the_old_release_or_the_new_one(
    published: Path, home: Path, rendered: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    compare_once(rendered, monkeypatch.setattr)
    old = copy_of(published, home)
    tables = curated_tables(with_visit=True)
    call = getattr(os, name)
    left = 0

    def failing(*args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(code, os.strerror(code))
        return call(*args)

    monkeypatch.setattr(os, name, failing)
    wheres = []
    # Every fourth call, until the release gets through: each kind of file is among them.
    for number in range(1, 200, 4):
        left = number
        try:
            publish(home, tables, ReleaseContext("run_2"))
        except StorageError as error:
            wheres.append(error.where)
            kept = current(home)
            assert kept is not None
            assert kept == old or verify(home, kept.release_id) == []
            assert orphans(home) == []
        else:
            break
    assert len(wheres) >= 3
    assert {where.startswith(str(home)) for where in wheres} == {True}
    assert verify(home) == []
    assert len(history(home)) == 2


def test_a_commit_record_that_cannot_be_linked_means_no_release(
    published: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = copy_of(published, home)
    link = os.link

    def failing(source: Path, target: Path, **named: Any) -> None:
        if Path(target).parent.name == "commits":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        link(source, target, **named)

    monkeypatch.setattr(os, "link", failing)
    with pytest.raises(StorageError, match=r"000002\.json: not permitted"):
        publish(home, curated_tables(with_visit=True), ReleaseContext("run_2"))
    assert_old_release_stands(home, old)
