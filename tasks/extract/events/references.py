"""What words in front of a trigger stand for: `he`, `the country`, `the government`.

Belongs here: references the mentions do not carry. Short forms of names are mentions with an antecedent already.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft
from tasks.extract.events.placement import derived_country
from tasks.extract.frames.frame_model import Slot

# Languages of ours that are spoken in one country: what its government did, they tell without naming it.
_HOME_OF_LANGUAGE = {"lt": "LT", "sl": "SI", "mk": "MK"}

# With whom the subject acts is not the subject.
_COMPANY = (".with", ".together")
# "It has also adopted": tokens between the word and its verb.
_IT_REACH = 4
# The body whose members MEPs are, wherever the text names it.
_OF_MEPS = "EP"
_SELF = frozenset({"himself", "herself", "themselves"})
_PASSIVE = frozenset({"is", "was", "be", "been", "being"})
_ACTS = frozenset({"issuer", "party", "funder", "deployer", "proposer", "organiser", "appointer", "participant"})
# Words in front of a trigger that stand for something named before, and what they can stand for.
_REFERRING = (("pronoun", "person"), ("possessive", "person"), ("the_country", "territory"))


def resolve_references(drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Fill subjects that a pronoun, `the country` or `the government` in front of the trigger stands for.

    A pronoun stands for the last person named before it, `the country` for the last state, an unnamed authority for the
    state the text is about.
    """
    for draft in drafts:
        home = home_state(mentions, draft.view.language)
        for word, kind in _REFERRING:
            slot = subject_slot(draft, kind)
            own = _standing(draft, word)
            if not own or slot is None or _has_subject(draft, slot.role, kind):
                continue
            _tie_reference(draft, drafts, mentions, slot.role, kind, draft.view.tokens[own[-1]].start)
        _tie_office(draft, mentions)
        _tie_it(draft, drafts)
        _tie_parliament(draft, mentions)
        slot = subject_slot(draft, "territory")
        decides = _standing(draft, "authority") or _by_authority(draft)
        if slot is not None and home is not None and not draft.role(slot.role) and decides:
            draft.add(slot.role, home, "derived", f"{draft.frame.frame_id}.{slot.role}.authority")


def _by_authority(draft: Draft) -> bool:
    """True for "was adopted by the Government": an unnamed authority behind a participle."""
    view, after = draft.view, draft.hit.last + 1
    if view.language != "en" or after >= len(view.tokens) or view.tokens[after].word != "by":
        return False
    return any(hit.first == after + 1 for hit in view.of_kind("word", "authority"))


