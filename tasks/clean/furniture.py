"""What one line of a page is, if it is not text: the word lists first, then the shape of the line.

Knows nothing of where on the page the line stands; the order of the page is `tasks.clean.selection`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.clean.calendar_dates import find_dates
from tasks.clean.lines import bare_words, ends_sentence, fold, is_prose
from tasks.clean.phrases import Phrase, Phrases, first_word

# In running text a beginning of so many words is a notice's own.
_NOTICE_WORDS = 3
# What stands behind a label: "Disclaimer: …", "Copyright © …", "Comments (12)".
_LABEL_ENDS = frozenset(":©(")
# "Anzeige wurde gegen drei Schleuser erstattet." begins with what also heads a box; captions mostly have fewer words.
_SENTENCE_WORDS = 5
# A phrase makes furniture of a line of this many words; longer lines are sentences that happen to begin so.
_ONE_WORD_PHRASE_WORDS, _PHRASE_WORDS, _WITHIN_WORDS, _LABEL_WORDS = 6, 16, 30, 25

_WORD = re.compile(r"[^\W_][\w.’'-]*")
_LETTER = re.compile(r"\w")
_DATE_FIGURES = re.compile(r"\d{4}|\d\d[./]\d\d[./]\d\d")
_DASHES_AND_BAR = frozenset("-–—|")
_DASH_OR_BAR = re.compile(r"\s[-–—|]\s")
# Articles and prepositions have no capital in the names of offices, and no office has more longer words.
_SMALL_WORD, _OFFICE_WORDS = 3, 6
_COUNT = re.compile(r"^\d[\d.,]*\s+|\s*[(:]?\s*\d[\d.,]*\s*\)?$")
_FIGURES = re.compile(r"\d+")
_SEPARATOR = re.compile(r"\s*[|›»>•]\s*|\s[·/]\s")
_CREDIT = re.compile(r"(?:^|\s)(?:©|\(c\)|/\s?@)\s?\w|\b\S+\.(?:jpe?g|png|gif|webp)\b", re.IGNORECASE)
_INITIALS = re.compile(r"^\(?(?:[^\W\d_]{1,3}\.\s?){1,3},?\s*(?:[A-Z]{2,8})?\)?$")
# "By Jan Jansen, Our Correspondent": a preposition and nothing but names.
_BY = re.compile(
    r"^(?i:by|door|nga|par|piše|von)\s+(?:(?:the|and|und|en|et|dhe|i)\s+)?[^\W\d_a-zà-žа-ш][\w.’'-]*"
    r"(?:[\s,|/&]+(?:(?:the|and|und|en|et|dhe|i|of)\s+)?[^\W\d_a-zà-žа-ш][\w.’'-]*){0,7}[\s,|/]*$"
)
_AGENCY = re.compile(
    r"^[-–(\[]{0,2}\s?[A-Z]{2,8}(?:[/, -]{1,3}[A-Z]{2,8}){0,3}\s?[)\]]?(?:\s+inf)?\.?(?:\s+(?:[A-Z]\.\s?){1,3})?$"
)
_DOMAIN = re.compile(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$", re.IGNORECASE)
_ADDRESS = re.compile(r"^\(?https?://\S+\)?$", re.IGNORECASE)
_REFERENCE = re.compile(r"^(?:[A-Z][\w. ]{0,20}:\s*)?[A-Z]{2,}(?:[/_-][A-Z0-9]+){2,}$")
_PHONE = re.compile(r"(?:\+|\b00)\d[\d\s()/.-]{6,}\d|[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE_LABEL = re.compile(r"^(?:tel|phone|fax|e-?mail|mob|telefon|тел|gsm)\b", re.IGNORECASE)
_TEMPERATURE = re.compile(r"\d\s?°\s?[CF]\b|\bGMT\b|\bUTC\b")
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|uhr|val\.?|h|часот|CET|CEST|ET|EET|GMT)?\b", re.IGNORECASE
)
_PLACE_AND_DASH = re.compile(
    r"^[^\W\d_][^\W\d_]+(?:[ -][^\W\d_]+){0,3},?\s?(?:\([\w .]+\)\s?)?[-–—](?:\s(?:[A-Z]{2,8}\s?){1,4})?$"
)
# What may stand beside a date in a line that is only a date: a name, a rubric, a few small words.
_WORDS_BESIDE_DATE, _WORDS_BESIDE_SENTENCE = 7, 3
_DATE_LINE_WORDS = 24
_CREDIT_WORDS = 40
# One button alone is a phrase of the list; a row of them has at least so many words.
_ROW_WORDS = 2
# Furniture is short; a line of this many characters is text, or damage that no rule for furniture should look at.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is.

    Attributes:
        kind: A word of `REMOVAL_KINDS`.
        rule_id: The rule that says so.
        rest: True if everything after it is furniture too, once the text has begun.
    """

    kind: str
    rule_id: str
    rest: bool = False


