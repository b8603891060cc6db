"""Pages in HTML: the main text by trafilatura, found again in the page's own lines, and what markup says about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document, Extractor

from tasks.clean.align import aligned
from tasks.clean.calendar_dates import parse_stamp, utc_hour
from tasks.clean.date_lines import role_before
from tasks.clean.furniture import Verdict, classify, date_role
from tasks.clean.headlines import find_headline
from tasks.clean.lines import Line, bare_words, is_prose, stems
from tasks.clean.markup import Page, cut_page
from tasks.clean.metadata import Metadata, read_metadata
from tasks.clean.parsing import parse_page
from tasks.clean.phrases import Phrases
from tasks.clean.published import DateEvidence
from tasks.clean.repair import find_misreading
from tasks.clean.stamps import TimeMark
from tasks.clean.titles import Headline, find_title, title_element
from tasks.clean.unread import drop_unread

_INLINE_PARENTS = frozenset(
    {"a", "b", "blockquote", "dd", "em", "font", "i", "li", "p", "span", "strong", "td", "th"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
# A form that holds this much of the page's text wraps the page (ASP.NET, SharePoint); others are for filling in.
_PAGE_FORM_SHARE = 0.4
# How far above the text a headline without markup may stand, and how much of the text its words are looked for in.
_LINES_ABOVE, _LINES_BELOW = 6, 6
_MORE_WORDS = 2
# A clause before a list has so many words at least, and the name of a body or a person so many at most.
_INTRODUCING_WORDS, _NAME_WORDS = 3, 8
_NEVER_TEXT = (
    "audio",
    "canvas",
    "embed",
    "iframe",
    "map",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
)
# Trafilatura takes these out itself, whatever it tries, after having copied them several times.
_NEVER_EXTRACTED = (
    "aside",
    "fencedframe",
    "footer",
    "head",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
)
_MODIFIED = re.compile(r"modif|updat")
_TO_MINUTES = len("2021-11-19T13:45")
_ZONELESS = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*")
_ELSEWHERE = frozenset({"related_items", "navigation", "furniture", "clock"})


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page as its markup gives it.

    Attributes:
        lines: All its lines.
        verdicts: What the word lists and shapes say of each.
        chosen: Numbers of those that hold the main text.
        headline: Its headline.
        metadata: What its head says.
        evidence: Dates that its metadata and markup give.
    """

    lines: tuple[Line, ...]
    verdicts: tuple[Verdict | None, ...]
    chosen: frozenset[int]
    headline: Headline | None
    metadata: Metadata
    evidence: tuple[DateEvidence, ...]


def read_webpage(text: str, phrases: Phrases) -> WebPage:
    """Return the lines of a page, which of them are its main text, and what its markup says about it.

    Raises:
        RejectedBodyError: The markup is nested or split up beyond any page, or has no element.
    """
    tree = parse_page(text)
    metadata = read_metadata(tree)
    # Nobody reads these as text, and each step below would copy or pass over them again.
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    # While all elements are held, lxml does not make a new object of each of them every time a step meets it.
    held = list(tree.iter())
    drop_unread(tree)
    page = cut_page(tree, phrases.hints)
    chosen = _main_lines(tree, page)
    held.clear()
    page, metadata = _reread(page, metadata)
    # Menus stand twice in a page and teasers are alike: each text is looked at once.
    known = {text: classify(text, phrases) for text in dict.fromkeys(line.text for line in page.lines)}
    verdicts = tuple(known[line.text] for line in page.lines)
    in_order = sorted(chosen)
    first = next((n for n in in_order if is_prose(page.lines[n].text)), len(page.lines))
    headline = find_title(page.lines, verdicts, page.headings, metadata, in_order, phrases)
    if headline is None or headline.method == "line_and_title":
        headline = _better(headline, _headline_of_text(page.lines, verdicts, first), page.lines[first:])
    headline = headline or title_element(metadata, phrases)
    chosen |= _passed_over(page.lines, verdicts, chosen, headline)
    return WebPage(
        page.lines, verdicts, chosen, headline, metadata, tuple(_evidence(page, metadata, headline, phrases))
    )


