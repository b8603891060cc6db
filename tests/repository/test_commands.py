"""The command line as scripts meet it: help, exit codes, and JSON with stable keys."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main

from flows.cli.app import app
from tests.repository.conftest import HOSTILE_NAME, Command
from warehouse.publication import current

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# Every command of the design and no other.
EXPECTED = {
    "demo", "run", "backfill", "status", "query", "explain", "quarantine", "verify", "doctor", "rollback", "gc",
    "annotations", "evaluate", "calibrate", "inspect", "labellers", "sources", "archive", "diff", "review", "correct",
    "report", "knowledge",
}  # fmt: skip
# Commands that look at a warehouse: with the words they need beside --home.
ON_A_WAREHOUSE = {
    "status": [], "query": ["SELECT 1"], "explain": ["evt_x"], "quarantine": [], "verify": [], "doctor": [],
    "report": [], "rollback": [], "gc": [], "diff": [], "review": [], "annotations": ["--out", "annotations"],
    "labellers": [],
}  # fmt: skip
HEAVY = ("prefect", "great_expectations")
SECONDS = 120

# Runs command lines in one process and says of each what it came to and which heavy modules are loaded after it.
SEVERAL = """
import contextlib, io, json, sys
from flows.cli import main

ended = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["communique", *words]
    out = io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    ended.append({"code": code, "out": out.getvalue(), "modules": sorted(sys.modules)})
