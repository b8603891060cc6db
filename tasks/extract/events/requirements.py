"""What must stand near a trigger before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft
from tasks.extract.events.ellipsis import is_elliptic
from tasks.extract.events.scope import Scope
from tasks.extract.events.stance import is_worked_on
from tasks.extract.events.subjects import is_passive
from tasks.extract.frames.frame_model import Requirement
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

# "counted a little over 239,000 irregular crossings": eight tokens.
_NEAR = 9
_HAILED_REACH = 6
_SETTING_CUES = frozenset({"cancel", "plan", "recent"})
_GATHERINGS = frozenset({"meeting", "visit", "training", "negotiation"})
_POINTING = frozenset({"the", "this", "that"})
# "received the Dutch Special Envoy": tokens between a verb and the noun of its object.
_OBJECT_REACH = 7
_LATE = frozenset({"is:dated", "is:placed", "is:marked", "is:numbered"})
# Classes that names of bodies show as well as other words.
_IN_NAMES = frozenset({
    "agency", "approver", "border_agency", "chamber", "domain", "executive", "legislature", "office", "parliament",
    "site", "staff",
})  # fmt: skip


def missing(draft: Draft, requirements: Sequence[Requirement], scope: Scope, early: bool) -> str | None:
    """Return the reason of the first requirement that is not met, or None.

    Args:
        draft: The candidate.
        requirements: Those of its frame and of its trigger group.
        scope: What document and paragraphs hold.
        early: Leave out what asks for day, place or marker, which are not known yet. Afterwards only these are asked:
            the others were met before.
    """
    for requirement in requirements:
        waits = not _LATE.isdisjoint(requirement.any_of)
        was_met = not early and not waits and _LATE.isdisjoint(requirement.none_of)
        if was_met or (early and waits):
            continue
        if _any_met(draft, requirement.none_of, requirement.within, scope):
            return requirement.reason
        if requirement.any_of and not _any_met(draft, requirement.any_of, requirement.within, scope):
            return requirement.reason
    return None


def _any_met(draft: Draft, conditions: Sequence[str], within: str, scope: Scope) -> bool:
    for condition in conditions:  # noqa: SIM110  # asked so often that a generator would show
        if _met(draft, condition, within, scope):
            return True
    return False


def _met(draft: Draft, condition: str, within: str, scope: Scope) -> bool:
    kind, _, name = condition.partition(":")
    if name in ("returning", "relocating"):
        balance = _returning(draft, scope)
        return balance > 0 if name == "returning" else balance <= 0 and "word:scheme" in scope.words
    if kind == "is":
        return _counts(draft, *_window(draft, within)) if name == "counted" else _is(draft, name)
    if kind == "type" or within == "document":
        return condition in scope.words
    if within == "paragraph":
        return condition in _paragraph(draft, scope)
    view = draft.view
    if name == "person" and within == "clause" and _is_said_of_person(view, draft.clause[0]):
        return True
    if kind == "mention":
        spans = [span for mention, span in zip(view.mentions, view.spans, strict=True) if is_of(mention, name)]
        first, last = _window(draft, within) if spans else (0, 0)
        return any(begin <= last and end >= first for begin, end in spans)
    hits = view.of_kind("word", name)
    if not hits:
        return False
    first, last = _window(draft, within)
    return any(
        hit.first <= last
        and hit.last >= first
        and (name in _IN_NAMES or not _in_name(view, hit.first))
        and not (name == "it_object" and _acts(draft, hit))
        for hit in hits
    )


def _acts(draft: Draft, hit: Hit) -> bool:
    """True for an "it" that is the subject of an active verb ("It then approved …"), and so not what was approved."""
    view = draft.view
    active = not any(found.entry.key in ("past", "be") for found in view.ending_at.get(draft.hit.first - 1, ()))
    return view.tokens[hit.first].word == "it" and hit.last < draft.hit.first and active


def _is_said_of_person(view: SentenceView, begin: int) -> bool:
    """True for a clause that goes on from a person ("Avramopoulos, who was in Rabat"; "Minister Bek, has been")."""
    if view.language != "en" or begin < 2 or (view.tokens[begin - 1].word != "," and view.tokens[begin].word != "who"):
        return False
    index = view.inside.get(begin - 2 if view.tokens[begin - 1].word == "," else begin - 1)
    if view.tokens[begin].word == "whom":
        # "Maja Roe, until recently head of a branch, whom the Government named director": the person of the sentence.
        return any(
            mention.kind == "person" and last < begin
            for mention, (_, last) in zip(view.mentions, view.spans, strict=True)
        )
    return index is not None and view.mentions[index].kind == "person"


def _returning(draft: Draft, scope: Scope) -> int:
    """Return above 0 where people go back, below 0 where they are relocated: by sentence, paragraph, then document.

    The same verbs tell both: people are flown, land and leave.
    """
    view = draft.view
    told = {key for key in ("scheme", "return_scheme", "back_home") if view.of_kind("word", key)}
    if not told:
        told = {key for key in ("scheme", "return_scheme") if f"word:{key}" in _paragraph(draft, scope)}
    if told and len(told & {"return_scheme", "back_home"}) != len(told & {"scheme"}):
        return 1 if told & {"return_scheme", "back_home"} and "scheme" not in told else -1
    return scope.returning


def _paragraph(draft: Draft, scope: Scope) -> frozenset[str]:
    return scope.paragraphs.get(draft.view.sentence.paragraph, frozenset())


def _in_name(view: SentenceView, position: int) -> bool:
    """True for a word inside the name of a body or person: the Asylum Support Office is no office that opens."""
    index = view.inside.get(position)
    return index is not None and view.mentions[index].kind in ("organisation", "person")


def is_of(mention: Mention, name: str) -> bool:
    """True if the mention is of the kind, or a quantity of the sort (`money`, `people`) a requirement names."""
    if name == "money":
        return mention.currency is not None
    if name == "people":
        return mention.kind == "quantity" and mention.unit == "people"
    return mention.kind == name


def _window(draft: Draft, within: str) -> tuple[int, int]:
    # "The agreement, initialled in March, was signed": what is signed stands in front of the aside.
    head = draft.view.resumes(draft.clause[0])
    if within == "near":
        first = max(draft.hit.first - _NEAR, 0)
        if is_passive(draft):
            # "The Regulation on Reintegration, the legal basis of the support, was adopted": a long subject.
            first = min(first, draft.clause[0])
        return (first if head is None else min(first, head)), draft.hit.last + _NEAR
    if within == "clause":
        return (draft.clause[0] if head is None else head), draft.clause[1]
    return 0, len(draft.view.tokens) - 1


def _counts(draft: Draft, first: int, last: int) -> bool:
    """True if a number that is no date stands among the tokens."""
    view = draft.view
    for position in range(first, min(last + 1, len(view.tokens))):
        inside = view.inside.get(position)
        dated = inside is not None and view.mentions[inside].kind == "date"
        if view.tokens[position].word[0].isdecimal() and not dated:
            return True
    return False


def _is(draft: Draft, name: str) -> bool:
    if name == "dated":
        return draft.date_mention is not None
    if name == "placed":
        return draft.place is not None or draft.location is not None
    if name == "marked":
        return draft.marker is not None
    if name == "numbered":
        return draft.ordinal is not None
    if name == "anaphoric":
        return _is_anaphoric(draft)
    if name == "guest":
        return _has_guest(draft)
    if name == "elliptic":
        return is_elliptic(draft)
    return draft.in_title


def _has_guest(draft: Draft) -> bool:
    """True if the verb's object is a person or an office: "received the Dutch Special Envoy", not "a report by …"."""
    view, begin = draft.view, draft.hit.last + 1
    offices = {hit.first for hit in view.offices}
    for position in range(begin, min(begin + _OBJECT_REACH, len(view.tokens))):
        index = view.inside.get(position)
        if position in offices or (index is not None and view.mentions[index].kind == "person"):
            return True
        keys = {hit.entry.key for hit in view.ending_at.get(position, ())} - {"definite", "filler"}
        if index is None and keys:
            return False
    return False


