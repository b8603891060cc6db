"""Who meets where the trigger's own clause leaves it out: the delegation told before, the minister behind the comma.

Belongs here: participants of meetings alone. Groups ("the two ministers") are `events.completion`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft
from tasks.extract.events.placement import subjects_of

_SCENES = frozenset({"in", "during", "at", "after", "following"})
_KINDS = frozenset({"person", "organisation", "territory"})
_POINTING = frozenset({"the", "this", "that"})
_ROLE = "participant"
_JOINT = re.compile(r"\b(?:[Jj]oint|[Mm]ixed|[Rr]eadmission|[Bb]ilateral|[Cc]ooperation)\b")
_UNION = re.compile(r"\bEU\b|\bEuropean Union\b")


def complete_meeting(draft: Draft, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Fill the participants of an English meeting; the draft is changed in place.

    Args:
        draft: An event that stands.
        drafts: All events of the document that stand, in the order of the text.
        mentions: All mentions of the document, by start.
    """
    if draft.claim_type == "meeting" and draft.view.language == "en":
        _main_subject(draft)
        _delegation(draft, drafts)
        _sides(draft, mentions)


def _main_subject(draft: Draft) -> None:
    """Let the subject behind the comma meet too: "In a meeting with Commissioner Roe, Minister Doe said …"."""
    view, (first, last) = draft.view, draft.clause
    if not draft.is_noun or view.tokens[first].word not in _SCENES or draft.marker is not None:
        return
    told = draft.role(_ROLE)
    begin = min((start for start in view.clauses if start > last), default=None)
    if begin is None or len(told) != 1 or not told[0].rule_id.endswith(".with"):
        return
    for index in subjects_of(view, begin, view.clause_of(begin)[1]):
        if view.mentions[index].kind in _KINDS:
            draft.add(_ROLE, view.mentions[index], "text", f"{draft.frame.frame_id}.{_ROLE}.main")


def _sides(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let a joint committee named after its sides be them: "the Joint Committee of Armenia and the European Union"."""
    for argument in draft.role(_ROLE):
        body = argument.mention
        if body.kind != "organisation" or body.subtype != "forum" or not _JOINT.search(body.text):
            continue
        sides = [m for m in mentions if m.kind == "territory" and body.start <= m.start and m.end <= body.end]
        union = next((m for m in mentions if m.kind == "organisation" and m.subtype == "supranational"), None)
        if _UNION.search(body.text) and union is not None:
            sides.append(union)
        if len(sides) > 1:
            draft.arguments.remove(argument)
            for side in sides:
                draft.add(_ROLE, side, "derived", f"{draft.frame.frame_id}.{_ROLE}.sides")


def _delegation(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Let "the delegation" in front of the verb stand for who came on the visit told before."""
    view = draft.view
    own = [
        hit.first
        for hit in view.of_kind("word", "delegation")
        if draft.clause[0] < hit.first < draft.hit.first and view.tokens[hit.first - 1].word in _POINTING
    ]
    if not own:
        return
    start = view.sentence.start
    visits = [other for other in drafts if other.claim_type == "visit" and other.view.sentence.start <= start]
    if not visits:
        return
    visit = visits[-1]
    for argument in visit.role("visitor"):
        draft.add(_ROLE, argument.mention, "document", f"{draft.frame.frame_id}.{_ROLE}.delegation")
    if draft.place is None and draft.location is None and not visit.marker:
        # Who is on a visit meets there.
        draft.place, draft.place_basis, draft.location = visit.place, "document", visit.location
