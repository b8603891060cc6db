"""From the decoded text of a page to its tree, within limits. What the tree says is read elsewhere."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from tasks.clean.rejected import MAX_ELEMENTS, RejectedBodyError
from tasks.clean.repair import without_controls

# libxml2 needs quadratic time for the attributes of one tag; a tag this long holds an image or an attack, never text.
_LONG_TAG_CHARS = 20_000
# A tag may imply others: `<td>` alone makes a table's body and a row, any tag the page around it.
_ELEMENTS_A_TAG = 4
_LONG_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{%d,}>" % _LONG_TAG_CHARS)


def parse_page(text: str) -> HtmlElement:
    """Return the tree of a page.

    Raises:
        RejectedBodyError: It is nested or split up beyond any page, or has no element at all.
    """
    source = without_controls(text)
    if max(map(len, source.split(b"<"))) > _LONG_TAG_CHARS:
        source = _LONG_TAG.sub(rb"<\1>", source)
    # huge_tree: without it libxml2 drops all text below the 256th level without an error.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    # lxml.html's own lookup asks Python for the class of every element it meets; nothing here needs its form classes.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise RejectedBodyError("no_text", f"the markup has no element ({error})") from error
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise RejectedBodyError("too_deep", f"{entry.message}; the text below that level is lost to the parser")
    # Counting takes a third of the time of parsing, and the parser adds few elements that are not written.
    if source.count(b"<") > MAX_ELEMENTS // _ELEMENTS_A_TAG:
        n_elements = sum(1 for _ in tree.iter())
        if n_elements > MAX_ELEMENTS:
            raise RejectedBodyError("too_large", f"{n_elements} elements, the limit is {MAX_ELEMENTS}")
    return tree
