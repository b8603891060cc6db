"""The recipes of docs/bi: what is marked as tested runs, gives what the release says, and every recipe is listed."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "docs" / "bi"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TESTED = ("duckdb", "pandas", "polars", "pyarrow", "excel")
BLOCKS = [
    pytest.param(block, id=f"{name}-{number}")
    for name in TESTED
    for number, block in enumerate(BLOCK.findall((DOCUMENTS / f"{name}.md").read_text("utf-8")))
]


@pytest.fixture
def answer(base: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Events that occurred, by country: asked of the tables, without the views that recipes use."""
    rows = base.execute("""
        SELECT country.name, count(*) FROM fact_event AS event, dim_country AS country
        WHERE event.country_code = country.country_code AND status = 'occurred' AND event.country_code <> 'ZZ'
        GROUP BY country.name
    """).fetchall()
    assert len(rows) > 3
    return sorted(rows)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_recipe_gives_what_the_release_says(
    block: str, answer: list[tuple[str, int]], report_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "communique-demo").symlink_to(report_home)
    monkeypatch.chdir(tmp_path)
    scope: dict[str, Any] = {}
    exec(block, scope)  # noqa: S102 — the block of our own document is what is tested
    assert sorted(map(tuple, scope["answer"])) == answer
    if "about" in scope:
        assert scope["about"]


def test_every_tested_tool_has_a_block() -> None:
    assert {str(param.id).partition("-")[0] for param in BLOCKS} == set(TESTED)


def test_every_recipe_is_listed_and_says_whether_it_is_tested() -> None:
    index = (DOCUMENTS / "README.md").read_text("utf-8")
    listed = {match[1]: match[2] for match in re.finditer(r"\]\((\S+)\.md\) \| (\w+)", index)}
    assert set(listed) == {path.stem for path in DOCUMENTS.glob("*.md")} - {"README"}
    assert {name for name, verdict in listed.items() if verdict != "no"} == set(TESTED)
    for name, verdict in listed.items():
        text = (DOCUMENTS / f"{name}.md").read_text("utf-8")
        assert ("Untested" in text) == (verdict == "no"), name


def test_files_that_recipes_name_are_in_a_release(report_home: Path) -> None:
    for path in DOCUMENTS.glob("*.md"):
        named = re.findall(r"current[/\\]([\w/\\.-]+\.(?:parquet|csv|xlsx|json|duckdb|html))", path.read_text("utf-8"))
        for name in named:
            assert (report_home / "current" / name.replace("\\", "/")).is_file(), (path.name, name)
