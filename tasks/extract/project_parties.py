"""Who funds and who carries out a project, read at the words that say so; one claim for each such word.

A cue of `words.csv` (class `relation`) says which role its parties have and where they stand: `after` it (funded by X),
as the agent of a `participle` (gefördert … vom X; financed with EUR 2 million by X), as the `subject` of a verb
(X finances), on either side of a `verb` where the word order is free (finansira X), as the complement of a `noun` (its
donor is X), the `giver` of a sum, or `joined` to it (X-led). Its project stands in the sentence; else the sentence speaks of "the project" or
"it", and the last one named before is meant. A `weak` cue (carried out by) says nothing without the project close by.

Funding and carrying out are no events: they happen on no day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.extract.annotations import Argument, Claim, Mention, Sentence
from tasks.extract.gazetteer import Hit, Hits
from tasks.extract.rules import prior
from tasks.extract.tokens import Token, View
from warehouse.ids import claim_id

_TYPES = {"funder": "project_funding", "implementer": "project_implementation"}
_KINDS = {"funder": frozenset({"organisation", "territory"}), "implementer": frozenset({"organisation"})}
# How many words may stand between a cue and its first party, by where the party is looked for.
_REACH_AFTER = 9
_REACH_NOUN = 14
_REACH_BEFORE = 3
_MOST_PARTIES = 12
# Between a weak cue and its project: was jointly, which is being.
_WEAK_REACH = 4
# A pronoun reaches back this many sentences.
_PRONOUN_REACH = 2
_OUTER = ",;:-–— \t\n\u00a0\"“”„«»'’‘"


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What ties a cue to a project: the project itself, or words that stand for it."""

    project: Mention
    start: int
    end: int
    basis: str


def find_relations(view: View, hits: Hits, mentions: Sequence[Mention]) -> list[Claim]:
    """Return the relations of a document, by the offset of their cues."""
    projects = [mention for mention in mentions if mention.kind == "project"]
    cues = hits.words("relation") if projects else []
    if not cues:
        return []
    return list(_Reader(view, hits, mentions, projects, cues).claims())


