import random
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.warehouse.sample import curated_tables
from warehouse.contract import Column, TableContract
from warehouse.errors import ContractError, IntegrityError
from warehouse.parquet import check_seal, decode, encode, read_seal

CONTRACT = TableContract(
    name="things",
    layer="curated",
    grain="one thing",
    key=("thing_id",),
    sort=("kind",),
    columns=(
        Column("thing_id", "string", "Id, with a č in it."),
        Column("kind", "string", "Kind.", nullable=True),
        Column("n", "int32", "Number."),
    ),
)


def things(ids: list[int]) -> pa.Table:
    rows = [{"thing_id": f"t{i:04d}", "kind": None if i % 3 == 0 else "ab"[i % 2], "n": i} for i in ids]
    return pa.Table.from_pylist(rows, CONTRACT.schema)


def test_the_same_rows_give_the_same_bytes_in_any_order_and_chunks() -> None:
    ids = list(range(500))
    whole = encode(CONTRACT, things(ids))
    random.Random(1).shuffle(ids)  # noqa: S311 - an order, not a secret
    pieces = pa.concat_tables([things(ids[:7]), things(ids[7:300]), things(ids[300:])])
    assert encode(CONTRACT, pieces) == whole
    assert encode(CONTRACT, things(ids[:-1])) != whole


def test_rows_are_sorted_by_sort_columns_then_key() -> None:
    table = pq.read_table(pa.BufferReader(encode(CONTRACT, things([5, 4, 3, 2, 1, 0]))))
    assert table["thing_id"].to_pylist() == ["t0002", "t0004", "t0001", "t0005", "t0000", "t0003"]


