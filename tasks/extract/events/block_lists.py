"""Lists whose items are lines of their own: "Participating countries:" and below it one state or person a line.

The line above says what the items are: it gives a role ("The meeting was attended by:"), tells the event ("These
states pledged places:"), or is a heading ("Participants"). What opens each line fills that role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.events.drafts import Draft
from tasks.extract.events.roles import target
from tasks.extract.frames.frame_model import Frames, RoleCue
from tasks.extract.sentences.sentence_view import SentenceView

# "Mr Taulant Balla, Minister of the Interior of the Republic of Albania": longer lines are prose.
_LONGEST_ITEM = 30
# The name that opens an item, behind a bullet, a number, an article or an office.
_OPENING = 8
_LONGEST_HEADING = 8
_FEWEST = 2
# A single line is a list where it names so many.
_FEWEST_IN_LINE = 3
# Zones of the items, and of the line above them.
_ITEMS = frozenset({"body", "list_item"})
_LEADS = frozenset({"body", "subhead"})
_DASHES = frozenset({"–", "—", "-", "("})
_KINDS = frozenset({"territory", "organisation", "person", "region"})
# Roles that the items fill where the line above tells the event itself.
_BARE = ("participant", "issuer")
_PRESENT = RoleCue(
    "participant", ("meeting", "training", "visit", "negotiation"), tuple(sorted(_KINDS)), (), "document"
)


def block_roles(drafts: Sequence[Draft], views: Sequence[SentenceView], frames: Frames) -> None:
    """Give the role that the line above a list says to what opens its lines; drafts are changed in place.

    Args:
        drafts: The events of the document.
        views: All its sentences, in order.
        frames: The frames, for the words that give roles.
    """
    lists = [(lead, [(item, _named(item)) for item in items]) for lead, items in _blocks(views)]
    lists += [(view, [(view, listed)]) for view in views if (listed := _inline(view) or _apposed(view))]
    for lead, named in lists:
        found = _meant(lead, drafts, frames)
        if found is None:
            continue
        draft, role, kinds, rule = found
        for item, listed in named:
            for index in listed:
                if item.mentions[index].kind in kinds:
                    draft.add(role, item.mentions[index], "document", rule)


def _blocks(views: Sequence[SentenceView]) -> Iterator[tuple[SentenceView, list[SentenceView]]]:
    """Yield each list with the line above it."""
    number = 1
    while number < len(views):
        end = number
        while end < len(views) and _is_item(views, end):
            end += 1
        items = list(views[number:end])
        if items and _leads(views[number - 1]) and (len(items) >= _FEWEST or len(_named(items[0])) >= _FEWEST_IN_LINE):
            yield views[number - 1], items
        number = max(end, number + 1)


def _inline(view: SentenceView) -> list[int]:
    """Return what stands behind the colon of "Participants: …", a line without a verb; nothing for other lines."""
    attendance = view.of_kind("word", "attendance")
    if not attendance or view.verbs:
        return []
    colon = next((at for at, token in enumerate(view.tokens[:_LONGEST_HEADING]) if token.word == ":"), None)
    if colon is None or not any(hit.last < colon for hit in attendance):
        return []
    return [
        index
        for index, (first, _) in enumerate(view.spans)
        if first > colon and view.inside.get(first) == index and not view.linkage.governor(index, (-1, -1)).chain
    ]


def _apposed(view: SentenceView) -> list[int]:
    """Return the list that says who a noun of attendance means: "the participants – Albania and Serbia – …"."""
    behind = [
        hit.last + 2
        for hit in view.of_kind("word", "attendance")
        if hit.last + 2 < len(view.tokens) and view.tokens[hit.last + 1].word in _DASHES
    ]
    if not behind:
        return []
    heads = {
        index for index, (first, _) in enumerate(view.spans) if first in behind and view.inside.get(first) == index
    }
    listed = [index for index in range(len(view.spans)) if view.linkage.list_head(index) in heads]
    return listed if len(listed) >= _FEWEST_IN_LINE else []


def _is_item(views: Sequence[SentenceView], number: int) -> bool:
    """True for a line that is a paragraph of its own, has no verb of an event, and is opened by a name."""
    view, before = views[number], views[number - 1]
    if view.sentence.zone not in _ITEMS or view.sentence.paragraph == before.sentence.paragraph:
        return False
    if number + 1 < len(views) and views[number + 1].sentence.paragraph == view.sentence.paragraph:
        return False
    return len(view.tokens) <= _LONGEST_ITEM and not view.verbs and bool(_named(view))


def _named(view: SentenceView) -> list[int]:
    """Return what opens a line, what is listed with it, and the persons of the line."""
    outer = [index for index, (first, _) in enumerate(view.spans) if view.inside.get(first) == index]
    heads = [index for index in outer if view.mentions[index].kind in _KINDS]
    if not heads or view.linkage.phrase_begin(heads[0]) >= _OPENING:
        return []
    return [
        index
        for index in heads
        if index == heads[0] or view.linkage.list_head(index) == heads[0] or view.mentions[index].kind == "person"
    ]


def _leads(view: SentenceView) -> bool:
    """True for a line that ends in a colon, and for a heading."""
    if not view.tokens or view.sentence.zone not in _LEADS:
        return False
    return (
        view.tokens[-1].word == ":"
        or view.sentence.zone == "subhead"
        or (len(view.tokens) <= _LONGEST_HEADING and view.tokens[-1].word not in ".!?")
    )


def _meant(lead: SentenceView, drafts: Sequence[Draft], frames: Frames) -> tuple[Draft, str, Sequence[str], str] | None:
    """Return the event, role and kinds of filler that a line above a list means, and the rule that says so."""
    told = [draft for draft in drafts if draft.view is lead]
    for hit in reversed(lead.of_kind("role")):
        cue = frames.role_cues[hit.entry.item]
        found = target(cue, lead, hit, drafts)
        if found is not None:
            return found[1], cue.role, cue.kinds, f"role.{cue.role}.{lead.language}"
    for draft in reversed(told):
        slot = next((slot for slot in draft.frame.slots if slot.role in _BARE), None)
        if slot is not None:
            return draft, slot.role, slot.kinds, f"{draft.frame.frame_id}.{slot.role}.list"
    present = lead.of_kind("word", "attendance")
    found = target(_PRESENT, lead, present[-1], drafts) if present else None
    return (found[1], _PRESENT.role, _PRESENT.kinds, f"role.participant.{lead.language}") if found else None
