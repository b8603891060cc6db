"""Which pages of a source a run asks: those its lists name, those of the last days, and those that failed before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from tasks.fetch.addresses import canonical_address
from tasks.fetch.discovery.listed import Listed
from tasks.fetch.holdings import Held, Holdings
from tasks.fetch.source import Source

# A page that could not be had is asked again by the next runs: whatever was left out, and what may heal.
OVER_LIMIT = "over_limit"
_ASKED_AGAIN = frozenset({"failed", "skipped"})


@dataclass(slots=True)
class Plan:
    """What a run asks of a source.

    Attributes:
        again: Addresses of archived pages, with what stands for each: asked with its validators.
        new: Addresses of pages that are not archived.
        resumed: Those archived by a run of the same day that was killed: they are not asked.
        left: Addresses beyond what a run may ask.
    """

    again: dict[str, Held] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    resumed: dict[str, Held] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def plan_pages(
    source: Source, listed: Mapping[str, Listed], holdings: Holdings, since: date, today: date, backfill: bool = False
) -> Plan:
    """Decide which pages are asked.

    Args:
        source: The source.
        listed: What its lists name, by address.
        holdings: What is archived.
        since: First day of the window.
        today: Logical date of the run.
        backfill: Whether only what is missing is wanted.

    Returns:
        The plan. Nothing is lost: what is beyond the limit of a run, and what failed, is taken up by the next ones.
    """
    plan = Plan()
    candidates: dict[str, str] = {}
    asked: set[str] = set()
    # A document is asked once: under its own address where that is listed too, not under a view's or a former one's.
    for page in sorted(listed.values(), key=lambda page: _is_alias(page.url, holdings)):
        address = canonical_address(page.url)
        if address is None or not is_wanted(source, page.url):
            continue
        document = holdings.document_of(address)
        if document is None:
            candidates.setdefault(address, page.url)
        elif not backfill and document not in asked and _in_window(page, holdings.standing[document], since):
            asked.add(document)
            plan.again[page.url] = holdings.standing[document]
    if not backfill:
        _add_pending(holdings, candidates)
        _add_recent(holdings, plan, asked, since)
    for location, held in list(plan.again.items()):
        if held.logical_date == today and held.capture_id not in holdings.recorded:
            plan.resumed[location] = plan.again.pop(location)
    _bound(plan, list(candidates.values()), source.max_pages)
    return plan


def is_wanted(source: Source, url: str) -> bool:
    """Return whether an address is one of the source's announcements, by its patterns, else by its hosts."""
    if any(re.search(pattern, url) for pattern in source.exclude):
        return False
    if source.include:
        return any(re.search(pattern, url) for pattern in source.include)
    host = _host(url)
    return not source.discover or any(
        host == own or host.endswith(f".{own}") for own in {_host(how.url) for how in source.discover}
    )


def _is_alias(url: str, holdings: Holdings) -> bool:
    address = canonical_address(url)
    return holdings.document_of(address) not in (None, address)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _in_window(page: Listed, held: Held, since: date) -> bool:
    """Return whether an archived page that is listed may have changed: it, or what is archived, is of the window."""
    changed = page.changed_at is not None and page.changed_at > held.retrieved_at
    return changed or held.logical_date >= since or (page.day is not None and page.day >= since)


def _add_pending(holdings: Holdings, candidates: dict[str, str]) -> None:
    """Add the pages that failed or were left out in the runs of the window and are not archived since."""
    for attempt in holdings.attempts.values():
        address = canonical_address(attempt.location)
        if attempt.outcome in _ASKED_AGAIN and address is not None and holdings.document_of(address) is None:
            candidates.setdefault(address, attempt.location)


def _add_recent(holdings: Holdings, plan: Plan, asked: set[str], since: date) -> None:
    """Add what was archived in the window, whether or not a list still names it: a page may change, move or go."""
    for document, held in sorted(holdings.standing.items()):
        if document not in asked and held.logical_date >= since and holdings.absent.get(document) != "gone":
            plan.again[held.location] = held


def _bound(plan: Plan, new: Iterable[str], most: int) -> None:
    """Keep to the limit of a run; new pages go first, since they may leave their list."""
    first, again = list(new), list(plan.again)
    plan.new = first[:most]
    room = most - len(plan.new)
    plan.left = first[most:] + again[room:]
    plan.again = {location: plan.again[location] for location in again[:room]}
