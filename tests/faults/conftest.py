from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.step import clean_file
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from warehouse.contract_check import check_contract
from warehouse.storage import Store
from warehouse.tables import contract_of

Cleaned = Callable[[Mapping[str, bytes]], dict[str, list[dict[str, Any]]]]


@pytest.fixture
def cleaned(tmp_path: Path) -> Cleaned:
    """Put bodies into a folder, fetch and clean it, store the tables, and return their rows as they are read back."""

    def run(files: Mapping[str, bytes]) -> dict[str, list[dict[str, Any]]]:
        folder = tmp_path / "folder"
        folder.mkdir()
        for name, body in files.items():
            (folder / name).write_bytes(body)
        store = Store(tmp_path / "home")
        outcome = fetch_source(store, folder_source(folder), date(2026, 11, 20), "run-1", 2000)
        assert outcome.n_captured == len(files)
        (captures,) = outcome.captures
        rows = {}
        for name, table in clean_file(store, captures).items():
            contract = contract_of("documents", name)
            assert check_contract(contract, table) == []
            ref = store.write(contract, table, captures.partition, captures.stem)
            rows[name] = store.read(ref).to_pylist()
        assert len(rows["documents"]) + len(rows["rejects"]) == len(files)
        return rows

    return run
