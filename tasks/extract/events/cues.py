"""The words around a trigger that say how its act stands: auxiliaries, adverbs, negations, plans, ordinals.

Belongs here: reading the words. What follows from them is decided in `events.status`.
"""

from __future__ import annotations

from collections.abc import Mapping

from tasks.extract.events.drafts import Draft
from tasks.extract.events.stance import holds_noun, is_determined, is_reported, opens_with_pronoun, stance
from tasks.extract.frames.frame_model import Frames
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

# Where the auxiliary may stand anywhere in the clause, tokens to the left and right in which it is looked for.
_LEFT, _RIGHT = 12, 8
_NOT_DONE = frozenset({"did", "does", "never", "fell", "will"})
# What is said of a noun stands right behind it, or behind what it is of.
_NEAR_NOUN, _COMPLEMENT = 4, 16
# "previous regional operational meeting": tokens of a noun phrase in front of its noun.
_PHRASE = 6
# Languages whose planning verbs and auxiliaries lead the noun of the act, and how near they stand.
_PLAN_LEADS = frozenset({"bs", "hr", "sr", "sh", "sl", "mk", "sq", "lt", "fr"})
_LEADS = {"plan": _LEFT, "future": 3}
_RANKS = frozenset({"last", "latest", "only"})
PLANNED = frozenset({"future", "modal", "plan", "condition", "to", "decided"})
# What may be said of a noun right behind it: "a meeting is planned, will follow, was not held".
_SAID_OF = frozenset({"future", "modal", "plan", "pluperfect"})
_TIMED = PLANNED | {"past", "perfect", "pluperfect"}


def read_cues(draft: Draft, frames: Frames) -> None:
    """Set the draft's cues, marker, ordinal and definiteness from the words around its trigger."""
    view = draft.view
    cues = set(_verb_cues(draft, frames)) if not draft.is_noun else set(_noun_cues(draft))
    first, last = draft.clause
    opening = range(first, min(first + 2, last + 1))
    for hit in view.of_kind("status"):
        inside = first <= hit.first <= last
        if hit.entry.key == "condition" and hit.first in opening:
            cues.add("condition")
        elif hit.first == first and not draft.is_noun and _opens_clause(draft, hit):
            cues.add(hit.entry.key)
        elif hit.entry.key == "cancel" and draft.hit.last < hit.first and inside and _says_not(view, hit):
            # "A round due to be held on 28 November did not take place": told of a verb too.
            cues.add("cancel")
        elif hit.entry.key == "purpose" and first <= hit.first < draft.hit.first:
            cues.add("purpose")
        elif hit.entry.key in ("background", "habitual", "recent", "wish") and inside and _counts(view, hit):
            cues.add(hit.entry.key)
    cues |= stance(draft, cues) | _shared_cues(draft) | _inverted_cues(draft, cues)
    _read_phrase(draft, frames, cues)
    if "to" in cues and _comes_after_rank(draft, frames):
        cues = cues - {"to"} | {"perfect"}
    if "pluperfect" in cues and is_reported(draft):
        cues = cues - {"pluperfect"} | {"perfect"}
    draft.cues = frozenset(cues)


def _opens_clause(draft: Draft, hit: Hit) -> bool:
    """True for a negation of the subject ("No memorandum was signed") and for "after they were approved by …".

    A negation in an aside in front of the subject ("Not waiting for that, …") says nothing of the verb.
    """
    view = draft.view
    if hit.entry.key == "hindsight":
        return opens_with_pronoun(view, hit.last + 1)
    aside = any(view.tokens[at].word == "," and at not in view.inside for at in range(hit.first, draft.hit.first))
    return hit.entry.key == "negation" and not aside


def _says_not(view: SentenceView, hit: Hit) -> bool:
    """True for "did not take place", "never took off", "fell through": what cancels without an object of its own."""
    return view.tokens[hit.first].word in _NOT_DONE


def _counts(view: SentenceView, hit: Hit) -> bool:
    """True for a word in no name; "today" is news also where it is a date that nothing resolves."""
    index = view.inside.get(hit.first)
    return index is None or (hit.entry.key == "recent" and view.mentions[index].kind == "date")


def _comes_after_rank(draft: Draft, frames: Frames) -> bool:
    """True for "became the sixth country to sign": who is the sixth to do it has done it."""
    view, ordinals = draft.view, frames.ordinals.get(draft.view.language, {})
    begin = max(draft.hit.first - _PHRASE, draft.clause[0])
    words = (view.tokens[position].word for position in range(begin, draft.hit.first))
    return any(word in _RANKS or _ordinal(word, ordinals) is not None for word in words)


def _verb_cues(draft: Draft, frames: Frames) -> list[str]:
    if draft.view.language in frames.free_order:
        return _window_cues(draft)
    found = _group_cues(draft.view, draft.hit.first)
    if not draft.hit.has_gap:
        return found
    # The particle inside "helped 40 people to return" belongs to the phrase, and what they "wanted to" do is theirs.
    return found + [key for key in _group_cues(draft.view, draft.hit.tail) if key not in ("to", "plan")]


