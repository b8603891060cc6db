"""The database the SQL runs in: what it sees, and how a result takes the form of its contract."""

import duckdb
import pyarrow as pa
import pytest

from tasks.curate.engine import conform, register, workshop
from warehouse.errors import ContractError
from warehouse.tables.curated_dimensions import DIM_COLLECTIVE


def collective(**columns):
    values = {"collective_id": ["ent_a"], "name": ["A"], "reference_id": [None], "n_documents": [1]}
    return pa.table({**values, **columns})


def test_columns_take_order_and_type_of_the_contract():
    table = collective(n_documents=pa.array([1], pa.int64()), reference_id=pa.array([None], pa.null()))
    made = conform(DIM_COLLECTIVE, table.select(sorted(table.column_names, reverse=True)))
    assert made.schema.equals(DIM_COLLECTIVE.schema, check_metadata=True)
    assert made.to_pylist() == [{"collective_id": "ent_a", "name": "A", "reference_id": None, "n_documents": 1}]


def test_a_missing_column_is_named():
    with pytest.raises(ContractError, match=r"curated\.dim_collective: column name is missing"):
        conform(DIM_COLLECTIVE, collective().drop_columns(["name"]))


def test_a_value_that_does_not_fit_is_not_bent():
    with pytest.raises(ContractError, match="column n_documents"):
        conform(DIM_COLLECTIVE, collective(n_documents=pa.array([2**40], pa.int64())))


def test_the_sql_sees_the_given_tables_and_no_variable_or_file(tmp_path):
    nearby = pa.table({"x": [1]})
    path = tmp_path / "x.csv"
    path.write_text("x\n1\n", encoding="utf-8")
    with workshop({"layer.given": nearby}) as connection:
        register(connection, "later.given", nearby)
        assert connection.sql("SELECT x FROM layer.given UNION ALL SELECT x FROM later.given").fetchall() == [
            (1,),
            (1,),
        ]
        with pytest.raises(duckdb.Error, match="nearby"):
            connection.sql("SELECT * FROM nearby").fetchall()
        with pytest.raises(duckdb.PermissionException):
            connection.sql(f"SELECT * FROM read_csv('{path}')").fetchall()  # noqa: S608 -- a path of the test's own


@pytest.mark.parametrize(
    ("day", "key"), [("DATE '2025-07-01'", 20250701), ("DATE '0001-01-02'", 10102), ("CAST(NULL AS DATE)", 0)]
)
def test_the_key_of_a_day(day, key):
    with workshop({"layer.small": pa.table({"x": [1]})}) as connection:
        assert connection.sql(f"SELECT date_key({day})").fetchall() == [(key,)]
