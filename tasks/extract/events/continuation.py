"""Events a sentence tells without naming them: "the next one is planned for May", "a second plane followed on Monday".

What they are the text has said before: the last event of a kind that comes in series. Belongs here: finding such a
sentence and the event it goes on from. Its status, day and roles are read as those of any noun.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.anchoring import sentence_date, sentence_place
from tasks.extract.events.cues import read_cues
from tasks.extract.events.drafts import Draft
from tasks.extract.events.ellipsis import gapped_ordinals
from tasks.extract.events.placement import attributive
from tasks.extract.events.slots import fill_slots
from tasks.extract.frames.frame_model import Frames, TriggerGroup
from tasks.extract.frames.triggers import Entry, Hit
from tasks.extract.sentences.sentence_view import SentenceView

# Kinds of events of which a text tells several.
_SERIES = frozenset({"meeting", "visit", "training", "negotiation", "return_operation", "relocation", "deployment"})
_TIMES = frozenset({"future", "plan", "modal", "condition", "pluperfect", "cancel"})
_AHEAD = frozenset({"future", "plan", "cancel"})
# A subject stands at the beginning of its clause: "Already next week, a second one …".
_SUBJECT_REACH = 6


def continue_series(view: SentenceView, frames: Frames, told: Sequence[Draft], in_head: bool) -> list[Draft]:
    """Return the drafts of what a sentence goes on to tell of a series.

    Args:
        view: The sentence.
        frames: All frames.
        told: The drafts so far that were not refused, in the order of the text, those of this sentence included.
        in_head: The sentence belongs to headline or lead.
    """
    found: list[Draft] = []
    for subject in _subjects(view):
        clause = view.clause_of(subject.first)
        before = next((draft for draft in reversed(told) if _precedes(draft, view, clause)), None)
        taken = any(draft.view is view and clause[0] <= draft.hit.first <= clause[1] for draft in (*told, *found))
        if before is None or taken:
            continue
        draft = _continued(view, frames, subject, before, clause, in_head)
        if draft is not None:
            found.append(draft)
    return found + _gapped(view, frames, told, in_head)


def _continued(
    view: SentenceView, frames: Frames, subject: Hit, before: Draft, clause: tuple[int, int], in_head: bool
) -> Draft | None:
    """Return the draft of one more event of the kind told before; None where it has no day and was not called off."""
    hit = subject._replace(entry=Entry("trigger", before.frame.frame_id, "noun"))
    draft = Draft(view, hit, before.frame, TriggerGroup(()), clause, in_head, view.language in frames.free_order)
    read_cues(draft, frames)
    sentence_date(draft, [draft])
    if draft.date_mention is None and "cancel" not in draft.cues:
        return None
    sentence_place(draft, [draft])
    fill_slots(draft, attributive(view))
    return draft


def _gapped(view: SentenceView, frames: Frames, told: Sequence[Draft], in_head: bool) -> list[Draft]:
    """Return the events of clauses without a verb ("the first round was held in March, the second on 9 May")."""
    hits = gapped_ordinals(view, frames.ordinals.get(view.language, {}))
    found = []
    for number, hit in enumerate(hits):
        last = hits[number + 1].first - 1 if number + 1 < len(hits) else view.clause_of(hit.last)[1]
        clause = hit.first, last
        before = next((d for d in reversed(told) if d.view is view and _is_before(d, hit)), None)
        if before is None or any(d.view is view and _dated_within(d, view, clause) for d in told):
            continue
        draft = _continued(view, frames, hit, before, clause, in_head)
        if draft is not None:
            # The verb left out is the one told before.
            draft.cues |= before.cues & _TIMES
            if draft.place is not None and not _lies_within(draft.place, view, clause):
                draft.place = draft.place_basis = None
            found.append(draft)
    return found


def _is_before(draft: Draft, hit: Hit) -> bool:
    return draft.claim_type in _SERIES and draft.hit.first < hit.first


def _dated_within(draft: Draft, view: SentenceView, clause: tuple[int, int]) -> bool:
    """True if a draft already has its day in these words."""
    return draft.date_mention is not None and _lies_within(draft.date_mention, view, clause)


def _lies_within(mention: Mention, view: SentenceView, clause: tuple[int, int]) -> bool:
    first, last = view.text(*clause)
    return first <= mention.start < last


def _precedes(draft: Draft, view: SentenceView, clause: tuple[int, int]) -> bool:
    """True for an event of a series told in an earlier sentence or clause."""
    return draft.claim_type in _SERIES and (draft.view is not view or draft.clause[1] < clause[0])


def _subjects(view: SentenceView) -> list[Hit]:
    """Return the words that stand for one more event and of which the clause says that it happens, or does not."""
    heads = {hit.first: hit.last for hit in view.of_kind("word", "generic_act")}
    found = []
    for hit in view.of_kind("word", "one_more"):
        after = hit.last + 1
        last = heads.get(after, hit.last)
        if hit.first in view.inside or not (after in heads or _ends_phrase(view, after)):
            continue
        found.append(hit._replace(last=last, head_end=last + 1))
    found += [hit for hit in view.of_kind("word", "it") if _takes_place(view, hit)]
    return [hit for hit in found if _is_subject(view, hit) and _happens(view, hit)]


def _is_subject(view: SentenceView, hit: Hit) -> bool:
    return hit.first - view.clause_of(hit.first)[0] <= _SUBJECT_REACH


def _ends_phrase(view: SentenceView, position: int) -> bool:
    """True if no noun follows that the words would describe: "the next will leave", "another was held"."""
    if position >= len(view.tokens):
        return False
    verbal = any(
        hit.first == position
        for hit in (*view.of_kind("status"), *view.of_kind("word", "goes_on"), *view.of_kind("word", "held"))
    )
    return verbal or view.tokens[position].word == ","


def _happens(view: SentenceView, subject: Hit) -> bool:
    """True if the sentence says behind the subject that something took place, lies ahead or was called off."""
    last = len(view.tokens) - 1
    verbs = [*view.of_kind("word", "goes_on"), *view.of_kind("word", "held")]
    verbs += [hit for hit in view.of_kind("status") if hit.entry.key in _AHEAD]
    return any(subject.first < hit.first <= last and hit.first not in view.inside for hit in verbs)


def _takes_place(view: SentenceView, hit: Hit) -> bool:
    """True if a pronoun stands right in front of the verb group of "take place"."""
    held = [verb.first for verb in view.of_kind("word", "takes_place")]
    return any(hit.last < first <= hit.last + _SUBJECT_REACH for first in held)
