from datetime import date
from pathlib import Path

import pytest

from tasks.fetch.addresses import canonical_address
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from warehouse.storage import Store
from warehouse.tables.archive import CAPTURES, FETCHES

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    directory = tmp_path / "announcements"
    directory.mkdir()
    for name in "abc":
        (directory / f"{name}.txt").write_bytes(f"text of {name}\x00\xff".encode("latin-1"))
    return directory


def fetch(home, folder, day=MONDAY, run_id="run-1", documents_per_file=2000):
    return fetch_source(Store(home), folder_source(folder), day, run_id, documents_per_file)


def test_bodies_are_archived_byte_for_byte_with_their_hash(home, folder):
    fetch(home, folder)
    rows = Store(home).read_all(CAPTURES).to_pylist()
    assert {row["location"]: row["body"] for row in rows} == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_second_run_archives_nothing_and_says_so_for_each_attempt(home, folder):
    fetch(home, folder)
    again = fetch(home, folder, TUESDAY, "run-2")
    assert (again.captures, again.n_captured, again.n_unchanged) == ([], 0, 3)
    rows = Store(home).read_all(FETCHES).to_pylist()
    assert sorted(row["outcome"] for row in rows) == ["captured"] * 3 + ["unchanged"] * 3
    assert {row["capture_id"] for row in rows} == set(Store(home).read_all(CAPTURES).column("capture_id").to_pylist())


def test_a_changed_body_is_another_capture_and_the_old_one_stays(home, folder):
    fetch(home, folder)
    (folder / "a.txt").write_text("corrected")
    assert fetch(home, folder, TUESDAY, "run-2").n_captured == 1
    bodies = [row["body"] for row in Store(home).read_all(CAPTURES).to_pylist() if row["location"] == "a.txt"]
    assert sorted(bodies) == [b"corrected", b"text of a\x00\xff"]


def test_the_same_page_with_the_same_bytes_at_another_path_is_no_other_version(home, folder):
    (folder / "manifest.jsonl").write_text(
        '{"file": "a.txt", "url": "https://a.example/1?utm_source=x"}\n{"file": "b.txt", "url": "https://a.example/2"}\n'
    )
    fetch(home, folder)
    (folder / "moved.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "manifest.jsonl").write_text('{"file": "moved.txt", "url": "https://a.example/1#top"}\n')
    again = fetch(home, folder, TUESDAY, "run-2")
    assert (again.n_captured, again.n_unchanged) == (0, 1)
    captures = {row["location"]: row["capture_id"] for row in Store(home).read_all(CAPTURES).to_pylist()}
    attempts = {row["location"]: row for row in Store(home).read_all(FETCHES).to_pylist() if row["run_id"] == "run-2"}
    assert attempts["moved.txt"]["capture_id"] == captures["a.txt"]


def test_files_hold_at_most_the_documents_allowed_and_are_named_after_them(home, folder, tmp_path):
    first = fetch(home, folder, documents_per_file=2)
    assert [ref.rows for ref in first.captures] == [2, 1]
    elsewhere = fetch(tmp_path / "elsewhere", folder, documents_per_file=2)
    assert [ref.path for ref in first.captures] == [ref.path for ref in elsewhere.captures]
    assert [ref.sha256 for ref in first.captures] == [ref.sha256 for ref in elsewhere.captures]


def test_what_fails_is_a_row_with_a_reason(home, folder):
    (folder / "manifest.jsonl").write_text('{"file": "a.txt"}\n{"file": "gone.txt"}\n')
    outcome = fetch(home, folder)
    assert (outcome.n_captured, outcome.n_failed) == (1, 1)
    rows = {row["location"]: row for row in Store(home).read_all(FETCHES).to_pylist()}
    assert (rows["gone.txt"]["outcome"], rows["gone.txt"]["reason"]) == ("failed", "unreadable")
    assert rows["b.txt"]["outcome"] == "skipped"
    assert any("gone.txt" in problem for problem in outcome.problems)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?utm_source=1&b=2&a=1#part", "https://a.example/x?a=1&b=2"),
        ("HTTP://A.EXAMPLE:80/x/", "http://a.example/x/"),
        ("javascript:alert(1)", None),
        ("ftp://a.example/x", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_has_one_canonical_form(url, expected):
    assert canonical_address(url) == expected
