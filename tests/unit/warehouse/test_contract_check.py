import pickle
from typing import Any

import pyarrow as pa
import pytest

from warehouse.contract import Column, TableContract
from warehouse.contract_check import check_contract, enforce
from warehouse.errors import ContractError

CONTRACT = TableContract(
    name="things",
    layer="curated",
    grain="one thing",
    key=("thing_id", "part"),
    columns=(
        Column("thing_id", "string", "Id."),
        Column("part", "int32", "Part."),
        Column("kind", "string", "Kind.", nullable=True, values=("a", "b")),
        Column("seen_at", "timestamp", "When.", nullable=True),
        Column("share", "float64", "Share."),
    ),
)
GOOD: dict[str, list[Any]] = {
    "thing_id": ["x", "x", "y"],
    "part": [1, 2, 1],
    "kind": ["a", None, "b"],
    "seen_at": [None, None, None],
    "share": [0.5, 0.25, 1.0],
}


def table(**changed: Any) -> pa.Table:
    columns = {name: changed.get(name, values) for name, values in GOOD.items()}
    arrays = {
        name: values if isinstance(values, pa.Array) else pa.array(values, CONTRACT.schema.field(name).type)
        for name, values in columns.items()
    }
    return pa.table(arrays)


def rules(frame: pa.Table) -> list[tuple[str, str]]:
    return [(violation.column, violation.rule) for violation in check_contract(CONTRACT, frame)]


def test_a_good_frame_has_no_violation_and_comes_back_in_the_contracts_schema() -> None:
    assert rules(table()) == []
    shuffled = table().select(list(reversed(CONTRACT.column_names)))
    enforced = enforce(CONTRACT, shuffled)
    assert enforced.schema.equals(CONTRACT.schema, check_metadata=True)
    assert enforced.to_pydict() == GOOD


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (table().drop_columns(["kind"]), [("kind", "columns_missing")]),
        (table().append_column("more", pa.array([1, 2, 3])), [("more", "columns_extra")]),
        (table().append_column("kind", pa.array(["a", "b", "a"])), [("kind", "columns_extra")]),
        (table(part=pa.array(["1", "2", "3"])), [("part", "type")]),
        (table(kind=pa.nulls(3)), [("kind", "type")]),
        (table(share=pa.array([1, 2, 3])), [("share", "type")]),
        (table(seen_at=pa.array([None] * 3, pa.timestamp("us"))), [("seen_at", "type")]),
        (table(part=pa.array([1, 2, 2**40])), [("part", "invalid")]),
        (table(kind=pa.array([b"a", b"\xff", b"b"]).view(pa.string())), [("kind", "invalid")]),
        (table(thing_id=["x", None, "y"]), [("thing_id", "null")]),
        (table(kind=["a", "c", "c"]), [("kind", "vocabulary")]),
        (table(part=[1, 1, 1]), [("thing_id, part", "key")]),
    ],
)
def test_each_rule_finds_what_it_is_for(frame: pa.Table, expected: list[tuple[str, str]]) -> None:
    assert rules(frame) == expected


def test_violations_count_all_rows_and_show_examples() -> None:
    (violation,) = check_contract(CONTRACT, table(kind=["a", "zz", "yy"]))
    assert (violation.n, violation.table) == (2, "curated.things")
    assert "'yy', 'zz'" in violation.detail
    (violation,) = check_contract(CONTRACT, table(part=[1, 1, 1]))
    assert violation.n == 2
    assert "x | 1" in violation.detail


@pytest.mark.parametrize(
    "column",
    [
        {"thing_id": pa.array(["x", "x", "y"], pa.large_string())},
        {"thing_id": pa.array(["x", "x", "y"], pa.string_view())},
        {"thing_id": pa.array(["x", "x", "y"]).dictionary_encode()},
        {"part": pa.array([1, 2, 1], pa.int64())},
        {"part": pa.array([1, 2, 1], pa.int8())},
        {"seen_at": pa.array([None] * 3, pa.timestamp("ms", tz="Europe/Vilnius"))},
    ],
)
def test_the_same_values_in_another_layout_are_no_drift(column: dict[str, pa.Array]) -> None:
    assert enforce(CONTRACT, table(**column)).to_pydict() == GOOD


def test_enforce_names_table_column_and_says_what_is_wrong_also_after_pickling() -> None:
    with pytest.raises(ContractError) as caught:
        enforce(CONTRACT, table(kind=["a", "c", "c"]))
    text = str(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301
    assert "curated.things" in text
    assert "kind" in text
    assert "'c'" in text


def test_an_empty_frame_with_the_right_columns_is_lawful_here() -> None:
    assert len(enforce(CONTRACT, CONTRACT.schema.empty_table())) == 0
