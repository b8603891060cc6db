"""A page's markup cut into lines: every visible block once, in order, with what its markup says it is.

Nothing is chosen here; the lines that are no text become typed removals later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tasks.clean.hints import hint_of
from tasks.clean.lines import Line
from tasks.clean.repair import repair_text
from tasks.clean.stamps import TimeMark, may_give_time, time_mark
from tasks.clean.wraps import rejoin
from warehouse.page_hints import NO_HINTS, PageHints

_SKIPPED = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "link", "map", "math", "meta", "noscript", "object",
    "param", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTROLS = frozenset({"a", "button", "label", "option", "time"})
# Words for screen readers, and the edit links of wikis.
_UNREAD = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|mw-editsection)\b", re.IGNORECASE
)
_REFERENCE = re.compile(r"\[?\d{1,3}\]?")
_UNIT = re.compile(r"\b[kcd]?m$")
_HIDING = frozenset({"hidden", "aria-hidden", "style"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# An element that holds this share of the page's text is a wrapper: a class on it says nothing about the text.
_WRAPPER_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page: number of its line, and level 1 to 6."""

    line: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page cut into lines."""

    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    times: tuple[TimeMark, ...]


def drop_unread(tree: HtmlElement) -> None:
    """Take out what stands inside sentences and is no part of them: hidden words, edit links, numbers of notes."""
    for element in list(tree.iter("a", "abbr", "b", "em", "i", "small", "span", "strong", "sup")):
        items = element.items()
        if not items and element.tag != "sup":
            continue
        attributes = dict(items)
        hidden = bool(attributes) and (
            _is_hidden(attributes) or bool(_UNREAD.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"))
        )
        if hidden or (element.tag == "sup" and _is_reference(element)):
            element.drop_tree()


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if _HIDING.isdisjoint(attributes):
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and bool(_HIDDEN.search(attributes["style"])))
    )


def _is_reference(element: HtmlElement) -> bool:
    """Return whether a superscript is the number of a note, and not an exponent or an ordinal's ending."""
    if not _REFERENCE.fullmatch("".join(element.itertext()).strip()):
        return False
    previous = element.getprevious()
    parent = element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return not _UNIT.search(before or "")


def cut_page(tree: HtmlElement, hints: PageHints = NO_HINTS) -> Page:
    """Return every visible block of a page as a line, its headings and its machine-readable times.

    Args:
        tree: The page.
        hints: What the declaration of its source says of its elements.
    """
    return _Cutter(tree, hints).cut()


