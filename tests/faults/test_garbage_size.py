"""Fault X5. Texts without end: one line of ten megabytes, a million lines, no full stop anywhere.

That the work grows with the length and no faster is what `test_text_cleaning` measures (X6); here is what comes out.
"""

import pytest

from tasks.clean.sentences import MAX_SENTENCE

SENTENCE = b"The ministers of five countries met in Tirana on 3 May 2024 to sign a protocol on readmission. "
PAGE = b"<html><head><title>Protocol signed in Tirana</title></head><body>%s</body></html>"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("line.txt", SENTENCE * 110_000),
        ("line.html", PAGE % (b"<p>" + SENTENCE * 110_000)),
        ("text.txt", SENTENCE * 20_000),
        ("text.html", PAGE % (b"<p>" + SENTENCE * 20_000)),
        ("lines.txt", b"ab\n" * 200_000),
        ("words.txt", b"ab " * 500_000),
    ],
)
def test_what_is_too_large_is_a_reject(cleaned, name, body):
    tables = cleaned({name: body})
    assert tables["documents"] == []
    assert [row["reason"] for row in tables["rejects"]] == ["too_large"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("sentences.txt", SENTENCE * 2_000),
        ("paragraphs.txt", b"\n\n".join([SENTENCE] * 2_000)),
        ("wrapped.txt", b"these are the words of a line that was broken at a column of it\n" * 4_000),
        ("words.txt", b"word " * 100_000),
        ("blank_lines.txt", b"\n" * 900_000 + SENTENCE),
        ("closing_words.txt", (b"Comments\n" + SENTENCE + b"\n") * 2_000),
        ("marks.txt", b"Z" + "\u0301".encode() * 50_000 + b" " + SENTENCE),
        ("stops.txt", SENTENCE + b"." * 300_000),
        ("quotes.txt", SENTENCE + b'."' * 100_000),
        ("icons.txt", "The minister\u00a0i, ".encode() * 30_000 + SENTENCE),
        ("dates.txt", SENTENCE + b"3 May 2024, " * 30_000),
        ("addresses.txt", SENTENCE + b"http://a/1" * 30_000),
        ("cells.html", PAGE % (b"<table>" + b"<tr><td>" + SENTENCE + b"</td></tr>" * 2_000)),
        ("items.html", PAGE % (b"<h1>Protocol</h1><p>" + SENTENCE + b"</p><ul>" + b"<li>an item</li>" * 2_000)),
    ],
)
def test_what_is_long_is_read_and_no_sentence_is_longer_than_the_limit(cleaned, name, body):
    tables = cleaned({name: body})
    assert tables["rejects"] == []
    assert len(tables["documents"]) == 1
    assert tables["sentences"]
    assert max(len(row["text"]) for row in tables["sentences"]) <= MAX_SENTENCE
