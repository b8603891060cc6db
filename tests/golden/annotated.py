"""The annotated sets, read by the stages once a session: for figures, for gates that change nothing, for confidence."""

from __future__ import annotations

from pathlib import Path

from flows.measured import extract_folder, resolve_home
from tasks.extract.annotations import Document
from tasks.extract.step import read_documents
from warehouse.settings import Settings
from warehouse.storage import Store
from warehouse.tables import documents

ROOT = Path(__file__).resolve().parents[2]
# Set → its folder; None: beside the repository, where it may be absent.
SETS = {"annotated": ROOT / "tests" / "annotated", "evaluation": None}
FIGURES = ROOT / "docs" / "figures"


def read_set(folder: Path, home: Path) -> Path:
    """Make a home of an annotated folder, without gates and without a release."""
    extract_folder(home, folder, Settings().reference_dir)
    resolve_home(home, Settings().reference_dir)
    return home


def documents_of(home: Path) -> list[Document]:
    """Every document of a home as the extract stage sees it."""
    store = Store(home)
    return read_documents(store.read_all(documents.DOCUMENTS), store.read_all(documents.SENTENCES))
