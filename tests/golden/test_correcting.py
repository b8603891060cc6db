"""A release corrected by people: what they decided is published through the same gates, told in the feed, and replayed.

One warehouse of the sample announcements is corrected in several ways at once and published again; the tests read the
two releases.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from tasks.curate.comparison import compare_releases
from tasks.curate.review import questions, read_answers, write_questions
from tests.golden.conftest import publish_all
from warehouse.corrections import add_corrections
from warehouse.delta import apply_delta
from warehouse.publication import ABOUT_THE_RUN, Release, current, kept, read_release
from warehouse.tables import CURATED

WHY = {"reason": "read both pages", "who": "M. Editor"}
Ask = Callable[..., list[tuple[Any, ...]]]


def rows(release: Release, sql: str, *values: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(release.duckdb_path), read_only=True) as base:
        return base.execute(sql, list(values)).fetchall()


def one(release: Release, sql: str, *values: str) -> str:
    ((found,),) = rows(release, sql, *values)
    return str(found)


@pytest.fixture(scope="module")
def before(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    home = tmp_path_factory.mktemp("corrected") / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    release = current(home)
    assert release is not None
    return release


@pytest.fixture(scope="module")
def home(before: Release) -> Path:
    return before.path.parents[1]


@pytest.fixture(scope="module")
def decided(before: Release) -> dict[str, str]:
    """The ids of what is corrected."""
    event = "SELECT event_id FROM v_event_flat WHERE event_type = ? AND title LIKE ?"
    told = "SELECT event_id FROM v_event_flat WHERE event_type = 'meeting' AND place = ?"
    return {
        "signed": one(before, event, "agreement_signed", "Readmission protocols%"),
        "budva": one(before, told, "Budva"),
        "sarajevo": one(before, told, "Sarajevo"),
        "proposed": one(before, event, "legislation_proposed", "Commissie%"),
        "statistics": one(before, "SELECT doc_id FROM dim_document WHERE external_id = 'd16'"),
    }


@pytest.fixture(scope="module")
def after(home: Path, decided: dict[str, str]) -> Release:
    claims = "SELECT claim_id FROM fact_claim WHERE event_id = ? GROUP BY claim_id, document_version_id ORDER BY 1"
    assert claims
    changes = [
        {"action": "merge", "id": decided["budva"], "other_id": decided["sarajevo"]},
        {"action": "set", "id": decided["signed"], "column": "start_on", "value": "2025-07-01"},
        {"action": "retract", "id": decided["proposed"]},
        {"action": "takedown", "id": decided["statistics"]},
    ]
    add_corrections(home, [WHY | change for change in changes])
    publish_all(home, [])
    release = current(home)
    assert release is not None
    return release


@pytest.fixture(scope="module")
def feed(before: Release, after: Release) -> dict[str, dict[str, Any]]:
    return {row["fact_id"]: row for row in compare_releases(before, after)}


def test_what_was_merged_is_one_event_that_says_it_is_disputed(after, decided, feed):
    first, other = decided["budva"], decided["sarajevo"]
    left = [row for (row,) in rows(after, "SELECT event_id FROM fact_event") if row in (first, other)]
    (stays,) = left
    gone = other if stays == first else first
    assert rows(after, "SELECT is_conflicting FROM fact_event WHERE event_id = ?", stays) == [(True,)]
    assert (feed[gone]["change"], feed[gone]["successor_id"]) == ("merged", stays)
    disputed = rows(after, "SELECT attribute, value, is_published FROM v_conflicts WHERE event_id = ?", stays)
    assert {("place", "Budva"), ("place", "Sarajevo")} <= {(attribute, value) for attribute, value, _ in disputed}
    for attribute in ("date", "place"):
        assert sum(is_published for name, _, is_published in disputed if name == attribute) == 1


def test_what_was_set_retracted_and_taken_down_is_told_with_its_reason(after, decided, feed):
    signed = feed[decided["signed"]]
    assert (signed["change"], signed["reason"]) == ("changed", "corrected: start_on by M. Editor: read both pages")
    assert one(after, "SELECT start_on FROM fact_event WHERE event_id = ?", decided["signed"]) == "2025-07-01"
    proposed = feed[decided["proposed"]]
    assert (proposed["change"], proposed["reason"]) == ("retracted", "retracted by M. Editor: read both pages")
    document = "SELECT title, url, takedown FROM dim_document WHERE doc_id = ?"
    assert rows(after, document, decided["statistics"]) == [(None, None, "by M. Editor: read both pages")]
    gone = "SELECT count(*) FROM document_text t JOIN dim_document d USING (document_version_id) WHERE d.doc_id = ?"
    assert one(after, gone, decided["statistics"]) == "0"


def test_the_feed_applied_to_the_release_before_lands_on_the_same_rows(before, after):
    assert after.manifest["delta_from"] == before.release_id
    earlier, later = read_release(before), read_release(after)
    changed = {path.stem for path in (after.path / "delta").glob("*.parquet")}
    for contract in CURATED:
        if contract.name not in ABOUT_THE_RUN:
            state = earlier[contract.name]
            if contract.name in changed:
                delta = pq.read_table(after.path / "delta" / f"{contract.name}.parquet")
                state = apply_delta(contract, state, delta)
            assert state.equals(later[contract.name]), contract.name
    assert {"fact_event", "dim_document", "document_text", "id_registry"} <= changed


def test_every_row_of_the_feed_is_a_row_that_differs(before, after, feed):
    events = [set(map(repr, release)) for release in ([], [])]
    for release, found in zip((before, after), events, strict=True):
        found.update(row[0] for row in rows(release, "SELECT event_id FROM fact_event"))
    told = {name: row["change"] for name, row in feed.items() if row["fact_table"] == "fact_event"}
    assert {name for name, change in told.items() if change in ("merged", "retired", "retracted", "removed")} == (
        events[0] - events[1]
    )
    assert events[1] - events[0] == {name for name, change in told.items() if change in ("added", "split")}


def test_a_run_with_nothing_new_replays_the_corrections_and_publishes_nothing(home, after):
    assert publish_all(home, []) is None
    assert current(home) == after


def test_a_reader_can_ask_any_kept_release(home, before, after, decided):
    assert kept(home, before.release_id[:10]) == before
    for release, count in ((before, "1"), (after, "0")):
        found = "SELECT count(*) FROM fact_event WHERE event_id = ?"
        assert one(kept(home, release.release_id), found, decided["proposed"]) == count


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def communique(
    home: Path, after: Release, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """The command line in this process, on the corrected warehouse."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *words, "--home", str(home)])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = capfd.readouterr()
        return code, out, err

    yield run


