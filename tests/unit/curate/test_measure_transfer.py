"""What of a rule's worth holds on documents nobody wrote it on, and whether documents left out of it agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.curate.measure.calibration import calibration
from tasks.curate.measure.judging import Verdict
from tasks.curate.measure.reliability import reliability
from tasks.curate.measure.transfer import checks, cross_checked, transferred
from warehouse.reliability import Reliability, Worth, read_reliability, reliability_csv


def verdicts(doc: str, rule: str, right: int, wrong: int, kind: str = "claim", *circumstances: str) -> list[Verdict]:
    """So many finds of a rule in a document, right and wrong; what they say of themselves plays no part."""
    return [Verdict(doc, kind, rule, 0.123, one < right, circumstances) for one in range(right + wrong)]


AT_HOME = reliability(
    [
        *verdicts("a1", "meeting.held", 95, 5),
        *verdicts("a1", "visit.paid", 60, 40),
        *verdicts("a1", "topic.x", 40, 0, "topic"),
    ]
)


def value(rows: list[Worth], level: str, name: str, kind: str = "claim") -> float:
    (row,) = [row for row in rows if (row.level, row.kind, row.name) == (level, kind, name)]
    return row.value


def test_all_rules_of_a_kind_lose_what_did_not_hold() -> None:
    rows = transferred(AT_HOME, [*verdicts("b1", "meeting.held", 36, 14), *verdicts("b2", "visit.paid", 24, 26)])
    expected = (50 * value(AT_HOME, "rule", "meeting.held") + 50 * value(AT_HOME, "rule", "visit.paid")) / 100
    ratio = value(rows, "transfer", "all")
    assert ratio == pytest.approx(0.6 / expected, abs=0.005)
    for level, name in (("rule", "meeting.held"), ("rule", "visit.paid"), ("family", "meeting"), ("family", "visit")):
        assert value(rows, level, name) == pytest.approx(value(AT_HOME, level, name) * ratio, abs=0.001)
    (holds,) = [row for row in rows if row.level == "transfer"]
    assert (holds.kind, holds.n_judged, holds.n_right) == ("claim", 100, 60)
    assert value(rows, "rule", "topic.x", "topic") == value(AT_HOME, "rule", "topic.x", "topic")


def test_counts_and_bounds_stay_those_of_the_documents_rules_were_written_on() -> None:
    rows = transferred(AT_HOME, verdicts("b1", "meeting.held", 1, 9))
    kept = [(row.level, row.name, row.n_judged, row.n_right, row.low, row.high) for row in AT_HOME]
    assert [(r.level, r.name, r.n_judged, r.n_right, r.low, r.high) for r in rows if r.level != "transfer"] == kept


def test_no_rule_is_better_away_than_at_home() -> None:
    rows = transferred(AT_HOME, verdicts("b1", "visit.paid", 50, 0))
    assert value(rows, "transfer", "all") == 1.0
    assert value(rows, "rule", "visit.paid") == value(AT_HOME, "rule", "visit.paid")


def test_what_circumstances_cost_is_not_counted_twice() -> None:
    home = reliability([*verdicts("a1", "m.a", 90, 10), *verdicts("a1", "m.a", 10, 90, "claim", "date:lead")])
    unread = verdicts("b1", "m.a", 10, 90, "claim", "date:lead")
    alone = Reliability(home).confidence("claim", "m.a", 0.5, ("date:lead",))
    rows = transferred(home, unread)
    assert value(rows, "transfer", "all") == pytest.approx(min(1.0, 0.104 / alone), abs=0.005)
    assert value(rows, "circumstance", "date:lead") == value(home, "circumstance", "date:lead")


def test_rules_nobody_ever_judged_and_no_documents_change_nothing() -> None:
    assert transferred(AT_HOME, []) == AT_HOME
    assert transferred(AT_HOME, verdicts("b1", "training.new", 0, 30)) == AT_HOME
    (row,) = cross_checked(AT_HOME, [verdicts("b1", "training.new", 0, 1)])
    assert row.confidence == 0.123


def test_the_table_is_read_as_it_was_written_in_any_order_of_documents(tmp_path: Path) -> None:
    unread = [*verdicts("b1", "meeting.held", 3, 7), *verdicts("b2", "topic.x", 2, 2, "topic")]
    rows = transferred(AT_HOME, unread)
    assert rows == transferred(AT_HOME, unread[::-1])
    (tmp_path / "reliability.csv").write_text(reliability_csv(rows), "utf-8")
    assert read_reliability(tmp_path) == rows


def test_a_document_has_no_part_in_the_confidences_it_is_asked_about() -> None:
    good, bad = verdicts("b1", "meeting.held", 30, 0), verdicts("b2", "meeting.held", 0, 30)
    checked = cross_checked(AT_HOME, [good, bad])
    at_home = value(AT_HOME, "rule", "meeting.held")
    assert {row.confidence for row in checked if row.doc == "b2"} == {at_home}
    (of_the_good,) = {row.confidence for row in checked if row.doc == "b1"}
    assert of_the_good == pytest.approx(0.5 / 31, abs=0.001)


def test_confidences_are_met_on_documents_like_those_left_out_and_were_not_before() -> None:
    # Documents differ: of eight finds four to seven are right, in turns.
    unread = [verdicts(f"b{doc}", "meeting.held", 4 + doc % 4, 4 - doc % 4) for doc in range(60)]
    at_home = Reliability(AT_HOME).confidence("claim", "meeting.held", 0.5)
    before = calibration([replace(row, confidence=at_home) for block in unread for row in block])
    (after,) = checks(AT_HOME, [[row for block in unread for row in block]])
    assert (after["left_out"], after["kind"], after["n"]) == ("document", "claim", 480)
    assert abs(before["expected"] - before["observed"]) > 0.2
    assert after["expected"] == pytest.approx(after["observed"], abs=0.01)
    assert after["brier"] < before["brier"]


def test_whole_sets_are_left_out_where_there_are_several() -> None:
    sets = [verdicts("b1", "meeting.held", 30, 0), [], verdicts("c1", "meeting.held", 15, 15)]
    found = {entry["left_out"]: entry for entry in checks(AT_HOME, sets)}
    assert set(found) == {"document", "set"}
    assert found["set"]["expected"] == found["document"]["expected"]
    assert checks(AT_HOME, [verdicts("b1", "meeting.held", 3, 0)]) == []
