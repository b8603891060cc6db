"""Dates of a sentence that are not the day of its event: part of a name, a period meant, the day something was said.

Which of the others is the day is decided in `events.anchoring`.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft
from tasks.extract.sentences.sentence_view import SentenceView

# Acts that begin a state, which the English perfect tells with the day of the act.
_LASTING = frozenset({"agreement_entered_into_force", "agreement_signed", "deployment", "opening", "project_launched"})
# "Odluke Vlade iz", "the decision of the government of": tokens between a decision and the link to its year.
_AUTHOR = 3
_BEFORE = frozenset({"before"})
_DATED = frozenset({"dating", "dated", "back"})
_PERFECT = frozenset({"has", "have", "had"})
# Kinds inside whose names a date is part of the name ("2025-2026 operational plan").
_NAMES = frozenset({"instrument", "project", "organisation", "person", "place"})


def belongs_to_name(draft: Draft, index: int) -> bool:
    """True for a date inside a name, behind `since` or `until`, or of an instrument ("the agreement of 2009")."""
    view = draft.view
    first, last = view.spans[index]
    mention = view.mentions[index]
    precise = mention.date_precision in ("day", "approx")
    inside = any(
        other.kind in _NAMES and other.start <= mention.start and mention.end <= other.end for other in view.mentions
    )
    if inside and not precise:
        return True
    before = first - 1
    if before < 0 or draft.hit.first <= before <= draft.hit.last:
        return False
    if view.language == "en" and _is_aside(view, before):
        return True
    if mention.date_precision == "year" and (_is_for(view, before) or _is_period(view, index)):
        return True
    if draft.claim_type == "pledge_or_commitment" and any(
        hit.entry.key == "by" for hit in view.ending_at.get(before, ())
    ):
        # "committed itself to receiving 1,000 people by 2026": a deadline.
        return True
    if before in view.lasts("word", "edge") and not _is_start(draft, before):
        return True
    if _is_given_up(draft, index):
        return True
    nouns = view.lasts("word", "agreement") | view.lasts("word", "law")
    linked = any(hit.entry.key in ("of", "from") for hit in view.ending_at.get(before, ()))
    if not precise and _of_decision(view, before):
        return True
    if linked and (
        before - 1 in nouns or view.tokens[before - 1].word == "one" or is_of_kind(view, before - 1, "instrument")
    ):
        return True
    return not precise and (last + 1 in nouns or is_of_kind(view, last + 1, "instrument"))


def _is_aside(view: SentenceView, before: int) -> bool:
    """True for the deadline of "is to be signed before the summer" and the noun's year in "a text dating from 2002"."""
    bound = before - 1 if view.tokens[before].word == "the" else before
    return view.tokens[bound].word in _BEFORE or (before > 0 and view.tokens[before - 1].word in _DATED)


def _of_decision(view: SentenceView, before: int) -> bool:
    """True behind "from" and a decision with its author, or behind another such year: odluke Vlade iz 2015. i 2017."""
    if before in view.lasts("connector"):
        earlier = [first for first, last in (view.spans[at] for at in _dates(view)) if before - 2 <= last < before]
        return any(_of_decision(view, first - 1) for first in earlier)
    acts = view.lasts("word", "act")
    from_then = any(hit.entry.key == "from" for hit in view.ending_at.get(before, ()))
    return from_then and any(before - distance in acts for distance in range(1, _AUTHOR + 1))


def _dates(view: SentenceView) -> list[int]:
    return [index for index, mention in enumerate(view.mentions) if mention.kind == "date"]


def _is_period(view: SentenceView, index: int) -> bool:
    """True for years that say how long something runs, behind no preposition: "a 2024-2025 resettlement programme"."""
    first, mention = view.spans[index][0], view.mentions[index]
    if view.language != "en" or mention.date_start is None or mention.date_end is None:
        return False
    if mention.date_end.year == mention.date_start.year:
        return False
    return not any(hit.entry.kind in ("preposition", "attaching") for hit in view.ending_at.get(first - 1, ()))


def _is_given_up(draft: Draft, index: int) -> bool:
    """True for the day from which an act was moved to another ("has been moved from June to the autumn")."""
    view, last = draft.view, draft.view.spans[index][1]
    return is_moved(draft, index) and view.tokens[min(last + 1, len(view.tokens) - 1)].word in ("to", "until")


def is_moved(draft: Draft, index: int) -> bool:
    """True for a date behind "moved from": another takes its place, or its own end does if it is a range."""
    view, first = draft.view, draft.view.spans[index][0]
    moved = any(draft.clause[0] <= hit.first < first for hit in view.of_kind("word", "rescheduled"))
    return moved and "from" in (view.tokens[first - 1].word, view.tokens[first].word)


def _is_start(draft: Draft, position: int) -> bool:
    """True for the day since which a state lasts that an act began: "has been on duty since Monday"."""
    opens = draft.view.tokens[position].word == "since" and position > draft.hit.first
    perfect = draft.cues & {"perfect", "pluperfect"} or draft.view.tokens[draft.hit.first].word in _PERFECT
    return draft.claim_type in _LASTING and bool(opens and perfect)


def _is_for(view: SentenceView, position: int) -> bool:
    """True for a period something is meant for ("the strategy for 2025-2029"), unless it is planned for it."""
    hits = view.ending_at.get(position, ())
    planned = any(hit.entry.key == "plan" for at in (position, position - 1) for hit in view.ending_at.get(at, ()))
    return any(hit.entry.key == "for" for hit in hits) and not planned


def is_of_kind(view: SentenceView, position: int, kind: str) -> bool:
    """True if the token at a position belongs to a mention of the kind."""
    index = view.inside.get(position)
    return index is not None and view.mentions[index].kind == kind


def of_speaker(draft: Draft, index: int) -> bool:
    """True for the day on which a plan was told: "50 officers will arrive, the spokesperson said on Thursday"."""
    first = draft.view.spans[index][0]
    said = [hit.first for hit in draft.view.of_kind("word", "saying") if draft.hit.last < hit.first < first]
    commas = any(draft.view.tokens[at].word == "," for at in range(draft.hit.last + 1, said[0])) if said else False
    return commas and bool(draft.cues & {"future", "plan", "modal"})


def day_made_public(draft: Draft, index: int) -> bool:
    """True for the day on which figures were published: "published on 12 March by Eurostat", "on Monday released"."""
    view, (first, last) = draft.view, draft.view.spans[index]
    if view.mentions[index].date_precision != "day":
        return False
    behind = view.lasts("word", "made_public")
    before = view.firsts("word", "made_public")
    return first - 1 in behind or (first - 2 in behind and view.tokens[first - 1].word == "on") or last + 1 in before
