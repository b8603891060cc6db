"""What stands in a page's markup and no reader sees, or reads as part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

# Words for screen readers, and the edit links of wikis.
_UNREAD = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|mw-editsection)\b", re.IGNORECASE
)
_REFERENCE = re.compile(r"\[?\d{1,3}\]?")
_UNIT = re.compile(r"\b[kcd]?m$")
_HIDING = frozenset({"hidden", "aria-hidden", "style"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def drop_unread(tree: HtmlElement) -> None:
    """Take out what stands inside sentences and is no part of them: hidden words, edit links, numbers of notes."""
    for element in list(tree.iter("a", "abbr", "b", "em", "i", "small", "span", "strong", "sup")):
        items = element.items()
        if not items and element.tag != "sup":
            continue
        attributes = dict(items)
        hidden = bool(attributes) and (
            is_hidden(attributes) or bool(_UNREAD.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"))
        )
        if hidden or (element.tag == "sup" and _is_reference(element)):
            element.drop_tree()


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Return whether the attributes of an element hide it."""
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