class _Reader:
    """Reads the relations of one text."""

    def __init__(
        self, view: View, hits: Hits, mentions: Sequence[Mention], projects: list[Mention], cues: Sequence[Hit]
    ) -> None:
        self._view = view
        self._projects = projects
        self._cues = _distinct(cues)
        self._words = hits.words("project_word")
        things = [m for m in mentions if m.kind in ("organisation", "territory", "region", "quantity", "date")]
        self._things = _outermost(things)
        self._thing_at = {mention.start: mention for mention in self._things}
        self._thing_end = {mention.end: mention for mention in self._things}
        self._cue_at = {hit.start: hit for hit in self._cues}
        self._project_at = {mention.start: mention for mention in projects}

    def claims(self) -> Iterator[Claim]:
        """Yield one claim for each cue that has both a party and a project."""
        for cue in self._cues:
            role, where, *strength = cue.entry.reference_id.split(":")
            sentence = self._view.sentence(cue.start)
            anchor = self._anchor(cue, sentence, bool(strength))
            parties = self._parties(cue, role, where) if anchor is not None else []
            if anchor is not None and parties:
                yield self._claim(cue, sentence, role, anchor, parties)

    # -- parties

    def _parties(self, cue: Hit, role: str, where: str) -> list[Mention]:
        kinds, after = _KINDS[role], self._view.token_index(cue.end)
        if self._view.text[cue.start - 1 : cue.start] in "-–" and cue.start:
            joined = self._thing_end.get(cue.start - 1)
            return [joined] if joined is not None and joined.kind in kinds else []
        if where == "joined":
            return []
        if where == "after":
            return self._list_after(after, kinds, _REACH_AFTER)
        if where == "participle":
            # Von der EU finanziert: the agent right before it is closer than one after it.
            found = self._list_before(cue, kinds, needs="relation_by")
            return found or self._list_after(after, kinds, _REACH_AFTER, needs="relation_by")
        if where == "giver":
            return self._list_before(cue, kinds) if self._gives(cue) else []
        if where == "verb":
            return self._list_after(after, kinds, _REACH_BEFORE) or self._list_before(cue, kinds)
        if where == "noun":
            found = self._list_after(after, kinds, _REACH_NOUN, needs="relation_is")
            return found or self._list_before(cue, kinds, needs="relation_is", reach=_REACH_AFTER)
        return self._list_before(cue, kinds)

    def _gives(self, cue: Hit) -> bool:
        """True where a sum of money stands between the verb and a project: provides EUR 3 million for the project."""
        end = self._view.sentence(cue.start).end
        project = next((p for p in self._projects if cue.end <= p.start < end), None)
        sums = (m for m in self._things if m.kind == "quantity" and m.currency is not None)
        return project is not None and any(cue.end <= m.start < project.start for m in sums)

    def _list_after(self, index: int, kinds: frozenset[str], reach: int, needs: str | None = None) -> list[Mention]:
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
                return self._list_from(party, kinds, end)
            if token.start in self._cue_at:
                return []
            skipped = self._project_at.get(token.start) or party
            if skipped is not None:
                at = view.token_index(skipped.end)
            elif token.folded in view.words["relation_gap"] or token.text in "\"“”„«»()’'‘:-–":
                found_needed = found_needed or token.folded in view.words[needs or ""] or token.text == ":"
                at += 1
            elif needs == "relation_is" or token.folded.endswith("ly"):
                found_needed = found_needed or token.folded in view.words[needs or ""]
                at += 1
            else:
                return []
            steps += 1
        return []

    def _list_from(self, first: Mention, kinds: frozenset[str], end: int) -> list[Mention]:
        """Return a party and those that "and", commas and "together with" join to it."""
        view = self._view
        parties = [first]
        at = view.token_index(first.end)
        closed = False
        while at < len(view.tokens) and view.tokens[at].start < end and len(parties) < _MOST_PARTIES:
            token = view.tokens[at]
            party = self._thing_at.get(token.start)
            if party is not None and party.kind in kinds:
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
        for closing in range(at + 1, min(at + 8, len(tokens))):
            if tokens[closing].text == ")":
                return closing + 1
        return len(tokens)

    def _list_before(
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
                parties, first = self._list_back(party, kinds, begin)
                opened = needs != "relation_by" or (
                    first > 0 and self._view.tokens[first - 1].folded in view.words["relation_by"]
                )
                return parties if opened else []
            if needs == "relation_is":
                found_needed = found_needed or token.folded in view.words["relation_is"]
            elif token.text not in ")-–" and not (
                token.folded in view.words["relation_gap"] or token.folded in view.words["relation_list"]
            ) and not token.folded.endswith("ly"):
                return self._bracketed(at, kinds, begin) if token.is_upper else []
            at -= 1
            steps += 1
        return []

    def _bracketed(self, at: int, kinds: frozenset[str], begin: int) -> list[Mention]:
        """Return the list that ends with a name and its abbreviation in brackets."""
        tokens = self._view.tokens
        party = self._thing_end.get(tokens[at - 2].end) if at > 1 and tokens[at - 1].text == "(" else None
        return self._list_back(party, kinds, begin)[0] if party is not None and party.kind in kinds else []

    def _list_back(self, last: Mention, kinds: frozenset[str], begin: int) -> tuple[list[Mention], int]:
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

    # -- the project

    def _anchor(self, cue: Hit, sentence: Sentence, is_weak: bool) -> _Anchor | None:
        here = [p for p in self._projects if sentence.start <= p.start and p.end <= sentence.end]
        before = [p for p in here if p.end <= cue.start]
        after = [p for p in here if p.start >= cue.end]
        near = self._reference(cue, sentence)
        candidates = [_Anchor(p, p.start, p.end, "text") for p in (*before[-1:], *after[:1])]
        if not here:
            earlier = [p for p in self._projects if p.end <= sentence.start]
            if near is None or not earlier:
                return None
            project, (token, is_pronoun) = earlier[-1], near
            distance = self._view.sentence_index(cue.start) - self._view.sentence_index(project.start)
            if is_pronoun and distance > _PRONOUN_REACH:
                return None
            candidates = [_Anchor(project, token.start, token.end, "document")]
        if is_weak:
            candidates = [anchor for anchor in candidates if self._is_close(anchor, cue)]
        return min(candidates, key=lambda a: self._gap(a, cue), default=None)

    def _gap(self, anchor: _Anchor, cue: Hit) -> tuple[int, int]:
        """Return how far a project is; one before the cue is nearer than one as far behind it."""
        is_behind = anchor.start >= cue.end
        return (anchor.start - cue.end if is_behind else cue.start - anchor.end), int(is_behind)

    def _is_close(self, anchor: _Anchor, cue: Hit) -> bool:
        """True if little but small words, parties and other cues stands between a project and a weak cue."""
        low, high = (cue.end, anchor.start) if anchor.start >= cue.end else (anchor.end, cue.start)
        view = self._view
        at, foreign = view.token_index(low), 0
        while at < len(view.tokens) and view.tokens[at].start < high:
            token = view.tokens[at]
            thing = self._thing_at.get(token.start) or self._cue_at.get(token.start)
            if thing is not None:
                at = view.token_index(thing.end)
                continue
            small = token.folded in view.words["relation_gap"] or token.folded in view.words["relation_list"]
            foreign += token.is_word and not small and not token.folded.endswith("ly")
            at += 1
        return foreign <= _WEAK_REACH

    def _reference(self, cue: Hit, sentence: Sentence) -> tuple[Token, bool] | None:
        """Return the word in the sentence that stands for a project named before, and whether it is a pronoun."""
        view = self._view
        position = bisect_left(self._words, sentence.start, key=lambda hit: hit.start)
        if position < len(self._words) and self._words[position].start < sentence.end:
            token = view.token_at(self._words[position].start)
            return (token, False) if token is not None else None
        first, last = view.token_index(sentence.start), view.token_index(sentence.end)
        for token in view.tokens[first:last]:
            if token.folded in view.words["relation_it"]:
                return token, True
        return None

    # -- the claim

    def _claim(
        self, cue: Hit, sentence: Sentence, role: str, anchor: _Anchor, parties: Sequence[Mention]
    ) -> Claim:
        claim_type = _TYPES[role]
        rule = f"{claim_type}.{cue.entry.reference_id.partition(':')[2].replace(':', '.')}"
        text = self._view.text
        inside = [*parties, *((anchor,) if sentence.start <= anchor.start and anchor.end <= sentence.end else ())]
        start = min(cue.start, *(thing.start for thing in inside))
        end = max(cue.end, *(thing.end for thing in inside))
        while start < cue.start and text[start] in _OUTER:
            start += 1
        arguments = [Argument(role, party, "text", rule) for party in _once(parties)]
        arguments.append(Argument("project", anchor.project, anchor.basis, rule))
        return Claim(
            claim_id=claim_id(sentence.sentence_id, claim_type, cue.start - sentence.start, 0),
            sentence_id=sentence.sentence_id,
            claim_kind="relation",
            claim_type=claim_type,
            status="occurred",
            polarity="affirmed",
            zone=sentence.zone,
            trigger_start=cue.start,
            trigger_end=cue.end,
            start=start,
            end=end,
            rule_id=rule,
            confidence=prior(f"relation.{anchor.basis}"),
            project_mention=anchor.project,
            arguments=tuple(arguments),
        )


def _distinct(cues: Sequence[Hit]) -> list[Hit]:
    """Return the cues without those that lie in a longer one, in order."""
    kept: list[Hit] = []
    for hit in sorted(cues, key=lambda hit: (hit.start, -hit.end, hit.entry.reference_id)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
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


def _once(parties: Sequence[Mention]) -> list[Mention]:
    """Return the parties without a second mention of one: a name and its abbreviation."""
    found: dict[str, Mention] = {}
    for party in parties:
        found.setdefault(party.reference_id or party.name or party.text, party)
    return list(found.values())
