from datetime import date

import pytest

from tasks.clean.align import aligned

LEAD = "The ministers of the five countries met in the capital on Monday and signed a protocol on returns."
SECOND = "The protocol shortens the time in which a request has to be answered from thirty days to twelve."
THIRD = "Experts of all sides will meet again in the autumn and compare the first figures, the ministry said."
BODY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body, head="<title>Five countries sign a protocol | Site of the Ministry</title>"):
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_the_text_of_a_page_is_its_paragraphs_and_everything_else_a_removal(clean):
    found = clean(
        page(
            f"""<nav><a href="/">Home</a><a href="/n">News</a></nav><main><article>
            <h1>Five countries sign a protocol</h1><p class="date">3 May 2024</p>
            <figure><img src="a.jpg"><figcaption>The ministers. Photo: archive</figcaption></figure>{BODY}
            <h2>Next steps</h2><p>The parties agreed on:</p>
            <ul><li>a common form,</li><li>a joint list of officers.</li></ul>
            <p>{LEAD.replace("Monday", "Tuesday")}</p>
            <div class="share"><button>Share</button></div></article></main>
            <aside><h3>Latest</h3><a>Snow closes the road</a></aside><footer>All rights reserved</footer>"""
        ),
        "a.html",
    )
    assert found.title == "Five countries sign a protocol"
    assert found.text[found.body_start :] == (
        f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n## Next steps\n\nThe parties agreed on:\n\n"
        f"- a common form,\n- a joint list of officers.\n\n{LEAD.replace('Monday', 'Tuesday')}"
    )
    assert found.published.day == date(2024, 5, 3)
    kinds = {removal.kind: removal.text for removal in found.removed}
    assert kinds["navigation"] == "Home News"
    assert kinds["caption"] == "The ministers. Photo: archive"
    assert kinds["date_line"] == "3 May 2024"
    assert "Snow closes the road" in kinds["related_items"]
    assert [sentence.zone for sentence in found.sentences][-5:] == ["subhead", "body", "list_item", "list_item", "body"]
    for sentence in found.sentences:
        assert not found.text[sentence.start : sentence.end].startswith(("-", "#", " "))


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        # The site's name is a heading too, and longer than the rubric.
        (
            "<title>Protocol signed in Vaduz - The Times</title>",
            "<h1>The Times</h1><h3>Protocol signed in Vaduz</h3>",
            "Protocol signed in Vaduz",
        ),
        # The headline is no heading, and the first heading leads home.
        (
            ("<title>Ministry of Security - Working visit to Vaduz</title>"),
            '<h1><a href="/">Ministry of Security</a></h1><div>Working visit to Vaduz</div>',
            "Working visit to Vaduz",
        ),
        # The title element is a template's.
        ("<title>Print view</title>", "<h2>Protocol signed in Vaduz</h2>", "Protocol signed in Vaduz"),
        ("<title>Newsletter</title>", "<h1>Protocol signed in Vaduz</h1>", "Protocol signed in Vaduz"),
        # Shared under another name than shown: what the page shows counts.
        (
            '<title>x</title><meta property="og:title" content="Protocol signed in Vaduz — Reporter">',
            "<h1>Protocol signed in Vaduz</h1>",
            "Protocol signed in Vaduz",
        ),
        # Not shown at all.
        (
            '<title>x</title><meta property="og:title" content="Protocol signed in Vaduz | Site">',
            "",
            "Protocol signed in Vaduz",
        ),
        ("<title>Protocol signed in Vaduz :: Site</title>", "", "Protocol signed in Vaduz"),
        # Old markup without headings.
        (
            "<title>news</title>",
            "<center><b>Protocol signed in the capital by ministers</b></center>",
            "Protocol signed in the capital by ministers",
        ),
        (
            "<title>Opinion | Let the protocol be signed</title>",
            "<h1><span>Opinion</span><span>Let the protocol be signed</span></h1>",
            "Let the protocol be signed",
        ),
        ("<title>Seje - Zbor</title>", "", None),
    ],
)
def test_headlines(clean, head, body, title):
    assert clean(page(f"<div>{body}</div><div>{BODY}</div>", head), "a.html").title == title


