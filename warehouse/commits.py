"""The history of a warehouse's releases, and the pointer to the current one.

`commits/<n>.json` are numbered without a gap, created exclusively and never altered; each names the hash of the one
before. A record says which release is current from then on. The pointer, a symbolic link, follows the newest record:
it is what plain readers open, and it can always be made again from the records.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from warehouse.errors import LockedError, StorageError
from warehouse.failpoints import failpoint
from warehouse.files import create_exclusive, storage_errors, swap_symlink
from warehouse.paths import within

log = logging.getLogger(__name__)

CommitKind = Literal["publish", "rollback", "gc"]
POINTER_NAME = "current"
RELEASE_ID = re.compile(r"rel_\d{6,}_[0-9a-f]{12}")
_COMMIT_NAME = re.compile(r"(\d{6,})\.json")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was published.

    Attributes:
        kind: missing, extra, altered, unreadable, manifest, pointer or commit.
        path: File concerned, below the home.
        what: What is wrong.
    """

    kind: str
    path: str
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.path}: {self.what}"


@dataclass(frozen=True, slots=True)
class Commit:
    """One record of the history.

    Attributes:
        number: 1, 2, 3, …
        kind: What was done.
        release_id: The release that is current after it.
        manifest_sha256: sha-256 of that release's manifest.
        content_key: That release's content key.
        removed: Releases this record gives up (kind gc).
        run_id: Run that did it; empty where a person did.
        committed_at: When (UTC); for people, nothing is ordered by it.
        sha256: sha-256 of the record itself.
    """

    number: int
    kind: CommitKind
    release_id: str
    manifest_sha256: str
    content_key: str
    removed: tuple[str, ...]
    run_id: str
    committed_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class History:
    """All records that can be read, oldest first, and what is wrong with the rest.

    Attributes:
        commits: The records.
        last_number: Highest number in use, also by a record that cannot be read; 0 if there is none.
        problems: Gaps, damaged records, broken links of the chain.
    """

    commits: tuple[Commit, ...]
    last_number: int
    problems: tuple[Problem, ...]

    def live(self) -> dict[str, Commit]:
        """Return release → the record that published it, oldest first, without those that were given up."""
        removed = {release_id for commit in self.commits for release_id in commit.removed}
        return {
            commit.release_id: commit
            for commit in self.commits
            if commit.kind == "publish" and commit.release_id not in removed
        }

    def newest_first(self) -> list[str]:
        """Return the live releases, the one that should be current first, each once."""
        live = self.live()
        ordered = dict.fromkeys(commit.release_id for commit in reversed(self.commits))
        return [release_id for release_id in ordered if release_id in live]


def read_history(home: Path) -> History:
    """Return the records of a warehouse.

    Raises:
        StorageError: The directory cannot be read.
    """
    directory = within(home, "commits")
    if not directory.is_dir():
        return History((), 0, ())
    with storage_errors(directory):
        numbered = {int(match[1]): path for path in directory.iterdir() if (match := _COMMIT_NAME.fullmatch(path.name))}
    commits: list[Commit] = []
    problems: list[Problem] = []
    before: str | None = None
    last = max(numbered, default=0)
    for number in range(1, last + 1):
        path = numbered.get(number, _commit_path(home, number))
        try:
            data = path.read_bytes()
            record = json.loads(data)
            commit = _commit(record, hashlib.sha256(data).hexdigest())
            if commit.number != number or (before is not None and record["parent_sha256"] != before):
                problems.append(_problem(home, path, "does not follow from the record before: one of them was altered"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            problems.append(_problem(home, path, f"is missing or damaged ({error!r}); the history has a hole"))
            before = None
            continue
        commits.append(commit)
        before = commit.sha256
    return History(tuple(commits), last, tuple(problems))


def append_commit(
    home: Path,
    history: History,
    kind: CommitKind,
    release: tuple[str, str, str],
    run_id: str = "",
    removed: Sequence[str] = (),
) -> None:
    """Add a record to the history: from here on it has happened.

    Args:
        home: Directory of the warehouse.
        history: The history as it was read; the record takes the number after its last.
        kind: What is done.
        release: Id, manifest hash and content key of the release that is current from now on.
        run_id: The run.
        removed: Releases that are given up.

    Raises:
        LockedError: Another process has written that record in the meantime.
        StorageError: It could not be written; nothing has happened.
    """
    number = history.last_number + 1
    release_id, manifest_sha256, content_key = release
    record = {
        "commit": number,
        "kind": kind,
        "release_id": release_id,
        "manifest_sha256": manifest_sha256,
        "content_key": content_key,
        "removed": list(removed),
        "parent_sha256": history.commits[-1].sha256 if history.commits else None,
        "run_id": run_id,
        "committed_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    path = _commit_path(home, number)
    failpoint("publish.commit")
    if not create_exclusive(path, to_json(record)):
        raise LockedError(
            f"another process has written commit {number} in the meantime", str(path), "Run again: it builds on that."
        )
    failpoint("publish.committed")


def read_pointer(home: Path) -> str | None:
    """Return the release the pointer names; None if it is missing, empty, or leads anywhere but to a release."""
    try:
        target = (home / POINTER_NAME).readlink()
    except OSError:
        return None
    parts = target.parts
    if len(parts) == 2 and parts[0] == "releases" and RELEASE_ID.fullmatch(parts[1]):
        return parts[1]
    return None


def write_pointer(home: Path, release_id: str) -> None:
    """Make a release the current one for plain readers, in one step.

    Raises:
        StorageError: The pointer could not be swapped; it stands as it was.
    """
    failpoint("publish.pointer")
    path = home / POINTER_NAME
    if path.is_dir() and not path.is_symlink():
        raise StorageError(
            "is a directory, not a link (a copy of the warehouse may have followed it)",
            str(path),
            "Remove it; it is made again from the history.",
        )
    swap_symlink(path, f"releases/{release_id}")
    failpoint("publish.pointed")


def to_json(content: Any) -> bytes:
    """Return the one form in which the warehouse writes JSON: sorted keys, readable characters, a final newline."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def _commit(record: dict[str, Any], sha256: str) -> Commit:
    if RELEASE_ID.fullmatch(record["release_id"]) is None:
        raise ValueError(f"no release id: {record['release_id']!r}")
    return Commit(
        record["commit"],
        record["kind"],
        record["release_id"],
        record["manifest_sha256"],
        record["content_key"],
        tuple(record["removed"]),
        record["run_id"],
        datetime.fromisoformat(record["committed_at"]),
        sha256,
    )


def _commit_path(home: Path, number: int) -> Path:
    return within(home, "commits", f"{number:06d}.json")


def _problem(home: Path, path: Path, what: str) -> Problem:
    return Problem("commit", path.relative_to(home).as_posix(), what)
