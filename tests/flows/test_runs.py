"""Runs from the command line against real stages: published, unchanged, degraded, blocked, locked, killed, cut off."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from prefect.exceptions import TerminationSignal
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.runner import was_interrupted
from warehouse.ledger import CRASHED, RUNNING, Ledger
from warehouse.lock import holder
from warehouse.publication import current, release_directory, verify

ROOT = Path(__file__).resolve().parents[2]
# A run of three documents takes some fifteen seconds on two idle cores; the bounds only end a run that hangs.
RUN_SECONDS = 240
CANARY = "canary-3f9a61d7c2"
DAY = "2025-07-01"
# A picture under the name of a page.
GARBAGE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))

Command = Callable[..., Any]
Wait = Callable[[Callable[[], Any], float, str], Any]


def release_of(home: Path) -> str | None:
    release = current(home)
    return None if release is None else release.release_id


def ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    release = current(home)
    assert release is not None
    with closing(
        duckdb.connect(release_directory(home, release.release_id) / "warehouse.duckdb", read_only=True)
    ) as base:
        return base.execute(sql).fetchall()


def contents(home: Path) -> dict[str, str]:
    """Digest of every file that a reader or a later run could look at; the ledger and Prefect's own files aside."""
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("tables", "state", "releases", "commits", "quality")
        for path in sorted((home / part).rglob("*"))
        if path.is_file()
    }


def published_tables(home: Path) -> dict[str, str]:
    """Digest of every published table but those that describe the run itself."""
    release = current(home)
    assert release is not None
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in release_directory(home, release.release_id).rglob("*.parquet")
        if path.stem not in {"fact_gate_result", "fact_change"}
    }
    assert found
    return found


def declare(directory: Path, sources: dict[str, Path]) -> Path:
    """Write one declaration a source; return the directory for COMMUNIQUE_SOURCES."""
    directory.mkdir(exist_ok=True)
    for name, path in sources.items():
        lines = {"id": name, "kind": "folder", "path": str(path), "publisher": name.title()}
        (directory / f"{name}.toml").write_text(
            "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())
        )
    return directory


@dataclass(frozen=True)
class Published:
    """A warehouse that one run has filled, and what that run printed. Tests work on copies."""

    home: Path
    documents: Path
    summary: dict[str, Any]

    def copy(self, target: Path) -> Path:
        return shutil.copytree(self.home, target, symlinks=True)


