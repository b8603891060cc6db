"""What a reply is worth: a page to archive as a good version, or one to set aside, and why."""

from __future__ import annotations

from dataclasses import dataclass

# What `judge` may say. Only `ok` may replace a good version of a document.
KINDS = (
    "ok",
    "not_modified",  # 304
    "missing",  # 404
    "gone",  # 410
    "empty",  # nothing, or nothing but white space
    "wrong_type",  # the bytes are no HTML, text, feed or PDF that the address or the header promised
    "soft_error",  # an error, maintenance or not-found page with status 200
    "blocked_page",  # a cookie wall, paywall, challenge or login in place of the page
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `judge` found.

    Attributes:
        kind: One of `KINDS`.
        detail: The rule that decided, for people; empty for `ok`.
        title: Title of an HTML page, folded: what repeats over the pages of a site is a template, not a title.
    """

    kind: str
    detail: str = ""
    title: str | None = None
