"""The headline of a page: a heading on which the page's own title agrees, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.clean.furniture import Verdict, classify, is_date_line
from tasks.clean.lines import Line, bare_words, ends_sentence, is_prose, stems
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
_LONG_WORDS, _MOST_SHARED, _PARAGRAPHS = 12, 6, 12
_CUT_SHORT = re.compile(r"\.{3}|…")
_WORD = re.compile(r"\w+")
_OPENING = frozenset("\"'„“«‘([")
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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible headline, and what speaks for it before its words are compared with the text."""

    headline: Headline
    trust: float


def find_title(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    headings: Sequence[Heading],
    metadata: Metadata,
    chosen: Sequence[int],
    phrases: Phrases,
) -> Headline | None:
    """Return the headline of a page, or None if its markup gives none.

    What speaks for a line: that it is a heading, that the page's own titles agree, that it stands above the text, and
    that the text takes up its words. No one of them is enough: site names are headings and agree with the title, titles
    of templates are wrong, and boxes of links are full of headings.

    Args:
        lines: All lines of the page.
        verdicts: What the word lists and shapes say of each.
        headings: Its headings.
        metadata: What its head says.
        chosen: Numbers of the lines of the main text, in order.
        phrases: Word lists.
    """
    first = next((n for n in chosen if is_prose(lines[n].text)), len(lines))
    text = " ".join(bare_words(lines[n].text) for n in [n for n in chosen if n >= first][:_PARAGRAPHS])
    words = stems(text)
    candidates = [*_shown(lines, verdicts, headings, metadata, first), *_declared(metadata, phrases)]
    if not candidates:
        return None

    def weight(candidate: _Candidate) -> tuple[float, int]:
        own = bare_words(candidate.headline.text)
        shared = min(len(stems(own) & words), _MOST_SHARED)
        line = candidate.headline.line
        # Of equal ones the one nearest above the text.
        near = -len(lines) if line is None else line if line <= first else -line
        return candidate.trust + 0.5 * shared + 0.1 * min(own.count(" ") + 1, _LONG_WORDS), near

    best = max(candidates, key=weight)
    declared = [*metadata.titles, *(article.headline for article in metadata.articles[:1] if article.headline)]
    return replace(best.headline, text=_as_declared(_without_rubric(best.headline.text, declared), declared))


def _shown(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    headings: Sequence[Heading],
    metadata: Metadata,
    first: int,
) -> Iterator[_Candidate]:
    """Yield the headings of the page, and the lines on which its titles agree."""
    levels = {heading.line: heading.level for heading in headings}
    declared = [*metadata.titles, *(article.headline for article in metadata.articles[:1] if article.headline)]
    parts = {part for title in declared for part in _parts(title)}
    forms = [bare_words(line.text) for line in lines]
    sites = {bare_words(name) for name in metadata.site_names}
    titles = [(bare_words(title), bare_words(_CUT_SHORT.split(title)[0])) for title in declared]
    cuts = [bare_words(_CUT_SHORT.split(title)[0]) for title in declared if _CUT_SHORT.search(title)]
    beginnings = tuple(f"{cut} " for cut in cuts if cut.count(" ") + 1 > _HEADLINE_WORDS)
    # Where a title is cut short, the line that goes on with it is the headline, unless it is the lead.
    whole = {n for n, form in enumerate(forms) if form.startswith(beginnings) and not ends_sentence(lines[n].text)}
    usable = [
        n
        for n, line in enumerate(lines)
        if (n in levels or n in whole or forms[n] in parts)
        and forms[n] not in sites
        and _may_be_headline(line, forms[n], verdicts[n])
    ]
    first_level = {forms[n] for n in usable if levels.get(n) == 1}
    for n in usable:
        own = forms[n]
        agrees = own in parts or n in whole or (n in levels and any(_agrees(own, title, cut) for title, cut in titles))
        if n in levels and agrees:
            yield _Candidate(Headline(lines[n].text, "heading_and_title", n), 4.0 if n <= first else 1.0)
        elif levels.get(n) == 1 and len(first_level) == 1:
            yield _Candidate(Headline(lines[n].text, "h1", n), 3.0 if n <= first else 1.0)
        elif agrees:
            yield _Candidate(Headline(lines[n].text, "line_and_title", n), 2.0 if n <= first else 0.5)
        elif n in levels and n < first and own.count(" ") + 1 >= _HEADLINE_WORDS:
            yield _Candidate(Headline(lines[n].text, f"h{levels[n]}", n), 1.5 - 0.2 * levels[n])


