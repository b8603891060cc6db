"""The day of publication on pages as content systems and portals make them: small pages of our own writing."""

# ruff: noqa: E501 - markup that a system writes on one line stays on one line

from datetime import date

import pytest

DAY = date(2024, 5, 14)
TITLE = "Ministers agree on a common return procedure in Skopje"
TEXT = (
    "<p>The ministers of the interior of five countries met in Skopje on Tuesday and agreed on a common procedure for "
    "the return of persons without the right to stay.</p><p>Until the end of the year a working group will prepare the "
    "forms, and the countries will report on the results to the next meeting in the spring of next year.</p>"
)
# Dates that readers see, as systems and portals put them; all say 14 May 2024.
SHOWN = {
    "ec news (dt/dd)": {
        "under": "<ul class='ecl-page-header__meta'><li class='ecl-page-header__meta-item'>News article</li><li class='ecl-page-header__meta-item'>14 May 2024</li><li class='ecl-page-header__meta-item'>Directorate-General for Migration</li><li>2 min read</li></ul>"
    },
    "ec details dl": {
        "below": "<h2>Details</h2><dl class='ecl-description-list'><dt>Publication date</dt><dd>14 May 2024</dd><dt>Author</dt><dd>Directorate-General for Migration and Home Affairs</dd></dl>"
    },
    "drupal submitted": {"under": "<div class='submitted'>Submitted by admin on Tue, 05/14/2024 - 10:21</div>"},
    "drupal field label": {
        "under": "<div class='field field--name-field-date field--label-inline'><div class='field__label'>Date</div><div class='field__item'>14.05.2024</div></div>"
    },
    "drupal content attr": {
        "under": "<div class='field'><div content='2024-05-14T10:00:00+02:00' class='date-display-single' property='dc:date' datatype='xsd:dateTime'>Tuesday</div></div>"
    },
    "span date-display": {"under": "<span class='date-display-single'>14 May 2024</span>"},
    "wp entry-date time": {
        "under": "<span class='posted-on'>Posted on <a href='/2024/05/14/'><time class='entry-date published' datetime='2024-05-14T09:00:00+02:00'>14 May 2024</time><time class='updated' datetime='2024-06-01T09:00:00+02:00'>1 June 2024</time></a></span>"
    },
    "wp time no datetime": {"under": "<time class='entry-date'>14. svibnja 2024.</time>", "lang": "hr"},
    "joomla": {
        "under": "<dl class='article-info'><dt>Details</dt><dd class='category-name'>Category: News</dd><dd class='published'>Published: 14 May 2024</dd><dd class='hits'>Hits: 321</dd></dl>"
    },
    "joomla time create": {
        "under": "<dl class='article-info'><dd class='create'><time datetime='2024-05-14T09:00:00+02:00' itemprop='dateCreated'>Created on 14 May 2024</time></dd><dd class='modified'><time datetime='2024-07-14T09:00:00+02:00' itemprop='dateModified'>Last Updated: 14 July 2024</time></dd></dl>"
    },
    "joomla sr": {
        "under": "<dl class='article-info'><dd class='published'>Објављено 14 мај 2024</dd></dl>",
        "lang": "sr",
    },
    "typo3 news": {
        "above": "<div class='news-list-date'><time itemprop='datePublished' datetime='2024-05-14'>14.05.2024</time></div>",
        "lang": "de",
    },
    "typo3 datum": {"above": "<p class='date'>Datum: 14.05.24</p>", "lang": "de"},
    "de bmi": {"above": "<p class='c-topline'>Pressemitteilung · Migration · 14.05.2024</p>", "lang": "de"},
    "de bmi meta dl": {
        "under": "<dl class='docData'><dt>Typ:</dt><dd>Pressemitteilung</dd><dt>Datum:</dt><dd>14. Mai 2024</dd></dl>",
        "lang": "de",
    },
    "liferay": {"under": "<div class='metadata-entry metadata-publish-date'>14.5.2024 10:12</div>", "lang": "hr"},
    "lt lrv": {"under": "<div class='article-date'>2024-05-14</div>", "lang": "lt"},
    "lt lrv dots": {"under": "<div class='date'>2024 05 14</div>", "lang": "lt"},
    "lt lrv split": {
        "above": "<div class='news_date'><span class='year'>2024</span> <span class='month'>05</span> <span class='day'>14</span></div>",
        "lang": "lt",
    },
    "lt long": {"under": "<p>2024 m. gegužės 14 d., antradienis</p>", "lang": "lt"},
    "lt without d": {"under": "<p>2024 gegužės 14 d. 10:30</p>", "lang": "lt"},
    "lt paskelbta": {"below": "<p>Paskelbta: 2024-05-14<br>Atnaujinta: 2024-06-20</p>", "lang": "lt"},
    "nl rijksoverheid": {"under": "<p class='article-meta'>Nieuwsbericht | 14-05-2024 | 16:30</p>", "lang": "nl"},
    "nl dinsdag": {"under": "<p class='date'>dinsdag 14 mei 2024</p>", "lang": "nl"},
    "hr gov": {"under": "<li class='time_info'>14.05.2024.</li>", "lang": "hr"},
    "hr published txt": {"under": "<p>Objavljeno: 14.05.2024. | Ažurirano: 20.06.2024.</p>", "lang": "hr"},
    "sl gov": {
        "above": "<ul class='meta'><li>14. 5. 2024</li><li>Ministrstvo za notranje zadeve</li></ul>",
        "lang": "sl",
    },
    "sl maj": {"under": "<p>Datum objave: 14. maja 2024</p>", "lang": "sl"},
    "sr latin": {"under": "<span class='news-date'>14. maj 2024. godine</span>", "lang": "sr"},
    "sr utorak": {"under": "<span class='news-date'>Utorak, 14. Maj 2024 | Izvor: MUP</span>", "lang": "sr"},
    "sr cyr": {"under": "<span>уторак, 14. мај 2024.</span>", "lang": "sr"},
    "mk": {"under": "<span>Објавено на: 14 мај 2024</span>", "lang": "mk"},
    "mk dots": {"under": "<span>14.05.2024 година</span>", "lang": "mk"},
    "mk year g": {"under": "<span>14 мај 2024 г.</span>", "lang": "mk"},
    "sq": {"under": "<span>14 Maj, 2024</span>", "lang": "sq"},
    "sq postuar": {"under": "<span>Postuar më: 14/05/2024</span>", "lang": "sq"},
    "sq e marte": {"under": "<span>E martë, 14 Maj 2024</span>", "lang": "sq"},
    "fr": {"under": "<p>Publié le 14/05/2024 à 10h30 - Mis à jour le 16/05/2024</p>", "lang": "fr"},
    "fr er": {"under": "<p>Mardi 14 mai 2024</p>", "lang": "fr"},
    "two digit year": {"under": "<p class='date'>14.05.24</p>", "lang": "de"},
    "two digit slash": {"under": "<p class='date'>Objavljeno: 14/05/24</p>", "lang": "bs"},
    "roman month": {"under": "<p class='date'>14. V. 2024.</p>", "lang": "sr"},
    "calendar split": {
        "above": "<div class='date-box'><span class='day'>14</span><span class='month'>May</span><span class='year'>2024</span></div>"
    },
    "calendar split divs": {"above": "<div class='date'><div>14</div><div>May</div><div>2024</div></div>"},
    "calendar split month first": {"above": "<div class='date'><div>May</div><div>14</div><div>2024</div></div>"},
    "table header": {
        "under": "<table><tr><td>Date:</td><td>14 May 2024</td></tr><tr><td>No:</td><td>23/2024</td></tr></table>"
    },
    "table below": {
        "below": "<table class='info'><tr><th>Veröffentlicht am</th><td>14.05.2024</td></tr><tr><th>Ressort</th><td>Inneres</td></tr></table>",
        "lang": "de",
    },
    "title attribute": {"under": "<abbr class='published' title='2024-05-14T10:00:00+02:00'>two weeks ago</abbr>"},
    "data attribute": {"under": "<span class='post-date' data-date='2024-05-14'>a month ago</span>"},
    "jsonld two teasers": {
        "head": '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Another thing happened","datePublished":"2024-05-01"},{"@type":"NewsArticle","headline":"Third thing","datePublished":"2024-05-02"}]</script>',
        "under": "<p class='date'>14 May 2024</p>",
    },
    "microdata": {
        "under": "<div itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop='datePublished' content='2024-05-14'><meta itemprop='dateModified' content='2024-05-19'></div>"
    },
    "modified + visible": {
        "head": "<meta property='article:modified_time' content='2024-05-20T10:00:00Z'>",
        "under": "<p>14 May 2024</p>",
    },
    "updated before published": {"under": "<p class='meta'>Updated 20 May 2024 | Published 14 May 2024</p>"},
    "updated before published fr": {"under": "<p>Modifié le 20/05/2024. Publié le 14/05/2024</p>", "lang": "fr"},
    "updated before published sl": {
        "below": "<p>Datum zadnje spremembe: 20. 5. 2024 Datum objave: 14. 5. 2024</p>",
        "lang": "sl",
    },
    "only the change labelled": {"under": "<p>14. Mai 2024 | Aktualisiert: 20. Mai 2024</p>", "lang": "de"},
    "two times, the change first": {
        "under": "<p>Updated <time datetime='2024-05-20'>20 May 2024</time>, published <time datetime='2024-05-14'>14 May 2024</time></p>"
    },
    "one time around both": {
        "under": "<time>Laatst gewijzigd: 20 mei 2024 - Gepubliceerd: 14 mei 2024</time>",
        "lang": "nl",
    },
    "list with a change, figures": {
        "under": "<dl><dt>Датум објаве</dt><dd>14.05.2024.</dd><dt>Updated</dt><dd>20.06.2024.</dd></dl>",
        "lang": "sr",
    },
    "published and updated class": {
        "under": "<time class='entry-date published updated' datetime='2024-05-14T10:00:00+02:00'>two weeks ago</time>"
    },
    "rdfa full names": {"under": "<span property='http://purl.org/dc/terms/issued' content='2024-05-14'></span>"},
    "rdfa schema": {"under": "<span property='https://schema.org/datePublished' content='2024-05-14'></span>"},
    "microdata of both": {"under": "<span itemprop='datePublished dateModified' content='2024-05-14'>May</span>"},
    "microdata on a cell": {
        "under": "<table><tr><td itemprop='datePublished' content='2024-05-14'>some days ago</td></tr></table>"
    },
    "data attribute alone": {"under": "<div data-publication-date='2024-05-14'>a month ago</div>"},
    "time with title": {"under": "<time title='14 May 2024 10:00'>a month ago</time>"},
    "time of the hour only": {"under": "<time datetime='10:30'>14 May 2024, 10:30</time>"},
    "month in dashes": {"under": "<p>14-May-2024</p>"},
    "no space behind the weekday": {"under": "<p>Tuesday,14 May 2024</p>"},
    "month, day and year apart": {"under": "<div><span>MAY</span><span>14,</span><span>2024</span></div>"},
    "lt mėn.": {"under": "<p>2024 m. gegužės mėn. 14 d.</p>", "lang": "lt"},
    "place, day and stop": {
        "under": "<p><strong>Skopje, 14 May 2024.</strong> The five ministers of the interior were received by the prime minister before their meeting and thanked him.</p>"
    },
    "place, day and stop bs": {
        "under": "<p>Sarajevo, 14. maja 2024. godine. Ministri unutrašnjih poslova pet zemalja sastali su se i dogovorili zajednički postupak za povratak.</p>",
        "lang": "bs",
    },
    "gov.uk": {
        "under": "<dl><dt>From:</dt><dd>Home Office</dd><dt>Published</dt><dd>14 May 2024</dd><dt>Last updated</dt><dd>20 May 2024</dd></dl>"
    },
}