class _Cutter:
    """One walk over the tree; holds the line that is being collected."""

    def __init__(self, tree: HtmlElement, hints: PageHints) -> None:
        self.tree = tree
        self.own = {one.element: one.kind for one in reversed(hints.furniture) if one.element}
        self.date_element = hints.date_element
        # Whether each of the open elements is one that the declaration names, or stands in one.
        self.declared: list[bool] = [False]
        self.lengths = _text_lengths(tree)
        self.whole = max(1, self.lengths[tree])
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self.times: list[TimeMark] = []
        self.buffer: list[str] = []
        self.block: list[Line] = []
        # Whether a blank line has just been seen in the block.
        self.blank = False
        self.hrefs: list[str] = []
        self.hints: list[str | None] = [None]
        self.tags: list[str] = []
        # Levels of the open headings, and how many preformatted elements are open.
        self.levels: list[int] = []
        self.n_preformatted = 0
        # Whether an inline element has just ended, and whether it was a link, a time or a button.
        self.after_inline = self.after_control = False

    def cut(self) -> Page:
        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _SKIPPED or not tag:
                    self._note_time(element, tag, dict(element.items()) if tag else {})
                    walk.skip_subtree()
                    continue
                self._enter(element, tag)
            else:
                if tag and tag not in _SKIPPED:
                    self._leave(tag)
                if element is not self.tree and (tail := element.tail):
                    self._collect(tail)
        self._flush()
        return Page(tuple(self.lines), tuple(self.headings), tuple(self.times))

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._flush()
            if tag in _HEADINGS:
                self.levels.append(int(tag[1]))
            elif tag == "pre":
                self.n_preformatted += 1
        self.tags.append(tag)
        # One look at all attributes: each look at one of them costs as much.
        attributes = dict(element.items())
        own = next((self.own[name] for name in _names(attributes) if name in self.own), None) if self.own else None
        inherited = self.declared[-1]
        self.declared.append(inherited or own is not None)
        hint = self.hints[-1] if inherited else own or self._hint(element, tag, attributes) or self.hints[-1]
        self.hints.append(hint)
        if attributes or tag == "time":
            if tag == "a" and attributes.get("href"):
                self.hrefs.append(attributes["href"].strip())
            self._note_time(element, tag, attributes)
        if self.after_inline and tag in _CONTROLS:
            self.after_control = True
        if text := element.text:
            self._collect(text, beside=self.after_inline)

    def _leave(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            self._flush()
            if tag in _HEADINGS:
                self.levels.pop()
            elif tag == "pre":
                self.n_preformatted -= 1
        self.after_inline, self.after_control = True, tag in _CONTROLS
        self.tags.pop()
        self.hints.pop()
        self.declared.pop()

    def _collect(self, text: str, beside: bool = False) -> None:
        """Add text to the line; elements that touch in the source are parted where a reader sees them parted."""
        if self.buffer:
            touching = beside and text[0].isalnum() and self.buffer[-1][-1:].isalnum()
            # "<a>Next</a><a>Back</a>" and "<span>A. Editor</span><span>May 5</span>", not "<b>Kondra</b><b>tovič</b>".
            if touching and (self.after_control or not text[0].islower()):
                self.buffer.append(" ")
            self.buffer.append(text)
        elif self.n_preformatted or not text.isspace():
            # Most texts of a tree are the white space between its blocks, of which a line cannot begin.
            self.buffer.append(text)
        self.after_inline = self.after_control = False

    def _break(self) -> None:
        """End a line inside a block: at a line break element, or at a line's end in preformatted text."""
        raw = "".join(self.buffer)
        self.buffer.clear()
        if raw.isspace() and not self.block:
            # Between blocks, as most white space of a page is.
            self.blank = True
            return
        preformatted = self.n_preformatted > 0
        for number, part in enumerate(raw.split("\n") if preformatted else [raw]):
            text = repair_text(" ".join(part.split()))
            if text:
                gap = self.blank or not self.block
                self.block.append(
                    Line(text, gap=gap, hint=self.hints[-1], hrefs=tuple(self.hrefs), is_declared=self.declared[-1])
                )
                self.hrefs.clear()
            self.blank = not text and (number > 0 or not preformatted)

    def _flush(self) -> None:
        """End a block: its lines, put together where they were broken at a column, become lines of the page."""
        if self.buffer:
            self._break()
        if not self.block:
            self.blank = False
            return
        level = self.levels[-1] if self.levels else None
        form = "head" if level else "item" if "li" in self.tags[-4:] else "p"
        for line in rejoin(self.block, _never) if len(self.block) > 1 else self.block:
            if level:
                self.headings.append(Heading(len(self.lines), level))
            line.form = form
            self.lines.append(line)
        self.block = []
        self.blank = False

    def _hint(self, element: HtmlElement, tag: str, attributes: Mapping[str, str]) -> str | None:
        if tag in ("html", "body", "main", "article"):
            return None
        if attributes:
            names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}"
            hint = "furniture" if _is_hidden(attributes) else hint_of(tag, names)
        else:
            hint = hint_of(tag, "")
        return None if hint is None or self.lengths[element] > _WRAPPER_SHARE * self.whole else hint

    def _note_time(self, element: HtmlElement, tag: str, attributes: Mapping[str, str]) -> None:
        if self.date_element is None and not may_give_time(tag, attributes):
            return
        named = self.date_element is not None and self.date_element in _names(attributes)
        mark = time_mark(element, tag, attributes, len(self.lines), self.hints, named)
        if mark is not None:
            self.times.append(mark)


def _names(attributes: Mapping[str, str]) -> list[str]:
    """Return the classes and the id of an element."""
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".split()


def _never(text: str) -> bool:
    """Say of no line of a block that it stands for itself: markup has parted what does."""
    return False


def _text_lengths(tree: HtmlElement) -> dict[etree._Element, int]:
    """Return how much text each element holds, tails of its children included."""
    lengths: dict[etree._Element, int] = dict.fromkeys(tree.iter(), 0)
    for element in reversed(lengths):
        if element.tag in _SKIPPED:
            lengths[element] = 0
        elif element.text:
            lengths[element] += len(element.text)
        parent = element.getparent()
        if parent in lengths:
            lengths[parent] += lengths[element] + len(element.tail or "")
    return lengths
