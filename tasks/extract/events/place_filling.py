"""Where an event happened whose own sentence does not say it: where the event did that it shares the day or text with.

Belongs here: countries and places lent by other events. Days and parties are lent in `events.filling`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft


def copy_country(draft: Draft, other: Draft) -> None:
    """Let what has no place of its own happen where the event did whose day it shares."""
    if draft.place is None and draft.location is None and other.country is not None:
        draft.country, draft.country_basis = other.country, "lead"


def fill_places(drafts: Sequence[Draft]) -> None:
    """Let a draft without a country of its own happen where the document's main event does, if its frame says so."""
    _fill_from_visits(drafts)
    main = next((draft for draft in drafts if draft.in_head and draft.country and draft.marker is None), None)
    if main is None:
        return
    for draft in drafts:
        lacks = draft.place is None and draft.location is None
        borrows = draft.frame.place_fill == "document" and draft.marker is None and draft is not main
        taking = {argument.mention.country_code for argument in draft.role("to")}
        if borrows and lacks and draft.country is None and not (_starts(draft) and main.country in taking):
            draft.country, draft.country_basis = main.country, "lead"


def _fill_from_visits(drafts: Sequence[Draft]) -> None:
    """Let meetings that the sentence of a visit tells, without a place of their own, be held in the state visited."""
    for visit in drafts:
        if visit.claim_type != "visit" or visit.country is None or (visit.place is None and visit.location is None):
            continue
        for draft in drafts:
            lacks = draft.place is None and draft.location is None and draft.date_mention is visit.date_mention
            if draft.view is visit.view and draft.claim_type == "meeting" and lacks:
                draft.country, draft.country_basis = visit.country, "derived"


def settle_headlines(drafts: Sequence[Draft]) -> None:
    """Let a headline's event without a place happen where the lead says, of which it leaves out the actor.

    "Parliament ratifies agreement with Denmark" is no event of Denmark where the lead names whose parliament it was.
    """
    for draft in drafts:
        if not draft.in_title or draft.place is not None or draft.location is not None:
            continue
        told = [
            other
            for other in drafts
            if other.in_head
            and not other.in_title
            and other.claim_type == draft.claim_type
            and other.date_start == draft.date_start
            and other.country is not None
            and other.country_basis != "document"
        ]
        if len({other.country for other in told}) == 1 and draft.country != told[0].country:
            draft.country, draft.country_basis = told[0].country, "lead"


def _starts(draft: Draft) -> bool:
    """True for what happens where it starts: a state that people are returned to does not return them."""
    return draft.frame.country_roles[:1] == ("from",)


def derive_from_country(drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Let the country where it happens stand in a role that the place decides (the state that receives officers)."""
    for draft in drafts:
        for slot in draft.frame.slots:
            if slot.derive_from == "place" and draft.country and not draft.role(slot.role):
                if draft.country in {a.mention.country_code for a in draft.arguments if a.mention.kind == "territory"}:
                    # Who sends officers does not receive them.
                    continue
                for mention in mentions:
                    if mention.kind == "territory" and mention.country_code == draft.country:
                        draft.add(slot.role, mention, "derived", f"{draft.frame.frame_id}.{slot.role}.country")
                        break
