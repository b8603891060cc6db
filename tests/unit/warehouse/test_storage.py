import datetime as dt
import logging
import pickle
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.warehouse.sample import filled
from warehouse.errors import ConfigurationError, ContractError, IntegrityError, StorageError
from warehouse.storage import FileRef, Partition, Store
from warehouse.tables import archive, contract_of, quality, resolved

FETCHES = archive.FETCHES
DAY = dt.date(2025, 7, 1)


def fetches(*ids: str) -> pa.Table:
    return filled(FETCHES, [{"fetch_id": fetch_id, "source_id": "mvp"} for fetch_id in ids])


def write(store: Store, source: str, day: dt.date, stem: str, *ids: str) -> FileRef:
    return store.write(FETCHES, fetches(*ids), Partition(source, day), stem)


def test_each_kind_of_table_lies_where_the_layout_says(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert (
        write(store, "mvp", DAY, "part-1", "a").path
        == "tables/archive/fetches/source=mvp/date=2025-07-01/part-1.parquet"
    )
    events = store.write(resolved.EVENTS, resolved.EVENTS.schema.empty_table())
    assert events.path == "tables/resolved/events/events.parquet"
    results = store.write(quality.GATE_RESULTS, quality.GATE_RESULTS.schema.empty_table(), stem="run_1-clean")
    assert results.path == "quality/gate_results/run_1-clean.parquet"
    for ref in (events, results):
        assert (tmp_path / ref.path).is_file()


@pytest.mark.parametrize(
    ("contract", "partition", "stem"),
    [
        (FETCHES, None, "part-1"),
        (FETCHES, Partition("mvp", DAY), None),
        (resolved.EVENTS, Partition("mvp", DAY), None),
        (resolved.EVENTS, None, "part-1"),
        (quality.ISSUES, None, None),
        (quality.ISSUES, Partition("mvp", DAY), "run_1"),
    ],
)
def test_partition_and_stem_must_fit_the_table(tmp_path: Path, contract, partition, stem) -> None:
    with pytest.raises(ConfigurationError, match=contract.name):
        Store(tmp_path).write(contract, contract.schema.empty_table(), partition, stem)
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_and_references_travel(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ref = pickle.loads(pickle.dumps(write(store, "mvp", DAY, "part-1", "b", "a")))  # noqa: S301
    assert (ref.rows, ref.partition, ref.stem) == (2, Partition("mvp", DAY), "part-1")
    assert store.read(ref)["fetch_id"].to_pylist() == ["a", "b"]
    assert store.read(ref, columns=["fetch_id"]).column_names == ["fetch_id"]


def test_files_are_listed_as_they_were_written_in_one_order(tmp_path: Path) -> None:
    store = Store(tmp_path)
    refs = [
        write(store, source, day, stem, f"{source}{day}{stem}")
        for source, day, stem in [
            ("zeta", DAY, "part-2"),
            ("alpha", DAY + dt.timedelta(1), "part-1"),
            ("alpha", DAY, "part-9"),
        ]
    ]
    assert store.files(FETCHES) == sorted(refs, key=lambda ref: ref.path)
    assert store.files(FETCHES, Partition("zeta", DAY)) == [refs[0]]
    assert store.partitions(FETCHES) == [
        Partition("alpha", DAY),
        Partition("alpha", DAY + dt.timedelta(1)),
        Partition("zeta", DAY),
    ]
    assert store.paths(FETCHES) == [tmp_path / ref.path for ref in store.files(FETCHES)]
    assert store.read_all(FETCHES)["fetch_id"].to_pylist() == [
        "alpha2025-07-01part-9",
        "alpha2025-07-02part-1",
        "zeta2025-07-01part-2",
    ]


def test_a_table_without_files_is_empty_and_has_its_schema(tmp_path: Path) -> None:
    assert Store(tmp_path / "new").read_all(FETCHES).schema.equals(FETCHES.schema, check_metadata=True)
    assert Store(tmp_path / "new").read_all(FETCHES, columns=["reason", "fetch_id"]).column_names == [
        "fetch_id",
        "reason",
    ]
    assert not (tmp_path / "new").exists()


def test_writing_again_replaces_and_the_old_reference_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old = write(store, "mvp", DAY, "part-1", "a")
    same = write(store, "mvp", DAY, "part-1", "a")
    assert (same, store.holds(old)) == (old, True)
    write(store, "mvp", DAY, "part-1", "b")
    assert not store.holds(old)
    with pytest.raises(IntegrityError, match="another file"):
        store.read(old)


def test_a_frame_that_breaks_its_contract_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"archive\.fetches"):
        Store(tmp_path).write(FETCHES, fetches("a", "a"), Partition("mvp", DAY), "part-1")
    assert list(tmp_path.iterdir()) == []


def test_dropping_removes_one_file_and_twice_is_no_error(tmp_path: Path) -> None:
    store = Store(tmp_path)
    gone, kept = (write(store, "mvp", DAY, stem, "a") for stem in ("part-1", "part-2"))
    store.drop(gone)
    store.drop(gone)
    assert store.files(FETCHES) == [kept]
    assert not store.holds(gone)


def test_strangers_among_the_files_are_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path)
    ref = write(store, "mvp", DAY, "part-1", "a")
    for name in ("notes.txt", "Part-2.parquet", ".tmp-0123456789abcdef"):
        (tmp_path / ref.path).with_name(name).write_bytes(b"x")
    (tmp_path / "tables/archive/fetches/source=mvp/date=2025-02-30").mkdir()
    (tmp_path / "tables/archive/fetches/source=mvp/date=2025-02-30/part-1.parquet").write_bytes(b"x")
    with caplog.at_level(logging.WARNING):
        assert store.files(FETCHES) == [ref]
    assert [name for name in ("notes.txt", "Part-2", ".tmp-", "02-30") if name in caplog.text] == [
        "notes.txt",
        "Part-2",
        "02-30",
    ]


def test_a_reference_that_leads_out_of_the_home_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    ref = write(Store(tmp_path / "other"), "mvp", DAY, "part-1", "a")
    escaping = FileRef(ref.layer, ref.name, f"../other/{ref.path}", ref.partition, ref.stem, ref.sha256, ref.rows)
    with pytest.raises(StorageError, match="leads out"):
        store.read(escaping)


def test_every_contract_can_be_written_and_read(tmp_path: Path) -> None:
    from warehouse.tables import ALL

    store = Store(tmp_path)
    for contract in ALL:
        in_quality = contract.layer == "quality"
        partition = Partition("mvp", DAY) if contract.partitioned and not in_quality else None
        stem = "part-1" if contract.partitioned or in_quality else None
        table = filled(contract, [{}])
        ref = store.write(contract, table, partition, stem)
        assert store.read(ref).equals(table), contract.name
        assert contract_of(contract.layer, contract.name) is contract
