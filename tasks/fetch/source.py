"""What a source is: where announcements come from, how they are read, when, and what they should bring.

How a declaration is read is in `tasks.fetch.declaration`; the reader of its kind does the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tasks.fetch.cron import Cron
from warehouse.page_hints import NO_HINTS, PageHints

# How far back a page is asked again, and how long a failed one is not forgotten.
WINDOW_DAYS = 14
MAX_PAGES = 500


@dataclass(frozen=True, slots=True)
class Discovery:
    """One place where a publisher lists its pages.

    Attributes:
        kind: feed (RSS or Atom), sitemap (also news sitemaps and indexes), listing (a page with links) or api (JSON).
        url: Its address; of an `api`, `{from}` and `{to}` stand for the days of a backfill or of the window.
        link: Of a listing: pattern of the addresses of announcements.
        page_url: Address of page `{page}` of a listing or api.
        first_page: Number of the page at `url`.
        pages: Most pages of it that a run reads.
        items: Of an api: path of the list of records, such as `data.items`; empty if the answer is the list.
        address: Of an api: path of the address inside a record.
        date: Of an api: path of the day inside a record.
    """

    kind: str
    url: str
    link: str | None = None
    page_url: str | None = None
    first_page: int = 1
    pages: int = 5
    items: str = ""
    address: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a source is asked, and what it should bring.

    Attributes:
        cron: On which days (UTC) a scheduled run asks it.
        minimum: Fewest new documents expected in a period; None if nothing is promised.
        period_days: Length of a period.
    """

    cron: Cron
    minimum: int | None = None
    period_days: int = 7

    @property
    def allowed_days(self) -> int | None:
        """Most days without a new document: a period, if it promises one."""
        return self.period_days if self.minimum else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where announcements come from.

    Attributes:
        id: Names the source in every table and its directories: a-z, 0-9, `-` and `_`.
        kind: folder (a directory of .html and .txt files), web, or warc (WARC files, such as those of CC-NEWS).
        publisher: Who publishes, for people.
        path: Of a folder or warc: the directory, WARC file, or list of WARC files.
        enabled: Whether a scheduled run asks it.
        note: What a maintainer should know.
        country: ISO 3166 code, EU, or INT for an organisation of no country.
        tier: primary (speaks for itself), republisher, aggregator, or reference.
        languages: Languages it publishes in.
        licence: Terms of reuse, and how far they are known.
        contact: Where its owner is reached.
        grade: How far its addresses are verified: A (seen on a page of the publisher or its documentation), B (seen
            in other people's code), C (a guess).
        timezone: In which its days begin.
        discover: Where it lists its pages.
        include: Patterns of the addresses that are announcements; all of its hosts if none.
        exclude: Patterns of those that are not.
        date_in_url: Pattern with the groups year, month and day that reads the day of a page from its address.
        delay_seconds: Between two requests to one host of it; the setting if None.
        max_pages: Most pages a run asks.
        window_days: How long a page is asked again after it was archived, and how far back a run reads sitemaps; what
            is older in them is left to a backfill.
        insecure_hosts: Hosts whose certificate is not verified.
        cadence: When it is asked; on every day if None.
        hints: What the cleaner must know of its pages.
    """

    id: str
    kind: str
    publisher: str
    path: Path | None = None
    enabled: bool = True
    note: str = ""
    country: str | None = None
    tier: str | None = None
    languages: tuple[str, ...] = ()
    licence: str = ""
    contact: str = ""
    grade: str | None = None
    timezone: str = "UTC"
    discover: tuple[Discovery, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    date_in_url: str | None = None
    delay_seconds: float | None = None
    max_pages: int = MAX_PAGES
    window_days: int = WINDOW_DAYS
    insecure_hosts: tuple[str, ...] = ()
    cadence: Cadence | None = None
    hints: PageHints = NO_HINTS

    @property
    def place(self) -> Path:
        """Where a folder or warc lies.

        Raises:
            ValueError: It is a source of the web.
        """
        if self.path is None:
            raise ValueError(f"{self.id} lies nowhere on this machine")
        return self.path

    @property
    def zone(self) -> ZoneInfo:
        """Time zone in which its days begin."""
        return ZoneInfo(self.timezone)

    def civil_day(self, moment: datetime) -> date:
        """Return the publisher's day of an instant; a time without a zone is the publisher's own."""
        return (moment if moment.tzinfo is None else moment.astimezone(self.zone)).date()

    def is_due(self, day: date, last_asked: date | None) -> bool:
        """Return whether a scheduled run of a day asks it: it fires on that day, or has since it was last asked.

        Args:
            day: Logical date of the run.
            last_asked: The last logical date before it on which it was asked.
        """
        if self.cadence is None or last_asked is None:
            return True
        return self.cadence.cron.fires_between(min(last_asked, day - timedelta(days=1)), day)