def _reread(page: Page, metadata: Metadata) -> tuple[Page, Metadata]:
    """Mend a page whose legacy encoding was taken for Western European, in its lines and its titles."""
    table = find_misreading(line.text for line in page.lines)
    if table is None:
        return page, metadata
    lines = tuple(replace(line, text=line.text.translate(table)) for line in page.lines)
    return replace(page, lines=lines), replace(
        metadata,
        titles=tuple(title.translate(table) for title in metadata.titles),
        shared_titles=tuple(title.translate(table) for title in metadata.shared_titles),
    )


def _headline_of_text(lines: Sequence[Line], verdicts: Sequence[Verdict | None], first: int) -> Headline | None:
    """Return the line above the text that looks like its headline, where markup names none (old pages, print views)."""
    start = max(0, first - _LINES_ABOVE)
    near = lines[start : first + _LINES_BELOW]
    found = find_headline(near, verdicts[start : first + _LINES_BELOW])
    if found is None or bare_words(near[found].text).count(" ") < 2:
        return None
    return Headline(near[found].text, "line_above_text", start + found)


def _better(named: Headline | None, above: Headline | None, text: Sequence[Line]) -> Headline | None:
    """Return a line that the page's title names, or the line above the text where the text takes up that one instead.

    Old pages and print views have the name of the site as their title, and no headings.
    """
    if named is None or above is None:
        return named or above
    words = stems(" ".join(bare_words(line.text) for line in text[:_LINES_BELOW]))
    taken_up = [len(stems(bare_words(one.text)) & words) for one in (named, above)]
    return above if taken_up[1] >= taken_up[0] + _MORE_WORDS else named


def _main_lines(tree: HtmlElement, page: Page) -> frozenset[int]:
    # Menus are half of many pages, and the extractor looks through all that is there with every rule it has.
    for element in page.menus:
        if element.getparent() is not None:
            element.drop_tree()
    _prepare(tree)
    # fast: the fallback extractors cost half the time again and lower the figures on both sets of pages.
    found = trafilatura.bare_extraction(tree, options=_options())
    if not isinstance(found, Document) or not found.text:
        return frozenset()
    return aligned([line.text for line in page.lines], found.text)


@cache
def _options() -> Extractor:
    return Extractor(output_format="python", fast=True, comments=False, with_metadata=False)


def _passed_over(
    lines: Sequence[Line], verdicts: Sequence[Verdict | None], chosen: frozenset[int], headline: Headline | None
) -> frozenset[int]:
    """Return lines that the extractor left out between the headline and the end of the text.

    Paragraphs, mostly leads, and lists that a chosen line with a colon introduces. Such a line stands once in the page,
    and no markup says that it is something else. It is no link, unless it is a name in a list that the text introduces:
    countries and offices link to their pages, and so do headlines below "Read more:", which are longer.
    """
    if not chosen:
        return frozenset()
    top = headline.line if headline is not None and headline.line is not None else min(chosen)
    counts = Counter(line.text for line in lines)
    found: set[int] = set()
    introduced = named = False
    for n in range(min(top, min(chosen)) + 1, max(chosen)):
        line = lines[n]
        words = line.text.count(" ") + 1
        if n in chosen:
            introduced = line.text.endswith(":")
            named = introduced and verdicts[n] is None and words >= _INTRODUCING_WORDS
            continue
        free = line.hint is None and counts[line.text] == 1
        introduced = introduced and free and line.form == "item"
        if (introduced and (not line.hrefs or (named and words <= _NAME_WORDS))) or (
            free and not line.hrefs and is_prose(line.text)
        ):
            found.add(n)
    return frozenset(found)


