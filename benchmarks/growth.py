"""What a day of ten documents costs by how many are there already: `python benchmarks/growth.py [--write]`.

Ten sample announcements are fetched, read and resolved once. Their tables are then told again as other documents with
other events of other days, about the same countries, organisations and persons, until as many documents are there as
asked for, and so many times as many. On either warehouse one more day of ten
documents is curated, gated and published; both are measured in one process, in CPU seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import corpus
from expectations.entry import GateInputs, gate_staged
from tasks.clean.entry import clean_batch, link_duplicates
from tasks.curate.entry import curate_all
from tasks.curate.release import publish_release, release_history
from tasks.curate.step import INPUTS
from tasks.extract.entry import extract_batch
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from tasks.resolve.entry import resolve_all
from warehouse.ids import ID_PATTERN, document_version_id, make_id
from warehouse.settings import Settings
from warehouse.storage import Partition, Store
from warehouse.tables import contract_of

SETTINGS = Settings()
A_DAY = 10
FIRST_DAY = date(2026, 1, 1)
SOURCE = "sample"
# Things of the world that every story names again; everything else belongs to its story.
_SHARED = "ent_"
_HASH_COLUMNS = frozenset({"body_sha256"})
_DAY_COLUMNS = frozenset({"start_on", "end_on", "date_start", "date_end", "published_on"})
Tables = dict[str, pa.Table]


def told_once(home: Path) -> Tables:
    """Return the tables that ten sample announcements give, all that the curate stage reads."""
    folder = corpus.write_folder(home.parent / "documents", A_DAY)
    source = folder_source(folder)
    store = Store(home)
    captures = fetch_one(home, source, FIRST_DAY, "run_a", SETTINGS.documents_per_file).captures
    share = SETTINGS.quarantine_share
    cleaned = gate_staged(
        home,
        "run_a",
        "clean",
        "clean",
        clean_batch(home, "run_a", captures),
        GateInputs(share, (source.id,), {"archive.captures": captures}),
    ).accepted
    documents = [ref for ref in cleaned if ref.name == "documents"]
    gate_staged(
        home,
        "run_a",
        "extract",
        "extract",
        extract_batch(home, "run_a", documents, SETTINGS.reference_dir),
        GateInputs(share, (source.id,), {"documents.documents": documents}),
    )
    gate_staged(home, "run_a", "link", "link", link_duplicates(home, "run_a"), GateInputs(share))
    for name, table in (
        (ref.name, Store(home / "staged" / "run_a").read(ref))
        for ref in resolve_all(home, "run_a", SETTINGS.reference_dir).files
    ):
        store.write(contract_of("resolved", name), table)
    return {name: store.read_all(contract_of(*name.split("."))) for name in INPUTS}


def told_again(tables: Mapping[str, pa.Table], story: int) -> Tables:
    """Return the tables as those of ten other documents: other ids, other bytes, events of another day."""
    ids = re.compile(ID_PATTERN)
    known: dict[str, str] = {}
    hashes: dict[str, str] = {}

    def other_hash(value: str) -> str:
        return hashes.setdefault(value, hashlib.sha256(f"{value} {story}".encode()).hexdigest())

    captures = tables["archive.captures"]
    for version, body in _pairs(tables["documents.documents"], captures):
        known[version] = document_version_id(other_hash(body))

    def other_id(value: str) -> str:
        if value not in known:
            free = ids.match(value) is None or value.startswith(_SHARED)
            known[value] = value if free else make_id(value.partition("_")[0], value, story)
        return known[value]

    def retold(field: pa.Field, column: pa.Array) -> pa.Array:
        if field.name in _HASH_COLUMNS:
            return _mapped(column, other_hash)
        if pa.types.is_string(field.type) and (field.name.endswith("_id") or field.name == "id"):
            return _mapped(column, other_id)
        if field.name in _DAY_COLUMNS:
            return pc.subtract(column, pa.scalar(timedelta(days=story), pa.duration("s"))).cast(pa.date32())
        return pc.binary_join_element_wise(column, f"copy-{story}", "?") if field.name == "url" else column

    return {
        name: pa.Table.from_arrays(
            [retold(field, table[field.name].combine_chunks()) for field in table.schema], schema=table.schema
        )
        for name, table in tables.items()
    }


def _pairs(documents: pa.Table, captures: pa.Table) -> list[tuple[str, str]]:
    bodies = dict(zip(captures["capture_id"].to_pylist(), captures["body_sha256"].to_pylist(), strict=True))
    versions, taken = (documents[name].to_pylist() for name in ("document_version_id", "capture_id"))
    return [(version, bodies[capture]) for version, capture in zip(versions, taken, strict=True)]


def _mapped(column: pa.Array, other: Callable[[str], str]) -> pa.Array:
    encoded = column.dictionary_encode()
    values = pa.array(
        [None if value is None else other(value) for value in encoded.dictionary.to_pylist()], pa.string()
    )
    return values.take(encoded.indices)


def add_stories(home: Path, told: Tables, stories: range) -> None:
    """Put so many stories into a warehouse, a day each; what is resolved over everything grows by them."""
    store = Store(home)
    grown: dict[str, list[pa.Table]] = {}
    for story in stories:
        day = FIRST_DAY + timedelta(days=story)
        for name, table in told_again(told, story).items():
            contract = contract_of(*name.split("."))
            if not contract.partitioned:
                grown.setdefault(name, []).append(table)
                continue
            for column, value in (("source_id", SOURCE), ("logical_date", day)):
                if column in table.column_names:
                    at = table.schema.get_field_index(column)
                    field = table.schema.field(column)
                    table = table.set_column(at, field, pa.repeat(pa.scalar(value, field.type), len(table)))
            store.write(contract, table, Partition(SOURCE, day), "part-000")
    for name, parts in grown.items():
        contract = contract_of(*name.split("."))
        whole = pa.concat_tables([store.read_all(contract), *parts])
        store.write(
            contract,
            whole.group_by(list(contract.key), use_threads=False)
            .aggregate([(column, "first") for column in contract.column_names if column not in contract.key])
            .rename_columns([*contract.key, *(c for c in contract.column_names if c not in contract.key)]),
        )


def publish_day(home: Path, run_id: str) -> dict[str, float]:
    """Curate, gate and publish what is there; return the CPU seconds of each."""
    spent = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        started = time.process_time()
        result = work()
        spent[name] = time.process_time() - started
        return result

    staged = timed("curate", lambda: curate_all(home, run_id, SETTINGS.reference_dir, {SOURCE: "folder"}, {}))
    inputs = GateInputs(SETTINGS.quarantine_share, history=release_history(home))
    verdict = timed("gate", lambda: gate_staged(home, run_id, "curate", "curate", staged, inputs))
    assert not verdict.blocked, verdict.reason
    released = timed("publish", lambda: publish_release(home, run_id, [verdict.results], {}, {}))
    assert released is not None
    return spent


def measure(n_documents: int, times: int) -> dict[int, dict[str, float]]:
    """Return documents already there → stage → CPU seconds of one more day."""
    spent: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="communique-growth-") as scratch:
        told = told_once(Path(scratch) / "told" / "home")
        # What only the first of a process pays: imports, the suites, the compiled rules.
        add_stories(Path(scratch) / "first", told, range(1))
        publish_day(Path(scratch) / "first", "run_a")
        for count in (n_documents, n_documents * times):
            home, stories = Path(scratch) / str(count), count // A_DAY
            add_stories(home, told, range(stories))
            publish_day(home, "run_b")
            add_stories(home, told, range(stories, stories + 1))
            spent[count] = publish_day(home, "run_c")
            spent[count]["together"] = sum(spent[count].values())
    return spent


def main() -> None:
    """Measure both warehouses and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="?", default=40, help="documents already there; a multiple of ten")
    parser.add_argument("times", type=int, nargs="?", default=100, help="how many times as many to compare with")
    parser.add_argument("--write", action="store_true", help="write the figures to benchmarks/growth.json")
    wanted = parser.parse_args()
    logging.disable(logging.WARNING)
    spent = measure(wanted.documents, wanted.times)
    few, many = spent.values()
    ratios = {name: round(many[name] / few[name], 2) for name in few}
    print(f"{'':12}" + "".join(f"{count:>12,} documents" for count in spent) + f"{'ratio':>12}")
    for name, ratio in ratios.items():
        print(f"{name:12}{few[name]:>20.2f} s{many[name]:>20.2f} s{ratio:>12.2f}")
    if wanted.write:
        figures = {
            "a_day_of_documents": A_DAY,
            "cpu_seconds_by_documents_there": {
                str(count): {name: round(seconds, 2) for name, seconds in one.items()} for count, one in spent.items()
            },
            "ratio": ratios,
            "load_of_the_machine": [round(load, 1) for load in os.getloadavg()],
            "processors": len(os.sched_getaffinity(0)),
        }
        (Path(__file__).with_suffix(".json")).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
