"""No text and no markup makes the cleaner raise anything but its own refusal.

The pieces are those that its rules look for: words of its lists, brackets, dashes, dates, damaged characters, cut tags.
"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.assemble import clean_body
from tasks.clean.calendar_dates import find_dates, parse_stamp, utc_hour
from tasks.clean.date_lines import writes_day_first
from tasks.clean.furniture import classify, date_role, is_clock, is_date_line
from tasks.clean.headlines import bare_headline
from tasks.clean.phrases import load_phrases
from tasks.clean.published import from_url
from tasks.clean.rejected import RejectedBodyError
from tasks.clean.repair import repair_text

PHRASES = load_phrases()
# A part of every list: the lists are long, and what breaks a rule breaks it for any phrase of its kind.
LISTED = sorted(
    {
        *sorted(PHRASES.whole)[::9],
        *sorted(PHRASES.bare)[::5],
        *(phrase.text for phrases in list(PHRASES.beginnings.values())[::9] for phrase in phrases),
        *(phrase.text for phrases in list(PHRASES.labels.values())[::9] for phrase in phrases),
        *(phrase.text for phrase in PHRASES.within[::9]),
        *(words for phrases in PHRASES.republication.values() for words in phrases[:1]),
        *(label for _, label in PHRASES.date_labels[::9]),
    }
)
MARKS = [
    "()", "( )", "(", ")", "[]", "(photo)", "(Photo: archive)", "–", "—", " - ", "--", "|", "·", "•", "›", ">", ":",
    ";", ",", ".", "...", "…", "!", "?", "*", "**", "***", "#", "==", "„", "”", "«", "@", "©", "(c)", "/", "/ @x", "\\",
]  # fmt: skip
DATES = [
    "3 May 2024", "14.05.2024", "14. 5. 2024.", "2024-05-14", "31.02.2024", "00/00/2024", "03/04/2021", "99.99.99",
    "14. V. 2024", "2024 m. gegužės 14 d.", "1er juillet 2021", "May 2024", "12-13 May 2025", "Tuesday", "utorak",
    "11:30 PM", "10:12", "UTC", "²⁰²⁴-05-14", "٢٠٢٤-٠٥-١٤", "5²", "٣ May 2024", "1999", "2099", "19999", "0", "²", "½",
]  # fmt: skip
WORDS = [
    "The ministers agreed on a procedure", "Bosna i Hercegovina", "министри", "AFP", "FENA", "By", "Von", "J.",
    "K. L.", "www.a.example", "https://a.example/22An", "http://[", "a@b.example", "+387 33 123 456", "tel:", "x.jpg",
    "Ü", "ß", "İ", "ﬁ", "ŉ", "KosovoÜ", "Ã©", "â€™", "ðalys", "æèé", "а", "рa", "aaaa", "AAAAAA", "&nbsp;i", "&#0;",
    "&#xD800;", "&",
]  # fmt: skip
DAMAGE = [
    "\x00",
    "\x01",
    "\x0b",
    "\x1c",
    "\x85",
    "\xa0",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ufffd",
    "\ufffe",
    "\ud800",
    "\udfff",
]
TAGS = [
    "p", "div", "span", "h1", "h2", "li", "ul", "table", "tr", "td", "time", "a", "b", "sup", "br", "meta", "title",
    "form", "script", "center", "aside", "footer", "nav", "main", "pre", "option", "dl", "dt", "dd", "figcaption",
    "body", "head",
]  # fmt: skip
ATTRIBUTES = [
    "", ' class="date"', ' class="menu share"', " hidden", ' style="display:none"', ' datetime="2024-05-14"',
    ' datetime=""', ' itemprop="datePublished" content="2024-13-45"', ' property="og:title" content="()"', ' href=""',
    ' property="article:published_time" content="²024-01-01"', ' href="http://[x"', ' type="application/ld+json"',
    ' lang=""',    ' name="date" content="0000"', ' data-date="2024-05-14"', " =x", ' a"b',
]  # fmt: skip
LINKED = [
    '{"@type":"NewsArticle","headline":"()","datePublished":"2024-05-14"}',
    '{"@type":["Article",3],"publisher":{"name":5}}',
    '[1,[null,{"@type":{}}]]', '"x"', "{", "1e999", '{"@type":"WebPage","name":"\\ud800","datePublished":20240514}',
]  # fmt: skip

# With this on it a page is read, whatever else stands there.
PROSE = (
    "The ministers of the interior of five countries met in Skopje on Tuesday and agreed on a common procedure. Until "
    "the end of the year a working group will prepare the forms, and the countries will report on the results."
)

piece = st.one_of(*(st.sampled_from(pieces) for pieces in (LISTED, MARKS, DATES, WORDS, DAMAGE)))
line = st.builds(
    lambda space, parts: space.join(parts), st.sampled_from([" ", "", "\t", "  "]), st.lists(piece, max_size=9)
)
text = st.builds(
    lambda end, lines: end.join(lines), st.sampled_from(["\n", "\n\n", "\r\n", "\x85"]), st.lists(line, max_size=12)
)
opening = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
closing = st.sampled_from([*(f"</{tag}>" for tag in TAGS), "</", "<", "<!--", "]]>", "<p" * 40, "<div>" * 300])
data = st.sampled_from(LINKED).map('<script type="application/ld+json">{}</script>'.format)
markup = st.lists(st.one_of(opening, opening, line, line, closing, data), max_size=40).map("".join)
address = st.sampled_from(
    [None, "", "x", "http://[x", "https://a.example/2024/02/30/x", "https://:0/14-05-2024", "http://]/"]
)


def read(body: bytes, location: str, url: str | None) -> None:
    """Clean a body; what comes of it can be stored, and every sentence is what stands at its offsets."""
    try:
        document = clean_body(body, None, location, url, date(2026, 11, 20), PHRASES)
    except RejectedBodyError as refused:
        assert refused.reason
        return
    assert document.text.encode("utf-8")
    assert (document.title or "").encode("utf-8") in document.text.encode("utf-8")
    assert all(one.text.encode("utf-8") for one in document.removed)
    assert all(document.text[one.start : one.end].strip() for one in document.sentences)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(body=text, url=address)
def test_any_text_is_read_or_refused(body, url):
    read(f"{body}\n\n{PROSE}\n\n{body[:200]}".encode("utf-8", "surrogatepass"), "a.txt", url)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(body=markup, url=address, title=line)
def test_any_markup_is_read_or_refused(body, url, title):
    page = f"<!doctype html><html lang='de'><title>{title}</title><body>{body}<p>{PROSE}</p>{title}"
    read(page.encode("utf-8", "surrogatepass"), "a.html", url)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(body=st.binary(max_size=300), head=st.sampled_from([b"", b"<html><p>", b"\xff\xfe", b"<meta charset=utf-7>"]))
def test_any_bytes_are_read_or_refused(body, head):
    read(head + body, "a", None)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(words=line, url=address)
def test_any_line_has_a_verdict_dates_and_a_headline(words, url):
    words = repair_text(words)
    verdict = classify(words, PHRASES)
    assert verdict is None or verdict.rule_id.startswith(f"clean.{verdict.kind}.")
    assert is_date_line(words) in (True, False)
    assert is_clock(words, PHRASES) in (True, False)
    assert date_role(words, PHRASES) in (None, *PHRASES.date_roles)
    for day_first in (True, False):
        assert all(0 <= one.start < one.end <= len(words) for one in find_dates(words, day_first))
    for stamp in (words, f"2024-05-14{words}"):
        assert parse_stamp(stamp) is None or utc_hour(stamp) in (None, *range(24))
    headline, before, behind = bare_headline(words, PHRASES.title_labels, lambda part: not part)
    assert len(headline) + len(before) + len(behind) <= len(words) + 3
    assert writes_day_first("en", url) in (True, False)
    assert len(from_url(url)) <= 1
