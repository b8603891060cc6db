"""Times that a page gives to machines: `time` elements, microdata, RDFa, attributes beside words like "a week ago"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.clean.calendar_dates import parse_stamp

# What microdata and RDFa call the times of a page: schema.org, Dublin Core, Open Graph.
_PROPERTY = re.compile(
    r"(?:(?:schema|dc|dcterms|article):|https?://schema\.org/)?"
    r"(?:date(?:Published|Created|Modified)|(?:published|modified)_time)"
    r"|(?:(?:dc|dcterms):|https?://purl\.org/dc/(?:terms|elements/1\.1)/)(?:date|created|issued|available|modified)",
    re.IGNORECASE,
)
_ATTRIBUTES = ("title", "data-date", "data-time", "data-datetime", "data-timestamp", "data-utc", "data-iso")
# These say themselves what the time is; the others need a class that does.
_PUBLISHING = (
    "data-published", "data-publish-date", "data-published-date", "data-published-at", "data-publication-date",
    "data-pubdate", "data-release-date",
)  # fmt: skip
# Without one of these only a time element, or one that the declaration names, gives a time.
_GIVING = frozenset({"itemprop", "property", *_ATTRIBUTES, *_PUBLISHING})
_DATE_CLASS = re.compile(r"date|time|publish|posted", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A machine-readable time in the page.

    Attributes:
        line: Number of the line it stands in or before.
        stamp: What its attributes give, else its text.
        label: Class and property of the element, lower case.
        hint: Kind of furniture it stands in, if any.
        is_declared: True if the declaration of the source names the element.
        text: What a reader sees of it.
    """

    line: int
    stamp: str
    label: str
    hint: str | None
    is_declared: bool = False
    text: str = ""


def may_give_time(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether it is worth asking `time_mark` of an element that no declaration names; most have no time."""
    return tag == "time" or not _GIVING.isdisjoint(attributes)


def time_mark(
    element: HtmlElement,
    tag: str,
    attributes: Mapping[str, str],
    line: int,
    hints: tuple[str | None, str | None],
    is_declared: bool,
) -> TimeMark | None:
    """Return the time that an element gives to machines, or None if it gives none.

    Args:
        element: The element.
        tag: Its tag, lower case.
        attributes: Its attributes.
        line: Number of the line it stands in or before.
        hints: Kind of furniture that it or what it stands in says it is, and what it stands in alone.
        is_declared: Whether the declaration of the source says that it gives the day of publication.
    """
    named = (attributes.get("itemprop") or attributes.get("property") or "").split()
    stated = " ".join(name for name in named if _PROPERTY.fullmatch(name))
    publishing = next((attributes[name] for name in _PUBLISHING if _ISO_DAY.match(attributes.get(name, ""))), None)
    aside = next((attributes[name] for name in _ATTRIBUTES if _ISO_DAY.match(attributes.get(name, ""))), publishing)
    dated = aside and (publishing or _DATE_CLASS.search(attributes.get("class", "")))
    if tag != "time" and not stated and not is_declared and not dated:
        return None
    text = " ".join("".join(element.itertext()).split())
    given = [one for one in (attributes.get("datetime"), attributes.get("content"), aside, text) if one]
    if tag == "time":
        given.append(attributes.get("title", ""))
    # A template may fill an attribute with an hour, or with nothing that is a day.
    stamp = next((one for one in given if parse_stamp(one)), given[0] if given else "")
    parent = element.getparent()
    label = f"{attributes.get('class', '')} {stated} {parent.get('class', '') if parent is not None else ''}"
    # A property for machines may stand in an element that nobody sees; what it stands in is told by those around it.
    hint = hints[1] if stated and tag not in ("time", "meta", "link") else hints[0]
    return TimeMark(line, " ".join(stamp.split())[:_LONGEST], label.lower(), hint, is_declared, text[:_LONGEST])
