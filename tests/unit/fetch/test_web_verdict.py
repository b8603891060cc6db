"""What stands in for a page is known by its signs, in ten languages; what is a page is not taken for one."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.fetch.web.exchange import Reply
from tasks.fetch.web.page_signs import load_signs
from tasks.fetch.web.verdict import KINDS, Verdict, judge, sniff
from warehouse.errors import ConfigurationError
from warehouse.reference import read_csv
from warehouse.settings import Settings

DIRECTORY = Settings().reference_dir / "web"
SIGNS = load_signs(DIRECTORY)
BY_NAME = {sign.name: sign for sign in SIGNS}
PHRASES = read_csv(DIRECTORY / "phrases.csv", ("sign", "language", "phrase"))
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SENTENCE = "Return officials of four countries met in Budva on 12 and 13 May 2025 and agreed on a joint work plan. "


def judged(body: bytes | str, content_type: str = "text/html; charset=utf-8", status: int = 200, **more) -> Verdict:
    data = body.encode() if isinstance(body, str) else body
    headers = (("Content-Type", content_type),) if content_type else ()
    reply = Reply("u", "u", status, headers, (), data, len(data), "HTTP/1.1", (), NOON, NOON, 1)
    return judge(reply, SIGNS, **more)


def html(title: str = "Ministry of Interior", body: str = "<p>Some words.</p>", head: str = "") -> str:
    menu = "".join(f'<li><a href="/{number}">Menu entry number {number}</a></li>' for number in range(100))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
        f"<main>{body}</main><footer>{'Contact us. ' * 50}</footer></body></html>"
    )


def pages_with(sign: str, phrase: str) -> list[str]:
    """Return pages that show a phrase in the place where its sign looks for it."""
    if BY_NAME[sign].place == "heading":
        return [
            html(f"{phrase.capitalize()} | Ministry of Interior"),
            html("Ministry of Interior", f"<h1>{phrase.upper()}!</h1><p>Go to the start page.</p>"),
        ]
    if BY_NAME[sign].place == "text":
        return [html(body=f"<h2>Dear reader</h2><p>{phrase.capitalize()} – 1234.</p>")]
    return [html(body="<p>Wait.</p>", head=f"<script>var x = {{ {phrase.upper()} }};</script>")]


@pytest.mark.parametrize("sign", BY_NAME)
def test_every_phrase_is_found_in_its_place(sign: str) -> None:
    phrases = [row["phrase"] for row in PHRASES if row["sign"] == sign]
    kinds = {(phrase, judged(page).kind) for phrase in phrases for page in pages_with(sign, phrase)}
    assert {each for each in kinds if each[1] != BY_NAME[sign].verdict} == set()


@pytest.mark.parametrize("sign", BY_NAME)
def test_no_phrase_condemns_an_announcement_of_some_length(sign: str) -> None:
    condemned = {}
    for phrase in (row["phrase"] for row in PHRASES if row["sign"] == sign):
        text = f"<p>{SENTENCE * 20}</p><p>{phrase}</p><p>{SENTENCE * 25}</p>"
        verdict = judged(html(f"{phrase}: officials meet in Budva", f"<h1>Officials meet in Budva</h1>{text}"))
        if verdict.kind != "ok":
            condemned[phrase] = verdict
    assert condemned == {}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Access denied at the border: 400 people turned back", "Police turned back 400 people at the crossing."),
        ("Access denied: 400 people turned back", "Police turned back 400 people at the crossing."),
        ("Under construction – a new reception centre", "The reception centre in Rudninkai opens in May 2025."),
        ("Ministar: održavanje sastanka potvrđeno", "Održavanje sastanka je potvrđeno. Učesnici stižu u Budvu."),
        ("Objavljen javni poziv", "Prijava na javni poziv traje do 12. maja. Prijave se podnose ministarstvu."),
        ("Service for foreigners available again", "The service is available from Monday. We use cookies. Accept all."),
        ("Law 404/2024 enters into force", "Law 404/2024 on foreigners enters into force on 1 May 2025."),
        ("Minister: error in the figures corrected", "An error in the figures for 2024 was corrected on Monday."),
        ("Die Vermisste wurde gefunden", "Die Person konnte zunächst nicht gefunden werden."),
        ("Neue Anmeldung für Asylsuchende", "Die Anmeldung erfolgt ab Mai im Ankunftszentrum."),
        ("Dopo l'accordo", "Log in | Subscribe to our newsletter | The agreement was signed in Rome."),
    ],
)
def test_short_announcements_that_use_such_words_are_pages(title: str, text: str) -> None:
    page = html(f"{title} | Ministry", f"<h1>{title}</h1><p>{text}</p>")
    assert judged(page).kind == "ok", judged(page)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("404", "soft_error"),
        ("Error 404 - Page not found", "soft_error"),
        ("404: Page Not Found | Ministry", "soft_error"),
        ("Page not found (404) · Government portal", "soft_error"),
        ("HTTP 500 – Internal Server Error", "soft_error"),
        ("503 Service Unavailable", "soft_error"),
        ("Fehler 404: Seite nicht gefunden", "soft_error"),
        ("403 Forbidden", "blocked_page"),
        ("Just a moment...", "blocked_page"),
        ("Resolution 404", "ok"),
        ("404 persons relocated", "ok"),
    ],
)
def test_a_title_says_it_with_numbers_around_it(title: str, kind: str) -> None:
    assert judged(html(title)).kind == kind, judged(html(title))


def test_a_page_that_needs_scripts_shows_what_its_noscript_says() -> None:
    page = '<html><head><title>App</title></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>'  # noqa: E501 # one page, one line
    assert judged(page).kind == "blocked_page"


@pytest.mark.parametrize(
    ("body", "content_type", "kind", "media"),
    [
        (b"", "text/html", "empty", "empty"),
        (b" \r\n\t ", "text/html", "empty", "empty"),
        (b"<html><body><div></div></body></html>", "text/html", "empty", "html"),
        (b"%PDF-1.7\n...", "text/html", "wrong_type", "pdf"),
        (b"PK\x03\x04......", "text/html", "wrong_type", "archive"),
        (b"\x89PNG\r\n\x1a\n....", "text/html", "wrong_type", "image"),
        (bytes(range(256)) * 4, "text/html", "wrong_type", "binary"),
        (b"\0" * 500, "text/html", "wrong_type", "binary"),
        (gzip.compress(b"<html>", mtime=0), "text/html", "wrong_type", "archive"),
        (html().encode(), "application/pdf", "wrong_type", "html"),
        (html().encode(), "image/png", "wrong_type", "html"),
        (html().encode(), "", "ok", "html"),
        (html().encode(), "text/plain", "ok", "html"),
        (b"\xef\xbb\xbf" + html().encode(), "text/html", "ok", "html"),
        (html().encode("utf-16"), "text/html", "ok", "html"),
        (html().encode("utf-16-le"), "text/html; charset=utf-16-le", "ok", "html"),
        (html().encode("cp1250"), "text/html; charset=no-such-charset", "ok", "html"),
        ("Beč, 12. maja – ministri su potpisali sporazum.".encode("cp1250"), "text/plain", "ok", "text"),
        (b'<?xml version="1.0"?><rss><channel></channel></rss>', "text/html", "wrong_type", "xml"),
        (b'{"items": []}', "text/html", "wrong_type", "json"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html><body><p>XHTML</p></body></html>', "text/html", "ok", "html"),
    ],
)
def test_magic_bytes_decide_what_a_body_is(body: bytes, content_type: str, kind: str, media: str) -> None:
    verdict = judged(body, content_type)
    assert (verdict.kind, verdict.media) == (kind, media)


def test_feeds_and_interfaces_say_what_they_want() -> None:
    entry = b"<title>Meeting in Budva</title><description><![CDATA[<p>Officials met.</p>]]></description>"
    for feed in (
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">' + entry + b"</feed>",
        b'<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?><!-- a --><rss version="2.0">' + entry + b"</rss>",
        b"<RSS>" + entry + b"</RSS>",
        b'\xef\xbb\xbf<?xml version="1.0"?><urlset><url><loc>https://ministry.example/</loc></url></urlset>',
        b'<?xml version="1.0"?><own:root xmlns:own="x"/>',
    ):
        assert judged(feed, "text/html", wanted=("xml",)).kind == "ok", feed
        assert judged(feed, "text/html").kind == "wrong_type", feed
    assert judged(html("Just a moment..."), wanted=("xml",)).kind == "wrong_type"
    assert judged(b'[{"title": "Meeting", "content": "<p>Officials met.</p>"}]', wanted=("json",)).kind == "ok"


@pytest.mark.parametrize(("status", "kind"), [(304, "not_modified"), (404, "missing"), (410, "gone"), (204, "empty")])
def test_the_status_decides_first(status: int, kind: str) -> None:
    assert judged(b"" if status in (204, 304) else html(), status=status).kind == kind


def test_a_title_that_many_addresses_have_over_hardly_any_text_is_a_template() -> None:
    title = judged(html()).title
    assert title == "ministry of interior"
    assert judged(html(), known_titles={title: 3}).kind == "soft_error"
    assert judged(html(), known_titles={title: 2}).kind == "ok"
    assert judged(html(body=f"<p>{SENTENCE * 10}</p>"), known_titles={title: 300}).kind == "ok"


def test_a_version_that_lost_its_text_does_not_replace_the_good_one() -> None:
    good = judged(html(body=f"<p>{SENTENCE * 30}</p>")).text_chars
    assert good > 2000
    assert judged(html(), previous_chars=good).kind == "soft_error"
    assert judged(html(body=f"<p>{SENTENCE * 10}</p>"), previous_chars=good).kind == "ok"
    assert judged(html(), previous_chars=300).kind == "ok", "a short page may become shorter"


def test_the_sample_announcements_are_pages() -> None:
    pages = sorted((Settings().seeds / "documents").glob("*.html"))
    assert pages
    assert {path.name: judged(path.read_bytes()).kind for path in pages} == {path.name: "ok" for path in pages}


def test_of_real_pages_none_is_condemned(shared_dir: Path) -> None:
    pages = sorted((shared_dir / "pages").glob("*/*.html.gz"))[::12]
    assert pages
    found = {path.name: judged(gzip.decompress(path.read_bytes())) for path in pages}
    assert {name: verdict for name, verdict in found.items() if verdict.kind != "ok"} == {}


def test_plain_text_may_be_all_that_an_error_says() -> None:
    assert judged("Not Found", "text/plain").kind == "soft_error"
    assert judged("Service Unavailable\n", "text/plain").kind == "soft_error"
    assert judged("The requested URL was not found on this server.", "text/plain").kind == "soft_error"
    assert judged("Return officials met in Budva.", "text/plain").kind == "ok"
    assert judged(f"Not found\n{SENTENCE * 50}", "text/plain").kind == "ok"


def test_kinds_are_those_of_the_vocabulary() -> None:
    assert {sign.verdict for sign in SIGNS} < set(KINDS)
    assert sniff(b"plain words") == "text"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("signs.csv", "typo,soft_eror,text,5,x"),
        ("signs.csv", "no_phrases,soft_error,text,5,x"),
        ("signs.csv", "no_number,soft_error,text,,x"),
        ("phrases.csv", "no_such_sign,en,x"),
        ("phrases.csv", "login,xx,x"),
        ("phrases.csv", "login,en,sign in"),
    ],
)
def test_a_wrong_row_stops_the_run_with_its_file(tmp_path: Path, file: str, line: str) -> None:
    for name in ("signs.csv", "phrases.csv"):
        (tmp_path / name).write_bytes((DIRECTORY / name).read_bytes())
    with (tmp_path / file).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    with pytest.raises(ConfigurationError) as error:
        load_signs(tmp_path)
    assert ".csv" in error.value.where
