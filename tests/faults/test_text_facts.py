"""What becomes of facts when numbers mislead, texts are edited and clocks step back: X12, X13 and T3."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.extract.knowledge.knowledge import load_knowledge
from tasks.extract.mentions import find_mentions
from tests.golden.conftest import fetch_folder, process_captures, publish_all
from tests.golden.reviewed import release_database
from tests.unit.extract.conftest import document
from tests.unit.warehouse.sample import curated_tables
from warehouse import commits, ledger
from warehouse.publication import ReleaseContext, current, history, publish
from warehouse.settings import Settings

FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 21)
SIGNED = "Lithuania and Montenegro signed a readmission protocol in Podgorica on 2 July 2025."
MET = "The Interior Minister of Serbia met with the Interior Minister of North Macedonia in Budva on 12 May 2025."
AGREED = (
    "The participants agreed to exchange information more quickly and to review the results together. "
    "The talks were held in a constructive atmosphere and will be continued at the level of experts next year."
)


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Settings().reference_dir)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The centre took in 58 people on Monday.", [(58, "people")]),
        ("The centre took in 58 000 people last winter.", [(58_000, "people")]),
        ("The centre took in 58\u00a0000 people last winter.", [(58_000, "people")]),
        ("The donors pledged EUR 1.5 million for the centre.", [(1_500_000, "EUR")]),
        ("The donors pledged EUR 1.5 million and 58 000 places.", [(1_500_000, "EUR"), (58_000, "places")]),
        ("For questions call +370 5 271 7112 or 00 800 67 89 10 11.", []),
        ("The programme was agreed in 2018 and ended in 2024.", []),
        ("The house stands in room 58 of the building.", []),
    ],
)
def test_x12_a_number_is_an_amount_with_its_unit_or_none(knowledge, text, expected):
    """X12: a group of thousands is one number; a telephone number, a year and a room are no amounts."""
    found, _ = find_mentions(document(text), knowledge)
    amounts = [(mention.value_min, mention.unit) for mention in found if mention.kind == "quantity"]
    assert amounts == expected


def run(home: Path, folder: Path, day: date, sentences: list[str], read_at: datetime) -> None:
    """Live through a day on which the announcement reads so and the clock stands so; publish."""
    folder.mkdir(exist_ok=True)
    paragraphs = "\n\n".join([*sentences, AGREED])
    (folder / "a.txt").write_text(f"Ministers of the region on migration\n\n{paragraphs}\n")
    line = {"doc_id": "a", "file": "a.txt", "url": "https://ministry.example/a", "retrieved_at": read_at.isoformat()}
    (folder / "manifest.jsonl").write_text(json.dumps(line) + "\n")
    publish_all(home, process_captures(home, fetch_folder(home, folder, day)))


def test_x13_t3_a_fact_whose_sentence_is_gone_is_retired_with_a_reason(tmp_path):
    """X13: the evidence is edited away. T3: the clock stood back when that was read, and the day of the run decides."""
    home, folder = tmp_path / "home", tmp_path / "folder"
    run(home, folder, FIRST, [SIGNED, MET], datetime(2026, 11, 20, 6, tzinfo=UTC))
    events = "SELECT event_id, event_type, CAST(start_on AS VARCHAR) FROM fact_event ORDER BY start_on"
    with release_database(home) as base:
        met, signed = base.execute(events).fetchall()
    assert [met[1:], signed[1:]] == [("meeting", "2025-05-12"), ("agreement_signed", "2025-07-02")]
    run(home, folder, SECOND, [MET], datetime(2026, 11, 20, 5, tzinfo=UTC))
    with release_database(home) as base:
        assert base.execute(events).fetchall() == [met]
        told = base.execute("SELECT change, reason FROM fact_change WHERE fact_id = ?", [signed[0]]).fetchall()
        assert base.execute("SELECT status FROM id_registry WHERE id = ?", [signed[0]]).fetchall() == [("retired",)]
        versions = base.execute("SELECT count(*), count(*) FILTER (is_current) FROM dim_document WHERE url IS NOT NULL")
        assert versions.fetchall() == [(2, 1)]
    ((change, reason),) = told
    assert change == "retired"
    assert "sentence" in reason


def test_t3_releases_and_runs_are_in_order_whatever_the_clock_says(tmp_path, monkeypatch):
    """T3: a clock twenty years back between two releases changes neither their order nor which one is current."""

    class SetBack(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2006, 1, 1, tzinfo=tz)

    home = tmp_path / "home"
    first, run_before = publish(home, curated_tables(), ReleaseContext("run_1")), start_run(home)
    monkeypatch.setattr(commits, "datetime", SetBack)
    monkeypatch.setattr(ledger, "datetime", SetBack)
    second = publish(home, curated_tables(with_visit=True), ReleaseContext("run_2"))
    assert first is not None and second is not None
    assert current(home) == second
    assert second.manifest["parent"] == first.release_id
    assert [commit.release_id for commit in history(home)] == [first.release_id, second.release_id]
    assert run_before < start_run(home)


def start_run(home):
    """Start and end a run; return its id."""
    started = ledger.Ledger(home).start("publish", FIRST, {})
    started.finish("published", 0)
    return started.run_id
