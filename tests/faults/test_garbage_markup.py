"""Fault X7. Markup that is broken, bottomless or hostile."""

import pytest

SENTENCE = "The ministers of five countries met in Tirana on 3 May 2024 to sign a protocol on readmission. "
PROSE = SENTENCE * 3


def page(body, head="<title>Protocol signed in Tirana</title>"):
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page("<div>" * 20_000 + PROSE + "</div>" * 20_000), "too_deep"),
        (page("<b><i><u>x " * 20_000), "too_deep"),
        (page("<a></a>" * 110_000), "too_large"),
        (page("<img src=x>" * 100), "no_text"),
        (page("<script>document.write('text')</script>"), "no_text"),
        (page(f"<div style='display:none'>{PROSE}</div>".replace(PROSE, "")), "no_text"),
        (b"<" * 100_000, "no_text"),
        (b"<html><html><html></body></head>", "no_text"),
    ],
)
def test_markup_without_text_is_a_reject(cleaned, body, reason):
    tables = cleaned({"a.html": body})
    assert tables["documents"] == []
    assert [row["reason"] for row in tables["rejects"]] == [reason]


@pytest.mark.parametrize(
    "body",
    [
        page("<div>" * 1_000 + PROSE + "</div>" * 1_000),
        page("<span>" * 900 + PROSE),
        page(f"<p>{PROSE}<p>{PROSE.replace('Tirana', 'Vaduz')}<table><tr><td>{PROSE.replace('Tirana', 'Bar')}"),
        page("<p " + " ".join(f"a{n}='1'" for n in range(100_000)) + f">{PROSE}</p>"),
        page(f"<!--{'x' * 100_000}<p>--><p>{PROSE}</p>"),
        page(f"<p>{PROSE}</p>", '<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(f"<p>{PROSE}</p>", '<script type="application/ld+json">{"@type": [[[{}]]], "datePublished": 5}</script>'),
        page(f"<p>{PROSE}</p>", "<title>" + "a | b - " * 50_000 + "</title>"),
        f'<?xml version="1.0" encoding="utf-16"?><html><body><p>{PROSE}</p></body></html>'.encode(),
        f"</html></body><p>{PROSE}</p>".encode(),
    ],
)
def test_broken_markup_with_text_is_a_document(cleaned, body):
    tables = cleaned({"a.html": body})
    assert tables["rejects"] == []
    (document,) = tables["documents"]
    assert SENTENCE.strip() in document["text"]


def test_hostile_markup_becomes_plain_words(cleaned):
    hostile = (
        '<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)></svg>'
        '<a href="javascript:alert(4)">More about the project</a><a href=" JaVa\tScript:alert(6)">The text of it</a>'
        '<iframe src="data:text/html,x"></iframe>'
        "<!--[if IE]><script>alert(5)</script><![endif]-->"
    )
    tables = cleaned({"a.html": page(f"<h1>Protocol signed in Tirana</h1><p>{PROSE}</p>{hostile}<p>{PROSE[:95]}</p>")})
    (document,) = tables["documents"]
    assert "alert" not in document["text"]
    assert "<" not in document["text"]
    assert not any((row["target_url"] or "").startswith("javascript") for row in tables["links"])


def test_entities_are_not_expanded(cleaned, tmp_path):
    (tmp_path / "secret.txt").write_text("canary")
    body = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY a "aaaaaaaaaa">'
        f'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><body><p>{PROSE} &x; &b;</p></body></html>'
    )
    tables = cleaned({"a.html": body.encode()})
    assert "canary" not in "".join(row["text"] for row in tables["documents"])
    assert "aaaaaaaaaa" not in "".join(row["text"] for row in tables["documents"])
