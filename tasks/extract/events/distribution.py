"""One trigger, several events: "flew to Portugal on 7 July, twenty-four to Finland on 8 July" tells two flights.

A sentence is split when several days, none of them inside another, each come with a party or place of their own. The
day may close its part (the flights above) or open it ("two visits: on 1 August the Commissioner …, from 8 to 10
August officials …").
"""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.events.anchoring import usable_dates
from tasks.extract.events.drafts import Draft

# Acts of several days.
_LASTING = frozenset({"meeting", "negotiation", "training", "visit"})
_PARTS = frozenset({"territory", "organisation", "region", "person", "place"})


def distribute(draft: Draft) -> list[Draft]:
    """Return a draft for each day of a sentence that tells several events with one trigger; else the draft itself."""
    view = draft.view
    if draft.frame.date_fill == "publication_only":
        return [draft]
    days = [index for index in usable_dates(draft) if view.spans[index][0] > draft.hit.last]
    if len(days) < 2 or len({view.mentions[index].date_start for index in days}) < len(days):
        return [draft]
    if len(days) == 2 and _runs_from_to(draft, days[0], days[1]):
        first, last = (view.mentions[index] for index in days)
        draft.take_date(first, "text")
        draft.date_end = last.date_end
        return [draft]
    if draft.is_noun:
        if view.clause_of(view.spans[days[0]][0]) == draft.clause:
            return [draft]
        windows = _opening(draft, days)
    else:
        if any(view.clause_of(view.spans[index][0]) != draft.clause for index in days):
            return [draft]
        if view.language == "en" and _another_acts(draft, view.spans[days[-1]][0]):
            return [draft]
        windows = _closing(draft, days)
    # Visits listed behind a colon need not each name somebody; the second half of a verb's clause must.
    enough = any if draft.is_noun else all
    if not enough(_has_part(draft, window) for window in windows):
        return [draft]
    found = []
    for index, window in zip(days, windows, strict=True):
        part = replace(draft, window=window, arguments=[])
        part.take_date(view.mentions[index], "text")
        found.append(part)
    return found


def _runs_from_to(draft: Draft, first: int, last: int) -> bool:
    """True for one act with its first and last day ("opened on Monday in Bonn and ends tomorrow")."""
    view = draft.view
    begin, end = view.mentions[first], view.mentions[last]
    if draft.claim_type not in _LASTING or {begin.date_precision, end.date_precision} != {"day"}:
        return False
    if begin.date_start is None or end.date_end is None or not begin.date_start < end.date_end:
        return False
    between = range(view.spans[first][1] + 1, view.spans[last][0])
    return any(hit.first in between for key in ("ended", "edge") for hit in view.of_kind("word", key))


def _closing(draft: Draft, days: list[int]) -> list[tuple[int, int]]:
    """Windows that end with their day."""
    begin, windows = draft.hit.head_end, []
    for index in days:
        end = draft.view.spans[index][1]
        windows.append((begin, end))
        begin = end + 1
    return windows


def _opening(draft: Draft, days: list[int]) -> list[tuple[int, int]]:
    """Windows that begin with their day."""
    starts = [draft.view.spans[index][0] for index in days]
    ends = [start - 1 for start in starts[1:]] + [len(draft.view.tokens) - 1]
    return list(zip(starts, ends, strict=True))


def _another_acts(draft: Draft, position: int) -> bool:
    """True if another verb stands before the last day: "met him on Wednesday and promised to send ten in 2019"."""
    return any(
        draft.hit.last < hit.first < position
        and hit.entry.tense in ("past", "base")
        and hit.entry.key != draft.hit.entry.key
        and hit.first not in draft.view.inside
        and hit.first == hit.last
        for hit in draft.view.of_kind("trigger")
    )


def _has_part(draft: Draft, window: tuple[int, int]) -> bool:
    return any(
        mention.kind in _PARTS and window[0] <= first <= window[1]
        for mention, (first, _) in zip(draft.view.mentions, draft.view.spans, strict=True)
    )
