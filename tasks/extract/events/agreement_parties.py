"""The parties of an agreement: those in its name, of its other steps in the text, and the state that reports.

Belongs here: parties no word of the trigger's clause gives. An institution of the Union stands for the Union.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.events.placement import carries_out, derived_country

# Acts of a state on an agreement: the state that approves it is one of its parties.
OF_AGREEMENTS = frozenset({"agreement_signed", "agreement_approved", "agreement_entered_into_force", "negotiation"})
STATES = frozenset({"territory", "region"})
BODIES = frozenset({"supranational", "government", "eu_institution"})
_PARTIES = 2
# Member States of the Union since 2020: it concludes no status agreement with them.
_MEMBER_STATES = frozenset({
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
})  # fmt: skip
# Bodies that decide for their state.
_AUTHORITIES = frozenset({"parliament", "government", "ministry", "national_agency", "police"})
_INSTITUTION = "eu_institution"
_UNION = "supranational"


def complete_parties(draft: Draft, drafts: Sequence[Draft], mentions: Sequence[Mention], home: Mention | None) -> None:
    """Fill the parties of a step of an agreement that its clause leaves out; the draft is changed in place.

    Args:
        draft: The step.
        drafts: All events of the document that stand.
        mentions: All mentions of the document, by start.
        home: The state that reports, if one does.
    """
    _parties(draft, mentions)
    _deciding_state(draft, mentions)
    _capitals(draft, mentions)
    _status_agreement(draft, mentions, home)
    share_parties(draft, drafts)
    _home_party(draft, home)


def _parties(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Complete the parties of an agreement: those in its name, and the state whose government or parliament acts."""
    if len(draft.role("party")) >= _PARTIES or not any(slot.role == "party" for slot in draft.frame.slots):
        return
    rule = f"{draft.frame.frame_id}.party"
    instruments = [argument.mention for argument in draft.role("instrument")] or _before(draft, mentions)
    for instrument in instruments[:1]:
        if carries_out(instrument):
            # It carries out an agreement that others concluded.
            break
        inside = [
            mention
            for mention in mentions
            if instrument.start <= mention.start and mention.end <= instrument.end and _binds(mention)
        ]
        inside += [mention for mention in mentions if _owns(mention, instrument) and _binds(mention)]
        own = instrument.start >= draft.view.sentence.start
        for mention in inside:
            draft.add("party", mention, "derived" if own else "document", f"{rule}.instrument")
    if len(draft.role("party")) == 1:
        for argument in draft.role("issuer"):
            state = derived_country(argument.mention, mentions)
            if state is not None and argument.mention.kind in ("organisation", "territory"):
                draft.add("party", state, "derived", f"{rule}.issuer")
    _union(draft, mentions)


def _deciding_state(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let "was ratified by parliament" be the act of the state whose authorities the text named last."""
    parties = draft.role("party")
    if draft.claim_type != "agreement_approved" or len(parties) != 1 or draft.role("issuer"):
        return
    first, last = draft.clause
    if not any(first <= hit.first <= last for hit in draft.view.of_kind("word", "authority")):
        return
    begin = draft.view.sentence.start
    own = [
        m
        for m in mentions
        if m.kind == "organisation" and m.country_code and m.subtype in _AUTHORITIES and m.end <= begin
    ]
    state = derived_country(own[-1], mentions) if own else None
    if state is not None and state.country_code != parties[0].mention.country_code:
        draft.add("party", state, "derived", f"{draft.frame.frame_id}.party.authority")


def _capitals(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the city behind "with" stand for its state: "the partnership with Tbilisi was sealed"."""
    view = draft.view
    for index, (first, _) in enumerate(view.spans):
        city = view.mentions[index]
        if city.kind != "place" or not draft.covers(first) or len(draft.role("party")) >= _PARTIES:
            continue
        if view.linkage.governor(index, (-1, -1)).chain[:1] == ("with",):
            state = derived_country(city, mentions)
            if state is not None:
                draft.add("party", state, "derived", f"{draft.frame.frame_id}.party.capital")


def _status_agreement(draft: Draft, mentions: Sequence[Mention], home: Mention | None) -> None:
    """Let a status agreement whose parties nobody names be one of the Union with the state the text is about.

    Regulation (EU) 2019/1896, Article 73(3): the Union concludes them with the third country where Frontex operates.
    """
    view, (first, last) = draft.view, draft.clause
    if draft.role("party") or home is None or home.country_code in _MEMBER_STATES:
        return
    begin = max((start for start in view.clauses if start < first), default=first)
    if not any(begin <= hit.first <= last for hit in view.of_kind("word", "status_agreement")):
        return
    union = next((m for m in mentions if m.kind == "organisation" and m.subtype == _UNION), None)
    for party in (union, home) if union is not None else ():
        draft.add("party", party, "derived", f"{draft.frame.frame_id}.party.status_agreement")


def _owns(mention: Mention, instrument: Mention) -> bool:
    """True for a state right in front of an agreement: "Serbia's readmission agreement with the EU"."""
    return 0 < instrument.start - mention.end <= len("'s ")


def _union(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the Union be the other party where one of its institutions decides on an agreement with one state.

    "The Council concluded the agreement with Moldova": the institution acts for the Union, which is bound (TFEU 218).
    An institution that stands as a party itself, in talks it leads, is that side already.
    """
    parties = draft.role("party")
    if len(parties) != 1 or parties[0].mention.kind not in STATES:
        return
    if not any(argument.mention.subtype == _INSTITUTION for argument in draft.role("issuer")):
        return
    union = next((m for m in mentions if m.kind == "organisation" and m.subtype == _UNION), None)
    if union is not None:
        draft.add("party", union, "derived", f"{draft.frame.frame_id}.party.union")


def share_parties(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Take the other party from where the text tells another step of the agreement, before or after.

    "The Government approved the agreement with Uzbekistan" and "the minister is to sign it" speak of the same parties.
    """
    parties = {_side(argument.mention) for argument in draft.role("party")}
    if len(parties) != 1 or draft.marker is not None:
        return
    for other in drafts:
        others = {_side(argument.mention) for argument in other.role("party")}
        if other is not draft and other.claim_type in OF_AGREEMENTS and parties < others and len(others) == _PARTIES:
            for argument in other.role("party"):
                if _side(argument.mention) not in parties:
                    draft.add("party", argument.mention, "document", f"{draft.frame.frame_id}.party.{other.claim_type}")
            return


def _side(mention: Mention) -> tuple[str, str]:
    """Return what makes two parties one side: an institution of the Union negotiates, signs and approves for it."""
    if mention.subtype in (_INSTITUTION, _UNION):
        return mention.kind, "EU"
    return same_thing(mention)


def _home_party(draft: Draft, home: Mention | None) -> None:
    """Let the state that reports be the other party of an agreement with one state: its own news names it last."""
    parties = draft.role("party")
    if home is None or len(parties) != 1 or parties[0].mention.kind != "territory":
        return
    if parties[0].mention.country_code != home.country_code:
        draft.add("party", home, "derived", f"{draft.frame.frame_id}.party.home")


def _before(draft: Draft, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the instruments named before the trigger's sentence, the nearest first."""
    named = [m for m in mentions if m.kind == "instrument" and m.end <= draft.view.sentence.start]
    return sorted(named, key=lambda mention: -mention.start)


def _binds(mention: Mention) -> bool:
    """True for what can be bound by an agreement: states, collectives, the Union."""
    return mention.kind in STATES or (mention.kind == "organisation" and mention.subtype in BODIES)
