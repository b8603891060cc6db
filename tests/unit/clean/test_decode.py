import pytest

from tasks.clean.decode import decode, is_html
from tasks.clean.rejected import MAX_BODY_BYTES, RejectedBodyError

CROATIAN = (
    "Ministri četiriju zemalja sastali su se u Đakovu i raspravljali o vraćanju; Šibenik je sljedeći, Žepče treće."
)
LITHUANIAN = "Vidaus reikalų ministras šią savaitę lankėsi Balkanuose, kur pasirašyti protokolai dėl asmenų grąžinimo."
MACEDONIAN = "Министерот за внатрешни работи денес во Скопје потпиша договор за реадмисија со европскиот комесар."
GERMAN = "Der Innenminister hat über die Rückführung von Flüchtlingen gesprochen; das Präsidium begrüßte die Gespräche."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CROATIAN, "cp1250"), (CROATIAN, "iso8859_2"), (LITHUANIAN, "cp1257"), (MACEDONIAN, "cp1251"), (GERMAN, "cp1252")],
)
def test_an_undeclared_8_bit_encoding_is_found_by_the_letters_of_its_languages(text, encoding):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.method) == (text, encoding, "trial")


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "method"),
    [
        (CROATIAN.encode("utf-8-sig"), None, "utf-8", "bom"),
        (CROATIAN.encode("utf-16"), "text/plain; charset=utf-8", "utf-16-le", "bom"),
        (CROATIAN.encode("utf-16-le"), None, "utf-16-le", "trial"),
        (CROATIAN.encode("utf-16-be"), None, "utf-16-be", "trial"),
        (CROATIAN.encode(), None, "utf-8", "utf8"),
        (CROATIAN.encode(), "text/plain; charset=UTF-8", "utf-8", "declared"),
        (CROATIAN.encode(), "text/plain; charset=iso-8859-2", "utf-8", "utf8"),
        (CROATIAN.encode("cp1250"), "text/plain; charset=windows-1250", "cp1250", "declared"),
        (b'<meta charset="windows-1250">' + CROATIAN.encode("cp1250"), None, "cp1250", "meta"),
        (b'<meta charset="utf-8">' + CROATIAN.encode("cp1250"), None, "cp1250", "trial"),
    ],
)
def test_marks_declarations_and_lies(body, content_type, encoding, method):
    decoded = decode(body, content_type)
    assert (decoded.encoding, decoded.method) == (encoding, method)
    assert decoded.text.endswith(CROATIAN)


def test_latin_1_is_read_as_browsers_read_it():
    decoded = decode("„Fünf“ – 5 €".encode("cp1252"), "text/html; charset=iso-8859-1")
    assert (decoded.text, decoded.encoding) == ("„Fünf“ – 5 €", "cp1252")


def test_utf_8_with_a_cut_character_stays_utf_8():
    decoded = decode(CROATIAN.encode() + b"\xc4 kraj")
    assert (decoded.encoding, decoded.method) == ("utf-8", "replaced")
    assert decoded.text == CROATIAN + "\ufffd kraj"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff  ".encode(), "empty"),
        (b"%PDF-1.7\n1 0 obj", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"PK\x03\x04\x14\x00", "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
        (b"a\x00\x00\x00" * 50, "binary"),
        (bytes(range(128, 256)) * 20, "undecodable"),
        (b"x" * (MAX_BODY_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(body, reason):
    with pytest.raises(RejectedBodyError) as caught:
        decode(body)
    assert caught.value.reason == reason
    assert caught.value.detail


@pytest.mark.parametrize(
    ("text", "content_type", "location", "expected"),
    [
        ("<!DOCTYPE html><p>x", None, "a.txt", True),
        ("\n\n<html><body>x", "text/plain", "a", True),
        ("<p>One.</p><p>Two.</p>", "text/html", "a", True),
        ("<p>One.</p>", None, "a.htm", True),
        ("<strong>Title</strong><br>\n- item\n<p>One", "text/plain", "a.txt", False),
        ("The text <br> has a tag.", None, "a", False),
        ("No markup at all", "text/html", "a.html", False),
    ],
)
def test_the_bytes_say_what_is_markup(text, content_type, location, expected):
    assert is_html(text, content_type, location) is expected
