"""What an element of a page says it is, by its tag and by the words in its class, id and role.

The words are English on pages of every language: they come from templates and frameworks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_TAGS = {
    "aside": "related_items",
    "button": "share_widget",
    "dialog": "furniture",
    "figcaption": "caption",
    "footer": "furniture",
    "label": "furniture",
    "legend": "furniture",
    "menu": "navigation",
    "nav": "navigation",
}
_WORDS = {
    "navigation": (
        *("breadcrumb", "breadcrumbs", "crumbs", "mainmenu", "menu", "nav", "navbar", "navi", "navigation", "pager"),
        *("pagination", "skip", "submenu", "toc", "topmenu"),
    ),
    "share_widget": (
        *("addthis", "addtoany", "bookmark", "print", "share", "sharebar", "sharedaddy", "sharing", "social"),
    ),
    "related_items": (
        *("inread", "latest", "outbrain", "popular", "promo", "promos", "readmore", "recent", "recommendations"),
        *("recommended", "related", "sidebar", "taboola", "teasers", "trending"),
    ),
    "furniture": (
        *("ad", "ads", "advert", "advertisement", "banner", "comment", "comments", "consent", "cookie", "cookies"),
        *("disqus", "gdpr", "hidden", "modal", "newsletter", "noprint", "paywall", "popup", "rating", "ratings"),
        *("respond", "subscribe", "subscription", "tagcloud", "tags"),
    ),
    "caption": ("caption", "credit", "figcaption"),
    "byline": ("author", "byline"),
    "language_switch": ("lang", "langs", "language", "languages"),
    "site_name": ("brand", "logo", "masthead", "sitename"),
    "clock": ("clock", "today", "weather"),
    "contact_block": ("contact", "contacts"),
}
_HINTS = {word: hint for hint, words in _WORDS.items() for word in words}
_NAMING = ("class", "id", "role")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_LETTERS = re.compile(r"[^a-z]+")


NAMING_TAGS = frozenset(_TAGS)


def hint_of(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Return the kind of removal an element's names or tag speak of, or None.

    Args:
        tag: Its tag, lower case.
        attributes: Its attributes; class, id and role are looked at, in this order.
    """
    for name in _NAMING:
        if (value := attributes.get(name)) and (hint := _named(value)):
            return hint
    return _TAGS.get(tag)


@lru_cache(maxsize=10_000)
def _named(names: str) -> str | None:
    words = _NOT_LETTERS.split(_CAMEL.sub("-", names).lower())
    return next((_HINTS[word] for word in words if word in _HINTS), None)
