"""Files are where the design puts them, small, and named after what is in them."""

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"flows", "tasks", "expectations", "warehouse"}
FOLDERS = PACKAGES | {"seeds", "deployments", "tests", "docs", "benchmarks", ".ci"}
NAMED_AFTER_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "shared"}
MOST_LINES = 300


def test_the_top_level_holds_the_named_folders_only(files: list[Path]) -> None:
    assert {path.parts[0] for path in files if len(path.parts) > 1} <= FOLDERS


def test_no_source_file_outgrows_its_subject(files: list[Path]) -> None:
    sources = [path for path in files if path.parts[0] in PACKAGES and path.suffix in {".py", ".sql"}]
    assert sources
    lines = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in sources}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_file_is_named_after_nothing(files: list[Path]) -> None:
    assert [str(path) for path in files if path.suffix == ".py" and path.stem in NAMED_AFTER_NOTHING] == []


def test_deployments_hold_no_python(files: list[Path]) -> None:
    assert [str(path) for path in files if path.parts[0] == "deployments" and path.suffix == ".py"] == []


def test_no_module_of_flows_hides_another_package() -> None:
    """A `flows/x.py:f` entrypoint puts flows/ first on sys.path, and a namesake there then hides the real package."""
    children = [path for path in (ROOT / "flows").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    taken = FOLDERS | set(sys.stdlib_module_names) | set(packages_distributions())
    assert {path.stem for path in children} & taken == set()
