"""The command line on a terminal: nothing that a document says steers it, and colour only where it is wanted."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.repository.conftest import Command, Ended

SECONDS = 120
ESCAPE = "\x1b"
# Select Graphic Rendition with a colour: 30–37, 38, 40–47, 48, 90–97, 100–107 among its numbers.
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
# What the name and the id of the hostile documents would put at the beginning of a line.
FORGED = re.compile(r"^\s*communique: all", re.MULTILINE)


@pytest.fixture(params=["quarantine", "explain", "query"])
def hostile_output(request: pytest.FixtureRequest, communique: Command, own_home: Path) -> Iterator[Ended]:
    """What each command prints where names and addresses of a document hold escape sequences and line breaks."""
    ask = "SELECT doc_id, external_id, url, title FROM dim_document WHERE starts_with(external_id, 'id')"
    (document,) = communique("query", ask, "--home", own_home, "--json").json
    assert {ESCAPE, "\n"} <= set(document["external_id"])
    words = {"quarantine": [], "explain": [document["doc_id"]], "query": [ask]}[request.param]
    yield communique(request.param, *words, "--home", own_home)


def test_a_hostile_name_neither_steers_the_terminal_nor_forges_a_line(hostile_output: Ended) -> None:
    assert hostile_output.code == 0
    assert r"\x1b[31m" in hostile_output.out, "it is shown, escaped"
    assert {c for c in hostile_output.out if not c.isprintable()} <= {"\n"}
    assert FORGED.search(hostile_output.out) is None


def test_a_hostile_title_is_harmless(communique: Command, own_home: Path) -> None:
    ask = "SELECT doc_id FROM dim_document WHERE starts_with(title, 'Return officials')"
    (document,) = communique("query", ask, "--home", own_home, "--json").json
    shown = communique("explain", document["doc_id"], "--home", own_home)
    assert "Return officials" in shown.out
    assert {c for c in shown.out if not c.isprintable()} <= {"\n"}


def test_a_hostile_column_name_is_escaped(communique: Command, demo_home: Path) -> None:
    shown = communique("query", 'SELECT 1 AS "\x1b[31mred\ncommunique: all is well"', "--home", demo_home)
    assert shown.code == 0
    assert r"\x1b[31mred" in shown.out
    assert {c for c in shown.out if not c.isprintable()} <= {"\n"}
    assert FORGED.search(shown.out) is None


def test_a_hostile_argument_is_escaped_in_the_complaint(communique: Command, demo_home: Path) -> None:
    ended = communique("explain", "evt_\x1b[31m\ncommunique: all is well", "--home", demo_home)
    assert ended.code == 2
    assert r"\x1b[31m" in ended.err
    assert ESCAPE not in ended.err
    assert FORGED.search(ended.err) is None


def printed_on(terminal: bool, *words: str | Path, **environment: str) -> str:
    """What the installed program prints on a terminal, or into a pipe."""
    program = [str(Path(sys.executable).with_name("communique")), *map(str, words)]
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    plain |= {"TERM": "xterm-256color", **environment}
    if not terminal:
        done = subprocess.run(program, env=plain, capture_output=True, timeout=SECONDS, check=True)
        return (done.stdout + done.stderr).decode()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(program, env=plain, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed = b""
    # Linux ends the reading side with an error once nobody writes any more.
    with suppress(OSError):
        while block := os.read(ours, 65536):
            printed += block
    os.close(ours)
    assert process.wait(SECONDS) == 0
    return printed.decode()


def test_colour_only_on_a_terminal_and_not_where_it_is_not_wanted(demo_home: Path) -> None:
    words = ("status", "--home", demo_home)
    assert ESCAPE not in printed_on(False, *words)
    assert COLOUR.search(printed_on(True, *words, NO_COLOR="1")) is None
    # The same terminal without the wish: there is something to leave out.
    assert ESCAPE in printed_on(True, *words)


def test_the_search_for_colour_finds_one() -> None:
    assert COLOUR.search("\x1b[1;31mred")
    assert COLOUR.search("\x1b[38;5;9mred")
    assert not COLOUR.search("\x1b[1mbold\x1b[0m\x1b[2J")