@pytest.mark.parametrize(
    ("head", "body", "day", "method"),
    [
        (
            (
                '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","datePublishe'
                'd":"2024-05-03"}]}</script>'
            ),
            "",
            "2024-05-03",
            "json_ld",
        ),
        (
            (
                '<meta property="article:published_time" content="2024-05-03T10:00:00+02:00"><meta '
                'property="article:modified_time" content="2024-06-01">'
            ),
            "",
            "2024-05-03",
            "meta",
        ),
        (
            "",
            '<meta itemprop="datePublished" content="2024-05-03"><meta itemprop="dateModified" content="2024-06-01">',
            "2024-05-03",
            "meta",
        ),
        (
            "",
            (
                '<time class="updated" datetime="2024-06-01">1 June</time><time class="published" '
                'datetime="2024-05-03">3 May</time>'
            ),
            "2024-05-03",
            "time_element",
        ),
        ("", "<p>Published on 3 May 2024</p>", "2024-05-03", "visible_line"),
        ('<script>var now = "2024-05-03";</script>', "<!-- 2024-05-03 -->", None, None),
        (
            '<script type="application/ld+json">{broken</script><script type="application/ld+json">[[[[</script>',
            "",
            None,
            None,
        ),
    ],
)
def test_publication_dates(clean, head, body, day, method):
    found = clean(page(f"<article><h1>Protocol signed in Vaduz</h1>{body}{BODY}</article>", head), "a.html")
    assert str(found.published.day or "") == (day or "")
    assert found.published.method == method


def test_dates_of_other_items_do_not_count(clean):
    related = '<aside class="related"><time datetime="2024-05-03">3 May 2024</time><p>Old news</p></aside>'
    found = clean(page(f"<article><h1>Protocol signed in Vaduz</h1>{BODY}</article>{related}"), "a.html")
    assert found.published.day is None


def test_a_page_inside_a_form_and_a_time_inside_a_sentence_are_text(clean):
    sentence = (
        "The next round is planned for <time datetime='2024-09-01'>1 September 2024</time> in the same place, "
        "the ministry said."
    )
    found = clean(
        page(f"<form id='aspnetForm'><h1>Protocol signed in Vaduz</h1>{BODY}<p>{sentence}</p></form>"), "a.html"
    )
    assert "is planned for 1 September 2024 in the same place" in found.text


def test_hidden_words_and_numbers_of_notes_are_no_part_of_a_sentence(clean):
    sentence = (
        'The office<sup>[1]</sup> of 40 m<sup>2</sup> is <span class="sr-only">(opens in a new '
        "window)</span>open to all "
        'who need <a href="#">advice<span style="display:none">now</span></a> on returns, said the ministry.'
    )
    found = clean(page(f"<article><h1>Office opened in Vaduz</h1>{BODY}<p>{sentence}</p></article>"), "a.html")
    assert "The office of 40 m2 is open to all who need advice on returns, said the ministry." in found.text


def test_elements_that_touch_are_parted_where_a_reader_sees_them_parted(clean):
    found = clean(
        page(f"<nav><a>News</a><a>Contact us</a></nav><h1><b>Kon</b><b>takt</b> in Vaduz found</h1>{BODY}"), "a.html"
    )
    assert found.removed[0].text == "News Contact us"
    assert found.title == "Kontakt in Vaduz found"


@pytest.mark.parametrize("form", ["<pre>{}</pre>", "<td>{}</td>"])
def test_lines_broken_at_a_column_are_put_together_in_markup_too(clean, form):
    broken = (
        "The ministers of the five countries met in the capital on Monday\n"
        "and signed a protocol on returns. The protocol shortens the time\n"
        "in which a request has to be answered.\n\n"
        "Experts of all sides will meet again in the autumn and compare\n"
        "the first figures, the ministry of the host country said.\n"
    )
    text = form.format(broken if "pre" in form else broken.replace("\n", "<br>\n"))
    found = clean(page(f"<table><tr><td><h1>Protocol signed in Vaduz</h1></td></tr><tr>{text}</tr></table>"), "a.html")
    assert found.text[found.body_start :] == " ".join(broken.split("\n")).replace("  ", "\n\n", 1).strip()


