"""The warehouse is a function of its archive: rebuilt, shuffled or grown day by day, it is the same to the byte.

Compared are the published files themselves, all but the two that describe a run: its verdicts and its changes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from tests.golden.conftest import RUN_ID, SETTINGS, publish_ungated
from tests.golden.reviewed import SAMPLES, release_database
from warehouse.publication import ABOUT_THE_RUN, current
from warehouse.storage import FileRef, Store
from warehouse.tables import CURATED, archive

FIRST_DAY, SECOND_DAY = date(2026, 11, 20), date(2026, 11, 21)
# The archive holds 16 announcements; in files of so many the stages meet them in another order.
SMALL_FILE = 5
# Some ten seconds of work on an idle machine; the bound only ends one that hangs.
SECONDS = 200
STRANGER = (
    "Home Affairs Newsroom\n\nPortugal and Cape Verde open a joint training course for border guards\n\n"
    "Published on: 14 April 2024\n\n"
    "A training course for border guards of Portugal and Cape Verde took place in Praia on 10 and 11 April 2024. "
    "It was organised by the Portuguese Ministry of Internal Administration.\n"
)


def manifest() -> list[dict[str, str]]:
    return [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines()]


def write_folder(directory: Path, lines: Sequence[dict[str, str]], names: Sequence[str] | None = None) -> Path:
    """Make a folder of these announcements, in this order, under other file names if any are given."""
    directory.mkdir(parents=True)
    written = []
    for line, name in zip(lines, names or [line["file"] for line in lines], strict=True):
        shutil.copyfile(SAMPLES / line["file"], directory / name)
        written.append(json.dumps({**line, "file": name}) + "\n")
    (directory / "manifest.jsonl").write_text("".join(written), "utf-8")
    return directory


def published_files(home: Path) -> dict[str, bytes]:
    """The published Parquet files by place, `<table>` or `<table>/<year>`; those of tables about the run aside."""
    release = current(home)
    assert release is not None
    directory = release.path / "tables"
    files = {
        path.relative_to(directory).with_suffix("").as_posix(): path.read_bytes()
        for path in directory.rglob("*.parquet")
    }
    assert {table_of(place) for place in files} == {contract.name for contract in CURATED}
    return {place: content for place, content in files.items() if table_of(place) not in ABOUT_THE_RUN}


def table_of(place: str) -> str:
    return place.partition("/")[0]


def differing(one: Path, other: Path) -> dict[str, list[str]]:
    """The published tables that are not the same bytes, with a few of the rows that only one of them has."""
    left, right = published_files(one), published_files(other)
    tables = {table_of(place) for place in left.keys() | right.keys() if left.get(place) != right.get(place)}
    return {name: list(examples(one, other, name)) for name in sorted(tables)}


def examples(one: Path, other: Path, table: str, most: int = 3) -> Iterator[str]:
    for sign, here, there in (("-", one, other), ("+", other, one)):
        with duckdb.connect() as base:
            for name, home in (("here", here), ("there", there)):
                release = current(home)
                assert release is not None
                base.register(name, release.read(table))
            rows = base.execute("FROM here EXCEPT FROM there LIMIT ?", [most]).fetchall()
        yield from (f"{sign} {row}" for row in rows)


def fetched(home: Path, folder: Path, day: date) -> list[FileRef]:
    """Archive a folder for one logical date; return the new files of captures."""
    return fetch_one(home, folder_source(folder), day, RUN_ID, SETTINGS.documents_per_file).captures


def rebuilt(home: Path, target: Path) -> Path:
    """Make a warehouse of nothing but the archive of another one."""
    shutil.copytree(home / "tables" / "archive", target / "tables" / "archive")
    publish_ungated(target, Store(target).files(archive.CAPTURES))
    return target


def test_an_empty_home_with_the_archive_alone_becomes_the_same_tables(sample_home, tmp_path):
    assert differing(sample_home, rebuilt(sample_home, tmp_path / "home")) == {}


def test_the_order_in_which_documents_arrive_does_not_matter(sample_home, tmp_path):
    """The manifest is shuffled, the files have names of another order, and the archive has them in files of five."""
    lines = manifest()
    random.Random(7).shuffle(lines)  # noqa: S311 - an order, no secret
    names = [f"{number:02d}{Path(line['file']).suffix}" for number, line in enumerate(lines)]
    shuffled = write_folder(tmp_path / "documents", lines, names)
    target = tmp_path / "home"
    source = folder_source(shuffled)
    captures = fetch_one(target, source, FIRST_DAY, RUN_ID, SMALL_FILE).captures
    assert len(captures) == -(-len(lines) // SMALL_FILE)
    publish_ungated(target, captures)
    assert differing(sample_home, target) == {}


# What a process prints: each curated table with the hash of its bytes.
STAGES = """
import sys
from pathlib import Path

