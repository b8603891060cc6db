"""Pages that are none, or not what they are said to be, over the wire: H15, H18 to H21."""

import hashlib
from pathlib import Path

import pytest

from tasks.clean.decode import decode
from tasks.fetch.web.client import WebRequest
from tasks.fetch.web.page_signs import load_signs
from tasks.fetch.web.verdict import judge
from tests.fault_server import HTML, FaultServer, answer, page
from tests.faults.web import ask, reply, settings
from warehouse.settings import Settings

SIGNS = load_signs(Settings().reference_dir / "web")
CROATIAN = "Ministri su u Budvi potpisali sporazum o ponovnom prihvatu: „Žene i djeca će biti zaštićeni“, kažu. " * 3


def test_h15_a_304_has_no_body_and_validators_are_sent_only_when_given() -> None:
    with FaultServer({"/page": answer(b"", "304 Not Modified", length=-1, ETag='"v1"')}) as server:
        with_etag = WebRequest(server.url("/page"), etag='"v1"', last_modified="Fri, 20 Nov 2026 12:00:00 GMT")
        got = reply(ask(settings(server), with_etag))
        headers = server.asked("/page")[0].headers
    assert (got.status, got.body, got.header("etag")) == (304, b"", '"v1"')
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    assert judge(got, SIGNS).kind == "not_modified"


def test_h15_without_a_stored_body_nothing_conditional_is_asked_and_the_hash_decides() -> None:
    old, new = page("The old text."), page("The new text.")
    routes = {
        "/same-etag": [answer(old, ETag='"v1"'), answer(new, ETag='"v1"')],
        "/same-body": [answer(old, ETag='"v1"'), answer(old, ETag='"v2"')],
    }
    with FaultServer(routes) as server:
        hashes = {}
        for path in routes:
            first, second = ask(settings(server), server.url(path), server.url(path))
            hashes[path] = [hashlib.sha256(reply([got]).body).hexdigest() for got in (first, second)]
        assert all("if-none-match" not in request.headers for request in server.requests)
    assert hashes["/same-etag"][0] != hashes["/same-etag"][1]
    assert hashes["/same-body"][0] == hashes["/same-body"][1]


def test_h15_a_validator_with_a_line_break_is_not_sent() -> None:
    with FaultServer({"/page": answer(page())}) as server:
        reply(ask(settings(server), WebRequest(server.url("/page"), etag='"v1"\r\nX-Forged: 1')))
        assert not {"if-none-match", "x-forged"} & set(server.asked("/page")[0].headers)


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("cp1250", "text/html; charset=windows-1250", ""),
        ("cp1250", "text/html; charset=utf-8", ""),
        ("cp1250", "text/html", '<meta charset="windows-1250">'),
        ("cp1250", "text/html; charset=no-such-charset", ""),
        ("utf-8", "text/html; charset=windows-1250", ""),
        ("utf-8", "", ""),
        ("utf-16-le", "text/html", ""),
        ("utf-16", "text/html; charset=utf-8", ""),
    ],
)
def test_h18_a_wrong_absent_or_lying_charset_costs_no_letter(encoding: str, content_type: str, meta: str) -> None:
    text = f"<html><head>{meta}<title>Vijest</title></head><body><p>{CROATIAN}</p></body></html>"
    wire = answer(text.encode(encoding), content_type=content_type or "X")
    wire = wire if content_type else wire.replace(b"Content-Type: X\r\n", b"")
    with FaultServer({"/page": wire}) as server:
        got = reply(ask(settings(server), server.url("/page")))
    # The body is archived as it came; the cleaner finds the encoding from it and from what was declared.
    assert got.body == text.encode(encoding)
    assert got.header("content-type") == (content_type or None)
    assert judge(got, SIGNS).kind == "ok"
    assert CROATIAN in decode(got.body, got.header("content-type")).text


MENU = b"<nav>" + b"<a href='/x'>Another entry of the menu</a>" * 100 + b"</nav>"


def canned(title: str, text: str) -> bytes:
    return b"<!doctype html><html><head><title>%s</title></head><body>%s<p>%s</p></body></html>" % (
        title.encode(),
        MENU,
        text.encode(),
    )


@pytest.mark.parametrize(
    "body",
    [
        canned("Page not found | Ministry of Interior", "Try the search."),
        canned("Ministarstvo", "<h1>Stranica nije pronađena</h1>"),
        canned("Ministry", "This website is temporarily unavailable. Please try again later."),
        canned("Настана грешка", "Обидете се повторно."),
    ],
    ids=["error page", "soft 404", "maintenance", "server error"],
)
def test_h19_an_error_page_with_status_200_is_a_soft_error(body: bytes) -> None:
    with FaultServer({"/page": answer(body)}) as server:
        assert judge(reply(ask(settings(server), server.url("/page"))), SIGNS).kind == "soft_error"


@pytest.mark.parametrize(
    "body",
    [
        canned("Portal", "Um fortzufahren, akzeptieren Sie alle Cookies."),
        canned("News", "Ministers met in Vienna on Monday. Subscribe to continue reading."),
        canned("Just a moment...", "Checking your browser before you go on."),
        canned("Login | Intranet", "<form><input type='password'></form>"),
    ],
    ids=["cookie wall", "paywall", "challenge", "login"],
)
def test_h20_a_page_in_front_of_the_page_is_set_aside_and_not_bypassed(body: bytes) -> None:
    with FaultServer({"/page": answer(body, Set_Cookie="challenge=1")}) as server:
        assert judge(reply(ask(settings(server), server.url("/page"))), SIGNS).kind == "blocked_page"
        assert len(server.asked("/page")) == 1


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (bytes(range(256)) * 20, HTML, "wrong_type"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", HTML, "wrong_type"),
        (page(), "application/pdf", "wrong_type"),
        (b"", HTML, "empty"),
    ],
    ids=["binary as html", "pdf as html", "html as pdf", "empty 200"],
)
def test_h21_magic_bytes_decide(body: bytes, content_type: str, kind: str) -> None:
    with FaultServer({"/page": answer(body, content_type=content_type)}) as server:
        assert judge(reply(ask(settings(server), server.url("/page"))), SIGNS).kind == kind


def test_a_page_that_is_gone_is_told_from_one_that_is_not_found() -> None:
    with FaultServer({"/gone": answer(page(), "410 Gone")}) as server:
        answers = ask(settings(server), server.url("/gone"), server.url("/missing"))
    assert [judge(reply([got]), SIGNS).kind for got in answers] == ["gone", "missing"]


def test_a_state_directory_is_made_and_holds_a_file_for_each_host(tmp_path: Path) -> None:
    with FaultServer({"/page": answer(page())}) as server:
        reply(ask(settings(server), server.url("/page"), state_dir=tmp_path / "state" / "hosts"))
    (file,) = (tmp_path / "state" / "hosts").iterdir()
    assert file.name.startswith("127.0.0.1-")
