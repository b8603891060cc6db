"""`communique inspect`: a hostile document in the terminal, as JSON and as a page."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.report.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE, WIDTHS
from tests.repository.conftest import Command
from tests.repository.conftest import communique as communique  # the fixture
from warehouse.report.highlight import pieces
from warehouse.report.inspection import render_inspection

NAME = "\x1b[2J<img src=x onerror=alert(0)>.html"
STEERING = "\x1b]0;owned\x07\x1b[31mThey will meet again next year.\x9b2J"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An announcement with markup, template and control characters in its name, headline, sentences and address."""
    title, sentence, more = escape(HOSTILE_TITLE), escape(HOSTILE_SENTENCE), escape(STEERING)
    path = tmp_path / NAME
    path.write_text(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>Published on: 14 April 2024</p><p>{sentence}</p><p>{more} <a href='javascript:alert(5)'>More</a></p>"
        "</article></body>",
        "utf-8",
    )
    return path


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if "href" in values:
            self.links.add(str(values["href"]))
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(values["content"])


@pytest.fixture
def page(communique: Command, hostile: Path, tmp_path: Path) -> Path:
    out = tmp_path / "page.html"
    ended = communique("inspect", hostile, "--html", out)
    assert ended.code == 0, ended.err
    return out


def test_a_hostile_document_neither_steers_the_terminal_nor_forges_markup(communique: Command, hostile: Path) -> None:
    shown = communique("inspect", hostile)
    assert shown.code == 0
    assert {character for character in shown.out if not character.isprintable()} <= {"\n"}
    assert "meeting (occurred)" in shown.out
    assert "frames/meeting.yaml:" in shown.out
    assert "Budva{place}" in shown.out
    found = communique("inspect", hostile, "--json").json
    text = found["document"]["text"]
    assert "<script>alert(1)</script>" in found["document"]["title"]
    for row in [*found["mentions"], *found["rejects"], *found["topics"]]:
        assert text[row["start"] : row["end"]] == row["text"]
    meeting, *_ = [row for row in found["claims"] if row["claim_type"] == "meeting" and row["status"] == "occurred"]
    assert text[meeting["start"] : meeting["end"]] == meeting["quote"]
    assert meeting["rule_id"].startswith("meeting.")
    budva = next(row for row in found["mentions"] if row["text"] == "Budva")
    assert re.fullmatch(r"places\.csv:\d+", budva["knowledge"])


def test_the_page_holds_no_script_and_loads_nothing(page: Path) -> None:
    content = page.read_text("utf-8")
    tags = _Tags()
    tags.feed(content)
    assert tags.seen.isdisjoint({"script", "img", "iframe", "link", "object", "form", "base"})
    assert [name for name in tags.attributes if name.startswith("on") or name in ("src", "style")] == []
    assert {link for link in tags.links if not link.startswith("#")} == set()
    style = content.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert tags.policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
    assert {character for character in content if not character.isprintable()} <= {"\n"}
    assert "‹U+202E›" in content


def test_the_same_document_gives_the_same_page(communique: Command, hostile: Path, page: Path) -> None:
    first = page.read_bytes()
    assert communique("inspect", hostile, "--html", page).code == 0
    assert page.read_bytes() == first


@pytest.mark.parametrize("width", WIDTHS)
def test_a_browser_shows_it_without_a_complaint(browser: Browser, page: Path, width: str) -> None:
    size = WIDTHS[width]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    faults: list[str] = []
    try:
        opened = context.new_page()
        opened.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        opened.on("console", lambda message: faults.append(message.text))
        opened.on("request", lambda request: faults.append(request.url) if request.url != page.as_uri() else None)
        opened.goto(page.as_uri())
        assert opened.locator("article mark").count() > 5
        assert opened.locator("article").get_by_text("alert(document.domain)").count() > 0
        assert opened.evaluate("document.documentElement.scrollWidth") <= size[0]
        # A trigger leads to its claim.
        opened.locator("article a.trigger").first.click()
        target = opened.locator("#claims li:target")
        assert target.count() == 1
        tinted = opened.locator("article mark").first.evaluate("node => getComputedStyle(node).backgroundColor")
        assert tinted not in ("rgba(0, 0, 0, 0)", "rgb(251, 250, 247)")
    finally:
        context.close()
    assert faults == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("picture.png", b"\x89PNG", "no .html or .txt file"),
        ("empty.txt", b"", "holds no document"),
        ("missing.txt", None, "cannot be read"),
    ],
)
def test_what_is_no_document_exits_2_and_says_why(
    communique: Command, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = communique("inspect", tmp_path / name)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


# --- pieces -----------------------------------------------------------------------------------------------------------


def test_pieces_are_the_text_and_overlapping_spans_lose_nothing() -> None:
    text = "The Ministry of Austria met\nin Graz."
    mentions = [
        {"kind": "organisation", "start": 4, "end": 23},
        {"kind": "territory", "start": 16, "end": 23},
        {"kind": "date", "start": 20, "end": 30},
    ]
    claims = [{"trigger_start": 24, "trigger_end": 27}, {"trigger_start": 24, "trigger_end": 30}]
    cut = pieces(text, 0, len(text), mentions, claims)
    assert "".join(piece.text for piece in cut) == text
    covered = {
        kind: "".join(p.text for p in cut if kind in {m["kind"] for m in p.mentions}) for kind in ("territory", "date")
    }
    assert covered == {"territory": "Austria", "date": "ria met\nin"}
    (austria,) = [piece for piece in cut if piece.text == "Aust"]
    assert [row["kind"] for row in austria.mentions] == ["territory", "organisation"]
    assert [(piece.triggers, piece.signals) for piece in cut if piece.triggers] == [((1, 2), (1,)), ((2,), (2,))]


def test_a_document_without_anything_is_a_page() -> None:
    document = dict.fromkeys(
        (
            "title",
            "published_on",
            "published_on_method",
            "published_on_reason",
            "publisher",
            "url",
            "media_type",
            "encoding",
        )
    )
    document |= {"language": "und", "language_confidence": 0.0, "text": "Nothing.", "body_start": 0}
    page = render_inspection("x.txt", document, [], [], [], [], {}).decode()
    assert "No event is told in words the frames know." in page
