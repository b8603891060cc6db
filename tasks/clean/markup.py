"""A page's markup cut into lines: every visible block once, in order, with what its markup says it is.

Nothing is chosen here; the lines that are no text become typed removals later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tasks.clean.hints import NAMING_TAGS, hint_of
from tasks.clean.lines import Line, is_prose
from tasks.clean.repair import repair_text
from tasks.clean.stamps import TimeMark, may_give_time, time_mark
from tasks.clean.unread import is_hidden
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
_WHOLE = frozenset({"html", "body", "main", "article"})
# No element of these kinds is text if there is no sentence in it.
_MENUS = frozenset({"furniture", "language_switch", "navigation", "related_items", "share_widget", "site_name"})
# Tags that say something without any attribute.
_TELLING = NAMING_TAGS | {"time"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTROLS = frozenset({"a", "button", "label", "option", "time"})
# An element that holds this share of the page's text is a wrapper: a class on it says nothing about the text.
_WRAPPER_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page: number of its line, and level 1 to 6."""

    line: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page cut into lines.

    Attributes:
        lines: Every visible block, in order.
        headings: Which of them are headings.
        times: Times that the markup gives to machines.
        menus: Elements that are no text but ways to other pages; none of them stands in another.
    """

    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    times: tuple[TimeMark, ...]
    menus: tuple[HtmlElement, ...] = ()


def cut_page(tree: HtmlElement, hints: PageHints = NO_HINTS) -> Page:
    """Return every visible block of a page as a line, its headings and its machine-readable times.

    Args:
        tree: The page.
        hints: What the declaration of its source says of its elements.
    """
    return _Cutter(tree, hints).cut()


# An open element: its tag, the kind of furniture that it or what it stands in says it is, and whether the declaration
# of the source says so. A plain tuple: there is one for each element of a page.
_Open = tuple[str, str | None, bool]


@dataclass(frozen=True, slots=True)
class _Menu:
    """What looks like a menu and has not ended: the element, how many are open around it, number of its first line."""

    element: HtmlElement
    depth: int
    first_line: int


class _Cutter:
    """One walk over the tree; holds the line that is being collected."""

    def __init__(self, tree: HtmlElement, hints: PageHints) -> None:
        self.tree = tree
        self.own = {one.element: one.kind for one in reversed(hints.furniture) if one.element}
        self.date_element = hints.date_element
        self.wrapper_chars = _WRAPPER_SHARE * max(1, len(tree.text_content()))
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self.times: list[TimeMark] = []
        self.menus: list[HtmlElement] = []
        self.menu: _Menu | None = None
        self.buffer: list[str] = []
        self.block: list[Line] = []
        # Whether a blank line has just been seen in the block.
        self.blank = False
        self.hrefs: list[str] = []
        # Outermost first, beginning with the page itself.
        self.open: list[_Open] = [("", None, False)]
        # Levels of the open headings, and how many preformatted elements are open.
        self.levels: list[int] = []
        self.n_preformatted = 0
        # Whether an inline element has just ended, and whether it was a link, a time or a button.
        self.after_inline = self.after_control = False

    def cut(self) -> Page:
        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in _SKIPPED or not isinstance(tag, str):
                    if isinstance(tag, str):
                        self._note_time(element, tag, dict(element.items()), self.open[-1][1])
                    walk.skip_subtree()
                    continue
                self._enter(element, tag)
                text, beside = element.text, self.after_inline
            else:
                if tag not in _SKIPPED and isinstance(tag, str):
                    self._leave(tag)
                text, beside = element.tail if element is not self.tree else None, False
            if text:
                self._collect(text, beside)
        self._flush()
        return Page(tuple(self.lines), tuple(self.headings), tuple(self.times), tuple(self.menus))

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag in _BLOCKS:
            self._enter_block(tag)
        _, around, is_declared = self.open[-1]
        # One look at all attributes: each look at one of them costs as much.
        given = element.items()
        if given or tag in _TELLING:
            attributes = dict(given)
            hint = around
            if not is_declared:
                own = self._declared(attributes) if self.own else None
                hint, is_declared = own or self._hint(element, tag, attributes) or around, own is not None
                if self.menu is None and hint in _MENUS and tag in _BLOCKS:
                    self.menu = _Menu(element, len(self.open), len(self.lines))
            self.open.append((tag, hint, is_declared))
            if tag == "a" and (href := attributes.get("href")):
                self.hrefs.append(href.strip())
            self._note_time(element, tag, attributes, around)
        else:
            self.open.append((tag, around, is_declared))
        if self.after_inline and tag in _CONTROLS:
            self.after_control = True

    def _enter_block(self, tag: str) -> None:
        if tag == "br":
            self._break()
            return
        if self.buffer or self.block:
            self._flush()
        self.blank = False
        if tag in _HEADINGS:
            self.levels.append(int(tag[1]))
        elif tag == "pre":
            self.n_preformatted += 1

    def _leave(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            if self.buffer or self.block:
                self._flush()
            self.blank = False
            if tag in _HEADINGS:
                self.levels.pop()
            elif tag == "pre":
                self.n_preformatted -= 1
        self.after_inline, self.after_control = True, tag in _CONTROLS
        self.open.pop()
        if self.menu is not None and self.menu.depth == len(self.open):
            # Templates call a part of a text by such names, too ("pagination-first").
            if not any(is_prose(line.text) for line in self.lines[self.menu.first_line :]):
                self.menus.append(self.menu.element)
            self.menu = None

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
                _, hint, is_declared = self.open[-1]
                self.block.append(Line(text, gap=gap, hint=hint, hrefs=tuple(self.hrefs), is_declared=is_declared))
                self.hrefs.clear()
            self.blank = not text and (number > 0 or not preformatted)

    def _flush(self) -> None:
        """End a block: its lines, put together where they were broken at a column, become lines of the page."""
        if self.buffer:
            self._break()
        if not self.block:
            return
        level = self.levels[-1] if self.levels else None
        form = "head" if level else "item" if any(tag == "li" for tag, *_ in self.open[-4:]) else "p"
        for line in rejoin(self.block, _never) if len(self.block) > 1 else self.block:
            if level:
                self.headings.append(Heading(len(self.lines), level))
            line.form = form
            self.lines.append(line)
        self.block = []

    def _declared(self, attributes: Mapping[str, str]) -> str | None:
        """Return the kind of furniture that the declaration of the source says an element is."""
        return next((self.own[name] for name in _names(attributes) if name in self.own), None)

    def _hint(self, element: HtmlElement, tag: str, attributes: Mapping[str, str]) -> str | None:
        """Return the kind of furniture that an element says it is, unless it wraps the page."""
        if tag in _WHOLE:
            return None
        hint = "furniture" if is_hidden(attributes) else hint_of(tag, attributes)
        if hint is None or hint == self.open[-1][1]:
            return hint
        return None if len(element.text_content()) > self.wrapper_chars else hint

    def _note_time(self, element: HtmlElement, tag: str, attributes: Mapping[str, str], around: str | None) -> None:
        if self.date_element is None and not may_give_time(tag, attributes):
            return
        named = self.date_element is not None and self.date_element in _names(attributes)
        mark = time_mark(element, tag, attributes, len(self.lines), (self.open[-1][1], around), named)
        if mark is not None:
            self.times.append(mark)


def _names(attributes: Mapping[str, str]) -> list[str]:
    """Return the classes and the id of an element."""
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".split()


def _never(text: str) -> bool:
    """Say of no line of a block that it stands for itself: markup has parted what does."""
    return False
