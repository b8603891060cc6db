"""Lists of bodies and countries beside a word: A, B (C) and D, together with E. Read forwards and backwards.

Each step is one token or one mention, and their number is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tasks.extract.annotations import Mention
from tasks.extract.text.gazetteer import Hit
from tasks.extract.text.tokens import View

# Kinds that may be a party, or stand between a word and its party.
SKIPPED = frozenset({"organisation", "territory", "region", "quantity", "date"})
# How many words may stand between a word and the list it governs.
REACH = 9
_REACH_BEFORE = 3
_MOST_PARTIES = 12
_LONGEST_BRACKET = 8


class PartyLists:
    """Reads the lists of one text.

    Args:
        view: The text.
        things: Mentions of the kinds in `SKIPPED`, none within another.
        cues: Words that govern lists: a list ends at the next one.
        projects: Projects of the text; one may stand between a word and its list.
    """

    def __init__(self, view: View, things: Sequence[Mention], cues: Sequence[Hit], projects: Sequence[Mention]) -> None:
        self._view = view
        self._thing_at = {mention.start: mention for mention in things}
        self._thing_end = {mention.end: mention for mention in things}
        self._cue_at = {hit.start: hit for hit in cues}
        self._project_at = {mention.start: mention for mention in projects}

    def after(self, index: int, kinds: frozenset[str], reach: int, needs: str | None = None) -> list[Mention]:
        """Return the parties of a list that begins within a few words, after a word of the set `needs` if one is given.

        Only small words, sums, dates and the project itself may stand in between.
        """
        tokens, view = self._view.tokens, self._view
        end = view.sentence(tokens[index - 1].start).end
        found_needed = needs is None
        at, steps = index, 0
        while at < len(tokens) and tokens[at].start < end and steps < reach:
            token = tokens[at]
            party = self._thing_at.get(token.start)
            if found_needed and party is not None and party.kind in kinds:
                return self._from(party, kinds, end)
            if token.start in self._cue_at:
                return []
            skipped = self._project_at.get(token.start) or party
            if skipped is not None:
                at = view.token_index(skipped.end)
            elif token.folded in view.words["relation_gap"] or token.text in "\"“”„«»()’'‘:-–":
                found_needed = found_needed or token.folded in view.words[needs or ""] or token.text == ":"
                at += 1
            elif needs == "relation_is" or token.folded.endswith("ly"):
                # "Two donors, the Union and the Ministry, …": what stands behind the comma names them.
                opens = token.text == "," and steps == 0
                found_needed = found_needed or opens or token.folded in view.words[needs or ""]
                at += 1
            else:
                return []
            steps += 1
        return []

    def _from(self, first: Mention, kinds: frozenset[str], end: int) -> list[Mention]:
        """Return a party and those that "and", commas and "together with" join to it."""
        view = self._view
        parties = [first]
        at = view.token_index(first.end)
        closed = is_genitive = False
        while at < len(view.tokens) and view.tokens[at].start < end and len(parties) < _MOST_PARTIES:
            token = view.tokens[at]
            party = self._thing_at.get(token.start)
            if token.folded in view.words["relation_of"]:
                # The fund of the Union: the Union is no second party.
                is_genitive = True
            elif token.text == "," or self._is_and(at):
                is_genitive = False
            if party is not None and party.kind in kinds:
                if not is_genitive:
                    parties.append(party)
                at = view.token_index(party.end)
            elif token.text == "(":
                at = self._after_bracket(at)
            elif token.text == "," and closed and not self._is_and(at + 1):
                # After "A and B" a comma ends the list.
                break
            elif token.start not in self._cue_at and (
                token.text == "," or token.folded in view.words["relation_list"] or token.folded.endswith("ly")
            ):
                closed = closed or self._is_and(at)
                at += 1
            else:
                break
        return parties

    def _is_and(self, at: int) -> bool:
        tokens = self._view.tokens
        return at < len(tokens) and tokens[at].folded in self._view.words["relation_and"]

    def _after_bracket(self, at: int) -> int:
        tokens = self._view.tokens
        for closing in range(at + 1, min(at + _LONGEST_BRACKET, len(tokens))):
            if tokens[closing].text == ")":
                return closing + 1
        return len(tokens)

    def before(
        self, cue: Hit, kinds: frozenset[str], needs: str | None = None, reach: int = _REACH_BEFORE
    ) -> list[Mention]:
        """Return the parties of the list that ends right before a cue, opened by a word of the set `needs`."""
        view = self._view
        begin = view.sentence(cue.start).start
        at, steps, found_needed = view.token_index(cue.start) - 1, 0, needs != "relation_is"
        while at >= 0 and view.tokens[at].start >= begin and steps <= reach:
            token = view.tokens[at]
            party = self._thing_end.get(token.end)
            if party is not None:
                if not found_needed or party.kind not in kinds:
                    return []
                parties, first = self._back(party, kinds, begin)
                opened = needs != "relation_by" or (
                    first > 0 and self._view.tokens[first - 1].folded in view.words["relation_by"]
                )
                return parties if opened else []
            if needs == "relation_is":
                found_needed = found_needed or token.folded in view.words["relation_is"]
            elif (
                token.text not in ",)-–"
                and not (token.folded in view.words["relation_gap"] or token.folded in view.words["relation_list"])
                and not token.folded.endswith("ly")
            ):
                return self._bracketed(at, kinds, begin) if token.is_upper else []
            at -= 1
            steps += 1
        return []

    def _bracketed(self, at: int, kinds: frozenset[str], begin: int) -> list[Mention]:
        """Return the list that ends with a name and its abbreviation in brackets."""
        tokens = self._view.tokens
        party = self._thing_end.get(tokens[at - 2].end) if at > 1 and tokens[at - 1].text == "(" else None
        return self._back(party, kinds, begin)[0] if party is not None and party.kind in kinds else []

    def _back(self, last: Mention, kinds: frozenset[str], begin: int) -> tuple[list[Mention], int]:
        """Return the parties joined before one, in order, and the index of the first token of the list."""
        view = self._view
        parties = [last]
        first = view.token_index(last.start)
        at, closed = first - 1, False
        while at >= 0 and view.tokens[at].start >= begin and len(parties) < _MOST_PARTIES:
            token = view.tokens[at]
            party = self._thing_end.get(token.end)
            if party is not None and party.kind in kinds:
                parties.insert(0, party)
                first = view.token_index(party.start)
                at = first - 1
            elif token.text == "," and not closed:
                # Without an "and" before the last party the comma sets off a clause: with help of A, B carries out …
                break
            elif token.text in ",()" or token.folded in view.words["relation_list"] or self._is_in_bracket(at):
                closed = closed or self._is_and(at)
                at -= 1
            else:
                break
        if first > 0 and view.tokens[first - 1].folded in view.words["article"]:
            first -= 1
        return parties, first

    def _is_in_bracket(self, at: int) -> bool:
        tokens = self._view.tokens
        return 0 < at < len(tokens) - 1 and tokens[at - 1].text == "(" and tokens[at + 1].text == ")"


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that lie in no other, without a country that merely opens the name of a body after it."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)):
        if kept and mention.start < kept[-1].end:
            continue
        adjoins = kept and kept[-1].kind == "territory" and mention.start - kept[-1].end == 1
        if adjoins and mention.kind == "organisation":
            kept.pop()
        kept.append(mention)
    return kept
