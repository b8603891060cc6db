"""The things one document names: its mentions, grouped by reference, by name and by what a short form stands for.

Everything here is a function of one document version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.resolve.corpus import MentionRow, Version
from tasks.resolve.inner_parties import titled
from tasks.resolve.judgement import Judgement
from tasks.resolve.names import fold, person_name
from tasks.resolve.things import Thing, judge_things, name_key
from warehouse.vocabulary import ENTITY_KINDS


@dataclass(frozen=True)
class Link:
    """How a mention was linked to its thing: a method of `resolved.entity_mentions`, and how sure that is."""

    mention_id: str
    method: str
    confidence: float


@dataclass(frozen=True)
class LocalEntity:
    """One thing in one document version with its mentions in the order of the text."""

    thing: Thing
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Decision:
    """One judgement on two mentions or claims, the smaller id first."""

    left_id: str
    right_id: str
    judgement: Judgement


def decision(left_id: str, right_id: str, judgement: Judgement) -> Decision:
    """Return the decision on two candidates in whatever order they come."""
    return Decision(min(left_id, right_id), max(left_id, right_id), judgement)


@dataclass(frozen=True)
class LocalEntities:
    """The things of one document version, the index of each mention's thing, and the decisions between them."""

    entities: tuple[LocalEntity, ...]
    of_mention: Mapping[str, int]
    decisions: tuple[Decision, ...]

    def thing(self, mention_id: str) -> Thing | None:
        """Return the thing a mention names; None for a date, a quantity, or a mention that is not in the version."""
        index = self.of_mention.get(mention_id)
        return None if index is None else self.entities[index].thing


def group_mentions(version: Version) -> LocalEntities:
    """Return the things of a document version, in the order of their first mentions."""
    mentions = {row.mention_id: row for row in version.mentions if row.kind in ENTITY_KINDS}
    root_of = {mention_id: _root(mention_id, mentions) for mention_id in mentions}
    roots = [row for row in version.mentions if root_of.get(row.mention_id) == row.mention_id]
    groups = _by_reference_or_name(roots)
    titles = titled(version)
    things = [_thing(group, version, titles) for group in groups]
    parents, decisions = _join(things, groups)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(groups)):
        members[_top(parents, index)].append(index)
    attached: dict[str, list[MentionRow]] = defaultdict(list)
    for row in mentions.values():
        attached[root_of[row.mention_id]].append(row)
    return _assemble(list(members.values()), groups, attached, version, titles, decisions)


def _root(mention_id: str, mentions: Mapping[str, MentionRow]) -> str:
    """Follow the antecedents to the mention that names the thing; a ring of them ends at its smallest id."""
    path = [mention_id]
    while (following := mentions[path[-1]].antecedent_mention_id) in mentions:
        if following in path:
            return min(path[path.index(following) :])
        path.append(str(following))
    return path[-1]


def _by_reference_or_name(roots: Iterable[MentionRow]) -> list[list[MentionRow]]:
    """Group mentions that carry the very same reference, or the very same name with the same office and country."""
    groups: dict[tuple[str | None, ...], list[MentionRow]] = defaultdict(list)
    for row in roots:
        reference = _reference(row)
        own = (fold(_name(row)), row.country_code, row.office, row.subtype)
        groups[(row.kind, reference) if reference else (row.kind, None, *own)].append(row)
    return list(groups.values())


def _reference(row: MentionRow) -> str | None:
    """A territory is its country code, in whatever form the reference names it."""
    return row.country_code or row.reference_id if row.kind == "territory" else row.reference_id


def _name(row: MentionRow) -> str:
    return (row.name or row.text).strip()


def _thing(group: Sequence[MentionRow], version: Version, titles: frozenset[str]) -> Thing:
    """Describe a group by its fullest name and by the first of each other property, in the order of the text."""
    first = group[0]
    reference = next((found for row in group if (found := _reference(row))), None)
    thing = Thing(
        kind=first.kind,
        name=_fullest(group),
        reference_id=reference,
        subtype=next((row.subtype for row in group if row.subtype), None),
        country_code=next((row.country_code for row in group if row.country_code), None),
        office=next((row.office for row in group if row.office), None),
        affiliation=next((row.affiliation for row in group if row.affiliation), None),
        affiliation_reference_id=next((row.affiliation_reference_id for row in group if row.affiliation), None),
    )
    if thing.kind == "instrument":
        is_local = not reference and not any(row.mention_id in titles for row in group)
    else:
        is_local = thing.is_weak and thing.kind != "place"
    return replace(thing, scope=version.key) if is_local else thing


