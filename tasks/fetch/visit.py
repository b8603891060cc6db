"""The pages of one source in one run: asked through the client, judged, and archived or set aside with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from tasks.fetch.addresses import canonical_address
from tasks.fetch.archivist import Archivist
from tasks.fetch.declared import declared_address
from tasks.fetch.discovery.listed import Listed
from tasks.fetch.fetched import Fetched, Missed, Standing
from tasks.fetch.holdings import Held
from tasks.fetch.pages import OVER_LIMIT, Plan, is_wanted
from tasks.fetch.source import Source
from tasks.fetch.web.exchange import Answer, Refusal, Reply, Web, WebRequest
from tasks.fetch.web.page_signs import Sign
from tasks.fetch.web.verdict import Verdict, judge
from warehouse.ids import sha256_hex

# An answer nobody can use, whoever asks: set aside like a page that is none.
_QUARANTINED = frozenset({"too_large", "bomb"})
_LEFT_OUT = frozenset({"robots_disallowed"})
# So many pages with the same bytes are one page that stands for all that is missing.
_REPEATED = 2
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Visit:
    """The pages of one source in one run, as their answers come."""

    source: Source
    archivist: Archivist
    signs: Sequence[Sign]
    progress: Progress
    # What the lists say of each address.
    listed: Mapping[str, Listed] = field(default_factory=dict)
    done: int = 0
    failed: int = 0
    total: int = 0
    asked: dict[str, Held] = field(default_factory=dict)
    # Folded title → how many pages of this run have it; each is asked once.
    titles: Counter[str] = field(default_factory=Counter)
    # Body hash → documents for which it stands.
    bodies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    async def ask(self, web: Web, plan: Plan) -> None:
        """Ask the pages: first those that are archived, since a page that has moved is no new one."""
        for document, held in self.archivist.holdings.standing.items():
            self.bodies[held.body_sha256].add(document)
        for location, held in plan.resumed.items():
            self.archivist.take(Standing(location, held.capture_id, "archived_by_killed_run", attempts=0))
        for location in plan.left:
            detail = f"beyond the {self.source.max_pages} pages of a run; the next one asks it"
            self.archivist.take(Missed(location, OVER_LIMIT, detail, "skipped"))
        self.total = len(plan.again) + len(plan.new)
        self.asked = dict(plan.again)
        self.progress(self.source.id, 0, self.total)
        delay = self.source.delay_seconds
        again = [WebRequest(url, held.etag, held.last_modified, delay) for url, held in plan.again.items()]
        await web.get_many(again, self._take)
        known = self.archivist.holdings
        new = [url for url in plan.new if known.document_of(canonical_address(url)) is None]
        self.total -= len(plan.new) - len(new)
        await web.get_many([WebRequest(url, delay_seconds=delay) for url in new], self._take)

    def _take(self, request: WebRequest, answer: Answer) -> None:
        """Archive one answer, or record why it is not."""
        self.done += 1
        if isinstance(answer, Refusal):
            self.failed += self._refused(request, answer)
        elif answer.status in (404, 410):
            self._absent(request, answer)
        elif answer.status == 304:
            self._stands(request, answer)
        else:
            self._page(request, answer)
        self.progress(self.source.id, self.done, max(self.total, self.done))

    def _refused(self, request: WebRequest, refusal: Refusal) -> bool:
        """Record a refusal; return whether the page could not be had although it was meant to be."""
        outcome = "failed"
        if refusal.reason in _QUARANTINED:
            outcome = "quarantined"
        elif refusal.reason in _LEFT_OUT:
            outcome = "skipped"
        final = refusal.hops[-1][0] if refusal.hops else None
        self.archivist.take(
            Missed(
                request.url, refusal.reason, refusal.detail, outcome, refusal.status,
                final if final != request.url else None, refusal.attempts,
            )
        )  # fmt: skip
        return outcome == "failed"

    def _absent(self, request: WebRequest, reply: Reply) -> None:
        state = "gone" if reply.status == 410 else "missing"
        held = self.asked.get(request.url)
        detail = "its versions and facts stay" if held else "nothing was ever archived from there"
        if held is not None:
            self.archivist.note_absence(held.document, request.url, state)
        self._missed(reply, f"http_{reply.status}", detail, state)

    def _stands(self, request: WebRequest, reply: Reply) -> None:
        held = self.asked.get(request.url)
        if held is None:
            self._missed(reply, "unexpected_304", "not modified, and no version of it was named", "failed")
            return
        self._answers(held.document, request.url)
        final = _final(reply)
        self.archivist.holdings.add_alias(final, held.document)
        self.archivist.take(Standing(request.url, held.capture_id, "not_modified", reply.status, final, reply.attempts))

    def _page(self, request: WebRequest, reply: Reply) -> None:
        document = self._document(request.url, reply)
        verdict = self._judge(document, reply)
        if verdict.kind != "ok":
            self._missed(reply, verdict.kind, verdict.detail, "quarantined")
            return
        if _final(reply) is not None and not self._leads_to_a_page(reply.final_url):
            self._missed(reply, "redirected_away", "the address leads to a list or start page", "quarantined")
            return
        declared = self._declared(document, reply)
        held = self.archivist.holdings.standing.get(declared or "")
        if declared is not None and (held is None or self._is_view_of(held, reply, verdict)):
            document = declared
            if held is not None:
                self.archivist.holdings.add_alias(request.url, document)
                self.archivist.take(
                    Standing(request.url, held.capture_id, "another_view", reply.status, _final(reply), reply.attempts)
                )
                return
        digest = sha256_hex(reply.body)
        holders = self.bodies[digest]
        standing = self.archivist.holdings.standing.get(document)
        # A page that is known cannot turn into another one; a new one may be a copy of one other, and not of more.
        if document not in holders and len(holders) >= (_REPEATED if standing is None else 1):
            detail = f"the same bytes stand for {min(holders)}"
            self._missed(reply, "repeated_body", detail, "quarantined")
            return
        self._answers(document, request.url)
        if standing is not None:
            self.bodies[standing.body_sha256].discard(document)
        self.bodies[digest].add(document)
        self.archivist.take(_dated(_fetched(request.url, reply, document), standing, self.listed.get(request.url)))
        for address in (request.url, reply.final_url):
            self.archivist.holdings.add_alias(address, document)

    def _judge(self, document: str, reply: Reply) -> Verdict:
        """Return what a reply is worth, beside the other pages of the run and the version of it that stands."""
        held = self.archivist.holdings.standing.get(document)
        previous = None
        if held is not None and held.body_sha256 != sha256_hex(reply.body):
            before = self.archivist.body_of(held)
            previous = judge(replace(reply, body=before), self.signs).text_chars if before is not None else None
        verdict = judge(reply, self.signs, known_titles=self.titles, previous_chars=previous)
        if verdict.title:
            self.titles[verdict.title] += 1
        return verdict

    def _document(self, url: str, reply: Reply) -> str:
        """Return the document an answer belongs to, named by the first address it was archived under.

        A redirect to a known document leads there; one from a known document to an unknown address has moved it.
        """
        holdings = self.archivist.holdings
        final, asked = canonical_address(reply.final_url), canonical_address(url)
        return holdings.document_of(final) or holdings.document_of(asked) or final or asked or url

    def _declared(self, document: str, reply: Reply) -> str | None:
        """Return the document that an unknown page says it is: under its first address, where that one is known."""
        if document in self.archivist.holdings.standing:
            return None
        declared = declared_address(reply.body, reply.final_url)
        if declared is None or declared == document or not self._leads_to_a_page(declared):
            return None
        return self.archivist.holdings.document_of(declared) or declared

    def _is_view_of(self, held: Held, reply: Reply, verdict: Verdict) -> bool:
        """Return whether a page has the title of the one it says it is: a template may send all pages there."""
        body = self.archivist.body_of(held)
        title = judge(replace(reply, body=body), self.signs).title if body is not None else None
        if not title or not verdict.title:
            return False
        return title in verdict.title or verdict.title in title

    def _leads_to_a_page(self, url: str) -> bool:
        lists = {canonical_address(how.url) for how in self.source.discover}
        start = urlsplit(url).path in ("", "/")
        return not start and canonical_address(url) not in lists and is_wanted(self.source, url)

    def _answers(self, document: str, location: str) -> None:
        """Note that a page answers again, if it was away."""
        self.archivist.note_absence(document, location, "back")

    def _missed(self, reply: Reply, reason: str, detail: str, outcome: str) -> None:
        self.archivist.take(Missed(reply.url, reason, detail, outcome, reply.status, _final(reply), reply.attempts))


def _dated(page: Fetched, standing: Held | None, listed: Listed | None) -> Fetched:
    """Return a page with the day a list gives it: the first that any list gave, since feeds date changes anew."""
    told = next((one for one in (standing, listed) if one is not None and one.listed_on is not None), None)
    return page if told is None else replace(page, listed_on=told.listed_on, listed_by=told.listed_by)


def _final(reply: Reply) -> str | None:
    return reply.final_url if reply.final_url != reply.url else None


def _fetched(url: str, reply: Reply, document: str) -> Fetched:
    return Fetched(
        location=url,
        external_id=url,
        body=reply.body,
        retrieved_at=reply.ended_at,
        retrieved_at_basis="response",
        url=reply.final_url,
        canonical_url=document,
        final_url=_final(reply),
        hops=reply.hops if _final(reply) is not None else None,
        content_type=reply.header("content-type"),
        http_status=reply.status,
        request_headers=reply.request_headers,
        response_headers=reply.headers,
        attempts=reply.attempts,
        warning=", ".join(reply.warnings) or None,
    )
