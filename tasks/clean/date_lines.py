"""Dates in the lines around a text: which of them may be the day of its publication, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from tasks.clean.addresses import host_of
from tasks.clean.calendar_dates import WrittenDate, find_dates, weekdays
from tasks.clean.furniture import date_role, is_clock, is_date_line
from tasks.clean.lines import Line, is_prose
from tasks.clean.phrases import Phrases
from tasks.clean.published import DateEvidence
from tasks.clean.selection import Selection

_DATELINE = re.compile(r"^(?:[^.!?/]|/[^/\s]{2,30}/){2,80}?\s(?:--|[-–—])\s")
# A place, a comma, and at most a weekday or a small word before the date; a stop behind it.
_PLACE_BEFORE = re.compile(r"[^\W\d_a-zà-žа-ш][^\W\d_]+(?:[ -][^\W\d_]+){0,2},\s(?P<words>(?:[^\W\d_]{2,14},?\s){0,2})")
_DAY_WORDS = frozenset({"am", "dana", "den", "le", "më"})
_STOP_BEHIND = re.compile(
    r"\.?(?:\s?(?:godine|година|године))?(?:[.:]\s+(?=[\"„“«]?[^\W\d_a-zà-žа-ш])|\.?\s?(?:--|[-–—])\s)"
)
_DATELINE_CHARS = 80
# A date line this far from headline and text dates something else on the page.
_LINES_ABOVE, _LINES_BELOW = 8, 4
_LABEL_WORDS = 4
_MONTH_FIRST = frozenset({"ca", "ph", "us"})
# Two figures and a year between strokes: which of them is beyond twelve is the day.
_STROKES = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:19|20)\d\d(?![\d/])")
_MASTHEAD = frozenset({"navigation", "site_name"})
_RANGE = re.compile(r"\d{1,2}\.?\s?(?:[-–/&]|to|and|bis|und|do|i|ir|en|tot|et|au|dhe|deri|in|и|до)\s?$")
_PROVENANCE = frozenset({"source_block", "syndication_wrapper", "project_link"})
# A sentence about the publication is short ("Published on 3 May 2024 by the press office.").
_LONGEST, _LONGEST_PROSE = 600, 160
_WORD = re.compile(r"[^\W\d_]+")


def from_lines(
    lines: Sequence[Line],
    headline: int | None,
    title: str | None,
    selection: Selection,
    day_first: bool,
    phrases: Phrases,
) -> list[DateEvidence]:
    """Return the dates of the lines around the text, nearest to the headline first, then those below the text.

    Args:
        lines: All lines of the page in order.
        headline: Number of the headline's line.
        title: The headline; a date that stands behind it in its line is none of its words.
        selection: Which lines are the text; lines that say where it comes from are read by `from_links`.
        day_first: Whether 03/04/2021 is the 3rd of April (`writes_day_first`).
        phrases: Word lists.
    """
    first, last = selection.first, selection.last
    top = first if headline is None else headline
    # Some pages put the date line below the lead; below a heading stands the date of what it heads.
    lead = takewhile(lambda n: lines[n].form != "head", range(first, min(last, first + _LINES_BELOW)))
    inside = [n for n in lead if n in selection.removed]
    between = [*range(top + 1, first), *inside]
    above = list(range(top - 1, max(-1, top - 1 - _LINES_ABOVE), -1))
    below = list(range(last + 1, min(len(lines), last + 1 + _LINES_BELOW)))
    # Further below, a date that nothing calls that of publication is another item's.
    distant = frozenset(below[1:])
    masthead = _masthead(lines, selection, above)
    found: list[DateEvidence] = []
    if headline is not None and title and lines[headline].text.startswith(title):
        behind = replace(lines[headline], text=lines[headline].text[len(title) :].strip(" ()[]|,-–—"))
        found += _from_line(behind, "", day_first, phrases, True) if is_date_line(behind.text) else []
    for n in (*between, *above, *below):
        if n in selection.removed and selection.removed[n].kind in _PROVENANCE:
            continue
        line = _whole(lines, n)
        if n < masthead and find_dates(line.text) and date_role(line.text, phrases) != "published":
            found.append(DateEvidence("visible_line", None, "clock"))
            continue
        if _is_other_item(line):
            continue
        label = lines[n - 1].text if n > 0 and lines[n - 1].text.count(" ") < _LABEL_WORDS else ""
        label = "" if find_dates(label) else label
        if n in distant and date_role(line.text, phrases) is None and date_role(label, phrases) is None:
            continue
        found.extend(_from_line(line, label, day_first, phrases, n > top))
    if first < len(lines):
        found.extend(_from_dateline(lines[first].text, day_first))
    # What gives no day comes last: it explains why there is none.
    return sorted(found, key=lambda one: (one.day is None, not one.is_original))


def writes_day_first(language: str, url: str | None, tag: str | None = None, lines: Sequence[Line] = ()) -> bool:
    """Return whether a page writes the day before the month.

    All languages of ours but English do, and in English all but North America and those who write for everybody (.com),
    unless they call their English that of another country, or another date of the page can be read in no other way.

    Args:
        language: Language of the text.
        url: Address of the page, if known.
        tag: Language tag of the page, if it has one; "en-US" is what many systems set unasked and tells nothing.
        lines: All lines of the page.
    """
    domain = host_of(url).rsplit(".", 1)[-1]
    if language != "en" or domain == "int" or (len(domain) == 2 and domain not in _MONTH_FIRST):
        return True
    country = (tag or "").replace("_", "-").lower().removeprefix("en-")
    if len(country) == 2 and country not in _MONTH_FIRST and country != "en":
        return True
    written = [(int(first) > 12, int(second) > 12) for line in lines for first, second in _STROKES.findall(line.text)]
    return any(day for day, _ in written) and not any(month for _, month in written)


def _masthead(lines: Sequence[Line], selection: Selection, above: Sequence[int]) -> int:
    """Return the first menu or site name above the headline: a date over it is the reader's, not the text's."""
    rows = [n for n in above if n in selection.removed and selection.removed[n].kind in _MASTHEAD]
    return min((n for n in rows if _is_menu(lines[n])), default=0)


def _is_menu(line: Line) -> bool:
    return line.hint == "navigation" or line.text.count(" ") >= 1 or "." in line.text


def _whole(lines: Sequence[Line], n: int) -> Line:
    """Return a line, with those below it where day, month and year stand one below the other, as in calendar leaves."""
    if any(one.day for one in find_dates(lines[n].text)):
        return lines[n]
    for parts in (lines[n : n + 2], lines[n : n + 3]):
        words = [word.strip(".,") for line in parts for word in line.text.split()[:4]]
        joined = ("." if all(map(str.isdigit, words)) else " ").join(words)
        if len(words) == 3 and len(parts) > 1 and any(one.day for one in find_dates(joined)):
            return replace(lines[n], text=joined)
    return lines[n]


def _is_other_item(line: Line) -> bool:
    """Return whether a line of a list is a link to another item with its date, and not the date alone."""
    if line.form != "item" or not line.hrefs:
        return False
    dates = find_dates(line.text)
    rest = line.text[: dates[0].start] + line.text[dates[-1].end :] if dates else ""
    return len(_WORD.findall(rest)) > 1


def _from_line(line: Line, label: str, day_first: bool, phrases: Phrases, is_below: bool) -> list[DateEvidence]:
    """Read one line; `label` is a short line above it that may say what the date is.

    A weekday speaks for a date below the headline; above it, it is as often part of the reader's clock.
    """
    text = line.text
    if len(text) > _LONGEST or (is_prose(text) and len(text) > _LONGEST_PROSE) or line.hint == "related_items":
        return []
    dates = find_dates(text, day_first)
    if not dates:
        return []
    if is_clock(text, phrases) or line.hint == "clock" or _is_today(text[: dates[0].start], phrases):
        return [DateEvidence("visible_line", None, "clock")]
    role = date_role(text, phrases) or date_role(label, phrases)
    if role in ("updated", "printed", "event"):
        dates = _published_among(dates, text, phrases)
        if not dates:
            return [DateEvidence("visible_line", None, f"{role}_only")]
    written = next((one for one in dates if one.day), dates[0])
    if written.day is None:
        return [DateEvidence("visible_line", None, "month_only" if written.precision == "month" else written.precision)]
    if _RANGE.search(text[: written.start]):
        # "Budva, 12-13 May 2025": the days of what is reported.
        return [DateEvidence("visible_line", None, "event_only")]
    told = "published" in (role_before(text, written.start, phrases), date_role(label, phrases))
    return [
        DateEvidence(
            "visible_line",
            written.day,
            is_original=date_role(text, phrases) == "original",
            is_labelled=told or (written.has_weekday and is_below),
        )
    ]


def _is_today(before: str, phrases: Phrases) -> bool:
    """Return whether nothing but a word for today, and perhaps the weekday, stands before the date of a line."""
    words = [word.casefold() for word in _WORD.findall(before)]
    return bool(words) and words[0] in phrases.today_words and all(word in weekdays() for word in words[1:])


def _published_among(dates: Sequence[WrittenDate], text: str, phrases: Phrases) -> list[WrittenDate]:
    """Return the dates of a line that the words before them call the day of publication.

    "Published 3 May, updated 5 May", "Updated 5 May | Published 3 May": each label speaks of the date behind it. Where
    only the second has one ("3 May | Updated: 5 May"), the first is that of the text.
    """
    roles = [role_before(text, written.start, phrases) for written in dates]
    told = [written for written, role in zip(dates, roles, strict=True) if role == "published"]
    if told or is_prose(text) or date_role(text[dates[-1].end :], phrases) is not None:
        # With words behind the last date nobody knows on which side of a date its label stands.
        return told
    return [dates[0]] if roles[0] is None and set(roles[1:]) == {"updated"} else []


def role_before(text: str, start: int, phrases: Phrases) -> str | None:
    """Return what the words between the date that begins at `start` and the one before it say about it."""
    before = [other.end for other in find_dates(text[:start]) if other.day]
    return date_role(text[max(before, default=0) : start], phrases)


def _from_dateline(text: str, day_first: bool) -> list[DateEvidence]:
    """Read "TIRANË, 22 shkurt 2024 – …" or "Skopje, 14 May 2024. …" at the beginning of the first paragraph."""
    opening = _DATELINE.match(text)
    if opening:
        days = [one.day for one in find_dates(opening[0], day_first) if one.day]
        return [DateEvidence("dateline", days[0])] if days else []
    # "Skopje, 14 May 2024. The ministers …", "Bern, 14.05.2024 - The government …"
    first = next((one for one in find_dates(text[:_DATELINE_CHARS], day_first) if one.day), None)
    if first is None or not _STOP_BEHIND.match(text[first.end :]):
        return []
    place = _PLACE_BEFORE.fullmatch(text[: first.start])
    between = place["words"].replace(",", " ").casefold().split() if place else []
    of_a_day = all(word in _DAY_WORDS or word in weekdays() for word in between)
    return [DateEvidence("dateline", first.day)] if place and of_a_day else []
