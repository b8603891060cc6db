"""Long lists that say who was there, or who receives, without the verb of the act: "Invited were the ministers of …".

Belongs here: lists of states, bodies and persons within prose. Lists whose items are lines of their own are
`events.block_lists`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.extract.events.drafts import Draft
from tasks.extract.sentences.sentence_view import SentenceView

_ATTENDANCE = ("attendance", "invited", "delegation")
# Event type → the role a list fills, and the classes of words that say so in its sentence.
_OPEN = {
    "meeting": ("participant", _ATTENDANCE),
    "training": ("participant", _ATTENDANCE),
    "relocation": ("to", ("attendance", "receiving")),
}
_GATHERINGS = frozenset({"meeting", "training"})
_SPEAKS = "speaker"
_KINDS = frozenset({"territory", "organisation", "person"})
# Fewer states in one list may be anything: neighbours, countries of origin. Persons are few enough by themselves.
_FEWEST, _FEWEST_PERSONS = 5, 3
# Words that say who somebody is, in front of the list: "the ministers responsible for migration from …".
_WHO = ("office", "attendees", "delegation", "attendance")
_REACH = 8


def roll_calls(drafts: Sequence[Draft], views: Sequence[SentenceView]) -> None:
    """Let a long list be who takes part in the gathering that the head tells, or who receives the people it tells of.

    Args:
        drafts: The events of the document; they are changed in place.
        views: All its sentences, in order.
    """
    main = next((draft for draft in drafts if _is_open(draft)), None)
    if main is None:
        return
    role, words = _OPEN[main.claim_type]
    told = {argument.mention.mention_id for draft in drafts for argument in draft.arguments}
    busy = {id(draft.view) for draft in drafts if draft.claim_type not in _OPEN}
    kinds = _KINDS if main.claim_type in _GATHERINGS else frozenset({"territory"})
    for view in views:
        if view.sentence.start < main.view.sentence.start or id(view) in busy:
            continue
        listed = _longest_list(view, kinds)
        if not listed or any(view.mentions[index].mention_id in told for index in listed):
            continue
        if main.claim_type in _GATHERINGS and any(hit.entry.key == _SPEAKS for hit in view.of_kind("role")):
            continue
        says = any(view.of_kind("word", name) for name in words)
        if says or (main.claim_type in _GATHERINGS and (_tells_people(view, listed[0]) or _names_gathering(view))):
            for index in listed:
                main.add(role, view.mentions[index], "document", f"{main.frame.frame_id}.{role}.roll_call")
            return


def _is_open(draft: Draft) -> bool:
    """True for the gathering or movement of the head whose people the text has not listed yet."""
    if draft.claim_type not in _OPEN or draft.marker is not None or not draft.in_head or draft.in_title:
        return False
    told = len(draft.role(_OPEN[draft.claim_type][0]))
    return told < _FEWEST if draft.claim_type in _GATHERINGS else not told


def _longest_list(view: SentenceView, kinds: frozenset[str]) -> list[int]:
    """Return who stands in the longest list of the sentence, in its order; nothing if it is short."""
    outer = [
        index
        for index, (first, _) in enumerate(view.spans)
        if view.mentions[index].kind in kinds and view.inside.get(first) == index and not _says_whose(view, index)
    ]
    heads = Counter(view.linkage.list_head(index) for index in outer)
    if not heads:
        return []
    head, number = min(heads.items(), key=lambda item: (-item[1], item[0]))
    fewest = _FEWEST_PERSONS if view.mentions[head].kind == "person" else _FEWEST
    return [index for index in outer if view.linkage.list_head(index) == head] if number >= fewest else []


def _says_whose(view: SentenceView, index: int) -> bool:
    """True for a state or body within the office in front of a name: "the Slovenian ambassador Jane Roe"."""
    begin = view.spans[index][0]
    return any(
        view.linkage.phrase_begin(number) <= begin < first
        for number, (first, _) in enumerate(view.spans)
        if view.mentions[number].kind == "person"
    )


def _tells_people(view: SentenceView, head: int) -> bool:
    """True for "the ministers of …" in front of the list, where the sentence speaks of no project."""
    if any(mention.kind == "project" for mention in view.mentions) or view.of_kind("word", "project"):
        return False
    begin = view.spans[head][0]
    return any(begin - _REACH <= hit.last < begin for name in _WHO for hit in view.of_kind("word", name))


def _names_gathering(view: SentenceView) -> bool:
    """True for a sentence that speaks of the gathering itself ("agreed on it at the conference")."""
    return any(
        hit.entry.key.partition(".")[0] in _GATHERINGS and hit.entry.tense == "noun" for hit in view.of_kind("trigger")
    )
