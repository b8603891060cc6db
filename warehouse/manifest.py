"""What the manifest of a release says beside its contents: verdicts, environment, files."""

from __future__ import annotations

import importlib.metadata
import platform
from collections import Counter
from contextlib import suppress
from typing import Any

import pyarrow as pa

from warehouse.datapackage import PublishedFile

# Libraries that decide what the tables hold or how they are written.
LIBRARIES = (
    "babel", "communique", "duckdb", "ftfy", "great-expectations", "htmldate", "lxml", "pandas", "prefect", "py3langid",
    "pyarrow", "trafilatura",
)  # fmt: skip


def gate_summary(results: pa.Table) -> dict[str, dict[str, int]]:
    """Return severity → verdict → number of rules."""
    counted: dict[str, Counter[str]] = {}
    for row in results.select(["severity", "verdict"]).to_pylist():
        counted.setdefault(row["severity"], Counter())[row["verdict"]] += 1
    return {severity: dict(verdicts) for severity, verdicts in counted.items()}


def environment() -> dict[str, str]:
    """Return the versions of what made the release; names and versions only, nothing of the machine or its settings."""
    versions = {"python": platform.python_version()}
    for library in LIBRARIES:
        with suppress(importlib.metadata.PackageNotFoundError):
            versions[library] = importlib.metadata.version(library)
    return versions


def file_entry(file: PublishedFile) -> dict[str, Any]:
    """Return what the manifest says of one file."""
    return {"path": file.path, "sha256": file.sha256, "bytes": file.size, "table": file.table, "rows": file.rows}
