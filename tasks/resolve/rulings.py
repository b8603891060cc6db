"""Decisions of people on what is one thing: they stand above every rule and are stored with their author.

A ruling names two claims or two mentions. It holds between the nodes that rest on them, which it brings together
whatever the blocks are: the groups of two that are one become one group, those of two that are not stay apart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from tasks.resolve.corpus import Corpus
from tasks.resolve.graph import Rules
from tasks.resolve.judgement import Judgement
from tasks.resolve.registry import ENTITY_PREFIX, PREFIXES, Registry
from warehouse.corrections import Correction
from warehouse.ids import make_id

logger = logging.getLogger(__name__)

N = TypeVar("N", bound=Hashable)
VERDICTS: Mapping[str, tuple[str, float]] = {"merge": ("same", 1.0), "split": ("not_same", 0.0)}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on two claims or two mentions."""

    left_id: str
    right_id: str
    judgement: Judgement


def rulings_of(corrections: Iterable[Correction], corpus: Corpus, prior: Registry) -> tuple[Ruling, ...]:
    """Return the rulings among the corrections, on the claims and mentions their ids were founded on.

    An id that neither the registry nor anything read in the corpus founds is passed over with a warning: its document
    may not be here.
    """
    chosen = [correction for correction in corrections if correction.action in VERDICTS]
    founders = _founders({name for one in chosen for name in (one.id, one.other_id)}, corpus, prior)
    rulings = []
    for correction in chosen:
        left, right = founders.get(correction.id), founders.get(correction.other_id)
        if left is None or right is None:
            lost = correction.id if left is None else correction.other_id
            logger.warning("correction not applied: nothing here founds %s", lost)
            continue
        verdict, score = VERDICTS[correction.action]
        judged = Judgement(verdict, "person", correction.reason, score, correction.who)  # type: ignore[arg-type]  # of VERDICTS
        rulings.append(Ruling(min(left, right), max(left, right), judged))
    return tuple(rulings)


def ruled(rules: Rules[N], rulings: Sequence[Ruling], evidence_of: Callable[[N], Set[str]]) -> Rules[N]:
    """Return the rules with the rulings above them; the same rules where there are none.

    Args:
        rules: How nodes are compared otherwise.
        rulings: Decisions on claims or mentions.
        evidence_of: The claims or mentions a node rests on, of those that rulings name.
    """
    if not rulings:
        return rules

    def about(node: N) -> Iterator[Hashable]:
        own = evidence_of(node)
        return (("ruling", at) for at, ruling in enumerate(rulings) if own & {ruling.left_id, ruling.right_id})

    def keys(node: N) -> tuple[Iterable[Hashable], Iterable[Hashable]]:
        found, sought = rules.keys(node)
        shared = set(about(node))
        return {*found, *shared}, {*sought, *shared}

    def decided(a: N, b: N) -> Judgement | None:
        left, right = evidence_of(a), evidence_of(b)
        for ruling in rulings:
            pair = ruling.left_id, ruling.right_id
            if (pair[0] in left and pair[1] in right) or (pair[1] in left and pair[0] in right):
                return ruling.judgement
        return None

    return replace(
        rules,
        keys=keys,
        judge=lambda left, right: decided(left, right) or rules.judge(left, right),
        is_candidate=lambda left, right: decided(left, right) is not None or rules.is_candidate(left, right),
        is_weak=lambda node: rules.is_weak(node) and not any(about(node)),
    )


def _founders(wanted: Set[str], corpus: Corpus, prior: Registry) -> dict[str, str]:
    """Return id → the claim or mention it was founded on; a claim or mention stands for itself."""
    found: dict[str, str] = {}
    for name, evidence_id in _founding(corpus) if wanted else ():
        # Many mentions name a reference row: the one captured first stands for it.
        if name in wanted and (name not in found or corpus.seen[evidence_id] < corpus.seen[found[name]]):
            found[name] = evidence_id
    # What the registry says stands above what an id looks like: a split numbers ids anew.
    known = {name: entry.founding_id for name in wanted if (entry := prior.entries.get(name)) is not None}
    return found | {name: founding for name, founding in known.items() if founding in corpus.seen}


def _founding(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield every id that a claim or mention bears or may found, with that claim or mention."""
    for version in (version for versions in corpus.histories.values() for version in versions):
        for claim in version.claims:
            yield claim.claim_id, claim.claim_id
            yield make_id(PREFIXES["event"], claim.claim_id), claim.claim_id
        for mention in version.mentions:
            yield mention.mention_id, mention.mention_id
            yield make_id(ENTITY_PREFIX, mention.mention_id), mention.mention_id
            if mention.reference_id:
                yield make_id(ENTITY_PREFIX, mention.kind, mention.reference_id), mention.mention_id
