"""What a scheme, rule or proposal provides for, which nobody carries out by saying so.

"An emergency scheme to relocate 40,000 applicants was backed by Parliament" tells a vote, and moves nobody. Belongs
here: the noun phrases of English in which the name of an act only says what something is for.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft

# Acts that rules provide for long before, and often without, anybody carrying them out.
_PROVIDED = frozenset({"relocation", "return_operation"})
# "a mechanism to be put in place in order to relocate": words between the scheme and what it is for.
_REACH = 9
# "for the swift and mandatory relocation of": words of a noun phrase in front of its noun.
_PHRASE = 4
_AIMS = frozenset({"to", "for", "of", "on", "under", "where", "whereby"})
# "in need of", "candidates selected for": words that open such a phrase, and how far from its preposition.
_PROSPECTS = frozenset({"need", "needs", "eligible", "eligibility", "candidates", "referred", "selected", "considered"})
_WAITING = 2
# What obliges or forbids, and the words of a verb group in front of its verb ("should not then be").
_OBLIGING = frozenset({"should", "must", "shall", "cannot", "ought"})
_GROUP = 4
_MODALS = frozenset({"should", "must", "shall", "can", "may", "will", "could", "would"})


def only_mentioned(draft: Draft) -> str | None:
    """Return why an act is only spoken of: provided for by a scheme, asked for; or None."""
    if provided_for(draft):
        return "provided_for"
    return "asked_for" if is_asked_for(draft) else None


def provided_for(draft: Draft) -> bool:
    """True for an act that stands only as the content of a scheme, rule or proposal, or as people still to be moved."""
    if draft.view.language != "en" or draft.claim_type not in _PROVIDED:
        return False
    return _is_aim(draft) or _is_attribute(draft) or _is_prospect(draft) or _is_norm(draft)


def is_asked_for(draft: Draft) -> bool:
    """True for what somebody is asked to do, or tries: "urged Parliament to reject the bill", "attempting to reach"."""
    view, link = draft.view, draft.hit.first - 1
    if view.language != "en" or link < 1:
        return False
    if draft.hit.entry.tense == "past":
        return _is_subjunctive(draft)
    if draft.hit.entry.tense not in ("base", "infinitive"):
        return False
    if view.tokens[link].word != "to":
        return False
    before = link - 1
    if any(hit.last == before for key in ("trying", "possibility") for hit in view.of_kind("word", key)):
        return True
    # An adverb or "and" may stand between the appeal and what it asks for; another verb may not.
    return any(draft.clause[0] <= hit.first < before for hit in view.of_kind("word", "appeal"))


def _is_subjunctive(draft: Draft) -> bool:
    """True for "it is recommended that the text be approved": a bare "be" behind its subject."""
    view, auxiliary = draft.view, draft.hit.first - 1
    if view.tokens[auxiliary].word != "be":
        return False
    begin = draft.clause[0]
    if auxiliary - 1 <= begin:
        return False
    governed = any(hit.entry.kind == "status" for hit in view.ending_at.get(auxiliary - 1, ()))
    return not governed and any(view.tokens[number].word == "that" for number in range(begin, auxiliary))


def _is_aim(draft: Draft) -> bool:
    """True for "rules for relocating", "a proposal to relocate", "a mechanism in order to relocate"."""
    view = draft.view
    link = _link(draft)
    if link is None:
        return False
    schemes = [hit.last for hit in view.of_kind("word", "blueprint") if hit.last not in view.inside or hit.last < link]
    if any(last == link - 1 for last in schemes):
        return True
    in_order = link > 1 and [token.word for token in view.tokens[link - 2 : link]] == ["in", "order"]
    return in_order and any(link - _REACH <= last < link for last in schemes)


def _link(draft: Draft) -> int | None:
    """Return the token of the preposition or "to" in front of the trigger's phrase; None where there is none."""
    view = draft.view
    if draft.hit.entry.tense == "base":
        before = draft.hit.first - 1
        return before if before > 0 and view.tokens[before].word == "to" else None
    if not draft.is_noun:
        return None
    for position in range(draft.hit.first - 1, max(draft.hit.first - 1 - _PHRASE, 0), -1):
        word = view.tokens[position].word
        if word in _AIMS:
            return position
        if position in view.inside or not word[0].isalpha() or position in view.verbs:
            return None
    return None


def _is_prospect(draft: Draft) -> bool:
    """True for "people in need of resettlement", "eligible for relocation": nobody has moved them."""
    view, link = draft.view, _link(draft)
    if link is None or not draft.is_noun:
        return False
    return any(view.tokens[at].word in _PROSPECTS for at in range(max(link - _WAITING, 0), link))


def _is_norm(draft: Draft) -> bool:
    """True for what has to be, or must not be, done with people, on no day: "nobody should be returned to danger"."""
    view, (first, last) = draft.view, draft.clause
    if draft.in_title or draft.is_noun or draft.hit.entry.tense not in ("base", "past", "infinitive"):
        return False
    words = [view.tokens[at].word for at in range(max(draft.hit.first - _GROUP, first), draft.hit.first)]
    obliged = any(word in _OBLIGING for word in words) or words[-2:] in (["have", "to"], ["has", "to"])
    spans = zip(view.mentions, view.spans, strict=True)
    return obliged and not any(mention.kind == "date" and first <= begin <= last for mention, (begin, _) in spans)


def _is_attribute(draft: Draft) -> bool:
    """True for "a quota of 500 people to be relocated" and "those resettled should be families"."""
    view, verb, after = draft.view, draft.hit.first, draft.hit.last + 1
    if draft.hit.entry.tense != "past" or draft.in_title or after >= len(view.tokens):
        return False
    to_be = verb > 1 and [token.word for token in view.tokens[verb - 2 : verb]] == ["to", "be"]
    people = {hit.last for hit in view.of_kind("word", "people")}
    if to_be:
        return verb - 3 in people
    # "People deported to Chad could then …": the state may stand between them and their verb.
    behind = [token.word for token in view.tokens[after : after + _GROUP - 1]]
    return verb - 1 in people and any(word in _MODALS for word in behind)
