"""The country of a draft, by the rules of the codebook.

The country is that of the place; without a place the one country concerned (for an agreement between a state and the
EU that state, between two states none); for relocations and returns the country the text reports from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.events.reporting_country import INTERNATIONAL

_CODE = 2
_APPROVAL = "agreement_approved"
_ENVOY = re.compile(r"\b(?:ambassador|high commissioner|chargé)", re.IGNORECASE)
# Acts of one state, or of the Union.
_OF_STATES = frozenset({"legislation_proposed", "legislation_adopted"})
_DISTANT = frozenset({"funder", "implementer", "organiser", "deployer", "visitor", "speaker"})


def set_country(draft: Draft) -> None:
    """Set the country by place, by the location named in the sentence, or by the one country concerned."""
    draft.country = draft.country_basis = None
    if draft.group.viewpoint is not None:
        arrives = draft.group.viewpoint == "to" and draft.place is not None
        if not _by_roles(draft, (draft.group.viewpoint,)) and arrives and draft.place is not None:
            draft.country, draft.country_basis = draft.place.country_code, draft.place_basis
        return
    if draft.frame.country_by == "roles" and _by_roles(draft, draft.frame.country_roles):
        return
    if draft.place is not None and draft.place.country_code is not None:
        draft.country, draft.country_basis = draft.place.country_code, draft.place_basis
    elif draft.location is not None and _is_one_of_several(draft, draft.location):
        draft.country = None
    elif draft.location is not None:
        draft.country, draft.country_basis = draft.location.country_code, "text"
    elif not _by_roles(draft, draft.frame.country_roles) and not _by_concerned(draft):
        _by_clause(draft)


def _by_clause(draft: Draft) -> None:
    """Let a law be that of the one state whose body or name its clause gives ("Kosovo's law was passed")."""
    if draft.claim_type not in _OF_STATES:
        return
    view, (first, last) = draft.view, draft.clause
    begin = view.resumes(first)
    first = first if begin is None else min(first, begin)
    near = [
        mention
        for mention, (start, _) in zip(view.mentions, view.spans, strict=True)
        if first <= start <= last and mention.kind in ("organisation", "territory")
    ]
    bodies = [mention for mention in near if mention.kind == "organisation" and mention.subtype not in INTERNATIONAL]
    international = any(mention.subtype in INTERNATIONAL for mention in near if mention.kind == "organisation")
    states = [mention for mention in near if mention.kind == "territory"]
    if not international and (bodies or len(states) == 1):
        _take_single(draft, _concerned(bodies) or _concerned(states))


def _is_one_of_several(draft: Draft, location: Mention) -> bool:
    """True if the place is a list of states ("started in Albania, Kosovo and Montenegro"): it is none of them."""
    view = draft.view
    states = [index for index, mention in enumerate(view.mentions) if mention.kind == "territory"]
    heads = {view.linkage.list_head(index) for index in states if view.mentions[index] is location}
    listed = {view.mentions[index].country_code for index in states if view.linkage.list_head(index) in heads}
    return draft.window is None and len(listed) > 1


def _by_roles(draft: Draft, roles: Sequence[str]) -> bool:
    """Take the one country that stands in the first role with any; return whether a role has one or several."""
    for role in roles:
        arguments = draft.role(role)
        # "Albania ratified the protocol with Italy": who approves does so at home.
        acting = [one for one in arguments if draft.claim_type == _APPROVAL and one.rule_id.endswith(".subject")]
        countries = _concerned([argument.mention for argument in acting or arguments])
        if countries:
            _take_single(draft, countries)
            return True
    return False


def _by_concerned(draft: Draft) -> bool:
    """Take the one country concerned, over the roles that take part; who pays or organises may sit elsewhere.

    Returns:
        Whether there is one.
    """
    # Where people are sent to is not where the text reports from, unless it says that they arrived.
    apart = _DISTANT | {"to"} if draft.frame.country_roles[:1] == ("from",) else _DISTANT
    taking_part = [argument.mention for argument in draft.arguments if argument.role not in apart]
    if draft.claim_type == "meeting":
        # An ambassador is met where he or she is accredited, not in the country that sent them.
        taking_part = [mention for mention in taking_part if not _ENVOY.search(mention.office or "")]
    return _take_single(draft, _concerned(taking_part))


def _take_single(draft: Draft, countries: Sequence[str]) -> bool:
    if len(countries) != 1 or len(countries[0]) != _CODE:
        return False
    draft.country, draft.country_basis = countries[0], "derived"
    return True


def concerns_several(draft: Draft) -> bool:
    """True if the roles that take part, or that give the country, name several: none of them is the place."""
    taking_part = [argument.mention for argument in draft.arguments if argument.role not in _DISTANT]
    giving = [argument.mention for role in draft.frame.country_roles for argument in draft.role(role)]
    return any(len(_concerned(mentions)) > 1 for mentions in (taking_part, giving))


def _concerned(mentions: Sequence[Mention]) -> list[str]:
    """Return the codes of the countries concerned, each once, and the names of collectives, which are several.

    Where states are named, they alone are concerned; else the countries of national bodies and of persons are.
    """
    states = [mention for mention in mentions if mention.kind in ("territory", "region")]
    found: dict[str, None] = {}
    for mention in states or mentions:
        if mention.kind == "region":
            found.setdefault(f"collective {same_thing(mention)[1]}")
        elif mention.country_code is not None and mention.subtype not in INTERNATIONAL:
            found.setdefault(mention.country_code)
    return list(found)
