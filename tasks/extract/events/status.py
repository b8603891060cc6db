"""Has it happened? Status of a draft from the verb's own words, its day, and where in the document it is told.

The rules are those of the codebook: occurred is the news, background is recalled, planned is announced or pending on
the day of the document, cancelled was called off or explicitly did not take place. When in doubt between planned and
occurred, planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.extract.events.cues import PLANNED
from tasks.extract.events.drafts import Draft
from tasks.extract.events.stance import describes_noun

# A report appears within a week of what it reports; what its headline or lead says may be a month old.
_NEWS = timedelta(days=4)
_FRESH = timedelta(days=2)
_LEAD_NEWS = timedelta(days=31)
_PERIODS = frozenset({"month", "year"})
# Verbs of telling in the past, behind which English shifts the tense.
_TOLD = frozenset({"announced", "said", "reported", "confirmed", "stated"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that tells news from history.

    Attributes:
        day: Day of publication, else the last day of the first event headline or lead report as done.
        head_types: Event types that headline and lead tell about.
        head_done: Those of them that they tell as done.
    """

    day: date | None
    head_types: frozenset[str]
    head_done: frozenset[str]


def judge(draft: Draft, anchor: Anchor) -> tuple[str, bool]:
    """Return the status of a draft and whether it is negated."""
    cues, day = draft.cues, anchor.day
    if draft.group.status is not None:
        fixed = draft.group.status
        return (fixed, fixed == "cancelled")
    if "cancel" in cues:
        return "cancelled", True
    if "negation" in cues:
        return ("planned", False) if "yet" in cues else ("cancelled", True)
    if _is_planned(draft) or (day is not None and draft.date_start is not None and draft.date_start > day):
        return "planned", False
    if _is_under_way(draft, day):
        return "planned", False
    if _is_recalled(draft, anchor):
        return "background", False
    return "occurred", False


def _is_planned(draft: Draft) -> bool:
    tense = draft.hit.entry.tense
    if draft.frame.present_is_plan and tense == "present" and not draft.in_title and draft.date_start is None:
        return True
    if tense in ("infinitive", "future") or draft.marker == "next" or "condition" in draft.cues:
        return True
    return bool(draft.cues & PLANNED)


def _is_under_way(draft: Draft, day: date | None) -> bool:
    """True for what a present tense sets within a month or year that is not over: "opens 500 places this month"."""
    if day is None or draft.date_end is None or draft.date_precision not in _PERIODS:
        return False
    return draft.date_end > day and draft.hit.entry.tense == "present" and not draft.in_title


def _is_recalled(draft: Draft, anchor: Anchor) -> bool:
    cues = draft.cues
    if (
        ("pluperfect" in cues and not _is_reported(draft) and not _is_fresh(draft, anchor))
        or "hindsight" in cues
        or draft.marker == "previous"
    ):
        return True
    dated = draft.date_basis == "text" and draft.date_end is not None and anchor.day is not None
    others = anchor.head_types - {draft.claim_type}
    if dated and others and not draft.in_title and "recent" not in cues and describes_noun(draft):
        return draft.date_end is not None and anchor.day is not None and draft.date_end < anchor.day
    if draft.date_end is not None and anchor.day is not None:
        exact = draft.in_head or draft.date_precision in ("day", "approx")
        if exact or is_old(draft, anchor.day):
            return is_old(draft, anchor.day)
    elif "recent" in cues or "occasion" in cues:
        return False
    elif anchor.head_done & set(draft.frame.precedes) and not draft.in_title:
        return True
    elif draft.in_head:
        # "Since 2017, 11,000 people have been evacuated": the lead sums up what went before.
        return not draft.in_title and draft.view.language == "en" and {"background", "perfect"} <= cues
    if "background" in cues:
        return True
    # English tells what came of a meeting in the past ("Austria undertook to …"), what was before it in the perfect.
    earlier = draft.view.language == "en" and "perfect" in cues
    news = {draft.claim_type} if earlier else {draft.claim_type, *draft.frame.told_with}
    past = draft.hit.entry.tense not in ("present", "base")
    return draft.frame.recalls and past and not anchor.head_types & news


def _is_fresh(draft: Draft, anchor: Anchor) -> bool:
    """True for "On Thursday she had been received by …", told on Friday: part of the news, told in its order."""
    if anchor.day is None or draft.date_end is None:
        return False
    stated = draft.date_basis == "text" and draft.date_precision == "day"
    once = sum(token.word == "had" for token in draft.view.tokens[: draft.hit.first]) <= 1
    return once and stated and anchor.day - _FRESH <= draft.date_end <= anchor.day


def _is_reported(draft: Draft) -> bool:
    """True for "announced that it had helped": English shifts the perfect back behind a verb of telling."""
    view, words = draft.view, [token.word for token in draft.view.tokens[: draft.hit.first]]
    if view.language != "en" or "that" not in words:
        return False
    that = len(words) - 1 - words[::-1].index("that")
    return bool(_TOLD & set(words[:that])) and "had" not in words[:that]


def is_old(draft: Draft, day: date) -> bool:
    """True if the draft's day lies before the news: a week before the document, a month for headline and lead."""
    if draft.date_end is None:
        return False
    window = _LEAD_NEWS if draft.in_head else _NEWS
    return draft.date_end < day - window
