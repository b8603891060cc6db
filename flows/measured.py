"""The stages on an annotated folder, one after the other in this process, for measuring: no gate, release or Prefect.

What is measured is what the stages find. A gate only takes away from it, and says so in the run it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tasks.clean.entry import clean_batch, link_duplicates
from tasks.extract.entry import extract_batch
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from tasks.resolve.entry import resolve_all
from warehouse.errors import ConfigurationError
from warehouse.staging import promote, read_parts, staging_store
from warehouse.storage import FileRef, Store

RUN_ID = "run_measured"
# Nothing that is measured depends on the day on which the folder is read.
_ANY_DAY = date(2000, 1, 1)
_DOCUMENTS_A_FILE = 2000


def extract_folder(home: Path, folder: Path, reference: Path) -> None:
    """Archive a folder into an empty home, clean it and extract what its documents say.

    Raises:
        ConfigurationError: Nothing in the folder can be read.
    """
    outcome = fetch_one(home, folder_source(folder), _ANY_DAY, RUN_ID, _DOCUMENTS_A_FILE)
    if not outcome.captures:
        raise ConfigurationError("holds no document that can be read", str(folder), "Name a folder of .html and .txt.")
    cleaned = _kept(home, clean_batch(home, RUN_ID, outcome.captures))
    documents = [ref for ref in cleaned if ref.name == "documents"]
    _kept(home, extract_batch(home, RUN_ID, documents, reference))


def resolve_home(home: Path, reference: Path) -> None:
    """Find repeated documents and merge what all documents of a home say."""
    _kept(home, link_duplicates(home, RUN_ID))
    _kept(home, resolve_all(home, RUN_ID, reference).files)


def _kept(home: Path, staged: Sequence[FileRef]) -> list[FileRef]:
    """Move what a stage made into the tables, all of it."""
    return promote(Store(home), read_parts(staging_store(home, RUN_ID), staged))
