"""Sources of the web: their lists read, their pages asked, and every answer taken into the archive with its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from tasks.fetch.addresses import canonical_address
from tasks.fetch.archivist import Archivist, FetchOutcome
from tasks.fetch.asking import Asking
from tasks.fetch.coverage import count_listed
from tasks.fetch.discovery.walk import Discovered, discover
from tasks.fetch.holdings import Holdings, read_holdings
from tasks.fetch.pages import plan_pages
from tasks.fetch.source import Source
from tasks.fetch.visit import Progress, Visit
from tasks.fetch.web.exchange import Web
from tasks.fetch.web.page_signs import Sign
from warehouse.errors import IntegrityError
from warehouse.storage import Partition, Store

# A run that is killed loses what it has not written: at two seconds a page, some minutes' work.
BATCH_DOCUMENTS = 100


async def crawl(
    web: Web, store: Store, sources: Sequence[Source], asking: Asking, signs: Sequence[Sign], progress: Progress
) -> list[FetchOutcome]:
    """Ask several sources at once and archive what is new; the client keeps the manners.

    Returns:
        One outcome a source, in their order; a source that failed has a gap.

    Raises:
        StorageError: The archive could not be written; what was archived before stays.
    """
    return list(await asyncio.gather(*(_crawl_one(web, store, source, asking, signs, progress) for source in sources)))


async def _crawl_one(
    web: Web, store: Store, source: Source, asking: Asking, signs: Sequence[Sign], progress: Progress
) -> FetchOutcome:
    partition = Partition(source.id, asking.logical_date)
    since = asking.logical_date - timedelta(days=source.window_days)
    try:
        holdings = read_holdings(store, source.id, since, asking.logical_date)
    except IntegrityError as error:
        return Archivist(store, partition, asking.run_id, Holdings(source.id), 1).finish(str(error))
    batch = min(asking.documents_per_file, BATCH_DOCUMENTS)
    archivist = Archivist(store, partition, asking.run_id, holdings, batch)
    window = asking.window(source, holdings.last_asked)

    def known(url: str) -> bool:
        return holdings.document_of(canonical_address(url)) is not None

    found = await discover(web, source, window, known)
    for attempt in found.attempts:
        archivist.take(attempt)
    plan = plan_pages(source, found.pages, holdings, since, asking.logical_date, window.closed)
    visit = Visit(source, archivist, signs, progress, found.pages)
    await visit.ask(web, plan)
    counted = count_listed(store, source, asking, found.pages.values(), holdings) if window.closed else None
    return archivist.finish(_gap(found, visit), counted)


def _gap(found: Discovered, visit: Visit) -> str | None:
    """Return why a source is missing: none of its lists could be read, or none of its pages could be had."""
    if found.n_lists and not found.n_read:
        why = "; ".join(f"{one.location}: {one.reason}" for one in found.attempts if one.outcome == "failed")
        return f"none of its lists could be read: {why}"
    if visit.done and visit.failed == visit.done:
        return f"none of {visit.done} pages could be had"
    return None