def _is_anaphoric(draft: Draft) -> bool:
    """True if the subject is a pronoun, so that what acts was named before ("Provided that …, they take effect")."""
    begin, end = draft.clause[0], draft.hit.first
    return any(begin <= hit.first < end for hit in draft.view.of_kind("word", "anaphor"))


def anchored(draft: Draft) -> bool:
    """True if a noun tells an act: it is dated, placed, held by a verb, hailed, set apart, or stands in the headline.

    A definite noun without day or place ("the meeting highlighted …") points back; it tells no act of its own, unless
    a verb says that it was held or organised.
    """
    if draft.window is not None or (draft.hit.has_gap and not draft.is_definite):
        return True
    if draft.marker == "previous" or draft.cues & _SETTING_CUES or _has_own_day(draft) or _is_hailed(draft):
        return True
    if _is_with_person(draft) or is_worked_on(draft):
        return True
    held = any(
        draft.clause[0] <= hit.first <= draft.clause[1] and not draft.hit.first <= hit.first <= draft.hit.last
        for hit in draft.view.of_kind("word", "held")
    )
    if held:
        return not draft.is_definite or _holds_it(draft)
    placed = draft.place is not None or draft.location is not None
    if draft.is_definite:
        return placed and draft.marker is not None
    return placed or draft.in_title or draft.marker is not None


