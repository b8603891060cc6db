"""One Prefect server for all flow tests of a session: its own process, its own home, on loopback.

Ask for `prefect_api` to run flows or call the client against it; ask for `prefect_server` for its URL alone, e.g. to
hand it to a subprocess as PREFECT_API_URL. `communique` is the command line inside this process (starting one costs
seconds), `communique_process` the same as a process of its own.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_API_URL, temporary_settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "seeds" / "documents"
# A fresh database is 15 CPU seconds of migrations; on a machine shared with other work that is minutes.
START_TIMEOUT_SECONDS = 240
STOP_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its result; fails where anything but the result is on stdout."""
        return json.loads(self.out)


Command = Callable[..., Ended]
Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def prefect_server_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its database, prefect.db, and its log, server.log."""
    return tmp_path_factory.mktemp("prefect-server")


@pytest.fixture(scope="session")
def prefect_server(prefect_server_home: Path, pytestconfig: pytest.Config) -> Iterator[str]:
    """Start a server, give its API URL, and end it by its own process id."""
    server_home = prefect_server_home
    database = server_home / "prefect.db"
    snapshot = _migrated_snapshot(pytestconfig)
    if snapshot is not None and snapshot.exists():
        _copy_database(snapshot, database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = server_home / "server.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
            cwd=server_home,
            env=os.environ
            | {
                "PREFECT_HOME": str(server_home),
                # Runs appear within a second of a deployment, instead of five.
                "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/api"
    try:
        _wait_until_healthy(url, process, log)
        if snapshot is not None and not snapshot.exists():
            _copy_database(database, snapshot)
        yield url
        # Logs are sent in the background; what is left would complain about the missing server at exit.
        APILogHandler().flush()
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def prefect_api(prefect_server: str) -> Iterator[str]:
    """Point this process's Prefect at the session's server for one test."""
    with temporary_settings(updates={PREFECT_API_URL: prefect_server}):
        yield prefect_server


@pytest.fixture
def communique(
    prefect_api: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """The command line in this process, against the session's server; called with the words behind `communique`."""
    from flows.cli import main
    from flows.cli.running import embed_prefect

    # What the command line would set for good in this process.
    before = dict(os.environ)
    embed_prefect(tmp_path / "embedded")
    set_by_it = os.environ.keys() - before.keys()
    for name in set_by_it:
        value = os.environ.pop(name)
        monkeypatch.setenv(name, value)

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["communique", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run


@pytest.fixture
def communique_process(prefect_server: str, tmp_path: Path) -> Iterator[Starter]:
    """Start the installed command as a process of its own; whatever still runs is killed by its id at the end."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str | Path, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [Path(sys.executable).with_name("communique"), *words],
            cwd=tmp_path,
            env={**os.environ, "PREFECT_API_URL": prefect_server, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def make_folder() -> Callable[..., Path]:
    """Make a folder of some of the sample announcements, by their short names: `make_folder(path, "d03", "d04")`."""

    def make(path: Path, *documents: str) -> Path:
        path.mkdir()
        lines = (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines()
        chosen = [line for line in lines if json.loads(line)["doc_id"] in documents]
        assert len(chosen) == len(documents)
        for line in chosen:
            file = json.loads(line)["file"]
            (path / file).write_bytes((SAMPLES / file).read_bytes())
        (path / "manifest.jsonl").write_text("\n".join([*chosen, ""]), "utf-8")
        return path

    return make


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], Any], float, str], Any]:
    """Wait for a condition: returns what it gives once it gives something; fails, saying `what`, if not in time."""

    def wait(condition: Callable[[], Any], seconds: float, what: str) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.05)
        return pytest.fail(f"{what}: not within {seconds:g} s")

    return wait


def _migrated_snapshot(config: pytest.Config) -> Path | None:
    """Where pytest's cache keeps a migrated, empty database for the installed versions; none without a cache."""
    if config.cache is None:
        return None
    parts = ("prefect", "sqlalchemy", "alembic", "aiosqlite")
    name = "_".join(f"{part}-{version(part)}" for part in parts)
    return config.cache.mkdir("prefect-server") / f"{name}.db"


def _copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database that may be in use; the target appears whole or not at all."""
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(partial)) as writer:
        reader.backup(writer)
    partial.replace(target)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                pytest.fail(f"the Prefect server ended with code {process.returncode}:\n{log.read_text()[-3000:]}")
            try:
                if client.get(f"{url}/health").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    pytest.fail(f"no healthy Prefect server within {START_TIMEOUT_SECONDS} s:\n{log.read_text()[-3000:]}")
