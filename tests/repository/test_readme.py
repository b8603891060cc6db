"""What the documents promise is true: commands run, what they show is what comes out, what they point to exists."""

import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

from flows.cli.app import app
from tests.repository.conftest import Typed

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "deployments/README.md")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
QUOTED = re.compile(r"`(?P<text>[^`\n]+)`")
# What differs from one day, machine or clone to the next in what a command prints.
CHANGING = (
    (re.compile(r"rel_\d{6}_[0-9a-f]{12}"), "rel_"),
    (re.compile(r"run_\w+"), "run_"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+00:00"), "at"),
    (re.compile(r"\s+"), " "),
)
# Left out on purpose in what a document shows.
ELLIPSIS = "…"


@dataclass(frozen=True)
class Shown:
    """Lines the README shows as the output of one of the commands of the block before."""

    commands: tuple[str, ...]
    lines: tuple[str, ...]


def blocks(document: str) -> list[tuple[str, str]]:
    """The fenced blocks of a document: kind and body."""
    text = (ROOT / document).read_text("utf-8")
    return [(match["kind"], match["body"]) for match in BLOCK.finditer(text)]


def without_comment(line: str) -> str:
    """The command of a line of a `sh` block; empty where it is a comment only."""
    return re.sub(r"(^|\s)#\s.*", "", line).strip()


def commands_and_outputs() -> tuple[list[str], list[Shown]]:
    """The commands of the README in order, and its blocks of no language that follow a block of commands."""
    commands: list[str] = []
    shown = []
    last: tuple[str, ...] = ()
    for kind, body in blocks("README.md"):
        if kind == "sh":
            last = tuple(command for line in body.splitlines() if (command := without_comment(line)))
            commands += last
        elif kind == "" and last:
            shown.append(Shown(last, tuple(line for line in body.splitlines() if line.strip())))
            last = ()
    return commands, shown


STEPS, OUTPUTS = commands_and_outputs()
MAKE = [command for command in STEPS if command.startswith("make ")]
TYPED = [command for command in STEPS if command != "make test"]


@pytest.fixture(scope="module")
def ended(
    typed: Typed, demo: "subprocess.CompletedProcess[str]", own_home: Path
) -> dict[str, "subprocess.CompletedProcess[str]"]:
    """What each command of the README came to, typed one after the other as the README has them.

    `make demo` would build in the checkout: the command behind it is typed. `make test` is what runs here. `HOME` has
    been there since 2025, so that there is something to backfill; `EVENT_ID` is the event that the demo ends with.
    """
    assert own_home.is_dir()
    event_id = re.search(r"communique explain (evt_\w+)", demo.stdout)
    assert event_id
    return {
        command: demo if command == "make demo" else typed(command.replace("EVENT_ID", event_id[1]))
        for command in TYPED
    }


def test_the_readme_is_read() -> None:
    """Were the blocks not found, everything below would pass."""
    assert STEPS[:2] == ["make demo", "make test"]
    assert {shlex.split(command)[1] for command in STEPS if "communique" in command} >= {
        "query", "explain", "run", "backfill"
    }  # fmt: skip
    assert any("--folder DIR" in command for command in STEPS)
    assert OUTPUTS[0].commands[0] == "make demo"
    assert any("communique query" in shown.commands[0] for shown in OUTPUTS)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_is_left_to_fill_in(document: str) -> None:
    assert re.findall(r"@@\w*@@|\bTODO\b|\bTBD\b", (ROOT / document).read_text("utf-8")) == []


@pytest.mark.parametrize("command", TYPED)
def test_a_command_of_the_readme_ends_well(ended: dict[str, "subprocess.CompletedProcess[str]"], command: str) -> None:
    done = ended[command]
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shown", OUTPUTS, ids=lambda shown: shown.commands[0])
def test_what_the_readme_shows_is_what_is_printed(
    ended: dict[str, "subprocess.CompletedProcess[str]"], shown: Shown
) -> None:
    printed = levelled("\n".join(ended[command].stdout for command in shown.commands if command in ended))
    missing = [line for line in shown.lines if any(levelled(part) not in printed for part in line.split(ELLIPSIS))]
    assert missing == [], printed


def levelled(text: str) -> str:
    for pattern, replacement in CHANGING:
        text = pattern.sub(replacement, text)
    return text.strip()


def test_a_run_over_the_same_files_does_nothing_and_says_so(
    ended: dict[str, "subprocess.CompletedProcess[str]"],
) -> None:
    """`HOME` was made of `DIR`: the run of the README is the second."""
    (again,) = [command for command in TYPED if "--folder DIR" in command]
    printed = ended[again].stdout
    assert printed.startswith("Nothing new")
    done = re.findall(r"\b(?:captured|computed) +(\d+)", printed)
    assert len(done) > 2
    assert set(done) == {"0"}


@pytest.mark.parametrize("command", MAKE)
def test_a_target_of_make_exists(command: str) -> None:
    done = subprocess.run(
        ["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_what_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    broken = []
    for match in LINK.finditer(text):
        path, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (ROOT / document).parent / path if path else ROOT / document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(match["target"])
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_and_folders_that_are_named_exist(document: str) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    named = [match["text"] for match in QUOTED.finditer((ROOT / document).read_text("utf-8"))]
    paths = [
        text for text in named if re.fullmatch(r"[\w./-]+", text) and text.split("/")[0] in folders and "/" in text
    ]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def commands_of(document: str) -> list[list[str]]:
    """The words behind each `communique` in the code of a document, in blocks and in lines."""
    text = (ROOT / document).read_text("utf-8")
    code = [without_comment(line) for kind, body in blocks(document) if kind == "sh" for line in body.splitlines()]
    code += [match["text"] for match in QUOTED.finditer(BLOCK.sub("", text))]
    found = [re.fullmatch(r"(?:\.venv/bin/)?communique( .+)?", line) for line in code]
    return [shlex.split(match[1] or "") for match in found if match]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_and_options_that_are_named_exist(document: str) -> None:
    lines = commands_of(document)
    assert lines
    wrong = []
    for name, *words in (line for line in lines if line):
        options = (
            {option for parameter in COMMANDS[name].params for option in parameter.opts} if name in COMMANDS else ()
        )
        if name not in COMMANDS or [word for word in words if word.startswith("--") and word not in options]:
            wrong.append([name, *words])
    assert wrong == []


def test_the_readme_names_every_command() -> None:
    named = {line[0] for line in commands_of("README.md") if line} | {"demo"}
    assert set(COMMANDS) - named == set()
