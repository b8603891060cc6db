"""A source looked at from end to end, nothing archived: its lists, its pages, what the cleaner makes of them.

Plain calls of both stages; nothing is orchestrated, and Prefect is not needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tasks.clean.assemble import clean_body
from tasks.clean.phrases import Phrases, load_phrases
from tasks.clean.rejected import RejectedBodyError
from tasks.fetch.probe import Probe, ProbedPage, probe_source
from tasks.fetch.source import Source
from tasks.fetch.web.advice import advice_on
from tasks.fetch.web.options import WebSettings
from warehouse.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """One page as answered and as read.

    Attributes:
        url: Its address.
        verdict: `ok`, or why it is set aside.
        detail: What a person needs to mend it.
        title: Headline the cleaner found.
        published_on: Day of publication it found.
        listed_on: Day the list states.
        language: Language of the text.
        sentences: Sentences of the text.
        opening: First words of the main text.
    """

    url: str
    verdict: str
    detail: str
    title: str | None = None
    published_on: date | None = None
    listed_on: date | None = None
    language: str | None = None
    sentences: int = 0
    opening: str = ""


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a look at a source came to.

    Attributes:
        source_id: The source.
        lists: One line a list: what came of it.
        n_listed: Pages its lists name.
        n_wanted: Of these, those its patterns take.
        n_dated: Of the wanted, those with a day.
        pages: Some of the wanted.
        findings: What to mend; empty if nothing.
    """

    source_id: str
    lists: tuple[str, ...]
    n_listed: int
    n_wanted: int
    n_dated: int
    pages: tuple[CheckedPage, ...]
    findings: tuple[str, ...]


def check_source(source: Source, settings: Settings) -> SourceCheck:
    """Probe a source of the web and clean what it gives.

    Raises:
        ConfigurationError: No contact is set, or a knowledge table is wrong.
    """
    today = datetime.now(UTC).date()
    web = WebSettings.from_settings(settings, source.insecure_hosts)
    probe = probe_source(source, today, web, settings.home / "web", settings.reference_dir)
    phrases = load_phrases(settings.reference_dir / "clean").of_source(source.hints)
    pages = tuple(_cleaned(page, today, phrases) for page in probe.pages)
    lists = tuple(f"{one.location}: {one.outcome} ({one.detail})" for one in probe.lists)
    return SourceCheck(
        source.id, lists, probe.n_listed, probe.n_wanted, probe.n_dated, pages, _findings(source, probe, pages)
    )


def _cleaned(page: ProbedPage, today: date, phrases: Phrases) -> CheckedPage:
    if page.body is None:
        return CheckedPage(page.url, page.verdict, page.detail, listed_on=page.listed_on)
    name = Path(page.url.partition("?")[0]).name
    try:
        document = clean_body(page.body, page.content_type, name, page.final_url or page.url, today, phrases)
    except RejectedBodyError as rejected:
        return CheckedPage(page.url, rejected.reason, rejected.detail, listed_on=page.listed_on)
    return CheckedPage(
        url=page.url,
        verdict=page.verdict,
        detail=page.detail,
        title=document.title,
        published_on=document.published.day,
        listed_on=page.listed_on,
        language=document.language.language,
        sentences=len(document.sentences),
        opening=" ".join(document.text[document.body_start :].split())[:120],
    )


def _findings(source: Source, probe: Probe, pages: tuple[CheckedPage, ...]) -> tuple[str, ...]:
    """Return what a person should mend before the source is enabled."""
    failed = [one for one in probe.lists if one.outcome == "failed"]
    found = [_advised(f"{one.location} could not be read: {one.reason} ({one.detail})", one.reason) for one in failed]
    if probe.n_listed and not probe.n_wanted:
        found.append(
            f"none of the {probe.n_listed} listed pages passes `include` and `exclude`. Compare them with the "
            "addresses that the list names."
        )
    if not probe.n_listed and len(failed) < len(probe.lists):
        found.append("its lists name no page. Open them: a feed nobody fills any more is not worth asking.")
    found += [
        _advised(f"{page.url} is set aside: {page.verdict} ({page.detail})", page.verdict)
        for page in pages
        if page.verdict != "ok"
    ]
    strange = sorted({str(page.language) for page in pages if page.language and page.language not in source.languages})
    if strange and source.languages:
        found.append(f"pages in {', '.join(strange)}, declared are {', '.join(source.languages)}. Mend `languages`.")
    dates = [page for page in pages if page.listed_on and page.published_on and page.listed_on != page.published_on]
    found += [
        f"{page.url}: listed on {page.listed_on}, the page says {page.published_on}. See which is right; `[date]` "
        "tells the cleaner where to look."
        for page in dates
    ]
    if any(page.verdict == "ok" and page.title is None for page in pages):
        found.append(
            "a page has no headline that the cleaner finds. Is it an announcement? If not, exclude such pages."
        )
    return tuple(found)


def _advised(what: str, reason: str) -> str:
    return f"{what}. {advice_on(reason)}".rstrip()
