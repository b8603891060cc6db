"""The question pack: every question runs on the release of the sample announcements and has the answer beside it."""

import re
from pathlib import Path

import pytest

from tests.golden.questions import QUESTIONS, SQL, answers
from warehouse.duckdb_file import load_views
from warehouse.tables import CURATED


@pytest.fixture(scope="module")
def given(sample_home: Path) -> dict[str, str]:
    return dict(answers(sample_home))


@pytest.mark.parametrize("name", SQL)
def test_the_answer_is_the_one_that_was_reviewed(given: dict[str, str], name: str) -> None:
    reviewed = (QUESTIONS / f"{name}.csv").read_text("utf-8").splitlines()
    lines = given[name].splitlines()
    assert lines[0] == reviewed[0]
    assert sorted(lines[1:]) == sorted(reviewed[1:])


@pytest.mark.parametrize("name", SQL)
def test_a_question_says_what_it_asks_its_grain_and_its_caveats(name: str) -> None:
    head = SQL[name].split("SELECT")[0].split("WITH")[0]
    assert re.match(r"-- Question: .+\?\n", head)
    assert "\n-- Grain: one " in head
    assert re.search(r"\n-- Caveats: [`\w]+", head)


def test_there_are_twenty_questions_numbered_in_order_and_each_is_listed() -> None:
    assert [name.partition("_")[0] for name in SQL] == [f"{number:02}" for number in range(1, 21)]
    assert {path.stem for path in QUESTIONS.glob("*.csv")} == set(SQL)
    listed = re.findall(r"\]\((\d\d_\w+)\.sql\)", (QUESTIONS / "README.md").read_text("utf-8"))
    assert listed == list(SQL)


def test_the_questions_use_every_view_and_every_fact_table_of_a_reader() -> None:
    words = set(re.findall(r"\w+", " ".join([*SQL.values(), *(view.query for view in load_views())])))
    facts = {contract.name for contract in CURATED if contract.name.startswith("fact_")}
    assert facts - words == {"fact_change", "fact_gate_result"}
    asked = set(re.findall(r"\w+", " ".join(SQL.values())))
    assert {"v_event_flat", "v_dyad", "v_participation_matrix", "v_instrument_timeline", "v_pledges"} <= asked
