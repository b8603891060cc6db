"""What a flow calls of this stage: one source in, what was archived and what went wrong out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tasks.fetch.sources import Source
from tasks.fetch.step import FetchOutcome, fetch_source
from warehouse.storage import Store


def fetch_one(home: Path, source: Source, logical_date: date, run_id: str, documents_per_file: int) -> FetchOutcome:
    """Fetch one source into the archive; see `tasks.fetch.step.fetch_source`."""
    return fetch_source(Store(home), source, logical_date, run_id, documents_per_file)
