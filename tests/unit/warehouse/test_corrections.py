from pathlib import Path

import pyarrow as pa
import pytest

from warehouse.corrections import (
    COLUMNS,
    SETTABLE,
    VALUES,
    Correction,
    add_corrections,
    corrections_hash,
    read_corrections,
    taken_down,
    without_documents,
)
from warehouse.errors import ConfigurationError
from warehouse.ids import make_id

A, B = make_id("evt", "a"), make_id("evt", "b")
DOC, ENTITY, QUANTITY = make_id("doc", "a"), make_id("ent", "a"), make_id("qty", "a")
WHY = {"reason": "read both pages", "who": "M. Editor"}


def write(home: Path, name: str, *rows: dict[str, str]) -> None:
    directory = home / "corrections"
    directory.mkdir(exist_ok=True)
    lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    (directory / name).write_text("\n".join(lines) + "\n", "utf-8")


LAWFUL = [
    {"action": "merge", "id": A, "other_id": B},
    {"action": "split", "id": A, "other_id": B},
    {"action": "retract", "id": QUANTITY},
    {"action": "set", "id": A, "column": "start_on", "value": "2025-05-12"},
    {"action": "set", "id": A, "column": "start_on", "value": ""},
    {"action": "set", "id": QUANTITY, "column": "qualifier", "value": "about"},
    {"action": "takedown", "id": DOC},
]


@pytest.mark.parametrize("row", LAWFUL, ids=[f"{row['action']} {at}" for at, row in enumerate(LAWFUL)])
def test_a_lawful_row_is_read_as_it_stands(home: Path, row: dict[str, str]) -> None:
    write(home, "a.csv", row | WHY)
    (found,) = read_corrections(home)
    assert {name: getattr(found, name) for name in row} == row
    assert found.note == "by M. Editor: read both pages"


WRONG = [
    ({"action": "erase", "id": A}, "is no action"),
    ({"action": "retract", "id": A, "reason": ""}, "says no reason"),
    ({"action": "retract", "id": A, "who": " "}, "says no who"),
    ({"action": "retract", "id": "evt_x"}, "is no id for retract"),
    ({"action": "retract", "id": ENTITY}, "is no id for retract"),
    ({"action": "takedown", "id": A}, "is no id for takedown"),
    ({"action": "merge", "id": A}, "is no id for merge"),
    ({"action": "merge", "id": A, "other_id": A}, "no two things of one kind"),
    ({"action": "merge", "id": A, "other_id": ENTITY}, "no two things of one kind"),
    ({"action": "retract", "id": A, "other_id": B}, "takes one id"),
    ({"action": "retract", "id": A, "value": "x"}, "sets nothing"),
    ({"action": "set", "id": A, "column": "title", "value": "x"}, "cannot be set"),
    ({"action": "set", "id": A, "column": "start_on", "value": "May"}, "is no start_on"),
    ({"action": "set", "id": A, "column": "start_on", "value": "20250712"}, "is no start_on"),
    ({"action": "set", "id": A, "column": "status", "value": ""}, "is no status"),
    ({"action": "set", "id": QUANTITY, "column": "value_min", "value": "-1"}, "is no value_min"),
]


@pytest.mark.parametrize(("row", "what"), WRONG, ids=[f"{what} {at}" for at, (_, what) in enumerate(WRONG)])
def test_a_wrong_row_is_refused_with_file_and_line(home: Path, row: dict[str, str], what: str) -> None:
    write(home, "a.csv", {"action": "takedown", "id": DOC} | WHY, WHY | row)
    with pytest.raises(ConfigurationError, match=what) as caught:
        read_corrections(home)
    assert caught.value.where.endswith("a.csv:3")
    with pytest.raises(ConfigurationError, match=what):
        add_corrections(home.parent / "other", [WHY | row])
    assert not (home.parent / "other").exists()


def test_order_and_files_do_not_matter_but_what_is_decided_does(tmp_path: Path) -> None:
    one, other = ({"action": "retract", "id": name} | WHY for name in (A, B))
    homes = [tmp_path / name for name in ("x", "y", "z")]
    for home in homes:
        home.mkdir()
    write(homes[0], "a.csv", one, other)
    write(homes[1], "b.csv", other)
    write(homes[1], "a.csv", one, other)
    write(homes[2], "a.csv", one)
    assert corrections_hash(homes[0]) == corrections_hash(homes[1]) != corrections_hash(homes[2])
    assert corrections_hash(tmp_path) == corrections_hash(tmp_path / "nowhere")


def test_two_decisions_on_one_subject_must_agree(home: Path) -> None:
    write(home, "a.csv", {"action": "merge", "id": A, "other_id": B} | WHY)
    write(home, "b.csv", {"action": "split", "id": B, "other_id": A} | WHY)
    with pytest.raises(ConfigurationError, match=r"contradicts .*a\.csv:2"):
        read_corrections(home)


def test_rows_are_added_all_or_none(home: Path) -> None:
    path = add_corrections(home, [{"action": "set", "id": A, "column": "status", "value": "planned"} | WHY])
    before = path.read_bytes()
    contradicting = [
        {"action": "retract", "id": B} | WHY,
        {"action": "set", "id": A, "column": "status", "value": "cancelled"} | WHY,
    ]
    with pytest.raises(ConfigurationError, match="contradicts set"):
        add_corrections(home, contradicting)
    assert path.read_bytes() == before
    add_corrections(home, contradicting[:1])
    assert [one.action for one in read_corrections(home)] == ["retract", "set"]


def test_what_is_decided_already_is_not_written_again(home: Path) -> None:
    decision = {"action": "set", "id": A, "column": "status", "value": "planned"} | WHY
    before = add_corrections(home, [decision]).read_bytes()
    assert add_corrections(home, [decision, decision]).read_bytes() == before
    assert before.count(A.encode()) == 1


def test_every_column_that_may_be_set_says_what_it_takes() -> None:
    assert VALUES.keys() == {column for columns in SETTABLE.values() for column in columns}


def test_a_row_of_a_list_is_named_by_its_place_there(home: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no start_on") as caught:
        wrong = {"action": "set", "id": A, "column": "start_on", "value": "May"} | WHY
        add_corrections(home, [{"action": "retract", "id": B} | WHY, wrong], ["answers.csv:2", "answers.csv:7"])
    assert caught.value.where == "answers.csv:7"


def test_a_document_leaves_every_table_that_names_it() -> None:
    gone = taken_down([Correction("takedown", DOC, "", "", "", "privacy", "M. Editor", "")])
    other = make_id("doc", "b")
    tables = {
        "one": pa.table({"doc_id": [DOC, other]}),
        "pairs": pa.table({"doc_id_a": [other, other], "doc_id_b": [DOC, other]}),
        "none": pa.table({"id": [DOC]}),
    }
    kept = without_documents(tables, gone)
    assert kept["one"].to_pylist() == [{"doc_id": other}]
    assert kept["pairs"].to_pylist() == [{"doc_id_a": other, "doc_id_b": other}]
    assert kept["none"].num_rows == 1
