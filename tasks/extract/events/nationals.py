"""States that only describe: whose citizens people are, where they come from, which border is meant.

Belongs here: questions about one mention of a state in one sentence. What acts is `events.slots`.
"""

from __future__ import annotations

from tasks.extract.sentences.sentence_view import SentenceView

_BORDER_REACH = 3
_AT_BORDER = (["border", "with"], ["crossing", "with"], ["crossings", "with"])
# No list of nationals is longer.
_LISTED = 8
# "Dozens of Nigerians": people, not a state.
_MANY = frozenset({"dozens", "hundreds", "thousands", "scores", "tens", "group", "groups"})


def is_nationality(view: SentenceView, index: int) -> bool:
    """True for a state that only says whose citizens people are: of "28 Afghan nationals" Afghanistan is no actor."""
    if _names_nationals(view, index):
        return True
    if view.mentions[index].kind != "territory":
        return False
    # "44 Nigerians and Ghanaians", "Nigerian and Ghanaian citizens": a list of nationals.
    head = view.linkage.list_head(index)
    return any(
        number != index
        and view.inside.get(view.spans[number][0]) == number
        and view.linkage.list_head(number) == head
        and _names_nationals(view, number)
        for number in range(max(head, index - _LISTED), min(index + _LISTED + 1, len(view.mentions)))
    )


def _names_nationals(view: SentenceView, index: int) -> bool:
    mention = view.mentions[index]
    if mention.kind != "territory":
        return False
    if any(
        other.kind == "quantity"
        and other.unit == "people"
        and other.start <= mention.start
        and mention.end <= other.end
        for other in view.mentions
    ):
        # "22 Iraqis": people are counted, whose state does nothing.
        return True
    first = view.spans[index][0]
    if first > 1 and view.tokens[first - 1].word == "of" and view.tokens[first - 2].word in _MANY:
        return True
    after = view.spans[index][1] + 1
    return after in view.firsts("word", "people") and all(hit.first != after for hit in view.offices)


def is_origin(view: SentenceView, index: int) -> bool:
    """True for a state that people come from ("refugees from Ukraine"): it takes no part, but may be left."""
    before = view.spans[index][0] - 1
    if view.mentions[index].kind != "territory" or not view.of_kind("word", "people"):
        return False
    links = [hit for hit in view.ending_at.get(before, ()) if hit.entry.key == "from"]
    people = view.lasts("word", "people") - {hit.last for hit in view.offices}
    return any(hit.first - 1 in people for hit in links)


def names_border(view: SentenceView, index: int) -> bool:
    """True for the states that name a border ("at the Greek-Albanian border"): neither alone is where it happens."""
    if view.mentions[index].kind != "territory":
        return False
    last = view.spans[index][1]
    if last + 1 < len(view.tokens) and view.tokens[last + 1].word in ("'s", "’s"):
        # "At Serbia's border with Bulgaria" is in Serbia.
        return False
    first, borders = view.spans[index][0], view.of_kind("word", "border")
    if first > 1 and [token.word for token in view.tokens[first - 2 : first]] in _AT_BORDER:
        # "Along the border with Croatia", "the crossing with China": the neighbour.
        return True
    return any(last < hit.first <= last + _BORDER_REACH for hit in borders)