def test_the_other_items_of_a_newsletter_are_left_out(clean):
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in (LEAD, SECOND, THIRD))
    found = clean(
        page(
            f"""<table><tr><td>In this issue<br>1. Protocol signed<br>2. New office in Vaduz</td></tr>
            <tr><td><h1>Five countries sign a protocol</h1></td></tr>{rows}
            <tr><td><b>New office in Vaduz</b><br>The office has been open to all visitors since the beginning of this
            week.</td></tr></table>"""
        ),
        "a.html",
    )
    assert found.text[found.body_start :] == f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


def test_a_legacy_page_that_calls_itself_latin_1_is_mended(clean):
    title = "Pasirašytas susitarimas su Moldova"
    text = (
        "Lietuvos ir Moldovos ministrai Vilniuje pasirašė susitarimą dėl asmenų grąžinimo. Šį dokumentą dar turi "
        "ratifikuoti šalių parlamentai."
    )
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
        f"<title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    )
    found = clean(html.encode("cp1257"), "a.html")
    assert (found.title, found.text[found.body_start :]) == (title, text)
    assert found.language.language == "lt"


def test_alignment_keeps_the_order_of_the_page():
    text = "Headline of the day\nThe first paragraph is long enough.\nSub\nThe second paragraph is long enough too."
    lines = [
        "Home",
        "The second paragraph is long enough too.",
        "Headline of the day",
        "Sub",
        "The first paragraph is long enough.",
        "Sub",
        "The second paragraph is long enough too. Share",
        "Headline of the day",
    ]
    assert sorted(aligned(lines, text)) == [2, 4, 5, 6]
    assert aligned(lines, "") == frozenset()


MENU = '<div class="menu-main"><ul><li><a href="/a">Asylum</a></li><li><a href="/b">Visas</a></li></ul></div>'


def test_a_menu_between_paragraphs_is_no_text(clean):
    found = clean(
        page(f"<article><h1>Five countries sign a protocol</h1><p>{LEAD}</p>{MENU}<p>{SECOND}</p></article>"), "a.html"
    )
    assert found.text[found.body_start :] == f"{LEAD}\n\n{SECOND}"
    assert ("navigation", "Asylum Visas") in {(one.kind, " ".join(one.text.split())) for one in found.removed}


def test_an_element_with_sentences_is_text_whatever_its_class_is_called(clean):
    found = clean(
        page(f'<h1>Five countries sign a protocol</h1><div class="story pagination-first">{BODY}</div>'), "a.html"
    )
    assert found.text[found.body_start :] == f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "rows",
    [
        "<table><tr><td>Malta</td><td>Minister Ann Borg</td></tr>"
        "<tr><td>Georgia</td><td>Minister Ia Beri</td></tr></table>",
        "<figure><table><tr><th>State</th><th>Head</th></tr><tr><td>Malta</td><td>Minister Ann Borg</td></tr>"
        "<tr><td>Georgia</td><td>Minister Ia Beri</td></tr></table></figure>",
    ],
)
def test_cells_of_a_table_within_the_text_are_text(clean, rows):
    body = f"<article><h1>Five countries sign a protocol</h1><p>{LEAD}</p><p>These were present:</p>{rows}"
    text = clean(page(f"{body}<p>{SECOND}</p></article>"), "a.html").text
    assert all(cell in text for cell in ("Malta", "Minister Ann Borg", "Georgia", "Minister Ia Beri"))


def test_names_that_link_to_their_pages_are_items_of_the_list_the_text_introduces(clean):
    names = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Malta", "Georgia", "Albania", "Serbia"))
    body = (
        f"<article><h1>Five countries sign a protocol</h1><p>{LEAD}</p><p>The following took part:</p><ul>{names}</ul>"
    )
    text = clean(page(f"{body}<p>{SECOND}</p></article>"), "a.html").text
    assert "- Malta\n- Georgia\n- Albania\n- Serbia" in text
