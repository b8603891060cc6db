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
_FIRST_SHORT_YEAR = EARLIEST.year - 1900

_MONTH = r"(?P<w>[^\W\d_]{3,12})\.?"
# "Tuesday,14 May 2024" is a date, the end of "1,14 May 2024" is none.
_BEFORE, _YEAR_GROUP, _DAY = r"(?<![\d./-])(?<!\d,)", r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d\d?)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2025-07-03, 2025 07 03, 2025.07.03
        _BEFORE + _YEAR_GROUP + r"(?P<s>[-./ ])\s?(?P<m>\d\d?)(?P=s)\s?" + _DAY + r"(?![\d/]|-\d|[.,]\d)",
        # 2021 m. rugpjūčio 14 d., 2021 rugpjūčio 14, 2021 m. rugpjūčio mėn. 14 d.
        _BEFORE + _YEAR_GROUP + r"(?:\s*m\.\s*|\s+)" + _MONTH + r"(?:\s+mėn\.)?\s+" + _DAY + r"(?![\d.,/-]*\d)",
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
        # 14-May-2024
        _BEFORE + _DAY + r"-" + _MONTH + r"-" + _YEAR_GROUP + r"(?!\d)",
        # 14. V. 2024.
        _BEFORE + _DAY + r"\.?\s?(?P<r>I{1,3}|I?VI{0,3}|I?XI{0,2})\.?\s?" + _YEAR_GROUP + r"(?!\d)",
        # Jan 08, 2020, MAY 14,2024
        r"(?<![^\W\d_])" + _MONTH + r"\s+" + _DAY + r"(?:st|nd|rd|th)?(?:\s?,?\s+|,)" + _YEAR_GROUP + r"(?!\d)",
    )
)
_OTHER_WEEKDAYS = {
    "ponedeljak": 0, "ponedjeljak": 0, "srijeda": 2, "srijedu": 2, "sreda": 2, "sredu": 2, "subotu": 5, "nedjelja": 6,
    "nedjelju": 6, "nedelja": 6, "nedelju": 6, "среду": 2, "суботу": 5, "недељу": 6, "sredo": 2, "soboto": 5,
    "nedeljo": 6, "pirmadienį": 0, "antradienį": 1, "trečiadienį": 2, "ketvirtadienį": 3, "penktadienį": 4,
    "šeštadienį": 5, "sekmadienį": 6,
}  # fmt: skip
# Who writes the time so writes the month first.
_AMERICAN = re.compile(r"\d\s?[AP]M\b")
_UTC_TIME = re.compile(r"(?<!\d)([01]\d|2[0-3]):?\d\d[\d:.]*\s?(?:Z|UTC|GMT|[+-]00:?00)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
# 14.05.24: only in a line that is hardly more than its date; elsewhere it is an article, a version or a telephone.
_SHORT_YEAR = re.compile(r"(?<![\w.,/+-])(?P<d>\d\d)(?P<s>[./])(?P<m>\d\d)(?P=s)(?P<y>\d\d)(?![\w/-]|[.,] ?\d)")
_SHORT_LINE = 40
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# "Tuesday, 14 May 2024", "2024-05-14 (antradienis)".
_WORD_BEFORE = re.compile(r"([^\W\d_]{2,14})\.?\s?[,(]?\s*$")
_WORD_BEHIND = re.compile(r"(?:\s?d\.)?\s?[,(]?\s?([^\W\d_]{4,14})(?![^\W\d_])")
_MONTH_ONLY = re.compile(r"(?<![^\W\d_])" + _MONTH + r",?\s+(?P<y>(?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last.
        day: The day; None where only a month is given or where day and month cannot be told apart.
        precision: `day`, `month`, `ambiguous` (03/04/2021 in an English text), or `wrong_weekday` where the page gives
            the day a weekday that it was not.
        has_weekday: True if the page gives the day its right weekday.
    """

    start: int
    end: int
    day: date | None
    precision: str
    has_weekday: bool = False


def find_dates(text: str, day_first: bool = True) -> list[WrittenDate]:
    """Return the dates of a short text in the order in which they stand, months without a day included.

    A weekday beside a date is compared with it, and tells day and month apart.

    Args:
        text: A line, not a document.
        day_first: False where 03/04/2021 may as well be the 4th of March: such a date then has no day.
    """
    if not _YEAR.search(text):
        short = _SHORT_YEAR.search(text) if len(text) <= _SHORT_LINE else None
        return list(_read(short, day_first)) if short else []
    return list(_with_year(text, day_first))


# A page's few lines with a date are asked by whoever looks at lines: as a box, as a label, as evidence.
@lru_cache(maxsize=128)
def _with_year(text: str, day_first: bool) -> tuple[WrittenDate, ...]:
    found: list[WrittenDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.extend(_read(match, day_first))
    for match in _MONTH_ONLY.finditer(text):
        clash = any(match.start() < other.end and other.start < match.end() for other in found)
        if not clash and match["w"].casefold() in months():
            found.append(WrittenDate(match.start(), match.end(), None, "month"))
    return tuple(sorted(found, key=lambda written: written.start))


def _read(match: re.Match[str], day_first: bool) -> Iterator[WrittenDate]:
    """Yield the date of a match, if there is such a day."""
    first, second = _numbers(match)
    year = int(match["y"]) + (0 if len(match["y"]) == 4 else 1900 if int(match["y"]) >= _FIRST_SHORT_YEAR else 2000)
    # Day and month, and the other way round where figures between strokes may be meant so.
    readings = [(first, second)]
    if _is_slashed(match):
        american = _AMERICAN.search(match.string, match.end()) is not None
        readings = [(second, first)] if american else [(first, second)] if day_first else [*readings, (second, first)]
        if second > 12:
            readings = [(second, first)]
    days = [day for day in dict.fromkeys(_day(year, month, number) for number, month in readings) if day is not None]
    named = _weekdays_beside(match)
    fitting = [day for day in days if not named or day.weekday() in named]
    if len(fitting) == 1:
        yield WrittenDate(match.start(), match.end(), fitting[0], "day", bool(named))
    elif days:
        yield WrittenDate(match.start(), match.end(), None, "ambiguous" if fitting else "wrong_weekday")


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    """Return day and month, in the order in which a page writes figures; month 0 if the word is no month."""
    parts = match.groupdict()
    day = int(parts["d"])
    if parts.get("w") is not None:
        return day, months().get(parts["w"].casefold(), 0)
    return day, _ROMAN.index(parts["r"]) + 1 if parts.get("r") else int(parts["m"])


def _is_slashed(match: re.Match[str]) -> bool:
    return (match.groupdict().get("s") or "").strip() == "/" and match.start("d") < match.start("y")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekdays_beside(match: re.Match[str]) -> frozenset[int]:
    """Return which weekdays the word before or behind a date may be; empty if it is none."""
    before = _WORD_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()])
    behind = _WORD_BEHIND.match(match.string, match.end())
    named = weekdays().get(before[1].casefold(), frozenset()) if before else frozenset[int]()
    return named or (weekdays().get(behind[1].casefold(), frozenset()) if behind else named)


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


@lru_cache(maxsize=1)
def weekdays() -> dict[str, frozenset[int]]:
    """Return which days of the week (0 = Monday) a name or abbreviation stands for, folded, without a full stop.

    A name of two words is known by its last ("e martë"), also without its diaeresis. An abbreviation may be two days in
    two languages.
    """
    names: dict[str, set[int]] = {}
    for code in _LOCALES:
        calendar = Locale.parse(code).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[context][width].items():
                    last = name.rstrip(".").casefold().split()[-1]
                    for form in (last, last.replace("ë", "e")):
                        names.setdefault(form, set()).add(number)
    # What CLDR does not list: Serbian as the Bosnians write it, accusatives, other spellings of Macedonian.
    for form, number in _OTHER_WEEKDAYS.items():
        names.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in names.items()}


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
