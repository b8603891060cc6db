import datetime as dt
import logging
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import filled
from warehouse.errors import ConfigurationError
from warehouse.fingerprints import Sidecars, code_version, fingerprint
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import archive

KEY = "mvp/2025-07-01/part-1"


def outputs(store: Store, *stems: str) -> list[FileRef]:
    table = filled(archive.FETCHES, [{"fetch_id": "a"}])
    partition = Partition("mvp", dt.date(2025, 7, 1))
    return [store.write(archive.FETCHES, table, partition, stem) for stem in stems]


def test_a_fingerprint_changes_with_each_thing_it_stands_for_and_not_with_order() -> None:
    base = ("clean", ["a", "b"], "code", "rules", "config")
    assert fingerprint("clean", ["b", "a"], "code", "rules", "config") == fingerprint(*base)
    changed = {
        fingerprint("extract", ["a", "b"], "code", "rules", "config"),
        fingerprint("clean", ["a"], "code", "rules", "config"),
        fingerprint("clean", ["a", "b", "b"], "code", "rules", "config"),
        fingerprint("clean", ["a", "b"], "other", "rules", "config"),
        fingerprint("clean", ["a", "b"], "code", "other", "config"),
        fingerprint("clean", ["a", "b"], "code", "rules", "other"),
        fingerprint("clean", ["a", "b"], "coderules", "", "config"),
    }
    assert len(changed | {fingerprint(*base)}) == 8


def test_code_version_follows_code_rules_and_names_and_nothing_else(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "sql").mkdir(parents=True)
    for name in ("a.py", "sql/b.sql", "c.yaml"):
        (package / name).write_text(name)
    (tmp_path / "extra.py").write_text("extra")
    versions = [code_version(package)]
    (package / "notes.md").write_text("x")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"x")
    assert code_version(package) == versions[0]
    versions.append(code_version(package, tmp_path / "extra.py"))
    (package / "sql" / "b.sql").write_text("other")
    versions.append(code_version(package))
    (package / "a.py").rename(package / "z.py")
    versions.append(code_version(package))
    assert len(set(versions)) == 4


def test_code_version_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        code_version(tmp_path / "nowhere")


def test_work_stands_with_its_fingerprint_and_its_outputs(tmp_path: Path) -> None:
    store = Store(tmp_path)
    notes = Sidecars(store)
    assert not notes.known("clean", KEY)
    assert notes.stands("clean", KEY, "f1") is None
    refs = outputs(store, "part-1", "part-2")
    notes.record("clean", KEY, "f1", refs)
    assert notes.stands("clean", KEY, "f1") == refs
    assert notes.known("clean", KEY)
    assert notes.stands("clean", KEY, "f2") is None
    assert notes.stands("extract", KEY, "f1") is None
    assert (tmp_path / "state/fingerprints/clean/mvp/2025-07-01/part-1.json").is_file()
    notes.forget("clean", KEY)
    assert notes.stands("clean", KEY, "f1") is None


@pytest.mark.parametrize("damage", ["remove", "replace", "cut"])
def test_work_does_not_stand_without_its_outputs(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    notes = Sidecars(store)
    (ref,) = outputs(store, "part-1")
    notes.record("clean", KEY, "f1", [ref])
    path = tmp_path / ref.path
    if damage == "remove":
        path.unlink()
    elif damage == "replace":
        store.write(archive.FETCHES, filled(archive.FETCHES, [{"fetch_id": "b"}]), ref.partition, ref.stem)
    else:
        path.write_bytes(path.read_bytes()[:-1])
    assert notes.stands("clean", KEY, "f1") is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '"x"', "null"])
def test_a_damaged_note_means_the_work_is_done_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    store = Store(tmp_path)
    notes = Sidecars(store)
    notes.record("clean", KEY, "f1", outputs(store, "part-1"))
    (tmp_path / "state/fingerprints/clean/mvp/2025-07-01/part-1.json").write_text(content)
    with caplog.at_level(logging.WARNING):
        assert notes.stands("clean", KEY, "f1") is None
    assert "done again" in caplog.text
    notes.record("clean", KEY, "f2", outputs(store, "part-1"))
    assert notes.stands("clean", KEY, "f2") is not None


def test_what_the_work_no_longer_makes_is_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    notes = Sidecars(store)
    first, second = outputs(store, "part-1", "part-2")
    notes.record("clean", KEY, "f1", [first, second])
    notes.record("clean", KEY, "f2", [first])
    assert store.files(archive.FETCHES) == [first]


@pytest.mark.parametrize("key", ["", "../x", "a//b", "a/../b", "/a", "A/b", "a/b\x00"])
def test_a_key_cannot_leave_its_place(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigurationError):
        Sidecars(Store(tmp_path)).record("clean", key, "f", [])
    assert list(tmp_path.iterdir()) == []
