"""Full calendar dates as they are written on pages in our languages.

Only what date lines need; dates of events are read elsewhere. Month names come from CLDR (Babel) and a few endings that
CLDR does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

_LOCALES = ("en", "lt", "nl", "de", "fr", "bs", "hr", "sr", "sr_Latn", "mk", "sq", "sl")
# The first web pages; what is older is not the day a page was published.
EARLIEST = date(1992, 1, 1)

_MONTH = r"(?P<w>[^\W\d_]{3,12})\.?"
_BEFORE, _YEAR_GROUP, _DAY = r"(?<![\d.,/-])", r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d\d?)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2025-07-03, 2025 07 03, 2025.07.03
        _BEFORE + _YEAR_GROUP + r"(?P<s>[-./ ])\s?(?P<m>\d\d?)(?P=s)\s?" + _DAY + r"(?![\d/]|-\d|[.,]\d)",
        # 2021 m. rugpjūčio 14 d.
        _BEFORE + _YEAR_GROUP + r"\s*m\.\s*" + _MONTH + r"\s+" + _DAY + r"(?!\d)",
        # 29. 02. 2016., 19/11/2021, 11.08.2021
        _BEFORE + _DAY + r"(?P<s>\s?[./-]\s?)(?P<m>\d\d?)(?P=s)" + _YEAR_GROUP + r"(?!\d)",
        # 3 July, 2025, 12. svibnja 2020., 1er juillet 2021
        _BEFORE
        + _DAY
        + r"(?:st|nd|rd|th|er|º|\.)?\s?(?:of |de |d’)?"
        + _MONTH
        + r",?\s+(?:de )?"
        + _YEAR_GROUP
        + r"(?!\d)",
        # Jan 08, 2020
        r"(?<![^\W\d_])" + _MONTH + r"\s+" + _DAY + r"(?:st|nd|rd|th)?\s?,?\s+" + _YEAR_GROUP + r"(?!\d)",
    )
)
# Who writes the time so writes the month first.
_AMERICAN = re.compile(r"\d\s?[AP]M\b")
_UTC_TIME = re.compile(r"(?<!\d)([01]\d|2[0-3]):?\d\d[\d:.]*\s?(?:Z|UTC|GMT|[+-]00:?00)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_ONLY = re.compile(r"(?<![^\W\d_])" + _MONTH + r",?\s+(?P<y>(?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last.
        day: The day; None where only a month is given or where day and month cannot be told apart.
        precision: `day`, `month`, or `ambiguous` (03/04/2021 in an English text).
    """

    start: int
    end: int
    day: date | None
    precision: str


def find_dates(text: str, day_first: bool = True) -> list[WrittenDate]:
    """Return the dates of a short text in the order in which they stand, months without a day included.

    Args:
        text: A line, not a document.
        day_first: False where 03/04/2021 may as well be the 4th of March: such a date then has no day.
    """
    found: list[WrittenDate] = []
    if not _YEAR.search(text):
        return found
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.extend(_read(match, day_first))
    for match in _MONTH_ONLY.finditer(text):
        clash = any(match.start() < other.end and other.start < match.end() for other in found)
        if not clash and match["w"].casefold() in months():
            found.append(WrittenDate(match.start(), match.end(), None, "month"))
    return sorted(found, key=lambda written: written.start)


def _read(match: re.Match[str], day_first: bool) -> Iterator[WrittenDate]:
    parts = match.groupdict()
    year, day = int(parts["y"]), int(parts["d"])
    if parts.get("w") is not None:
        month = months().get(parts["w"].casefold(), 0)
    else:
        month = int(parts["m"])
        slashed = (parts.get("s") or "").strip() == "/" and match.start("d") < match.start("y")
        if (slashed and month > 12 >= day) or (slashed and _AMERICAN.search(match.string, match.end())):
            day, month = month, day
        elif slashed and not day_first and day != month and day <= 12:
            yield WrittenDate(match.start(), match.end(), None, "ambiguous")
            return
    try:
        yield WrittenDate(match.start(), match.end(), date(year, month, day), "day")
    except ValueError:
        return


def parse_stamp(value: str | None) -> date | None:
    """Return the civil day of a machine-readable stamp, or None: 2021-11-19T13:45:10.000Z, 20211119, Jan 08, 2020.

    The day is taken as the page gives it: an offset says where the publisher's clock stands, it does not move the day.
    """
    match = re.match(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)", value or "")
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    written = find_dates((value or "")[:80])
    return written[0].day if written else None


def utc_hour(stamp: str | None) -> int | None:
    """Return the hour of a stamp that gives a time in UTC; None for a stamp without a time or with another offset."""
    match = _UTC_TIME.search(stamp or "")
    return int(match[1]) if match else None


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return the number of each month name and abbreviation of our languages, folded, without a full stop."""
    names: dict[str, int] = {}
    for code in _LOCALES:
        calendar = Locale.parse(code).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[context][width].items():
                    for form in _forms(name.rstrip(".").casefold(), code):
                        names.setdefault(form, number)
    # Spellings that pages use and CLDR does not: a fifth letter in English, Bosnian with Croatian sounds, Albanian
    # definite.
    names.update({"sept": 9, "mrt": 3, "avgust": 8, "augusta": 8, "juni": 6, "juli": 7})
    return names


def _forms(name: str, code: str) -> Iterator[str]:
    yield name
    if code in ("bs", "sr_Latn", "sr", "sl"):
        # Genitive: januara, marca, septembra, januarja.
        ending = "а" if code == "sr" else "a"
        yield name + ending
        for nominative, genitive in (("bar", "bra"), ("ber", "bra"), ("ec", "ca"), ("бар", "бра"), ("ar", "arja")):
            if name.endswith(nominative):
                yield name.removesuffix(nominative) + genitive
    if code == "sq":
        yield name + "it"
        yield name + "ut"
        yield name.replace("ë", "e")