def test_files_have_what_readers_rely_on(tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    path.write_bytes(encode(CONTRACT, things(list(range(200_001)))))
    file = pq.ParquetFile(path)
    assert [file.metadata.row_group(i).num_rows for i in range(3)] == [100_000, 100_000, 1]
    column = file.metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.bloom_filter_length > 0
    assert column.has_offset_index
    assert file.schema_arrow.field("thing_id").metadata == {b"description": "Id, with a č in it.".encode()}
    assert file.schema_arrow.metadata[b"grain"] == b"one thing"
    assert not file.schema_arrow.field("thing_id").nullable


def test_a_plain_reader_with_page_checksums_sees_a_flipped_page(tmp_path: Path) -> None:
    data = bytearray(encode(CONTRACT, things(list(range(500)))))
    data[100] ^= 1
    with pytest.raises(OSError, match="CRC"):
        pq.read_table(pa.BufferReader(bytes(data)), page_checksum_verification=True)


def test_reading_gives_back_what_was_written_whole_and_by_column(tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    path.write_bytes(encode(CONTRACT, things([2, 1])))
    assert decode(CONTRACT, path).schema.equals(CONTRACT.schema, check_metadata=True)
    assert decode(CONTRACT, path).to_pylist() == things([2, 1]).to_pylist()
    assert decode(CONTRACT, path, columns=["n", "thing_id"]).column_names == ["thing_id", "n"]


@pytest.mark.parametrize("name", ["fact_event", "document_text", "fact_funding"])
def test_the_seal_is_in_the_footer_and_that_of_the_whole_file(tmp_path: Path, name: str) -> None:
    from warehouse.tables import contract_of

    table = curated_tables()[name]
    data = encode(contract_of("curated", name), table)
    path = tmp_path / "x.parquet"
    path.write_bytes(data)
    assert read_seal(path).sha256 == check_seal(data, path)
    assert read_seal(path).rows == len(table)


def test_a_file_that_is_not_the_recorded_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    path.write_bytes(encode(CONTRACT, things([1])))
    recorded = read_seal(path).sha256
    path.write_bytes(encode(CONTRACT, things([2])))
    with pytest.raises(IntegrityError, match="another file than the one recorded") as caught:
        decode(CONTRACT, path, seal=recorded)
    assert caught.value.where == str(path)


def test_a_file_of_another_writer_has_no_seal(tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    pq.write_table(things([1]), path)
    for read in (lambda: decode(CONTRACT, path), lambda: read_seal(path)):
        with pytest.raises(IntegrityError):
            read()


def test_missing_files_are_named(tmp_path: Path) -> None:
    for read in (lambda: decode(CONTRACT, tmp_path / "gone"), lambda: read_seal(tmp_path / "gone")):
        with pytest.raises(IntegrityError, match="gone: is missing"):
            read()


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (CONTRACT.columns[:2], "no column n"),
        ((*CONTRACT.columns, Column("more", "string", "More.", nullable=True)), "unknown column more"),
        ((*CONTRACT.columns[:2], Column("n", "int64", "Number.")), "n is int64, not int32"),
        ((CONTRACT.columns[0], CONTRACT.columns[1], Column("n", "int32", "Number.", nullable=True)), "n may be null"),
    ],
)
def test_a_file_of_other_columns_is_an_error_and_never_a_silent_drop(
    tmp_path: Path, columns: tuple[Column, ...], message: str
) -> None:
    other = TableContract("things", "curated", "one thing", ("thing_id",), columns)
    path = tmp_path / "things.parquet"
    rows = [{"thing_id": "t", "kind": "a", "n": 1, "more": None}]
    path.write_bytes(encode(other, pa.Table.from_pylist(rows, other.schema)))
    with pytest.raises(ContractError, match=message):
        decode(CONTRACT, path)


def test_new_descriptions_do_not_make_old_files_unreadable(tmp_path: Path) -> None:
    reworded = TableContract(
        "things", "curated", "one single thing", ("thing_id",),
        tuple(Column(c.name, c.type, c.description + " Reworded.", c.nullable) for c in CONTRACT.columns),
    )  # fmt: skip
    path = tmp_path / "things.parquet"
    path.write_bytes(encode(reworded, things([1]).cast(reworded.schema)))
    assert decode(CONTRACT, path).schema.equals(CONTRACT.schema, check_metadata=True)


ARCHIVE = TableContract(
    "bodies", "archive", "one body", ("body_id",), (
        Column("body_id", "string", "Id."), Column("source_id", "string", "Source."), Column("body", "binary", "Body."),
    ),
)  # fmt: skip


def test_columns_without_the_bodies_are_read_without_them_and_their_pages_verified(tmp_path: Path) -> None:
    rows = [
        {
            "body_id": f"b{n:04}",
            "source_id": f"s{n:04}",
            "body": b"".join(sha256(bytes([n % 256, k])).digest() for k in range(64)),
        }
        for n in range(300)
    ]
    table = pa.Table.from_pylist(rows, schema=ARCHIVE.schema)
    data = encode(ARCHIVE, table)
    path = tmp_path / "bodies.parquet"
    narrow = ["body_id", "source_id"]
    refused = 0
    for at in range(0, len(data), len(data) // 60):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        try:
            found = decode(ARCHIVE, path, columns=narrow)
        except IntegrityError:
            refused += 1
        else:
            # Only a body, or the footer's own words, was damaged: what was read is what was written.
            assert found.equals(table.select(narrow))
        with pytest.raises(IntegrityError):
            decode(ARCHIVE, path)
    assert refused < 30, "the damage lies nearly always in a body"
    ids = data.index(b"PAR1") + 60
    path.write_bytes(data[:ids] + bytes([data[ids] ^ 1]) + data[ids + 1 :])
    with pytest.raises(IntegrityError, match=r"bodies\.parquet"):
        decode(ARCHIVE, path, columns=narrow)


def test_a_narrow_read_knows_another_file_by_its_seal_and_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "bodies.parquet"
    with pytest.raises(IntegrityError, match="missing"):
        decode(ARCHIVE, path, columns=["body_id"])
    path.write_bytes(encode(ARCHIVE, ARCHIVE.schema.empty_table()))
    with pytest.raises(IntegrityError, match="another file"):
        decode(ARCHIVE, path, columns=["body_id"], seal="0" * 64)