def _tie_office(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let "the Commissioner" right before an English verb be the last person named before with that office."""
    view, slot = draft.view, subject_slot(draft, "person")
    if view.language != "en" or draft.is_noun or slot is None or _has_subject(draft, slot.role, "person"):
        return
    for position in _standing(draft, "office"):
        between = range(position + 1, draft.hit.first)
        alone = all(number in view.function_words or view.tokens[number].word in _SELF for number in between)
        if not alone or position <= draft.clause[0] or view.tokens[position - 1].word != "the":
            continue
        word, offset = view.tokens[position].word, view.tokens[position].start
        held = [
            m for m in mentions if m.kind == "person" and m.end < offset and word in (m.office or "").casefold().split()
        ]
        if held:
            draft.add(slot.role, held[-1], "document", f"{draft.frame.frame_id}.{slot.role}.office")


def _tie_it(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Let "it" right before an active verb be the body or state that acts in the sentence before."""
    slot = subject_slot(draft, "organisation")
    own = _standing(draft, "body_pronoun")
    if slot is None or not own or draft.is_noun or draft.role(slot.role) or draft.hit.first - own[-1] > _IT_REACH:
        return
    view = draft.view
    if any(view.tokens[position].word in _PASSIVE for position in range(own[-1], draft.hit.last + 1)):
        return
    told = [other for other in drafts if other.view.sentence.ordinal == view.sentence.ordinal - 1 and not other.is_noun]
    for other in told:
        for argument in other.arguments:
            mention = argument.mention
            if argument.role in _ACTS and mention.kind in slot.kinds and mention.end <= other.trigger_span[0]:
                draft.add(slot.role, mention, "document", f"{draft.frame.frame_id}.{slot.role}.reference")
                return


def _tie_parliament(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Let "the deputies" or "the house" of a clause be the parliament named before, where nobody else decides."""
    slot = next((slot for slot in draft.frame.slots if slot.role == "issuer" and "organisation" in slot.kinds), None)
    view = draft.view
    words = [
        hit.first for hit in view.of_kind("word", "house") if draft.covers(hit.first) and hit.first not in view.inside
    ]
    if slot is None or not words or draft.role("issuer"):
        return
    offset = view.tokens[words[0]].start
    named = [m for m in mentions if m.kind == "organisation" and m.subtype == "parliament" and m.end <= offset]
    if view.tokens[words[0]].word == "meps":
        named = [m for m in mentions if m.reference_id == _OF_MEPS]
    if named:
        basis = "text" if named[-1].start >= view.sentence.start else "document"
        draft.add("issuer", named[-1], basis, f"{draft.frame.frame_id}.issuer.reference")


def _has_subject(draft: Draft, role: str, kind: str) -> bool:
    """True if a name stands where the referring word would; "he together with the Minister" leaves its place free."""
    named = [argument.mention for argument in draft.role(role) if not argument.rule_id.endswith(_COMPANY)]
    return any(mention.kind == kind and mention.start < draft.trigger_span[0] for mention in named)


def _standing(draft: Draft, word: str) -> list[int]:
    """Return the tokens of a class that stand in front of the trigger, in its clause and outside names."""
    begin, end = draft.clause[0], draft.hit.first
    hits = draft.view.of_kind("word", word)
    return [hit.first for hit in hits if begin <= hit.first < end and hit.first not in draft.view.inside]


def home_state(mentions: Sequence[Mention], language: str) -> Mention | None:
    """Return the first mention of the state a text is about.

    It is the state of its language where there is but one; else the one named most often, if none is as often.
    """
    own = _HOME_OF_LANGUAGE.get(language)
    named = next((m for m in mentions if m.kind == "territory" and m.country_code == own), None)
    if own is not None and named is not None:
        return named
    counts: dict[str, int] = {}
    for mention in mentions:
        if mention.kind == "territory" and mention.country_code is not None:
            counts[mention.country_code] = counts.get(mention.country_code, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(m for m in mentions if m.kind == "territory" and m.country_code == ranked[0][0])


def subject_slot(draft: Draft, kind: str | None = None) -> Slot | None:
    """Return the first role that the trigger's subject fills, or that one of a kind does.

    Who gets something stands where else its giver does: the trigger group has the first word.
    """
    for slot in draft.frame.slots:
        fits = kind is None or kind in slot.kinds
        if fits and "subject" in draft.group.sources.get(slot.role, slot.sources):
            return slot
    return None


def _tie_reference(
    draft: Draft, drafts: Sequence[Draft], mentions: Sequence[Mention], role: str, kind: str, offset: int
) -> None:
    """Put what a word at an offset stands for, the last thing of that kind named before it, in a role.

    Of the persons of one sentence a pronoun takes up the one that acts there, of several that act together the first
    ("Minister A and her counterpart B have signed …. The minister also …"): subjects lead the ranking of centering
    theory (Grosz, Joshi and Weinstein 1995). Nobody visits the state he or she acts for.
    """
    hosts = _visited(draft, mentions)
    named = [
        mention
        for mention in mentions
        if mention.kind == kind
        and mention.end <= offset
        and (mention.country_code is None or mention.country_code not in hosts)
    ]
    if named:
        meant = max(named, key=lambda mention: mention.start)
        acting = {
            argument.mention.start: argument.mention
            for other in drafts
            if other.view.sentence.start <= meant.start < other.view.sentence.end and not other.is_noun
            for argument in other.arguments
            if argument.mention in named and kind == "person" and argument.rule_id.endswith(".subject")
        }
        if acting and min(acting) <= offset:
            meant = acting[min(acting)]
        basis = "text" if meant.start >= draft.view.sentence.start else "document"
        draft.add(role, meant, basis, f"{draft.frame.frame_id}.{role}.reference")


def _visited(draft: Draft, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the state that a visit goes to, as far as its sentence says; empty for other events."""
    if draft.claim_type != "visit":
        return frozenset()
    state = draft.location or (derived_country(draft.place, mentions) if draft.place is not None else None)
    return frozenset() if state is None or state.country_code is None else frozenset({state.country_code})
