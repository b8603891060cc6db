import hashlib
import json
import logging
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.warehouse.sample import EVENT, OTHER_EVENT, curated_tables
from warehouse.changelog import LINES_SHOWN, change_text
from warehouse.commits import append_commit, read_history, read_pointer, write_pointer
from warehouse.compatibility import read_package
from warehouse.errors import ContractError, IntegrityError, LockedError
from warehouse.publication import Release, ReleaseContext, current, history, publish, read_release, recover, verify
from warehouse.tables import CURATED, curated_facts

pytestmark = pytest.mark.usefixtures("rendered_once")


def published(home: Path, **kind: bool | str) -> Release:
    release = publish(home, curated_tables(**kind), ReleaseContext("run_1"))  # type: ignore[arg-type]
    assert release is not None
    return release


def test_a_release_is_whole_and_says_how_it_came_to_be(home: Path) -> None:
    context = ReleaseContext("run_1", {"clean": "f1"}, {"mvp": "timed out"})
    release = publish(home, curated_tables(), context)
    assert release is not None
    assert current(home) == release
    assert verify(home) == []
    assert {path.relative_to(release.path).as_posix() for path in release.path.rglob("*") if path.is_file()} == {
        "CHANGES", "datapackage.json", "manifest.json", "report.html", "warehouse.duckdb",
        "exports/communique.xlsx", "exports/croissant.json", "exports/datapackage.json", "exports/dcat.jsonld",
        "exports/openlineage.jsonl", "marts/v_event_flat.parquet",
        *(f"tables/{contract.name}.parquet" for contract in CURATED if contract.by_year is None),
        "tables/document_text/2025.parquet",
        *(f"exports/csv/{contract.name}.csv" for contract in CURATED),
    }  # fmt: skip
    manifest = release.manifest
    assert (manifest["release_id"], manifest["schema_version"], manifest["parent"]) == (
        release.release_id,
        "1.3.0",
        None,
    )
    assert (manifest["inputs"], manifest["gaps"], manifest["run_id"]) == (
        {"clean": "f1"},
        {"mvp": "timed out"},
        "run_1",
    )
    assert manifest["gates"] == {"critical": {"passed": 1}, "warning": {"failed": 1}}
    assert manifest["environment"]["pyarrow"] == pa.__version__
    for entry in manifest["files"]:
        data = (release.path / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert release.rows["fact_event"] == 1


def test_the_id_is_the_number_of_its_commit_and_its_content(home: Path, tmp_path: Path) -> None:
    first, second = published(home), published(home, with_visit=True)
    assert first.release_id == f"rel_000001_{first.content_key[:12]}"
    assert second.release_id == f"rel_000002_{second.content_key[:12]}"
    assert published(tmp_path / "other").release_id == first.release_id


def test_what_is_read_is_what_was_published(home: Path) -> None:
    release = published(home)
    tables = curated_tables()
    assert read_release(release).keys() == tables.keys()
    assert sorted(release.read("dim_date")["date_key"].to_pylist()) == [0, 20250512, 20250513, 20250514]
    assert release.read("fact_event").to_pylist() == tables["fact_event"].to_pylist()


@pytest.mark.parametrize("run_id", ["run_1", "run_2"])
def test_the_same_contents_are_not_published_twice(home: Path, run_id: str) -> None:
    first = published(home)
    tables = curated_tables(run_id=run_id)
    tables = {name: table.take(pa.array(range(len(table))[::-1], pa.int64())) for name, table in tables.items()}
    assert publish(home, tables, ReleaseContext(run_id)) is None
    assert current(home) == first
    assert [path.name for path in (home / "commits").iterdir()] == ["000001.json"]


def test_other_verdicts_alone_are_no_new_release_and_another_fact_is(home: Path) -> None:
    published(home)
    tables = curated_tables()
    tables["fact_gate_result"] = tables["fact_gate_result"].slice(0, 1)
    tables["fact_change"] = curated_tables(with_visit=True)["fact_change"]
    assert publish(home, tables, ReleaseContext("run_2")) is None
    index = tables["fact_event"].schema.get_field_index("confidence")
    field = tables["fact_event"].schema.field(index)
    tables["fact_event"] = tables["fact_event"].set_column(index, field, pa.array([0.51]))
    assert publish(home, tables, ReleaseContext("run_2")) is not None


def test_unchanged_tables_are_the_same_file_and_nothing_can_write_to_it(home: Path) -> None:
    first, second = published(home), published(home, with_visit=True)
    assert second.parent == first.release_id
    assert second.table_path("dim_country").samefile(first.table_path("dim_country"))
    assert not second.table_path("fact_event").samefile(first.table_path("fact_event"))
    modes = {path.stat().st_mode & 0o222 for path in second.path.rglob("*") if path.is_file()}
    assert modes == {0}


def test_a_table_by_year_has_a_file_a_year_and_the_years_without_news_are_handed_on(home: Path) -> None:
    older = curated_tables(with_visit=True)
    texts = older["document_text"]
    years = pa.array([2025, 2024], pa.int32())
    older["document_text"] = texts.set_column(texts.schema.get_field_index("year"), texts.field("year"), years)
    first = publish(home, older, ReleaseContext("run_1"))
    assert first is not None
    assert {path.name for path in first.table_path("document_text").iterdir()} == {"2024.parquet", "2025.parquet"}
    assert first.rows["document_text"] == 2
    assert first.read("document_text") == older["document_text"].sort_by("year")
    assert first.read("document_text") == first.read_as_written("document_text")

    newer = dict(older)
    changed = pa.array(["Another text.", *older["document_text"]["text"].to_pylist()[1:]])
    newer["document_text"] = older["document_text"].set_column(3, older["document_text"].field("text"), changed)
    second = publish(home, newer, ReleaseContext("run_2"))
    assert second is not None
    several = [one for one in read_package(first.path / "datapackage.json")["resources"] if "extrapaths" in one]
    assert [(one["path"], *one["extrapaths"]) for one in several] == [tuple(first.digests("document_text"))]
    one, other = (release.table_path("document_text") for release in (first, second))
    assert (other / "2024.parquet").samefile(one / "2024.parquet")
    assert not (other / "2025.parquet").samefile(one / "2025.parquet")
    assert pq.read_table(second.path / "delta/document_text.parquet")["year"].to_pylist() == [2025]
    assert verify(home) == []


def test_a_table_by_year_without_rows_still_has_its_columns(home: Path) -> None:
    tables = curated_tables()
    tables["document_text"] = tables["document_text"].slice(0, 0)
    release = publish(home, tables, ReleaseContext("run_1"))
    assert release is not None
    assert [path.name for path in release.table_path("document_text").iterdir()] == ["0000.parquet"]
    assert release.read("document_text").num_rows == 0
    assert verify(home) == []


def test_damage_is_not_handed_on_to_the_next_release(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = published(home).table_path("dim_country")
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        second = published(home, with_visit=True)
    assert str(path) in caplog.text
    assert verify(home, second.release_id) == []
    assert len(verify(home)) == 1


@pytest.mark.parametrize("fault", ["missing", "unknown", "broken"])
def test_a_set_of_tables_that_is_not_whole_is_not_published(home: Path, fault: str) -> None:
    tables = curated_tables()
    if fault == "missing":
        del tables["dim_date"]
    elif fault == "unknown":
        tables["dim_more"] = tables["dim_date"]
    else:
        tables["dim_date"] = tables["dim_date"].drop_columns(["year"])
    with pytest.raises(ContractError, match=r"dim_more" if fault == "unknown" else "dim_date"):
        publish(home, tables, ReleaseContext("run_1"))
    assert current(home) is None
    assert not (home / "releases").exists()


def test_before_the_first_release_there_is_none(home: Path) -> None:
    assert current(home) is None
    assert history(home) == []
    assert verify(home) == []
    assert current(home / "absent") is None


def test_a_commit_without_its_pointer_is_completed_and_not_made_again(home: Path) -> None:
    first, second = published(home), published(home, with_visit=True)
    write_pointer(home, first.release_id)
    assert [problem.kind for problem in verify(home)] == ["pointer"]
    assert current(home) == first
    assert publish(home, curated_tables(with_visit=True), ReleaseContext("run_2")) is None
    assert current(home) == second
    assert read_history(home).last_number == 2


def test_recovering_from_nothing_and_with_nothing_to_do_changes_nothing(home: Path) -> None:
    assert recover(home) is None
    release = published(home)
    assert recover(home) == release
    assert read_history(home).last_number == 1


def test_two_writers_without_the_lock_cannot_both_commit(home: Path) -> None:
    release = published(home)
    seen_by_both = read_history(home)
    triple = (release.release_id, release.commit.manifest_sha256, release.content_key)
    append_commit(home, seen_by_both, "rollback", triple, "run_1")
    with pytest.raises(LockedError, match="commit 2"):
        append_commit(home, seen_by_both, "rollback", triple, "run_2")
    assert [commit.run_id for commit in read_history(home).commits] == ["run_1", "run_1"]


def test_the_records_are_a_chain(home: Path) -> None:
    published(home)
    published(home, with_visit=True)
    one, two = (json.loads((home / "commits" / f"00000{n}.json").read_bytes()) for n in (1, 2))
    assert one["parent_sha256"] is None
    assert two["parent_sha256"] == hashlib.sha256((home / "commits" / "000001.json").read_bytes()).hexdigest()


def test_a_release_of_another_version_of_the_tables_is_a_clear_error(home: Path) -> None:
    release = published(home)
    newer = Release(release.release_id, release.path, release.commit, {**release.manifest, "schema_version": "2.0.0"})
    with pytest.raises(ContractError, match=r"has tables of version 2\.0\.0, not 1\.3\.0"):
        read_release(newer)
    fewer = [entry for entry in release.manifest["files"] if entry["table"] != "dim_person"]
    older = Release(release.release_id, release.path, release.commit, {**release.manifest, "files": fewer})
    with pytest.raises(ContractError, match="dim_person"):
        read_release(older)


def test_when_no_release_is_whole_a_new_one_can_be_published(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    (published(home).path / "manifest.json").unlink()
    with pytest.raises(IntegrityError, match="no release is whole"):
        current(home)
    with caplog.at_level(logging.ERROR):
        second = published(home)
    assert "builds on none" in caplog.text
    assert (current(home), second.parent) == (second, None)


def test_the_pointer_is_read_only_where_it_names_a_release(home: Path) -> None:
    for target in (
        "releases/../../etc",
        "/etc",
        "releases",
        "releases/rel_1",
        "releases/rel_000001_0123456789ab/tables",
    ):
        (home / "current").symlink_to(target)
        assert read_pointer(home) is None
        (home / "current").unlink()
    assert read_pointer(home) is None
    (home / "current").write_bytes(b"")
    assert read_pointer(home) is None


def changes(*rows: tuple[str, str, str], **more: str) -> pa.Table:
    names = ("fact_id", "change", "reason")
    nothing = {"fact_table": "fact_event", "columns": None, "successor_id": None}
    filled_in = [nothing | dict(zip(names, row, strict=True)) | more for row in rows]
    return pa.Table.from_pylist(filled_in, curated_facts.FACT_CHANGE.schema)


def test_changes_tell_what_was_taken_away_before_what_is_new() -> None:
    rows = changes(("a", "added", "a new document"), ("b", "retired", "its sentence is gone"))
    text = change_text("rel_2", "rel_1", rows, {"mvp": "down"})
    assert text == (
        "rel_2, after rel_1\n\nfact_event: 1 added\nfact_event: 1 retired\n\n"
        "Sources missing or incomplete:\n  mvp: down\n\n"
        "retired fact_event b: its sentence is gone\nadded fact_event a: a new document\n"
    )


def test_changes_name_successors_and_columns() -> None:
    merged = change_text("rel_2", "rel_1", changes(("a", "merged", "same day"), successor_id="b"), {})
    assert merged.endswith("\nmerged fact_event a, now b: same day\n")
    changed = change_text("rel_2", "rel_1", changes(("c", "changed", "new version"), columns="x,y"), {})
    assert changed.endswith("\nchanged fact_event c (x,y): new version\n")


def test_changes_of_a_large_release_stay_readable_and_say_how_many_more() -> None:
    text = change_text("rel_1", None, changes(*((f"e{n:04d}", "added", "new") for n in range(LINES_SHOWN + 7))), {})
    assert text.count("\nadded ") == LINES_SHOWN
    assert "and 7 more" in text
    assert "the first release" in text


def test_changes_cannot_move_the_readers_cursor() -> None:
    text = change_text("rel_1", None, changes(("a", "removed", "x\n\x1b[2Jy\u202e")), {"mvp": "z\r\x00"})
    assert "\x1b" not in text
    assert "removed fact_event a: x\\n\\x1b[2Jy\\u202e\n" in text
    assert "  mvp: z\\r\\x00\n" in text


def test_no_difference_is_said() -> None:
    assert "No fact differs" in change_text("rel_2", "rel_1", changes(), {})


def test_the_manifest_says_nothing_of_the_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_TOKEN", "canary-7f3a")
    release = published(home)
    for path in [*release.path.glob("*"), *(home / "commits").iterdir()]:
        if path.is_file():
            assert b"canary-7f3a" not in path.read_bytes()
            assert str(home).encode() not in path.read_bytes()


def test_events_of_a_release_can_be_told_apart(home: Path) -> None:
    old, new = published(home), published(home, with_visit=True)
    assert old.read("fact_event")["event_id"].to_pylist() == [EVENT]
    assert new.read("fact_event")["event_id"].to_pylist() == [EVENT, OTHER_EVENT]
