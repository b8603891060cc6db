"""RSS and Atom feeds."""

from __future__ import annotations

import io
import xml.sax
import xml.sax.handler
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

import defusedxml.sax  # type: ignore[import-untyped]  # stubs are not locked
import feedparser  # type: ignore[import-untyped]  # no stubs exist
from defusedxml import DefusedXmlException

from tasks.fetch.discovery.listed import (
    MAX_LISTED,
    Listed,
    UnreadableListError,
    absolute,
    day_of,
    instant_of,
    moment_of,
)
from tasks.fetch.source import Source

# Two announcements may go up in the same second; of three nobody believes it.
_ENTRIES = 3


def read_feed(body: bytes, base: str, source: Source) -> list[Listed]:
    """Return the pages of a feed in its order.

    Args:
        body: The feed as received; feeds that are not well-formed are read as far as can be.
        base: Its address, for relative links.
        source: Gives the zone of days without one.

    Raises:
        UnreadableListError: It is no feed, or declares entities.
    """
    refuse_entities(body)
    # Sanitising is for the texts of a feed; only addresses and dates are used.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise UnreadableListError("it is neither RSS nor Atom")
    found = []
    stated = [moment_of(dict.get(entry, "published")) for entry in parsed.entries[:MAX_LISTED]]
    of_the_list = _is_of_the_list(stated)
    for entry in parsed.entries[:MAX_LISTED]:
        url = absolute(entry.get("link") or entry.get("id"), base)
        if url is not None:
            # As a plain dictionary: feedparser's own gives one of the two for the other, with a warning.
            published, updated = (dict.get(entry, name) for name in ("published", "updated"))
            day = day_of(published or updated, source)
            page = Listed(url, day, instant_of(updated or published, source))
            if published and day is not None and not of_the_list:
                page = replace(page, listed_on=day, listed_by="feed")
            found.append(page)
    return found


def _is_of_the_list(stated: Sequence[datetime | None]) -> bool:
    """Return whether the entries all state one instant: then it is when the feed was made, not when they appeared."""
    return len(stated) >= _ENTRIES and len(set(stated)) == 1 and stated[0] is not None and stated[0].time() != time.min


def refuse_entities(body: bytes) -> None:
    """Stop at XML that declares entities, which can expand without end, or points to other files.

    Raises:
        UnreadableListError: It does.
    """
    try:
        defusedxml.sax.parseString(body, xml.sax.handler.ContentHandler(), forbid_dtd=False)
    except DefusedXmlException as error:
        raise UnreadableListError(f"its XML declares entities or points outwards ({type(error).__name__})") from error
    except (xml.sax.SAXException, ValueError, LookupError):
        # Not well-formed, or in an unknown encoding: no entity was met as far as it can be read.
        if b"<!ENTITY" in body.upper().replace(b"\0", b""):
            raise UnreadableListError("its XML declares entities and is broken") from None
