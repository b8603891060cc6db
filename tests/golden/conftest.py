"""The whole pipeline without Prefect: the plain functions behind the tasks, in the order of the flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from expectations.entry import GateInputs, GateVerdict, gate_archived, gate_staged
from tasks.clean.entry import clean_batch, link_duplicates
from tasks.curate.entry import curate_all
from tasks.curate.release import publish_release
from tasks.extract.entry import extract_batch
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from tasks.resolve.entry import resolve_all
from tests.golden.annotated import SETS, read_set
from warehouse.settings import Settings
from warehouse.staging import promote, read_parts, staging_store
from warehouse.storage import FileRef, Store
from warehouse.tables import archive, contract_of

SETTINGS = Settings()
RUN_ID = "run_golden"
Build = Callable[..., Path]


def fetch_folder(home: Path, folder: Path, day: date) -> list[FileRef]:
    """Archive a folder for one logical date; return the new files of captures, accepted by the gate."""
    outcome = fetch_one(home, folder_source(folder), day, RUN_ID, SETTINGS.documents_per_file)
    if not outcome.captures:
        return []
    inputs = GateInputs(SETTINGS.quarantine_share, (folder_source(folder).id,))
    return passed(gate_archived(home, RUN_ID, "fetch", "fetch", outcome.captures, inputs)).accepted


def passed(verdict: GateVerdict) -> GateVerdict:
    assert not verdict.blocked, verdict.reason
    return verdict


def process_captures(home: Path, captures: list[FileRef]) -> list[GateVerdict]:
    """Clean and extract files of captures, each stage followed by its gate."""
    verdicts = []
    sources = tuple(sorted({ref.partition.source_id for ref in captures if ref.partition}))
    inputs = GateInputs(SETTINGS.quarantine_share, sources, {"archive.captures": captures})
    verdicts.append(gate_staged(home, RUN_ID, "clean", "clean", clean_batch(home, RUN_ID, captures), inputs))
    documents = [ref for ref in passed(verdicts[-1]).accepted if ref.name == "documents"]
    staged = extract_batch(home, RUN_ID, documents, SETTINGS.reference_dir)
    inputs = GateInputs(SETTINGS.quarantine_share, sources, {"documents.documents": documents})
    verdicts.append(passed(gate_staged(home, RUN_ID, "extract", "extract", staged, inputs)))
    return verdicts


def publish_all(home: Path, verdicts: list[GateVerdict]) -> str | None:
    """Link, resolve, curate and publish everything that is processed; return the id of the new release."""
    store = Store(home)
    none = GateInputs(SETTINGS.quarantine_share)
    verdicts.append(passed(gate_staged(home, RUN_ID, "link", "link", link_duplicates(home, RUN_ID), none)))
    names = ("extracted.claims", "extracted.mentions", "documents.documents")
    inputs = GateInputs(
        SETTINGS.quarantine_share, (), {name: store.files(contract_of(*name.split("."))) for name in names}
    )
    resolved = resolve_all(home, RUN_ID, SETTINGS.reference_dir).files
    verdicts.append(passed(gate_staged(home, RUN_ID, "resolve", "resolve", resolved, inputs)))
    staged = curate_all(home, RUN_ID, SETTINGS.reference_dir, _kinds(home), {})
    verdicts.append(passed(gate_staged(home, RUN_ID, "curate", "curate", staged, none)))
    return publish_release(home, RUN_ID, [verdict.results for verdict in verdicts], {}, {})


def publish_ungated(home: Path, captures: list[FileRef]) -> str | None:
    """The same without the gates, which are half of the work of a run of few documents.

    For comparisons with a warehouse that went through them: nothing that is published may depend on them.
    """
    cleaned = _promoted(home, clean_batch(home, RUN_ID, captures))
    documents = [ref for ref in cleaned if ref.name == "documents"]
    _promoted(home, extract_batch(home, RUN_ID, documents, SETTINGS.reference_dir))
    _promoted(home, link_duplicates(home, RUN_ID))
    _promoted(home, resolve_all(home, RUN_ID, SETTINGS.reference_dir).files)
    _promoted(home, curate_all(home, RUN_ID, SETTINGS.reference_dir, _kinds(home), {}))
    return publish_release(home, RUN_ID, [], {}, {})


def _promoted(home: Path, staged: Sequence[FileRef]) -> list[FileRef]:
    return promote(Store(home), read_parts(staging_store(home, RUN_ID), staged))


def _kinds(home: Path) -> dict[str, str]:
    return {ref.partition.source_id: "folder" for ref in Store(home).files(archive.CAPTURES) if ref.partition}


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that makes a warehouse of a folder and gives its home directory."""

    def build_home(folder: Path, day: date = date(2026, 11, 20), home: Path | None = None) -> Path:
        directory = home or tmp_path_factory.mktemp("home")
        publish_all(directory, process_captures(directory, fetch_folder(directory, folder, day)))
        return directory

    return build_home


@pytest.fixture(scope="session")
def sample_home(build: Build) -> Path:
    """The warehouse of the sample announcements; tests only read it."""
    return build(SETTINGS.reference_dir.parent / "documents")


@pytest.fixture(scope="session", params=SETS)
def annotated_set(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """Name, folder and home of an annotated set; one that lies beside the repository is skipped where it is absent."""
    folder = SETS[request.param] or request.getfixturevalue("shared_dir") / request.param
    return request.param, folder, read_set(folder, tmp_path_factory.mktemp(request.param) / "home")
