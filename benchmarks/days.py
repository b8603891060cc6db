"""What a whole day of ten documents costs by how many are there already: `python benchmarks/days.py [--write]`.

`communique run` as an engineer has it, a process of its own with its Prefect server: ten new announcements are fetched,
cleaned, read, resolved, curated, gated and published beside ten, and beside a hundred times as many. CPU seconds of the
process and its children. The announcements are the samples, each time told as another story of another year.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpus
from benchmarks.run import limits

A_DAY = 10
TIMES = 100
# The day with a hundred times the documents costs at most so many times the other.
WANTED = 2.0
HERE = Path(__file__).resolve().parent


def run_day(folder: Path, home: Path, day: str) -> float:
    """Return the CPU seconds of one run over a folder, the Prefect server it starts included."""
    program = Path(sys.executable).with_name("communique")
    free = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "PREFECT_"))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [program, "run", "--folder", folder, "--home", home, "--date", day], env=free, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def two_days(scratch: Path, n_documents: int) -> tuple[Path, Path]:
    """Write announcements of which the last ten are the second day's; return both folders."""
    first = corpus.write_folder(scratch / f"first-{n_documents}", n_documents + A_DAY)
    second = scratch / f"second-{n_documents}"
    second.mkdir()
    lines = (first / "manifest.jsonl").read_text("utf-8").splitlines(keepends=True)
    for line in lines[n_documents:]:
        shutil.move(first / json.loads(line)["file"], second)
    (first / "manifest.jsonl").write_text("".join(lines[:n_documents]), "utf-8")
    (second / "manifest.jsonl").write_text("".join(lines[n_documents:]), "utf-8")
    return first, second


def measure(n_documents: int, times: int) -> dict[int, float]:
    """Return documents already there → CPU seconds of the next day of ten."""
    spent = {}
    with tempfile.TemporaryDirectory(prefix="communique-days-") as directory:
        scratch = Path(directory)
        for count in (n_documents, n_documents * times):
            first, second = two_days(scratch, count)
            home = scratch / f"home-{count}"
            run_day(first, home, "2026-01-01")
            spent[count] = run_day(second, home, "2026-01-02")
    return spent


def main() -> None:
    """Measure both warehouses and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the figures to benchmarks/days.json")
    write = parser.parse_args().write
    load_before, started = os.getloadavg()[0], time.monotonic()
    spent = measure(A_DAY, TIMES)
    few, many = spent
    ratio = spent[many] / spent[few]
    for count, seconds in spent.items():
        print(f"{count:>6} documents there: {seconds:6.1f} CPU s")
    print(f"ratio {ratio:.2f}, wanted at most {WANTED:g}: {'met' if ratio <= WANTED else 'MISSED'}")
    if write:
        machine = limits(load_before, time.monotonic() - started)
        figures = {"machine": machine, "cpu_seconds": spent, "ratio": ratio, "wanted": WANTED}
        (HERE / "days.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
