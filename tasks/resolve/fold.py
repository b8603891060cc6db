"""The history of the warehouse, folded day by day: which groups stand at the end, and which ids they bear.

On each logical date the documents that changed take the place of their earlier versions, what they touch is grouped
again, and the registry follows. So a history of daily runs and one rebuild from the archive come to the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.resolve.corpus import Corpus, Version, VersionKey
from tasks.resolve.families import Families, Member, Touch, build_families
from tasks.resolve.following import carry, follow
from tasks.resolve.instrument_ids import follow_instruments
from tasks.resolve.instruments import Derived, derived_instruments
from tasks.resolve.lineage import heirs
from tasks.resolve.local import Local, localise
from tasks.resolve.registry import Evidence, Registry
from tasks.resolve.republications import republications
from tasks.resolve.rulings import Ruling, rulings_of
from tasks.resolve.succession import Moment
from tasks.resolve.things import Thing
from warehouse.corrections import Correction

Added = tuple[Member, tuple[Evidence, ...]]


@dataclass(frozen=True)
class State:
    """What stands at the end of a folding.

    Attributes:
        current: The version of each document that facts come from.
        local_of: What one document version says.
        derived: The instruments between two parties that events are about without naming them.
    """

    corpus: Corpus
    current: Mapping[str, Version]
    local_of: Callable[[VersionKey], Local]
    families: Families
    derived: tuple[Derived, ...]
    registry: Registry


def fold(corpus: Corpus, prior: Registry, corrections: Sequence[Correction] = ()) -> State:
    """Return the state after the last logical date of the corpus.

    The prior registry is that of the last run, an empty one for a warehouse that is built anew. It covers the days up
    to the newest one on which the claims and mentions that stood are exactly those it rests on; then only the days
    after it are folded. Where there is no such day (new rules, or documents that came later for an earlier day), the
    whole history is folded without it, and its ids are then carried over to what stands at the end; ids that are new
    are those the history gives. Corrections that say what is one thing hold from the first day on.
    """
    days = corpus.days
    folding = _Folding(corpus, rulings_of(corrections, corpus, prior))
    covered = _covered(corpus, prior) if prior.entries else None
    if covered is not None:
        folding.registry = prior
        folding.load(covered)
    for day, changes in corpus.changes().items():
        if covered is None or day > covered:
            folding.step(day, changes)
    current = corpus.current(days[-1]) if days else {}
    if prior.entries and covered is None:
        folding.carry_over(prior, days[-1] if days else date.min, current)
    return State(corpus, current, folding.local_of, folding.families, tuple(folding.derived()), folding.registry)


def _covered(corpus: Corpus, prior: Registry) -> date | None:
    """Return the newest day on which exactly the evidence of the prior registry stood; None if there is no such day."""
    wanted = {evidence_id for evidence in prior.evidence.values() for evidence_id in evidence}
    held: set[str] = set()
    found = None
    for day, changes in corpus.changes().items():
        for before, _ in changes:
            held.difference_update(evidence_ids(before) if before else ())
        for _, after in changes:
            held.update(evidence_ids(after))
        if held == wanted:
            found = day
    return found


def evidence_ids(version: Version) -> Iterator[str]:
    """Yield every claim and mention an id rests on: all but relations, dates, and numbers without value or unit."""
    yield from (row.claim_id for row in version.claims if row.claim_kind == "event")
    for row in version.mentions:
        if row.kind != "date" and (row.kind != "quantity" or (row.value_min is not None and row.unit is not None)):
            yield row.mention_id


class _Folding:
    """The families and the registry while they are folded."""

    def __init__(self, corpus: Corpus, rulings: Sequence[Ruling]) -> None:
        self._corpus = corpus
        self._versions = {version.key: version for versions in corpus.histories.values() for version in versions}
        self._locals: dict[VersionKey, Local] = {}
        self.families = build_families(self.local_of, republications(corpus), rulings, self._named_by(rulings))
        self.registry = Registry()

    def _named_by(self, rulings: Sequence[Ruling]) -> dict[Thing, set[str]]:
        """Return the things of the mentions that rulings name."""
        named = {identifier for ruling in rulings for identifier in (ruling.left_id, ruling.right_id)}
        found: dict[Thing, set[str]] = {}
        for key, version in self._versions.items() if named else ():
            for row in version.mentions:
                thing = self.local_of(key).entities.thing(row.mention_id) if row.mention_id in named else None
                if thing is not None:
                    found.setdefault(thing, set()).add(row.mention_id)
        return found

    def local_of(self, key: VersionKey) -> Local:
        """Return what a document version says; read once."""
        if key not in self._locals:
            self._locals[key] = localise(self._versions[key])
        return self._locals[key]

    def load(self, day: date) -> None:
        """Put in all documents that stood on a day the registry covers, and give them its ids."""
        current = self._corpus.current(day)
        self._change((None, version) for _, version in sorted(current.items()))
        self._carry(Moment(day, {}, _sentences(current.values()).__contains__))

    def step(self, day: date, changes: Iterable[tuple[Version | None, Version]]) -> None:
        """Let the documents that changed on a day take the place of their earlier versions."""
        listed = list(changes)
        replaced: dict[str, str] = {}
        for before, after in listed:
            if before:
                replaced |= heirs(before, after)
        moment = Moment(day, replaced, _sentences(after for _, after in listed).__contains__)
        things, events, quantities = self._change(listed)
        renamed = follow(self.registry, moment, self.families.entities, things)
        follow(self.registry, moment, self.families.events, events)
        follow(self.registry, moment, self.families.quantities, quantities)
        # An instrument's id is made of those of its parties and of its oldest event.
        touched = {node[:2] for nodes in events.groups for node in nodes} | {
            before.key for before, _ in listed if before
        }
        if renamed or any(any(self.local_of(key).pairs) for key in touched):
            follow_instruments(self.registry, moment, self.derived())

    def carry_over(self, prior: Registry, day: date, current: Mapping[str, Version]) -> None:
        """Give what stands the ids of a registry that the folding did not start from."""
        replaced: dict[str, str] = {}
        for doc_id, version in sorted(current.items()):
            for earlier in self._corpus.histories[doc_id][:-1]:
                replaced |= heirs(earlier, version)
        folded, self.registry = self.registry, prior
        self._carry(Moment(day, replaced, _sentences(current.values()).__contains__, folded))

    def _carry(self, moment: Moment) -> None:
        carry(self.registry, moment, self.families.entities)
        carry(self.registry, moment, self.families.events)
        carry(self.registry, moment, self.families.quantities)
        follow_instruments(self.registry, moment, self.derived())

    def derived(self) -> list[Derived]:
        """Return the instruments between two parties of all events that stand."""
        return derived_instruments(self.registry, self.families, self.local_of, self._corpus.seen.__getitem__)

    def _change(
        self, changes: Iterable[tuple[Version | None, Version]]
    ) -> tuple[Touch[Thing], Touch[Member], Touch[Member]]:
        listed = list(changes)
        before = [self.local_of(version.key) for version, _ in listed if version]
        after = [self.local_of(version.key) for _, version in listed]
        return (
            self.families.entities.change(
                ((_thing(local, member), member) for local in before for member, _ in self._things(local)),
                ((_thing(local, member), member, found) for local in after for member, found in self._things(local)),
            ),
            self.families.events.change(
                ((member, member) for local in before for member, _ in self._events(local)),
                ((member, member, found) for local in after for member, found in self._events(local)),
            ),
            self.families.quantities.change(
                ((member, member) for local in before for member, _ in self._quantities(local)),
                ((member, member, found) for local in after for member, found in self._quantities(local)),
            ),
        )

    def _things(self, local: Local) -> Iterator[Added]:
        sentences = {row.mention_id: row.sentence_id for row in local.version.mentions}
        for at, entity in enumerate(local.entities.entities):
            own = [link.mention_id for link in entity.links if link.mention_id not in local.absorbed]
            if own:
                yield (*local.version.key, at), self._evidence((found, sentences[found]) for found in own)

    def _events(self, local: Local) -> Iterator[Added]:
        for at, event in enumerate(local.events.events):
            yield (*local.version.key, at), self._evidence((row.claim_id, row.sentence_id) for row in event.claims)

    def _quantities(self, local: Local) -> Iterator[Added]:
        for at, quantity in enumerate(local.quantities):
            found = self._evidence((row.mention_id, row.sentence_id) for row in quantity.mentions)
            yield (*local.version.key, at), found

    def _evidence(self, ids: Iterable[tuple[str, str]]) -> tuple[Evidence, ...]:
        return tuple(Evidence(found, sentence_id, self._corpus.seen[found]) for found, sentence_id in ids)


def _thing(local: Local, member: Member) -> Thing:
    return local.entities.entities[member[2]].thing


def _sentences(versions: Iterable[Version]) -> frozenset[str]:
    return frozenset(row.sentence_id for version in versions for row in version.sentences)
