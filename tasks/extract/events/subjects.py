"""Whose act a verb tells, in English: passives, reported speech, and the party a relative clause hangs on.

Belongs here: questions about the subject of one trigger. Which role it fills is decided in `events.slots`.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft

_ACTORS = frozenset({"person", "organisation", "territory"})
_PARTIES = frozenset({"organisation", "territory", "region"})
# Words right before a participle that make it passive.
_PASSIVE = frozenset({"was", "were", "been", "be", "is", "are", "being"})
_NOUNS = frozenset({"noun", "gerund", "participle"})
_AUXILIARIES = frozenset({"future", "modal", "perfect", "pluperfect", "past", "present"})
_WITH = frozenset({"together with", "along with", "jointly with", "alongside"})
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


def relative_complement(draft: Draft) -> tuple[str, list[int]]:
    """Return the preposition of an English relative clause and the names it hangs on: "Lebanon, to which … gave".

    An empty preposition where the clause does not begin with one.
    """
    view, begin = draft.view, draft.clause[0]
    if view.language != "en" or begin < 1 or view.tokens[begin].word not in ("which", "whom"):
        return "", []
    links = [hit for hit in view.ending_at.get(begin - 1, ()) if hit.entry.kind in ("preposition", "attaching")]
    if not links:
        return "", []
    before = links[0].first - 1
    before -= 1 if before > 0 and view.tokens[before].word == "," else 0
    index = view.inside.get(before)
    if index is None:
        return "", []
    head = view.linkage.list_head(index)
    return links[0].entry.key, [n for n in range(head, index + 1) if view.linkage.list_head(n) == head]


def company(draft: Draft, role: str) -> list[int]:
    """Return the persons who stand beside one that the role has, in one subject.

    "Commissioner A, along with the Minister of the Interior, B, visited …": nothing but names, offices and what joins
    them stands between the beginning of the subject and the verb.
    """
    view, verb = draft.view, draft.hit.first
    if view.language != "en" or draft.is_noun:
        return []
    ends = [hit.last for hit in view.of_kind("trigger") if hit.last < verb and hit.entry.tense not in _NOUNS]
    ends += [hit.last for hit in view.of_kind("boundary") if hit.last < verb]
    ends += [hit.last for hit in view.of_kind("status") if hit.entry.key in _AUXILIARIES and hit.last < _group(draft)]
    begin = max((end for end in ends if end not in view.inside), default=-1) + 1
    persons = [
        index
        for index, (first, last) in enumerate(view.spans)
        if view.mentions[index].kind == "person" and begin <= first and last < verb and _is_joined(draft, index, begin)
    ]
    known = {argument.mention.mention_id for argument in draft.role(role)}
    return persons if any(view.mentions[index].mention_id in known for index in persons) else []


def _group(draft: Draft) -> int:
    """Return the first token of the verb group that ends in the trigger ("will visit", "have signed")."""
    view, position = draft.view, draft.hit.first
    while position > 0 and any(hit.entry.kind == "status" for hit in view.ending_at.get(position - 1, ())):
        position -= 1
    return position


def _is_joined(draft: Draft, index: int, begin: int) -> bool:
    """True for a person at the beginning of the subject, behind "and", "along with" or a comma."""
    view = draft.view
    position = min(view.linkage.phrase_begin(index), view.spans[index][0]) - 1
    while position > begin and any(hit.entry.key == "definite" for hit in view.ending_at.get(position, ())):
        position -= 1
    if position < begin or view.tokens[position].word == "," or view.joins(position):
        return True
    return " ".join(token.word for token in view.tokens[max(position - 1, begin) : position + 1]) in _WITH
