"""The stage on a warehouse of files: what is new is read, what stands is known, and the tables are the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tasks.resolve.entry import BY_DOCUMENT, DUPLICATES, Resolution, resolve_all
from tasks.resolve.step import resolve
from tests.unit.resolve.newsroom import Newsroom
from tests.unit.resolve.test_history import opening
from warehouse.collectives import read_memberships
from warehouse.corrections import add_corrections
from warehouse.ids import make_id
from warehouse.settings import Settings
from warehouse.staging import staging_store
from warehouse.storage import Partition, Store
from warehouse.tables import contract_of

REFERENCE = Settings().reference_dir


def store_day(home: Path, newsroom: Newsroom, day: str) -> None:
    """Write what was read on one day as files of their own, and the duplicates of all days."""
    tables = newsroom.tables(until=day)
    new = pa.array([page.version_id for page in newsroom.pages if page.captured == date.fromisoformat(day)])
    for name in BY_DOCUMENT:
        table = tables[name].filter(pc.is_in(tables[name]["document_version_id"], new))
        Store(home).write(contract_of(*name.split(".")), table, Partition("test", date.fromisoformat(day)), "part")
    Store(home).write(contract_of(*DUPLICATES.split(".")), tables[DUPLICATES], None, None)


def resolved(home: Path, run_id: str, *, is_accepted: bool = True) -> tuple[Resolution, dict[str, pa.Table]]:
    """Run the stage, and put its tables where those of the run before are unless a gate is to refuse them."""
    found = resolve_all(home, run_id, REFERENCE)
    staged = staging_store(home, run_id)
    tables = {ref.name: staged.read(ref) for ref in found.files}
    for name, table in tables.items() if is_accepted else ():
        Store(home).write(contract_of("resolved", name), table, None, None)
    return found, tables


def whole(newsroom: Newsroom, prior: dict[str, pa.Table]) -> dict[str, pa.Table]:
    return resolve(newsroom.tables(), prior, (), read_memberships(REFERENCE))


def same(left: dict[str, pa.Table], right: dict[str, pa.Table]) -> bool:
    return left.keys() == right.keys() and all(table.equals(right[name]) for name, table in left.items())


def test_a_day_reads_its_own_documents_and_every_version_of_those_it_replaces(tmp_path):
    newsroom = Newsroom()
    for number, name in enumerate("abcd"):
        opening(newsroom, name, "2021-11-20", when=f"2021-0{number + 1}-10")
    store_day(tmp_path, newsroom, "2021-11-20")
    first, before = resolved(tmp_path, "run_1")
    assert (first.counters["documents read"], first.counters["documents known"]) == (4, 0)
    # One more report of the event of a, b in other words, and a copy of d.
    opening(newsroom, "e", "2021-11-21", when="2021-01-10")
    opening(newsroom, "b", "2021-11-21", when="2021-01-10")
    opening(newsroom, "f", "2021-11-21", when="2021-04-10")
    newsroom.copy(newsroom.pages[3], newsroom.pages[-1])
    store_day(tmp_path, newsroom, "2021-11-21")
    expected = whole(newsroom, before)
    refused, after = resolved(tmp_path, "run_2", is_accepted=False)
    assert same(after, expected)
    assert (refused.counters["documents read"], refused.counters["documents known"]) == (3, 3)
    assert refused.counters["blocks touched"] < refused.counters["blocks"]
    # A gate refused the tables: the next run goes on from the same day, and a run with nothing new from the last.
    again, after = resolved(tmp_path, "run_3")
    assert same(after, expected) and again.counters == refused.counters
    still, after = resolved(tmp_path, "run_4")
    assert same(after, expected)
    assert (still.counters["documents read"], still.counters["pairs compared"]) == (0, 0)


def test_another_text_of_an_old_file_or_a_decision_resolves_everything(tmp_path):
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20")
    opening(newsroom, "b", "2021-11-20", when="2021-03-10")
    store_day(tmp_path, newsroom, "2021-11-20")
    resolved(tmp_path, "run_1")
    newsroom.pages[0].rows["extracted.claims"][0]["confidence"] = 0.5
    store_day(tmp_path, newsroom, "2021-11-20")
    changed, after = resolved(tmp_path, "run_2")
    assert changed.counters["documents read"] == 2
    assert 0.5 in after["events"]["confidence"].to_pylist()
    gone = newsroom.pages[1].doc_id
    assert gone == make_id("doc", "b")
    add_corrections(tmp_path, [{"action": "takedown", "id": gone, "reason": "asked for", "who": "an editor"}])
    taken, after = resolved(tmp_path, "run_3")
    assert taken.counters["documents read"] == 1
    assert gone not in after["entity_mentions"]["doc_id"].to_pylist()
    [kept] = (tmp_path / "state" / "resolution").iterdir()
    assert gone.encode() not in kept.read_bytes(), "what was taken down is in no file that stays"
