import hashlib
import json
from pathlib import Path
from typing import Any

import frictionless
import pyarrow as pa
import pytest

from tests.unit.warehouse.sample import curated_tables
from warehouse.publication import Release, ReleaseContext, publish
from warehouse.tables import CURATED


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    published = publish(tmp_path_factory.mktemp("home"), curated_tables(with_visit=True), ReleaseContext("run_1"))
    assert published is not None
    return published


@pytest.fixture
def descriptor(release: Release) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((release.path / "datapackage.json").read_bytes())
    return content


def data_errors(descriptor: dict[str, Any], tables: dict[str, pa.Table]) -> set[tuple[str, str]]:
    """What frictionless finds in the rows: (resource, error).

    The rows are given to it as they are. Its own reader of Parquet goes through pandas, which turns whole numbers with
    a null among them into decimals, and it counts no bytes of such files.
    """
    resources = []
    for described in descriptor["resources"]:
        inline = {key: described[key] for key in ("name", "type", "schema")}
        names = [field["name"] for field in described["schema"]["fields"]]
        rows = [list(row.values()) for row in tables[described["name"]].to_pylist()]
        resources.append(inline | {"data": [names, *rows]})
    report = frictionless.Package({**descriptor, "resources": resources}).validate()
    return {(task.name, error.type) for task in report.tasks for error in task.errors}


def test_frictionless_accepts_the_description(descriptor: dict[str, Any]) -> None:
    assert list(frictionless.Package.metadata_validate(descriptor)) == []
    assert list(frictionless.Package.metadata_validate({**descriptor, "resources": "none"})) != []


def test_frictionless_finds_every_published_row_as_described(descriptor: dict[str, Any], release: Release) -> None:
    assert data_errors(descriptor, {contract.name: release.read(contract.name) for contract in CURATED}) == set()


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("fact_event", "place_id", "ent_nowhere", "foreign-key"),
        ("fact_event", "status", "perhaps", "constraint-error"),
        ("fact_event", "event_id", None, "primary-key"),
        ("dim_date", "year", "last year", "type-error"),
    ],
)
def test_frictionless_finds_a_row_that_is_not(
    descriptor: dict[str, Any], table: str, column: str, value: str | None, error: str
) -> None:
    tables = curated_tables(with_visit=True)
    values = [value] * len(tables[table])
    index = tables[table].schema.get_field_index(column)
    tables[table] = tables[table].set_column(index, column, pa.array(values, pa.string()))
    assert (table, error) in data_errors(descriptor, tables)


def test_files_are_described_by_path_size_hash_and_rows(descriptor: dict[str, Any], release: Release) -> None:
    for resource in descriptor["resources"]:
        data = (release.path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["rowcount"] == len(release.read(resource["name"]))


def test_every_table_and_column_is_described_as_in_its_contract(descriptor: dict[str, Any]) -> None:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    assert set(resources) == {contract.name for contract in CURATED}
    for contract in CURATED:
        schema = resources[contract.name]["schema"]
        assert resources[contract.name]["description"] == f"Grain: {contract.grain}."
        assert {field["name"]: field["description"] for field in schema["fields"]} == {
            column.name: column.description for column in contract.columns
        }
        assert schema["primaryKey"] == list(contract.key)


def test_references_point_at_whole_keys_only(descriptor: dict[str, Any]) -> None:
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in descriptor["resources"]}
    references = {
        (resource["name"], *key["fields"]): key["reference"]
        for resource in descriptor["resources"]
        for key in resource["schema"].get("foreignKeys", [])
    }
    assert references["fact_event", "place_id"] == {"resource": "dim_place", "fields": ["place_id"]}
    # A claim is identified by its id and the document version: its id alone is no key.
    assert ("bridge_event_party", "claim_id") not in references
    for (table, *_), reference in references.items():
        assert keys[reference["resource"] or table] == reference["fields"]


def test_the_file_lies_where_a_package_has_it(release: Release) -> None:
    package = frictionless.Package(str(release.path / "datapackage.json"))
    assert package.get_resource("dim_country").read_rows()[0]["country_code"] == "LT"
    assert Path(package.basepath or "") == release.path
