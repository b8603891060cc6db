"""What `communique knowledge lint` and `coverage` find in files that are wrong, and in documents."""

import shutil
from pathlib import Path

import pytest

from tasks.extract.knowledge.reference_tables import read_tables
from tasks.extract.knowledge_coverage import coverage
from tasks.extract.knowledge_lint import Finding, lint


def copied(reference_dir: Path, target: Path) -> Path:
    """A copy of the reference tables; of the frames only one file, whose examples are run."""
    shutil.copytree(reference_dir, target)
    for path in (target / "frames").glob("[!_]*.yaml"):
        if path.name != "visit.yaml":
            path.unlink()
    return target


@pytest.fixture
def copy(tmp_path: Path, reference_dir: Path) -> Path:
    """A copy that a test may spoil."""
    return copied(reference_dir, tmp_path / "reference")


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def test_the_knowledge_of_the_project_has_no_errors(reference_dir: Path) -> None:
    assert [finding for finding in lint(reference_dir) if finding.severity == "error"] == []


# Rows that load and mislead: table and line, then the check that finds them and what it says.
MISLEADING = (
    ("organisations", "X-TWIN,Frontex,ngo,,,,,,,,,editor,1", "ambiguous", "'Frontex' (*) is also a form of FRONTEX"),
    ("organisations", "X-CASE,x case body,ngo,,,,Iom,,,,,editor,1", "case_twins", "'Iom' of X-CASE"),
    ("units", "widgets,,editor", "unused", "nothing in a text can find widgets"),
    (
        "organisations", "X-OPEN,Some Open Body,ngo,,,,,,,,,editor; to be checked at open.example,0.5",
        "to_be_checked", "X-OPEN: editor; to be checked at open.example",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def misled(tmp_path_factory: pytest.TempPathFactory, reference_dir: Path) -> Path:
    """A copy with all misleading rows."""
    directory = copied(reference_dir, tmp_path_factory.mktemp("misled") / "reference")
    for table, line, *_ in MISLEADING:
        append(directory / f"{table}.csv", line)
    return directory


@pytest.fixture(scope="module")
def findings(misled: Path) -> list[Finding]:
    return lint(misled)


@pytest.mark.parametrize(("table", "line", "check", "says"), MISLEADING)
def test_a_row_that_misleads_is_found(findings: list[Finding], table: str, line: str, check: str, says: str) -> None:
    (found,) = [finding for finding in findings if finding.check == check and says in finding.message]
    assert f"{table}.csv:" in found.where


def test_a_row_to_be_checked_is_loaded(misled: Path) -> None:
    assert "X-OPEN" in {row["organisation_id"] for row in read_tables(misled)["organisations"]}


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("organisations", "EU,Another Union,ngo,,,,,,,,,editor,1"),
        ("organisations", "X-KIND,Some Body,club,,,,,,,,,editor,1"),
        ("organisations", "X-SURE,Some Body,ngo,,,,,,,,,editor,maybe"),
    ],
)
def test_a_row_that_stops_the_loading_is_found(copy: Path, table: str, line: str) -> None:
    append(copy / f"{table}.csv", line)
    (found,) = lint(copy)
    assert found.check == "table"
    assert f"{table}.csv:" in found.where


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
