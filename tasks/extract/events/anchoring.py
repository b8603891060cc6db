"""When and where: day and place of a draft, from its own sentence and by the rules of the codebook."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.date_choice import belongs_to_name, day_made_public, is_moved, is_of_kind, of_speaker
from tasks.extract.events.drafts import Draft
from tasks.extract.events.nationals import names_border
from tasks.extract.events.placement import Placement, place_mention
from tasks.extract.frames.words import fold_word

# Lithuanian says "in" by the ending of the name.
_LOCATIVES = ("oje", "ėje", "yje", "uje", "iuje", "ose", "ėse", "uose", "iuose", "yse")
# Towns whose names end in -as: Kaune, Jerevane.
_LOCATIVE_OF_TOWN = "e"
# Acts on paper, whose subject may lie in another country than the act.
_ON_PAPER = frozenset(
    {"agreement_signed", "agreement_approved", "negotiation", "legislation_adopted", "legislation_proposed"}
)
# "The signing, foreseen for the first half of October in Brussels, …": tokens on either side of its date.
_LONGEST_ASIDE = 12
# "During a two-day working visit": tokens between the preposition and its noun.
_OCCASION = 4
_TO = frozenset({"to", "until", "till", "-", "–"})
_RELATIVE = frozenset({"who", "whom", "whose"})
# Where people are returned to is not where the text reports from.
_INTO = frozenset({"visit", "relocation", "deployment"})


def sentence_date(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Take the day from the trigger's clause, else from a clause of the sentence that tells no other event.

    Args:
        draft: The draft; its day is set if the sentence gives one.
        drafts: All drafts of the sentence.
    """
    if draft.frame.date_fill == "publication_only":
        made_public = next((index for index in usable_dates(draft) if day_made_public(draft, index)), None)
        if made_public is not None:
            draft.take_date(draft.view.mentions[made_public], "text")
        return
    own = [index for index in usable_dates(draft) if not of_speaker(draft, index)]
    own = [index for index in own if not _in_aside_of_noun(draft, draft.view.spans[index][0], drafts)]
    same = [index for index in own if draft.clause[0] <= draft.view.spans[index][0] <= draft.clause[1]]
    same = [index for index in same if not _taken(draft, index, drafts) and not _of_main_verb(draft, index, drafts)]
    behind = [index for index in same if draft.view.spans[index][0] > draft.hit.last]
    same = [index for index in same if not (behind and _of_first_verb(draft, index, drafts))]
    found = min(same, key=lambda index: (_distance(draft, index), index), default=None)
    if found is None:
        found = _date_elsewhere(draft, own, drafts)
    if found is not None:
        found = _end_of_range(draft, found)
        draft.take_date(draft.view.mentions[found], "text")
        if is_moved(draft, found) and draft.date_end is not None:
            # "Has been moved from June to September": the range ends with the day that holds.
            is_day = draft.date_precision == "day"
            draft.date_start = draft.date_end if is_day else draft.date_end.replace(day=1)


def _end_of_range(draft: Draft, index: int) -> int:
    """Return the second date of "from March 2023 to May 2026" for what the second one ends."""
    view, after = draft.view, draft.view.spans[index][1] + 1
    if draft.frame.date_part != "end" or after >= len(view.tokens) or view.tokens[after].word not in _TO:
        return index
    second = view.inside.get(after + 1)
    return second if second is not None and view.mentions[second].kind == "date" else index


def usable_dates(draft: Draft) -> list[int]:
    """Return the dates of the sentence that can be the day of an event, by position."""
    dates = [index for index, mention in enumerate(draft.view.mentions) if mention.kind == "date"]
    return [index for index in dates if not belongs_to_name(draft, index)]


def _distance(draft: Draft, index: int) -> int:
    """Return the tokens between trigger and mention; what stands behind the trigger wins a tie."""
    first, last = draft.view.spans[index]
    if last < draft.hit.first:
        return 2 * (draft.hit.first - last) + 1
    return max(0, 2 * (first - draft.hit.last))


def _taken(draft: Draft, index: int, drafts: Sequence[Draft]) -> bool:
    """True if another event's verb stands between the day or place and this trigger, which is not its occasion."""
    low, high = sorted((draft.view.spans[index][0], draft.hit.first))
    return not (draft.is_noun and _is_occasion(draft)) and any(
        other is not draft
        and other.claim_type != draft.claim_type
        and not other.is_noun
        and low < other.hit.first < high
        for other in drafts
    )


def _is_occasion(draft: Draft) -> bool:
    """True for "in October she discussed the plan during a visit": the visit shares the day of what happened on it."""
    begin, end = draft.hit.first - _OCCASION, draft.hit.first
    return any(begin <= hit.last < end for hit in draft.view.of_kind("word", "during"))


def _of_main_verb(draft: Draft, index: int, drafts: Sequence[Draft]) -> bool:
    """True for the day of the verb an infinitive hangs on: "decided on Tuesday to relocate" dates the decision.

    Who will travel somewhere on a day to sign will sign on that day.
    """
    first = draft.view.spans[index][0]
    if "to" not in draft.cues or first > draft.hit.first:
        return False
    return any(
        other is not draft and not other.is_noun and draft.clause[0] <= other.hit.first < first
        for other in drafts
        if other.claim_type != draft.claim_type
        and "to" not in other.cues
        and not (other.claim_type == "visit" and "future" in other.cues)
    )


