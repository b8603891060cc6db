from pathlib import Path

import pytest

from warehouse.contract import TYPES, TableContract
from warehouse.dictionary import data_dictionary
from warehouse.tables import ALL, CURATED, contract_of

ROOT = Path(__file__).resolve().parents[2]


def name_of(table: TableContract) -> str:
    return f"{table.layer}.{table.name}"


@pytest.mark.parametrize("table", ALL, ids=name_of)
def test_every_table_says_its_grain_and_every_column_its_meaning(table):
    assert table.grain.split()[0] in {"one", "the"}, "a grain says what one row is"
    for column in table.columns:
        assert len(column.description) >= 3 and column.description.endswith((".", "…")), column.name
        assert column.type in TYPES


@pytest.mark.parametrize("table", ALL, ids=name_of)
def test_keys_sort_orders_and_references_name_columns_that_exist(table):
    names = set(table.column_names)
    assert set(table.key) <= names
    assert set(table.sort_order) <= names
    assert set(table.volatile) <= names
    assert not any(table.column(name).nullable for name in table.key), "a key has no nulls"
    for column in table.columns:
        if column.refers_to:
            layer, target, key = column.refers_to.split(".")
            assert contract_of(layer, target).column(key).type == column.type


@pytest.mark.parametrize("table", CURATED, ids=name_of)
def test_published_columns_have_plain_types(table):
    assert all(column.type != "binary" for column in table.columns)


def test_table_names_are_unique_within_their_layer():
    names = [name_of(table) for table in ALL]
    assert len(names) == len(set(names))


def test_the_data_dictionary_is_the_contracts():
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == data_dictionary()
