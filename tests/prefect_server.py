"""One Prefect server for all tests of a session that need one: its own process, its own home, on loopback.

A plugin, so that tests/flows and tests/repository share it; tests that do not ask for it import nothing of Prefect.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

# A fresh database is 15 CPU seconds of migrations; on a machine shared with other work that is minutes.
START_TIMEOUT_SECONDS = 240
STOP_TIMEOUT_SECONDS = 30


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
        if "prefect" in sys.modules:
            from prefect.logging.handlers import APILogHandler

            # Logs are sent in the background; what is left would complain about the missing server at exit.
            APILogHandler().flush()
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _migrated_snapshot(config: pytest.Config) -> Path | None:
    """Where pytest's cache keeps a migrated, empty database for the installed versions; none without a cache."""
    # The attribute is missing where the plugin is switched off.
    cache = getattr(config, "cache", None)
    if cache is None:
        return None
    parts = ("prefect", "sqlalchemy", "alembic", "aiosqlite")
    name = "_".join(f"{part}-{version(part)}" for part in parts)
    return Path(cache.mkdir("prefect-server")) / f"{name}.db"


def _copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database that may be in use; the target appears whole or not at all."""
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(partial)) as writer:
        reader.backup(writer)
    partial.replace(target)


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    import httpx

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