def _of_first_verb(draft: Draft, index: int, drafts: Sequence[Draft]) -> bool:
    """True for the day of the first of two verbs: "initialled in June and signed in Tirana on 15 September"."""
    view = draft.view
    first, last = view.spans[index]
    joined = any(last < hit.first < draft.hit.first for hit in view.of_kind("connector"))
    return joined and any(
        not other.is_noun and other.claim_type != draft.claim_type and draft.clause[0] <= other.hit.last < first
        for other in drafts
    )


def _date_elsewhere(draft: Draft, own: list[int], drafts: Sequence[Draft]) -> int | None:
    """Return the nearest date of a clause without an event of its own, or of the clause this one hangs on."""
    view = draft.view
    busy = {other.clause[0] for other in drafts if other is not draft}
    hangs = any(hit.first == draft.clause[0] for hit in view.of_kind("word", "where"))
    free = []
    for index in own:
        clause = view.clause_of(view.spans[index][0])
        earlier = clause[1] < draft.clause[0]
        if not earlier and view.tokens[clause[0]].word in _RELATIVE:
            # "His colleague, whose country takes over in July": the day of what the relative clause tells.
            continue
        if clause[0] not in busy or (hangs and earlier):
            free.append(index)
    return min(free, key=lambda index: (_distance(draft, index), index), default=None)


def _in_aside_of_noun(draft: Draft, position: int, drafts: Sequence[Draft]) -> bool:
    """True within an aside right behind another event's noun ("The signing, foreseen for May, has to be approved")."""
    nouns = [other for other in drafts if other.is_noun and other.claim_type != draft.claim_type]
    if not nouns:
        return False
    tokens = draft.view.tokens
    before = range(position - 1, max(position - _LONGEST_ASIDE, -1), -1)
    opening = next((at for at in before if tokens[at].word == ","), None)
    behind = range(position, min(position + _LONGEST_ASIDE, draft.hit.tail))
    if opening is None or not any(tokens[at].word == "," for at in behind):
        return False
    return any(other.hit.last == opening - 1 for other in nouns)


def sentence_place(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Set place and location (a territory named as the place) from the clause, else from the rest of the sentence."""
    view = draft.view
    busy = {other.clause[0] for other in drafts if other is not draft and other.clause != draft.clause}
    for within in (True, False):
        for index, mention in enumerate(view.mentions):
            if mention.kind not in ("place", "territory"):
                continue
            begin = view.spans[index][0]
            if draft.covers(begin) is not within or (not within and not _is_open_clause(draft, begin, busy)):
                continue
            if draft.window is None and _taken(draft, index, drafts):
                continue
            if _in_aside_of_noun(draft, begin, drafts):
                continue
            if mention.kind == "place" and draft.place is None and _is_location(draft, index):
                draft.place, draft.place_basis = mention, "text"
            elif mention.kind == "territory" and draft.location is None and _is_location(draft, index):
                draft.location = mention
        if draft.place is not None or draft.location is not None or draft.window is not None:
            return


def _is_open_clause(draft: Draft, position: int, busy: set[int]) -> bool:
    """True if the clause of the token tells no other event and hangs on nothing else ("…, although Budapest …")."""
    view = draft.view
    begin = view.clause_of(position)[0]
    if begin < draft.clause[0] and view.tokens[draft.clause[0]].word == "where":
        # "Was in Tirana on Tuesday, where she held talks": the clause it hangs on says where, whatever else it tells.
        return view.clause_of(draft.clause[0] - 1)[0] == begin
    apart = range(*sorted((position, draft.hit.first)))
    if begin in busy or any(view.tokens[number].word == ";" for number in apart):
        return False
    return begin < draft.clause[0] or not any(hit.first == begin for hit in view.of_kind("boundary"))


def _is_location(draft: Draft, index: int) -> bool:
    mention = draft.view.mentions[index]
    placement = place_mention(draft, index)
    if draft.view.tokens[draft.hit.last].word == "for" and draft.view.spans[index][0] == draft.hit.last + 1:
        # "left for Bulgaria"
        return draft.claim_type in _INTO
    if mention.kind == "territory" and (_belongs_to_topic(draft, index) or names_border(draft.view, index)):
        return False
    wanted = {"in", "to"} if draft.claim_type in _INTO or _is_reached(draft, index) else {"in"}
    if placement.inner in wanted or (placement.inner in (None, "of") and placement.outer in wanted):
        return True
    if draft.view.language == "lt" and placement.inner is None:
        endings = (*_LOCATIVES, _LOCATIVE_OF_TOWN) if mention.kind == "place" else _LOCATIVES
        return fold_word(mention.text.split()[-1], True).endswith(endings)
    return _leads(draft, mention, placement)


def _belongs_to_topic(draft: Draft, index: int) -> bool:
    """True if a topic stands between trigger and state: an agreement "on operations in Bosnia" is not signed there."""
    view = draft.view
    first = view.spans[index][0]
    if not draft.hit.last < first or draft.claim_type not in _ON_PAPER:
        return False
    return any(
        draft.hit.last < hit.first
        and hit.last < first - 2
        and hit.entry.key == "other"
        and hit.first not in view.inside
        for hit in view.of_kind("preposition")
        if not is_of_kind(view, hit.last + 1, "date")
    )


def _is_reached(draft: Draft, index: int) -> bool:
    """True if somebody travels to the place for the event ("travelled to Brussels to sign")."""
    before = draft.view.spans[index][0] - 1
    return any(hit.last == before for hit in draft.view.of_kind("word", "motion"))


def _leads(draft: Draft, mention: Mention, placement: Placement) -> bool:
    """True for a place that is the object of a visit, or the subject that hosts ("Sarajevo hosted the meeting")."""
    if mention.kind != "place" and draft.claim_type != "visit":
        return False
    return placement.outer == "object" and draft.claim_type == "visit"