# Dates in the head of a page.
TOLD = {
    "jsonld graph": {
        "head": '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2024-05-14T08:00:00+00:00","dateModified":"2024-06-14T08:00:00+00:00"},{"@type":"WebSite","name":"Portal"}]}</script>'
    },
    "jsonld list": {
        "head": '<script type="application/ld+json">[{"@type":"Organization","name":"x"},{"@type":["NewsArticle"],"headline":"Ministers agree on a common return procedure in Skopje","datePublished":"2024-05-14T08:00:00+02:00"}]</script>'
    },
    "jsonld mainEntity": {
        "head": '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2020-01-01","mainEntity":{"@type":"NewsArticle","headline":"Ministers agree on a common return procedure in Skopje","datePublished":"2024-05-14"}}</script>'
    },
    "jsonld comment trailing": {
        "head": '<script type="application/ld+json">/*<![CDATA[*/{"@type":"NewsArticle","datePublished":"2024-05-14",}/*]]>*/</script>'
    },
    "jsonld created": {
        "head": '<script type="application/ld+json">{"@type":"Article","dateCreated":"2024-05-14","dateModified":"2024-05-20"}</script>'
    },
    "jsonld us date": {
        "head": '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"May 14, 2024"}</script>'
    },
    "jsonld governmentorg": {
        "head": '<script type="application/ld+json">{"@type":"PressRelease","headline":"x y z","datePublished":"2024-05-14"}</script>'
    },
    "jsonld kinds of articles": {
        "head": '<script type="application/ld+json">{"@type":"OpinionNewsArticle","datePublished":"2024-05-14"}</script>'
    },
    "dcterms with a colon": {"head": "<meta property='dcterms:issued' content='2024-05-14'>"},
    "name with dashes": {"head": "<meta name='publication-date' content='2024-05-14'>"},
    "published time alone": {"head": "<meta name='published_time' content='2024-05-14T10:00:00+02:00'>"},
    "dc": {"head": "<meta name='DC.date.issued' content='2024-05-14'>"},
    "dcterms avail": {"head": "<meta name='DCTERMS.available' content='2024-05-14'>"},
    "dcterms dc.date.created": {"head": "<meta name='DC.Date.created' scheme='W3CDTF' content='2024-05-14'>"},
    "parsely": {"head": "<meta name='parsely-pub-date' content='2024-05-14T10:00:00Z'>"},
    "parsely json": {
        "head": """<meta name='parsely-page' content='{"title":"x","pub_date":"2024-05-14T10:00:00Z","section":"n"}'>"""
    },
    "sailthru": {"head": "<meta name='sailthru.date' content='Tue, 14 May 2024 10:00:00 +0000'>"},
}

