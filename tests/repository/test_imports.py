"""The import direction of the packages holds."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGES = {"fetch", "clean", "extract", "resolve", "curate"}


def test_contracts_are_kept() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint_imports, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_tasks_has_only_the_stages_the_contracts_name() -> None:
    """The contracts list the stages one by one: a package they do not list would be bound by none of them."""
    allowed = {"__init__.py", "__pycache__", "py.typed", "prefect_tasks.py", *STAGES}
    assert {path.name for path in (ROOT / "tasks").iterdir()} <= allowed


def test_the_tasks_package_imports_nothing() -> None:
    """Importing one stage must not import the others, nor Prefect."""
    tree = ast.parse((ROOT / "tasks" / "__init__.py").read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
