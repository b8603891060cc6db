"""What a reply is worth: a page to archive as a good version, or one to set aside, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.fetch.web.exchange import Reply
from tasks.fetch.web.page_signs import PageView, Sign, find_sign, fold, look_at, wide_encoding

# What `judge` may say. Only `ok` may replace a good version of a document.
KINDS = (
    "ok",
    "not_modified",  # 304
    "missing",  # 404
    "gone",  # 410
    "empty",  # nothing, or markup without a word in it
    "wrong_type",  # the bytes are not what was wanted, or not what the header says they are
    "soft_error",  # an error, maintenance or not-found page with status 200
    "blocked_page",  # a cookie wall, paywall, challenge or login in place of the page
)
_BY_STATUS = {304: "not_modified", 404: "missing", 410: "gone"}
# What a file begins with, and what it is then; the first that fits.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "archive"),  # Office files among them
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\xd0\xcf\x11\xe0", "binary"),  # Office before 2007
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"),
    (b"OggS", "binary"),
    (b"ID3", "binary"),
    (b"{\\rtf", "binary"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1|table|script)[\s>]", re.IGNORECASE)
# The first element decides what a document is; a feed has titles and paragraphs too.
_ROOT = re.compile(rb"<(?![!?])([a-z][\w:.-]*)", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_FEED_ROOTS = frozenset({b"rss", b"feed", b"urlset", b"sitemapindex", b"rdf:rdf"})
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# What headers claim and nobody can mistake for a page: HTML in its place is an error page.
_NEVER_HTML = re.compile(r"application/(?:pdf|zip|gzip|msword|vnd\.)|image/|audio/|video/", re.IGNORECASE)
_SNIFFED_BYTES = 8192
# A title that so many other addresses have, above a text as short as this, is a template.
REPEATED_TITLES = 3
REPEATED_MOST_CHARS = 600
# A version that loses four fifths of a text worth the name, and is short now, has probably lost its page.
SHRUNK_FROM_CHARS = 1500
SHRUNK_TO_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `judge` found.

    Attributes:
        kind: One of `KINDS`.
        detail: The rule that decided, for people; empty for `ok`.
        media: html, xml, json, text, pdf, image, archive, binary or empty, by the bytes; None without a body.
        title: Title of an HTML page, folded: what repeats over the pages of a site is a template, not a title.
        text_chars: Length of an HTML page's text without navigation and footer; 0 for anything else.
    """

    kind: str
    detail: str = ""
    media: str | None = None
    title: str | None = None
    text_chars: int = 0


def judge(
    reply: Reply,
    signs: Sequence[Sign],
    *,
    wanted: Sequence[str] = ("html", "text"),
    known_titles: Mapping[str, int] | None = None,
    previous_chars: int | None = None,
) -> Verdict:
    """Say what a reply is worth; nothing is asked and nothing is bypassed.

    Args:
        reply: The reply.
        signs: From `tasks.fetch.web.page_signs.load_signs`.
        wanted: What the bytes may be: `html`, `text`, for a feed `xml`, for an API `json`.
        known_titles: Folded title → at how many other addresses of the source it was seen.
        previous_chars: `Verdict.text_chars` of the last good version of this document.
    """
    if reply.status in _BY_STATUS:
        return Verdict(_BY_STATUS[reply.status], f"HTTP {reply.status}")
    media, declared = sniff(reply.body), reply.header("content-type") or ""
    if media == "empty":
        return Verdict("empty", f"HTTP {reply.status} without a body", media)
    if media not in wanted:
        return Verdict("wrong_type", f"the bytes are {media}, the header says {declared[:60] or 'nothing'}", media)
    if media == "text":
        return _judge_text(reply.body, signs)
    if media != "html":
        return Verdict("ok", "", media)
    if _NEVER_HTML.match(declared):
        return Verdict("wrong_type", f"an HTML page in the place of {declared[:60]}", media)
    return _judge_page(reply.body, declared, signs, known_titles or {}, previous_chars)


def sniff(body: bytes) -> str:
    """Return what a body is by its first bytes, whatever anybody declares: see `Verdict.media`."""
    start = body[:_SNIFFED_BYTES]
    wide = wide_encoding(start)
    if wide is not None:
        start = start.decode(wide, "ignore").encode()
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "empty" if not body.strip() else "binary"
    for magic, media in _MAGIC:
        if start.startswith(magic):
            return media
    if len(_CONTROL.findall(start)) * 100 > len(start):
        return "binary"
    if start[:1] in (b"{", b"[") and body.rstrip(b"\0 \t\r\n")[-1:] in (b"}", b"]"):
        return "json"
    root = _ROOT.search(start)
    name = root[1].lower() if root else b""
    if name in _FEED_ROOTS or (start.startswith(b"<?xml") and name != b"html" and not _HTML_DOCTYPE.search(start)):
        return "xml"
    return "html" if _HTML.search(start) else "text"


def _judge_text(body: bytes, signs: Sequence[Sign]) -> Verdict:
    """Judge plain text: a short one may be all that an error says."""
    most_chars = max((sign.most_chars for sign in signs), default=0)
    if len(body) > 4 * most_chars:
        return Verdict("ok", "", "text")
    text = fold(body.decode(wide_encoding(body) or "utf-8", "replace"))
    found = find_sign(PageView(None, (text,), len(text), text, ""), signs)
    return Verdict("ok", "", "text") if found is None else _signed(*found, "text", None, 0)


def _signed(sign: Sign, phrase: str, media: str, title: str | None, chars: int) -> Verdict:
    return Verdict(sign.verdict, f"{sign.name}: {sign.says} ({phrase[:60]!r})", media, title, chars)


def _judge_page(
    body: bytes, declared: str, signs: Sequence[Sign], known_titles: Mapping[str, int], previous_chars: int | None
) -> Verdict:
    charset = _CHARSET.search(declared)
    most_chars = max((sign.most_chars for sign in signs), default=0)
    view = look_at(body, charset[1] if charset else None, most_chars)
    chars = view.chars
    found = find_sign(view, signs)
    if found is not None:
        return _signed(*found, "html", view.title, chars)
    if not chars:
        return Verdict("empty", "markup without a word in it", "html", view.title)
    repeated = known_titles.get(view.title or "", 0)
    if repeated >= REPEATED_TITLES and chars < REPEATED_MOST_CHARS:
        detail = f"repeated_title: {repeated} other addresses have this title, over hardly any text"
        return Verdict("soft_error", detail, "html", view.title, chars)
    if previous_chars is not None and previous_chars >= SHRUNK_FROM_CHARS and chars < previous_chars * SHRUNK_TO_SHARE:
        detail = f"shrunk: {chars} characters of text, {previous_chars} in the last good version"
        return Verdict("soft_error", detail, "html", view.title, chars)
    return Verdict("ok", "", "html", view.title, chars)