print(json.dumps(ended))
"""


def several(*lines: list[str]) -> list[dict[str, Any]]:
    """Run command lines one after the other in one process of their own."""
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL, json.dumps(lines)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


# --- help -------------------------------------------------------------------------------------------------------------


def test_there_is_every_command_and_no_other() -> None:
    assert set(COMMANDS) == EXPECTED


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_and_each_of_its_options_say_what_they_are_for(name: str) -> None:
    assert len((COMMANDS[name].help or "").split()) > 3
    assert [option.name for option in COMMANDS[name].params if not getattr(option, "help", None)] == []


def test_every_help_ends_well_and_neither_it_nor_status_loads_prefect_or_the_gates(tmp_path: Path) -> None:
    lines = [["--help"], *([name, "--help"] for name in sorted(COMMANDS)), ["status", "--home", str(tmp_path)]]
    for words, ended in zip(lines, several(*lines), strict=True):
        assert ended["code"] == 0, words
        assert [module for module in ended["modules"] if module.split(".")[0] in HEAVY] == [], words
        if "--help" in words:
            assert ended["out"].startswith("Usage: communique")
            shown = " ".join(ended["out"].split())
            assert " ".join((COMMANDS[words[0]].help if words[0] in COMMANDS else app.info.help).split())[:60] in shown
        else:
            assert "none yet" in ended["out"]


def test_the_installed_program_shows_its_commands() -> None:
    program = Path(sys.executable).with_name("communique")
    done = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0
    assert {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()} >= EXPECTED


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["status", "--no-such-option"],
        ["explain"],
        ["run", "--date", "31-12-2025"],
        ["run", "--date", "2025-02-30"],
        ["backfill", "--from", "2025-01-01"],
        ["gc", "--keep", "0"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_understood_exits_2_and_says_so(communique: Command, words: list[str]) -> None:
    ended = communique(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert len(ended.err.splitlines()) > 1
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", sorted(ON_A_WAREHOUSE))
def test_where_there_is_no_warehouse_it_exits_2_and_makes_none(communique: Command, tmp_path: Path, name: str) -> None:
    nowhere = tmp_path / "nowhere"
    ended = communique(name, *ON_A_WAREHOUSE[name], "--home", nowhere)
    assert (ended.code, ended.out) == (2, "")
    assert str(nowhere) in ended.err
    assert "--home" in ended.err
    assert not nowhere.exists()


@pytest.mark.parametrize("fact_id", ["evt_nothing", "nothing", "", "evt_' OR '1'='1"])
def test_an_unknown_id_exits_2(communique: Command, demo_home: Path, fact_id: str) -> None:
    ended = communique("explain", fact_id, "--home", demo_home)
    assert (ended.code, ended.out) == (2, "")
    assert "communique query" in ended.err


@pytest.mark.parametrize(
    "sql", ["SELEC 1", "SELECT * FROM no_such_table", "DELETE FROM fact_event", "COPY fact_event TO 'leak.csv'"]
)
def test_sql_that_is_wrong_or_would_change_something_exits_2(communique: Command, demo_home: Path, sql: str) -> None:
    ended = communique("query", sql, "--home", demo_home)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("communique: query: ")


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_json_of_status(communique: Command, demo_home: Path) -> None:
    found = communique("status", "--home", demo_home, "--json")
    assert found.code == 0
    assert found.json.keys() == {"archived", "home", "release", "runs", "staged", "warning"}
    (archived,) = found.json["archived"].values()
    assert archived.keys() == {"documents", "first", "last"}
    assert {frozenset(run) for run in found.json["runs"]} == {
        frozenset({"run_id", "kind", "logical_date", "outcome", "exit_code"})
    }
    release = current(demo_home)
    assert release is not None
    assert found.json["release"] == release.release_id


def test_json_of_query_has_the_names_of_the_select(communique: Command, demo_home: Path) -> None:
    sql = "SELECT event_type AS kind, start_on, confidence FROM fact_event ORDER BY event_id"
    found = communique("query", sql, "--home", demo_home, "--json")
    assert found.code == 0
    assert found.json
    assert {tuple(row) for row in found.json} == {("confidence", "kind", "start_on")}
    assert communique("query", f"{sql} LIMIT 0", "--home", demo_home, "--json").json == []


def test_json_of_explain_walks_back_to_the_archived_bytes(communique: Command, demo_home: Path) -> None:
    ask = "SELECT event_id FROM fact_event WHERE n_documents > 1 ORDER BY event_id LIMIT 1"
    event_id = communique("query", ask, "--home", demo_home, "--json").json[0]["event_id"]
    found = communique("explain", event_id, "--home", demo_home, "--json")
    assert found.code == 0
    assert found.json.keys() == {"id", "redirected_from", "release", "table", "fact", "evidence"}
    assert (found.json["id"], found.json["table"]) == (event_id, "fact_event")
    assert len({passage["document_version_id"] for passage in found.json["evidence"]}) > 1
    for passage in found.json["evidence"]:
        assert passage.keys() >= {
            "quote", "start", "end", "evidence_role", "rule_id", "confidence", "sentence_id", "document_version_id",
            "title", "url", "published_on", "body_sha256", "retrieved_at", "archived",
        }  # fmt: skip
        (capture,) = passage["archived"]
        assert (demo_home / capture["file"]).is_file()
        assert [fetch["outcome"] for fetch in capture["fetches"]] == ["captured"]


# What a person may ask about, and which of its passages' grounds are always known.
EXPLAINED = {
    "fact_event": "event_id", "fact_quantity": "quantity_id", "fact_instrument_status": "instrument_status_id",
    "fact_statement": "statement_id", "fact_claim": "claim_id", "fact_mention": "mention_id", "dim_document": "doc_id",
    "dim_person": "person_id", "dim_organisation": "organisation_id", "dim_place": "place_id",
    "dim_instrument": "instrument_id", "dim_role_spell": "role_spell_id",
}  # fmt: skip


@pytest.mark.parametrize("table", EXPLAINED)
def test_every_kind_of_fact_is_explained_by_rule_and_zone(communique: Command, demo_home: Path, table: str) -> None:
    key = EXPLAINED[table]
    ask = f"SELECT {key} AS id FROM {table} WHERE NOT ends_with({key}, '_unknown') ORDER BY 1 LIMIT 1"  # noqa: S608
    (one,) = communique("query", ask, "--home", demo_home, "--json").json
    found = communique("explain", one["id"], "--home", demo_home, "--json").json
    assert found["table"] == table
    assert found["evidence"]
    for passage in found["evidence"]:
        assert passage["rule_id"]
        assert passage["zone"]
        assert 0 < passage["confidence"] < 1
        assert "knowledge" in passage


def test_the_knowledge_and_the_anchor_behind_a_passage_are_named(communique: Command, demo_home: Path) -> None:
    ask = "SELECT event_id FROM fact_event WHERE event_type = 'meeting' AND n_documents > 1 ORDER BY 1 LIMIT 1"
    (event,) = communique("query", ask, "--home", demo_home, "--json").json
    found = communique("explain", event["event_id"], "--home", demo_home, "--json").json
    rows = {passage["knowledge"] for passage in found["evidence"]}
    rows |= {party["knowledge"] for passage in found["evidence"] for party in passage["parties"]}
    named = sorted(row for row in rows if row)
    assert any(row.startswith("frames/meeting.yaml:") for row in named)
    assert any(row.startswith("territories.csv:") for row in named)
    reference = Path(__file__).resolve().parents[2] / "seeds" / "reference"
    for row in named:
        file, _, line = row.partition(":")
        content = (reference / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert "id: meeting." in content if file.startswith("frames/") else content[0].isalnum()
    shown = communique("explain", event["event_id"], "--home", demo_home).out
    assert re.search(r"knowledge +frames/meeting\.yaml:\d+", shown)


def test_a_country_and_a_claim_with_a_relative_date_are_explained(communique: Command, demo_home: Path) -> None:
    ask = "SELECT min(entity_id) AS id FROM fact_mention WHERE kind = 'territory'"
    (country,) = communique("query", ask, "--home", demo_home, "--json").json
    found = communique("explain", country["id"], "--home", demo_home, "--json").json
    assert found["fact"]["kind"] == "territory"
    assert {passage["rule_id"] for passage in found["evidence"]} == {"territory.name"}
    ask = (
        "SELECT claim_id FROM fact_claim "
        "WHERE date_verbatim IS NOT NULL AND NOT regexp_matches(date_verbatim, '[0-9]') ORDER BY 1"
    )
    claims = communique("query", ask, "--home", demo_home, "--json").json
    chains = [communique("explain", one["claim_id"], "--home", demo_home, "--json").json for one in claims[:3]]
    assert any(passage["date_anchor"] for chain in chains for passage in chain["evidence"])


def test_json_of_verify(communique: Command, demo_home: Path) -> None:
    found = communique("verify", "--home", demo_home, "--json")
    release = current(demo_home)
    assert release is not None
    assert (found.code, found.json) == (0, {"problems": [], "release": release.release_id})


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-1] + b"?"], ids=["cut", "flipped"])
def test_json_of_verify_and_doctor_where_a_file_is_damaged(
    communique: Command, own_home: Path, damage: Callable[[bytes], bytes]
) -> None:
    release = current(own_home)
    assert release is not None
    victim = next(release.path.rglob("fact_event.parquet"))
    whole = victim.read_bytes()
    try:
        victim.write_bytes(damage(whole))
        verified = communique("verify", "--home", own_home, "--json")
        looked_at = communique("doctor", "--home", own_home, "--json")
    finally:
        victim.write_bytes(whole)
    assert verified.code == 6
    assert verified.json.keys() == {"problems", "release"}
    assert {frozenset(problem) for problem in verified.json["problems"]} == {frozenset({"kind", "path", "what"})}
    assert "fact_event.parquet" in verified.json["problems"][0]["path"]
    assert looked_at.code == 1
    assert {frozenset(finding) for finding in looked_at.json} == {frozenset({"what", "mend"})}
    assert any("fact_event.parquet" in finding["what"] for finding in looked_at.json)


def test_json_of_doctor_where_nothing_is_to_mend(communique: Command, demo_home: Path) -> None:
    found = communique("doctor", "--home", demo_home, "--json")
    assert [finding for finding in found.json if "MB are left on the disk" not in finding["what"]] == []


def test_json_of_quarantine(communique: Command, own_home: Path) -> None:
    found = communique("quarantine", "--home", own_home, "--json")
    assert found.code == 0
    (refused,) = [row for row in found.json if row["what"] == "document"]
    assert refused.keys() == {"what", "key", "source", "rule", "reason"}
    assert (refused["key"], refused["rule"]) == (HOSTILE_NAME, "empty")
