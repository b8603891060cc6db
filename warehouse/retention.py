"""Which release is current, whether releases are whole, going back to an earlier one, and giving up old ones.

Publishing is in `warehouse.publication`, through which all of this is imported.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from warehouse.commits import (
    POINTER_NAME,
    RELEASE_ID,
    Commit,
    History,
    Problem,
    append_commit,
    read_history,
    read_pointer,
    write_pointer,
)
from warehouse.errors import ConfigurationError, IntegrityError, StorageError
from warehouse.failpoints import failpoint
from warehouse.files import TEMPORARY_PREFIX, remove_tree, storage_errors
from warehouse.lock import warehouse_lock
from warehouse.paths import within
from warehouse.release import Release, inspect_release, open_release
from warehouse.staging import leftovers

log = logging.getLogger(__name__)


def current(home: Path) -> Release | None:
    """Return the current release; None if nothing was ever published. Writes nothing.

    Where the pointer is missing or broken, or the release it names is cut or gone, it is the newest release that
    verifies, with a warning in the log and in `Release.warning`.

    Raises:
        IntegrityError: Something was published and no release of it is whole.
    """
    commits = read_history(home)
    if not commits.last_number:
        return None
    live = commits.live()
    pointed = read_pointer(home)
    if pointed is None:
        reason = "the pointer `current` is missing, empty or leads elsewhere"
    elif pointed not in live:
        reason = f"the pointer `current` names {pointed}, which no commit record knows"
    else:
        problems = inspect_release(home, live[pointed], deep=False)
        if not problems:
            return open_release(home, live[pointed])
        reason = str(problems[0])
    for release_id in commits.newest_first():
        if release_id != pointed and not inspect_release(home, live[release_id], deep=True):
            log.warning("%s: %s; %s is taken as the current release", home, reason, release_id)
            return replace(open_release(home, live[release_id]), warning=reason)
    raise IntegrityError(f"no release is whole: {reason}", str(home), "Restore the warehouse, or publish anew.")


def recover(home: Path) -> Release | None:
    """Complete what a run was killed in: after its commit record and before the swap of the pointer.

    Returns:
        The current release, as `current` does.

    Raises:
        LockedError: Another process holds the warehouse.
        IntegrityError: Something was published and no release of it is whole.
    """
    with warehouse_lock(home):
        commits = read_history(home)
        newest = next(iter(commits.newest_first()), None)
        if (
            newest is not None
            and read_pointer(home) != newest
            and not inspect_release(home, commits.live()[newest], deep=True)
        ):
            log.warning("%s: the pointer did not name %s, which was committed last; it does now", home, newest)
            write_pointer(home, newest)
        return current(home)


def history(home: Path) -> list[Release]:
    """Return the releases that are kept, oldest first; one whose manifest is damaged is left out with a warning."""
    releases = []
    for commit in read_history(home).live().values():
        try:
            releases.append(open_release(home, commit))
        except StorageError as error:
            log.warning("%s", error)
    return releases


def kept(home: Path, name: str) -> Release:
    """Return a kept release by its id, or by the beginning of one where no other begins so.

    Raises:
        ConfigurationError: There is no such release, or several.
        IntegrityError: Its manifest is missing or damaged.
    """
    live = read_history(home).live()
    found = [release_id for release_id in live if release_id.startswith(name)] if name else []
    return open_release(home, live[_known(found[0] if len(found) == 1 else name, live)])


def verify(home: Path, release_id: str | None = None) -> list[Problem]:
    """Return everything that is not as it was published, every byte read; an empty list if all is well.

    Args:
        home: Directory of the warehouse.
        release_id: One release; if None all that are kept, the commit records and the pointer.

    Raises:
        ConfigurationError: There is no such release.
    """
    commits = read_history(home)
    live = commits.live()
    if release_id is not None:
        return inspect_release(home, live[_known(release_id, live)], deep=True)
    problems = [*commits.problems, *_pointer_problems(home, commits)]
    hashed: dict[tuple[int, int], str] = {}
    for commit in live.values():
        problems += inspect_release(home, commit, deep=True, hashed=hashed)
    return problems


def rollback(home: Path, to: str | None = None) -> Release:
    """Make an earlier release the current one. The history is not shortened: it gets one more record.

    Args:
        home: Directory of the warehouse.
        to: The release; if None the one before the current one, or, where the current one is damaged, the newest
            whole one.

    Returns:
        The release that is current now.

    Raises:
        ConfigurationError: There is no such release, or none before the current one.
        IntegrityError: The release is damaged.
        LockedError: Another process holds the warehouse.
        StorageError: The record or the pointer could not be written.
    """
    with warehouse_lock(home):
        pointed, now = read_pointer(home), recover(home)
        commits = read_history(home)
        live = commits.live()
        if now is not None and _was_killed(commits, pointed) and to in (None, now.release_id):
            return now
        target = _before(now, live) if to is None else _known(to, live)
        problems = inspect_release(home, live[target], deep=True)
        if problems:
            raise IntegrityError(
                f"{target} is damaged, {len(problems)} files: {problems[0]}", str(home), "Choose another release."
            )
        commit = live[target]
        append_commit(home, commits, "rollback", (target, commit.manifest_sha256, commit.content_key))
        write_pointer(home, target)
        return open_release(home, commit)


def gc(home: Path, keep: int, dry_run: bool = False) -> list[Path]:
    """Give up old releases and remove what nothing refers to: those, what `orphans` lists, and old staging areas.

    The current release and the newest `keep` ones stay, whatever the pointer names included. What is given up is
    written into the history first, so that a kill in between leaves an orphan and no hole.

    Args:
        home: Directory of the warehouse.
        keep: Releases to keep, at least 1.
        dry_run: Remove nothing.

    Returns:
        What was removed, or would be.

    Raises:
        ConfigurationError: `keep` is less than 1.
        IntegrityError: The history has a hole, so that it cannot be said what nothing refers to; nothing is removed.
        LockedError: Another process holds the warehouse.
        StorageError: Something could not be removed.
    """
    if keep < 1:
        raise ConfigurationError(f"cannot keep {keep} releases", "keep", "Keep at least 1.")
    with warehouse_lock(home):
        commits = read_history(home)
        if commits.problems:
            raise IntegrityError(
                f"the history is damaged, nothing is removed: {commits.problems[0]}", str(home), "Restore commits/."
            )
        newest = commits.newest_first()
        kept = {*newest[:keep], read_pointer(home)}
        given_up = [release_id for release_id in commits.live() if release_id not in kept]
        doomed = [*(within(home, "releases", name) for name in given_up), *orphans(home), *leftovers(home)]
        if dry_run:
            return doomed
        if given_up:
            now = commits.live()[newest[0]]
            release = (now.release_id, now.manifest_sha256, now.content_key)
            append_commit(home, commits, "gc", release, removed=given_up)
        for path in doomed:
            failpoint("gc.remove")
            _remove(path)
        return doomed


def orphans(home: Path) -> list[Path]:
    """Return what killed runs have left and nothing refers to, sorted.

    That is: temporary files, releases without a commit record, staging areas. While a run is going on, some of it is
    that run's.
    """
    live = read_history(home).live()
    releases = within(home, "releases")
    found = {path for path in releases.iterdir() if path.name not in live} if releases.is_dir() else set()
    found = {path for path in found if RELEASE_ID.fullmatch(path.name)}
    for directory, names, files in os.walk(home):
        for name in (*names, *files):
            if name.startswith(TEMPORARY_PREFIX):
                found.add(Path(directory, name))
        names[:] = [name for name in names if Path(directory, name) not in found]
    return sorted(found)


def _was_killed(commits: History, pointed: str | None) -> bool:
    """Return whether the newest record is a rollback that the pointer, as it was found, had not followed yet."""
    newest = commits.commits[-1]
    return newest.kind == "rollback" and pointed is not None and pointed != newest.release_id


def _known(release_id: str, live: Iterable[str]) -> str:
    if release_id not in live:
        names = ", ".join(live) or "none"
        raise ConfigurationError(f"there is no release {release_id!r}", "release", f"Releases kept: {names}.")
    return release_id


def _before(now: Release | None, live: Mapping[str, Commit]) -> str:
    """Return the release to go back to from the current one."""
    if now is not None and now.warning is not None:
        return now.release_id
    if now is not None and now.parent is not None and now.parent in live:
        return now.parent
    earlier = [name for name, commit in live.items() if now is not None and commit.number < now.commit.number]
    if not earlier:
        names = ", ".join(live) or "none"
        raise ConfigurationError("there is no earlier release", "release", f"Releases kept: {names}.")
    return earlier[-1]


def _pointer_problems(home: Path, commits: History) -> list[Problem]:
    pointed, newest = read_pointer(home), next(iter(commits.newest_first()), None)
    if pointed == newest:
        return []
    if pointed is None:
        return [Problem("pointer", POINTER_NAME, f"is missing, empty or leads elsewhere; it should name {newest}")]
    if newest is None:
        return [Problem("pointer", POINTER_NAME, f"names {pointed}, and the history has no release")]
    return [Problem("pointer", POINTER_NAME, f"names {pointed}; the history says {newest}. The next run mends it")]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        with storage_errors(path):
            path.unlink(missing_ok=True)
