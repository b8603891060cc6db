"""What the flow tests run against: the one Prefect server of the session (`tests/prefect_server.py`).

Ask for `prefect_api` to run flows or call the client against it; ask for `prefect_server` for its URL alone, e.g. to
hand it to a subprocess as PREFECT_API_URL. `communique` is the command line inside this process (starting one costs
seconds), `communique_process` the same as a process of its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "seeds" / "documents"


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
