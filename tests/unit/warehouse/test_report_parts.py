"""The parts of the report that need no browser: text that hides, addresses, packing, tables nobody foresaw, runs."""

import base64
import gzip
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.unit.warehouse.sample import EVENT, curated_tables
from warehouse.errors import StorageError
from warehouse.ledger import Ledger
from warehouse.publication import Release, ReleaseContext, publish
from warehouse.report import RunQuality, quality_of_runs, render_report
from warehouse.report.evidence import FACTS_A_BLOCK
from warehouse.report.relations import relations_of
from warehouse.report.text import visible, visible_column, web_address
from warehouse.storage import Store
from warehouse.tables import quality

BLOCK = re.compile(r'<script type="application/octet-stream" id="([\w-]+)">([^<]*)</script>')


def packed(page: bytes) -> dict[str, Any]:
    """The data blocks of a page by id."""
    return {
        name: json.loads(gzip.decompress(base64.b64decode(data))) for name, data in BLOCK.findall(page.decode("utf-8"))
    }


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    published = publish(
        tmp_path_factory.mktemp("home"),
        curated_tables(with_visit=True),
        ReleaseContext("run_1", gaps={"mvp<b>": "timed out </script><script>alert(1)</script>"}),
    )
    assert published is not None
    return published


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x1b", "\x00", "\U000e0041", "\u061c"])
def test_a_sign_that_hides_or_reverses_is_named(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a‹U+{ord(sign):04X}›b"
    column = pa.chunked_array([["plain", None, f"a{sign}b"]])
    assert visible_column(column).to_pylist() == ["plain", None, f"a‹U+{ord(sign):04X}›b"]


@pytest.mark.parametrize("text", ["Краматорск", "Kondratović", "👩\u200d🚒", "می\u200cخواهم", "a\nb\tc", "<b>&"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("url", "is_web"),
    [
        ("https://example.org/a?b#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, is_web: bool) -> None:
    assert web_address(url) == (url if is_web else None)


def test_the_page_holds_events_and_passages_of_the_release(release: Release) -> None:
    page = render_report(release.duckdb_path, release.manifest)
    blocks = packed(page)
    core = blocks["data-core"]
    events = core["events"]
    words = blocks["data-words-0"]
    at = words["id"].index(EVENT)
    assert len(words["id"]) == release.rows["fact_event"] == core["events_total"] == core["n_events"]
    assert events["pools"]["types"][events["type"][at]] == "meeting"
    assert events["start"][at] == (date(2025, 5, 12) - date(1970, 1, 1)).days
    assert events["pools"]["places"][events["place"][at]] == "Budva"
    roles, names = events["pools"]["roles"], events["pools"]["parties"]
    own = range(events["party_end"][at - 1] if at else 0, events["party_end"][at])
    assert {(roles[events["party_role"][n]], names[events["party_name"][n]]) for n in own} == {
        ("host", "Montenegro"), ("participant", "Montenegro"), ("participant", "Lithuania"),
    }  # fmt: skip
    offices, candidates = events["pools"]["offices"], events["pools"]["candidates"]
    own = range(events["candidate_end"][at - 1] if at else 0, events["candidate_end"][at])
    assert {(offices[events["candidate_office"][n]], candidates[events["candidate_name"][n]]) for n in own} == {
        ("Minister of the Interior (Montenegro)", "Jane Doe"),
        ("Minister of the Interior (Montenegro)", visible("<b>John\u202e Roe</b>")),
    }
    assert not {"Jane Doe"} & set(names)
    ((document, role, rule, confidence, start, end, before, quote, after, cut, more),) = blocks["data-evidence-0"][
        "passages"
    ][at]
    text = release.read("document_text").to_pylist()[0]["text"]
    assert (before + quote + after, quote) == (text, text[start:end])
    assert (role, rule, confidence, cut, more) == ("primary", "frames.meeting.1", 0.9, 0, 0)
    assert words["quote"][at] == quote
    assert blocks["data-documents"][document][2] == "https://example.org/budva"


def test_a_gap_is_told_as_text(release: Release) -> None:
    page = render_report(release.duckdb_path, release.manifest).decode()
    assert "timed out &lt;/script&gt;&lt;script&gt;alert(1)" in page
    assert "mvp&lt;b&gt;" in page
    assert "<script>alert" not in page


def test_many_facts_come_in_blocks_in_their_order(tmp_path: Path) -> None:
    tables = curated_tables()
    n = FACTS_A_BLOCK + 3
    event, evidence = tables["fact_event"].to_pylist()[0], tables["bridge_fact_evidence"].to_pylist()[0]
    ids = [f"evt_{number:026d}" for number in range(n)]
    tables["fact_event"] = pa.Table.from_pylist([event | {"event_id": i} for i in ids], tables["fact_event"].schema)
    tables["bridge_fact_evidence"] = pa.Table.from_pylist(
        [evidence | {"fact_id": i} for i in ids[1:]], tables["bridge_fact_evidence"].schema
    )
    release = publish(tmp_path, tables, ReleaseContext("run_1"))
    assert release is not None
    blocks = packed((release.path / "report.html").read_bytes())
    assert [len(blocks[f"data-evidence-{number}"]["passages"]) for number in (0, 1)] == [FACTS_A_BLOCK, 3]
    assert [len(found) for found in blocks["data-evidence-0"]["passages"][:3]] == [0, 1, 1]


def test_a_table_nobody_foresaw_is_shown_with_its_comments(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "more.duckdb"
    path.write_bytes(release.duckdb_path.read_bytes())
    with duckdb.connect(str(path)) as base:
        base.execute(
            "CREATE TABLE fact_surprise (surprise_id VARCHAR, event_id VARCHAR, said VARCHAR, amount DECIMAL(18,2))"
        )
        base.execute("COMMENT ON TABLE fact_surprise IS 'Grain: one surprise.'")
        base.execute("COMMENT ON COLUMN fact_surprise.said IS 'What was said.'")
        base.execute("INSERT INTO fact_surprise VALUES ('s_1', ?, 'a\u202eb', 1.50)", [EVENT])
        found = {one["name"]: one for one in relations_of(base, {EVENT, "qty_1"})}
    shown = found["fact_surprise"]
    assert (shown["title"], shown["description"], shown["total"]) == ("Surprise", "Grain: one surprise.", 1)
    assert [column[0] for column in shown["columns"]] == ["event_id", "said", "amount"]
    assert shown["columns"][1][2] == "What was said."
    assert shown["rows"] == [(EVENT, "a‹U+202E›b", "1.50")]
    assert shown["columns"][0][1] == "FACT"
    assert found["fact_quantity"]["rows"][0][0] == "qty_1", "the key of a fact leads to its evidence"
    assert [row[0] for row in found["dim_place"]["rows"]] == ["Budva"], "the unknown member is no row"


def test_a_release_without_a_database_is_a_clear_error(tmp_path: Path, release: Release) -> None:
    with pytest.raises(StorageError, match="the report could not be made"):
        render_report(tmp_path / "absent.duckdb", release.manifest)


def verdicts(home: Path, run_id: str, *found: str) -> None:
    rows = [
        {
            "run_id": run_id, "stage": "clean", "table_name": "documents.documents", "rule": f"rule {n}",
            "severity": "warning", "verdict": verdict, "n_rows": 10, "n_unexpected": n, "consequence": "x",
        }
        for n, verdict in enumerate(found)
    ]  # fmt: skip
    Store(home).write(
        quality.GATE_RESULTS, pa.Table.from_pylist(rows, quality.GATE_RESULTS.schema), stem=f"{run_id}-clean"
    )


def test_quality_goes_over_the_last_gated_runs(home: Path) -> None:
    ledger = Ledger(home)
    runs = [ledger.start("daily", date(2025, 5, day), {}) for day in (1, 2, 3, 4)]
    runs[0].finish("published", 0)
    verdicts(home, runs[0].run_id, "passed", "failed")
    runs[1].finish("GateBlockedError", 4)
    verdicts(home, runs[1].run_id, "passed", "broken", "failed")
    runs[2].finish("unchanged", 0)
    verdicts(home, runs[3].run_id, "passed")
    found = quality_of_runs(home)
    assert [(run.logical_date.day, run.outcome, run.n_unexpected) for run in found] == [
        (1, "published", 1), (2, "GateBlockedError", 3), (4, "running", 0),
    ]  # fmt: skip
    assert found[1].verdicts == Counter(passed=1, broken=1, failed=1)
    assert [run.logical_date.day for run in quality_of_runs(home, most=3)] == [2, 4]
    damaged = next((home / "quality").rglob(f"{runs[0].run_id}-*.parquet"))
    damaged.write_bytes(b"PAR1")
    assert [run.logical_date.day for run in quality_of_runs(home)] == [2, 4]


def test_the_page_shows_the_runs(release: Release) -> None:
    runs = [RunQuality("run_0", date(2025, 5, 1), "published", Counter(passed=7, failed=1), 4)]
    page = render_report(release.duckdb_path, release.manifest, runs).decode()
    assert '<th scope="row">2025-05-01</th><td>published</td>' in page
    assert 'width="87.5"' in page
    assert "no gated run" in render_report(release.duckdb_path, release.manifest).decode()