def _fullest(group: Sequence[MentionRow]) -> str:
    """Return the name with the most of it written out, then the commonest, then the first in the text."""
    counts = Counter(_name(row) for row in group)
    names = list(dict.fromkeys(_name(row) for row in group))
    if group[0].kind == "person":
        written = {name: sum(len(fold(part)) > 1 for part in person_name(name).first) for name in names}
        return max(names, key=lambda name: (written[name] > 0, counts[name], written[name], -names.index(name)))
    linked = [_name(row) for row in group if _reference(row)]
    return linked[0] if linked else max(names, key=lambda name: (counts[name], -names.index(name)))


def _join(things: Sequence[Thing], groups: Sequence[Sequence[MentionRow]]) -> tuple[list[int], list[Decision]]:
    """Join the groups that are one thing: full names first, then the short forms that fit exactly one of them."""
    parents = list(range(len(things)))
    pairs = [
        (left, right, judged)
        for left in range(len(things))
        for right in range(left + 1, len(things))
        if things[left].kind == things[right].kind
        and (judged := judge_things(things[left], things[right], within=True)) is not None
    ]
    apart = {(left, right) for left, right, judged in pairs if judged.verdict == "not_same"}
    strong = [pair for pair in pairs if not (things[pair[0]].is_weak or things[pair[1]].is_weak)]
    for left, right, judged in sorted(strong, key=lambda pair: (-pair[2].score, pair[0], pair[1])):
        if judged.verdict == "same" and not _conflict(parents, apart, left, right):
            parents[_top(parents, right)] = _top(parents, left)
    for weak in [index for index, thing in enumerate(things) if thing.is_weak]:
        found = {
            _top(parents, left + right - weak)
            for left, right, judged in pairs
            if weak in (left, right) and judged.verdict == "same"
        }
        tops = {top for top in found if not _conflict(parents, apart, weak, top)} - {_top(parents, weak)}
        if len(tops) == 1:
            parents[_top(parents, weak)] = tops.pop()
    decisions = [
        decision(groups[left][0].mention_id, groups[right][0].mention_id, judged) for left, right, judged in pairs
    ]
    return parents, decisions


def _top(parents: Sequence[int], index: int) -> int:
    while parents[index] != index:
        index = parents[index]
    return index


def _conflict(parents: Sequence[int], apart: set[tuple[int, int]], left: int, right: int) -> bool:
    tops = {_top(parents, left), _top(parents, right)}
    return any({_top(parents, a), _top(parents, b)} == tops for a, b in apart)


def _assemble(
    members: Sequence[Sequence[int]],
    groups: Sequence[Sequence[MentionRow]],
    attached: Mapping[str, Sequence[MentionRow]],
    version: Version,
    titles: frozenset[str],
    decisions: Sequence[Decision],
) -> LocalEntities:
    entities: list[LocalEntity] = []
    of_mention: dict[str, int] = {}
    for indexes in members:
        roots = sorted((row for index in indexes for row in groups[index]), key=lambda row: (row.start, row.mention_id))
        thing = _thing(roots, version, titles)
        links = []
        for root in roots:
            for row in attached[root.mention_id]:
                links.append((row.start, _link(row, root, thing)))
                of_mention[row.mention_id] = len(entities)
        entities.append(
            LocalEntity(thing, tuple(link for _, link in sorted(links, key=lambda pair: (pair[0], pair[1].mention_id))))
        )
    return LocalEntities(tuple(entities), of_mention, tuple(decisions))


def _link(row: MentionRow, root: MentionRow, thing: Thing) -> Link:
    """Name the method that linked a mention, and lower its own confidence by what the method may get wrong."""
    if row.mention_id != root.mention_id:
        return Link(row.mention_id, "antecedent", round(row.confidence * 0.95, 6))
    if _reference(row):
        return Link(row.mention_id, "reference", row.confidence)
    if name_key(Thing(row.kind, row.text)) == name_key(thing):
        return Link(row.mention_id, "name", row.confidence)
    if row.kind == "person" and not person_name(row.text).is_full:
        return Link(row.mention_id, "initial", round(row.confidence * 0.95, 6))
    return Link(row.mention_id, "variant", round(row.confidence * 0.9, 6))
