"""What is remembered of files that have not been touched: their seals and rows, so that footers are read once.

Every run asks which files stand, and a seal stands in a file's footer: thousands of files would be opened to learn
what the last run knew. `state/seals/<layer>.<table>.json` keeps the seal of each file beside its size, inode and times
as the file system has them. A file that was written, replaced or altered in any way has another time of change, which
no program can set, and is read again. The book is a cache: without it all footers are read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from warehouse.contract import TableContract
from warehouse.errors import StorageError
from warehouse.files import storage_errors, write_bytes
from warehouse.parquet import Seal, read_seal
from warehouse.paths import within

log = logging.getLogger(__name__)

# Fewer files than this are not worth a book, and it is written again once as many are new to it.
FEWEST = 32
_Entry = tuple[list[int], str, int]


def read_seals(home: Path, contract: TableContract, paths: Iterable[Path]) -> list[Seal]:
    """Return the seal of each file of a table, in their order; footers are read only of files that are not known.

    Raises:
        IntegrityError: A file is missing, cut, or has no readable footer or seal.
        StorageError: It could not be read.
    """
    wanted = [*paths]
    if len(wanted) < FEWEST:
        return [read_seal(path) for path in wanted]
    book = within(home, "state", "seals", f"{contract.layer}.{contract.name}.json")
    known = _read(book)
    found: dict[str, _Entry] = {}
    seals = []
    for path in wanted:
        name, stamp = path.relative_to(home).as_posix(), _stamp(path)
        entry = known.get(name)
        if entry is None or entry[0] != stamp:
            seal = read_seal(path)
            entry = (stamp, seal.sha256, seal.rows)
        found[name] = entry
        seals.append(Seal(entry[1], entry[2]))
    if sum(known.get(name) != entry for name, entry in found.items()) >= FEWEST:
        # A reader without a place to write is no worse off than before.
        with suppress(StorageError):
            write_bytes(book, json.dumps(found).encode())
    return seals


def _stamp(path: Path) -> list[int]:
    with storage_errors(path):
        try:
            status = path.stat()
        except FileNotFoundError:
            # What to say of it is the business of whoever reads it.
            return []
    return [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _read(book: Path) -> dict[str, _Entry]:
    try:
        content = json.loads(book.read_bytes())
        return {str(name): ([*map(int, stamp)], str(seal), int(rows)) for name, (stamp, seal, rows) in content.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        log.warning("%s cannot be read (%s); all footers are read", book, error)
        return {}
