"""Whether a sentence sets a date ahead: "is to open in December" does, "said on Thursday that it will" does not.

Belongs here: what the words around a date say of its direction. How the day is then counted is `calendar_math`.
"""

from __future__ import annotations

from tasks.extract.text.tokens import View

# Tokens between a date and the word that sets it ahead.
_REACH = 14
_BREAKS = frozenset({",", ";", ":", "(", ")", "that", "which", "who", "when", "after", "since", "although", "while"})
# English verbs in the past that do not end in -ed, as they stand right before a date.
_IRREGULAR = frozenset({"said", "told", "held", "met", "sent", "given", "taken", "made", "begun", "put", "drawn"})
_IS = frozenset({"is", "are"})
_AUXILIARIES = frozenset({"be", "to", "get", "been"})
# Verbs behind "due to"; with a noun it gives a reason.
_DUE = frozenset({
    "arrive", "be", "begin", "come", "discuss", "end", "enter", "expire", "go", "hold", "launch", "leave", "meet",
    "open", "resume", "return", "sign", "start", "take", "travel", "visit", "vote",
})  # fmt: skip


def lies_ahead(view: View, offset: int) -> bool:
    """Return whether words of the date's own clause say that it is to come.

    Args:
        view: The text.
        offset: Where the date begins.
    """
    first, at, last = _around(view, offset)
    if told_in_past(view, offset):
        return False
    back = range(at - 1, max(at - _REACH, first) - 1, -1)
    onward = range(at + 1, min(at + _REACH, last))
    return any(_finds_future(view, positions) for positions in (back, onward))


def told_in_past(view: View, offset: int) -> bool:
    """Return whether an English verb in the past stands right before the date: "announced on Thursday"."""
    first, at, _ = _around(view, offset)
    linked = at - 1 >= first and view.tokens[at - 1].folded in view.words["weekday_before"] | view.words["date_before"]
    verb = at - 2 if linked else at - 1
    if view.language != "en" or verb < first:
        return False
    word = view.tokens[verb].folded
    if not (word.endswith("ed") or word in _IRREGULAR):
        return False
    before = verb - 1
    if before > first and view.tokens[before].folded == "and":
        # "to be completed and opened in December"
        before -= 2
    return before < first or view.tokens[before].folded not in _AUXILIARIES


def _around(view: View, offset: int) -> tuple[int, int, int]:
    """Return the first token of the sentence, the token at the offset, and the one behind the sentence."""
    sentence = view.sentence(offset)
    return view.token_index(sentence.start), view.token_index(offset), view.token_index(sentence.end)


def _finds_future(view: View, positions: range) -> bool:
    for position in positions:
        word = view.tokens[position].folded
        if word in _BREAKS:
            return False
        if word in view.words["future"] and not _gives_reason(view, position):
            return True
        if word in _IS and view.language == "en" and view.tokens[position + 1].folded == "to":
            return True
    return False


def _gives_reason(view: View, position: int) -> bool:
    """Return whether "due" stands in "due to the floods"."""
    words = [token.folded for token in view.tokens[position : position + 3]]
    return words[:2] == ["due", "to"] and (len(words) < 3 or words[2] not in _DUE)
