from tasks.clean.lines import Line
from tasks.clean.plaintext import read_lines
from tasks.clean.repair import repair_text
from tasks.clean.wraps import rejoin


def texts(lines):
    return [line.text for line in lines]


def lines_of(text):
    return read_lines(text)[0]


def joined(text):
    return texts(rejoin(lines_of(text), lambda line: line.startswith("#")))


def test_offsets_lead_back_to_the_decoded_text():
    text = "\t\r\n Title of it zzzzzz\r\n\r\nSome\u00a0 text\u00a0i, and more<br>after a break\n \n"
    lines, taken = read_lines(text)
    assert texts(lines) == ["Title of it", "Some text, and more", "after a break"]
    for line in lines:
        raw = text[line.start : line.end]
        assert repair_text(raw.replace("zzzzzz", "").replace("\u00a0i", "")) == line.text
    assert [(one.kind, text[one.start : one.end]) for one in taken] == [("filler", "zzzzzz"), ("info_icon", "\u00a0i")]
    assert [line.gap for line in lines] == [True, True, False]


def test_crlf_is_one_line_break():
    assert [line.gap for line in lines_of("one\r\ntwo\r\n\r\nthree")] == [True, False, True]


def test_the_icon_is_no_conjunction():
    croatian = "Bosna\u00a0i Hercegovina i\u00a0Hrvatska potpisale su sporazum o vraćanju osoba, izjavio je ministar."
    assert texts(lines_of(croatian)) == [croatian.replace("\u00a0", " ")]
    dutch = "Minister Jan Jansen\u00a0i heeft in Rabat afspraken gemaakt over de terugkeer van personen."
    assert texts(lines_of(dutch)) == [dutch.replace("\u00a0i", "")]


def test_fillers_are_a_run_of_one_letter_at_the_end():
    assert texts(lines_of("Protocol signed xxxx")) == ["Protocol signed"]
    assert texts(lines_of("World War III\nZzzzz is a place here")) == ["World War III", "Zzzzz is a place here"]


def test_a_row_of_links_is_seen_by_its_gaps():
    assert [line.hint for line in lines_of("Home  News  Sports  Contact\nOne  double space")] == ["navigation", None]


def test_text_that_was_glued_to_an_address_is_a_line_of_its_own():
    text = "More: https://a.example/projects/22An operational meeting was held."
    assert texts(lines_of(text)) == ["More: https://a.example/projects/22", "An operational meeting was held."]


def test_lines_wrapped_at_a_column_are_put_together():
    text = (
        "The interior ministries of Armenia and Georgia opened talks on\n"
        "a protocol that is to shorten the procedure for returns. The\n"
        "Georgian delegation was led by Deputy Minister A. B. in\n"
        "Tbilisi.\n"
        "\n"
        "The next round is planned for the autumn; until then, experts of\n"
        "both sides compare their forms.\n"
    )
    assert joined(text) == [
        "The interior ministries of Armenia and Georgia opened talks on a protocol that is to shorten the procedure for"
        " returns. The Georgian delegation was led by Deputy Minister A. B. in Tbilisi.",
        "The next round is planned for the autumn; until then, experts of both sides compare their forms.",
    ]


def test_a_sentence_goes_on_over_a_blank_line_and_before_a_capital():
    assert joined("Altogether some people were returned to the third\n\ncountries of the region.") == [
        "Altogether some people were returned to the third countries of the region."
    ]
    assert joined("Potpisan Protokol o provođenju Sporazuma o readmisiji sa\nRepublikom Kosovo*") == [
        "Potpisan Protokol o provođenju Sporazuma o readmisiji sa Republikom Kosovo*"
    ]
    apart = "Protocol on readmission signed between the two countries\nRepublic of Kosovo* has another one with them"
    assert joined(apart) == apart.splitlines()


def test_paragraphs_that_stand_one_in_a_line_stay_apart():
    text = (
        "The deputy ministers of three states met in Bar and compared the forms that their services use for returns.\n"
        "Nobody wants to change the agreement itself; what is missing, according to all, is an electronic file.\n"
        "A pilot project is to start in the autumn and to run for two years in the border regions of the states.\n"
    )
    assert joined(text) == text.splitlines()


def test_items_notes_and_furniture_are_never_joined():
    text = "The parties agreed on the following points in the end and they are these\n- return\n* note\n# share this"
    assert joined(text) == text.splitlines()


def test_a_word_parted_by_a_hyphen_is_whole_where_the_text_has_it_whole():
    text = (
        "The readmission of persons is regulated by an agreement on readmis-\nsion and by third-\ncountry rules of it."
    )
    assert joined(text) == [
        "The readmission of persons is regulated by an agreement on readmission and by third-country rules of it."
    ]


def test_a_joined_line_spans_its_parts():
    parts = [Line("The first part of a sentence that is long enough", 10, 58), Line("goes on here.", 59, 72, gap=False)]
    (line,) = rejoin(parts, lambda text: False)
    assert (line.start, line.end) == (10, 72)
