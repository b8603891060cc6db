"""`communique evaluate` and `calibrate` on a small annotated folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tasks.curate.measure.tally import FIELDS
from tests.repository.conftest import Command
from warehouse.reliability import read_reliability

ANNOTATED = Path(__file__).resolve().parents[1] / "annotated"
CHOSEN = ("t01", "t07", "t39")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three annotated documents: two of half a, one of half b."""
    place = tmp_path / "set"
    (place / "docs").mkdir(parents=True)
    (place / "gold").mkdir()
    lines = [json.loads(line) for line in (ANNOTATED / "manifest.jsonl").read_text("utf-8").splitlines()]
    chosen = [line for line in lines if line["doc_id"] in CHOSEN]
    assert [line["half"] for line in chosen] == ["a", "a", "b"]
    for line in chosen:
        shutil.copyfile(ANNOTATED / line["file"], place / line["file"])
        name = Path("gold") / f"{line['doc_id']}.json"
        shutil.copyfile(ANNOTATED / name, place / name)
    (place / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in chosen), "utf-8")
    return place


def test_evaluate_compares_with_committed_figures(communique: Command, folder: Path, tmp_path: Path) -> None:
    figures, out = tmp_path / "figures.json", tmp_path / "out"
    first = communique("evaluate", folder, "--boot", "40", "--commit", figures, "--out", out, "--json")
    assert first.code == 0, first.err
    assert set(first.json) == {"half", "language", "calibration"}
    half = first.json["half"]["a"]
    assert set(half["fields"]) == set(FIELDS)
    assert half["documents"] == 2
    assert half["fields"]["countries"]["low"] <= half["fields"]["countries"]["f1"]
    assert {entry["kind"] for entry in first.json["calibration"]} == {"claim", "mention", "topic"}
    assert {path.stem for path in out.iterdir()} == {*CHOSEN, "links"}

    shown = communique("evaluate", folder, "--boot", "0", "--figures", figures)
    assert shown.code == 0, shown.err
    assert "Half a: 2 documents" in shown.out
    assert "events_strict_with_status" in shown.out

    better = json.loads(figures.read_text("utf-8"))
    better["b"]["fields"]["events_strict"] = {"f1": 1.0, "tolerance": 0.01}
    figures.write_text(json.dumps(better), "utf-8")
    fallen = communique("evaluate", folder, "--boot", "0", "--figures", figures, "--json")
    assert fallen.code == 4
    assert "half b, events_strict" in fallen.err
    assert len(fallen.err.splitlines()) == 1
    assert fallen.json["half"]["b"]["fields"]["events_strict"]["f1"] < 1


def test_calibrate_counts_rules_on_the_readable_half_only(communique: Command, folder: Path, tmp_path: Path) -> None:
    ended = communique("calibrate", folder, "--out", tmp_path / "one" / "reliability.csv")
    assert ended.code == 0, ended.err
    assert "rules are worth" in ended.out
    rows = read_reliability(tmp_path / "one")
    assert sum(row.n_judged for row in rows if (row.level, row.kind) == ("rule", "mention")) > 30
    (holds,) = [row.value for row in rows if (row.level, row.kind) == ("transfer", "mention")]
    assert holds > 0.9

    other = json.loads((folder / "gold" / "t39.json").read_text("utf-8"))
    other |= {"countries": [], "persons": [], "organisations": [], "events": [], "topics": []}
    (folder / "gold" / "t39.json").write_text(json.dumps(other), "utf-8")
    ended = communique("calibrate", folder, "--out", tmp_path / "two" / "reliability.csv", "--json")
    assert ended.json["checks"] == []
    one, two = (
        [(row.name, row.n_judged, row.n_right, row.low, row.high) for row in read if row.level in ("family", "rule")]
        for read in (rows, read_reliability(tmp_path / "two"))
    )
    assert one == two
    (less,) = [
        row.value for row in read_reliability(tmp_path / "two") if (row.level, row.kind) == ("transfer", "mention")
    ]
    assert less < holds / 2

    wrong = json.loads((folder / "gold" / "t01.json").read_text("utf-8"))
    wrong |= {"countries": []}
    (folder / "gold" / "t01.json").write_text(json.dumps(wrong), "utf-8")
    assert communique("calibrate", folder, "--out", tmp_path / "three" / "reliability.csv").code == 0
    worth = {row.name: row for row in read_reliability(tmp_path / "three") if row.level == "rule"}
    before = {row.name: row for row in rows if row.level == "rule"}
    assert worth["territory.name"].n_right < before["territory.name"].n_right
    assert worth["territory.name"].value < before["territory.name"].value


def test_a_folder_without_annotations_exits_2(communique: Command, tmp_path: Path) -> None:
    for command in ("evaluate", "calibrate"):
        ended = communique(command, tmp_path)
        assert (ended.code, ended.out) == (2, "")
        assert "gold/" in ended.err
