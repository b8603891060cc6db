"""Hostile and damaged text, row by row of the list of faults: X1–X4, X6, X10, X11, H18, T2, T4 and T6.

X5 (texts without end) and X7 (bottomless markup) are in `test_garbage_size` and `test_garbage_markup`.
"""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.assemble import clean_body
from tasks.clean.furniture import classify
from tasks.clean.language import identify_document
from tasks.clean.phrases import load_phrases
from tasks.clean.repair import repair_text

PHRASES = load_phrases()
SENTENCE = "The ministers of five countries met in Tirana on 3 May 2024 to sign a protocol on readmission."
INVISIBLE = "\x00\x01\x08\x0b\x1f\x7f\x80\x9f\ufeff\ufffe\uffff\u200b\u200e\u202e\u2066\U000e0041\u00ad"
RETRIEVED = date(2026, 11, 20)


def clean(body, location="a.txt", url=None):
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    return clean_body(raw, None, location, url, RETRIEVED, PHRASES)


def assert_exact(document):
    document.text.encode("utf-8")
    assert document.sentences
    for one in document.sentences:
        sentence = document.text[one.start : one.end]
        assert sentence == sentence.strip() != ""


@settings(max_examples=15, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, len(SENTENCE)), st.sampled_from(INVISIBLE)), max_size=6))
@pytest.mark.parametrize("location", ["a.txt", "a.html"])
def test_x1_x3_characters_nobody_sees_are_gone_and_offsets_are_exact(location, places):
    """X1 and X3: NUL, C0, C1, marks of byte order, overrides and tag characters in the middle of a sentence."""
    damaged = SENTENCE
    for place, char in places:
        damaged = damaged[:place] + char + damaged[place:]
    body = f"Headline of the text\n\n{damaged} {SENTENCE}\n"
    if location.endswith("html"):
        body = f"<html><body><h1>Headline of the text</h1><p>{damaged} {SENTENCE}</p></body></html>"
    document = clean(body, location)
    assert_exact(document)
    assert not set(document.text) & set(INVISIBLE)
    assert "The ministers" in document.text


@pytest.mark.parametrize("lone", ["\ud800", "\udc00", "\udfff\ud800"])
def test_x2_lone_surrogates_never_reach_the_text(lone):
    """X2: half a surrogate pair in the bytes, in markup and in an entity."""
    for location, body in (
        ("a.txt", f"Headline{lone}\n\n{SENTENCE} {lone} {SENTENCE}"),
        (
            "a.html",
            f"<html><body><h1>Head{lone}line of it</h1><p>{SENTENCE}&#xD800; {lone} {SENTENCE}</p></body></html>",
        ),
    ):
        document = clean(body, location)
        assert_exact(document)
        assert not any("\ud800" <= char <= "\udfff" for char in document.text)


def test_x4_a_thousand_marks_on_a_letter_are_capped_and_forms_are_one():
    """X4: zalgo text, and the same name composed and decomposed."""
    document = clean(f"Headline of the text\n\nThe minister Z\u0300{chr(0x301) * 1000}orić spoke. {SENTENCE}")
    assert len(document.text) < 200
    assert_exact(document)
    assert repair_text("Kondratovic\u030c") == repair_text("Kondratovič") == "Kondratovič"


