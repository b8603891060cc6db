"""The same rows give the same bytes: in whatever order, time zone or number of threads."""

import time
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.curate.step import CurateContext, curate

CONTEXT = CurateContext(sources={"alpha": "folder", "beta": "folder"}, gaps={"gamma": "unreachable"})


def as_bytes(tables):
    """The tables as files: what stands under a null in memory is nobody's business, and is not written."""

    def written(table):
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue().to_pybytes()

    return {name: written(table) for name, table in tables.items()}


def test_shuffled_input_gives_equal_bytes(world, story, reference):
    straight = as_bytes(curate(world.tables(), reference, CONTEXT))
    for seed in range(4):
        assert as_bytes(curate(world.tables(shuffle=seed), reference, CONTEXT)) == straight


def test_the_order_of_sources_and_chunks_does_not_matter(world, story, reference):
    straight = as_bytes(curate(world.tables(), reference, CONTEXT))
    chunked = {
        name: pa.concat_tables([table.slice(row, 1) for row in range(table.num_rows)] or [table])
        for name, table in world.tables().items()
    }
    turned = CurateContext(sources={"beta": "folder", "alpha": "folder"}, gaps={"gamma": "unreachable"})
    assert as_bytes(curate(chunked, reference, turned)) == straight


def test_reading_every_address_through_a_second_source_changes_nothing_else(world, story, reference):
    # The same addresses and bytes: documents and all that was read in them stand in two partitions.
    straight = as_bytes(curate(world.tables(), reference, CONTEXT))
    second = {"source_id": "zeta", "logical_date": date(2025, 8, 1)}
    for table in ("archive.captures", "documents.documents"):
        rows = world.rows[table]
        rows.extend([{**row, **second, "capture_id": f"{row['capture_id']}2"} for row in rows])
    for name, rows in world.rows.items():
        if name.startswith(("documents.sentences", "documents.links", "extracted.")):
            rows.extend([dict(row) for row in rows])
    again = as_bytes(curate(world.tables(), reference, CONTEXT))
    assert {name for name in again if again[name] != straight[name]} == {"dim_source"}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak"])
def test_the_time_zone_of_the_machine_does_not_matter(world, reference, monkeypatch, zone):
    # Retrieved in the last hour of the United Kingdom's membership: in local time it is another day.
    world.document("late", "Nothing happened.", retrieved_at=datetime(2020, 1, 31, 23, 30, tzinfo=UTC))
    straight = curate(world.tables(), reference, CONTEXT)
    assert member(straight, "GB")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert as_bytes(curate(world.tables(), reference, CONTEXT)) == as_bytes(straight)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nothing_is_left_in_the_working_directory(world, story, reference, monkeypatch, tmp_path):
    work, spill = tmp_path / "work", tmp_path / "spill"
    work.mkdir()
    spill.mkdir()
    monkeypatch.chdir(work)
    curate(world.tables(), reference, CurateContext(spill_directory=spill))
    assert list(work.iterdir()) == []
    assert list(spill.iterdir()) == []


def member(made, code):
    return next(row["is_eu_member"] for row in made["dim_country"].to_pylist() if row["country_code"] == code)


@pytest.mark.parametrize(
    ("published_on", "expected"),
    [
        (date(1972, 12, 31), {"GB": False, "LT": False, "BE": True}),
        (date(1973, 1, 1), {"GB": True, "LT": False, "BE": True}),
        (date(2004, 5, 1), {"GB": True, "LT": True, "BE": True}),
        (date(2020, 2, 1), {"GB": False, "LT": True, "BE": True}),
    ],
)
def test_membership_is_that_of_the_newest_document(world, reference, published_on, expected):
    world.document("old", "Nothing happened.", published_on=date(1960, 1, 1))
    world.document("new", "Nothing happened again.", published_on=published_on)
    made = curate(world.tables(), reference, CONTEXT)
    assert {code: member(made, code) for code in expected} == expected


def test_a_document_without_a_day_counts_by_its_retrieval(world, reference):
    world.document("undated", "Nothing happened.", day=date(2010, 3, 1))
    assert member(curate(world.tables(), reference, CONTEXT), "GB")
