"""What a sentence lists behind its colon: "… came to the conference: Austria, Bulgaria and …", "… relocated: 12 to …".

Belongs here: fillers of an event told in front of a colon. Lists behind a word that gives a role are
`events.roles`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.events.drafts import Draft
from tasks.extract.frames.frame_model import PREPOSITIONS, Slot

_FREE = frozenset({"start", "comma"})
# Roles that a bare list fills: who is there, who declares, who pledges.
_BARE = ("participant", "issuer")
_FEWEST = 2
# The list begins with its first name, or an article and an office before it.
_OPENING = 4


def colon_roles(drafts: Sequence[Draft]) -> None:
    """Add what stands in the list behind the colon that ends a trigger's clause; drafts are changed in place.

    Of several events in front of the colon the last one is meant.
    """
    for draft in drafts:
        view, colon = draft.view, draft.clause[1]
        if view.tokens[colon].word != ":" or colon + 1 >= len(view.tokens):
            continue
        if any(o.view is view and o.clause == draft.clause and o.hit.first > draft.hit.first for o in drafts):
            continue
        begin, end = colon + 1, view.clause_of(colon + 1)[1]
        for slot in draft.frame.slots:
            for index in _listed(draft, slot, begin, end):
                draft.add(slot.role, view.mentions[index], "text", f"{draft.frame.frame_id}.{slot.role}.colon")


def _listed(draft: Draft, slot: Slot, begin: int, end: int) -> list[int]:
    """Return the mentions between two tokens that the slot takes by their preposition, or as a bare list."""
    view = draft.view
    links = set(slot.sources) & set(PREPOSITIONS)
    linked: list[int] = []
    bare: list[int] = []
    for index, (first, last) in enumerate(view.spans):
        if not begin <= first <= last <= end or view.inside.get(first) != index:
            continue
        if view.mentions[index].kind not in slot.kinds:
            continue
        governor = view.linkage.governor(index, (-1, -1))
        if governor.chain and governor.chain[0] in links:
            linked.append(index)
        elif not governor.chain and governor.stop in _FREE:
            bare.append(index)
    if slot.role in ("from", "to"):
        return linked
    opens = bool(bare) and view.linkage.phrase_begin(bare[0]) - begin < _OPENING
    return bare if slot.role in _BARE and opens and len(bare) >= _FEWEST else []
