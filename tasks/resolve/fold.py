"""The history of the warehouse, folded day by day: which groups stand at the end, and which ids they bear.

On each logical date the documents that changed take the place of their earlier versions, what they touch is grouped
again, and the registry follows. So a history of daily runs and one rebuild from the archive come to the same ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tasks.resolve.corpus import Corpus, Version, VersionKey
from tasks.resolve.families import Member, Touch, build_families
from tasks.resolve.following import carry, follow
from tasks.resolve.instrument_ids import follow_instruments
from tasks.resolve.instruments import Derived, derived_instruments
from tasks.resolve.lineage import heirs
from tasks.resolve.local import Local, localise
from tasks.resolve.registry import Evidence, Registry
from tasks.resolve.republications import republications
from tasks.resolve.rulings import Ruling, rulings_of
from tasks.resolve.state import Kept, State, Work
from tasks.resolve.succession import Moment
from tasks.resolve.things import Thing
from warehouse.corrections import Correction

Added = tuple[Member, tuple[Evidence, ...]]


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
    if prior.entries and covered is None:
        day = days[-1] if days else date.min
        folding.carry_over(prior, day, corpus.current(day))
    return folding.state()


def go_on(corpus: Corpus, kept: Kept, corrections: Sequence[Correction] = ()) -> State | None:
    """Return the state after the last logical date, from what an earlier folding left; None where that is of no use.

    Only the documents of the days since are read and compared, with what stands in the blocks they fall in. It is of
    no use where the corpus differs in anything up to the day it came to, or where people have decided anew since.
    """
    rulings = rulings_of(corrections, corpus, kept.registry)
    if rulings != kept.rulings or corpus.until(kept.day) != kept.corpus.histories:
        return None
    folding = _Folding(corpus, rulings, kept)
    folding.judge_copies_again(kept)
    for day, changes in corpus.changes().items():
        if day > kept.day:
            folding.step(day, changes)
    return folding.state()


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

    def __init__(self, corpus: Corpus, rulings: tuple[Ruling, ...], kept: Kept | None = None) -> None:
        self._corpus = corpus
        self._versions = {version.key: version for versions in corpus.histories.values() for version in versions}
        self._locals: dict[VersionKey, Local] = dict(kept.locals) if kept else {}
        self._n_known = len(self._locals)
        self._rulings = rulings
        self._partners = republications(corpus)
        self.families = build_families(self.local_of, self._partners, rulings, self._named_by(rulings))
        self.registry = kept.registry if kept else Registry()
        if kept:
            self.families.go_on_from(kept.families)

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

    def state(self) -> State:
        """Return what stands now."""
        days = self._corpus.days
        day = days[-1] if days else date.min
        left = Kept(self._corpus, day, self._locals, self._partners, self._rulings, self.families.state, self.registry)
        graphs = [family.graph for family in self.families.all]
        work = Work(
            documents=len(self._locals) - self._n_known,
            blocks=sum(graph.n_blocks for graph in graphs),
            blocks_touched=sum(graph.n_touched for graph in graphs),
            pairs_compared=sum(graph.n_judged for graph in graphs),
        )
        current, derived = self._corpus.current(day), tuple(self.derived())
        return State(self._corpus, current, self.local_of, self.families, derived, self.registry, left, work)

    def judge_copies_again(self, kept: Kept) -> None:
        """Compare anew the documents that stand and of which other copies are known now than when they were put in."""
        standing = self._corpus.current(kept.day)
        none: frozenset[VersionKey] = frozenset()
        again = [
            self.local_of(version.key)
            for _, version in sorted(standing.items())
            if self._partners.get(version.key, none) != kept.partners.get(version.key, none)
        ]
        moment = Moment(kept.day, {}, lambda sentence_id: True)
        things = {_thing(local, member) for local in again for member, _ in self._things(local)}
        families = self.families
        # A name that means the same in every document is compared in the same way whatever copies there are.
        follow(self.registry, moment, families.entities, families.entities.judge_again(
            thing for thing in things if thing.scope
        ))  # fmt: skip
        for family, members in ((families.events, self._events), (families.quantities, self._quantities)):
            nodes = [member for local in again for member, _ in members(local)]
            follow(self.registry, moment, family, family.judge_again(nodes))

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
