"""Weekdays: "on Wednesday", "last Thursday", "on Monday and Tuesday", resolved against the day of publication."""

from __future__ import annotations

import re
from datetime import date

from tasks.extract.dates.calendar_math import UNKNOWN, Span, days_between, weekday_near
from tasks.extract.dates.date_words import DateLetters
from tasks.extract.dates.dates import FoundDate
from tasks.extract.dates.outlook import told_in_past
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import View

# In these languages a weekday may stand without a preposition: "said Wednesday", "antradienį", "a adopté mercredi".
_BARE_WEEKDAY = frozenset({"en", "fr", "lt", "nl"})
# A weekday, and the one joined to it.
_WEEKDAYS = re.compile("w(?:(?:[ta]f?h?|-)w)?")
_WEEK = 7


def find_weekdays(view: View, letters: DateLetters, taken: SpanMask) -> list[FoundDate]:
    """Return the weekdays of a text that lie in no other date, in order.

    Args:
        view: The text.
        letters: Its date letters.
        taken: Where other dates stand.
    """
    found: list[FoundDate] = []
    words = view.words
    for match in _WEEKDAYS.finditer(letters.letters):
        at = match.start()
        index = letters.tokens[at]
        token = view.tokens[index]
        if taken.covers(token.start):
            continue
        before = view.tokens[index - 1].folded if index else ""
        turned = before in words["last"] or before in words["next"]
        is_led = turned or before in words["weekday_before"] or before in words["weekday_ahead"]
        if not (is_led or view.language in _BARE_WEEKDAY):
            continue
        start = view.tokens[index - 1].start if turned else token.start
        span = _weekday_days(view, letters.numbers[at], before, token.start)
        if match.end() - 1 == at:
            _add(found, start, token.end, "date.weekday", span)
            continue
        second = view.tokens[letters.tokens[match.end() - 1]]
        last = _weekday_days(view, letters.numbers[match.end() - 1], "", second.start)
        days = (letters.numbers[match.end() - 1] - letters.numbers[at]) % _WEEK
        if days == 1 or (days and "a" not in match.group()):
            _add(found, start, second.end, "date.weekday", days_between(span, last, days))
        else:
            # "On Monday and Thursday": days apart are two dates.
            _add(found, start, token.end, "date.weekday", span)
            _add(found, second.start, second.end, "date.weekday", last)
    return found


def _add(found: list[FoundDate], start: int, end: int, rule_id: str, span: Span) -> None:
    found.append(FoundDate(start, end, rule_id, span, ""))


def _weekday_days(view: View, weekday: int, before: str, offset: int) -> Span:
    anchor = view.document.published_on
    if anchor is None:
        return UNKNOWN
    if before in view.words["last"]:
        direction = "last"
    elif before in view.words["next"]:
        direction = "next"
    else:
        direction = "future" if _is_set_for(view, offset) or _is_ahead(view, offset) else "past"
    day: date = weekday_near(weekday, anchor, direction)
    return Span(day, day, "day", anchor)


def _is_set_for(view: View, offset: int) -> bool:
    """True for the weekday something was set for ("za petak", "für Freitag"), also when it was called off."""
    words, tokens = view.words, view.tokens
    at = view.token_index(offset) - 1
    if at > 0 and tokens[at].folded in words["weekday_before"] - words["weekday_ahead"]:
        at -= 1
    return at >= 0 and tokens[at].folded in words["weekday_ahead"]


def _is_ahead(view: View, offset: int) -> bool:
    """True if the sentence speaks of what is to come, and the date is not that of who says so."""
    if told_in_past(view, offset):
        return False
    sentence = view.sentence(offset)
    first, last = view.token_index(sentence.start), view.token_index(sentence.end)
    return any(token.folded in view.words["future"] for token in view.tokens[first:last])
