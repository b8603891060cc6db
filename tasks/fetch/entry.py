"""What a flow calls of this stage: sources in, what was archived and what went wrong out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tasks.fetch.archivist import FetchOutcome
from tasks.fetch.asking import Asking
from tasks.fetch.coverage import count_declared
from tasks.fetch.crawl import crawl
from tasks.fetch.source import Source
from tasks.fetch.step import fetch_source
from tasks.fetch.visit import Progress
from tasks.fetch.web.client import WebClient
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.page_signs import load_signs
from warehouse.storage import FileRef, Store

# Beside the tables: when each host was asked last, so that runs in turn keep the distance too.
STATE_DIRECTORY = "web"


def fetch_one(home: Path, source: Source, logical_date: date, run_id: str, documents_per_file: int) -> FetchOutcome:
    """Read one source of this machine into the archive; see `tasks.fetch.step.fetch_source`."""
    return fetch_source(Store(home), source, logical_date, run_id, documents_per_file)


def fetch_web(
    home: Path,
    sources: Sequence[Source],
    asking: Asking,
    settings: WebSettings,
    reference: Path,
    progress: Progress | None = None,
) -> list[FetchOutcome]:
    """Ask sources of the web, all by one client: two publishers on one host are asked in turn.

    Args:
        home: Directory of the warehouse.
        sources: Sources of kind `web`.
        asking: The run, its day, and how far back.
        settings: Limits and manners.
        reference: Directory of the knowledge tables, for the signs of pages that are none.
        progress: Called with source, pages done, pages in all.

    Returns:
        One outcome a source, in their order.

    Raises:
        StorageError: The archive could not be written; what was archived before stays.
    """
    signs = load_signs(reference / "web")

    async def run() -> list[FetchOutcome]:
        async with WebClient(settings, home / STATE_DIRECTORY) as web:
            return await crawl(web, Store(home), sources, asking, signs, progress or _silent)

    return asyncio.run(run())


def measure_coverage(home: Path, sources: Sequence[Source], logical_date: date, run_id: str) -> list[FileRef]:
    """Count what came against what the sources promise; see `tasks.fetch.coverage.count_declared`."""
    return count_declared(Store(home), sources, logical_date, run_id)


def _silent(source: str, done: int, total: int) -> None:
    """Show nothing."""