@pytest.fixture(scope="module")
def published(prefect_server: str, tmp_path_factory: pytest.TempPathFactory, make_folder: Command) -> Published:
    """`communique run --folder` as a process of its own, with something in its environment that must stay there."""
    directory = tmp_path_factory.mktemp("published")
    documents = make_folder(directory / "north", "d03", "d05", "d07")
    command = [Path(sys.executable).with_name("communique"), "run", "--folder", documents, "--date", DAY, "--json"]
    done = subprocess.run(
        [*command, "--home", directory / "home"],
        env={**os.environ, "PREFECT_API_URL": prefect_server, "AWS_SECRET_ACCESS_KEY": CANARY, "SOME_TOKEN": CANARY},
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Published(directory / "home", documents, json.loads(done.stdout))


def test_a_folder_is_published(published: Published) -> None:
    summary, home = published.summary, published.home
    assert (summary["outcome"], summary["exit_code"], summary["gaps"]) == ("published", 0, {})
    assert (summary["counters"]["fetch: captured"], summary["counters"]["clean: documents computed"]) == (3, 3)
    assert summary["release_id"] == release_of(home)
    assert verify(home) == []
    assert ask(home, "SELECT count(*) FROM dim_document WHERE document_version_id <> 'ver_unknown'") == [(3,)]
    assert ask(home, "SELECT count(*) > 0 FROM fact_event") == [(True,)]
    assert [(run.outcome, run.exit_code) for run in Ledger(home).runs()] == [("published", 0)]


def test_p9_what_is_in_the_environment_stays_there(published: Published, prefect_server_home: Path) -> None:
    assert (prefect_server_home / "prefect.db").exists()
    assert secrets_in(published.home, prefect_server_home) == []


def test_the_same_folder_again_changes_nothing(published: Published, communique: Command, tmp_path: Path) -> None:
    home = published.copy(tmp_path / "home")
    before = contents(home)
    again = communique("run", "--folder", published.documents, "--date", DAY, "--home", home, "--json")
    assert again.code == 0, again.err
    assert (again.json["outcome"], again.json["release_id"]) == ("unchanged", published.summary["release_id"])
    counters = again.json["counters"]
    assert counters["fetch: unchanged"] == 3
    assert {name: n for name, n in counters.items() if name.endswith("computed") and n} == {}
    assert counters["clean: files skipped"] == counters["extract: files skipped"] == 1
    # Only the attempts to fetch are new.
    changed = {path for path, digest in contents(home).items() if before.get(path) != digest}
    assert {path.split("/")[2] for path in changed} == {"fetches"}
    assert [run.outcome for run in Ledger(home).runs()] == ["unchanged", "published"]


def secrets_in(*directories: Path) -> list[str]:
    """Every file below the directories that holds the canary; Parquet and DuckDB are packed, and read row by row."""
    found = []
    for path in (path for directory in directories for path in directory.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            table = pq.read_table(path, partitioning=None)
            content += f"{table.schema.metadata} {table.to_pylist()}".encode()
        elif path.suffix == ".duckdb":
            with closing(duckdb.connect(path, read_only=True)) as base:
                tables = [row[0] for row in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
                content += "".join(str(base.table(name).fetchall()) for name in tables).encode()
        if CANARY.encode() in content:
            found.append(path.name)
    return sorted(found)


def test_p9_the_search_would_find_a_secret(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text(json.dumps({"parameters": {"token": CANARY}}))
    pq.write_table(pa.table({"observed": [f"token={CANARY}"] * 1000}), tmp_path / "results.parquet", compression="zstd")
    with closing(duckdb.connect(tmp_path / "warehouse.duckdb")) as base:
        base.execute("CREATE TABLE results AS SELECT ? AS observed FROM range(1000)", [CANARY])
    (tmp_path / "innocent.txt").write_text("canary")
    assert secrets_in(tmp_path) == ["results.parquet", "run.jsonl", "warehouse.duckdb"]


def test_p6_a_source_that_fails_is_a_gap_and_keeps_its_rows(
    published: Published, communique: Command, make_folder: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = published.copy(tmp_path / "home")
    fresh, garbage = make_folder(tmp_path / "fresh", "d14"), tmp_path / "garbage"
    garbage.mkdir()
    (garbage / "page.html").write_bytes(GARBAGE)
    sources = {"folder-north": tmp_path / "gone", "fresh": fresh, "garbage": garbage}
    monkeypatch.setenv("COMMUNIQUE_SOURCES", str(declare(tmp_path / "declared", sources)))
    degraded = communique("run", "--home", home, "--json")

    assert degraded.code == 3, degraded.err
    assert degraded.json["outcome"] == "degraded"
    assert degraded.json["gaps"].keys() == {"folder-north", "garbage"}
    assert release_of(home) not in (None, published.summary["release_id"])
    rows = ask(home, "SELECT source_id, n_documents, is_gap, gap_reason FROM dim_source WHERE source_id <> 'unknown'")
    assert {row[0]: row[1:3] for row in rows} == {"folder-north": (3, True), "fresh": (1, False), "garbage": (0, True)}
    reasons = {row[0]: row[3] for row in rows}
    assert reasons["fresh"] is None
    assert "does not exist" in reasons["folder-north"]
    assert "not one row of documents.documents" in reasons["garbage"]
    run = Ledger(home).runs()[0]
    assert (run.outcome, run.exit_code) == ("degraded", 3)


def test_p7_nothing_is_published_when_every_source_fails(
    communique: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = declare(tmp_path / "declared", {"north": tmp_path / "nowhere", "south": tmp_path / "no-place"})
    monkeypatch.setenv("COMMUNIQUE_SOURCES", str(declared))
    failed = communique("run", "--home", home)
    assert failed.code == 1
    assert "every source failed, nothing was published" in failed.err
    assert "north" in failed.err
    assert "south" in failed.err
    assert current(home) is None
    assert [(run.outcome, run.exit_code) for run in Ledger(home).runs()] == [("CommuniqueError", 1)]


def test_a_blocked_gate_leaves_the_current_release_and_exits_4(
    published: Published, communique: Command, tmp_path: Path
) -> None:
    home = published.copy(tmp_path / "home")
    before = contents(home)
    garbage = tmp_path / "garbage"
    garbage.mkdir()
    (garbage / "page.html").write_bytes(GARBAGE)
    (garbage / "empty.txt").write_bytes(b"")
    blocked = communique("run", "--folder", garbage, "--home", home)

    assert blocked.code == 4, blocked.err
    assert "the gate after clean blocked" in blocked.err
    assert "the current release stands" in blocked.err
    assert release_of(home) == published.summary["release_id"]
    # What was fetched stays archived, what the gate said stays written; nothing else has changed.
    changed = {path for path, digest in contents(home).items() if before.get(path) != digest}
    assert {"/".join(path.split("/")[:2]) for path in changed} == {
        "tables/archive", "quality/gate_results", "quality/quarantine"
    }  # fmt: skip
    status = communique("status", "--home", home, "--json").json
    assert [(run["outcome"], run["exit_code"]) for run in status["runs"]] == [("GateBlockedError", 4), ("published", 0)]
    assert status["release"] == published.summary["release_id"]
    # What was staged waits for a person, and each document says why it was refused.
    assert status["staged"] == [status["runs"][0]["run_id"]]
    refused = communique("quarantine", "--run", status["runs"][0]["run_id"], "--home", home, "--json").json
    assert sorted(row["reason"].split(":")[0] for row in refused) == ["binary", "empty"]


def test_two_runs_at_once_one_is_turned_away_or_waits(
    published: Published, communique_process: Command, communique: Command, tmp_path: Path, wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    home = published.copy(tmp_path / "home")
    words = ("run", "--folder", published.documents, "--date", DAY, "--home", home)
    first = communique_process(*words)
    wait_until(lambda: holder(home), RUN_SECONDS, "the first run takes the lock")

    turned_away = communique(*words)
    assert turned_away.code == 5, turned_away.err
    assert f"held by process {first.pid} (communique run)" in turned_away.err

    monkeypatch.setenv("COMMUNIQUE_LOCK_TIMEOUT_SECONDS", str(RUN_SECONDS))
    waited = communique(*words, "--json")
    _, err = first.communicate(timeout=RUN_SECONDS)
    assert first.returncode == 0, err
    assert (waited.code, waited.json["outcome"]) == (0, "unchanged")
    # The one turned away never was a run.
    assert [run.outcome for run in Ledger(home).runs()] == ["unchanged", "unchanged", "published"]


def test_a_backfill_says_what_it_would_do_and_does_nothing(
    published: Published, communique: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = published.copy(tmp_path / "home")
    before = contents(home)
    words = ("backfill", "--from", "2025-07-01", "--to", "2025-07-31", "--dry-run", "--home", home)

    planned = communique(*words, "--json")
    assert planned.code == 0, planned.err
    assert planned.json["outcome"] == "planned"
    assert (planned.json["counters"]["plan: files"], planned.json["counters"]["plan: stale"]) == (1, 0)
    (line,) = planned.json["notes"]
    assert line.startswith(f"folder-north {DAY} part-")
    assert line.endswith("3 documents: nothing: it is up to date")

    # Under other rules the same file is stale.
    reference = tmp_path / "reference"
    shutil.copytree(ROOT / "seeds" / "reference", reference)
    (reference / "NOTES.md").write_text("another rule")
    monkeypatch.setenv("COMMUNIQUE_REFERENCE", str(reference))
    stale = communique(*words)
    assert stale.code == 0, stale.err
    assert "3 documents: clean and extract" in stale.out
    assert contents(home) == before

    # So it is where the declaration of its source has got hints for its pages, and only then.
    monkeypatch.delenv("COMMUNIQUE_REFERENCE")
    (declared := tmp_path / "declared").mkdir()
    monkeypatch.setenv("COMMUNIQUE_SOURCES", str(declared))
    text = 'id = "folder-north"\nkind = "folder"\npublisher = "North"\npath = "north"\n'
    for hints, expected in (("", "up to date"), ('[date]\nlabel = "Put up"\n', "clean and extract")):
        (declared / "folder-north.toml").write_text(text + hints)
        assert expected in communique(*words).out


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("2025-07-31", "2025-07-01", "ends before it starts"),
        ("2025-07-01", (datetime.now(UTC).date() + timedelta(days=2)).isoformat(), "in the future"),
        ("1990-01-01", "2025-07-01", "Split it"),
    ],
)
def test_p8_a_range_that_makes_no_sense_exits_2(
    communique: Command, home: Path, start: str, end: str, says: str
) -> None:
    refused = communique("backfill", "--from", start, "--to", end, "--home", home)
    assert refused.code == 2
    assert says in refused.err
    assert not (home / "ledger").exists()


def test_p2_a_run_that_was_killed_shows_as_crashed_and_the_next_one_ends_it(
    published: Published, communique_process: Command, communique: Command, home: Path, wait_until: Wait
) -> None:
    words = ("run", "--folder", published.documents, "--date", DAY, "--home", home)
    killed = communique_process(*words)
    archived = home / "tables" / "archive" / "captures"
    wait_until(lambda: list(archived.rglob("part-*.parquet")), RUN_SECONDS, "the run archives its documents")
    killed.send_signal(signal.SIGKILL)
    killed.wait(RUN_SECONDS)

    status = communique("status", "--home", home, "--json").json
    assert [(run["outcome"], run["exit_code"]) for run in status["runs"]] == [(CRASHED, None)]
    assert status["release"] is None

    resumed = communique(*words, "--json")
    assert resumed.code == 0, resumed.err
    assert (resumed.json["counters"]["fetch: unchanged"], resumed.json["outcome"]) == (3, "published")
    assert [run.outcome for run in Ledger(home).runs()] == ["published", CRASHED]
    # Not only published: the same bytes as from a run that nobody disturbed.
    assert published_tables(home) == published_tables(published.home)


def test_p2_a_run_that_is_terminated_says_so(
    published: Published, communique_process: Command, home: Path, wait_until: Wait
) -> None:
    words = ("run", "--folder", published.documents, "--date", DAY, "--home", home)
    terminated = communique_process(*words)
    archived = home / "tables" / "archive" / "captures"
    wait_until(lambda: list(archived.rglob("part-*.parquet")), RUN_SECONDS, "the run archives its documents")
    terminated.terminate()
    _, err = terminated.communicate(timeout=RUN_SECONDS)

    assert terminated.returncode == 130, err
    assert "interrupted; what was done is kept" in err
    assert [(run.outcome, run.exit_code) for run in Ledger(home).runs()] == [("interrupted", 130)]
    assert holder(home) is None
    assert current(home) is None


def test_a_signal_is_seen_behind_the_error_that_hides_it() -> None:
    def struck(signal_of: type[BaseException], *arguments: Any) -> ValueError:
        try:
            try:
                raise signal_of(*arguments)
            finally:
                raise ValueError("Task run is not set")
        except ValueError as error:
            return error

    assert was_interrupted(struck(TerminationSignal, signal.SIGTERM))
    assert was_interrupted(struck(KeyboardInterrupt))
    assert not was_interrupted(struck(OSError))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_p1_a_server_that_is_not_there_is_named_and_the_wait_is_bounded(
    published: Published, communique: Command, home: Path
) -> None:
    address = f"http://somebody:{CANARY}@127.0.0.1:{closed_port()}/api"
    began = time.monotonic()
    with temporary_settings(updates={PREFECT_API_URL: address}):
        failed = communique("run", "--folder", published.documents, "--home", home)
    assert failed.code == 1
    assert time.monotonic() - began < RUN_SECONDS
    assert "Prefect" in failed.err
    assert "PREFECT_API_URL" in failed.err
    assert CANARY not in failed.out + failed.err
    assert holder(home) is None
    assert [run.outcome for run in Ledger(home).runs() if run.outcome in (RUNNING, "published")] == []


class Cable:
    """A loopback proxy to the server that can be cut: every connection closed, no new one accepted."""

    def __init__(self, url: str) -> None:
        target = urlsplit(url)
        self._target = (target.hostname, target.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._listener]
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}{target.path}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for each in self._open:
            with closing(each):
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
            except OSError:
                return
            self._open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def cable(prefect_server: str) -> Iterator[Cable]:
    cable = Cable(prefect_server)
    yield cable
    cable.cut()


def test_p1_a_server_that_dies_in_the_middle_leaves_a_run_that_says_how_it_ended(
    cable: Cable, published: Published, communique_process: Command, home: Path, wait_until: Wait
) -> None:
    words = ("run", "--folder", published.documents, "--date", DAY, "--home", home)
    # Each call to a server that is gone is tried again for a minute, long enough for a restart; here for a second.
    run = communique_process(*words, PREFECT_API_URL=cable.url, PREFECT_CLIENT_MAX_RETRIES="1")
    archived = home / "tables" / "archive" / "captures"
    wait_until(lambda: list(archived.rglob("part-*.parquet")), RUN_SECONDS, "the run archives its documents")
    cable.cut()
    _, err = run.communicate(timeout=RUN_SECONDS)

    # It may end its work without the server or stop; it may not hang, lie, or hold on to the lock.
    (record,) = Ledger(home).runs()
    assert record.outcome not in (RUNNING, CRASHED)
    assert (run.returncode == 0) == (record.outcome == "published"), err
    assert holder(home) is None
