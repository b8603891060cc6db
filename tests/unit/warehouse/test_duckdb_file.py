import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse.sample import BODY, EVENT, OTHER_EVENT, QUOTE, TEXT, curated_tables
from warehouse.duckdb_file import build_database, load_views
from warehouse.errors import StorageError
from warehouse.tables import CURATED, contract_of


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("release")
    tables = curated_tables(with_visit=True)
    build_database(
        directory / "built.duckdb", {name: (contract_of("curated", name), rows) for name, rows in tables.items()}
    )
    assert [path.name for path in directory.iterdir()] == ["built.duckdb"]
    # Read elsewhere, by nothing but its own bytes.
    alone = tmp_path_factory.mktemp("elsewhere") / "warehouse.duckdb"
    (directory / "built.duckdb").rename(alone)
    with duckdb.connect(str(alone), read_only=True, config={"enable_external_access": "false"}) as connection:
        yield connection


def test_every_table_has_its_rows_in_its_types(database: duckdb.DuckDBPyConnection) -> None:
    for name, rows in curated_tables(with_visit=True).items():
        assert database.table(name).to_arrow_table().cast(rows.schema).equals(rows), name


def test_every_table_view_and_column_has_its_comment(database: duckdb.DuckDBPyConnection) -> None:
    tables = dict(database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert tables == {contract.name: f"Grain: {contract.grain}." for contract in CURATED}
    views = dict(database.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert set(views) == {view.name for view in load_views()} >= {"v_event_flat", "v_evidence"}
    assert all(views.values())
    columns = database.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    assert [column for column in columns if not column[2]] == []
    expected = {(contract.name, column.name): column.description for contract in CURATED for column in contract.columns}
    expected |= {(view.name, column): text for view in load_views() for column, text in view.columns.items()}
    assert {(table, column): comment for table, column, comment in columns} == expected


def test_views_describe_the_columns_they_have(database: duckdb.DuckDBPyConnection) -> None:
    for view in load_views():
        assert [column[0] for column in database.execute(f"FROM {view.name} LIMIT 0").description or []] == [
            *view.columns
        ]


def test_an_event_is_one_row_with_names(database: duckdb.DuckDBPyConnection) -> None:
    relation = database.execute("FROM v_event_flat WHERE event_id = ?", [EVENT])
    row = dict(zip([column[0] for column in relation.description or []], relation.fetchall()[0], strict=True))
    assert row["parties"] == "host: Montenegro; participant: Lithuania, Montenegro"
    assert (row["place"], row["country"], row["party_countries"]) == ("Budva", "Montenegro", "LT,ME")
    assert (row["instruments"], row["project"]) == ("Protocol LT–ME", None)
    assert (row["start_on"], row["end_on"]) == (dt.date(2025, 5, 12), dt.date(2025, 5, 13))
    assert (row["quote"], row["url"]) == (QUOTE, "https://example.org/budva")


def test_an_event_of_which_nothing_is_known_is_there_all_the_same(database: duckdb.DuckDBPyConnection) -> None:
    row = database.execute(
        "SELECT place, country_code, country, parties, instruments, project FROM v_event_flat WHERE event_id = ?",
        [OTHER_EVENT],
    )
    assert row.fetchall() == [(None,) * 6]
    assert database.execute("SELECT count(*) FROM v_event_flat").fetchall() == [(2,)]


def evidence_of(tables: dict[str, object], tmp_path: Path) -> list[tuple[str, bool]]:
    path = tmp_path / "x.duckdb"
    build_database(path, {name: (contract_of("curated", name), rows) for name, rows in tables.items()})
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT quote, is_verbatim FROM v_evidence ORDER BY quote").fetchall()


def test_evidence_leads_to_words_document_and_bytes(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(
        "SELECT fact_table, quote, quote_start, quote_end, is_verbatim, rule_id, url, published_on, body_sha256 "
        "FROM v_evidence WHERE fact_id = ?",
        [EVENT],
    ).fetchall()
    start = TEXT.index(QUOTE)
    assert rows == [
        (
            "fact_event", QUOTE, start, start + len(QUOTE), True, "frames.meeting.1", "https://example.org/budva",
            dt.date(2025, 5, 14), "0" * 64,
        )
    ]  # fmt: skip


def test_offsets_count_code_points_behind_composed_letters_and_emoji(tmp_path: Path) -> None:
    tables = curated_tables()
    spoken = BODY[BODY.index("Vytautas") :]
    start = TEXT.index(spoken)
    assert start != len(TEXT[:start].encode()) != len(TEXT[:start].encode("utf-16-le")) // 2
    evidence = tables["bridge_fact_evidence"].to_pylist()[0] | {
        "quote": spoken,
        "start": start,
        "end": start + len(spoken),
    }
    tables["bridge_fact_evidence"] = type(tables["fact_event"]).from_pylist(
        [evidence], tables["bridge_fact_evidence"].schema
    )
    assert evidence_of(tables, tmp_path) == [(spoken, True)]


@pytest.mark.parametrize("change", [{"start": 41}, {"quote": QUOTE.upper()}, {"document_version_id": "ver_unknown"}])
def test_a_quote_that_is_not_in_the_text_shows(tmp_path: Path, change: dict[str, object]) -> None:
    tables = curated_tables()
    evidence = tables["bridge_fact_evidence"].to_pylist()[0] | change
    tables["bridge_fact_evidence"] = type(tables["fact_event"]).from_pylist(
        [evidence], tables["bridge_fact_evidence"].schema
    )
    assert [verbatim for _, verbatim in evidence_of(tables, tmp_path)] == [False]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        build_database(tmp_path / "absent" / "x.duckdb", {})
    assert caught.value.where == str(tmp_path / "absent" / "x.duckdb")
