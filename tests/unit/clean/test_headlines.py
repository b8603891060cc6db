from datetime import date

import pytest

TEXT = """The ministers of the interior of Slovenia, Croatia and Italy met in Trieste on Tuesday and agreed to extend \
joint patrols along the border until the end of the year. They also asked Frontex for twelve more officers.

The next meeting will take place in Zagreb in March. Until then a working group will look at the readmission of \
persons without the right to stay.
"""
HEADLINES = (
    "Three ministers extend joint patrols until the end of the year",
    "Trieste: more patrols, more officers",
    "Twelve Frontex officers for the border with Italy",
)
HEADS = {
    "site above": "Border Monitor\n\n{}\n\n",
    "ministry above": "Ministry of the Interior of the Republic of Slovenia\n{}\n\n",
    "motto above": "Border Monitor - news on borders and asylum\n{}\n\n",
    "site behind a bar": "{} | Border Monitor\n\n",
    "site behind a dash": "{} - Ministry of the Interior\n\n",
    "rubric": "Slovenia / Border / News\nBorder police\n{}\nLjubljana, 14 May 2024\n\n",
    "breadcrumb": "Home > News > {0}\n{0}\n\n",
    "filler": "{} zzzzzz\n\n",
    "label": "Title: {}\nDate: 14 May 2024\nSource: Ministry of the Interior\n\n",
    "label in Croatian": "Naslov: {}\nDatum: 14. 5. 2024.\n\n",
    "path in the line": "Home > News > {}\n\n",
    "rubric in the line": "Press release: {}\n\n",
    "rubric in German": "Pressemitteilung – {}\n\n",
    "heading mark": "# {}\n\n",
    "twice": "{0}\nBorder Monitor\nNews\n{0}\n14 May 2024\n\n",
    "menu": "Home\nNews\nAbout us\nContact\n{}\nPublished: 14 May 2024\nShare\n\n",
    "cookies": "We use cookies on this site. You can change that at any time.\nAccept\n{}\n14 May 2024\n\n",
    "deck below a blank line": "{}\n\nThree countries also ask Frontex for help\n14 May 2024\n\n",
    "dateline": "{}\n\nTRIESTE, 14 May (BW) - ",
    "row of buttons": "{}\nFacebook Twitter LinkedIn Email Print\n\n",
    "office and rubric": "European Commission - Press release\n{}\nBrussels, 14 May 2024\n\n",
    "caption with credit": "Ministers at the border crossing in Fernetti (Photo: archive)\n{}\n14 May 2024\n\n",
    "rubric with a number": "Press release 12/2024: {}\n\n",
    "day before": "14.05.2024 - {}\n\n",
    "weekday and day before": "Tuesday, 14 May 2024: {}\n\n",
    "day behind": "{} (14.05.2024)\n\n",
    "day behind a bar": "{} | 14 May 2024\n\n",
    "stars": "**{}**\n\n",
    "marks of a wiki": "== {} ==\n\n",
    "site behind colons": "{} :: Border Monitor\n\n",
    "site in small letters": "{} | ministry of the interior\n\n",
    "number of the page": "Page 1 of 2\n{}\n\n",
    "cookies of another kind": "This website uses cookies. By continuing you agree.\nOK\n{}\n\n",
}


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("head", HEADS)
def test_the_headline_is_found_under_whatever_a_site_puts_around_it(clean, head, headline):
    document = clean(HEADS[head].format(headline) + TEXT)
    assert document.title == headline
    assert document.text.startswith(f"{headline}\n\n")


@pytest.mark.parametrize(
    "broken",
    [
        "Three ministers extend joint patrols\nuntil the end of the year",
        "Slovenia, Croatia and\nItaly extend joint patrols",
        "Three ministers\nextend joint patrols\nuntil the end of the year",
    ],
)
def test_a_headline_broken_over_lines_is_one(clean, broken):
    assert clean(f"News\n\n{broken}\n\n14 May 2024\n\n{TEXT}").title == broken.replace("\n", " ")


@pytest.mark.parametrize(
    "headline",
    [
        "Three words, three meanings: what 'solidarity' can stand for",
        "Finland: charter to Baghdad grounded - what is known so far",
        "Patrols go on in three countries - Slovenia, Croatia and Italy",
        "Update: three ministers extend joint patrols",
    ],
)
def test_what_only_looks_like_a_label_a_break_or_a_name_stays(clean, headline):
    assert clean(f"{headline}\n{TEXT}").title == headline


@pytest.mark.parametrize(
    "line", ["14.05.2024 - Three ministers extend joint patrols", "Three ministers extend joint patrols (14.05.2024)"]
)
def test_a_day_in_the_line_of_the_headline_is_the_day_of_publication(clean, line):
    raw = f"{line}\n\n{TEXT}"
    found = clean(raw)
    assert (found.title, found.published.day) == ("Three ministers extend joint patrols", date(2024, 5, 14))
    (span,) = [one for one in found.removed if "2024" in one.text]
    assert "14.05.2024" in raw[span.start : span.end]


def test_a_day_in_a_sentence_or_a_chronology_stays(clean):
    line = "14 May 2024: the ministers of three countries sign the agreement"
    assert line in clean(f"Patrols: what happened when\n\n{TEXT}\n{line}\n\n{TEXT}").text


def test_what_stood_around_the_headline_is_kept_with_its_place(clean):
    raw = f"Title: Three ministers extend joint patrols | Border Monitor\n\n{TEXT}"
    found = {one.kind: one for one in clean(raw).removed}
    assert raw[found["empty_label"].start : found["empty_label"].end] == found["empty_label"].text == "Title:"
    assert raw[found["site_name"].start : found["site_name"].end] == found["site_name"].text == "| Border Monitor"