def _group_cues(view: SentenceView, begin: int) -> list[str]:
    """Collect the cues of the verb group that ends before a token: auxiliaries, adverbs, and what governs a `to`."""
    position = begin - 1
    found: list[str] = []
    while position >= 0:
        mention = view.inside.get(position)
        if mention is not None and view.mentions[mention].kind == "date":
            position = view.spans[mention][0] - 1
            continue
        hits = [hit for hit in view.ending_at.get(position, ()) if hit.entry.kind == "status"]
        if not hits or mention is not None or _is_source(view, position):
            break
        found.extend(hit.entry.key for hit in hits if hit.first == hits[0].first)
        position = hits[0].first - 1
    return [key for key in found if key not in ("definite", "hindsight", "recent", "background", "previous", "next")]


def _is_source(view: SentenceView, position: int) -> bool:
    """True for the "to" of "according to", which tells who says so."""
    return position > 0 and view.tokens[position - 1].word == "according"


def _shared_cues(draft: Draft) -> set[str]:
    """Return what a passive in front of "and" says of the next: "is to be initialled in May and signed in June"."""
    view, link = draft.view, draft.hit.first - 1
    if view.language != "en" or draft.hit.entry.tense != "past" or link < 0 or view.tokens[link].word != "and":
        return set()
    verbs = [hit.first for hit in view.of_kind("trigger") if hit.entry.tense == "past" and 0 < hit.first < link]
    if not verbs or view.tokens[max(verbs) - 1].word != "be":
        return set()
    return set(_group_cues(view, max(verbs))) & PLANNED


def _inverted_cues(draft: Draft, cues: set[str]) -> set[str]:
    """Return what an auxiliary in front of its subject says: "Only then shall the agreement enter into force"."""
    view = draft.view
    if view.language != "en" or draft.hit.entry.tense != "base" or cues & _TIMED:
        return set()
    begin = draft.clause[0]
    return {
        key
        for key in ("future", "modal")
        for hit in view.of_kind("status", key)
        if begin <= hit.first < draft.hit.first and hit.last + 1 < draft.hit.first and hit.first not in view.inside
        if not any(hit.last < verb < draft.hit.first for verb in view.verbs)
    }


def _window_cues(draft: Draft) -> list[str]:
    """Collect the cues of a clause with free order; of those that tell time, the nearest on either side counts."""
    first, last = draft.clause
    begin, end = draft.hit.first, draft.hit.last
    near: list[tuple[int, Hit]] = []
    for hit in draft.view.of_kind("status"):
        if hit.first in draft.view.inside or not first <= hit.first <= last:
            continue
        if hit.first > end and any(token.word == "," for token in draft.view.tokens[end + 1 : hit.first]):
            # "eröffnete eine Stelle, die … betrieben wird": the auxiliary belongs to what follows the comma.
            continue
        distance = begin - hit.last if hit.last < begin else max(hit.first - end, 1)
        if 0 < distance <= (_LEFT if hit.last < begin else _RIGHT):
            near.append((distance, hit))
    near.sort(key=lambda pair: (pair[0], pair[1].first, pair[1].entry.key))
    timed = [hit.entry.key for _, hit in near if hit.entry.key in _TIMED]
    return _decide(timed) + [hit.entry.key for _, hit in near if hit.entry.key in ("negation", "yet")]


def _decide(timed: list[str]) -> list[str]:
    """Return the cue that decides: a planning one unless a past auxiliary stands nearer to the verb."""
    if not timed:
        return []
    if timed[0] in PLANNED or timed[0] == "pluperfect":
        return [timed[0]]
    return [cue for cue in timed if cue in ("past", "perfect")][:1]


def _noun_cues(draft: Draft) -> list[str]:
    """Collect the cues of a noun: those of the verbs that hold it, and what is said of it right behind."""
    view, (first, last) = draft.view, draft.clause
    found: list[str] = ["plan"] if _plan_leads(draft) else []
    verbs = [held.first for held in view.of_kind("word", "held") if first <= held.first <= last]
    if view.language == "en" and draft.hit.has_gap:
        # "A second group will complete the course": the verb of the phrase itself.
        verbs.insert(0, draft.hit.first)
    for verb in verbs:
        found.extend(_group_cues(view, verb))
    # "Expected", "scheduled": what holds the noun may itself say that it lies ahead.
    found.extend(hit.entry.key for hit in view.of_kind("status", "plan") if hit.first in verbs)
    for hit in view.of_kind("status"):
        behind = draft.hit.last < hit.first
        if hit.first in view.inside or not behind:
            continue
        if hit.entry.key == "cancel" and not _describes_people(view, hit):
            found.append("cancel")
        elif hit.entry.key in _SAID_OF and hit.first <= last and _is_predicate(draft, hit):
            found.append(hit.entry.key)
    if any(first <= hit.first <= last and not holds_noun(view, hit) for hit in view.of_kind("status", "pluperfect")):
        found.append("pluperfect")
    for hit in view.of_kind("status", "cancel"):
        if draft.hit.first - 5 <= hit.first < draft.hit.first and not _describes_people(view, hit):
            found.append("cancel")
    return found


