"""Measure the stages (`make bench`): ratios within one run, CPU seconds, medians. See `benchmarks.measures`.

Prints a table. `--write` also writes the figures to benchmarks/figures.json, beside what they were measured on.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent

if TYPE_CHECKING:
    from benchmarks.timing import Figure

LIBRARIES = ("ahocorasick-rs", "duckdb", "great-expectations", "httpx2", "prefect", "pyarrow", "trafilatura")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the figures to benchmarks/figures.json")
    write = parser.parse_args().write
    load_before = os.getloadavg()[0]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as scratch:
        figures = measure(Path(scratch))
    machine = limits(load_before, time.monotonic() - started)
    show(figures, machine)
    if write:
        report = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
        (HERE / "figures.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"\nWritten to {HERE.name}/figures.json")


def measure(scratch: Path) -> list[Figure]:
    """Return the figures."""
    # A developer's own warehouse or Prefect server is not what is measured.
    for name in [name for name in os.environ if name.startswith(("COMMUNIQUE_", "PREFECT_"))]:
        del os.environ[name]
    logging.disable(logging.WARNING)
    # Two writers at the temporary server's SQLite wait for one another; it says so at length, and tries again.
    os.environ["PREFECT_SERVER_LOGGING_LEVEL"] = "CRITICAL"
    from flows.cli.running import embed_prefect

    embed_prefect(scratch / "prefect")
    from benchmarks import comparing, corpus, fetching, measures

    figures: list[Figure] = []

    def step(what: str, work: Callable[[], list[Figure]]) -> None:
        print(f"… {what}", file=sys.stderr)
        figures.extend(work())

    step("fetch, requests", lambda: fetching.requests(scratch))
    step("fetch, memory", fetching.bomb_memory)
    samples, pages = corpus.sample_pages(measures.SAMPLE_ROUNDS), corpus.news_pages(measures.NEWS_PAGES)
    step("clean, sample pages", lambda: measures.clean_stage(scratch, "sample pages", samples))
    step("clean, news pages", lambda: measures.clean_stage(scratch, "news pages", pages))
    home, texts = measures.cleaned(scratch, measures.CORPUS)
    step("near duplicates", lambda: comparing.near_duplicates(texts))
    step("extract", lambda: measures.extract_stage(texts))
    step("resolve, curate, publish", lambda: measures.stages_over_everything(scratch, home, texts))
    step("runs", lambda: measures.runs(scratch))
    return figures


def limits(load_before: float, seconds: float) -> dict[str, Any]:
    """Return what bounds the figures: processors, load, versions."""
    return {
        "processors": len(os.sched_getaffinity(0)),
        "architecture": platform.machine(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "wall_seconds": round(seconds),
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def show(figures: list[Figure], machine: dict[str, Any]) -> None:
    rows = [("measured", "", "beside", "", "ratio", "turns")]
    rows += [
        (f.what, f"{f.ours:.3g} {f.unit}", f.against, f"{f.peer:.3g} {f.unit}", f"{f.ratio:.3g}", str(f.turns))
        for f in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print()
    for says, lines in _grouped(figures).items():
        print(f"{', '.join(lines)}: {says}.")
    print(
        f"\nMedians of CPU seconds of this process on {machine['processors']} processors ({machine['architecture']}, "
        f"{machine['memory_gb']} GB), load {machine['load_before']} before and {machine['load_after']} after, "
        f"Python {machine['python']}; {machine['wall_seconds']} s in all."
    )
    if max(machine["load_before"], machine["load_after"]) > machine["processors"]:
        print("The machine was shared: read the ratios, not the seconds.")


def _grouped(figures: list[Figure]) -> dict[str, list[str]]:
    """Return each remark with the measurements it is about."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.what not in found.setdefault(figure.says, []):
            found[figure.says].append(figure.what)
    return found


if __name__ == "__main__":
    main()