# Pages that do not say when they were published.
UNDATED = {
    "jsonld modified only": {
        "head": '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2024-05-20"}</script>'
    },
    "og updated only": {"head": "<meta property='og:updated_time' content='2024-05-20T10:00:00Z'>"},
    "article modified only": {"head": "<meta property='article:modified_time' content='2024-05-20T10:00:00Z'>"},
    "meta last-modified": {"head": "<meta name='last-modified' content='2024-05-20'>"},
    "undated footer": {"below": "<p>© 1998-2024 Portal</p>"},
    "event page": {"under": "<p>Start date: 14 May 2024</p><p>End date: 15 May 2024</p>"},
    "clock at top": {"above": "<div class='today'>Sunday, 22 November 2026</div>"},
    "clock at top plain": {"above": "<div>Danas je 20.11.2026.</div>", "lang": "bs"},
    "sidebar": {
        "below": "<aside><h3>Latest</h3><ul><li><a href='/a'>Another title of news</a> 12 May 2024</li><li><a href='/b'>Third title of news</a> 11 May 2024</li></ul></aside>"
    },
    "comments": {
        "below": "<div class='comments'><h3>Comments</h3><div><b>Ana</b> 15 May 2024</div><p>Very good.</p></div>"
    },
    "event list below": {"below": "<h2>Upcoming events</h2><div>15 June 2024</div><div>Conference on return</div>"},
    "updated only": {"below": "<p>Last updated: 14 May 2024</p>"},
    "posljednja izmjena": {"below": "<p>Posljednja izmjena: 14.05.2024.</p>", "lang": "bs"},
    "zadnja sprememba": {"below": "<p>Zadnja sprememba: 14. 5. 2024</p>", "lang": "sl"},
    "poslednja izmena": {"below": "<p>Последња измена: 14.05.2024.</p>", "lang": "sr"},
    "laatst bijgewerkt": {"below": "<p>Laatst bijgewerkt op 14 mei 2024</p>", "lang": "nl"},
    "paskutinis atnaujinimas": {"below": "<p>Paskutinis atnaujinimas: 2024-05-14</p>", "lang": "lt"},
    "last modif sq": {"below": "<p>Përditësuar më 14 maj 2024</p>", "lang": "sq"},
    "mk posledna": {"below": "<p>Последна промена: 14.05.2024</p>", "lang": "mk"},
    "updated time": {"under": "<p>Updated <time datetime='2024-05-20'>20 May 2024</time></p>"},
    "two labels behind their dates": {"under": "<p>20 May 2024 (updated), 14 May 2024 (printed)</p>"},
    "valid from": {"below": "<p>Valid from 14 May 2024</p>"},
    "gültig ab": {"below": "<p>Gültig ab 14.05.2024</p>", "lang": "de"},
    "rdfa modified": {"under": "<span property='dcterms:modified' content='2024-05-14'>May</span>"},
    "sentence with a day": {
        "under": "<p>In Skopje, on 14 May 2024. The five ministers of the interior were received by the prime minister before their meeting.</p>"
    },
    "deadline": {"below": "<p>Application deadline: 14 May 2024</p>"},
}

