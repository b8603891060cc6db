from dataclasses import replace
from datetime import date

import pytest

from tasks.clean.assemble import clean_body
from warehouse.page_hints import NO_HINTS, FurnitureHint, PageHints

TEXT = (
    "<p>The ministers of the interior of five countries met in Skopje on Tuesday and agreed on a common procedure for "
    "the return of persons without the right to stay.</p><p>Until the end of the year a working group will prepare the "
    "forms, and the countries will report on the results to the next meeting in the spring of next year.</p>"
)
CREDIT = "Saopštenje i foto zapis Ministarstva"
BOX = (
    "<div class='c cb-37'><h3>From our archive</h3><p>In the spring of last year the same ministers met in "
    "Ohrid and agreed that their services would exchange their lists of liaison officers every month.</p></div>"
)
STAMP = '<meta property="article:published_time" content="2024-06-01T10:00:00+02:00">'


def page(head="", under="", below=""):
    return (
        f"<html lang='en'><head><title>Ministers agree on a common return procedure</title>{head}</head><body><main>"
        f"<h1>Ministers agree on a common return procedure</h1>{under}{TEXT}{below}</main></body></html>"
    )


def read(phrases, hints, body, location="a.html"):
    return clean_body(body.encode(), None, location, None, date(2026, 11, 20), phrases.of_source(hints))


def by_declaration(document):
    return {(one.kind, one.text) for one in document.removed if one.rule_id.endswith(".declared")}


def test_a_declared_line_is_a_typed_removal_and_without_the_hint_it_is_text(phrases):
    raw = f"Ministers agree on a common return procedure\n\n{CREDIT} je kraj objave.\n\n" + "".join(
        f"{part}\n\n" for part in TEXT.replace("</p>", "").split("<p>") if part
    )
    hints = PageHints((FurnitureHint("agency_credit", line=r"saopštenje i foto zapis .*"),))
    found = read(phrases, hints, raw, "a.txt")
    (span,) = [one for one in found.removed if one.rule_id == "clean.agency_credit.declared"]
    assert raw[span.start : span.end] == span.text == f"{CREDIT} je kraj objave."
    assert CREDIT not in found.text
    assert CREDIT in read(phrases, NO_HINTS, raw, "a.txt").text


def test_a_declared_line_may_end_the_text(phrases):
    below = "<p>Ministry newsroom</p><p>The newsroom is staffed on workdays from eight to four and answers by mail.</p>"
    hint = FurnitureHint("contact_block", line="ministry newsroom")
    assert "staffed" in read(phrases, PageHints((hint,)), page(below=below)).text
    ended = read(phrases, PageHints((replace(hint, rest=True),)), page(below=below))
    assert "staffed" not in ended.text
    assert "common procedure" in ended.text


def test_a_declared_element_goes_whole_whatever_it_holds(phrases):
    hints = PageHints((FurnitureHint("related_items", element="cb-37"),))
    found = read(phrases, hints, page(below=BOX))
    assert "Ohrid" not in found.text
    assert {kind for kind, _ in by_declaration(found)} == {"related_items"}
    assert "liaison officers every month" in " ".join(text for _, text in by_declaration(found))
    assert "Ohrid" in read(phrases, NO_HINTS, page(below=BOX)).text


@pytest.mark.parametrize(
    ("hints", "under", "day", "method"),
    [
        (NO_HINTS, "<p>14 May 2024</p>", None, None),
        (PageHints(distrust=("meta",)), "<p>14 May 2024</p>", date(2024, 5, 14), "visible_line"),
        (PageHints(date_label="Put up"), "<p>Put up 14 May 2024</p>", date(2024, 5, 14), "visible_line"),
        (
            PageHints(date_element="leaf"),
            "<div id='leaf'>14.05.2024</div><p>20 May 2024</p>",
            date(2024, 5, 14),
            "declared_element",
        ),
        (PageHints(distrust=("meta",), day_first=True), "<p>03/05/2024</p>", date(2024, 5, 3), "visible_line"),
        (PageHints(distrust=("meta",)), "<p>03/05/2024</p>", None, None),
        (PageHints(distrust=("meta", "visible_line")), "<p>14 May 2024</p>", None, None),
    ],
)
def test_what_a_declaration_says_of_dates(phrases, hints, under, day, method):
    published = read(phrases, hints, page(head=STAMP, under=under)).published
    assert (published.day, published.method) == (day, method)


def test_other_hints_are_another_fingerprint_and_no_hints_are_none():
    assert NO_HINTS.fingerprint == PageHints().fingerprint == ""
    one, other = PageHints(date_label="Put up"), PageHints(date_element="Put up")
    assert one.fingerprint == PageHints(date_label="Put up").fingerprint
    assert len({one.fingerprint, other.fingerprint, ""}) == 3
