import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.fetch.fetched import Fetched, Missed
from tasks.fetch.folder import read_folder
from tasks.fetch.sources import folder_source


def read(folder: Path) -> list[Fetched | Missed]:
    return list(read_folder(folder_source(folder)))


def write_manifest(folder: Path, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "manifest.jsonl").write_text(text)


def test_without_a_manifest_every_document_is_read_with_the_time_of_its_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.HTML").write_bytes(b"<p>b</p>")
    (tmp_path / "a.txt").write_bytes(b"\xff\x00raw")
    (tmp_path / "c.pdf").write_bytes(b"not a document of this kind")
    os.utime(tmp_path / "a.txt", (1_700_000_000, 1_700_000_000))
    first, second = read(tmp_path)
    assert (first.location, first.external_id, first.body) == ("a.txt", "a.txt", b"\xff\x00raw")
    assert first.retrieved_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert first.retrieved_at_basis == "file"
    assert (second.location, second.external_id) == ("deep/b.HTML", "deep/b.HTML")


def test_the_manifest_gives_id_address_type_and_time(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    write_manifest(
        tmp_path,
        {"doc_id": "x1", "file": "a.txt", "url": "https://a.example/1", "content_type": "text/plain",
         "retrieved_at": "2025-07-03T08:00:00+02:00", "half": "a"},
    )  # fmt: skip
    (found,) = read(tmp_path)
    assert (found.external_id, found.url, found.content_type) == ("x1", "https://a.example/1", "text/plain")
    assert found.retrieved_at == datetime(2025, 7, 3, 6, tzinfo=UTC)
    assert found.retrieved_at_basis == "manifest"


def test_what_the_manifest_does_not_list_is_skipped_and_said(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    write_manifest(tmp_path, {"file": "a.txt"})
    found, left_out = read(tmp_path)
    assert found.location == "a.txt"
    assert (left_out.location, left_out.reason, left_out.outcome) == ("b.txt", "not_listed", "skipped")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "bad_manifest_line"),
        ('["a.txt"]', "bad_manifest_line"),
        ('{"doc_id": "x"}', "bad_manifest_line"),
        ('{"file": "a.txt", "url": 7}', "bad_manifest_line"),
        ('{"file": "a.txt", "retrieved_at": "2025-07-03T08:00:00"}', "bad_manifest_line"),
        ('{"file": "a.txt", "retrieved_at": "0001-01-01T00:00:00+14:00"}', "bad_manifest_line"),
        ('{"file": "a.txt", "url": "https://a.example/\\ud800"}', "bad_manifest_line"),
        ("[" * 100_000, "bad_manifest_line"),
        ('{"file": "good.txt"}', "listed_twice"),
        ('{"file": "a.txt", "doc_id": "g1"}', "id_twice"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_the_others_are_read(tmp_path, line, reason):
    (tmp_path / "good.txt").write_text("good")
    write_manifest(tmp_path, {"file": "good.txt", "doc_id": "g1"}, line)
    found = read(tmp_path)
    assert [item.location for item in found if isinstance(item, Fetched)] == ["good.txt"]
    (missed,) = [item for item in found if isinstance(item, Missed)]
    assert (missed.location, missed.reason) == ("manifest.jsonl:2", reason)


@pytest.mark.parametrize(
    "name",
    ["gone.txt", "../secret.txt", "x/../../secret.txt", "dir.txt/../good.txt", "/etc/hostname", "link.txt", "pipe.txt",
     "dir.txt", "nul\x00.txt", "n" * 300 + ".txt"],
)  # fmt: skip
def test_what_cannot_or_must_not_be_read_is_a_failed_attempt(tmp_path, name):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("not yours")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "dir.txt").mkdir()
    (folder / "good.txt").write_text("good")
    os.mkfifo(folder / "pipe.txt")
    write_manifest(folder, {"file": name})
    missed = next(item for item in read(folder) if item.location == name)
    assert isinstance(missed, Missed)
    assert missed.outcome == "failed"


def test_links_inside_a_folder_without_a_manifest_do_not_lead_out_either(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("not yours")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (missed,) = read(folder)
    assert missed.reason == "outside"


def test_a_name_that_is_no_text_is_a_failed_attempt_that_shows_it(tmp_path):
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("body")
    except OSError:
        pytest.skip("this file system takes no such name")
    (missed,) = read(tmp_path)
    assert (missed.location, missed.reason) == ("caf\\xe9.txt", "unreadable")


def test_a_password_in_an_address_does_not_reach_the_archive(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    write_manifest(tmp_path, {"file": "a.txt", "url": "https://user:canary@a.example/1?q=a@b"})
    (found,) = read(tmp_path)
    assert found.url == "https://a.example/1?q=a@b"


def test_a_line_separator_inside_a_value_does_not_end_the_line(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.txt", "title": "one\u2028two\u0085three"}\r\n')
    (found,) = read(tmp_path)
    assert found.location == "a.txt"


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (missed,) = read(tmp_path)
    assert (missed.location, missed.reason) == ("pipe.txt", "unreadable")
