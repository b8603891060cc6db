"""The measurements, one function each.

What a stage stands beside is what a reader could use instead, or the least any tool must do, or itself with fewer
documents; each figure says which.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute

from benchmarks import corpus
from benchmarks.timing import Figure, Scale, medians, taking_turns
from tasks.clean.duplicates import find_duplicates
from tasks.clean.step import clean_file
from tasks.curate.changes import fact_changes, gate_result_table
from tasks.curate.step import INPUTS, CurateContext, curate
from tasks.extract.knowledge.knowledge import load_knowledge
from tasks.extract.step import extract_file
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from tasks.resolve.step import resolve
from warehouse.publication import ReleaseContext, publish
from warehouse.settings import Settings
from warehouse.storage import Store
from warehouse.tables import archive, quality

SETTINGS = Settings()
DAY = date(2026, 1, 1)
ONE_FILE = 10_000
WORD = re.compile(r"\w+|[^\w\s]")

Tables = dict[str, pa.Table]


def cleaned(scratch: Path, n_documents: int) -> tuple[Path, Tables]:
    """Return a warehouse whose archive holds so many different announcements, and their cleaned tables."""
    home = scratch / f"corpus-{n_documents}" / "home"
    folder = corpus.write_folder(home.parent / "documents", n_documents)
    captures = fetch_one(home, folder_source(folder), DAY, "run_bench", ONE_FILE).captures
    (tables,) = (clean_file(Store(home), ref) for ref in captures)
    assert len(tables["documents"]) == n_documents, "every announcement is a document of its own"
    return home, tables


def so_many(texts: Tables, count: int, own_words: bool = False) -> tuple[pa.Table, pa.Table]:
    """Return so many documents with their sentences; beyond what there is, the first ones again as other documents.

    A stage that looks at one document at a time has no less work where a text has come before. Where documents are
    compared, `own_words` marks every word with the round, so that rounds have nothing in common.
    """
    parts: dict[str, list[pa.Table]] = {"documents": [], "sentences": []}
    there_are = len(texts["documents"])
    for round_ in range(-(-count // there_are)):
        ids = texts["documents"].column("doc_id").to_pylist()[: count - round_ * there_are]
        for name, found in parts.items():
            table = texts[name]
            kept = table.filter(pa.compute.is_in(table.column("doc_id"), pa.array(ids)))
            renamed = pa.array([f"{doc_id}{round_}" for doc_id in kept.column("doc_id").to_pylist()])
            renamed_table = kept.set_column(kept.schema.get_field_index("doc_id"), kept.schema.field("doc_id"), renamed)
            if own_words and name == "sentences":
                words = [WORD.sub(rf"\g<0>{round_}", text) for text in kept.column("text").to_pylist()]
                place = kept.schema.get_field_index("text")
                renamed_table = renamed_table.set_column(place, kept.schema.field("text"), pa.array(words, pa.string()))
            found.append(renamed_table)
    documents, sentences = (pa.concat_tables(parts[name]) for name in ("documents", "sentences"))
    assert len(documents) == count
    return documents, sentences


def stages_over_everything(scratch: Path, home: Path, texts: Tables, scale: Scale) -> list[Figure]:
    """Measure resolve, curate and publish with a number of documents and with four times as many."""
    knowledge = load_knowledge(SETTINGS.reference_dir)
    captures = Store(home).read_all(
        archive.CAPTURES, [name for name in archive.CAPTURES.column_names if name != "body"]
    )
    seconds: dict[int, dict[str, float]] = {}
    for count in (scale.quarter, scale.corpus):
        ids = pa.array(texts["documents"].column("doc_id").to_pylist()[:count])
        kept = {
            name: table.filter(pa.compute.is_in(table.column("doc_id"), ids))
            for name, table in texts.items()
            if name != "rejects"
        }
        extracted = extract_file(kept["documents"], kept["sentences"], knowledge)
        duplicates = find_duplicates(kept["documents"], kept["sentences"])
        inputs = {
            "archive.captures": captures,
            "archive.absences": archive.ABSENCES.schema.empty_table(),
            **{f"documents.{name}": table for name, table in kept.items()},
            "documents.duplicates": duplicates,
            **{f"extracted.{name}": table for name, table in extracted.items()},
        }
        seconds[count] = _over_everything(scratch / f"releases-{count}", inputs, scale.turns)
    return [
        Figure(
            f"{stage}, {scale.corpus} documents",
            seconds[scale.corpus][stage],
            "CPU s",
            f"the same, {scale.quarter} documents",
            seconds[scale.quarter][stage],
            seconds[scale.corpus][stage] / seconds[scale.quarter][stage],
            scale.turns,
            f"{scale.corpus // scale.quarter} would be linear",
        )
        for stage in seconds[scale.corpus]
    ]


def _over_everything(directory: Path, inputs: Tables, turns: int) -> dict[str, float]:
    """Return the median CPU seconds of resolve, curate and publish on these tables, and of the three together."""
    results: dict[str, Tables] = {}
    homes = iter(directory / str(turn) for turn in range(turns))

    def resolving() -> None:
        results["resolved"] = {f"resolved.{name}": table for name, table in resolve(inputs, {}).items()}

    def curating() -> None:
        tables = inputs | results["resolved"]
        context = CurateContext(sources={"folder-documents": "folder"}, gaps={})
        results["curated"] = curate({name: tables[name] for name in INPUTS}, SETTINGS.reference_dir, context)

    def publishing() -> None:
        curated = results["curated"]
        about = {
            "fact_change": fact_changes(None, curated, curated["id_registry"]),
            "fact_gate_result": gate_result_table(quality.GATE_RESULTS.schema.empty_table()),
        }
        assert publish(next(homes), curated | about, ReleaseContext("run_bench")) is not None

    seconds = taking_turns(turns, resolve=resolving, curate=curating, publish=publishing)
    seconds["resolve, curate and publish"] = [sum(turn) for turn in zip(*seconds.values(), strict=True)]
    return medians(seconds)


def runs(scratch: Path, turns: int = 2) -> list[Figure]:
    """Measure a run with nothing new against the first run over the samples, gates and Prefect included."""
    # Two writers at the temporary server's SQLite wait for one another; it says so at length, and tries again.
    os.environ["PREFECT_SERVER_LOGGING_LEVEL"] = "CRITICAL"
    from flows.cli.running import embed_prefect

    embed_prefect(scratch / "prefect")
    from flows.daily import daily

    folder = corpus.write_folder(scratch / "runs" / "documents", len(corpus.sample_lines()))
    homes = [scratch / "runs" / f"home-{turn}" for turn in range(-1, turns)]
    # What only the first run of a process pays: imports, Prefect's server and its database.
    daily(home=str(homes[0]), folder=str(folder), logical_date=DAY)
    first, again = iter(homes[1:]), iter(homes[1:])

    def run(home: Path, outcome: str) -> None:
        summary = daily(home=str(home), folder=str(folder), logical_date=DAY)
        assert summary.outcome == outcome, summary

    half = medians(
        taking_turns(turns, first=lambda: run(next(first), "published"), again=lambda: run(next(again), "unchanged"))
    )
    return [
        Figure(
            "a run with nothing new",
            half["again"],
            "CPU s",
            "the first run, 16 announcements",
            half["first"],
            half["again"] / half["first"],
            turns,
            "what is left is reading hashes, the lock, the ledger and Prefect's client; its server is another process",
        )
    ]
