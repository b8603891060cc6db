"""What a page says about itself outside its text: meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from tasks.clean.repair import printable

# Names of meta elements that hold the day of publication, the surest first. Those of modification are left out on
# purpose.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "publish-date",
    "publish_date", "publication_date", "publicationdate", "pubdate", "publishdate", "date.published", "dc.date.issued",
    "dcterms.issued", "dc.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dc.created",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "article_date_original",
    "originalpublicationdate", "date", "release_date", "citation_publication_date", "citation_date", "bt:pubdate",
    "article:published", "article.created", "published_time", "published_date", "citation_online_date",
    "datecreated", "dateissued", "dcterms.available", "dc.date.available", "schema:datepublished", "dc.date.published",
)  # fmt: skip
_ARTICLES = ("article", "newsarticle", "blogposting", "report", "pressrelease", "statement", "reportagenewsarticle")
_ARTICLE_ENDINGS = ("article", "posting")
_PAGES = ("webpage", "itempage")
# Systems write one name in several ways: dcterms.issued and dcterms:issued, publication_date and publication-date.
_ONE_SPELLING = str.maketrans(":-", "._")
# Wrappers around the JSON of some templates, and commas that end its lists and objects.
_WRAPPED = re.compile(r"^\s*(?://|/\*)?\s*<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?://|/\*)?\s*(?:\]\]|--)>\s*(?:\*/)?\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# A page's data has some dozen objects; a hostile one could nest without end.
_MAX_OBJECTS = 2000
# No title and no stamp is longer.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the page's JSON-LD, or the page itself where that names no article."""

    headline: str | None
    published: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a page says.

    Attributes:
        titles: All titles, in order of trust; the title element is last.
        shared_titles: Those meant for whoever shares or catalogues the page: `og:title`, `twitter:title`, Dublin Core.
        site_names: Names of the site, as `og:site_name` or a publisher.
        publisher: Name of the publisher, if the page gives one.
        language: Language tag of the page.
        published: Stamps of publication, the surest first.
        articles: Articles of the JSON-LD in their order.
    """

    titles: tuple[str, ...]
    shared_titles: tuple[str, ...]
    site_names: tuple[str, ...]
    publisher: str | None
    language: str | None
    published: tuple[str, ...]
    articles: tuple[Article, ...]


def read_metadata(tree: HtmlElement) -> Metadata:
    """Return what the meta elements and the JSON-LD of a page say."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = printable((element.get("content") or "")[:_LONGEST])
        # A property inside an item of the page is not the page's own; `markup` reads those where they stand.
        if (
            name
            and content
            and not (element.get("itemprop") and element.getparent() is not None and _inside_body(element))
        ):
            found.setdefault(name, content)
    title = next((printable("".join(element.itertext())[:_LONGEST]) for element in tree.iter("title")), None)
    articles = tuple(_articles(tree))
    site = found.get("og:site_name") or found.get("application-name")
    publisher = (
        found.get("dc.publisher")
        or found.get("dcterms.publisher")
        or next((article.publisher for article in articles if article.publisher), None)
    )
    shared = [found.get(name) for name in ("og:title", "twitter:title", "dc.title", "dcterms.title")]
    return Metadata(
        titles=tuple(dict.fromkeys(value for value in (*shared, title) if value)),
        shared_titles=tuple(dict.fromkeys(value for value in shared if value)),
        site_names=tuple(dict.fromkeys(value for value in (site, publisher) if value)),
        publisher=publisher or site,
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or found.get("og:locale"),
        published=(*_published(found), *_parsely(found.get("parsely-page"))),
        articles=articles,
    )


def _published(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the stamps of publication among the meta elements, the surest first."""
    by_name: dict[str, str] = {}
    for name, content in found.items():
        by_name.setdefault(name.translate(_ONE_SPELLING), content)
    names = dict.fromkeys(name.translate(_ONE_SPELLING) for name in _PUBLISHED)
    return tuple(by_name[name] for name in names if name in by_name)


def _inside_body(element: HtmlElement) -> bool:
    return any(parent.tag == "body" for parent in element.iterancestors())


def _articles(tree: HtmlElement) -> Iterator[Article]:
    """Yield the articles of the JSON-LD; a page that has none stands for its article."""
    objects = [one for script in tree.iter("script") for one in _objects(_linked_data(script))]
    articles = [one for one in objects if _is_one_of(one, _ARTICLES)]
    for one in articles or [one for one in objects if _is_one_of(one, _PAGES)]:
        publisher = one.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        stamp = _text(one.get("datePublished")) or _text(one.get("dateCreated"))
        yield Article(_text(one.get("headline") or one.get("name")), stamp, _text(name))


def _linked_data(script: HtmlElement) -> Any:
    """Return what a script of JSON-LD holds; None for other scripts and for what is no JSON."""
    if "ld+json" not in (script.get("type") or "").lower():
        return None
    return _json(_WRAPPED.sub("", script.text or ""))


def _json(text: str) -> Any:
    for source in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _is_one_of(one: Mapping[str, Any], wanted: tuple[str, ...]) -> bool:
    kinds = one.get("@type")
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    kinds = (name.lower().rsplit("/", 1)[-1] for name in names if isinstance(name, str))
    # TechArticle, OpinionNewsArticle, LiveBlogPosting … are articles too.
    return any(kind in wanted or (wanted is _ARTICLES and kind.endswith(_ARTICLE_ENDINGS)) for kind in kinds)


def _parsely(content: str | None) -> tuple[str, ...]:
    """Return the stamp in the older form of Parse.ly's meta element, whose content is JSON."""
    page = _json(content) if content else None
    stamp = _text(page.get("pub_date")) if isinstance(page, dict) else None
    return (stamp,) if stamp else ()


def _objects(content: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON objects of a value, outermost first."""
    waiting, seen = [content], 0
    while waiting and seen < _MAX_OBJECTS:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))
        elif isinstance(value, list):
            waiting.extend(value)


def _text(value: Any) -> str | None:
    return printable(value[:_LONGEST]) if isinstance(value, str) else None
