"""What every list gives: the address of a page, with the day and the change its publisher states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from tasks.fetch.addresses import without_credentials
from tasks.fetch.source import Source

# More than a year of any publisher of this field; a list that is longer was not made for people.
MAX_LISTED = 50_000
# W3C's profile of ISO 8601, and what publishers make of it.
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class UnreadableListError(ValueError):
    """A body is no list of the kind expected, or one that must not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page in a list.

    Attributes:
        url: Its address as listed, made absolute.
        day: Day of publication, as the list or the address states it; of a plain sitemap, day of the last change.
        changed_at: When the list says that the page last changed.
        listed_on: Day of publication, as the list alone states it.
        listed_by: Kind of the list that states it, a word of `LISTS_WITH_DAYS`.
    """

    url: str
    day: date | None = None
    changed_at: datetime | None = None
    listed_on: date | None = None
    listed_by: str | None = None


def published(url: str, day: date | None, kind: str, changed_at: datetime | None = None) -> Listed:
    """Return a page of a list of this kind that states its day of publication, if it states one."""
    return Listed(url, day, changed_at, day, None if day is None else kind)


def absolute(address: str | None, base: str) -> str | None:
    """Return an address of the web, absolute and without fragment and credentials, or None if it is none."""
    if not address or not address.strip():
        return None
    try:
        url = without_credentials(urljoin(base, address.strip()).partition("#")[0])
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def moment_of(text: str | None) -> datetime | None:
    """Return the instant or day a list states, with its zone if it names one; None if it is no date."""
    if not text or len(text) > 100:
        return None
    stripped = text.strip()
    try:
        return datetime.fromisoformat(stripped)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(stripped)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    match = _DAY.match(stripped)
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3])) if match else None  # noqa: DTZ001 - a day, no instant
    except ValueError:
        return None


def day_of(text: str | None, source: Source) -> date | None:
    """Return the civil day a list states: as written where a zone is written, else the publisher's own."""
    moment = moment_of(text)
    if moment is None:
        return None
    # A publisher writes its own day with its own offset; only UTC may stand for another one.
    return source.civil_day(moment) if moment.tzinfo is not None and not moment.utcoffset() else moment.date()


def instant_of(text: str | None, source: Source) -> datetime | None:
    """Return the instant a list states, in UTC; a time without zone begins in the publisher's."""
    moment = moment_of(text)
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=source.zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def with_listing(page: Listed, other: Listed | None) -> Listed:
    """Return a page with the day of publication that another list gives it, where its own gives none."""
    if other is None or other.listed_on is None or page.listed_on is not None:
        return page
    return replace(page, listed_on=other.listed_on, listed_by=other.listed_by)


def dated(listed: Listed, source: Source) -> Listed:
    """Return the page with the day its address states, where the source says how to read it."""
    match = re.search(source.date_in_url, listed.url) if source.date_in_url else None
    if match is None:
        return listed
    try:
        return replace(listed, day=date(int(match["year"]), int(match["month"]), int(match["day"])))
    except ValueError:
        return listed
