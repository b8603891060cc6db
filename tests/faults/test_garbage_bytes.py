"""Bytes that are no text, or text in a wrong dress: a document or a reject with a reason, never a crash."""

import random

import pytest

SENTENCE = "The ministers of five countries met in Tirana on 3 May 2024 to sign a protocol on readmission. "
PROSE = (SENTENCE * 3).encode()
PAGE = b"<html><head><title>Protocol signed in Tirana</title></head><body><p>%s</p></body></html>"
JSON_LD = b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"\\ud800"}</script>'
NOISE = random.Random(1).randbytes(100_000)  # noqa: S311  (no secret depends on it)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.html", b"", "empty"),
        ("blank.txt", b" \n\t\r\n ", "empty"),
        ("pdf.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE, "binary"),
        ("png.html", b"\x89PNG\r\n\x1a\n" + NOISE, "binary"),
        ("zip.txt", b"PK\x03\x04" + NOISE, "binary"),
        ("noise.txt", NOISE, "binary"),
        ("nul.txt", b"\x00" * 10_000 + PROSE, "binary"),
        ("high.txt", bytes(range(0x80, 0x100)) * 100, "undecodable"),
    ],
)
def test_no_text_is_a_reject_with_its_reason(cleaned, name, body, reason):
    tables = cleaned({name: body})
    assert tables["documents"] == []
    (reject,) = tables["rejects"]
    assert (reject["location"], reject["reason"]) == (name, reason)
    assert reject["detail"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("nul.txt", PROSE.replace(b"met", b"m\x00et")),
        ("nul.html", PAGE % PROSE.replace(b"met", b"m\x00et\x01")),
        ("surrogates.txt", PROSE + b"\xed\xa0\x80 and \xed\xb0\x80"),
        ("surrogates.html", PAGE % (b"&#xD800;&#56320; " + PROSE)),
        ("surrogates_in_json.html", PAGE % (JSON_LD + PROSE)),
        ("mark_in_the_middle.txt", PROSE + "\ufeff\u200b\ufffe".encode() + PROSE),
        ("utf16.txt", PROSE.decode().encode("utf-16")),
        ("utf16_without_mark.html", (PAGE % PROSE).decode().encode("utf-16-le")),
        ("cut.txt", "Ministri su se sastali u Đakovu i potpisali protokol o vraćanju. ".encode() * 3 + b"\xc4"),
        ("html_named_txt.txt", b"<!doctype html>" + PAGE % PROSE),
        ("text_named_html.html", PROSE),
    ],
)  # fmt: skip
def test_damaged_text_is_a_document_that_a_file_can_hold(cleaned, name, body):
    tables = cleaned({name: body})
    assert tables["rejects"] == []
    (document,) = tables["documents"]
    document["text"].encode("utf-8")
    assert not any(char < " " and char != "\n" for char in document["text"])
    assert tables["sentences"]
    for sentence in tables["sentences"]:
        assert document["text"][sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    ("charset", "real"),
    [
        ("utf-8", "cp1250"),
        ("iso-8859-1", "cp1250"),
        ("windows-1251", "utf-8"),
        ("no-such-charset", "cp1250"),
        (None, "cp1250"),
    ],
)
def test_a_lying_declaration_does_not_spoil_the_letters(cleaned, charset, real):
    text = "Ministri četiriju zemalja sastali su se u Đakovu i raspravljali o vraćanju; sljedeći će biti u Šibeniku."
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"<html><head>{declared}<title>Sastanak ministara u Đakovu</title></head><body><p>{text}</p></body></html>"
    (document,) = cleaned({"a.html": page.encode(real)})["documents"]
    assert text in document["text"]


def test_garbage_does_not_keep_the_good_documents_back(cleaned):
    files = {"a.txt": PROSE, "b.txt": b"", "c.html": NOISE, "d.html": PAGE % PROSE, "e.txt": b"%PDF-"}
    tables = cleaned(files)
    assert [row["external_id"] for row in tables["documents"]] == ["a.txt", "d.html"]
    assert sorted(row["location"] for row in tables["rejects"]) == ["b.txt", "c.html", "e.txt"]
