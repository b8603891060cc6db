"""The data dictionary: every table and column in words, made from the contracts and from nothing else.

`python -m warehouse.dictionary > docs/tables.md` writes it anew; a test keeps the committed file equal.
"""

from __future__ import annotations

import sys

from warehouse.contract import Column, TableContract
from warehouse.tables import ALL, CURATED

INTRODUCTION = """# Tables

Made from the contracts in `warehouse/tables/` by `python -m warehouse.dictionary > docs/tables.md`; do not edit.

The **curated** tables are what a release publishes; the other layers stay inside the warehouse. Offsets count code
points in `document_text.text`. `_on` is a civil date, `_at` a UTC instant, `_id` an id, `is_` a truth value. A
dimension has an unknown member (`ent_unknown`, `ZZ`, date key 0), so that inner joins lose nothing.
"""


def data_dictionary() -> str:
    """Return the dictionary as Markdown: the published tables first, then the layers in the order of the data flow."""
    others = tuple(table for table in ALL if table not in CURATED)
    return "\n".join([INTRODUCTION, *map(_describe, (*CURATED, *others))])


def _describe(table: TableContract) -> str:
    head = [
        f"## {table.layer}.{table.name}",
        "",
        f"One row is {table.grain}. Key: {', '.join(f'`{name}`' for name in table.key)}.",
        "",
        "| column | type | null | meaning |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *map(_row, table.columns), ""])


def _row(column: Column) -> str:
    meaning = column.description
    if column.values:
        meaning += f" One of: {', '.join(f'`{value}`' for value in column.values)}."
    if column.refers_to:
        meaning += f" Refers to `{column.refers_to}`."
    cells = (f"`{column.name}`", column.type, "yes" if column.nullable else "", meaning.replace("|", "\\|"))
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
