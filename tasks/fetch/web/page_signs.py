"""The signs of pages that stand in for others, from `seeds/reference/web`, and how a page is looked at for them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.etree
import lxml.html

from warehouse.errors import ConfigurationError
from warehouse.reference import read_csv

PLACES = ("heading", "text", "markup")
VERDICTS = ("soft_error", "blocked_page")
_LANGUAGES = frozenset(("*", "en", "lt", "nl", "de", "fr", "hbs", "sr", "mk", "sq", "sl"))
# Accents of the ten languages, once letters are decomposed, go; apostrophes become one.
_FOLDED: Mapping[int, str] = dict.fromkeys(range(0x0300, 0x0370), "") | dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
# Between the name of the page and that of the site.
_PARTS = re.compile(r"\s+[-–—|·•:»«/]\s+|\s*[|»«]\s*")
# What may stand around the words of an error: its number, brackets, stops, the word for it.
_NUMBERED = re.compile(
    r"\b(?:http|error|fehler|erreur|fout|klaida|greska|pogreska|грешка|gabim|napaka|code)?\s*[45]\d\d\b"
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# Neither navigation nor a footer says what a page is, and both can be longer than it.
_ASIDE = ("nav", "header", "footer", "aside", "script", "style", "template", "noscript", "svg")
# Of a page so much is looked at; a dump of more megabytes is no error page.
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign.

    Attributes:
        name: Its name, for the detail of a verdict.
        verdict: soft_error or blocked_page.
        place: heading, text or markup.
        most_chars: Characters of text above which it says nothing.
        phrases: Folded; without white space for markup.
        says: What it means, for people.
    """

    name: str
    verdict: str
    place: str
    most_chars: int
    phrases: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class PageView:
    """An HTML page as the signs see it; all folded.

    Attributes:
        title: Content of the title element; None where there is none.
        headings: First-level headings.
        chars: Length of the text without navigation, header, footer and scripts.
        text: That text; that of noscript where there is no other; empty where it is too long for any sign.
        markup: The source without white space; empty likewise.
    """

    title: str | None
    headings: tuple[str, ...]
    chars: int
    text: str
    markup: str


def load_signs(directory: Path) -> tuple[Sign, ...]:
    """Return the signs in the order in which they are looked for.

    Args:
        directory: `web/` of the reference directory.

    Raises:
        ConfigurationError: A file is missing or wrong, with file and line.
    """
    path = directory / "phrases.csv"
    phrases: dict[str, list[str]] = {}
    for row in read_csv(path, ("sign", "language", "phrase"), ("sign", "language", "phrase")):
        if row["language"] not in _LANGUAGES or not row["phrase"].strip():
            raise ConfigurationError(f"no language and phrase: {dict(row)}", f"{path}:{row.line}", "Mend the row.")
        phrases.setdefault(row["sign"], []).append(row["phrase"])
    path = directory / "signs.csv"
    signs = []
    for row in read_csv(path, ("sign", "verdict", "place", "most_chars", "says"), ("sign",)):
        known = row["verdict"] in VERDICTS and row["place"] in PLACES and row["most_chars"].isdecimal()
        if not known or row["sign"] not in phrases:
            raise ConfigurationError(f"no sign with phrases: {dict(row)}", f"{path}:{row.line}", "Mend the row.")
        prepared = _prepared(phrases.pop(row["sign"]), row["place"])
        signs.append(Sign(row["sign"], row["verdict"], row["place"], int(row["most_chars"]), prepared, row["says"]))
    if phrases:
        raise ConfigurationError(f"phrases of no sign: {', '.join(sorted(phrases))}", str(path), "Add the sign.")
    return tuple(signs)


def find_sign(view: PageView, signs: Iterable[Sign]) -> tuple[Sign, str] | None:
    """Return the first sign that a page shows, and its phrase."""
    parts = None
    for sign in signs:
        if view.chars > sign.most_chars:
            continue
        if sign.place == "heading":
            parts = _announced(view) if parts is None else parts
            found = next((phrase for phrase in sign.phrases if phrase in parts), None)
        else:
            source = view.text if sign.place == "text" else view.markup
            found = next((phrase for phrase in sign.phrases if phrase in source), None)
        if found is not None:
            return sign, found
    return None


def look_at(body: bytes, charset: str | None, most_chars: int) -> PageView:
    """Return what an HTML page shows.

    Args:
        body: The bytes.
        charset: As declared in the header; what the page itself declares is for the parser.
        most_chars: Length of a text above which no sign looks at it.
    """
    body, encoding = body[:_MOST_BYTES], _known(charset)
    wide = wide_encoding(body)
    if wide is not None:
        body, encoding = body.decode(wide, "replace").removeprefix("\ufeff").encode(), "utf-8"
    parser = lxml.html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(body, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return PageView(None, (), 0, "", "")
    titles = [fold(_text(element)) for element in root.iter("title") if _parent(element) != "svg"]
    title = titles[0] if titles and titles[0] else None
    headings = [fold(_text(element)) for element in root.iter("h1")]
    fallback = " ".join(_text(element) for element in root.iter("noscript"))
    lxml.etree.strip_elements(root, *_ASIDE, "title", with_tail=False)
    text = _text(root) or fallback
    shown = tuple(filter(None, headings))
    if len(text) > most_chars:
        return PageView(title, shown, len(text), "", "")
    markup = "".join(body.decode(encoding or "utf-8", "replace").casefold().split())
    return PageView(title, shown, len(text), fold(text), markup)


def fold(text: str) -> str:
    """Return text for comparison: no case, accents or kinds of apostrophe, single spaces."""
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED).split())


def _text(element: lxml.etree._Element) -> str:
    return " ".join(" ".join(str(piece) for piece in element.itertext()).split())


def _parent(element: lxml.etree._Element) -> object:
    parent = element.getparent()
    return None if parent is None else parent.tag


def wide_encoding(body: bytes) -> str | None:
    """Return the encoding of UTF-16, by its mark or because every other byte is zero and the rest is not."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = body[:1024]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if len(start) < 8 or max(even, odd) * 10 < len(start) * 3 or min(even, odd) * 20 > len(start):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _known(charset: str | None) -> str | None:
    """Return a declared charset if the parser knows one of that name."""
    try:
        name = codecs.lookup(charset).name if charset else None
        lxml.html.HTMLParser(encoding=name)
    except LookupError:
        return None
    return name


def _prepared(phrases: Iterable[str], place: str) -> tuple[str, ...]:
    if place == "markup":
        return tuple("".join(phrase.casefold().split()) for phrase in phrases)
    folded = map(fold, phrases)
    return tuple(folded) if place == "text" else tuple(_EDGES.sub("", phrase) for phrase in folded)


def _announced(view: PageView) -> frozenset[str]:
    """Return what a page says it is: its headings, its title and the parts of that, with and without error numbers.

    A part of the title that begins a longer heading is the beginning of a headline, not the name of an error.
    """
    title = view.title or ""
    parts = {part for part in _PARTS.split(title) if not any(part in each and part != each for each in view.headings)}
    announced = {title, *view.headings, *parts} - {""}
    bare = {_EDGES.sub("", form) for each in announced for form in (each, _NUMBERED.sub(" ", each))}
    # "404" and nothing else says as much as the words.
    if any(_EDGES.sub("", each) in ("404", "error 404", "404 error") for each in announced):
        bare.add("not found")
    return frozenset(" ".join(each.split()) for each in bare)