def classify(line: str, phrases: Phrases) -> Verdict | None:
    """Return what a line is if it is furniture, or None if it may be text; the source's own patterns come first."""
    if len(line) > _LONGEST:
        return None if _LETTER.search(line) else Verdict("furniture", "clean.furniture.no_letters")
    own = phrases.own_lines
    phrase = next((one for pattern, one in own if pattern.fullmatch(line)), None) if own else None
    if phrase is None and not _LETTER.search(line):
        return Verdict("furniture", "clean.furniture.no_letters")
    phrase = phrase or _listed(line, fold(line), phrases)
    if phrase is not None:
        return Verdict(phrase.kind, phrase.rule_id, phrase.rest)
    if line.endswith(")") and _ends_in_credit(line, phrases):
        return Verdict("caption", "clean.caption.credit_in_brackets")
    if _is_imprint(line, phrases):
        return Verdict("furniture", "clean.furniture.office_and_rubric")
    if is_prose(line):
        return Verdict("date_line", "clean.date_line.date") if is_date_line(line) else None
    return _by_shape(line)


def is_date_line(line: str) -> bool:
    """Return whether the line is a date, or an empty dateline, with at most a few words beside it."""
    if line.count(" ") >= _DATE_LINE_WORDS or len(line) > _LONGEST:
        return False
    if _PLACE_AND_DASH.match(line):
        return True
    dates = find_dates(line) if _DATE_FIGURES.search(line) else []
    if not dates:
        return False
    edges = [0, *(edge for written in dates for edge in (written.start, written.end)), len(line)]
    beside = [line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    counts = [len(_WORD.findall(_TIME.sub(" ", part))) for part in beside]
    # "The text was initialled on 3 May 2024 in Sarajevo." is a sentence; "Published on 3 May 2024." is not.
    sentence = ends_sentence(line) and counts[0] > 0 and counts[-1] > 1
    return sum(counts) <= (_WORDS_BESIDE_SENTENCE if sentence else _WORDS_BESIDE_DATE)


def is_clock(line: str, phrases: Phrases) -> bool:
    """Return whether the line shows the reader's own time or weather."""
    folded = fold(line)
    return bool(_TEMPERATURE.search(line)) or any(label in folded for label in phrases.clock_labels)


def date_role(line: str, phrases: Phrases) -> str | None:
    """Return what the words beside a date say about it: original, published, updated, printed, event, or None."""
    found = phrases.role_automaton.find_matches_as_indexes(f" {bare_words(line)} ", overlapping=True)
    return phrases.date_roles[min(found)[0]] if found else None


def _listed(line: str, folded: str, phrases: Phrases) -> Phrase | None:
    bare = folded.strip(" :;,.!?-–—*[]")
    if bare in phrases.whole:
        return phrases.whole[bare]
    if bare[:1].isdigit() or bare.rstrip(")")[-1:].isdigit():
        counted = phrases.whole.get(_COUNT.sub("", bare)) or phrases.whole.get(_FIGURES.sub("#", bare))
        if counted is not None:
            return counted
    if bare in phrases.bare and not folded.endswith((".", "!", "?")):
        return phrases.bare[bare]
    words = line.count(" ") + 1
    opened = _opened(line, folded.lstrip("([-–—* "), words, phrases)
    if opened is None and words <= _WITHIN_WORDS:
        found = phrases.within_automaton.find_matches_as_indexes(folded, overlapping=True)
        opened = phrases.within[min(found)[0]] if found else None
    return opened or (_row_of(bare, phrases) if words <= _PHRASE_WORDS else None)


def _opened(line: str, opening: str, words: int, phrases: Phrases) -> Phrase | None:
    """Return the label or phrase that a line begins with."""
    first = first_word(opening)
    for phrase in phrases.labels.get(first, ()):
        following = opening[len(phrase.text) :].lstrip()
        if opening.startswith(phrase.text) and following.startswith(":") and words <= _LABEL_WORDS:
            return phrase
    beginnings = phrases.beginnings.get(first)
    if beginnings is None:
        return None
    prose, told = is_prose(line), _is_told(line)
    return next(
        (
            one
            for one in beginnings
            if not (told and _is_bare_word(opening, one)) and _begins(opening, one, words, prose)
        ),
        None,
    )


def _is_told(line: str) -> bool:
    """Return whether a short line is a sentence by its look: it ends as one, and not all its words are names."""
    words = line.split()
    return (
        len(words) >= _SENTENCE_WORDS
        and line[-1] in ".!?…"
        and sum(word[0].islower() for word in words[1:]) >= _SENTENCE_WORDS // 2
    )


def _is_bare_word(opening: str, phrase: Phrase) -> bool:
    """Return whether a phrase is one word that stands in a line as any other would: no label, no count behind it."""
    following = opening[len(phrase.text) :].lstrip()[:1]
    return phrase.text.isalpha() and following.isalpha()


def _is_imprint(line: str, phrases: Phrases) -> bool:
    """Return whether a line is an office and a rubric: "European Commission - Press release"."""
    if _DASHES_AND_BAR.isdisjoint(line):
        return False
    parts = _DASH_OR_BAR.split(line)
    if len(parts) != 2 or not any(fold(part) in phrases.whole for part in parts):
        return False
    return all(fold(part) in phrases.whole or _is_office(part) for part in parts)


def _is_office(text: str) -> bool:
    words = [word for word in text.split() if len(word) > _SMALL_WORD]
    return 0 < len(words) <= _OFFICE_WORDS and all(word[0].isupper() for word in words)


def _row_of(bare: str, phrases: Phrases) -> Phrase | None:
    """Return what a row is of which every word is a button: "Facebook Twitter LinkedIn Print"."""
    words = bare.split()
    if len(words) < _ROW_WORDS:
        return None
    first = None
    for word in words:
        button = phrases.whole.get(word.strip(",|/·"))
        # The first word of most lines is no button.
        if button is None or button.kind != "share_widget":
            return None
        first = first or button
    return first


def _ends_in_credit(line: str, phrases: Phrases) -> bool:
    """Return whether a short line closes with a photographer in brackets: "The ministers in Bar (Photo: archive)"."""
    bracket = line.rfind("(")
    if bracket < 0 or line.count(" ") >= _CREDIT_WORDS:
        return False
    credit = line[bracket + 1 : -1]
    listed = _listed(credit, fold(credit), phrases)
    return listed is not None and listed.kind == "caption"


def _begins(opening: str, phrase: Phrase, words: int, prose: bool) -> bool:
    if not opening.startswith(phrase.text) or opening[len(phrase.text) : len(phrase.text) + 1].isalnum():
        return False
    if phrase.rest and phrase.kind != "related_items":
        # What closes a page may be said in whole sentences: "All rights reserved. No part of …". One or two words
        # begin any sentence ("Comments by the parties were …", "Sva prava vraćenih osoba …"), unless they are a label.
        following = opening[len(phrase.text) :].lstrip()[:1]
        is_label = phrase.text.endswith((":", "©")) or following.isdigit() or following in _LABEL_ENDS
        is_notice = is_label or phrase.text.count(" ") + 1 >= _NOTICE_WORDS
        return words <= _WITHIN_WORDS and (is_notice or not prose)
    # "More news is expected after the summit, …": what heads a box of links also begins sentences.
    telling = (" " in phrase.text or phrase.text.endswith(":")) and not (prose and phrase.kind == "related_items")
    return words <= (_PHRASE_WORDS if telling else _ONE_WORD_PHRASE_WORDS)


def _by_shape(line: str) -> Verdict | None:
    words = line.count(" ") + 1
    characters = set(line)
    for kind, rule, most_words, marks, holds in _SHAPES:
        if words <= most_words and (not marks or not marks.isdisjoint(characters)) and holds(line):
            return Verdict(kind, f"clean.{kind}.{rule}")
    return None


def _is_bar(line: str) -> bool:
    """Return whether the line is a row of links: short parts between separators."""
    parts = [part for part in _SEPARATOR.split(line) if part.strip()]
    if len(parts) < 2 or ends_sentence(line):
        return False
    longest = max(part.count(" ") + 1 for part in parts)
    # One upright bar may stand in a headline; an arrow, or several parts, may not.
    return longest <= 4 and (len(parts) > 2 or bool(re.search(r"[›»>]", line)) or len(line) < 40)


def _is_contact(line: str) -> bool:
    has_number = "+" in line or "@" in line or "00" in line
    return bool((has_number and _PHONE.search(line)) or _PHONE_LABEL.match(line))


# Shapes in the order in which they are asked: kind, name of the rule, the most words a line of that shape has, and the
# characters of which it has one at least: most lines of a page are words and nothing else.
_SHAPES: tuple[tuple[str, str, int, frozenset[str], Callable[[str], object]], ...] = (
    ("furniture", "address", 1, frozenset(":"), _ADDRESS.match),
    ("site_name", "domain", 1, frozenset("."), _DOMAIN.match),
    ("reference_number", "reference", _LONGEST, frozenset("/_-"), _REFERENCE.match),
    ("contact_block", "phone", 10, frozenset(), _is_contact),
    ("agency_credit", "agency", 6, frozenset(), _AGENCY.match),
    ("byline", "initials", 4, frozenset("."), _INITIALS.match),
    ("byline", "by", 10, frozenset(), _BY.match),
    ("date_line", "date", _LONGEST, frozenset("0123456789-–—"), is_date_line),
    ("caption", "credit", 30, frozenset("©(@."), _CREDIT.search),
    ("navigation", "separators", _LONGEST, frozenset("|›»>•·/"), _is_bar),
)
