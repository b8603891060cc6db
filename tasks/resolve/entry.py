"""What a flow calls of this stage: the tables of the warehouse in, references to staged files out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tasks.resolve.corpus import read_corpus
from tasks.resolve.fold import fold
from tasks.resolve.left import Left, name_of_left, nothing_collected, read_left, write_left
from tasks.resolve.state import State
from tasks.resolve.step import further_state, prior_registry, resolved_tables, standing
from warehouse.collectives import Membership, read_memberships
from warehouse.corrections import Correction, corrections_hash, read_corrections
from warehouse.fingerprints import code_version
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import contract_of

DUPLICATES = "documents.duplicates"
BY_DOCUMENT = (
    "documents.documents",
    "documents.sentences",
    "extracted.mentions",
    "extracted.claims",
    "extracted.claim_arguments",
)
INPUTS = (*BY_DOCUMENT, DUPLICATES)
PRIOR = ("id_registry", "registry_evidence")


def resolve_version() -> str:
    """Return the version of this stage's code."""
    return code_version(Path(__file__).parent)


def input_files(store: Store) -> list[FileRef]:
    """Return every file the resolution reads, in a fixed order."""
    return [ref for name in INPUTS for ref in store.files(contract_of(*name.split(".")))]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome of the stage.

    Attributes:
        files: One reference for each table of the layer.
        counters: What it took: document versions read, documents known from the run before, blocks that something was
            put into or taken out of, all blocks, and pairs compared.
    """

    files: list[FileRef]
    counters: Mapping[str, int]


def resolve_all(home: Path, run_id: str, reference_dir: Path) -> Resolution:
    """Resolve all mentions and claims of the warehouse into the staging area of the run.

    Where the last resolution left what it knew, only the documents of the days since are read and compared, with what
    stands in the blocks they fall in; the tables are the same either way.

    Raises:
        ConfigurationError: The groups of countries or the corrections are wrong.
        StorageError: A table cannot be read or written.
    """
    with nothing_collected():
        return _resolve(home, run_id, read_memberships(reference_dir))


def _resolve(home: Path, run_id: str, memberships: Sequence[Membership]) -> Resolution:
    store, staging = Store(home), staging_store(home, run_id)
    corrections, corrected = read_corrections(home), corrections_hash(home)
    inputs = {ref.path: ref.sha256 for ref in input_files(store) if ref.name != "duplicates"}
    before = _name(corrected, [ref for name in PRIOR for ref in store.files(contract_of("resolved", name))])
    left = read_left(home, before)
    further = _further(store, left, inputs, corrections) if left else None
    state = further or _from_the_beginning(store, corrections)
    tables = resolved_tables(state, memberships)
    files = [staging.write(contract_of("resolved", name), table, None, None) for name, table in tables.items()]
    after = _name(corrected, [ref for ref in files if ref.name in PRIOR])
    write_left(home, after, Left(inputs, state.left), before if further else None)
    known = left.state.locals if left and further else {}
    counters = {
        "documents read": state.work.documents,
        "documents known": sum(version.key in known for version in state.current.values()),
        "blocks touched": state.work.blocks_touched,
        "blocks": state.work.blocks,
        "pairs compared": state.work.pairs_compared,
    }
    return Resolution(files, counters)


def _name(corrected: str, registry: Sequence[FileRef]) -> str:
    return name_of_left(resolve_version(), corrected, {ref.name: ref.sha256 for ref in registry})


def _from_the_beginning(store: Store, corrections: Sequence[Correction]) -> State:
    tables = {name: store.read_all(contract_of(*name.split("."))) for name in INPUTS}
    prior = {name: store.read_all(contract_of("resolved", name)) for name in PRIOR}
    return fold(read_corpus(standing(tables, corrections)), prior_registry(prior), corrections)


def _further(store: Store, left: Left, inputs: Mapping[str, str], corrections: Sequence[Correction]) -> State | None:
    """Return the state that follows from what was left and from the files that are new since; None if none does."""
    if any(inputs.get(path) != digest for path, digest in left.inputs.items()):
        return None
    new = {name: [ref for ref in _files(store, name) if ref.path not in left.inputs] for name in BY_DOCUMENT}
    tables = {name: _read(store, name, refs) for name, refs in new.items()}
    doc_ids = {doc_id for table in tables.values() for doc_id in table.column("doc_id").to_pylist()}
    if doc_ids & left.state.corpus.histories.keys():
        # Another version of what is known: all versions are needed to tell when each of them stood.
        wanted = pa.array(sorted(doc_ids), pa.string())
        tables = {name: store.read_all(contract_of(*name.split("."))) for name in BY_DOCUMENT}
        tables = {name: table.filter(pc.is_in(table.column("doc_id"), wanted)) for name, table in tables.items()}
    tables[DUPLICATES] = store.read_all(contract_of(*DUPLICATES.split(".")))
    return further_state(left.state, tables, corrections)


def _files(store: Store, name: str) -> list[FileRef]:
    return store.files(contract_of(*name.split(".")))


def _read(store: Store, name: str, refs: Sequence[FileRef]) -> pa.Table:
    empty = contract_of(*name.split(".")).schema.empty_table()
    return pa.concat_tables([empty, *(store.read(ref) for ref in refs)])
