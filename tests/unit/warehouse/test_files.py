import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse import files
from warehouse.errors import StorageError
from warehouse.failpoints import arm, disarm, failpoint


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    disarm()


def names_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def failing(call: Callable[..., Any], number: int, code: int) -> Callable[..., Any]:
    """The call, but for its nth time, which fails."""
    calls = iter(range(1, 1_000))

    def wrapped(*args: Any, **named: Any) -> Any:
        if next(calls) == number:
            raise OSError(code, os.strerror(code))
        return call(*args, **named)

    return wrapped


def test_a_file_is_written_whole_with_its_directories_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    files.write_bytes(path, b"one")
    files.write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert names_in(path.parent) == ["file"]


def test_writing_goes_on_after_short_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    content = bytes(range(256)) * 3
    files.write_bytes(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == content


@pytest.mark.parametrize("number", [1, 2])
def test_a_failing_fsync_is_an_error_and_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    files.write_bytes(tmp_path / "file", b"old")
    monkeypatch.setattr(os, "fsync", failing(os.fsync, number, errno.EIO))
    with pytest.raises(StorageError, match=os.strerror(errno.EIO)) as caught:
        files.write_bytes(tmp_path / "file", b"new")
    assert names_in(tmp_path) == ["file"]
    # The first fsync is that of the data, before the rename; the second that of the directory, after it.
    assert caught.value.where == str(tmp_path / "file" if number == 1 else tmp_path)
    assert (tmp_path / "file").read_bytes() == (b"old" if number == 1 else b"new")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_names_path_and_bytes_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    files.write_bytes(tmp_path / "file", b"old")
    monkeypatch.setattr(os, "write", failing(os.write, 1, code))
    with pytest.raises(StorageError) as caught:
        files.write_bytes(tmp_path / "file", b"x" * 1234)
    assert caught.value.where == str(tmp_path / "file")
    assert "1234 bytes" in caught.value.what
    assert ((tmp_path / "file").read_bytes(), names_in(tmp_path)) == (b"old", ["file"])


def test_everything_is_on_disk_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def recorded_fsync(descriptor: int) -> None:
        fsync(descriptor)
        done.append(("fsync", Path(f"/proc/self/fd/{descriptor}").readlink().name))

    def recorded_replace(source: Path, target: Path) -> None:
        replace(source, target)
        done.append(("rename", Path(target).name))

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "replace", recorded_replace)
    files.write_bytes(tmp_path / "file", b"data")
    (first, temporary), rename, directory = done
    assert (first, rename, directory) == ("fsync", ("rename", "file"), ("fsync", tmp_path.name))
    assert temporary.startswith(files.TEMPORARY_PREFIX)


def test_exclusive_creation_wins_once(tmp_path: Path) -> None:
    assert files.create_exclusive(tmp_path / "1.json", b"first")
    assert not files.create_exclusive(tmp_path / "1.json", b"second")
    assert (tmp_path / "1.json").read_bytes() == b"first"
    assert names_in(tmp_path) == ["1.json"]


def test_a_link_is_swapped_over_a_link_a_file_and_nothing(tmp_path: Path) -> None:
    for number, before in enumerate((None, "link", "file")):
        path = tmp_path / f"current{number}"
        if before == "link":
            path.symlink_to("old")
        elif before == "file":
            path.write_bytes(b"")
        files.swap_symlink(path, "new")
        assert path.readlink() == Path("new")


def test_a_link_is_made_where_it_can_be_and_else_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"data")
    assert files.link_or_copy(source, tmp_path / "linked")
    assert (tmp_path / "linked").samefile(source)
    monkeypatch.setattr(os, "link", failing(os.link, 1, errno.EMLINK))
    assert not files.link_or_copy(source, tmp_path / "copied")
    assert (tmp_path / "copied").read_bytes() == b"data"
    assert not (tmp_path / "copied").samefile(source)


def test_lines_are_appended_and_a_torn_one_is_closed_first(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    files.append_line(path, "one")
    with path.open("ab") as file:
        file.write(b'{"torn')
    files.append_line(path, "two")
    assert path.read_text() == 'one\n{"torn\ntwo\n'


def test_a_directory_is_removed_out_of_sight(tmp_path: Path) -> None:
    (tmp_path / "release" / "tables").mkdir(parents=True)
    (tmp_path / "release" / "tables" / "x").write_bytes(b"")
    seen: list[list[str]] = []
    arm("sync.directory", lambda name: seen.append(names_in(tmp_path)))
    files.remove_tree(tmp_path / "release")
    assert "release" not in seen[0]
    assert names_in(tmp_path) == []


def test_preflight_passes_where_a_release_can_be_written_and_leaves_nothing(tmp_path: Path) -> None:
    files.preflight(tmp_path / "new" / "home")
    assert names_in(tmp_path / "new" / "home") == []


@pytest.mark.parametrize(("call", "code"), [("link", errno.EPERM), ("symlink", errno.EPERM), ("open", errno.EROFS)])
def test_preflight_finds_what_a_release_would_miss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    monkeypatch.setattr(os, call, failing(getattr(os, call), 1, code))
    with pytest.raises(StorageError, match="not permitted"):
        files.preflight(tmp_path)
    assert names_in(tmp_path) == []


def test_failpoints_do_nothing_until_armed_and_then_count_or_match() -> None:
    reached: list[str] = []
    failpoint("a")
    arm(2, reached.append)
    for name in ("a", "b", "c"):
        failpoint(name)
    arm("c", reached.append)
    for name in ("a", "b", "c"):
        failpoint(name)
    disarm()
    failpoint("c")
    assert reached == ["b", "c"]
