"""One source that lies on this machine, read to its end into the archive: folders and WARC files.

The web is asked in `tasks.fetch.crawl`: many sources at once, by one client.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tasks.fetch.archivist import Archivist, FetchOutcome
from tasks.fetch.fetched import Found
from tasks.fetch.folder import read_folder
from tasks.fetch.holdings import read_holdings
from tasks.fetch.sources import Source
from tasks.fetch.warc_reader import read_warcs
from warehouse.storage import Partition, Store

READERS: Mapping[str, Callable[[Source], Iterator[Found]]] = {"folder": read_folder, "warc": read_warcs}


def fetch_source(
    store: Store, source: Source, logical_date: date, run_id: str, documents_per_file: int
) -> FetchOutcome:
    """Read one source and archive what is new.

    Args:
        store: The warehouse.
        source: The source, of a kind in `READERS`.
        logical_date: Names the partition.
        run_id: The run, for the attempts.
        documents_per_file: Most captures in one file.

    Raises:
        ConfigurationError: The source does not exist.
        StorageError: The archive could not be written; what was archived before stays.
    """
    holdings = read_holdings(store, source.id)
    archivist = Archivist(store, Partition(source.id, logical_date), run_id, holdings, documents_per_file)
    for found in READERS[source.kind](source):
        archivist.take(found)
    return archivist.finish()
