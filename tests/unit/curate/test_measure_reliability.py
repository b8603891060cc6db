"""What rules are worth: counts drawn towards the family, circumstances, calibration, and the table as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.curate.measure.calibration import by_half_and_kind, calibration
from tasks.curate.measure.judging import Verdict
from tasks.curate.measure.reliability import reliability
from warehouse.errors import ConfigurationError
from warehouse.reliability import Reliability, Worth, circumstances_of, read_reliability, reliability_csv
from warehouse.settings import Settings


def verdicts(rule: str, right: int, wrong: int, kind: str = "claim", *circumstances: str) -> list[Verdict]:
    """So many rows of a rule, right and wrong."""
    return [Verdict("t01", kind, rule, 0.5, one < right, circumstances) for one in range(right + wrong)]


def values(rows: list[Worth], level: str = "rule") -> dict[str, float]:
    return {row.name: row.value for row in rows if row.level == level}


def test_a_rare_rule_says_what_its_family_says_and_a_frequent_one_speaks_for_itself() -> None:
    seen = [*verdicts("meeting.a", 90, 10), *verdicts("meeting.b", 30, 70), *verdicts("meeting.c", 1, 0)]
    worth = values(reliability(seen))
    family = values(reliability(seen), "family")["meeting"]
    assert worth["meeting.a"] == pytest.approx(0.9, abs=0.02)
    assert worth["meeting.b"] == pytest.approx(0.3, abs=0.02)
    assert family < worth["meeting.c"] < 0.9
    assert family == pytest.approx(121 / 201, abs=0.02)


def test_rules_that_differ_weigh_their_family_less_than_rules_that_agree() -> None:
    differing = [*verdicts("m.a", 20, 0), *verdicts("m.b", 0, 20), *verdicts("m.c", 1, 0)]
    agreeing = [*verdicts("m.a", 10, 10), *verdicts("m.b", 10, 10), *verdicts("m.c", 1, 0)]
    assert values(reliability(differing))["m.c"] > values(reliability(agreeing))["m.c"]


def test_kinds_do_not_mix_and_nothing_is_certain() -> None:
    rows = reliability([*verdicts("x.a", 500, 0, "mention"), *verdicts("x.a", 0, 50, "claim")])
    by_kind = {(row.level, row.kind): row.value for row in rows}
    assert 0.99 < by_kind["rule", "mention"] < 1.0
    assert 0.0 < by_kind["rule", "claim"] < 0.1


def test_a_circumstance_has_the_ratio_of_what_was_right_to_what_its_rules_let_expect() -> None:
    seen = [*verdicts("m.a", 80, 0), *verdicts("m.a", 0, 40, "claim", "date:document"), *verdicts("m.a", 1, 0)]
    ratio = values(reliability(seen), "circumstance")["date:document"]
    expected = values(reliability(seen))["m.a"] * 40
    assert ratio == pytest.approx(10 / (expected + 10), abs=0.01)


def test_the_order_of_verdicts_does_not_matter() -> None:
    seen = [*verdicts("m.a", 3, 2), *verdicts("n.b", 1, 4), *verdicts("t.c", 2, 2, "topic")]
    assert reliability_csv(reliability(seen)) == reliability_csv(reliability(seen[::-1]))


def test_the_bounds_hold_the_share_that_was_right() -> None:
    (rule,) = [row for row in reliability(verdicts("m.a", 8, 2)) if row.level == "rule"]
    assert rule.low is not None
    assert rule.high is not None
    assert (rule.low, rule.high) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))


# --- calibration ------------------------------------------------------------------------------------------------------


def test_expected_and_observed() -> None:
    rows = [Verdict("d", "claim", "r.x", 0.9, right) for right in (True, True, False, True)]
    rows += [Verdict("d", "claim", "r.y", 0.2, False)]
    found = calibration(rows)
    assert (found["n"], found["observed"]) == (5, 0.6)
    assert found["expected"] == pytest.approx(0.76)
    assert found["brier"] == pytest.approx((3 * 0.01 + 0.81 + 0.04) / 5)
    assert [(one["from"], one["n"], one["observed"]) for one in found["bins"]] == [(0.0, 1, 0.0), (0.9, 4, 0.75)]
    assert calibration([])["brier"] is None


def test_halves_and_kinds_are_told_apart() -> None:
    rows = [Verdict("d", "claim", "r.x", 0.9, True), Verdict("e", "claim", "r.x", 0.9, False)]
    found = by_half_and_kind([*rows, Verdict("e", "topic", "t.x", 0.9, True)], {"d": "a", "e": "b"})
    assert [(one["half"], one["kind"], one["observed"]) for one in found] == [
        ("a", "claim", 1.0), ("b", "claim", 0.0), ("b", "topic", 1.0),
    ]  # fmt: skip


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = reliability([*verdicts("m.a", 3, 2, "claim", "date:lead"), *verdicts("t.c", 2, 2, "topic")])
    (tmp_path / "reliability.csv").write_text(reliability_csv(rows), "utf-8")
    assert read_reliability(tmp_path) == rows


def test_the_table_of_the_knowledge_was_measured_on_enough() -> None:
    rows = read_reliability(Settings().reference_dir)
    judged = {
        kind: sum(r.n_judged for r in rows if (r.level, r.kind) == ("rule", kind)) for kind in ("claim", "mention")
    }
    assert judged["claim"] > 100
    assert judged["mention"] > 500
    families = {row.name: row.n_judged for row in rows if row.level == "family"}
    for name, n_judged in families.items():
        own = [r.n_judged for r in rows if r.level == "rule" and r.name.partition(".")[0] == name]
        assert sum(own) == n_judged, name


@pytest.mark.parametrize(
    "line",
    [
        "rule,claim,m.a,3,4,0.5,,",
        "rule,claim,m.a,3,2,1.5,,",
        "rule,guess,m.a,3,2,0.5,,",
        "rule,claim,m.a,three,2,0.5,,",
        "rule,claim,,3,2,0.5,,",
        "rule,claim,m.a,3,2,0.5,,\nrule,claim,m.a,3,2,0.5,,",
    ],
)
def test_a_wrong_row_is_an_error_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "reliability.csv").write_text(f"level,kind,name,n_judged,n_right,value,low,high\n{line}\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"reliability\.csv:[23]"):
        read_reliability(tmp_path)


def test_what_stands_elsewhere_is_a_circumstance() -> None:
    assert circumstances_of("text", "text", True) == ()
    assert circumstances_of("lead", None, False) == ("date:lead", "country:none", "parties:none")


def test_a_rule_that_was_never_judged_has_the_worth_of_its_family_and_else_its_prior() -> None:
    rows = [
        Worth("family", "claim", "meeting", 9, 8, 0.8, None, None),
        Worth("rule", "claim", "meeting.held", 5, 5, 0.9, None, None),
        Worth("circumstance", "claim", "date:lead", 5, 4, 0.5, None, None),
        Worth("circumstance", "claim", "country:lead", 5, 5, 9.0, None, None),
    ]
    table = Reliability(rows)
    assert table.confidence("claim", "meeting.held", 0.3) == 0.9
    assert table.confidence("claim", "meeting.new", 0.3) == 0.8
    assert table.confidence("claim", "visit.new", 0.3) == 0.3
    assert table.confidence("mention", "meeting.held", 0.3) == 0.3
    assert table.confidence("claim", "meeting.held", 0.3, ("date:lead", "date:never")) == 0.45
    assert table.confidence("claim", "meeting.held", 0.3, ("country:lead",)) == 0.999
