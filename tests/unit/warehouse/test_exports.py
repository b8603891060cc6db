"""Exports: other forms of the same rows, harmless in a spreadsheet, described for catalogues, the same to the byte."""

import csv
import hashlib
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from tests.unit.warehouse.sample import EVENT, VERSION, curated_tables
from warehouse.contract import TYPES
from warehouse.exports import csv_parts, lineage_events, mart_tables, write_workbook
from warehouse.exports.cells import harmless_column
from warehouse.exports.sheet_rows import sheet_rows
from warehouse.publication import Release, ReleaseContext, publish, verify
from warehouse.tables import CURATED, contract_of

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "\u00a0=1",
    "\uff1d1",
    "\u200b=1",
    "=cmd|' /C calc'!A0",
]
PLAIN = ["", "a=1", "'=1", "1-2", "Budva", "“=1”", "a\n=1"]


def hostile_tables() -> dict[str, pa.Table]:
    """The sample's tables with a title and a name that a spreadsheet would run."""
    tables = curated_tables(with_visit=True)
    documents = tables["dim_document"].to_pylist()
    for row in documents:
        if row["document_version_id"] == VERSION:
            row |= {"title": '=HYPERLINK("https://evil.example","x")', "publisher": "@SUM(A1)\x1b[31m"}
    tables["dim_document"] = pa.Table.from_pylist(documents, contract_of("curated", "dim_document").schema)
    return tables


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    published = publish(tmp_path_factory.mktemp("home"), hostile_tables(), ReleaseContext("run_1"))
    assert published is not None
    return published


def harmless_text(text: str) -> str:
    return str(harmless_column(pa.chunked_array([[text]]))[0].as_py())


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless_column(pa.chunked_array([[text, None]])).to_pylist() == [f"'{text}", None]


@pytest.mark.parametrize("text", PLAIN)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless_column(pa.chunked_array([[text, None]])).to_pylist() == [text, None]


def test_the_apostrophe_is_in_the_exports_and_not_in_the_tables(release: Release) -> None:
    stored = {row["document_version_id"]: row for row in release.read("dim_document").to_pylist()}
    assert stored[VERSION]["title"].startswith("=HYPERLINK")
    written = {row["document_version_id"]: row for row in csv_rows(release.path / "exports/csv/dim_document.csv")}
    assert written[VERSION]["title"] == "'" + stored[VERSION]["title"]
    assert written[VERSION]["publisher"] == "'" + stored[VERSION]["publisher"]
    flat = pq.read_table(release.path / "marts" / "v_event_flat.parquet").to_pylist()
    assert stored[VERSION]["title"] in {row["title"] for row in flat}


@pytest.mark.parametrize("name", [contract.name for contract in CURATED])
def test_csv_has_the_rows_of_the_table_in_its_order(release: Release, name: str) -> None:
    written = csv_rows(release.path / f"exports/csv/{name}.csv")
    stored = release.read(name)
    assert len(written) == len(stored)
    for row, kept in zip(written, stored.to_pylist(), strict=True):
        assert list(row) == stored.column_names
        for column, value in kept.items():
            if value is None:
                assert row[column] == ""
            elif isinstance(value, str):
                assert row[column] == harmless_text(value)
            elif isinstance(value, bool):
                assert row[column] == str(value).lower()
            elif isinstance(value, int | float):
                assert float(row[column]) == value


def test_a_null_and_an_empty_text_differ_in_csv() -> None:
    (data,) = csv_parts(pa.table({"text": ["", None, 'a"b\nc']}))
    assert data == b'"text"\n""\n\n"a""b\nc"\n'


def test_a_long_table_comes_in_several_files_each_with_its_header() -> None:
    parts = list(csv_parts(pa.table({"n": [1, 2, 3], "text": ["a", "=b", None]}), rows=2))
    assert parts == [b'"n","text"\n1,"a"\n2,"\'=b"\n', b'"n","text"\n3,\n']
    assert list(csv_parts(pa.table({"n": pa.array([], pa.int32())}))) == [b'"n"\n']


