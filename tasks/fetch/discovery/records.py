"""JSON interfaces: a list of records somewhere in the answer, each with the address of a page."""

from __future__ import annotations

import json
from typing import Any

from tasks.fetch.discovery.listed import MAX_LISTED, Listed, UnreadableListError, absolute, day_of
from tasks.fetch.source import Discovery, Source


def read_records(body: bytes, base: str, how: Discovery, source: Source) -> list[Listed]:
    """Return the pages a JSON answer names, in its order.

    Args:
        body: The answer.
        base: Its address, for relative ones.
        how: Names the paths of list, address and day.
        source: Gives the zone of days.

    Raises:
        UnreadableListError: It is no JSON, or has no list of records with addresses at these paths.
    """
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableListError(f"it is no JSON ({error})") from error
    records = _at(content, how.items)
    if not isinstance(records, list):
        raise UnreadableListError(f"there is no list at {how.items or 'its top'!r}")
    found = []
    for record in records[:MAX_LISTED]:
        address, stated = _at(record, how.address or ""), _at(record, how.date) if how.date else None
        url = absolute(address if isinstance(address, str) else None, base)
        if url is not None:
            found.append(Listed(url, day_of(stated if isinstance(stated, str) else None, source)))
    if records and not found:
        raise UnreadableListError(f"no record has an address at {how.address!r}")
    return found


def _at(content: Any, path: str) -> Any:
    """Return what stands at a path of names and list positions, parted by dots; None if nothing does."""
    for name in path.split(".") if path else ():
        if isinstance(content, dict):
            content = content.get(name)
        elif isinstance(content, list) and name.isdecimal() and int(name) < len(content):
            content = content[int(name)]
        else:
            return None
    return content
