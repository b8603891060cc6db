"""What the repository's own tests look at."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "seeds" / "documents"
# A run takes some ten seconds on two cores, most of it imports; the bound only ends one that hangs.
COMMAND_SECONDS = 240

Typed = Callable[..., "subprocess.CompletedProcess[str]"]


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


@pytest.fixture
def communique(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process; only for commands that need no Prefect."""

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["communique", *map(str, words)])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        return Ended(code, *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file that is committed or would be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory as a reader of the README has it: the environment in `.venv`, and documents in `DIR`.

    Three of the documents are samples. Of the others one cannot be read and has a name that would clear the screen and
    begin a line of its own, and one says in its manifest that it is called so.
    """
    place = tmp_path_factory.mktemp("workplace")
    (place / ".venv").symlink_to(sys.prefix)
    folder = place / "DIR"
    folder.mkdir()
    lines = [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines()]
    chosen = [line for line in lines if line["doc_id"] in ("d03", "d05", "d07")]
    for line in chosen:
        shutil.copyfile(SAMPLES / line["file"], folder / line["file"])
    (folder / HOSTILE_NAME).write_bytes(b"")
    (folder / "hostile.txt").write_text(HOSTILE_TEXT, "utf-8")
    named = {"doc_id": HOSTILE_ID, "url": "https://hostile.example/\x1b[31m", "retrieved_at": "2024-04-15T06:00:00Z"}
    chosen += [{"file": HOSTILE_NAME}, {"file": "hostile.txt", **named}]
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in chosen), "utf-8")
    return place


# Clears the screen, turns red, and begins a line that looks like one of ours.
HOSTILE_NAME = "report\x1b[2J\x1b[31m\ncommunique: all is well.txt"
HOSTILE_ID = "id\x1b[31m\ncommunique: all is well"
HOSTILE_TEXT = (
    "Return officials\x1b[31m meet\x07 in \u202eravdub\u202c Budva\n\nPublished on: 14 April 2024\n\n"
    "Return officials of Serbia and Montenegro met in Budva on 10 and 11 April 2024. They discussed readmission.\n"
)


@pytest.fixture(scope="session")
def typed(prefect_server: str, workplace: Path) -> Typed:
    """Type one command into the workplace, as it stands, against the session's Prefect server."""

    def run(command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", "-c", command],
            cwd=workplace,
            env={**os.environ, "PREFECT_API_URL": prefect_server, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def demo(typed: Typed) -> "subprocess.CompletedProcess[str]":
    """What the command behind `make demo` came to."""
    # `make test` runs these tests: what it tells its children would make this make announce its directories.
    own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    recipe = subprocess.run(["make", "-n", "demo"], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    return typed(recipe.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def demo_home(demo: "subprocess.CompletedProcess[str]", workplace: Path) -> Path:
    """The warehouse of the sample announcements, as `make demo` leaves it."""
    assert demo.returncode == 0, demo.stderr
    return workplace / "communique-demo"


@pytest.fixture(scope="session")
def own_home(typed: Typed, workplace: Path) -> Path:
    """The warehouse of the documents in `DIR`, archived on a day of 2025."""
    done = typed(".venv/bin/communique run --folder DIR --home HOME --date 2025-07-01")
    assert done.returncode == 0, done.stderr
    return workplace / "HOME"