ADDRESSES = {
    "https://x.example/news/2024/05/14/ministers": DAY,
    "https://x.example/news/20240514-ministers": DAY,
    "https://x.example/news/14-05-2024-ministers": DAY,
    "https://x.example/2024/05/ministers-agree": None,
}


def page(head="", above="", under="", below="", lang="en"):
    """Return a page with something in its head, above and under its headline, and below its text."""
    return (
        f"<!doctype html><html lang='{lang}'><head><title>{TITLE} | Portal</title>{head}</head><body>"
        "<header><nav class='menu'><a href='/'>Home</a> <a href='/news'>News</a> <a href='/c'>Contact</a></nav></header>"
        f"<main>{above}<h1>{TITLE}</h1>{under}<div class='body'>{TEXT}</div>{below}</main>"
        "<footer>© 2024 Portal. <a href='/l'>Legal notice</a></footer></body></html>"
    )


@pytest.mark.parametrize("name", [*SHOWN, *TOLD])
def test_the_day_is_found_however_a_system_gives_it(clean, name):
    published = clean(page(**(SHOWN | TOLD)[name]), "a.html").published
    assert (published.day, published.precision, published.reason) == (DAY, "day", None)


@pytest.mark.parametrize("name", UNDATED)
def test_a_page_that_gives_no_day_of_publication_gets_none_and_a_reason(clean, name):
    published = clean(page(**UNDATED[name]), "a.html").published
    assert published.day is None
    assert published.reason


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_address_gives_the_day_where_nothing_else_does(clean, url):
    assert clean(page(), "a.html", url=url).published.day == ADDRESSES[url]
    shown = clean(page(under="<p>Published: 15 May 2024</p>"), "a.html", url=url).published
    assert (shown.day, shown.method) == (date(2024, 5, 15), "visible_line")


def linked_data(day):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}"}}</script>'


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<p>15 May 2024</p>", DAY),  # a day apart is a clock in another zone
        ("<p>20 May 2024</p>", None),
        ("<p>Published on 20 May 2024</p>", date(2024, 5, 20)),
        ("<p>Monday, 20 May 2024</p>", date(2024, 5, 20)),
        ("<p>Sunday, 20 May 2024</p>", DAY),  # no such day: it says nothing
        ("<p>Last updated: 20 May 2024</p>", DAY),
        ("<time class='published' datetime='2024-05-20'>Monday</time>", date(2024, 5, 20)),
    ],
)
def test_what_the_head_says_and_what_readers_see(clean, shown, day):
    assert clean(page(head=linked_data("2024-05-14T10:00:00+02:00"), under=shown), "a.html").published.day == day


def test_one_instant_given_twice_is_one_whether_or_not_its_zone_stands_there(clean):
    head = linked_data("2024-05-15T02:00:46.074Z") + (
        "<meta property='article:published_time' content='2024-05-15T02:00:46.074'>"
    )
    assert clean(page(head=head, under="<div>May 14, 2024 10:00 PM</div>"), "a.html").published.day == DAY
