"""How far the name of an instrument reaches: what qualifies it before, and its subject and parties after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.tokens import View, fold

_COMPLEMENT = re.compile(
    r"[ \u00a0](?:on|of|for|against|concerning|regarding|implementing|to combat|to counter)[ \u00a0]", re.IGNORECASE
)
_OPEN_END = re.compile(r"\b(?:implementing|implement|on)$")
_PARTIES = re.compile(
    r"[ \u00a0](?:between|with|zwischen|mit|tussen|met|između|sa|s|su|tarp|med|z|меѓу|со|midis|ndërmjet|me|entre|avec)[ \u00a0]"
)
_GLUE = re.compile(
    r"(?:,?[ \u00a0](?:and|und|en|i|ir|in|и|dhe|et|te)[ \u00a0]|,[ \u00a0])?(?:(?:the|der|die|den|dem|de|het|la|le)[ \u00a0])?"
)
# Where a complement of a description ends: the next clause begins.
_STOP = frozenset(
    """in at by during from after before since until while which who that was were is are has had have will would can could
    signed concluded came comes entered enters took takes as when where if but so then also still now already today yesterday
    between with under within into about this these those his her their its it they he she we not""".split()
)
_ARTICLES = frozenset({"the", "a", "an"})
_MOST_WORDS = 14
_BEFORE_WORDS = frozenset(
    fold(word)
    for word in """national bilateral joint new draft eu european union enhanced comprehensive revised updated annual
    trilateral multilateral regional nacionalni dvostrani bilateralni nacionalinis dvišalis
    bilaterales bilaterale nationale nationaal""".split()
)
_YEARS = re.compile(r"(?:19|20)\d{2}(?:[-–/](?:19|20)?\d{2})?[ \u00a0]$")


def prefix_start(view: View, hit: Hit, hits: Sequence[Hit]) -> int:
    """Return where the name begins: years, `national`, and the parties before a hyphen belong to it."""
    tokens = view.tokens
    index = view.token_index(hit.start)
    start = hit.start
    parties = {h.end: h for h in hits if h.entry.kind in ("territory", "organisation", "region") and h.end <= hit.start}
    while index > 0:
        before = tokens[index - 1]
        gap = view.text[before.end : start]
        party = parties.get(before.end)
        if party is not None and gap in (" ", "\u00a0", "-", "–"):
            start, index = party.start, view.token_index(party.start)
            continue
        if gap in ("", " ") and before.text in "-–" and before.end == start and parties.get(before.start) is not None:
            party = parties[before.start]
            start, index = party.start, view.token_index(party.start)
            continue
        if gap in (" ", "\u00a0") and before.folded in _BEFORE_WORDS:
            start, index = before.start, index - 1
            continue
        break
    years = _YEARS.search(view.text, max(0, start - 12), start)
    return years.start() if years is not None else start


def complement_end(view: View, end: int) -> int:
    """Return the end of `on …`, `of …`, `for …`, `between A and B` after an English core, else `end`."""
    if view.document.language not in ("en", "und"):
        return end
    match = _COMPLEMENT.match(view.text, end)
    if match is not None:
        return _phrase_end(view, match.end(), end)
    # A core that ends in a participle or preposition goes on with its object: protocols implementing …
    if _OPEN_END.search(view.text, max(0, end - 14), end) and view.text[end : end + 1] in " \u00a0":
        return _phrase_end(view, end + 1, end)
    return end


def _phrase_end(view: View, begin: int, otherwise: int) -> int:
    """Return the end of a noun phrase that may hold of, for, on and lists with "and"."""
    tokens = view.tokens
    index = view.token_index(begin)
    last = otherwise
    for at in range(index, min(index + _MOST_WORDS, len(tokens))):
        token = tokens[at]
        if at > index and (token.start - tokens[at - 1].end > 1 or "\n" in view.text[tokens[at - 1].end : token.start]):
            break
        if token.text == "," and _is_enumeration(view, at):
            continue
        if token.folded in ("-", "'", "’", "s") or token.text in "-–’'":
            continue
        if not (token.is_word or token.text.isdigit()) or token.folded in _STOP:
            break
        if token.folded in ("and", "or") and not _same_level(view, at):
            break
        if token.folded in ("of", "for", "on", "and", "or", "to", "against") or token.folded in _ARTICLES:
            continue
        last = token.end
    return last


def _is_enumeration(view: View, comma: int) -> bool:
    """True for a comma between capitalised words (Migration, Home Affairs and Citizenship)."""
    tokens = view.tokens
    return 0 < comma < len(tokens) - 1 and tokens[comma - 1].is_capitalised and tokens[comma + 1].is_capitalised


def _same_level(view: View, conjunction: int) -> bool:
    """True where "and" joins two nouns of the name, not two clauses: both sides look alike."""
    tokens = view.tokens
    if conjunction + 1 >= len(tokens):
        return False
    before, after = tokens[conjunction - 1], tokens[conjunction + 1]
    return before.is_capitalised == after.is_capitalised and after.folded not in _STOP | _ARTICLES | {"to", "on"}


def parties_end(view: View, end: int, hits: Sequence[Hit]) -> int:
    """Return the end of the parties after a core: between A and B, with A, B and C."""
    match = _PARTIES.match(view.text, end)
    if match is None:
        return end
    at, last = match.end(), end
    starts = {h.start: h for h in reversed(hits) if h.entry.kind in ("territory", "organisation", "region")}
    while True:
        glue = _GLUE.match(view.text, at)
        party = starts.get(glue.end()) if glue is not None else None
        if party is None:
            return last
        last = at = party.end
