import datetime as dt
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import ledger as ledger_module
from warehouse.errors import ConfigurationError
from warehouse.ledger import Ledger
from warehouse.lock import warehouse_lock
from warehouse.paths import check_slug
from warehouse.processes import ProcessIdentity, this_process

DAY = dt.date(2025, 7, 1)
CRASH = """
import datetime as dt, os, sys
from pathlib import Path
from warehouse.ledger import Ledger
run = Ledger(Path(sys.argv[1])).start("run", dt.date(2025, 7, 1), {"folder": "seeds"})
run.stage("fetch", {"captured": 3})
print(run.run_id, flush=True)
os.kill(os.getpid(), 9)
"""


def crashed_run(home: Path) -> str:
    done = subprocess.run([sys.executable, "-c", CRASH, home], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -9
    return done.stdout.strip()


def test_a_run_is_recorded_from_start_to_end(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {"folder": "seeds", "home": Path("x")})
    (record,) = ledger.runs()
    assert (record.outcome, record.exit_code, record.finished_at) == ("running", None, None)
    run.stage("fetch", {"captured": 3})
    run.stage("clean", {"documents": 2, "quarantined": 1})
    run.finish("published", 0, {"release": "rel_1"})
    (record,) = ledger.runs()
    assert (record.run_id, record.kind, record.logical_date) == (run.run_id, "run", DAY)
    assert record.parameters == {"folder": "seeds", "home": "x"}
    assert [(stage.name, stage.counters) for stage in record.stages] == [
        ("fetch", {"captured": 3}),
        ("clean", {"documents": 2, "quarantined": 1}),
    ]
    assert (record.outcome, record.exit_code, record.details) == ("published", 0, {"release": "rel_1"})
    assert record.finished_at is not None
    assert record.process == this_process()
    assert ledger.run(run.run_id) == record
    assert ledger.run("run_x") is None


def test_ids_name_files_and_are_ordered_also_when_the_clock_steps_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path)
    # Two looks at the clock for each start: the id's and the record's.
    hours = [12, 12, 9, 9, 9, 9, 13, 13]

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2025, 7, 1, hours.pop(0), tzinfo=tz)

    monkeypatch.setattr(ledger_module, "datetime", Clock)
    ids = [ledger.start("run", DAY, {}).run_id for _ in range(4)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4
    assert [check_slug(run_id, "run id") for run_id in ids] == ids
    assert [record.run_id for record in ledger.runs()] == ids[::-1]


def test_a_killed_run_shows_as_crashed_at_once_and_is_recorded_at_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Ledger(tmp_path)
    killed = crashed_run(tmp_path)
    lines = (tmp_path / "ledger" / f"{killed}.jsonl").read_text().count("\n")
    (record,) = ledger.runs()
    assert (record.outcome, record.finished_at, record.exit_code) == ("crashed", None, None)
    assert [stage.counters for stage in record.stages] == [{"captured": 3}]
    assert (tmp_path / "ledger" / f"{killed}.jsonl").read_text().count("\n") == lines
    with caplog.at_level(logging.WARNING):
        run = ledger.start("run", DAY, {})
    assert killed in caplog.text
    newest, oldest = ledger.runs()
    assert (newest.run_id, newest.outcome) == (run.run_id, "running")
    assert (oldest.outcome, oldest.details) == ("crashed", {"noticed_by": run.run_id})
    ledger.start("run", DAY, {})
    assert (tmp_path / "ledger" / f"{killed}.jsonl").read_text().count("\n") == lines + 1


def test_a_run_of_a_process_that_lives_is_not_taken_for_crashed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    first = ledger.start("run", DAY, {})
    ledger.start("run", DAY, {})
    record = ledger.run(first.run_id)
    assert record is not None
    assert record.outcome == "running"


def rewrite_start(home: Path, run_id: str, **changed: object) -> None:
    path = home / "ledger" / f"{run_id}.jsonl"
    first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | changed), *rest]) + "\n")


def test_a_process_id_that_was_used_again_is_no_sign_of_life(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {})
    rewrite_start(tmp_path, run.run_id, started=1)
    (record,) = ledger.runs()
    assert record.outcome == "crashed"


def test_a_run_of_another_machine_is_crashed_only_where_we_hold_the_warehouse(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {})
    rewrite_start(tmp_path, run.run_id, machine="elsewhere", pid=2**22 + 1)
    assert ledger.runs()[0].outcome == "running"
    with warehouse_lock(tmp_path):
        assert ledger.runs()[0].outcome == "crashed"


def test_a_run_taken_for_crashed_that_comes_back_has_the_last_word(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {})
    rewrite_start(tmp_path, run.run_id, started=1)
    ledger.start("run", DAY, {})
    run.finish("published", 0)
    record = ledger.run(run.run_id)
    assert record is not None
    assert record.outcome == "published"


def test_torn_lines_and_strange_files_do_not_hide_the_rest(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {})
    with (tmp_path / "ledger" / f"{run.run_id}.jsonl").open("a") as file:
        file.write('{"event": "sta')
    run.finish("published", 0)
    (tmp_path / "ledger" / "run_20250701t000000000000z_00000000.jsonl").write_text("")
    (tmp_path / "ledger" / "notes.jsonl").write_text("{}")
    with caplog.at_level(logging.WARNING):
        (record,) = ledger.runs()
    assert record.outcome == "published"
    assert "torn line" in caplog.text
    assert "no record of a run" in caplog.text


def test_a_hostile_title_stays_on_its_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.start("run", DAY, {"folder": "a\nb\u2028\x1b[31m\ud800"})
    assert (tmp_path / "ledger" / f"{run.run_id}.jsonl").read_bytes().count(b"\n") == 1
    assert ledger.runs()[0].parameters["folder"] == "a\nb\u2028\x1b[31m\ud800"


@pytest.mark.parametrize("outcome", ["running", "crashed"])
def test_a_run_cannot_call_itself_what_only_the_ledger_says(tmp_path: Path, outcome: str) -> None:
    with pytest.raises(ConfigurationError):
        Ledger(tmp_path).start("run", DAY, {}).finish(outcome, 0)


def test_an_ended_process_and_a_zombie_do_not_run() -> None:
    me = this_process()
    assert me.is_running
    assert not ProcessIdentity(me.pid, me.started, "elsewhere").is_running
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    assert not ProcessIdentity(zombie.pid, 12345, me.machine).is_running
    zombie.wait()
    assert not ProcessIdentity(zombie.pid, 12345, me.machine).is_running
    assert not ProcessIdentity(zombie.pid, None, me.machine).is_running