def _declared(metadata: Metadata, phrases: Phrases) -> Iterator[_Candidate]:
    """Yield the titles that the page gives to those who share it, whether it shows them or not."""
    for title in metadata.shared_titles:
        text = _without_site(title, metadata)
        if bare_words(text).count(" ") + 1 >= _HEADLINE_WORDS and classify(text, phrases) is None:
            yield _Candidate(Headline(text, "shared_title", None), 1.5)


def title_element(metadata: Metadata, phrases: Phrases) -> Headline | None:
    """Return what the page's title element gives when the page shows no headline, without the site's name."""
    for title in metadata.titles[-1:]:
        text = _without_site(title, metadata)
        if len(bare_words(text).split()) >= _HEADLINE_WORDS and classify(text, phrases) is None:
            return Headline(text, "title", None)
    return None


def _may_be_headline(line: Line, words: str, verdict: Verdict | None) -> bool:
    if not words or len(words) > _LONGEST or line.hint in _ELSEWHERE or any(map(_is_home, line.hrefs)):
        return False
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


def _agrees(heading: str, title: str, cut: str) -> bool:
    """Return whether a heading is the title, or the title but for a site name before or after it, or cut short.

    Args:
        heading: Bare words of the heading.
        title: Those of the title.
        cut: Those of the title up to an ellipsis in it.
    """
    if heading == title:
        return True
    if heading.count(" ") + 1 < _HEADLINE_WORDS:
        return False
    if title.startswith(f"{heading} ") or title.endswith(f" {heading}"):
        return True
    return cut.count(" ") + 1 > _HEADLINE_WORDS and heading.startswith(cut)


def _without_rubric(heading: str, declared: Sequence[str]) -> str:
    """Return a heading without the rubric before it, where a title parts the two: "Opinion | Let kids be"."""
    for title in declared:
        separator = _SITE_SEPARATOR.search(title)
        rest = title[separator.end() :] if separator else ""
        rubric = bare_words(title[: separator.start()]) if separator else ""
        if 0 < len(rubric.split()) <= _RUBRIC_WORDS and bare_words(heading) == f"{rubric} {bare_words(rest)}":
            return heading[heading.find(rest.split(" ", 1)[0]) :] if rest.split(" ", 1)[0] in heading else rest
    return heading


def _as_declared(heading: str, declared: Sequence[str]) -> str:
    """Return the part of a heading that the page's titles give alone: without a rubric before it, or its date behind.

    "Migration Ministers agree on patrols" under the title "Ministers agree on patrols | Ministry" begins with a rubric.
    """
    words = list(_WORD.finditer(heading))
    forms = [match[0].casefold() for match in words]
    parts = {part for title in declared for part in _parts(title)}
    if " ".join(forms) in parts:
        # A title has all of it: what another leaves out is no rubric ("Slovenia – Croatia agree on patrols").
        return heading
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        known = part.split()
        n_more = len(forms) - len(known)
        if n_more <= 0 or len(known) <= _HEADLINE_WORDS:
            continue
        if n_more <= _RUBRIC_WORDS and forms[n_more:] == known:
            return heading[_start_of(heading, words[n_more].start()) :]
        rest = heading[words[len(known) - 1].end() :]
        if forms[: len(known)] == known and is_date_line(rest.strip(" ()[]|,-–—")):
            return heading[: len(heading) - len(rest.lstrip("\"'”“»’)?!.…"))].rstrip()
    return heading


def _start_of(text: str, start: int) -> int:
    """Return where a word begins, with the opening quotes and brackets that touch it."""
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    return start


def _without_site(title: str, metadata: Metadata) -> str:
    """Return a title without the site's name at its end: a short last part, or one the page gives as its name."""
    separators = list(_SITE_SEPARATOR.finditer(title))
    if not separators:
        return title
    head, last = title[: separators[-1].start()].strip(), title[separators[-1].end() :]
    n_head, n_last = len(bare_words(head).split()), len(bare_words(last).split())
    named = bare_words(last) in {bare_words(name) for name in metadata.site_names}
    return head if named or (n_head >= _HEADLINE_WORDS and n_last <= _SITE_WORDS and n_head > n_last) else title
