"""From the lists a source names to the addresses of its pages, through the client, bounded in every direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tasks.fetch.discovery.feeds import read_feed
from tasks.fetch.discovery.listed import MAX_LISTED, Listed, UnreadableListError, dated, with_listing
from tasks.fetch.discovery.listings import read_listing
from tasks.fetch.discovery.records import read_records
from tasks.fetch.discovery.sitemaps import read_sitemap
from tasks.fetch.fetched import Missed
from tasks.fetch.source import Discovery, Source
from tasks.fetch.web.exchange import Refusal, Reply, Web

# An index of sitemaps may point to an index; nobody means more than that.
MAX_DEPTH = 3
MAX_SITEMAPS = 200
# Pages of a list read for a backfill, which goes back as far as it is asked to.
BACKFILL_PAGES = 200
_ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "sitemap": "application/xml, text/xml;q=0.9, */*;q=0.1",
    "listing": None,
    "api": "application/json, */*;q=0.1",
}
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are looked for.

    Attributes:
        start: First day.
        end: Last day.
        closed: True for a backfill: only pages dated in the window, and lists are followed back to its start. False
            for a daily run: all that feeds, listings and interfaces show, whatever its day, and of sitemaps, which
            name everything there ever was, what is of the window or has no date; lists are followed until they
            overlap what is known.
    """

    start: date
    end: date
    closed: bool = False

    def holds(self, day: date | None) -> bool:
        """Return whether a page of a day belongs to it."""
        if day is None:
            return not self.closed
        return self.start <= day and (day <= self.end or not self.closed)


@dataclass(slots=True)
class Discovered:
    """What the lists of a source gave.

    Attributes:
        pages: The pages, each address once, in the order of the lists.
        attempts: One for each list that was asked.
        n_lists: Lists named in the declaration.
        n_read: Of these, those that could be read.
    """

    pages: dict[str, Listed] = field(default_factory=dict)
    attempts: list[Missed] = field(default_factory=list)
    n_lists: int = 0
    n_read: int = 0


