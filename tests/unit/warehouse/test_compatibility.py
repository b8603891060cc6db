import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.warehouse.sample import curated_tables
from warehouse import compatibility, publication, release
from warehouse.compatibility import breaks, check_compatibility, read_package
from warehouse.contract import Column, TableContract
from warehouse.datapackage import PublishedFile, data_package
from warehouse.duckdb_file import build_database
from warehouse.errors import ContractError, IntegrityError
from warehouse.publication import ReleaseContext, publish, read_release
from warehouse.tables import CURATED, contract_of

EVENTS = contract_of("curated", "fact_event")


def package(version: str = "1.4.0") -> dict[str, object]:
    files = {contract.name: [PublishedFile(f"tables/{contract.name}.parquet", "", 0)] for contract in CURATED}
    return json.loads(json.dumps(data_package("rel", version, CURATED, files)))


def with_events(changed: TableContract | None) -> list[TableContract]:
    kept = [contract for contract in CURATED if contract is not EVENTS]
    return kept if changed is None else [*kept, changed]


def altered(name: str, column: Column | None) -> TableContract:
    """fact_event with another column of this name, or without it."""
    columns = [column if one.name == name else one for one in EVENTS.columns]
    return replace(EVENTS, columns=tuple(one for one in columns if one is not None))


NULLABLE = Column("status", "string", "Status.", nullable=True)
WIDER = Column("n_claims", "float64", "Claims.")
BREAKING = [
    (None, "the table is gone"),
    (altered("status", None), "column status is gone"),
    (altered("status", NULLABLE), "column status always had a value, and may be null now"),
    (altered("n_claims", WIDER), "column n_claims was integer, and is number"),
    (replace(EVENTS, key=("event_id", "status")), "the key was event_id, and is event_id, status"),
]


@pytest.mark.parametrize(("changed", "sentence"), BREAKING, ids=[sentence for _, sentence in BREAKING])
def test_what_breaks_a_reader_is_refused_under_the_same_major_version(
    changed: TableContract | None, sentence: str, tmp_path: Path
) -> None:
    tables = with_events(changed)
    assert breaks(package(), tables) == {"fact_event": [sentence]}
    with pytest.raises(ContractError, match=r"readers of version 1\.4\.0 would break: fact_event: " + sentence):
        check_compatibility(package(), tables, "1.5.0", tmp_path)
    with pytest.raises(ContractError, match="no compatibility view for fact_event"):
        check_compatibility(package(), tables, "2.0.0", tmp_path)
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "fact_event.sql").write_text("SELECT 1")
    check_compatibility(package(), tables, "2.0.0", tmp_path)


def test_new_tables_new_columns_and_wider_promises_break_nobody(tmp_path: Path) -> None:
    more = replace(EVENTS, columns=(*EVENTS.columns, Column("note", "string", "A note.", nullable=True)))
    always = altered("place_basis", replace(EVENTS.column("place_basis"), nullable=False))
    new = replace(EVENTS, name="fact_new")
    for tables in (with_events(more), with_events(always), [*CURATED, new]):
        check_compatibility(package(), tables, "1.4.0", tmp_path)


@pytest.mark.parametrize(
    ("version", "what"), [("1.3.9", "went from 1.4.0 back to 1.3.9"), ("1.4", "no semantic version")]
)
def test_a_version_goes_forward_and_has_three_parts(version: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=what):
        check_compatibility(package(), CURATED, version, tmp_path)


def test_a_damaged_description_is_named(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{")
    with pytest.raises(IntegrityError, match=r"datapackage\.json"):
        read_package(tmp_path / "datapackage.json")


def test_a_breaking_release_is_not_published(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(home, curated_tables(), ReleaseContext(run_id="run_1"))
    more = replace(EVENTS, columns=(*EVENTS.columns, Column("gone", "string", "Gone tomorrow.")))
    real = compatibility.breaks
    monkeypatch.setattr(compatibility, "breaks", lambda found, tables: real(package_with(found, more), tables))
    with pytest.raises(ContractError, match="column gone is gone"):
        publish(home, curated_tables(with_visit=True), ReleaseContext(run_id="run_2"))
    assert [path.name for path in (home / "releases").iterdir()] == [publication.current(home).release_id]  # type: ignore[union-attr]


def package_with(found: dict[str, object], contract: TableContract) -> dict[str, object]:
    """The description of a release that had this table."""
    files = {one.name: [PublishedFile("", "", 0)] for one in CURATED}
    tables = [contract if one.name == contract.name else one for one in CURATED]
    return {**found, "resources": json.loads(json.dumps(data_package("rel", "1.0.0", tables, files)))["resources"]}


def test_a_release_of_an_earlier_minor_version_is_read_with_the_tables_it_has(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = publish(home, curated_tables(), ReleaseContext(run_id="run_1"))
    assert published is not None
    monkeypatch.setattr(release, "SCHEMA_VERSION", "1.99.0")
    newer = (*CURATED, replace(EVENTS, name="fact_new"))
    monkeypatch.setattr(release, "CURATED", newer)
    assert set(read_release(published)) == {contract.name for contract in CURATED}


def test_views_of_an_earlier_major_version_stand_in_a_schema_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    from warehouse import duckdb_file

    (tmp_path / "views" / "v1").mkdir(parents=True)
    (tmp_path / "views" / "v1" / "fact_event.sql").write_text(
        "-- One event, as version 1 had it.\n-- id: Id.\nSELECT event_id AS id FROM main.fact_event\n"
    )
    monkeypatch.setattr(duckdb_file, "VIEWS_DIRECTORY", tmp_path / "views")
    tables = {name: (contract_of("curated", name), rows) for name, rows in curated_tables().items()}
    build_database(tmp_path / "built.duckdb", tables)
    with duckdb.connect(str(tmp_path / "built.duckdb"), read_only=True) as base:
        assert base.execute("SELECT count(*) FROM v1.fact_event").fetchall() == [(1,)]
