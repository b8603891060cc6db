"""What a flow calls of this stage: file references in, references to staged files out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tasks.extract.knowledge.knowledge import Knowledge, load_knowledge
from tasks.extract.labellers.chosen import NONE, Choice, choice_of, identity, load_labellers
from tasks.extract.step import extract_file
from warehouse.fingerprints import code_version
from warehouse.reference import rules_hash
from warehouse.settings import Settings
from warehouse.staging import staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import contract_of


@lru_cache(maxsize=2)
def _knowledge(directory: Path, content: str) -> Knowledge:
    """Load the knowledge once for each content of its directory; `content` is the key, not an input."""
    return load_knowledge(directory)


def extract_version() -> str:
    """Return the version of this stage's code; its rules are hashed with the knowledge."""
    return code_version(Path(__file__).parent)


def labelled_by(settings: Settings) -> str:
    """Return what the answers of the chosen labellers depend on; empty where the rules work alone.

    Raises:
        ConfigurationError: A labeller is not known or not there.
    """
    return identity(choice_of(settings))


def extract_batch(
    home: Path, run_id: str, documents: Sequence[FileRef], reference: Path, labellers: Choice = NONE
) -> list[FileRef]:
    """Extract what each file of documents says into the staging area of the run.

    Args:
        home: Directory of the warehouse.
        run_id: The run.
        documents: Files of `documents.documents`; the sentences of a file stand under the same partition and stem.
        reference: Directory of the knowledge tables.
        labellers: Models asked beside the rules.

    Returns:
        One reference for each table and file of documents, also where a table has no rows.
    """
    store, staging = Store(home), staging_store(home, run_id)
    knowledge = _knowledge(reference, rules_hash(reference))
    sentences = {(ref.partition, ref.stem): ref for ref in store.files(contract_of("documents", "sentences"))}
    asked = load_labellers(labellers, home)
    staged = []
    for ref in documents:
        texts = store.read(sentences[ref.partition, ref.stem])
        tables = extract_file(store.read(ref), texts, knowledge, asked, identity(labellers))
        for name, table in tables.items():
            staged.append(staging.write(contract_of("extracted", name), table, ref.partition, ref.stem))
    return staged