async def discover(web: Web, source: Source, window: Window, known: Known) -> Discovered:
    """Read the lists of a source.

    Args:
        web: The client.
        source: The source.
        window: The days that are looked for.
        known: Whether an address is archived: where a list overlaps what is known, an open window needs no older page.
    """
    walk = _Walk(web, source, window, known)
    for how in source.discover:
        walk.found.n_lists += 1
        before = len(walk.found.attempts)
        if how.kind == "sitemap":
            await walk.sitemaps(how.url)
        else:
            await walk.pages(how)
        walk.found.n_read += any(attempt.outcome == "listed" for attempt in walk.found.attempts[before:])
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One walk over the lists of a source."""

    web: Web
    source: Source
    window: Window
    known: Known
    found: Discovered = field(default_factory=Discovered)
    visited: set[str] = field(default_factory=set)

    async def sitemaps(self, url: str, depth: int = 1) -> None:
        """Read a sitemap and those below it that may hold something of the window; none twice."""
        if url in self.visited:
            return
        if depth > MAX_DEPTH or len(self.visited) >= MAX_SITEMAPS:
            bound = f"{MAX_DEPTH} levels and {MAX_SITEMAPS} sitemaps"
            self._note(url, "sitemap_limit", f"not read: at most {bound} are", "skipped")
            return
        self.visited.add(url)
        reply = await self._ask(url, "sitemap")
        if reply is None:
            return
        try:
            sitemap = read_sitemap(reply.body, reply.final_url, self.source)
        except UnreadableListError as error:
            self._note(url, "unreadable_list", str(error), "failed", reply)
            return
        self._note(url, "discovery", f"{len(sitemap.pages)} pages, {len(sitemap.children)} sitemaps", "listed", reply)
        self._take([dated(page, self.source) for page in sitemap.pages])
        for child in sitemap.children:
            # A sitemap changes with its youngest page.
            if child.changed_at is None or self.source.civil_day(child.changed_at) >= self.window.start:
                await self.sitemaps(child.url, depth + 1)

    async def pages(self, how: Discovery) -> None:
        """Read a feed, listing or API; a listing page by page as far back as the window needs."""
        for number, url in enumerate(self._addresses(how)):
            reply = await self._ask(url, how.kind)
            if reply is None:
                return
            try:
                listed = [dated(page, self.source) for page in self._read(reply, how)]
            except UnreadableListError as error:
                self._note(url, "unreadable_list", str(error), "failed", reply)
                return
            self._note(url, "discovery", f"{len(listed)} pages", "listed", reply)
            fresh = [page for page in listed if page.url not in self.found.pages]
            self._take(listed, whole=not self.window.closed)
            if not fresh or self._reaches_back(listed):
                return
            if how.page_url is not None and not self.window.closed and number + 1 >= how.pages:
                self._note(url, "page_limit", f"{how.pages} pages of the list were read, and all was new", "skipped")

    def _read(self, reply: Reply, how: Discovery) -> list[Listed]:
        if how.kind == "feed":
            return read_feed(reply.body, reply.final_url, self.source)
        if how.kind == "listing":
            return read_listing(reply.body, reply.final_url, how.link or "", self.source)
        return read_records(reply.body, reply.final_url, how, self.source)

    def _addresses(self, how: Discovery) -> Iterator[str]:
        """Yield the addresses of a list, page by page."""
        days = {"{from}": self.window.start.isoformat(), "{to}": self.window.end.isoformat()}
        most = max(how.pages, BACKFILL_PAGES) if self.window.closed else how.pages
        for number in range(most if how.page_url else 1):
            url = how.url if number == 0 or how.page_url is None else how.page_url
            url = url.replace("{page}", str(how.first_page + number))
            for mark, day in days.items():
                url = url.replace(mark, day)
            yield url

    def _reaches_back(self, listed: Sequence[Listed]) -> bool:
        """Return whether what stands further down a list is not needed."""
        if self.window.closed:
            days = [page.day for page in listed if page.day is not None]
            return bool(days) and max(days) < self.window.start
        return any(self.known(page.url) for page in listed)

    def _take(self, pages: Sequence[Listed], whole: bool = False) -> None:
        """Add the pages of the window, or all; a page in two lists keeps the first day any of them gives."""
        for page in pages:
            changed = None if page.changed_at is None else self.source.civil_day(page.changed_at)
            of_window = self.window.holds(page.day) or (not self.window.closed and self.window.holds(changed))
            if not (whole or of_window):
                continue
            before = self.found.pages.get(page.url)
            if before is None and len(self.found.pages) >= MAX_LISTED:
                self._note(page.url, "list_limit", f"its lists name more than {MAX_LISTED} pages", "skipped")
                return
            if before is None or before.day is None:
                changed_at = page.changed_at or (before.changed_at if before else None)
                self.found.pages[page.url] = with_listing(replace(page, changed_at=changed_at), before)
            else:
                self.found.pages[page.url] = with_listing(before, page)

    async def _ask(self, url: str, kind: str) -> Reply | None:
        """Return the body of a list, or None with a note why there is none."""
        answer = await self.web.get(url, accept=_ACCEPT[kind], delay_seconds=self.source.delay_seconds)
        if isinstance(answer, Refusal):
            self._note(answer.url, answer.reason, answer.detail, "failed", answer)
            return None
        if answer.status != 200:
            self._note(url, f"http_{answer.status}", f"HTTP {answer.status}", "failed", answer)
            return None
        return answer

    def _note(self, url: str, reason: str, detail: str, outcome: str, answer: Reply | Refusal | None = None) -> None:
        final = answer.final_url if isinstance(answer, Reply) and answer.final_url != url else None
        status = None if answer is None else answer.status
        attempts = 1 if answer is None else answer.attempts
        self.found.attempts.append(Missed(url, reason, detail, outcome, status, final, attempts, "list"))