@pytest.mark.parametrize(
    "pump",
    [
        "(",
        "\u00a0i ",
        "http://a/1",
        "a. ",
        "1. ",
        "- ",
        " | ",
        "a:",
        "<",
        "<br",
        "&",
        "12 May ",
        "Source: ",
        "By A B ",
        "#",
        "word ",
        "ab\n",
    ],
)
def test_x6_twice_the_text_takes_no_more_than_some_times_the_work(pump):
    """X6: strings that make a pattern try again and again; the work must not grow with the square of the length."""

    def work(size):
        text = f"Headline of the text\n\n{pump * (size // len(pump))}\n\n{SENTENCE}"
        started = time.process_time()
        classify(pump * (size // len(pump)), PHRASES)
        clean(text)
        return time.process_time() - started

    work(1_000)
    small = work(10_000)
    # Eight times the length: linear work is 8 times as much, quadratic 64; a tenth of a second is slack for what is
    # fixed. On a busy machine one measurement may be off, two are not.
    assert any(work(80_000) < 20 * small + 0.1 for _ in range(2))


def test_x10_fillers_icons_and_glued_addresses_are_taken_out_with_their_places():
    """X10: the damage seen in scraped announcements; every removal points to what stood there."""
    raw = (
        "Protocol on readmission signed in Tirana zzzzzz\n\nPublished on:\n\n"
        f"{SENTENCE} Minister Jan Jansen\u00a0i, opened the meeting.\n\nMore about the project: https://example.org/p/22"
        f"An operational meeting followed in the afternoon, and the ministers agreed on joint patrols.\n"
    )
    document = clean(raw)
    assert document.title == "Protocol on readmission signed in Tirana"
    assert document.published.day is None
    assert "An operational meeting followed" in document.text
    for unwanted in ("zzzz", "\u00a0i", "Published on", "https://"):
        assert unwanted not in document.text
    kinds = {one.kind for one in document.removed}
    assert {"filler", "info_icon", "empty_label", "project_link"} <= kinds
    for one in document.removed:
        assert one.start is not None
        assert repair_text(raw[one.start : one.end]) == repair_text(one.text)


def test_x11_serbian_in_two_scripts_is_one_language_and_a_quotation_keeps_its_own():
    """X11: Latin and Cyrillic, look-alike letters inside words, and two languages in one document."""
    latin = "Ministar unutrašnjih poslova saopštio je da će opštine posle sednice Vlade dve nedelje čekati izveštaj."
    cyrillic = "Министар унутрашњих послова саопштио је да ће општине после седнице Владе две недеље чекати извештај."
    assert {identify_document(text, PHRASES.words).language for text in (latin, cyrillic)} == {"sr"}
    assert repair_text("cilјu dalјe") == "cilju dalje"
    german = "Die Minister von fünf Ländern unterzeichneten heute ein Protokoll über die Rückübernahme von Personen."
    document = clean(
        f"Ministers sign a protocol\n\n{SENTENCE} They left.\n\n{german}\n\n{SENTENCE} {SENTENCE} {SENTENCE}"
    )
    assert [one.language for one in document.sentences if document.text[one.start : one.end] == german] == ["de"]
    assert document.language.language == "en"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1250",
            "Ministri četiriju zemalja sastali su se u Đakovu i raspravljali o vraćanju osoba u zemlje podrijetla.",
        ),
        (
            "cp1257",
            "Vidaus reikalų ministras Vilniuje pasirašė readmisijos protokolą, kuris įsigalios kitų metų pradžioje.",
        ),
        (
            "cp1251",
            "Министерот за внатрешни работи потпиша протокол за реадмисија во Скопје и најави нови заеднички патроли.",
        ),
        ("utf-16-le", "The ministers of five countries signed a protocol on the readmission of persons in Tirana."),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
def test_h18_a_wrong_or_absent_charset_does_not_spoil_the_letters(encoding, text, declared):
    """H18: no declaration, a lying one, and wide characters without a byte order mark."""
    head = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{head}<title>{text[:30]}</title></head><body><p>{text}</p><p>{text}</p></body></html>"
    assert text in clean(page.encode(encoding), "a.html").text


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-05-04T00:30:00+03:00", date(2024, 5, 4)),
        ("2024-05-03T23:30:00-05:00", date(2024, 5, 3)),
        ("2024-05-04T00:30:00", date(2024, 5, 4)),
    ],
)
def test_t2_a_stamp_near_midnight_keeps_the_publishers_day(stamp, day):
    """T2: half past midnight in another zone is the day before in UTC, and not for the publisher."""
    page = (
        f'<html><head><meta property="article:published_time" content="{stamp}"><title>A protocol was signed</title>'
        f"</head><body><h1>A protocol was signed</h1><p>{SENTENCE} {SENTENCE}</p></body></html>"
    )
    assert clean(page, "a.html").published.day == day


@pytest.mark.parametrize(
    "written", ["31 February 2024", "3 May 2031", "3 May 0001", "3 May 9999", "May 2024", "12 to 13 May"]
)
def test_t4_an_impossible_or_partial_date_is_no_day_of_publication(written):
    """T4: days that do not exist, lie ahead or long ago, and months without a day."""
    document = clean(
        f"A protocol was signed\n{written}\n\n{SENTENCE.replace(' on 3 May 2024', '')} The text is public."
    )
    assert document.published.day is None
    assert document.published.reason


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", ""])
def test_t6_the_zone_of_the_machine_changes_nothing(monkeypatch, zone):
    """T6: the same bytes give the same document wherever the machine stands."""
    body = f"A protocol was signed\n\nPublished on 20 November 2026, 23:50\n\n{SENTENCE} {SENTENCE}"
    expected = clean(body)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert clean(body) == expected
    finally:
        monkeypatch.undo()
        time.tzset()
