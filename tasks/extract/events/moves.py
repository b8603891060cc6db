"""Where people who are moved, and officers who are sent, come from and go to, beyond what the trigger's clause says.

Belongs here: the ends of relocations and returns, and the host of a deployment at a border.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft
from tasks.extract.events.nationals import is_nationality
from tasks.extract.events.placement import derived_country
from tasks.extract.events.references import home_state
from tasks.extract.events.reporting_country import INTERNATIONAL

MOVES = frozenset({"return_operation", "relocation"})
_ENDS = ("from", "to")
# "to the Lithuanian border", "along Moldova's border": what links the state that names a border to the clause.
_AT = frozenset({"to", "at", "on", "along", "in", "of"})
_BORDER_REACH = 3


def complete_move(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Fill the ends of a movement and the host of a deployment; the draft is changed in place.

    Args:
        draft: An event that stands.
        mentions: All mentions of the document, by start.
    """
    if draft.claim_type in MOVES:
        _ends_of_move(draft, mentions)
    elif draft.claim_type == "deployment" and not draft.role("beneficiary"):
        _host_of_border(draft)


def settle_returns(drafts: Sequence[Draft], mentions: Sequence[Mention], home: Mention | None) -> None:
    """Let returns without a sender start from the state the text is about, unless people are returned there.

    Args:
        drafts: The events of a document that stand.
        mentions: All mentions of the document, by start.
        home: The state the document reports from; the state named most often where none leads it.
    """
    returns = [draft for draft in drafts if draft.claim_type == "return_operation"]
    taking = {argument.mention.country_code for draft in returns for argument in draft.role("to")}
    for draft in returns:
        start = home or home_state(mentions, draft.view.language)
        stated = [argument for argument in draft.role("organiser") if argument.basis != "document"]
        if any(argument.mention.subtype in INTERNATIONAL for argument in stated):
            # What an agency of several states counts as its own returns started from all of them.
            continue
        if start is not None and start.country_code not in taking and not draft.role("from"):
            draft.add("from", start, "derived", f"{draft.frame.frame_id}.from.home")


def _ends_of_move(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let those who arrive come to the country of the place, and returnees go where they are nationals."""
    _cities(draft, mentions)
    if draft.group.viewpoint == "to" and draft.place is not None and not draft.role("to"):
        # "Touched down at Arlanda airport": those who arrive come to the country of the place.
        state = derived_country(draft.place, mentions)
        if state is not None:
            draft.add("to", state, "derived", f"{draft.frame.frame_id}.to.place")
    if draft.claim_type != "return_operation" or draft.role("to"):
        return
    view = draft.view
    left = {argument.mention.country_code for argument in draft.role("from")}
    for index, mention in enumerate(view.mentions):
        is_theirs = draft.covers(view.spans[index][0]) and is_nationality(view, index)
        if is_theirs and mention.country_code is not None and mention.country_code not in left:
            draft.add("to", mention, "derived", f"{draft.frame.frame_id}.to.nationality")


def _cities(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let cities stand for their country ("flew to Baghdad").

    A city of a state that the text does not name stays: its row of the gazetteer tells the state.
    """
    for role in _ENDS:
        for argument in draft.role(role):
            if argument.mention.kind == "place":
                state = derived_country(argument.mention, mentions)
                if state is not None or argument.mention.country_code is None:
                    draft.arguments.remove(argument)
                if state is not None:
                    draft.add(role, state, "derived", f"{draft.frame.frame_id}.{role}.place")


def _host_of_border(draft: Draft) -> None:
    """Let the one state whose border is meant be where officers are sent: "police officers to the Lithuanian border".

    Two states that name a border ("the Greek-Turkish border") leave open on which side.
    """
    view, (first, last) = draft.view, draft.clause
    if view.language != "en":
        return
    borders = [hit.first for hit in view.of_kind("word", "border") if first <= hit.first <= last]
    named = [
        index
        for index, (begin, end) in enumerate(view.spans)
        if view.mentions[index].kind == "territory" and any(end < at <= end + _BORDER_REACH for at in borders)
        if begin > 0 and view.tokens[begin - 1].word not in ("-", "–", "with", "and")
    ]
    hosts = [index for index in named if view.tokens[view.spans[index][1] + 1].word not in ("-", "–", "and")]
    if len(named) == 1 and hosts and _is_reached(draft, hosts[0]):
        draft.add("beneficiary", view.mentions[hosts[0]], "derived", f"{draft.frame.frame_id}.beneficiary.border")


def _is_reached(draft: Draft, index: int) -> bool:
    """True if the border stands behind a word that says where: "at the Lithuanian border", "along Moldova's border"."""
    view = draft.view
    position = view.spans[index][0] - 1
    while position > 0 and position in view.lasts("status", "definite"):
        position -= 1
    return view.tokens[position].word in _AT
