"""Who funds and who carries out a project, read at the words that say so; one claim for each such word.

A cue of `words.csv` (class `relation`) says which role its parties have and where they stand: `after` it (funded by X),
as the agent of a `participle` (gefördert … vom X; financed with EUR 2 million by X), as the `subject` of a verb
(X finances), on either side of a `verb` where the word order is free (finansira X), as the complement of a `noun` (its
donor is X), the `giver` of a sum, the `launcher`, or `joined` to it (X-led). Its project stands in the sentence; else
the sentence speaks of "the project" or "it", and the last one named before is meant. A `weak` cue (carried out by) says
nothing without the project close by.

Funding and carrying out are no events: they happen on no day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.extract.annotations import Argument, Claim, Mention, Sentence
from tasks.extract.projects.party_lists import REACH, SKIPPED, PartyLists, outermost
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import Token, View
from warehouse.ids import claim_id

_TYPES = {"funder": "project_funding", "implementer": "project_implementation"}
_PAYERS = frozenset({"supranational", "eu_institution", "fund", "government", "parliament"})
_KINDS = {"funder": frozenset({"organisation", "territory"}), "implementer": frozenset({"organisation"})}
# A noun such as donor may have the project between it and the name.
_REACH_NOUN = 14
_REACH_VERB = 3
# Carried out together with B.
_REACH_WITH = 3
# Between a weak cue and its project: was jointly, which is being.
_WEAK_REACH = 4
# A pronoun reaches back this many sentences.
_PRONOUN_REACH = 2
# What needs no word for the project stands in the next sentence or the one after it.
_NEXT_REACH = 2
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
        self._things = outermost(mention for mention in mentions if mention.kind in SKIPPED)
        self._lists = PartyLists(view, self._things, self._cues, projects)
        self._thing_at = {mention.start: mention for mention in self._things}
        self._thing_end = {mention.end: mention for mention in self._things}
        self._cue_at = {hit.start: hit for hit in self._cues}

    def claims(self) -> Iterator[Claim]:
        """Yield one claim for each cue that has both a party and a project."""
        for cue in self._cues:
            role, where, *strength = cue.entry.reference_id.split(":")
            sentence = self._view.sentence(cue.start)
            follows = where == "noun" or ("next" in strength and (where == "after" or self._is_of_money(sentence)))
            if "next" in strength and not follows:
                continue
            anchor = self._anchor(cue, sentence, "weak" in strength, follows)
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
            return self._lists.after(after, kinds, REACH)
        if where == "participle":
            # Von der EU finanziert: the agent right before it is closer than one after it. English puts it behind:
            # in "funded by A and carried out with B" A is another participle's.
            english = self._view.language in ("en", "und")
            found = [] if english else self._lists.before(cue, kinds, needs="relation_by")
            found = found or self._lists.after(after, kinds, REACH, needs="relation_by")
            together = role == "implementer" and not found
            return self._lists.after(after, kinds, _REACH_WITH, needs="relation_with") if together else found
        if where == "giver":
            return self._lists.before(cue, kinds) if self._gives(cue) else []
        if where == "verb":
            found = self._lists.after(after, kinds, _REACH_VERB) or self._lists.before(cue, kinds)
            return found and [*found, *self._companions(found, after, kinds)]
        if where == "noun":
            found = self._lists.after(after, kinds, _REACH_NOUN, needs="relation_is")
            return found or self._lists.before(cue, kinds, needs="relation_is", reach=REACH)
        found = self._lists.before(cue, kinds)
        if where == "launcher":
            # Whoever pays for a project launches it as well: only the others carry it out.
            found = [party for party in found if party.subtype not in _PAYERS]
        return found and [*found, *self._companions(found, after, kinds)]

    def _companions(self, found: Sequence[Mention], index: int, kinds: frozenset[str]) -> list[Mention]:
        """Return those with whom a verb's subject acts: which HWI carries out with the JCP."""
        others = self._lists.after(index, kinds, REACH, needs="relation_with")
        return [party for party in others if party.start not in {known.start for known in found}]

    def _gives(self, cue: Hit) -> bool:
        """True where a sum of money stands between the verb and a project: provides EUR 3 million for the project."""
        end = self._view.sentence(cue.start).end
        project = next((p for p in self._projects if cue.end <= p.start < end), None)
        sums = (m for m in self._things if m.kind == "quantity" and m.currency is not None)
        return project is not None and any(cue.end <= m.start < project.start for m in sums)

    # -- the project

    def _is_of_money(self, sentence: Sentence) -> bool:
        """True if the sentence gives a sum, a share or costs: "Norway bears 60 per cent of that"."""
        view = self._view
        first, last = view.token_index(sentence.start), view.token_index(sentence.end)
        return any(token.folded in view.words["relation_cost"] for token in view.tokens[first:last]) or any(
            mention.kind == "quantity" and (mention.currency is not None or mention.unit == "percent")
            for mention in self._things
            if sentence.start <= mention.start < sentence.end
        )

    def _anchor(self, cue: Hit, sentence: Sentence, is_weak: bool, follows: bool) -> _Anchor | None:
        """Return the project a cue speaks of.

        Args:
            cue: The cue.
            sentence: Its sentence.
            is_weak: The cue says nothing without the project close by.
            follows: The cue needs no word for the project right behind the sentence that names it.
        """
        here = [p for p in self._projects if sentence.start <= p.start and p.end <= sentence.end]
        before = [p for p in here if p.end <= cue.start]
        after = [p for p in here if p.start >= cue.end]
        near = self._reference(cue, sentence)
        candidates = [_Anchor(p, p.start, p.end, "text") for p in (*before[-1:], *after[:1])]
        if not here:
            earlier = [p for p in self._projects if p.end <= sentence.start]
            if not earlier or (near is None and not follows):
                return None
            project = earlier[-1]
            distance = self._view.sentence_index(cue.start) - self._view.sentence_index(project.start)
            if near is None:
                if distance > _NEXT_REACH:
                    return None
                # Nothing in the sentence stands for the project: the cue itself ties it to what was told before.
                candidates = [_Anchor(project, cue.start, cue.end, "document")]
            else:
                token, is_pronoun = near
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
        return foreign <= (0 if self._is_fronted(anchor) else _WEAK_REACH)

    def _is_fronted(self, anchor: _Anchor) -> bool:
        """True where a project only opens the sentence and something else is its subject: "Under the X project, …"."""
        tokens = self._view.tokens
        first = self._view.token_index(self._view.sentence(anchor.start).start)
        opens = tokens[first].folded in self._view.words["relation_fronted"]
        return opens and self._view.token_index(anchor.start) - first <= _WEAK_REACH

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

    def _claim(self, cue: Hit, sentence: Sentence, role: str, anchor: _Anchor, parties: Sequence[Mention]) -> Claim:
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


def _once(parties: Sequence[Mention]) -> list[Mention]:
    """Return the parties without a second mention of one: a name and its abbreviation."""
    found: dict[str, Mention] = {}
    for party in parties:
        found.setdefault(party.reference_id or party.name or party.text, party)
    return list(found.values())