from flows.measured import RUN_ID, extract_folder, resolve_home
from tasks.curate.entry import curate_all

folder, home, reference = map(Path, sys.argv[1:])
extract_folder(home, folder, reference)
resolve_home(home, reference)
for ref in curate_all(home, RUN_ID, reference, {}, {}):
    print(ref.name, ref.rows, ref.sha256)
"""


def test_two_processes_with_other_hash_seeds_and_another_order_make_the_same_bytes(tmp_path):
    """Sets and dictionaries of texts have another order in each process: none of it may reach a table."""
    lines = manifest()[:7]
    names = [f"{number:02d}{Path(line['file']).suffix}" for number, line in enumerate(reversed(lines))]
    folders = {
        "1": write_folder(tmp_path / "one" / "documents", lines),
        "20261": write_folder(tmp_path / "other" / "documents", lines[::-1], names),
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", STAGES, folder, folder.parent / "home", SETTINGS.reference_dir],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SAMPLES.parents[1])},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, folder in folders.items()
    ]
    one, other = (process.communicate(timeout=SECONDS)[0].splitlines() for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert len(one) > 20
    assert any(line.startswith("fact_event ") and line.split()[1] != "0" for line in one)
    assert one == other


def test_two_days_and_one_rebuild_mint_the_same_ids(tmp_path):
    lines = manifest()
    # Every second announcement: the two that repeat each other, and the two on one event, come on different days.
    half, target = write_folder(tmp_path / "first" / "documents", lines[::2]), tmp_path / "home"
    publish_ungated(target, fetched(target, half, FIRST_DAY))
    first = ids(target)
    whole = write_folder(tmp_path / "second" / "documents", lines)
    second_day = fetched(target, whole, SECOND_DAY)
    assert sum(ref.rows for ref in second_day) == len(lines[1::2])
    publish_ungated(target, second_day)
    assert ids(target) > first, "the second day brought new events, and took no id from the first"
    assert len(list((target / "state" / "resolution").iterdir())) == 2, "the second day went on from the first"

    assert differing(target, rebuilt(target, tmp_path / "rebuilt")) == {}


def test_one_more_unrelated_document_changes_no_id(sample_home, tmp_path):
    target, stranger = tmp_path / "home", tmp_path / "another"
    shutil.copytree(sample_home, target, symlinks=True)
    stranger.mkdir()
    (stranger / "stranger.txt").write_text(STRANGER, "utf-8")
    before = events(target)
    publish_ungated(target, fetched(target, stranger, SECOND_DAY))
    after = events(target)
    assert {event_id: after.get(event_id) for event_id in before} == before
    new = [row for event_id, row in after.items() if event_id not in before]
    assert [row[0] for row in new] == ["training"], "the announcement added its own event"
    assert ids(target) > ids(sample_home)
    assert "fact_event" in differing(sample_home, target), "the comparison of these tests sees one row"


def ids(home: Path) -> set[tuple[str, ...]]:
    """Every id ever minted, with what became of it."""
    with release_database(home) as base:
        return set(base.execute("SELECT id, kind, status, redirect_to, minted_on FROM id_registry").fetchall())


def events(home: Path) -> dict[str, tuple[object, ...]]:
    """What each event says, and what its id was minted from."""
    with release_database(home) as base:
        rows = base.execute(
            "SELECT event_id, event_type, e.status, start_on, end_on, founding_id "
            "FROM fact_event e JOIN id_registry r ON r.id = e.event_id"
        ).fetchall()
    return {row[0]: row[1:] for row in rows}
