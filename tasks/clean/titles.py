"""The headline of a page: a heading on which the page's own title agrees, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.furniture import classify
from tasks.clean.lines import Line, bare_words
from tasks.clean.markup import Heading
from tasks.clean.metadata import Metadata
from tasks.clean.phrases import Phrases

_SITE_SEPARATOR = re.compile(r"\s+[|»«›•·–—:]+\s+|\s+[-–—]\s*|\s*::\s*|\s*[|]\s*")
# Fewer words are a rubric ("Press release") or the site's name.
_HEADLINE_WORDS = 3
# The longest names of sites ("Ministry of the Interior of X") that stand after a headline.
_SITE_WORDS = 5
_RUBRIC_WORDS = 2
# The longest headline seen has 260 letters; a longer line is a paragraph.
_LONGEST = 400
_MOST_PARTS = 8
_FRONT_PAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?|(?:index|default|home)(?:\.\w{2,5})?", re.IGNORECASE)
# A heading in one of these is not the page's headline.
_ELSEWHERE = frozenset({"navigation", "related_items", "site_name", "language_switch", "contact_block", "share_widget"})


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline.

    Attributes:
        text: Without site name and filler.
        method: Where it was found.
        line: Number of its line in the page; None where the page does not show it.
    """

    text: str
    method: str
    line: int | None


def find_title(
    lines: Sequence[Line], headings: Sequence[Heading], metadata: Metadata, first: int, phrases: Phrases
) -> Headline | None:
    """Return the headline of a page, or None if its markup gives none.

    First a heading or line on which the page's own titles agree; the longest, since the site's name agrees too. Then
    the only first-level heading, the title that the page gives to those who share it, the highest heading above the
    text, and at last the title element.

    Args:
        lines: All lines of the page.
        headings: Its headings.
        metadata: What its head says.
        first: Number of the first paragraph of the main text.
        phrases: Word lists.
    """
    levels = {heading.line: heading.level for heading in headings}
    usable = {n for n, line in enumerate(lines) if _may_be_headline(line, metadata, phrases)}
    declared = [*metadata.titles, *(article.headline for article in metadata.articles[:1] if article.headline)]
    parts = {part for title in declared for part in _parts(title)}
    agreeing = [
        n
        for n in usable
        if bare_words(lines[n].text) in parts or (n in levels and any(_agrees(lines[n].text, one) for one in declared))
    ]
    first_level = sorted(n for n in usable if levels.get(n) == 1)
    only = first_level[-1] if len({bare_words(lines[n].text) for n in first_level}) == 1 else None
    above = [n for n in agreeing if n <= first]
    if above or (agreeing and only is None):
        # Of equal ones a heading, and the one nearest above the text.
        best = max(
            above or agreeing,
            key=lambda n: (len(bare_words(lines[n].text)), n in levels, n if n <= first else -n),
        )
        method = "heading_and_title" if best in levels else "line_and_title"
        return Headline(_without_rubric(lines[best].text, declared), method, best)
    if only is not None:
        return Headline(lines[only].text, "h1", only)
    for title in metadata.shared_titles:
        text = _without_site(title, metadata)
        if len(bare_words(text).split()) >= _HEADLINE_WORDS and classify(text, phrases) is None:
            return Headline(text, "shared_title", None)
    higher = [
        n for n in usable if n in levels and n < first and len(bare_words(lines[n].text).split()) >= _HEADLINE_WORDS
    ]
    if higher:
        best = min(higher, key=lambda n: (levels[n], -n))
        return Headline(lines[best].text, f"h{levels[best]}", best)
    return None


def title_element(metadata: Metadata, phrases: Phrases) -> Headline | None:
    """Return what the page's title element gives when the page shows no headline, without the site's name."""
    for title in metadata.titles[-1:]:
        text = _without_site(title, metadata)
        if len(bare_words(text).split()) >= _HEADLINE_WORDS and classify(text, phrases) is None:
            return Headline(text, "title", None)
    return None


def _may_be_headline(line: Line, metadata: Metadata, phrases: Phrases) -> bool:
    words = bare_words(line.text)
    if not words or len(words) > _LONGEST or line.hint in _ELSEWHERE or any(map(_is_home, line.hrefs)):
        return False
    if words in {bare_words(name) for name in metadata.site_names}:
        return False
    verdict = classify(line.text, phrases)
    return verdict is None or verdict.kind in ("date_line", "caption")


def _is_home(href: str) -> bool:
    """Return whether a link leads to the site's front page: then its text is the site's name."""
    path = re.sub(r"^https?://[^/]+", "", href).split("?")[0].split("#")[0].strip("/")
    return bool(href) and not href.startswith("#") and (not path or bool(_FRONT_PAGE.fullmatch(path)))


def _parts(title: str) -> set[str]:
    """Return the runs of parts of a title that may be its headline, as bare words."""
    separators = list(_SITE_SEPARATOR.finditer(title))[:_MOST_PARTS]
    starts = [0, *(match.end() for match in separators)]
    ends = [*(match.start() for match in separators), len(title)]
    runs = {bare_words(title[start:end]) for start in starts for end in ends if end > start}
    return {run for run in runs if len(run.split()) >= _HEADLINE_WORDS}


def _agrees(heading: str, title: str) -> bool:
    """Return whether a heading is the title, or the title but for a site name before or after it, or cut short."""
    short, long = bare_words(heading), bare_words(title)
    if short == long:
        return True
    if len(short.split()) < _HEADLINE_WORDS:
        return False
    if long.startswith(f"{short} ") or long.endswith(f" {short}"):
        return True
    cut = bare_words(re.split(r"\.{3}|…", title)[0])
    return len(cut.split()) > _HEADLINE_WORDS and short.startswith(cut)


def _without_rubric(heading: str, declared: Sequence[str]) -> str:
    """Return a heading without the rubric before it, where a title parts the two: "Opinion | Let kids be"."""
    for title in declared:
        separator = _SITE_SEPARATOR.search(title)
        rest = title[separator.end() :] if separator else ""
        rubric = bare_words(title[: separator.start()]) if separator else ""
        if 0 < len(rubric.split()) <= _RUBRIC_WORDS and bare_words(heading) == f"{rubric} {bare_words(rest)}":
            return heading[heading.find(rest.split(" ", 1)[0]) :] if rest.split(" ", 1)[0] in heading else rest
    return heading


def _without_site(title: str, metadata: Metadata) -> str:
    """Return a title without the site's name at its end: a short last part, or one the page gives as its name."""
    separators = list(_SITE_SEPARATOR.finditer(title))
    if not separators:
        return title
    head, last = title[: separators[-1].start()].strip(), title[separators[-1].end() :]
    n_head, n_last = len(bare_words(head).split()), len(bare_words(last).split())
    named = bare_words(last) in {bare_words(name) for name in metadata.site_names}
    return head if named or (n_head >= _HEADLINE_WORDS and n_last <= _SITE_WORDS and n_head > n_last) else title
