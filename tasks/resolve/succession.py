"""Which id a group of evidence bears, from one state of the warehouse to the next.

An id goes where its founding evidence goes; where that is gone, where its founding sentence is told; else where most of
the evidence is that is left of it. A sentence that was corrected stands for the one it took the place of. Where several
ids meet in one group the oldest stays and the others are redirected to it; a group without an id gets one minted from
the evidence captured first, so that a split mints one for the part that does not hold the founding evidence. An id
whose evidence is all gone is retired, and comes back to life when its founding evidence stands alone again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import count

from tasks.resolve.names import compare_first_names, edit_distance, fold, person_name, same_surname
from tasks.resolve.registry import ENTITY_PREFIX, PREFIXES, Entry, Evidence, Registry
from warehouse.ids import make_id


@dataclass(frozen=True, slots=True)
class Group:
    """What was found to be one thing, event or quantity.

    Attributes:
        kind: `event`, `quantity` or an entity kind.
        names: What it may have been called when its id was minted; the first is what it is called now.
        reference_id: Reference row of an entity.
        evidence: In the order in which it was captured; never empty.
    """

    kind: str
    names: tuple[str, ...]
    reference_id: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What the registry has to know of the day on which groups changed.

    Attributes:
        day: Logical date of the new state.
        heirs: Sentence that is gone → the sentence that took its place in the new version of the document.
        is_standing: Whether a sentence still stands in the current version of its document.
        proposals: Registry of a folding without the prior one, from which ids that have to be minted are taken.
    """

    day: date
    heirs: Mapping[str, str]
    is_standing: Callable[[str], bool]
    proposals: Registry | None = None


def advance(registry: Registry, moment: Moment, groups: Sequence[Group], gone: Iterable[str]) -> list[str]:
    """Give every changed group its id and bring the registry up to date; return the ids in the order of the groups.

    Args:
        registry: The registry of the state before.
        moment: The day, and what became of sentences on it.
        groups: Every group whose evidence or extent changed, whole.
        gone: Claims and mentions that are in no group any more.
    """
    places = _Places(groups, moment.heirs)
    held = {item.evidence_id for group in groups for item in group.evidence} | set(gone)
    claimants: dict[int, list[Entry]] = defaultdict(list)
    for identifier in sorted({owner for evidence_id in held if (owner := registry.owner(evidence_id))}):
        entry = registry.entries[identifier]
        target = places.target(entry, registry.evidence[identifier])
        if target is None:
            registry.retire(identifier, _why_retired(entry, registry.evidence[identifier].values(), moment))
        else:
            claimants[target].append(entry)
    taken = {entry.id for entries in claimants.values() for entry in entries}
    ids: list[str] = []
    for at, group in enumerate(groups):
        by_age = sorted(claimants[at], key=lambda entry: entry.age)
        identifier = by_age[0].id if by_age else _mint(registry, moment, group, taken)
        for entry in by_age[1:]:
            registry.redirect(entry.id, identifier, f"found to be the same {entry.kind} as {identifier}")
        ids.append(identifier)
    for identifier, group in zip(ids, groups, strict=True):
        registry.rest(identifier, group.evidence)
    return ids


def _why_retired(entry: Entry, sentences: Iterable[str], moment: Moment) -> str:
    if entry.kind not in PREFIXES:
        return "no current document names it any more"
    if any(moment.is_standing(sentence) for sentence in sentences):
        return "its sentence stands, but is read otherwise now"
    return "its sentence is gone from the current version of the document"


def _mint(registry: Registry, moment: Moment, group: Group, taken: Set[str]) -> str:
    """Mint an id for a group, or bring a dormant one back to life; one that names something else is passed over."""
    for entry in _possible(group, moment):
        known = registry.entries.get(entry.id)
        if entry.id not in taken and (known is None or known.status != "active"):
            registry.add(entry)
            return entry.id
    raise AssertionError("there is no end to the ids of a group")


def _possible(group: Group, moment: Moment) -> Iterator[Entry]:
    """Yield the ids a group may bear: from its reference row, from its evidence in order of capture, then numbered."""
    first = group.evidence[0]
    proposed = moment.proposals.owner(first.evidence_id) if moment.proposals else None
    if moment.proposals and proposed:
        yield moment.proposals.entries[proposed]
    prefix = PREFIXES.get(group.kind, ENTITY_PREFIX)
    label = group.names[0]
    if group.reference_id:
        founding = make_id(ENTITY_PREFIX, group.kind, group.reference_id)
        yield Entry(founding, group.kind, label, group.reference_id, None, moment.day)
    for item in group.evidence:
        yield Entry(
            make_id(prefix, item.evidence_id), group.kind, label, item.evidence_id, item.sentence_id, moment.day
        )
    for number in count(2):
        identifier = make_id(prefix, first.evidence_id, number)
        yield Entry(identifier, group.kind, label, first.evidence_id, first.sentence_id, moment.day)


class _Places:
    """Where evidence, sentences and reference rows are found among the groups."""

    def __init__(self, groups: Sequence[Group], heirs: Mapping[str, str]) -> None:
        self._groups = groups
        self._heirs = heirs
        self._by_evidence: dict[str, int] = {}
        self._by_sentence: dict[str, list[int]] = defaultdict(list)
        self._by_reference: dict[tuple[str, str], int] = {}
        for at, group in enumerate(groups):
            if group.reference_id:
                self._by_reference[group.kind, group.reference_id] = at
            for item in group.evidence:
                self._by_evidence[item.evidence_id] = at
                if at not in self._by_sentence[item.sentence_id]:
                    self._by_sentence[item.sentence_id].append(at)

    def target(self, entry: Entry, evidence: Mapping[str, str]) -> int | None:
        """Return the group an id goes to; None where nothing is left of what it rested on."""
        votes: Counter[int] = Counter()
        for evidence_id, sentence_id in evidence.items():
            at = self._by_evidence.get(evidence_id)
            if at is not None and self._groups[at].kind == entry.kind:
                votes[at] += 1
            elif at is None:
                votes.update(self._told(entry, sentence_id)[:1])
        # The founding evidence decides as long as the id rests on it; once it is gone it founds something else.
        founding = self._by_evidence.get(entry.founding_id) if entry.founding_id in evidence else None
        if founding is None:
            founding = self._by_reference.get((entry.kind, entry.founding_id))
        if founding is None and entry.founding_sentence_id in evidence.values():
            told = self._told(entry, entry.founding_sentence_id or "")
            founding = told[0] if len(told) == 1 else None
        if founding in votes:
            return founding
        # Of groups with as much of it the one that was captured first.
        return min(votes, key=lambda at: (-votes[at], self._groups[at].evidence[0].seen), default=None)

    def _told(self, entry: Entry, sentence_id: str) -> list[int]:
        """Return the groups that a sentence, or the one that took its place, tells of in the same words."""
        found = self._by_sentence.get(sentence_id) or self._by_sentence.get(self._heirs.get(sentence_id, ""), [])
        return [
            at
            for at in found
            if self._groups[at].kind == entry.kind and any(_fits(entry, name) for name in self._groups[at].names)
        ]


def _fits(entry: Entry, name: str) -> bool:
    """Return whether what an id was minted for may be called so now: the same type or value, a name spelled alike."""
    if entry.label is None or entry.label == name:
        return True
    if entry.kind in PREFIXES:
        return False
    if entry.kind == "person":
        before, now = person_name(entry.label), person_name(name)
        return same_surname(before, now) and compare_first_names(before, now) != "different"
    return edit_distance(fold(entry.label), fold(name), 2) <= 2
