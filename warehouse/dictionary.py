"""The data dictionary: every table and column in words, made from the contracts and from nothing else.

`python -m warehouse.dictionary > docs/tables.md` writes it anew; a test keeps the committed file equal.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from warehouse.contract import Column, TableContract
from warehouse.tables import ALL, CURATED

INTRODUCTION = """# Tables

Made from the contracts in `warehouse/tables/` by `python -m warehouse.dictionary > docs/tables.md`; do not edit.

Under each table stand its grain, its key and what to beware of; each column has its type, whether it may be null, an
example of a value, its meaning and its codes. The **curated** tables are what a release publishes; the other layers
stay inside the warehouse. Offsets count code points in `document_text.text`. `_on` is a civil date, `_at` a UTC
instant, `_id` an id, `is_` a truth value. A dimension has an unknown member (`ent_unknown`, `ZZ`, date key 0), so that
inner joins lose nothing.
"""


# What a value looks like: by the name of its column, by the end of the name, by its type.
BY_NAME: Mapping[str, str] = {
    "country_code": "LT", "country_code3": "LTU", "unit": "people", "currency": "EUR", "label": "meeting",
    "url": "https://ministry.example/news/12", "language": "en", "confidence": "0.85", "parties": "BA | LT",
    "cycle": "2026", "date_key": "20250512", "year": "2025", "reference": "2024/1351", "office": "Minister",
    "capacity": "Minister", "month_name": "May", "weekday_name": "Monday", "iso_year": "2025",
    "value_min": "58", "value_max": "58", "start": "120", "end": "194",
}  # fmt: skip
BY_SUFFIX: Mapping[str, str] = {
    "event_id": "evt_ndvyjghyjevksec6sucw7sx454", "quantity_id": "qty_zuwvuq3kq5m2b4yxw7h6cfe2da",
    "claim_id": "clm_2oxzuqgxcfny4dsdhwkcdd3gqq", "mention_id": "men_6hlewuzigexrheoxsladfmmhti",
    "document_version_id": "ver_bkzr7w5yq2m4d3xk6hj2ncp5sa", "doc_id": "doc_lunr4w5yq2m4d3xk6hj2ncp5sa",
    "sentence_id": "sen_d5tq4w5yq2m4d3xk6hj2ncp5sa", "capture_id": "cap_mgra4w5yq2m4d3xk6hj2ncp5sa",
    "relation_id": "rel_h5tr4w5yq2m4d3xk6hj2ncp5sa", "pledge_id": "plg_jpjzyuwk64qfhkartbhx7a3bbe",
    "source_id": "mvp-hr", "reference_id": "FRONTEX", "run_id": "run_20250701t060000z_ab12",
    "rule_id": "frames.meeting.1",
    "_id": "ent_t3tpe2zhob3ejoy65cj6mnxoha", "_key": "20250512", "_on": "2025-05-12",
    "_at": "2025-05-14 08:30:00+00:00", "sha256": "9f86d081884c7d65…", "rules_hash": "3a7bd3e2360a3d29…",
    "name": "Lithuania",
}  # fmt: skip
BY_TYPE: Mapping[str, str] = {
    "string": "text", "int32": "3", "int64": "3", "float64": "0.5", "bool": "true", "date": "2025-05-12",
    "timestamp": "2025-05-14 08:30:00+00:00", "decimal": "1200000.00", "binary": "bytes",
}  # fmt: skip


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
        *(f"* {caveat}" for caveat in table.caveats),
        *([""] if table.caveats else []),
        "| column | type | null | example | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *map(_row, table.columns), ""])


def _row(column: Column) -> str:
    meaning = column.description
    if column.values:
        meaning += f" One of: {', '.join(f'`{value}`' for value in column.values)}."
    if column.refers_to:
        meaning += f" Refers to `{column.refers_to}`."
    cells = (f"`{column.name}`", column.type, "yes" if column.nullable else "", f"`{example(column)}`", meaning)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def example(column: Column) -> str:
    """Return a value such a column may hold: of its vocabulary, else by its name, else by its type."""
    if column.values:
        return column.values[0]
    if column.name in BY_NAME:
        return BY_NAME[column.name]
    for suffix, value in BY_SUFFIX.items():
        if column.name.endswith(suffix):
            return value
    return BY_TYPE[column.type]


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
