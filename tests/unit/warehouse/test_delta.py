from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.warehouse.sample import EVENT, OTHER_EVENT, curated_tables
from warehouse.delta import ACTION, DELETE, PUT, apply_delta, delta_of, delta_schema
from warehouse.publication import ABOUT_THE_RUN, Release, ReleaseContext, publish, read_release
from warehouse.tables import CURATED, contract_of, curated_facts

pytestmark = pytest.mark.usefixtures("rendered_once")
CONTRACT = curated_facts.FACT_EVENT


def put_in(home: Path, tables: dict[str, pa.Table]) -> Release:
    release = publish(home, tables, ReleaseContext(run_id="run_1"))
    assert release is not None
    return release


def changed(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Another status and no last day for the first event; a party gone; a new visit."""
    more = curated_tables(with_visit=True)
    events = more["fact_event"].to_pylist()
    for row in events:
        if row["event_id"] == EVENT:
            row |= {"status": "cancelled", "end_on": None, "confidence": 0.25}
    parties = more["bridge_event_party"]
    return tables | more | {
        "fact_event": pa.Table.from_pylist(events, CONTRACT.schema), "bridge_event_party": parties.slice(1)
    }  # fmt: skip


def test_the_feed_applied_to_the_release_before_gives_the_rows_of_the_new_one(home: Path) -> None:
    first = put_in(home, curated_tables())
    second = put_in(home, changed(curated_tables()))
    assert second.manifest["delta_from"] == first.release_id
    before, after = read_release(first), read_release(second)
    touched = set()
    for contract in CURATED:
        path = second.path / "delta" / f"{contract.name}.parquet"
        if contract.name in ABOUT_THE_RUN:
            assert not path.exists()
            continue
        state = before[contract.name]
        if path.exists():
            touched.add(contract.name)
            delta = pq.read_table(path)
            assert delta.schema.equals(delta_schema(contract))
            state = apply_delta(contract, state, delta)
        assert state.equals(after[contract.name]), contract.name
    assert {"fact_event", "bridge_event_party", "dim_document"} <= touched
    assert "dim_country" not in touched


def test_only_what_differs_is_in_the_feed(home: Path) -> None:
    before, after = curated_tables()["fact_event"], changed(curated_tables())["fact_event"]
    rows = delta_of(CONTRACT, before, after).to_pylist()
    assert [(row[ACTION], row["event_id"], row["end_on"]) for row in rows] == [
        (PUT, EVENT, None), (PUT, OTHER_EVENT, None)
    ]  # fmt: skip
    back = delta_of(CONTRACT, after, before).to_pylist()
    assert [(row[ACTION], row["event_id"], row["event_type"]) for row in back] == [
        (DELETE, OTHER_EVENT, None), (PUT, EVENT, "meeting")
    ]  # fmt: skip
    assert delta_of(CONTRACT, before, before).num_rows == 0


@pytest.mark.parametrize("lost", ["polarity", "event_id"])
def test_a_table_of_another_version_is_put_whole(lost: str) -> None:
    after = curated_tables()["fact_event"]
    delta = delta_of(CONTRACT, after.drop_columns([lost]), after)
    assert delta[ACTION].to_pylist() == [PUT] * after.num_rows


def test_the_first_release_and_one_after_a_damaged_one_have_no_feed(home: Path) -> None:
    first = put_in(home, curated_tables())
    assert first.manifest["delta_from"] is None
    assert not (first.path / "delta").exists()
    path = first.table_path("fact_event")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    second = put_in(home, changed(curated_tables()))
    assert second.manifest["delta_from"] is None
    assert not (second.path / "delta").exists()


def test_the_schema_of_a_delta_says_what_its_columns_are() -> None:
    schema = delta_schema(contract_of("curated", "fact_pledge"))
    assert schema.names[0] == ACTION
    assert all(field.metadata[b"description"] for field in schema)
    assert [field.name for field in schema if not field.nullable] == [ACTION]