def _is_predicate(draft: Draft, hit: Hit) -> bool:
    """True for what is said of a noun right behind it, or behind its complements: "the handover of vans … is due"."""
    view, behind = draft.view, draft.hit.last + 1
    if hit.first <= draft.hit.last + _NEAR_NOUN:
        return True
    if view.language != "en" or view.tokens[draft.hit.last].word != "of" or hit.first > behind + _COMPLEMENT:
        return False
    between = range(behind, hit.first)
    return not any(at in view.verbs or (view.tokens[at].word in ",;:" and at not in view.inside) for at in between)


def _plan_leads(draft: Draft) -> bool:
    """True for the noun of an act behind a planning verb: predviđa otvaranje, će omogućiti raspoređivanje."""
    view, begin = draft.view, draft.hit.first
    hits = [(hit, reach) for key, reach in _LEADS.items() for hit in view.of_kind("status", key)]
    near = [hit for hit, reach in hits if draft.clause[0] <= hit.first and 0 < begin - hit.last <= reach]
    return view.language in _PLAN_LEADS and any(hit.first not in view.inside for hit in near)


def _describes_people(view: SentenceView, hit: Hit) -> bool:
    """True for "rejected asylum seekers": what was rejected is no act."""
    reach = {"people": 2, "domain": 1}
    return any(
        hit.last < word.first <= hit.last + tokens
        for key, tokens in reach.items()
        for word in view.of_kind("word", key)
    )


def _read_phrase(draft: Draft, frames: Frames, cues: set[str]) -> None:
    """Read what stands in front of a noun: ordinal, previous, next, a definite article, `no`, `after`."""
    view, ordinals = draft.view, frames.ordinals.get(draft.view.language, {})
    begin = max(draft.hit.first - _PHRASE, draft.clause[0])
    span = range(begin, draft.hit.last + 1)
    numbers = [
        (position, _ordinal(view.tokens[position].word, ordinals)) for position in span if position not in view.inside
    ]
    draft.ordinal = next((number for _, number in reversed(numbers) if number is not None), None)
    for hit in view.of_kind("status"):
        if hit.first in view.inside or not begin <= hit.first <= draft.hit.last:
            continue
        key = hit.entry.key
        if view.tokens[hit.first].word == "following" and _is_of_another(view, hit):
            continue
        if key in ("previous", "next") and draft.frame.noun_needs_anchor and _qualifies(draft, hit):
            # "the sixth and last round" is the last of a series, not the one before.
            draft.marker = None if key == "previous" and draft.ordinal is not None else key
        elif key == "definite" and hit.last >= draft.hit.first - (1 if draft.hit.has_gap else 3):
            if any(view.tokens[position].word in ("a", "an") for position in range(hit.last + 1, draft.hit.first)):
                continue  # "gave the Commission a mandate": another noun is the definite one
            # "The Committee held its second meeting": neither article points back to a meeting told before.
            draft.is_definite = draft.is_definite or not draft.hit.has_gap or hit.last < draft.hit.first
        elif key == "negation" and draft.is_noun and hit.last == draft.hit.first - 1:
            cues.add("negation")
        elif key == "hindsight" and draft.is_noun and hit.last >= draft.hit.first - 3:
            cues.add("hindsight")


def _is_of_another(view: SentenceView, hit: Hit) -> bool:
    """True for a "following" that says nothing of the noun behind it.

    "A press conference following the meeting" is behind it, and "the following countries took part" are listed.
    """
    lists = hit.entry.key == "hindsight" and hit.first > 0 and view.tokens[hit.first - 1].word == "the"
    return lists or is_determined(view, hit.last + 1)


def _qualifies(draft: Draft, hit: Hit) -> bool:
    """True if no preposition or verb cue stands between the word and the trigger."""
    view = draft.view
    if hit.last < draft.hit.first and any(
        found.entry.kind == "preposition" and found.entry.key != "of"
        for position in range(draft.hit.first + 1, draft.hit.last)
        for found in view.ending_at.get(position, ())
    ):
        return False  # "the following took part in the meeting": in front of a verb, and not of its noun
    for position in range(hit.last + 1, draft.hit.first):
        kinds = {found.entry.kind for found in view.ending_at.get(position, ())}
        if "preposition" in kinds or position in view.inside or view.tokens[position].word in (",", "(", ")"):
            return False
    return draft.is_noun or hit.first >= draft.hit.first


def _ordinal(word: str, ordinals: Mapping[str, int]) -> int | None:
    if word in ordinals:
        return ordinals[word]
    digits = word.rstrip("stndrh")
    if digits != word and digits.isdecimal() and len(digits) <= 3:
        return int(digits)
    return None
