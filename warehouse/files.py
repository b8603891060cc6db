"""Atomic file operations: what every durable write of the warehouse is made of.

Each operation either leaves its result whole and on disk (fsync of the file and of its directory) or leaves what was
there before. Temporary files stand beside their target, so that a rename never crosses a device, and begin with
`TEMPORARY_PREFIX`, so that whatever a killed process leaves behind can be told from data.

Between the steps stand failpoints (`warehouse.failpoints`). What is written where is not decided here.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse.errors import StorageError
from warehouse.failpoints import failpoint

TEMPORARY_PREFIX = ".tmp-"
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


@contextmanager
def storage_errors(path: Path, needed_bytes: int | None = None) -> Iterator[None]:
    """Turn an OSError of the block into a StorageError that names the path, the bytes needed and the way out."""
    try:
        yield
    except OSError as error:
        raise _storage_error(error, path, needed_bytes) from error


def _storage_error(error: OSError, path: Path, needed_bytes: int | None) -> StorageError:
    reason = os.strerror(error.errno) if error.errno else str(error)
    if error.errno in _NO_SPACE:
        amount = "it" if needed_bytes is None else f"{needed_bytes} bytes"
        return StorageError(
            f"no room to write {amount} ({reason})",
            str(path),
            "Free space or raise the quota and run again; what was published before is untouched.",
        )
    if error.errno in _NOT_WRITABLE:
        return StorageError(
            f"not permitted ({reason})", str(path), "Give the user of the pipeline write access to the warehouse."
        )
    return StorageError(reason, str(path), "See to the disk or the path and run again.")


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old content or the whole new one, also after a power cut.

    Raises:
        StorageError: It could not be written; the old content stands and no temporary file is left.
    """
    make_directory(path.parent)
    temporary = temporary_beside(path)
    with storage_errors(path, len(data)):
        try:
            _write_and_sync(temporary, data, 0o666)
            temporary.replace(path)
            failpoint("write.rename")
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
        sync_directory(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write and fsync a read-only file that does not exist yet, in a directory that nobody reads yet.

    Raises:
        StorageError: It could not be written.
    """
    with storage_errors(path, len(data)):
        _write_and_sync(path, data, 0o444)


def create_exclusive(path: Path, data: bytes) -> bool:
    """Write a file that must not exist yet; it appears whole or not at all.

    A hard link is as exclusive as O_EXCL, and unlike it never shows a file that is still being written.

    Returns:
        False if the file existed; it is left alone.

    Raises:
        StorageError: It could not be written, or the filesystem has no hard links.
    """
    make_directory(path.parent)
    temporary = temporary_beside(path)
    with storage_errors(path, len(data)):
        try:
            _write_and_sync(temporary, data, 0o444)
            try:
                path.hardlink_to(temporary)
            except FileExistsError:
                return False
            failpoint("create.link")
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
        sync_directory(path.parent)
    return True


def swap_symlink(path: Path, target: str) -> None:
    """Point a symbolic link elsewhere in one step; readers see the old target or the new one.

    Raises:
        StorageError: It could not be written; the old link stands.
    """
    temporary = temporary_beside(path)
    with storage_errors(path):
        try:
            temporary.symlink_to(target)
            failpoint("swap.symlink")
            temporary.replace(path)
            failpoint("swap.rename")
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
        sync_directory(path.parent)


def link_or_copy(source: Path, target: Path) -> bool:
    """Make `target` the same file as `source`, or a copy of it where a hard link is not to be had.

    Returns:
        True if it is a link, False if it is a copy.

    Raises:
        StorageError: Neither was possible.
    """
    try:
        target.hardlink_to(source)
    except OSError:
        # Too many links, another owner, another device: each is a reason to copy; a real fault shows again below.
        with storage_errors(target):
            write_new(target, source.read_bytes())
        return False
    failpoint("link")
    return True


def append_line(path: Path, line: str) -> None:
    """Append one line and fsync it; a torn last line, left by a killed writer, is closed first.

    Raises:
        StorageError: It could not be written.
    """
    data = line.encode("utf-8", "backslashreplace") + b"\n"
    existed = path.exists()
    with storage_errors(path, len(data)):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                data = b"\n" + data
            _write_all(descriptor, data)
            failpoint("append.data")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if not existed:
            sync_directory(path.parent)


def make_directory(path: Path) -> None:
    """Create a directory and its parents, each made durable in the directory above it.

    Raises:
        StorageError: It could not be created.
    """
    if path.is_dir():
        return
    make_directory(path.parent)
    with storage_errors(path):
        path.mkdir(exist_ok=True)
        sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable.

    Raises:
        StorageError: They could not be brought to disk.
    """
    with storage_errors(path):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    failpoint("sync.directory")


def sync_file(path: Path) -> None:
    """Make a file that another library wrote durable, and read-only.

    Raises:
        StorageError: The bytes could not be brought to disk.
    """
    with storage_errors(path):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            os.fchmod(descriptor, os.fstat(descriptor).st_mode & 0o444)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    failpoint("sync.file")


def remove_tree(path: Path) -> None:
    """Remove a directory: out of sight by one rename first, so that it is never seen half empty.

    Raises:
        StorageError: It could not be removed.
    """
    with storage_errors(path):
        if not path.name.startswith(TEMPORARY_PREFIX):
            hidden = temporary_beside(path)
            path.rename(hidden)
            sync_directory(path.parent)
            path = hidden
        shutil.rmtree(path)
        failpoint("remove.tree")


def temporary_beside(path: Path) -> Path:
    """Return a fresh temporary name in the directory of `path`."""
    return path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")


def preflight(home: Path) -> None:
    """Prove, before anything is fetched, that the warehouse can be written and has what a release needs.

    Writes, links and removes one small file. A read-only disk, a full one and one without links are found here.

    Raises:
        StorageError: With the operation that failed.
    """
    make_directory(home)
    probe = temporary_beside(home / "probe")
    pointer = temporary_beside(home / "probe")
    try:
        write_bytes(probe, b"probe\n")
        create_exclusive(pointer, b"probe\n")
        swap_symlink(pointer, probe.name)
    finally:
        with storage_errors(home):
            for path in (probe, pointer):
                path.unlink(missing_ok=True)


def _write_and_sync(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, _CREATE, mode)
    try:
        failpoint("write.open")
        _write_all(descriptor, data)
        failpoint("write.data")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    failpoint("write.sync")


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
