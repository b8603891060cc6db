"""The forms dates are written in, over the letters of `date_words`: days, months, years, ranges of each.

Which of the matches are dates, and which days they mean, is decided in `dates.dates`.
"""

from __future__ import annotations

import re

_DAY = r"d[.o]?"
_OF = r"p?h?"
_YEAR = r"(?:,?p?h?(?P<y>y)(?:\.?c)?)?"
_TO = r"(?:,?[ta]|-)f?h?(?:w,?)?h?"
_FROM = r"f?h?(?:w,?)?h?"
# "12, 13 and 14 May": more days than that are no list of days, and the bound keeps the search linear.

# Rules in the order in which they may claim letters. Groups: d day, m month, y year; 1 and 2 tell the ends of a range.
# A point behind a month that comes first shortens it ("Dec. 8, 2014"): nothing else stands between it and a day.
GRAMMAR: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("date.iso", r"(?P<y>y)(?P<s1>-)(?P<m>d)(?P<s2>-)(?P<d>d)"),
        ("date.numeric_range", rf"{_FROM}(?P<d>d)\.?{_TO}(?P<d2>d)\.(?P<m>d)\.(?P<y>y)(?:\.?c)?"),
        ("date.numeric", r"(?:w,?)?(?P<d>d)(?P<s1>[./-])(?P<m>d)(?P<s2>[./-])(?P<y>y)(?:\.?c)?"),
        ("date.numeric_day", r"(?P<d>d)(?P<s1>\.)(?P<m>d)(?P<s2>\.)"),
        ("date.range_two_months",
         rf"{_FROM}(?P<d>{_DAY}){_OF}(?P<m>m)(?:,?p?h?(?P<y1>y)(?:\.?c)?)?{_TO}(?P<d2>{_DAY}){_OF}(?P<m2>m){_YEAR}"),
        ("date.range_days", rf"{_FROM}(?P<d>{_DAY})(?:(?:,|{_TO})h?(?P<d2>{_DAY})){{1,6}}{_OF}(?P<m>m){_YEAR}"),
        ("date.month_first_two_months",
         rf"{_FROM}(?P<m>m)\.?h?(?P<d>{_DAY})(?:,?(?P<y1>y))?{_TO}(?P<m2>m)\.?h?(?P<d2>{_DAY})(?:,?(?P<y>y))?"),
        ("date.month_first_range",
         rf"{_FROM}(?:(?P<y0>y)c\.?)?(?P<m>m)\.?h?(?P<d>{_DAY})(?:(?:,|{_TO})h?(?P<d2>{_DAY})){{1,6}}(?!m)(?:e\.?)?(?:,?(?P<y>y))?"),
        ("date.day_month", rf"(?:w,?)?h?(?P<d>{_DAY}){_OF}(?P<m>m){_YEAR}"),
        ("date.month_day",
         r"(?:w,?)?(?:(?P<y0>y)c\.?)?(?P<m>m)\.?h?(?P<d>d)(?:o(?![mf]))?(?!m)(?:e\.?)?(?:,?(?P<y>y))?"),
        ("date.year_month", r"(?P<y>y)c\.?(?P<m>m)(?:c\.?)?"),
        ("date.month_range", rf"f?(?P<m>m)(?:{_TO})(?P<m2>m){_YEAR}"),
        ("date.month", rf"(?P<m>m){_YEAR}"),
        ("date.year_range", r"f?(?:h?c)?(?P<y1>y)(?:-|[ta])(?P<y>y)(?:\.?c\.?)?"),
        ("date.year", r"(?P<y>y)(?:\.?c\.?)?"),
    )
)  # fmt: skip

# What a date may be made of: no rule has a letter for other words and for line ends, and each needs a month, a year or
# two numbers with dots.
RUN = re.compile(r"[^x|]+")
DATED = re.compile(r"[my]|d\.d\.")
# Years that German texts name without a word before them.
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1990, 2049
# Languages in which a month without a preposition is when something happened.
BARE_MONTH = frozenset({"lt", "sl"})
