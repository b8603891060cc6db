"""The list of faults is whole, and every test it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "tests" / "faults"
LAST = {"H": 27, "X": 13, "T": 7, "C": 7}
_ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each row of the list with its tests as (file, name)."""
    return [(row, _TEST.findall(tests)) for row, _, tests in _ROW.findall((FAULTS / "README.md").read_text("utf-8"))]


def test_every_fault_is_listed_once_and_in_order() -> None:
    assert [row for row, _ in rows()] == [f"{kind}{n}" for kind, last in LAST.items() for n in range(1, last + 1)]


def test_every_fault_has_tests_and_they_exist() -> None:
    assert [row for row, tests in rows() if not tests] == []
    missing = [
        f"{row}: {file}::{name}"
        for row, tests in rows()
        for file, name in tests
        if name not in names_in(ROOT / file if "/" in file else FAULTS / file)
    ]
    assert missing == []


def test_a_file_with_a_test_called_after_a_fault_is_listed_there() -> None:
    listed = {(row, Path(file).name) for row, tests in rows() for file, _ in tests}
    called = {
        (row.upper(), path.name)
        for path in FAULTS.glob("test_*.py")
        for name in names_in(path)
        for row in re.findall(r"(?<=_)[hxtc]\d+(?=_)", name)
    }
    assert called
    assert called - listed == set()