def _is_with_person(draft: Draft) -> bool:
    """True for a meeting or talks with somebody named: "said so after a meeting with Commissioner Jane Doe"."""
    view, after = draft.view, draft.hit.last
    if draft.claim_type != "meeting" or view.language != "en" or draft.in_title:
        return False
    link = next((hit for hit in view.of_kind("preposition", "with") if after <= hit.last <= after + 2), None)
    if link is None or _is_pointed_at(draft):
        return False
    return any(
        mention.kind == "person" and link.last < first <= link.last + _NEAR
        for mention, (first, _) in zip(view.mentions, view.spans, strict=True)
    )


def _is_pointed_at(draft: Draft) -> bool:
    """True for "the meeting with …" and "the bilateral talks with …", which were told before."""
    view, begin = draft.view, draft.hit.first - 1
    if begin > 0 and not view.ending_at.get(begin) and begin not in view.inside:
        begin -= 1
    return begin >= 0 and view.tokens[begin].word in _POINTING


def _has_own_day(draft: Draft) -> bool:
    about = draft.claim_type in _GATHERINGS and draft.is_definite and draft.date_precision == "year"
    if draft.date_mention is None or about:
        # "The meeting prepared the activities of 2018": the year is that of what it was about.
        return False
    return draft.clause[0] <= _token_of(draft, draft.date_mention.start) <= draft.clause[1]


def _is_hailed(draft: Draft) -> bool:
    """True for what is welcomed or celebrated, and so has been done ("welcomed the signature of the agreement")."""
    begin = max(draft.hit.first - _HAILED_REACH, draft.clause[0])
    return any(begin <= hit.first < draft.hit.first for hit in draft.view.of_kind("word", "hailed"))


def _holds_it(draft: Draft) -> bool:
    """True if the holding verb stands right behind the noun ("this meeting was organised …")."""
    view = draft.view
    for hit in view.of_kind("word", "held"):
        if draft.hit.last < hit.first <= min(draft.hit.last + 8, draft.clause[1]):
            return True
    return False


def _token_of(draft: Draft, offset: int) -> int:
    tokens = draft.view.tokens
    return next((number for number, token in enumerate(tokens) if token.end > offset), len(tokens) - 1)
