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
    lines: Sequence[Line], headings: Sequence[Heading], metadata: Metadata, phrases: Phrases
) -> Headline | None:
    """Return the headline of a page, or None if it has none.

    First a heading that the page's title or its JSON-LD agrees with; the longest, since the site's name agrees too.
    Then the only first-level heading, then what the metadata say, and at last the highest heading of the page.
    """
    usable = [heading for heading in headings if _may_be_headline(lines[heading.line], metadata, phrases)]
    declared = [*metadata.titles, *(article.headline for article in metadata.articles[:1] if article.headline)]
    agreeing = [heading for heading in usable if any(_agrees(lines[heading.line].text, title) for title in declared)]
    if agreeing:
        best = max(
            agreeing, key=lambda heading: (len(bare_words(lines[heading.line].text)), -heading.level, -heading.line)
        )
        return Headline(lines[best.line].text, "heading_and_title", best.line)
    first_level = [heading for heading in usable if heading.level == 1]
    if len({bare_words(lines[heading.line].text) for heading in first_level}) == 1:
        return Headline(lines[first_level[0].line].text, "h1", first_level[0].line)
    for title in declared:
        text, shown = _without_site(title, lines, metadata)
        if len(bare_words(text).split()) >= _HEADLINE_WORDS and classify(text, phrases) is None:
            return Headline(text, "title", shown)
    long_enough = [one for one in usable if len(bare_words(lines[one.line].text).split()) >= _HEADLINE_WORDS]
    if long_enough:
        best = min(long_enough, key=lambda heading: (heading.level, heading.line))
        return Headline(lines[best.line].text, f"h{best.level}", best.line)
    return None


def _may_be_headline(line: Line, metadata: Metadata, phrases: Phrases) -> bool:
    words = bare_words(line.text)
    if not words or line.hint in _ELSEWHERE or words in {bare_words(name) for name in metadata.site_names}:
        return False
    verdict = classify(line.text, phrases)
    return verdict is None or verdict.kind in ("date_line", "caption")


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


def _without_site(title: str, lines: Sequence[Line], metadata: Metadata) -> tuple[str, int | None]:
    """Return a title without rubric and site name, and the line of the page that shows it.

    The longest part that the page shows as a line is the headline; where it shows none, a short last part is the site's
    name.
    """
    separators = list(_SITE_SEPARATOR.finditer(title))
    starts = [0, *(match.end() for match in separators)]
    ends = [*(match.start() for match in separators), len(title)]
    runs = sorted(
        {title[start:end].strip() for start in starts for end in ends if end > start}, key=lambda run: (-len(run), run)
    )
    names = {bare_words(name) for name in metadata.site_names}
    shown: dict[str, int] = {}
    for n, line in enumerate(lines):
        if line.hint not in _ELSEWHERE:
            shown.setdefault(bare_words(line.text), n)
    for run in runs:
        words = bare_words(run)
        if words in shown and words not in names and len(words.split()) >= _HEADLINE_WORDS:
            return run, shown[words]
    if separators:
        head, last = title[: separators[-1].start()].strip(), title[separators[-1].end() :]
        n_head, n_last = len(bare_words(head).split()), len(bare_words(last).split())
        if bare_words(last) in names or (n_head >= _HEADLINE_WORDS and n_last <= _SITE_WORDS and n_head > n_last):
            return head, None
    return title, None
