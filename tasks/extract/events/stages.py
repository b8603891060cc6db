"""One movement of people told in stages: who left, where the plane landed, which flight of its kind it was.

"The Agency helped 120 migrants return home on 5 May. The flight departed from Sebha and landed in Lagos. This was the
second charter from the south." is one return. Belongs here: the English sentences that go on about a movement told
before. One more of its kind ("another left in June") is told in `events.continuation`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.sentences.sentence_view import SentenceView

_MOVES = frozenset({"return_operation", "relocation"})
_ROLES = ("from", "to", "organiser")
# "This was the first time …", "This represents the highest number …": the verbs behind a bare demonstrative.
_COPULAS = frozenset({"is", "was", "represents", "represented", "marks", "marked", "constitutes", "brings", "became"})
_POINTING = frozenset({"the", "this", "both", "these"})
# "The voluntary humanitarian flight with 62 women": words from the article to its noun.
_PHRASE = 5
_CARRIERS = frozenset(
    {"flight", "flights", "charter", "charters", "plane", "aircraft", "operation", "transfer", "convoy", "repatriation"}
)
_AHEAD = frozenset({"future", "modal", "plan", "condition", "cancel", "negation"})


def join_stages(drafts: Sequence[Draft]) -> None:
    """Refuse the drafts that only go on about a movement told before, which takes what it lacks from them.

    Args:
        drafts: The events of a document that stand, in the order of the text; they are changed in place.
    """
    told: list[Draft] = []
    for draft in drafts:
        if draft.claim_type not in _MOVES or draft.view.language != "en":
            continue
        before = next((other for other in reversed(told) if _can_go_on(other, draft)), None)
        if before is None:
            told.append(draft)
            continue
        for role in _ROLES:
            if not before.role(role):
                for argument in draft.role(role):
                    before.add(role, argument.mention, "document", argument.rule_id)
        draft.reject = "stage_of_event"


def _can_go_on(before: Draft, draft: Draft) -> bool:
    """True if the draft's sentence goes on about the movement that an earlier sentence told as done."""
    view = draft.view
    if before.claim_type != draft.claim_type or before.view is view or before.cues & _AHEAD or draft.in_title:
        return False
    if _is_appraised(view):
        return True
    if draft.cues & _AHEAD or draft.marker is not None or not _has_carrier(draft):
        return False
    apart = draft.date_mention is not None and (
        before.date_mention is None or same_thing(before.date_mention) != same_thing(draft.date_mention)
    )
    return not apart


def _is_appraised(view: SentenceView) -> bool:
    """True for a sentence that opens with a bare demonstrative and its verb: it says what the act told before was."""
    words = [token.word for token in view.tokens[:2]]
    return len(words) > 1 and words[0] in ("this", "it") and words[1] in _COPULAS


def _has_carrier(draft: Draft) -> bool:
    """True if the sentence opens with the plane or operation known by then ("the charter", "both flights")."""
    words = [token.word for token in draft.view.tokens[: _PHRASE + 1]]
    return bool(words) and words[0] in _POINTING and any(word in _CARRIERS for word in words[1:])
