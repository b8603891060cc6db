"""Names that only say whose the next one is: in "Austria's Federal Ministry", "EU border agency Frontex"."""

from __future__ import annotations

from tasks.extract.sentences.sentence_view import SentenceView

# "EU border agency Frontex": tokens between a body and the name of the one that belongs to it.
_DESCRIPTION = 4


def owns_next(view: SentenceView, index: int) -> bool:
    """True for a state whose body is named right behind it: of "Austria's Federal Ministry" the ministry acts.

    So too for a body in front of what another one is, and its name: of "EU border agency Frontex" the agency acts.
    """
    if view.mentions[index].kind not in ("territory", "organisation"):
        return False
    after = view.spans[index][1] + 1
    if _is_described(view, after):
        return True
    if view.mentions[index].kind != "territory":
        return False
    if after < len(view.tokens) and view.tokens[after].word in ("'s", "’s"):
        after += 1
    return any(
        first == after and view.mentions[number].kind == "organisation" for number, (first, _) in enumerate(view.spans)
    )


def _is_described(view: SentenceView, after: int) -> bool:
    """True if at a token a noun phrase without article begins that says what the body named behind it is."""
    if view.language != "en" or not view.of_kind("word", "kind_of_body"):
        return False
    kinds = view.lasts("word", "kind_of_body")
    for first in range(after + 1, min(after + _DESCRIPTION, len(view.tokens))):
        position = first - 1
        if position in view.inside or position in view.function_words or not view.tokens[position].word[0].isalpha():
            return False
        if first in view.inside and position in kinds:
            return view.mentions[view.inside[first]].kind == "organisation"
    return False