def _prepare(tree: HtmlElement) -> None:
    """Make a tree ready for trafilatura, which finds the same in it sooner.

    It must not throw away what is text: a form around the whole page, a time inside a sentence.
    """
    forms = list(tree.iter("form"))
    whole = len(tree.text_content()) if forms else 0
    for form in forms:
        if len(form.text_content()) > _PAGE_FORM_SHARE * whole:
            form.tag = "div"
    for center in list(tree.iter("center")):
        center.tag = "div"
    for time in list(tree.iter("time")):
        parent = time.getparent()
        if (
            parent is not None
            and parent.tag in _INLINE_PARENTS
            and len(parent.text_content()) > 3 * len(time.text_content())
        ):
            time.drop_tag()
    etree.strip_elements(tree, *_NEVER_EXTRACTED, with_tail=False)


def _evidence(page: Page, metadata: Metadata, headline: Headline | None, phrases: Phrases) -> list[DateEvidence]:
    stamps: list[tuple[str, str | None, bool]] = [
        ("json_ld", article.published, False)
        for article in metadata.articles
        if _is_this_article(article.headline, headline, len(metadata.articles))
    ]
    stamps += [("meta", stamp, False) for stamp in metadata.published]
    stamps += [("declared_element", mark.stamp, True) for mark in page.times if mark.is_declared]
    times = [mark for mark in page.times if mark.hint not in _ELSEWHERE and not _is_of_change(mark)]
    if not stamps:
        # Beside a day in the head that nothing else bears out, a time of change says that the head may be wrong.
        times = [mark for mark in times if _role(mark, page.lines, phrases) != "updated"]
    near = [mark for mark in _near(times, page.lines, headline) if parse_stamp(mark.stamp)]
    top = headline.line if headline is not None and headline.line is not None else 0
    # Teasers have their own: what stands beside this headline comes first, below it before above it.
    stated = sorted(times, key=lambda mark: (mark not in near, mark.line <= top, abs(mark.line - top)))
    stamps += [("meta", mark.stamp, False) for mark in stated if "datepublished" in mark.label]
    in_order = sorted(near, key=lambda mark: "publish" not in mark.label)
    stamps += [("time_element", mark.stamp, "publish" in mark.label) for mark in in_order]
    # A template may give one instant twice, once with its zone and once without.
    hours = {(stamp or "")[:_TO_MINUTES]: hour for _, stamp, _ in stamps if (hour := utc_hour(stamp)) is not None}
    return [
        DateEvidence(
            method,
            day,
            utc_hour=hours.get((stamp or "")[:_TO_MINUTES]) if _ZONELESS.fullmatch(stamp or "") else utc_hour(stamp),
            is_labelled=labelled,
        )
        for method, stamp, labelled in stamps
        if (day := parse_stamp(stamp))
    ]


def _is_of_change(mark: TimeMark) -> bool:
    """Return whether its element calls it the time of a change, and not that of publication too."""
    return _MODIFIED.search(mark.label) is not None and "publish" not in mark.label


def _role(mark: TimeMark, lines: Sequence[Line], phrases: Phrases) -> str | None:
    """Return what the words before a time in its line say about it, or within it: "Updated <time>…</time>"."""
    if mark.stamp == mark.text and date_role(mark.text, phrases) == "updated":
        # Nothing for machines: the line is read as others are.
        return "updated"
    line = lines[mark.line].text if mark.text and mark.line < len(lines) else ""
    start = line.find(mark.text) if mark.text else -1
    return role_before(line, start, phrases) if start > 0 else None


def _is_this_article(title: str | None, headline: Headline | None, n_articles: int) -> bool:
    if n_articles == 1 or headline is None or title is None:
        return n_articles == 1
    return bare_words(title) == bare_words(headline.text)


def _near(marks: Sequence[TimeMark], lines: Sequence[Line], headline: Headline | None) -> list[TimeMark]:
    """Return the times that stand between some lines above the headline and the end of the first paragraphs."""
    top = headline.line if headline is not None and headline.line is not None else 0
    first = next((n for n in range(top + 1, len(lines)) if is_prose(lines[n].text)), len(lines))
    return [mark for mark in marks if top - 6 <= mark.line <= first + 1]
