"""Roles no word of the sentence gives but the document settles: whom "the six governments" means, who speaks for whom.

Belongs here: what follows from the kind of event and from what the text has told before. What stands in the trigger's
own clause is `events.slots`; what another claim says in the same role is lent in `events.filling`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Argument, Mention
from tasks.extract.events.agency_roles import agent_of_passive, complete_agency, only_agency
from tasks.extract.events.agreement_parties import BODIES, OF_AGREEMENTS, STATES, complete_parties, share_parties
from tasks.extract.events.drafts import Draft
from tasks.extract.events.meeting_parties import complete_meeting
from tasks.extract.events.moves import complete_move
from tasks.extract.events.placement import (
    derived_country,
    has_no_subject,
    represented,
    subjects_of,
)
from tasks.extract.events.references import home_state, subject_slot
from tasks.extract.frames.frame_model import Slot
from tasks.extract.sentences.sentence_view import SentenceView

_PARTIES = 2
# Roles that words for a group ("the two sides", "the ministers") can stand in, and where the members were named.
_GROUP_ROLES = ("issuer", "party", "participant", "visitor", "signatory")
_MEMBER_ROLES = (("participant", "chair", "host"), ("issuer",), ("party",), ("signatory",), ("visitor",))
_MEETING = frozenset(role for roles in _MEMBER_ROLES for role in roles)
_GROUP_REACH = 3
# Roles that two or more have in one act ("Nicosia and the Commission signed").
_OF_SEVERAL = frozenset({"party", "participant"})
_GROUPS = (("group_states", STATES), ("group_persons", frozenset({"person"})))
# Where a body of several states sits, the name of the city stands for the body.
_CITIES_OF_BODIES = frozenset({"BE-BRUSSELS"})
# "the six governments", "both of the countries"
_MARKER_REACH = 2
_PASSIVE = frozenset({"was", "were", "been"})


def complete_roles(drafts: Sequence[Draft], mentions: Sequence[Mention], reporting: str | None) -> None:
    """Fill what the sentences of the drafts leave open, in the order of the text; each filler keeps its basis.

    Args:
        drafts: The events of a document that stand.
        mentions: All mentions of the document, by start.
        reporting: Code of the country that the document reports from, if one leads it.
    """
    home, agency = territory_of(mentions, reporting), only_agency(mentions)
    states: dict[str, Mention | None] = {}
    for draft in drafts:
        complete_agency(draft, mentions, agency, home or _about(mentions, draft.view.language, states))
        complete_move(draft, mentions)
        _group(draft, drafts, mentions)
        complete_meeting(draft, drafts, mentions)
        _speaker_of_state(draft, mentions)
        agent_of_passive(draft, mentions)
        _capitals(draft, mentions)
        if draft.claim_type in OF_AGREEMENTS:
            complete_parties(draft, drafts, mentions, home)
    for draft in drafts:
        if draft.claim_type in OF_AGREEMENTS:
            # The step that names both parties may be told last.
            share_parties(draft, drafts)


def _group(draft: Draft, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Let "the six governments" or "both ministers" stand for the members that the text named before."""
    if draft.claim_type == "meeting" and (draft.marker == "previous" or "pluperfect" in draft.cues):
        # Who meets now need not have met the last time.
        return
    for slot in draft.frame.slots:
        if slot.role in _GROUP_ROLES and not any(a.mention.kind in slot.kinds for a in draft.role(slot.role)):
            _group_in_slot(draft, slot, drafts, mentions)