def test_frictionless_finds_the_csv_files_as_described(release: Release) -> None:
    report = frictionless.Package(str(release.path / "exports" / "datapackage.json")).validate()
    assert [error.message for task in report.tasks for error in task.errors] == []
    assert len(report.tasks) == len(CURATED)
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks} == release.rows


def sheets(path: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
        yield sheet.title, list(sheet.iter_rows(values_only=True))
    book.close()


def test_the_workbook_has_the_rows_and_no_formula(release: Release) -> None:
    found = dict(sheets(release.path / "exports" / "communique.xlsx"))
    assert list(found)[:3] == ["about", "columns", "v_event_flat"]
    for name in set(found) - {"about", "columns", "v_event_flat"}:
        assert len(found[name]) == 1 + release.rows[name], name
        assert list(found[name][0]) == list(contract_of("curated", name).column_names)
    events = dict(zip(found["fact_event"][0], found["fact_event"][1], strict=True))
    assert events["event_id"] == EVENT
    assert events["start_on"].date().isoformat() == "2025-05-12"
    assert events["is_conflicting"] is False
    titles = [row[found["dim_document"][0].index("title")] for row in found["dim_document"][1:]]
    assert '\'=HYPERLINK("https://evil.example","x")' in titles
    listed = {row[0]: row[2] for row in found["about"] if isinstance(row[2], int)}
    assert listed["fact_event"] == release.rows["fact_event"]


def test_a_sheet_is_cut_with_a_note_and_a_cell_with_an_ellipsis(tmp_path: Path) -> None:
    contract = contract_of("curated", "document_text")
    texts = [{"document_version_id": f"ver_{n}", "year": 2025, "body_start": 0, "text": "x" * 40_000} for n in range(5)]
    path = tmp_path / "book.xlsx"
    write_workbook(path, "rel_1", [(contract, pa.Table.from_pylist(texts, contract.schema))], rows=3)
    found = dict(sheets(path))
    assert len(found["document_text"]) == 1 + 3
    assert len(found["document_text"][1][3]) == 32_767
    assert found["document_text"][1][3].endswith("x…")
    (note,) = [row for row in found["about"] if row[0] == "document_text"]
    assert note[1:3] == (3, 5)
    assert "the first 3; all of them in csv/document_text.csv" in note[3]


def test_days_before_excel_counts_are_text(tmp_path: Path) -> None:
    contract = contract_of("curated", "dim_country")
    rows = duckdb.sql("SELECT DATE '1899-12-31' AS early, DATE '1958-01-01' AS late").fetchall()[0]
    table = curated_tables()["dim_country"].slice(0, 1).to_pylist()
    table[0] |= {"eu_member_since_on": rows[0], "eu_member_until_on": rows[1]}
    path = tmp_path / "book.xlsx"
    write_workbook(path, "rel_1", [(contract, pa.Table.from_pylist(table, contract.schema))])
    head, row = dict(sheets(path))["dim_country"]
    values = dict(zip(head, row, strict=True))
    assert values["eu_member_since_on"] == "1899-12-31"
    assert values["eu_member_until_on"].year == 1958


def test_a_cell_says_what_the_table_does_whatever_signs_it_has(tmp_path: Path) -> None:
    contract = contract_of("curated", "dim_document")
    titles = [
        "a & b < c > d \"e\" 'f'",
        " lead and trail ",
        "bell \x07, tab\t, line\nbreak",
        "_x0041_ stays",
        "…\U0001f91d",
    ]
    kept = curated_tables()["dim_document"].to_pylist()[-1] | {"retrieved_at": datetime(2026, 3, 2, 8, 30, tzinfo=UTC)}
    rows = [kept | {"document_version_id": f"ver_{n}", "title": title} for n, title in enumerate(titles)]
    path = tmp_path / "book.xlsx"
    write_workbook(path, "rel_1", [(contract, pa.Table.from_pylist(rows, contract.schema))])
    head, *found = dict(sheets(path))["dim_document"]
    shown = [dict(zip(head, row, strict=True)) for row in found]
    # openpyxl gives the form in which a sheet writes signs that XML cannot hold; a spreadsheet shows the signs.
    assert [unescape(row["title"]) for row in shown] == titles
    assert {row["retrieved_at"] for row in shown} == {datetime(2026, 3, 2, 8, 30)}  # noqa: DTZ001 — a sheet has no zone
    infinite = pa.table({"confidence": [0.5, float("inf"), None]})
    column = contract_of("curated", "fact_event").column("confidence")
    written = sheet_rows(replace(contract, columns=(column,)), infinite, ["A"], {}).decode()
    assert written == (
        '<row r="2"><c r="A2"><v>0.5</v></c></row><row r="3"><c r="A3" t="e"><v>#NUM!</v></c></row><row r="4"></row>'
    )


def test_exports_are_the_same_to_the_byte_whenever_they_are_made(release: Release, tmp_path: Path) -> None:
    time.sleep(2.1)  # what a zip file would stamp
    again = publish(tmp_path, hostile_tables(), ReleaseContext("run_1"))
    assert again is not None
    digests = [{entry["path"]: entry["sha256"] for entry in one.manifest["files"]} for one in (release, again)]
    # DuckDB's file holds the order in which its threads wrote.
    for known in digests:
        del known["warehouse.duckdb"]
    assert digests[0] == digests[1]


def test_what_did_not_change_is_the_same_file_in_the_next_release(tmp_path: Path) -> None:
    first = publish(tmp_path, curated_tables(), ReleaseContext("run_1"))
    second = publish(tmp_path, curated_tables(with_visit=True), ReleaseContext("run_1"))
    assert first is not None
    assert second is not None
    for path, is_same in (
        ("exports/csv/dim_country.csv", True),
        ("exports/csv/fact_event.csv", False),
        ("report.html", False),
    ):
        assert (second.path / path).samefile(first.path / path) is is_same, path
    assert verify(tmp_path) == []


def test_exports_do_not_make_a_release_new(tmp_path: Path) -> None:
    first = publish(tmp_path, curated_tables(), ReleaseContext("run_1"))
    assert first is not None
    victim = first.path / "exports/csv/dim_country.csv"
    victim.chmod(0o644)
    victim.write_bytes(b"x" * victim.stat().st_size)
    assert publish(tmp_path, curated_tables(), ReleaseContext("run_2")) is None
    second = publish(tmp_path, curated_tables(with_visit=True), ReleaseContext("run_3"))
    assert second is not None
    assert (second.path / "exports/csv/dim_country.csv").read_bytes().startswith(b'"country_code"'), "not handed on"


def test_the_mart_is_the_view_with_descriptions(release: Release) -> None:
    path = release.path / "marts" / "v_event_flat.parquet"
    ((contract, rows),) = mart_tables(release.duckdb_path)
    assert contract.name == "v_event_flat"
    with duckdb.connect(str(release.duckdb_path), read_only=True) as base:
        columns = base.table("v_event_flat").columns
        expected = base.sql("FROM v_event_flat ORDER BY event_id").fetchall()
        assert base.sql(f"FROM '{path}' ORDER BY event_id").fetchall() == expected
    assert len(rows) == len(expected) == release.rows["fact_event"]
    schema = pq.read_schema(path)
    assert schema.names == columns
    assert {field.type for field in schema} <= set(TYPES.values())
    assert all(field.metadata[b"description"] for field in schema)


def test_catalogues_name_files_that_are_there_with_their_digests(release: Release) -> None:
    croissant = json.loads((release.path / "exports" / "croissant.json").read_bytes())
    published = {entry["path"]: entry["table"] for entry in release.manifest["files"] if entry["table"]}
    assert set(published.values()) == {contract.name for contract in CURATED}
    objects = [one for one in croissant["distribution"] if one["@type"] == "cr:FileObject"]
    assert {one["contentUrl"]: one["name"] for one in objects} == published
    for one in objects:
        assert hashlib.sha256((release.path / one["contentUrl"]).read_bytes()).hexdigest() == one["sha256"]
    files = {one["@id"] for one in croissant["distribution"]}
    fields = {field["@id"] for records in croissant["recordSet"] for field in records["field"]}
    for records in croissant["recordSet"]:
        names = [path for path, table in published.items() if table == records["name"]]
        columns = {tuple(pq.read_schema(release.path / path).names) for path in names}
        assert columns == {tuple(field["source"]["extract"]["column"] for field in records["field"])}
        sources = [field["source"].get("fileObject", field["source"].get("fileSet")) for field in records["field"]]
        assert {source["@id"] for source in sources} <= files
    (texts,) = [one for one in croissant["distribution"] if one["@type"] == "cr:FileSet"]
    found = [path.relative_to(release.path).as_posix() for path in release.path.glob(texts["includes"])]
    assert found == [path for path, table in published.items() if table == texts["name"] == "document_text"]
    for records in croissant["recordSet"]:
        assert {field["references"]["field"]["@id"] for field in records["field"] if "references" in field} <= fields
    dcat = json.loads((release.path / "exports" / "dcat.jsonld").read_bytes())
    listed = {entry["path"]: entry for entry in release.manifest["files"]}
    for one in dcat["dcat:distribution"]:
        entry = listed[one["dcat:downloadURL"]["@id"]]
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == entry["sha256"]
        assert one["dcat:byteSize"]["@value"] == str(entry["bytes"])
    # The database and what describes the release itself are no distributions of its data.
    left_out = set(listed) - {one["dcat:downloadURL"]["@id"] for one in dcat["dcat:distribution"]}
    assert left_out == {"CHANGES", "datapackage.json", "exports/dcat.jsonld", "warehouse.duckdb"}
    assert dcat["dct:temporal"]["dcat:startDate"]["@value"] == "2025-05-14"


def test_lineage_leads_from_the_archive_to_every_published_table(release: Release) -> None:
    lines = (release.path / "exports" / "openlineage.jsonl").read_text("utf-8").splitlines()
    events = {event["job"]["name"]: event for event in map(json.loads, lines)}
    assert list(events) == ["fetch", "clean", "extract", "resolve", "curate", "publish"]
    made: set[str] = set()
    for event in events.values():
        assert {one["name"] for one in event["inputs"]} <= made, "a stage reads only what one before it wrote"
        made |= {one["name"] for one in event["outputs"]}
    assert len({event["run"]["runId"] for event in events.values()}) == len(events)
    published = {one["name"]: one for one in events["publish"]["outputs"]}
    assert set(published) == {entry["path"] for entry in release.manifest["files"] if entry["table"]}
    counted = published["tables/fact_event.parquet"]["outputFacets"]["outputStatistics"]
    assert counted["rowCount"] == release.rows["fact_event"]


def test_lineage_has_the_instant_of_the_run(release: Release) -> None:
    about = {**release.manifest, "run_id": "run_20250514t083000123456z_0a1b2c3d"}
    (first, *_) = lineage_events(about, [], {}).splitlines()
    assert json.loads(first)["eventTime"] == "2025-05-14T08:30:00.123+00:00"


def test_csv_is_one_row_a_line_of_the_reader_not_of_the_file() -> None:
    (data,) = csv_parts(pa.table({"text": ['";\r\n=1', "\x1b[31m\x00"]}))
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert rows == [["text"], ['";\r\n=1'], ["\x1b[31m\x00"]]
