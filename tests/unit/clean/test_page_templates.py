"""Whole pages as the systems of ministries, parliaments, wires, blogs and wikis make them: headline and day."""

# ruff: noqa: E501 - markup that a system writes on one line stays on one line

from datetime import date

import pytest

TITLE = "Ministers agree on a common return procedure in Skopje"
PARAGRAPHS = (
    "SKOPJE - The ministers of the interior of five countries met in Skopje on Tuesday and agreed on a common procedure for the return of persons without the right to stay.",
    "Until the end of the year a working group will prepare the forms, and the countries will report on the results to the next meeting in the spring of next year, the ministry said.",
    "The next meeting is planned for 3 October 2024 in Ohrid, when the ministers will also hear a report on the first months.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
# Name → page, where `TITLE` and `TEXT` stand for themselves, address, and the day of publication.
PAGES = {
    "newsletter": (
        "<html><head><title>Migration Bulletin 5/2024</title></head><body><table width=600><tr><td>Migration Bulletin | Issue 5 | 14 May 2024</td></tr><tr><td><a href='x'>View in browser</a></td></tr> <tr><td><b>In this issue</b><br>1. TITLE<br>2. New handbook on voluntary return<br>3. Calls</td></tr><tr><td><h2>TITLE</h2>TEXT</td></tr><tr><td><h2>New handbook on voluntary return</h2><p>The office has published a handbook for counsellors in six languages, which is free of charge and can be ordered from the office.</p></td></tr><tr><td>You receive this mail because you subscribed on 3 January 2023. Unsubscribe</td></tr></table></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "html32": (
        "<HTML><HEAD><title>Ministry of the Interior - News</title></HEAD><BODY BGCOLOR=#FFFFFF><CENTER><FONT SIZE=5>Ministry of the Interior</FONT></CENTER><TABLE><TR><TD VALIGN=top><A HREF=/>Home</A><BR><A HREF=/n>News</A><BR></TD><TD><FONT SIZE=2>14.05.2024</FONT><BR><FONT SIZE=4><B>TITLE</B></FONT><BR><BR><FONT SIZE=2>PARAGRAPH_0<BR><BR>PARAGRAPH_1<BR><BR>PARAGRAPH_2</FONT><HR><FONT SIZE=1>Last modified: 02.06.2024</FONT></TD></TR></TABLE></BODY></HTML>",
        None,
        date(2024, 5, 14),
    ),
    "html32 no date but modified": (
        "<HTML><HEAD><title>TITLE</title></HEAD><BODY><H2>TITLE</H2>TEXT<HR><ADDRESS>Webmaster, 02.06.2024</ADDRESS></BODY></HTML>",
        None,
        None,
    ),
    "blogger": (
        "<html><head><title>Balkan Borders: TITLE</title></head><body><div class='header'><h1 class='title'><a href='/'>Balkan Borders</a></h1></div><div class='date-outer'><h2 class='date-header'><span>Tuesday, May 14, 2024</span></h2><div class='post'><h3 class='post-title entry-title'>TITLE</h3><div class='post-header'></div><div class='post-body entry-content'>TEXT</div><div class='post-footer'>Posted by <span class='fn'>Ana</span> at <a class='timestamp-link' href='/2024/05/x.html'><abbr class='published' title='2024-05-14T09:12:00+02:00'>9:12 AM</abbr></a></div></div></div><div id='comments'><h4>2 comments:</h4><p>Anonymous said... May 16, 2024 at 3:12 PM</p></div><div class='sidebar'><h2>Blog Archive</h2><ul><li>2024 (12)</li><li>May (3)</li></ul></div></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "mediawiki": (
        "<html class='client-nojs' lang='en'><head><title>TITLE - Migration glossary</title><meta name='generator' content='MediaWiki 1.39'></head><body class='mediawiki'><div id='content'><h1 id='firstHeading'>TITLE</h1><div id='siteSub'>From Migration glossary</div><div id='mw-content-text'>TEXT<h2><span class='mw-headline'>Sources</span><span class='mw-editsection'>[edit]</span></h2><ul><li>Ministry, press release of 13 May 2024</li></ul></div></div><div id='footer'><ul><li id='footer-info-lastmod'> This page was last edited on 2 June 2024, at 10:11.</li></ul></div></body></html>",
        None,
        None,
    ),
    "sharepoint": (
        "<html><head><title>News - TITLE</title></head><body><form id='aspnetForm' action='x'><div id='s4-workspace'><div id='s4-titlerow'><h1>News</h1></div><div class='ms-WPBody'><table><tr><td class='ms-formlabel'><h3>Title</h3></td><td class='ms-formbody'>TITLE</td></tr><tr><td class='ms-formlabel'><h3>Date</h3></td><td class='ms-formbody'>14/05/2024</td></tr><tr><td class='ms-formlabel'><h3>Body</h3></td><td class='ms-formbody'><div>TEXT</div></td></tr></table><span>Created at 10/05/2024 12:01 by System Account</span><br><span>Last modified at 15/05/2024 09:33 by System Account</span></div></div></form></body></html>",
        "https://www.interior.example.mk/news/Dispform.aspx?ID=3",
        date(2024, 5, 14),
    ),
    "parliament": (
        "<html lang='en'><head><title>TITLE | News | Parliament</title></head><body><div class='ep_header'><a href='/'>Parliament</a></div><main><p class='ep_type'>Press Releases <span>LIBE</span></p><h1>TITLE</h1><p class='ep_meta'><span>14-05-2024 - 11:52</span></p><ul class='ep_facts'><li>Five countries take part</li><li>First review in October</li></ul><div class='ep_text'>TEXT</div><h3>Next steps</h3><p>Parliament is to vote on the report in plenary on 9 July 2024.</p><div class='ep_contacts'><h2>Contacts:</h2><p>Press officer (+32) 2 28 00000</p></div><section><h2>Related</h2><div>Debate on returns <span class='date'>08-05-2024</span></div></section></main></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "parliament adopted": (
        "<html lang='en'><head><title>TITLE</title></head><body><main><h1>TITLE</h1><div><span>Plenary session</span> <span>Press release</span> <span>14.05.2024</span></div><p><b>Procedure: 2023/0123(COD)</b></p>TEXT</main></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "squarespace": (
        "<html><head><title>TITLE &mdash; Migration Desk</title><meta property='og:title' content='TITLE — Migration Desk'><meta itemprop='datePublished' content='2024-05-14T10:02:11+0200'><meta itemprop='dateModified' content='2024-05-20T10:02:11+0200'></head><body><article><div class='BlogItem-meta'><time class='Blog-meta-item Blog-meta-item--date' datetime='2024-05-14'>14 May</time><span>Written By Ana Anić</span></div><h1 class='BlogItem-title'>TITLE</h1><div class='sqs-block-content'>TEXT</div><div class='BlogItem-pagination'><a>Previous<h2>Another thing</h2><time datetime='2024-05-10'>10 May</time></a><a>Next<h2>Third</h2><time datetime='2024-05-18'>18 May</time></a></div></article></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "react ssr": (
        """<html lang='en'><head><title>TITLE</title></head><body><div id='__next'><header><a href='/'>Logo</a></header><main><div class='css-1a2'><div class='css-x9'>14 May 2024</div><div class='css-77'>5 min read</div><h1 class='css-1h'>TITLE</h1><div class='css-bd'>TEXT</div></div><section class='css-rel'><h2>You may also like</h2><div>10 May 2024</div><div>Other news here</div></section></main></div><script id='__NEXT_DATA__' type='application/json'>{"props":{"pageProps":{"post":{"publishedAt":"2024-05-13T22:00:00Z","updatedAt":"2024-05-20T08:00:00Z"}}}}</script></body></html>""",
        None,
        date(2024, 5, 14),
    ),
    "print view": (
        "<html><head><title>Print</title></head><body onload='print()'><div>Printed from www.portal.example on 20.11.2026 10:11</div><h2>TITLE</h2><div>14. May 2024</div>TEXT<div>URL: https://www.portal.example/news/123</div></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "liferay": (
        "<html><head><title>TITLE - Ministry</title></head><body><div class='portlet-boundary'><div class='journal-content-article'><h3>TITLE</h3><div class='pub-date'>Datum objave: 14.05.2024.</div>TEXT</div><div class='asset-metadata'><span>Modified: 20.05.2024.</span><span>Views: 123</span></div></div></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "liferay created": (
        "<html><head><title>TITLE - Ministry</title></head><body><div class='portlet'><h2 class='asset-title'>TITLE</h2><div class='asset-content'>TEXT</div><div class='asset-metadata'><span class='metadata-entry metadata-create-date'>14/05/24</span> <span class='metadata-entry metadata-modified-date'>20/05/24</span></div></div></body></html>",
        "https://mup.example.hr/x",
        date(2024, 5, 14),
    ),
    "presswire": (
        "<html><head><title>TITLE | EIN Presswire</title><meta property='article:published_time' content='2024-05-14T07:00:00Z'></head><body><h1>TITLE</h1><p class='contact'>News Provided By</p><p>Ministry of the Interior</p><p><time>May 14, 2024, 07:00 GMT</time></p><p>Share This Article</p>TEXT<p>Ana Anić<br>Ministry<br>+389 2 000 000</p></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "presswire dateline": (
        "<html><head><title>TITLE</title></head><body><h1>TITLE</h1><p>SKOPJE, NORTH MACEDONIA, May 14, 2024 /EINPresswire.com/ -- OPENING</p><p>PARAGRAPH_1</p><p>PARAGRAPH_2</p></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "microdata magazine": (
        "<html><head><title>TITLE - Mag</title></head><body><div itemscope itemtype='http://schema.org/Article'><h1 itemprop='headline'>TITLE</h1><span itemprop='author'>By Ana Anić</span><meta itemprop='dateModified' content='2024-06-02'/><span itemprop='datePublished' content='2024-05-14'>May 14, 2024</span><div itemprop='articleBody'>TEXT</div></div><div itemscope itemtype='http://schema.org/Article'><h3 itemprop='headline'>Other</h3><span itemprop='datePublished' content='2024-05-01'>May 1, 2024</span></div></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "microdata unrelated first": (
        "<html><head><title>TITLE - Mag</title></head><body><div class='teaser' itemscope itemtype='http://schema.org/Article'><h3 itemprop='headline'>Other news of the day</h3><meta itemprop='datePublished' content='2024-05-20'></div><div itemscope itemtype='http://schema.org/Article'><h1 itemprop='headline'>TITLE</h1><meta itemprop='datePublished' content='2024-05-14'><div itemprop='articleBody'>TEXT</div></div></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "wrong meta (2nd)": (
        "<html><head><title>TITLE</title><meta name='date' content='2026-11-18'><meta name='DC.date' content='2024-05-14'></head><body><h1>TITLE</h1><p>14 May 2024</p>TEXT</body></html>",
        None,
        date(2024, 5, 14),
    ),
    "meta = retrieved day, visible differs": (
        "<html><head><title>TITLE</title><meta name='date' content='2026-11-22'></head><body><h1>TITLE</h1><p>14 May 2024</p>TEXT</body></html>",
        None,
        date(2024, 5, 14),
    ),
    "jsonld of site crawl": (
        """<html><head><title>TITLE</title><script type='application/ld+json'>{"@type":"NewsArticle","headline":"TITLE","datePublished":"1970-01-01T00:00:00Z"}</script></head><body><h1>TITLE</h1><p>14 May 2024</p>TEXT</body></html>""",
        None,
        date(2024, 5, 14),
    ),
    "jsonld modified=published": (
        """<html><head><title>TITLE</title><script type='application/ld+json'>{"@type":"NewsArticle","headline":"TITLE","datePublished":"2025-02-02","dateModified":"2025-02-02"}</script></head><body><h1>TITLE</h1><p>Published 14 May 2024</p>TEXT</body></html>""",
        None,
        date(2024, 5, 14),
    ),
    "jsonld migrated, unlabelled shown + url": (
        """<html><head><title>TITLE</title><script type='application/ld+json'>{"@type":"NewsArticle","headline":"TITLE","datePublished":"2025-02-02","dateModified":"2025-02-02"}</script></head><body><h1>TITLE</h1><p>14 May 2024</p>TEXT</body></html>""",
        "https://x.example/2024/05/14/ministers",
        date(2024, 5, 14),
    ),
    "jsonld and meta migrated, shown+url": (
        """<html><head><title>TITLE</title><meta property='article:published_time' content='2025-02-02T10:00:00+01:00'><script type='application/ld+json'>{"@type":"NewsArticle","headline":"TITLE","datePublished":"2025-02-02","dateModified":"2025-02-02"}</script></head><body><h1>TITLE</h1><p>14 May 2024</p>TEXT</body></html>""",
        "https://x.example/2024/05/14/ministers",
        date(2024, 5, 14),
    ),
    "jsonld and meta same wrong, shown labelled": (
        """<html><head><title>TITLE</title><meta property='article:published_time' content='2025-02-02T10:00:00+01:00'><script type='application/ld+json'>{"@type":"NewsArticle","headline":"TITLE","datePublished":"2025-02-02","dateModified":"2025-02-02"}</script></head><body><h1>TITLE</h1><p>Published on 14 May 2024</p>TEXT</body></html>""",
        None,
        date(2024, 5, 14),
    ),
    "event date beside headline": (
        "<html><head><title>TITLE</title></head><body><h1>TITLE</h1><p>Skopje, 14 May 2024</p>TEXT</body></html>",
        None,
        date(2024, 5, 14),
    ),
    "date in title line of table": (
        "<html><head><title>TITLE</title></head><body><table><tr><td>14.05.2024</td><td><b>TITLE</b></td></tr><tr><td colspan=2>TEXT</td></tr></table></body></html>",
        None,
        date(2024, 5, 14),
    ),
    "clock above, date below": (
        "<html><head><title>TITLE</title></head><body><div>Ponedjeljak, 16. novembar 2026. 10:12</div><div class=menu><a href=/>Početna</a> <a href=/v>Vijesti</a></div><h1>TITLE</h1><div>14.05.2024</div>TEXT</body></html>",
        None,
        date(2024, 5, 14),
    ),
    "clock above, undated": (
        "<html><head><title>TITLE</title></head><body><div>Ponedjeljak, 16. novembar 2026. 10:12</div><div class=menu><a href=/>Početna</a> <a href=/v>Vijesti</a></div><h1>TITLE</h1>TEXT</body></html>",
        None,
        None,
    ),
    "other items above": (
        "<html><head><title>TITLE</title></head><body><ul><li><a href=/a>Another headline of the day</a> 20.05.2024</li><li><a href=/b>Third headline</a> 19.05.2024</li></ul><h1>TITLE</h1>TEXT</body></html>",
        None,
        None,
    ),
    "newsletter of month": (
        "<html><head><title>Bulletin May 2024</title></head><body><p>Bulletin, May 2024</p><h1>TITLE</h1>TEXT</body></html>",
        None,
        None,
    ),
}


def filled(markup):
    """Return a page with headline and text in their places."""
    for n, paragraph in enumerate(PARAGRAPHS):
        markup = markup.replace(f"PARAGRAPH_{n}", paragraph)
    return markup.replace("OPENING", PARAGRAPHS[0].partition(" - ")[2]).replace("TEXT", TEXT).replace("TITLE", TITLE)


@pytest.mark.parametrize("name", PAGES)
def test_headline_and_day_of_a_page(clean, name):
    markup, url, day = PAGES[name]
    found = clean(filled(markup), "a.html", url=url)
    assert (found.title, found.published.day) == (TITLE, day)
    assert all(paragraph.removeprefix("SKOPJE - ") in found.text for paragraph in PARAGRAPHS)
