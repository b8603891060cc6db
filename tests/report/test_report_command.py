"""`communique report`: where the page lies, one made anew, and what goes wrong in words."""

import json
import logging
import sys
from pathlib import Path

import pytest

from flows.cli import main
from tests.report.conftest import HOSTILE_ADDRESS
from warehouse.publication import Release


def ended(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """Type the command in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["communique", "report", *map(str, words)])
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def test_it_says_where_the_page_lies(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report_home: Path, released: Release
) -> None:
    assert ended(monkeypatch, "--home", report_home) == 0
    assert capsys.readouterr().out.strip() == str(released.path / "report.html")
    assert ended(monkeypatch, "--home", report_home, "--release", released.release_id, "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == {"path": str(released.path / "report.html"), "release": released.release_id}


def test_a_page_made_anew_is_the_page_of_the_release(
    monkeypatch: pytest.MonkeyPatch, report_home: Path, released: Release, tmp_path: Path
) -> None:
    assert ended(monkeypatch, "--home", report_home, "--out", tmp_path / "page.html") == 0
    assert (tmp_path / "page.html").read_bytes() == (released.path / "report.html").read_bytes()


def test_it_opens_the_page_in_the_browser(
    monkeypatch: pytest.MonkeyPatch, report_home: Path, released: Release
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert ended(monkeypatch, "--home", report_home, "--open") == 0
    assert opened == [(released.path / "report.html").resolve().as_uri()]


@pytest.mark.parametrize("words", [["--release", "rel_000009_000000000000"], ["--home", "absent"]])
def test_what_is_not_there_exits_2_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report_home: Path, words: list[str]
) -> None:
    home = [] if "--home" in words else ["--home", str(report_home)]
    assert ended(monkeypatch, *home, *words) == 2
    assert words[1] in capsys.readouterr().err


def test_a_release_without_a_page_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report_home: Path, released: Release
) -> None:
    page = released.path / "report.html"
    aside = page.with_name("aside.html")
    page.rename(aside)
    try:
        # A file of the manifest is gone: no release is whole. Asked for by name, it is still found.
        assert ended(monkeypatch, "--home", report_home, "--release", released.release_id) == 2
    finally:
        aside.rename(page)
    assert "communique report --out" in capsys.readouterr().err


def test_making_a_page_writes_no_word_of_a_document_into_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, report_home: Path, tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert ended(monkeypatch, "--home", report_home, "--out", tmp_path / "page.html") == 0
    assert HOSTILE_ADDRESS not in caplog.text
    assert all(character.isprintable() or character == "\n" for character in caplog.text)
