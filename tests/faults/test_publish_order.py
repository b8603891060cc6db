"""What a power cut would show: at every step of publishing, all that the next step relies on is already on disk."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.unit.warehouse.sample import curated_tables
from warehouse.publication import ReleaseContext, publish


def inodes(*paths: Path) -> set[int]:
    return {path.stat().st_ino for path in paths}


def test_each_step_waits_for_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert publish(home, curated_tables(), ReleaseContext("run_1")) is not None
    on_disk: set[int] = set()
    steps: list[str] = []
    fsync, link, replace, rename = os.fsync, os.link, os.replace, os.rename

    def recorded_fsync(descriptor: int) -> None:
        fsync(descriptor)
        on_disk.add(os.fstat(descriptor).st_ino)

    def recorded_rename(source: Path, target: Path) -> None:
        """The directory gets its name: every file in it and the names of all of them are durable."""
        inside = [path for path in Path(source).rglob("*") if path.stat().st_nlink == 1 or path.is_dir()]
        assert len(inside) > 10
        assert inodes(Path(source), *inside) <= on_disk
        steps.append("release")
        on_disk.discard(Path(target).parent.stat().st_ino)
        rename(source, target)

    def recorded_link(source: Path, target: Path, **named: Any) -> None:
        if Path(target).parent.name == "commits":
            # The record: the release's name is durable, and the record's own bytes.
            assert steps == ["release"]
            assert inodes(home / "releases", Path(source)) <= on_disk
            steps.append("commit")
            on_disk.discard((home / "commits").stat().st_ino)
        link(source, target, **named)

    def recorded_replace(source: Path, target: Path) -> None:
        if Path(target).name == "current":
            # The pointer: the record's name is durable.
            assert steps == ["release", "commit"]
            assert inodes(home / "commits") <= on_disk
            steps.append("pointer")
            on_disk.discard(home.stat().st_ino)
        replace(source, target)

    for name, call in (
        ("fsync", recorded_fsync), ("rename", recorded_rename), ("link", recorded_link), ("replace", recorded_replace),
    ):  # fmt: skip
        monkeypatch.setattr(os, name, call)
    assert publish(home, curated_tables(with_visit=True), ReleaseContext("run_2")) is not None
    assert steps == ["release", "commit", "pointer"]
    # Success is reported only after the pointer's name is durable too.
    assert inodes(home) <= on_disk
