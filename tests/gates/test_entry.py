"""Between staging area and tables: the accepted is moved, the refused written down, a block moves nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from expectations.entry import GateInputs, GateVerdict, gate_archived, gate_staged
from warehouse.staging import Part, leftovers, staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import archive, documents, quality

Tables = Mapping[str, pa.Table]
Cut = Callable[..., list[Part]]
RUN = "run-1"


def stored(store: Store, parts: list[Part]) -> list[FileRef]:
    return [store.write(part.contract, part.table, part.partition, part.stem) for part in parts]


def cleaned(home: Path, parts: list[Part], captures: list[FileRef]) -> GateVerdict:
    inputs = GateInputs(0.5, ("alpha", "beta"), {"archive.captures": captures})
    return gate_staged(home, RUN, "clean", "clean-2025-07", stored(staging_store(home, RUN), parts), inputs)


def damaged(part: Part, rows: slice) -> Part:
    if part.table_name != "documents.documents" or part.partition.source_id != "alpha":
        return part
    position = part.table.schema.get_field_index("text_chars")
    values = part.table.column("text_chars").to_pylist()
    values[rows] = [1] * len(values[rows])
    field = part.table.schema.field(position)
    return replace(part, table=part.table.set_column(position, field, pa.array(values, field.type)))


@pytest.fixture
def captures(home: Path, good: Tables, parts_of: Cut) -> list[FileRef]:
    return stored(Store(home), parts_of("fetch", good, "archive.captures"))


def test_a_refused_row_is_written_down_and_the_rest_is_moved(
    home: Path, good: Tables, parts_of: Cut, captures: list[FileRef]
) -> None:
    verdict = cleaned(home, [damaged(part, slice(0, 1)) for part in parts_of("clean", good)], captures)
    store = Store(home)
    assert not verdict.blocked
    assert len(store.read_all(documents.DOCUMENTS)) == len(good["documents.documents"]) - 1
    assert sorted(ref.path for ref in verdict.accepted) == sorted(
        ref.path for table in documents.TABLES[:5] for ref in store.files(table)
    )
    quarantine = store.read_all(quality.QUARANTINE)
    assert len(quarantine) == verdict.n_quarantined > 1
    assert "text_matches_length" in quarantine.column("rule").to_pylist()
    results = store.read(verdict.results)
    assert results.column("stage").unique().to_pylist() == ["clean-2025-07"]
    assert "failed" in results.column("verdict").to_pylist()


def test_a_blocked_gate_moves_nothing_and_leaves_the_staging_area(
    home: Path, good: Tables, parts_of: Cut, captures: list[FileRef]
) -> None:
    parts = [part for part in parts_of("clean", good) if part.table_name != "documents.links"]
    verdict = cleaned(home, parts, captures)
    assert verdict.blocked
    assert verdict.accepted == []
    assert Store(home).files(documents.DOCUMENTS) == []
    assert [path.name for path in leftovers(home)] == [RUN]
    assert "failed" in Store(home).read(verdict.results).column("verdict").to_pylist()


def test_a_bad_source_is_not_moved_and_the_others_are(
    home: Path, good: Tables, parts_of: Cut, captures: list[FileRef]
) -> None:
    verdict = cleaned(home, [damaged(part, slice(None)) for part in parts_of("clean", good)], captures)
    assert not verdict.blocked
    assert list(verdict.blocked_sources) == ["alpha"]
    assert {ref.partition.source_id for ref in Store(home).files(documents.DOCUMENTS)} == {"beta"}


def test_the_archive_is_read_and_never_altered(home: Path, good: Tables, captures: list[FileRef]) -> None:
    before = {ref.path: (home / ref.path).read_bytes() for ref in captures}
    verdict = gate_archived(home, RUN, "fetch", "fetch", captures, GateInputs(0.5, ("alpha", "beta")))
    assert verdict.accepted == captures
    assert {ref.path: (home / ref.path).read_bytes() for ref in Store(home).files(archive.CAPTURES)} == before
