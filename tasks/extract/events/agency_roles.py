"""Roles that an agency of the Union has without being named beside the act, and whom a bare numeral or "local" means.

Officers whom several states second stand under the agency that runs the operation; an operational plan or a working
arrangement is concluded by the agency and the host state. Both hold only where the document names one such agency.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.events.ellipsis import is_elliptic
from tasks.extract.events.placement import represented
from tasks.extract.sentences.sentence_view import SentenceView

_SEVERAL = 2
_AGENCY = "eu_agency"
# Who stands behind "the first thirty" or "64 of them", by the kind of event.
_OF_NUMERAL = {"training": "participant", "deployment": "deployer"}
_BODIES = frozenset({"organisation", "territory"})
_LOCAL_REACH = 3
# "Jane Roe, Deputy Executive Director of the Agency": tokens from name to office, and from office to body.
_OFFICE_REACH, _BODY_REACH = 4, 3


def complete_agency(draft: Draft, mentions: Sequence[Mention], agency: Mention | None, home: Mention | None) -> None:
    """Fill who deploys, who is bound by a plan of operations, and who is trained; the draft is changed in place.

    Args:
        draft: An event that stands.
        mentions: All mentions of the document, by start.
        agency: What `only_agency` returned.
        home: The state that the text is about, if one.
    """
    _numeral(draft, mentions)
    if draft.claim_type == "training":
        _local(draft, home)
    if agency is None:
        return
    if draft.claim_type == "deployment" and _lacks_agency(draft):
        draft.add("deployer", agency, "document", f"{draft.frame.frame_id}.deployer.agency")
    elif _is_on_operations(draft):
        state = next((a.mention for a in draft.role("party") if a.mention.kind == "territory"), home)
        if state is not None:
            for party in (agency, state):
                draft.add("party", party, "document", f"{draft.frame.frame_id}.party.agency")


def only_agency(mentions: Sequence[Mention]) -> Mention | None:
    """Return the first mention of the agency of the Union, if the document names one and no second."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        if mention.kind == "organisation" and mention.subtype == _AGENCY:
            found.setdefault(same_thing(mention), mention)
    return next(iter(found.values())) if len(found) == 1 else None


def _lacks_agency(draft: Draft) -> bool:
    """True where nobody is said to deploy, or several states but no body."""
    told = [argument.mention for argument in draft.role("deployer")]
    return not told or (len(told) >= _SEVERAL and all(mention.kind == "territory" for mention in told))


def _is_on_operations(draft: Draft) -> bool:
    """True for a signature or start of a plan that agencies conclude, whose parties the clause does not name."""
    if draft.claim_type not in ("agreement_signed", "agreement_entered_into_force"):
        return False
    if any(argument.mention.kind == "organisation" for argument in draft.role("party")):
        return False
    first, last = draft.clause
    begin = draft.view.resumes(first)
    begin = max(first - 1, 0) if begin is None else begin
    plans = [hit for hit in draft.view.of_kind("word", "plan_of_agency") if begin - _LOCAL_REACH <= hit.first <= last]
    return bool(plans) and len(draft.role("party")) < _SEVERAL


def _numeral(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the one body of the sentence before stand behind a bare numeral ("the staff of the Office … 64 of them")."""
    role = _OF_NUMERAL.get(draft.claim_type)
    if role is None or draft.role(role) or draft.is_noun or not is_elliptic(draft):
        return
    sentence = draft.view.sentence
    sentences = draft.view.document.sentences
    position = bisect_left(sentences, sentence.start, key=lambda other: other.start) - 1
    if position < 0 or sentences[position].paragraph != sentence.paragraph:
        return
    begin, end = (bisect_left(mentions, at, key=_start) for at in (sentences[position].start, sentence.start))
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions[begin:end]:
        if mention.kind == "organisation":
            found.setdefault(same_thing(mention), mention)
    if len(found) == 1:
        draft.add(role, next(iter(found.values())), "document", f"{draft.frame.frame_id}.{role}.numeral")


def _start(mention: Mention) -> int:
    return mention.start


def _local(draft: Draft, home: Mention | None) -> None:
    """Let "local officers" be those of the state that the text is about."""
    if home is None or any(argument.mention.kind in _BODIES for argument in draft.role("participant")):
        return
    view, (first, last) = draft.view, draft.clause
    staff = {hit.first for key in ("staff", "guards", "office") for hit in view.of_kind("word", key)}
    for hit in view.of_kind("word", "local"):
        if first <= hit.first <= last and any(hit.last < at <= hit.last + _LOCAL_REACH for at in staff):
            draft.add("participant", home, "derived", f"{draft.frame.frame_id}.participant.local")
            return


def agent_of_passive(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the state or body of an official stand where the official acts for it ("given by the Ambassador").

    Args:
        draft: An event that stands; it is changed in place.
        mentions: All mentions of the document, by start.
    """
    slot = next((s for s in draft.frame.slots if "by" in draft.group.sources.get(s.role, s.sources)), None)
    if slot is None or draft.hit.entry.tense != "past" or "person" in slot.kinds or draft.role(slot.role):
        return
    view = draft.view
    for index, (first, _) in enumerate(view.spans):
        if view.mentions[index].kind != "person" or not draft.hit.last < first <= draft.clause[1]:
            continue
        if view.linkage.governor(index, (draft.hit.first, draft.hit.last)).chain[:1] == ("by",):
            found = _body_behind(view, index) or represented(view.mentions[index], mentions)
            if found is not None and found.kind in slot.kinds:
                draft.add(slot.role, found, "derived", f"{draft.frame.frame_id}.{slot.role}.official")
            return


def _body_behind(view: SentenceView, index: int) -> Mention | None:
    """Return the body of the office that stands behind a name ("Jane Roe, Deputy Director of the Agency")."""
    last = view.spans[index][1]
    offices = [hit.last for hit in view.offices if last < hit.first <= last + _OFFICE_REACH]
    if not offices or view.tokens[min(last + 1, len(view.tokens) - 1)].word != ",":
        return None
    for number, (first, _) in enumerate(view.spans):
        if view.mentions[number].kind == "organisation" and offices[-1] < first <= offices[-1] + _BODY_REACH:
            return view.mentions[number]
    return None