def test_diff_prints_for_people_and_as_json(communique, before, after, decided):
    code, out, _ = communique("diff")
    assert code == 0
    assert out.startswith(f"From {before.release_id} to {after.release_id}:")
    assert "retracted by M. Editor: read both pages" in out
    code, out, _ = communique("diff", before.release_id, after.release_id, "--json")
    found = json.loads(out)
    assert (code, found["from"], found["to"]) == (0, before.release_id, after.release_id)
    (row,) = [row for row in found["changes"] if row["fact_id"] == decided["proposed"]]
    assert row.keys() == {"fact_table", "fact_id", "change", "reason", "columns", "successor_id", "label"}
    assert row["label"].startswith("legislation_proposed")
    assert communique("diff", after.release_id, after.release_id)[1].endswith("no fact differs.\n")
    assert communique("diff", "rel_999999")[0] == 2


def test_query_answers_as_of_an_earlier_release(communique, before, decided):
    sql = f"SELECT count(*) AS n FROM fact_event WHERE event_id = '{decided['proposed']}'"  # noqa: S608 - an id of ours
    assert json.loads(communique("query", sql, "--json")[1]) == [{"n": 0}]
    assert json.loads(communique("query", sql, "--release", before.release_id, "--json")[1]) == [{"n": 1}]
    assert communique("query", sql, "--release", "rel_999999")[0] == 2


@pytest.mark.parametrize("words", [("query", "SELECT 1"), ("explain", "EVENT"), ("diff",), ("status",)], ids=" ".join)
def test_every_reading_command_answers_and_exits_6_where_the_current_release_is_damaged(
    communique, before, after, decided, words
):
    database = after.duckdb_path
    data = database.read_bytes()
    database.chmod(0o644)
    try:
        database.write_bytes(data[:-1])
        asked = [decided["signed"] if word == "EVENT" else word for word in words]
        if words == ("diff",):
            # The release before is the first one: there is nothing to compare it with, and that is said.
            asked = ["diff", before.release_id]
        code, out, err = communique(*asked)
    finally:
        database.write_bytes(data)
    assert code == 6
    assert out
    if words != ("status",):
        assert before.release_id in err


def test_a_correction_is_written_down_or_refused(communique, home, decided):
    path = home / "corrections" / "by_hand.csv"
    whole = path.read_bytes()
    why = ("--reason", "read it", "--who", "A. Reader")
    assert communique("correct", "set", decided["budva"], "status=planned")[0] == 2
    assert communique("correct", "set", decided["budva"], "status", *why)[0] == 2
    assert communique("correct", "split", decided["budva"], decided["sarajevo"], *why)[0] == 2
    assert path.read_bytes() == whole
    try:
        code, _, told = communique("correct", "set", decided["budva"], "status=planned", *why)
        assert (code, told) == (0, "")
        last = list(csv.DictReader(path.read_text("utf-8").splitlines()))[-1]
        assert (last["column"], last["value"], last["who"]) == ("status", "planned", "A. Reader")
        code, _, told = communique("correct", "retract", f"evt_{'a' * 26}", *why)
        assert (code, "does not know" in told) == (0, True)
    finally:
        path.write_bytes(whole)


def test_what_was_answered_is_asked_again_only_on_other_ground(communique, home, tmp_path):
    asked = questions(home, 100, 0.7)
    assert asked[0]["is_conflicting"], "what is disputed comes first"
    order = [(not row["is_conflicting"], row["confidence"]) for row in asked]
    assert order == sorted(order)
    filled = tmp_path / "filled.csv"
    assert communique("review", "--out", str(filled))[0] == 0
    lines = list(csv.DictReader(filled.read_text("utf-8").splitlines()))
    lines[0] |= {"answer": "right", "who": "A. Reader"}
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    assert read_answers(home, filled) == 1
    again = questions(home, 100, 0.7)
    assert {row["event_id"] for row in asked} - {row["event_id"] for row in again} == {lines[0]["event_id"]}
    reviewed = home / "corrections" / "reviewed.answers"
    reviewed.write_text(reviewed.read_text("utf-8").replace(lines[0]["source_hash"], "src_other"), "utf-8")
    assert questions(home, 100, 0.7) == asked
    reviewed.unlink()


def test_an_answer_that_is_none_is_refused_and_a_formula_is_quoted(home, tmp_path):
    asked = questions(home, 1, 0.7)
    hostile = [asked[0] | {"quote": "=HYPERLINK(1)"}]
    path = tmp_path / "list.csv"
    write_questions(path, hostile)
    assert "'=HYPERLINK(1)" in path.read_text("utf-8")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + "maybe"]).replace(",,maybe", "maybe,,") + "\n", "utf-8")
    with pytest.raises(Exception, match="is no answer"):
        read_answers(home, path)
