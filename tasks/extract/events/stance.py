"""Words around a trigger that say how its act stands to the news: awaited, decided, on the timetable, on the sidelines.

Belongs here: cues that no auxiliary gives, and plans whose day has passed. What follows from the cues is decided in
`events.status`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.extract.events.drafts import Draft
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

_PRONOUNS = frozenset({"it", "they", "he", "she"})
# Behind these, "had" is a verb of its own.
_HELD = frozenset(
    {"a", "an", "several", "two", "three", "four", "separate", "bilateral", "talks", "meetings", "his", "her"}
)
_ANNOUNCED = frozenset({"announced", "announces", "announce", "announcing"})
# "to the informal summit", "at tomorrow's extraordinary meeting": words of the phrase, and what links it.
_PHRASE = 5
# What may follow a participle that describes a noun.
_OF_PARTICIPLES = frozenset({"by", "on", "in", "at", "last", "between", "with"})
_AUXILIARIES = frozenset({"future", "modal", "plan", "perfect", "pluperfect", "past", "present", "be", "being", "to"})
_TO = frozenset({"to", "at", "before", "during"})
# Acts that a body can decide on, allow or prepare before anybody carries them out.
_CARRIED_OUT = frozenset({"relocation", "return_operation", "deployment", "opening", "agreement_signed"})


def stance(draft: Draft, cues: set[str]) -> set[str]:
    """Return the cues of what is awaited, decided, on the timetable or told on the side.

    Args:
        draft: The candidate.
        cues: The cues of its verb, or of the verbs that hold it.
    """
    view, found = draft.view, set[str]()
    if any(draft.clause[0] <= hit.first < draft.hit.first for hit in view.of_kind("word", "awaits")):
        found.add("plan")
    if view.of_kind("word", "same_occasion") and not draft.in_head:
        found.add("occasion")
    if _is_decided(draft):
        found.add("decided")
    if is_worked_on(draft):
        found.add("decided")
    if _is_announced(draft) or (draft.is_noun and (_is_on_agenda(draft) or _is_brought_to(draft))):
        found.add("plan")
    if _is_timetable(draft, cues):
        found.add("future")
    return found


def _is_on_agenda(draft: Draft) -> bool:
    """True for "is expected to top the agenda of a meeting": what is to be spoken about at it lies ahead with it."""
    view, (first, _) = draft.view, draft.clause
    agenda = [at for at in range(first, draft.hit.first) if view.tokens[at].word == "agenda"]
    return any(
        first <= hit.first < at for at in agenda for key in ("plan", "future") for hit in view.of_kind("status", key)
    )


def _is_brought_to(draft: Draft) -> bool:
    """True for "will present the plan to the summit": where somebody will speak lies ahead like the speaking."""
    view, (first, _) = draft.view, draft.clause
    if view.language != "en" or draft.claim_type != "meeting":
        return False
    links = [at for at in range(max(draft.hit.first - _PHRASE, first), draft.hit.first) if view.tokens[at].word in _TO]
    return any(first <= hit.first < links[-1] for hit in view.of_kind("status", "future")) if links else False


def holds_noun(view: SentenceView, hit: Hit) -> bool:
    """True for "had a series of meetings": the verb holds the noun and puts nothing further back."""
    after = hit.last + 1
    return view.language == "en" and after < len(view.tokens) and view.tokens[after].word in _HELD


def _is_announced(draft: Draft) -> bool:
    """True for "announced sending 30 officers": what somebody announces doing lies ahead."""
    if draft.hit.entry.tense != "gerund" or draft.hit.first <= draft.clause[0]:
        return False
    words = draft.view.tokens[draft.hit.first - 1].word, draft.view.tokens[draft.hit.first].word
    return draft.view.language == "en" and words[0] in _ANNOUNCED and words[1].endswith("ing")


def _is_decided(draft: Draft) -> bool:
    """True for a noun that is the object of a decision: "approved the relocation of 58 people" moves nobody yet."""
    if not draft.is_noun or draft.claim_type not in _CARRIED_OUT:
        return False
    view, first = draft.view, draft.clause[0]
    return any(
        first <= hit.first < draft.hit.first and not any(at in view.inside for at in (hit.first, hit.last))
        for hit in view.of_kind("word", "decided")
    ) or any(
        # German closes the clause with its participle: "hat der Entsendung … zugestimmt".
        draft.free_order and draft.hit.last < hit.first <= draft.clause[1]
        for hit in view.of_kind("word", "decided")
    )


def is_worked_on(draft: Draft) -> bool:
    """True for a counted act that somebody works on: "supports the relocation of 1,600 children" moved nobody yet."""
    view, after = draft.view, draft.hit.last
    if draft.claim_type not in _CARRIED_OUT or not draft.is_noun or view.tokens[after].word != "of":
        return False
    counted = any(
        mention.kind == "quantity" and mention.unit == "people" and after < begin <= after + _PHRASE
        for mention, (begin, _) in zip(view.mentions, view.spans, strict=True)
    )
    first = draft.clause[0]
    return counted and any(first <= hit.first < draft.hit.first for hit in view.of_kind("word", "works_on"))


def _is_timetable(draft: Draft, cues: set[str]) -> bool:
    """True for an English present with a weekday: "ministers meet in Brdo on Thursday" says what is to come."""
    if draft.view.language != "en" or draft.in_title or draft.frame.presents or draft.is_noun:
        return False
    if draft.hit.entry.tense not in ("present", "base") or cues & {"past", "perfect", "pluperfect", "negation", "to"}:
        return False
    first, last = draft.clause
    return any(
        mention.rule_id == "date.weekday" and first <= begin <= last
        for mention, (begin, _) in zip(draft.view.mentions, draft.view.spans, strict=True)
    )


def settle_past_plans(drafts: Sequence[Draft], day: date | None) -> None:
    """Let what was wanted or expected, on a day its sentence puts before the document's, lie behind it.

    "Nearly 500 asked to go home; 260 of them left by the end of September", told in October, tells no plan.
    """
    for draft in drafts:
        if draft.status != "planned" or draft.date_basis != "text" or draft.date_end is None or day is None:
            continue
        if draft.date_end < day:
            draft.status = "background"


def is_reported(draft: Draft) -> bool:
    """True for reported speech: "said that it had granted" shifts the tense back, and may tell the news."""
    view, begin = draft.view, draft.clause[0]
    said = any(hit.last < begin for hit in view.of_kind("word", "saying"))
    told = said and not any(token.word == "had" for token in view.tokens[:begin])
    return view.language == "en" and view.tokens[begin].word == "that" and told


def describes_noun(draft: Draft) -> bool:
    """True for an English participle that says of what was named which one it is, and tells no news of its own.

    "the regulation tabled by the Commission on 11 March", and in front of its noun "Ratified in May, the protocol".
    """
    view, after = draft.view, draft.hit.last + 1
    first = draft.hit.tail if draft.hit.has_gap else draft.hit.first
    if view.language != "en" or draft.hit.entry.tense != "past" or draft.is_noun or draft.cues & _AUXILIARIES:
        return False
    index = view.inside.get(after)
    dated = index is not None and view.mentions[index].kind == "date"
    if after >= len(view.tokens) or not (dated or view.tokens[after].word in _OF_PARTICIPLES):
        return False
    if first == 0:
        return True
    before = first - 1 if view.tokens[first - 1].word != "," else first - 2
    named = view.inside.get(before)
    if named is not None:
        return view.mentions[named].kind in ("instrument", "project")
    return any(before in view.lasts("word", name) for name in ("agreement", "law", "act", "proposal"))


def opens_with_pronoun(view: SentenceView, position: int) -> bool:
    """True if a pronoun stands at the token ("after they were approved")."""
    return position < len(view.tokens) and view.tokens[position].word in _PRONOUNS


def is_determined(view: SentenceView, position: int) -> bool:
    """True if an article or the like opens a noun phrase at the token ("following the meeting")."""
    return view.language == "en" and any(hit.first == position for hit in view.of_kind("status", "definite"))
