"""What `communique knowledge lint` and `coverage` find in files that are wrong, and in documents."""

import shutil
from pathlib import Path

import pytest

from tasks.extract.knowledge.reference_tables import read_tables
from tasks.extract.knowledge_coverage import coverage
from tasks.extract.knowledge_lint import lint


@pytest.fixture
def copy(tmp_path: Path, reference_dir: Path) -> Path:
    """A copy of the reference tables that a test may spoil."""
    target = tmp_path / "reference"
    shutil.copytree(reference_dir, target)
    return target


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def test_the_knowledge_of_the_project_has_no_errors(reference_dir: Path) -> None:
    assert [finding for finding in lint(reference_dir) if finding.severity == "error"] == []


@pytest.mark.parametrize(
    ("table", "line", "check"),
    [
        ("organisations", "X-TWIN,Frontex,ngo,,,,,,,,,editor,1", "ambiguous"),
        ("organisations", "X-CASE,x case body,ngo,,,,Iom,,,,,editor,1", "case_twins"),
        ("organisations", "EU,Another Union,ngo,,,,,,,,,editor,1", "table"),
        ("organisations", "X-KIND,Some Body,club,,,,,,,,,editor,1", "table"),
        ("units", "widgets,,editor", "unused"),
        ("organisations", "X-SURE,Some Body,ngo,,,,,,,,,editor,maybe", "table"),
    ],
)
def test_a_bad_row_is_found(copy: Path, table: str, line: str, check: str) -> None:
    append(copy / f"{table}.csv", line)
    found = [finding for finding in lint(copy) if finding.check == check]
    assert found, lint(copy)
    assert f"{table}.csv" in " ".join(finding.where + finding.message for finding in found)


def test_a_row_to_be_checked_is_loaded_and_says_where(copy: Path) -> None:
    append(copy / "organisations.csv", "X-OPEN,Some Open Body,ngo,,,,,,,,,editor; to be checked at open.example,0.5")
    assert "X-OPEN" in {row["organisation_id"] for row in read_tables(copy)["organisations"]}
    found = [finding.message for finding in lint(copy) if finding.check == "to_be_checked"]
    assert "X-OPEN: editor; to be checked at open.example" in found


def test_a_row_says_it_is_to_be_checked_in_source_and_certainty(reference_dir: Path) -> None:
    rows = [row for table in read_tables(reference_dir).values() for row in table if "certainty" in row]
    assert rows
    assert [row for row in rows if ("to be checked" in row["source"]) != (row["certainty"] == "0.5")] == []


def test_a_failing_example_is_found(copy: Path) -> None:
    frames = copy / "frames" / "visit.yaml"
    spoilt = frames.read_text("utf-8").replace(
        "claims:\n      - {type: visit", "claims: []\n    was:\n      - {type: visit", 1
    )
    frames.write_text(spoilt, "utf-8")
    assert {finding.check for finding in lint(copy)} & {"example", "frames"}


def test_coverage_counts_rows_and_names_nobody_knows(reference_dir: Path) -> None:
    text = "Frontex met the Foo Bar Club. Frontex and the Foo Bar Club met again."
    documents = [{"document_version_id": "v", "text": text, "body_start": 0, "language": "en"}]
    spans = [(0, 7), (text.rindex("Frontex"), text.rindex("Frontex") + 7)]
    mentions = [
        {"document_version_id": "v", "kind": "organisation", "reference_id": "FRONTEX", "start": a, "end": b}
        for a, b in spans
    ]
    found = coverage(reference_dir, documents, mentions)
    assert found.fired == (("organisation", "FRONTEX", 2, 1),)
    assert found.unknown == (("Foo Bar Club", 2, 1),)
    assert ("organisation", "FRONTEX") not in found.silent
    assert ("organisation", "UNHCR") in found.silent