def _group_in_slot(draft: Draft, slot: Slot, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    if slot.role == "signatory" and _is_passive(draft):
        # "They spoke about the agreement that was signed in 2022": who spoke did not sign it then.
        return
    for word, kinds in _GROUPS:
        if not _stands_for_group(draft, word):
            continue
        members: list[Mention] = []
        if "person" in kinds and "person" in slot.kinds:
            members = _members(draft, drafts, mentions, persons=True)
        if not members and set(slot.kinds) != {"person"}:
            # "The three ministers" of an event whose states alone are named are these states.
            members = _members(draft, drafts, mentions, persons=False)
        if len(members) >= _PARTIES:
            for mention in members:
                if mention.kind in slot.kinds:
                    draft.add(slot.role, mention, "document", f"{draft.frame.frame_id}.{slot.role}.group")
            return


def _speaker_of_state(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the state or body of a named official act where a person cannot ("The Ambassador of Japan handed over …")."""
    slot = subject_slot(draft)
    if slot is None or draft.is_noun or "person" in slot.kinds or draft.role(slot.role):
        return
    view, begin = draft.view, draft.clause[0]
    if has_no_subject(view, begin, draft.hit.first):
        # The name of the official is set off by commas.
        begin = max((start for start in view.clauses if start < begin), default=begin)
    for index, (first, _) in enumerate(view.spans):
        acts = begin <= first < draft.hit.first and view.linkage.governor(index, (-1, -1)).stop in ("start", "comma")
        if acts and view.mentions[index].kind == "person":
            found = represented(view.mentions[index], mentions)
            if found is not None and found.kind in slot.kinds:
                draft.add(slot.role, found, "derived", f"{draft.frame.frame_id}.{slot.role}.official")


def _capitals(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let the state of a city act that stands as subject: "Ljubljana had sent 12 officers". Brussels is the Union."""
    slot = subject_slot(draft)
    if (
        slot is None
        or "territory" not in slot.kinds
        or draft.is_noun
        or (draft.role(slot.role) and slot.role not in _OF_SEVERAL)
    ):
        return
    view = draft.view
    for index in subjects_of(view, draft.clause[0], draft.hit.first):
        city = view.mentions[index]
        if city.kind == "place" and city.reference_id not in _CITIES_OF_BODIES:
            state = derived_country(city, mentions)
            if state is not None and view.spans[index][1] < draft.hit.first:
                draft.add(slot.role, state, "derived", f"{draft.frame.frame_id}.{slot.role}.capital")


def _stands_for_group(draft: Draft, word: str) -> bool:
    """True if a word for a group stands in the clause, outside names, in front of the trigger or right behind it."""
    view = draft.view
    # "A declaration in which the six governments …": a trigger may reach into the clause behind its own.
    last = view.clause_of(draft.hit.last)[1]
    begin = draft.clause[0]
    if word == "group_states" and draft.claim_type in OF_AGREEMENTS and _goes_back(draft):
        # "The agreement between the two countries dates from 2008, when it was signed."
        begin = max((start for start in view.clauses if start < begin), default=begin)
    if word == "group_states" and draft.claim_type in OF_AGREEMENTS:
        # "The bilateral readmission agreement, signed in 2006": one of the states the text has brought together.
        noun = (
            begin if not _goes_back(draft) else max((start for start in view.clauses if start < begin), default=begin)
        )
        if any(noun <= hit.first <= last for hit in view.of_kind("word", "of_two")):
            return True
    if word == "group_persons" and _stands_for_pair(view, draft.clause[0], last):
        return True
    if word == "group_persons" and any(
        draft.clause[0] <= hit.first < draft.hit.first for hit in view.of_kind("word", "they")
    ):
        return True
    markers = {hit.last for hit in view.of_kind("word", "group_marker")}
    return any(
        begin <= hit.first <= last
        and _is_free(view, hit.first)
        and any(position in markers for position in range(hit.first - _MARKER_REACH, hit.first))
        and (hit.first < draft.hit.first or hit.first <= draft.hit.last + _GROUP_REACH)
        for hit in view.of_kind("word", word)
    )


def _is_passive(draft: Draft) -> bool:
    tokens, first = draft.view.tokens, draft.hit.first
    return any(tokens[at].word in _PASSIVE for at in range(max(first - 1, 0), draft.hit.last + 1))


def _goes_back(draft: Draft) -> bool:
    """True for a later clause of a sentence whose subject is a pronoun, or that has none."""
    view, first = draft.view, draft.clause[0]
    if any(first <= hit.first < draft.hit.first for hit in view.of_kind("word", "anaphor")):
        return True
    return has_no_subject(view, first, draft.hit.first)


def _stands_for_pair(view: SentenceView, first: int, last: int) -> bool:
    """True for "the two" or "die beiden" without a noun: no name, and no lower-case noun of English, follows."""
    for hit in view.of_kind("word", "pair"):
        after = hit.last + 1
        if first <= hit.first <= last and after < len(view.tokens) and after not in view.inside:
            verb = after in view.function_words or after in view.verbs or not view.tokens[after].word[0].isalnum()
            if verb:
                return True
    return False


def _is_free(view: SentenceView, position: int) -> bool:
    """True for a word outside names; a count ("six governments") is no name."""
    index = view.inside.get(position)
    return index is None or view.mentions[index].kind == "quantity"


def _members(draft: Draft, drafts: Sequence[Draft], mentions: Sequence[Mention], persons: bool) -> list[Mention]:
    """Return the members of the last event told before with two or more, as persons or as the states they are of."""
    sentence = draft.view.sentence
    near = [other for other in drafts if other is not draft and other.view.sentence.start <= sentence.start]
    later = [other for other in drafts if other is not draft and other.view.sentence.start > sentence.start]
    for other in (*reversed(near), *(later if draft.in_head else ())):
        for roles in _MEMBER_ROLES:
            told = [argument for role in roles for argument in other.role(role)]
            found = _as_members(told, mentions, persons)
            if len(found) >= _PARTIES:
                return found
    return [] if persons else _states_told(near, mentions)


def _states_told(near: Sequence[Draft], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the two states whose bodies or people took part in the last event that brought two together."""
    for other in reversed(near):
        states: dict[str, Mention] = {}
        for argument in other.arguments:
            mention = argument.mention
            state = mention if mention.kind == "territory" else derived_country(mention, mentions)
            if argument.role in _MEETING and state is not None and state.country_code is not None:
                states.setdefault(state.country_code, state)
        if len(states) == _PARTIES:
            return list(states.values())
    return []


def _as_members(arguments: Sequence[Argument], mentions: Sequence[Mention], persons: bool) -> list[Mention]:
    found: dict[str, Mention] = {}
    for argument in arguments:
        mention: Mention | None = argument.mention
        if argument.mention.kind == "person" and not persons:
            mention = derived_country(argument.mention, mentions)
        elif argument.mention.kind not in ("person", *STATES) and argument.mention.subtype not in BODIES:
            continue
        if mention is not None and (mention.kind == "person") is persons:
            found.setdefault(mention.reference_id or mention.name or mention.text, mention)
    return list(found.values())


def _about(mentions: Sequence[Mention], language: str, known: dict[str, Mention | None]) -> Mention | None:
    """Return the state a text is about; looked for once per language."""
    if language not in known:
        known[language] = home_state(mentions, language)
    return known[language]


def territory_of(mentions: Sequence[Mention], code: str | None) -> Mention | None:
    """Return the first mention of the state with this code."""
    if code is None:
        return None
    return next((m for m in mentions if m.kind == "territory" and m.country_code == code), None)
