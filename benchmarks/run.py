"""Measure the stages (`make bench`): ratios within one run, CPU seconds, medians.

Prints a table, with what is wanted of a figure beside it. `--only` measures some of the stages, `--pages` also cleans
the pages of a folder, `--largest` extracts from that many documents too, and `--write` writes the figures to
benchmarks/figures.json, beside what they were measured on.
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
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent

if TYPE_CHECKING:
    from benchmarks.timing import Figure, Scale

LIBRARIES = ("ahocorasick-rs", "duckdb", "great-expectations", "httpx2", "prefect", "pyarrow", "spacy", "trafilatura")
STAGES = ("fetch", "clean", "near duplicates", "extract", "whole", "runs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the figures to benchmarks/figures.json")
    parser.add_argument("--only", action="append", choices=STAGES, help="measure this stage; may be given often")
    parser.add_argument("--pages", type=Path, action="append", default=[], help="a folder of HTML pages, also .html.gz")
    parser.add_argument("--largest", type=int, default=0, help="extract from so many documents too, once")
    asked = parser.parse_args()
    from benchmarks.timing import Scale

    scale = Scale()
    if asked.largest > scale.ladder[-1][0]:
        scale = replace(scale, ladder=(*scale.ladder, (asked.largest, 1)))
    load_before = os.getloadavg()[0]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as scratch:
        figures = measure(Path(scratch), scale, asked.only or STAGES, asked.pages)
    machine = limits(load_before, time.monotonic() - started)
    show(figures, machine)
    if asked.write:
        report = {"machine": machine, "figures": [asdict(figure) | {"is_met": figure.is_met} for figure in figures]}
        (HERE / "figures.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"\nWritten to {HERE.name}/figures.json")


def measure(scratch: Path, scale: Scale, stages: Sequence[str], folders: Sequence[Path] = ()) -> list[Figure]:
    """Return the figures.

    Args:
        scratch: An empty directory.
        scale: How much is measured.
        stages: Which of `STAGES`.
        folders: Pages to clean besides the bundled ones.
    """
    # A developer's own warehouse or Prefect server is not what is measured.
    for name in [name for name in os.environ if name.startswith(("COMMUNIQUE_", "PREFECT_"))]:
        del os.environ[name]
    logging.disable(logging.WARNING)
    from benchmarks import cleaning, comparing, corpus, extracting, fetching, measures

    home, texts = measures.cleaned(scratch, scale.corpus)
    pages = {
        "sample pages": corpus.sample_pages(scale.sample_rounds),
        "news pages": corpus.news_pages(scale.news_pages),
        **{f"pages of {folder.name}": cleaning.given_pages(folder) for folder in folders},
    }
    works: dict[str, list[Callable[[], list[Figure]]]] = {
        "fetch": [lambda: fetching.requests(scratch, scale), lambda: fetching.bomb_memory(scale)],
        "clean": [partial(cleaning.clean_stage, scratch, kind, pages[kind], scale.turns) for kind in pages],
        "near duplicates": [lambda: comparing.near_duplicates(texts, scale)],
        "extract": [lambda: extracting.extract_stage(texts, scale)],
        "whole": [lambda: measures.stages_over_everything(scratch, home, texts, scale)],
        "runs": [lambda: measures.runs(scratch)],
    }
    figures: list[Figure] = []
    for stage in (stage for stage in STAGES if stage in stages):
        print(f"… {stage}", file=sys.stderr)
        for work in works[stage]:
            figures.extend(work())
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
    rows = [("measured", "", "beside", "", "ratio", "wanted", "turns")]
    rows += [
        (
            f.what,
            f"{f.ours:.3g} {f.unit}",
            f.against,
            f"{f.peer:.3g} {f.unit}",
            f"{f.ratio:.3g}",
            _wanted(f),
            str(f.turns),
        )
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


def _wanted(figure: Figure) -> str:
    return "" if figure.wanted is None else f"{figure.wanted}: {'met' if figure.is_met else 'MISSED'}"


def _grouped(figures: list[Figure]) -> dict[str, list[str]]:
    """Return each remark with the measurements it is about."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.what not in found.setdefault(figure.says, []):
            found[figure.says].append(figure.what)
    return found


if __name__ == "__main__":
    main()
