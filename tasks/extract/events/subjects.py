"""Whose act a verb tells, in English: passives, reported speech, and the party a relative clause hangs on.

Belongs here: questions about the subject of one trigger. Which role it fills is decided in `events.slots`.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft

_ACTORS = frozenset({"person", "organisation", "territory"})
_PARTIES = frozenset({"organisation", "territory", "region"})
# Words right before a participle that make it passive.
_PASSIVE = frozenset({"was", "were", "been", "be", "is", "are", "being"})
# Between a name and its relative clause stands a comma.
_RELATIVE = 2


def only_reports(draft: Draft, index: int) -> bool:
    """True for who only says what others do: "the ministry announced Kenya and Ghana have signed"."""
    view, last = draft.view, draft.view.spans[index][1]
    if view.language != "en" or draft.is_noun:
        return False
    said = next((hit for hit in view.of_kind("word", "saying") if last < hit.first < draft.hit.first), None)
    if said is None:
        return False
    return any(
        said.last < begin < draft.hit.first and view.mentions[number].kind in _ACTORS
        for number, (begin, _) in enumerate(view.spans)
    )


def is_passive(draft: Draft) -> bool:
    """True for an English passive ("was backed by Parliament"), of which the subject does nothing."""
    if draft.view.language != "en" or draft.hit.entry.tense != "past" or draft.hit.has_gap:
        return False
    return draft.hit.first > 0 and draft.view.tokens[draft.hit.first - 1].word in _PASSIVE


def linked_before(draft: Draft, links: set[str]) -> list[int]:
    """Return the party right before an English "which": "the agreement with Kenya, which came into force"."""
    view, begin = draft.view, draft.clause[0]
    if view.language != "en" or begin < _RELATIVE or view.tokens[begin].word != "which":
        return []
    before = begin - (_RELATIVE if view.tokens[begin - 1].word == "," else 1)
    # A state within the name of an agreement stands there beside the agreement.
    index = next(
        (n for n, (_, last) in enumerate(view.spans) if last == before and view.mentions[n].kind in _PARTIES), None
    )
    if index is None:
        return []
    head = view.linkage.list_head(index)
    if not any(hit.entry.key in links for hit in view.ending_at.get(view.spans[head][0] - 1, ())):
        return []
    return [number for number in range(head, index + 1) if view.linkage.list_head(number) == head]
