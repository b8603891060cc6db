"""How long a browser takes to open the report of a large release: `python benchmarks/page.py [EVENTS]`.

The release is made up: as many events as asked for (50,000 if not said), each with three parties and one passage, ten
of them to a document. Printed are the size of the page, the CPU time of making it, and what Chromium takes until the
page can be used, to search it, and to show one passage: on the clock, and in CPU time of all its processes, which a
busy machine does not stretch as much. The page is to be ready within two seconds.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from playwright.sync_api import sync_playwright

from warehouse.contract import Column, TableContract
from warehouse.duckdb_file import build_database
from warehouse.report import render_report
from warehouse.tables import CURATED

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CODES = (
    "AL", "AT", "BA", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "ME", "MK", "MT", "NL", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "XK",
)  # fmt: skip
TYPES = ("meeting", "visit", "agreement_signed", "relocation", "statement", "pledge_or_commitment", "negotiation")
WORDS = (
    "return", "readmission", "officials", "ministers", "relocation", "pledge", "border", "partners",
    "agreement", "asylum", "funding", "joint",
)  # fmt: skip
ABOUT = {"release_id": "rel_000001_000000000000", "schema_version": "1.0.0", "parent": None, "run_id": "run_1"}
_DEFAULTS: Mapping[str, Any] = {
    "string": "x", "int32": 1, "int64": 1, "float64": 0.5, "bool": False, "date": dt.date(2025, 5, 12),
    "timestamp": dt.datetime(2025, 5, 14, 8, 30, tzinfo=dt.UTC),
}  # fmt: skip


def default(column: Column) -> Any:
    """Return some lawful value of a column."""
    if column.nullable:
        return None
    return column.values[0] if column.values else _DEFAULTS[column.type]


def filled(contract: TableContract, rows: Iterator[dict[str, Any]]) -> pa.Table:
    """Return rows as a table; what they do not say is filled in."""
    empty = {column.name: default(column) for column in contract.columns}
    return pa.Table.from_pylist([empty | row for row in rows], contract.schema)


def made_up(n: int) -> dict[str, Iterator[dict[str, Any]]]:
    """Return the rows of a release of so many events, by table."""
    dice = random.Random(7)  # noqa: S311 — no secret
    sentences = [" ".join(dice.choices(WORDS, k=22)).capitalize() + "." for _ in range(n)]
    texts = ["\n".join(sentences[first : first + 10]) for first in range(0, n, 10)]
    spans = []
    for number, sentence in enumerate(sentences):
        start = sum(len(one) + 1 for one in sentences[number - number % 10 : number])
        spans.append({"start": start, "end": start + len(sentence), "quote": sentence})
    days = [dt.date(2010, 1, 1) + dt.timedelta(days=dice.randrange(5800)) for _ in range(n)]
    version = [f"ver_{number // 10:026d}" for number in range(n)]
    event = [f"evt_{number:026d}" for number in range(n)]
    claim = [f"clm_{number:026d}" for number in range(n)]
    unknown = {"place_id": "ent_unknown", "instrument_id": "ent_unknown", "project_id": "ent_unknown"}
    return {
        "dim_country": ({"country_code": code, "name": f"Country {code}"} for code in ["ZZ", *CODES]),
        "dim_event_type": ({"event_type": kind, "label": kind.replace("_", " ").capitalize()} for kind in TYPES),
        "dim_document": (
            {"document_version_id": f"ver_{number:026d}", "title": sentences[number * 10], "published_on": days[number]}
            | {"url": f"https://example.org/{number}", "body_sha256": f"{number:064x}"}
            for number in range(len(texts))
        ),
        "document_text": (
            {"document_version_id": f"ver_{number:026d}", "text": text} for number, text in enumerate(texts)
        ),
        "fact_event": (
            unknown
            | {"event_id": event[i], "event_type": dice.choice(TYPES), "start_on": days[i], "end_on": days[i]}
            | {"country_code": dice.choice(CODES), "date_precision": "day"}
            for i in range(n)
        ),
        "bridge_event_party": (
            {"event_id": event[i], "party_id": f"ent_{code}", "party_name": f"Country {code}", "country_code": code}
            | {"role": "participant", "party_kind": "territory"}
            for i in range(n)
            for code in dice.sample(CODES, 3)
        ),
        "fact_claim": (
            {"claim_id": claim[i], "document_version_id": version[i], "event_id": event[i]} | spans[i] for i in range(n)
        ),
        "bridge_fact_evidence": (
            {"fact_id": event[i], "fact_table": "fact_event", "evidence_id": claim[i]}
            | {"document_version_id": version[i], "evidence_role": "primary"}
            | spans[i]
            for i in range(n)
        ),
    }


def cpu_of_children() -> float:
    """Return the seconds of CPU that all processes below this one have used."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[entry.name], used[entry.name] = fields[1], int(fields[11]) + int(fields[12])
    below = {str(os.getpid())}
    while more := {process for process, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(used.get(process, 0) for process in below - {str(os.getpid())}) / os.sysconf("SC_CLK_TCK")


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """Return seconds, on the clock and of CPU, until the page is ready, of a search, and of showing a passage."""

    def timed(name: str, work: Callable[[], object]) -> None:
        cpu, clock = cpu_of_children(), time.perf_counter()
        work()
        found[name] = (time.perf_counter() - clock, cpu_of_children() - cpu)

    found: dict[str, tuple[float, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})

        def opened() -> None:
            page.goto(f"{path.as_uri()}#/events")
            page.wait_for_selector("html[data-ready]", state="attached")
            page.wait_for_selector("#list .row")

        def searched() -> None:
            page.evaluate("location.hash = '#/events?q=readmission+pledge&c=LT'")
            page.wait_for_selector("#chips button")

        def shown() -> None:
            page.locator("#list .row").first.click()
            page.wait_for_selector("#panel-passages mark")

        timed("ready", opened)
        timed("first search", searched)
        timed("one passage", shown)
        browser.close()
    return found


def main(n: int) -> None:
    """Make the page of a release of so many events, open it, print figures."""
    rows = made_up(n)
    with tempfile.TemporaryDirectory(prefix="communique-page-") as scratch:
        database, page = Path(scratch) / "warehouse.duckdb", Path(scratch) / "report.html"
        build_database(
            database,
            {contract.name: (contract, filled(contract, rows.get(contract.name, iter(())))) for contract in CURATED},
        )
        started = time.process_time()
        page.write_bytes(render_report(database, {**ABOUT, "gaps": {}, "environment": {}}))
        print(f"{n} events: {page.stat().st_size / 1e6:.1f} MB, made in {time.process_time() - started:.1f} s of CPU")
        for name, (clock, cpu) in measure(page).items():
            print(f"  {name}: {clock:.2f} s, {cpu:.2f} s of CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
