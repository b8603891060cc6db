"""How ids follow the groups of a family from one day to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tasks.resolve.families import Family, N, Touch
from tasks.resolve.registry import Registry
from tasks.resolve.succession import Moment, advance


def follow(registry: Registry, moment: Moment, family: Family[N], touch: Touch[N]) -> bool:
    """Bring the registry and the ids of a family up to date; return whether what stood before has another id now.

    A group that is what it was, apart from claims and mentions no other id rests on, keeps its id without a look at the
    rest of its evidence: a country has a mention in every other document.
    """
    steady, changed = _settled(registry, family, touch)
    lost: dict[str | None, list[str]] = defaultdict(list)
    for evidence_id in touch.lost:
        lost[registry.owner(evidence_id)].append(evidence_id)
    for identifier, nodes in steady.items():
        registry.amend(identifier, lost[identifier], (item for node in nodes for item in touch.won.get(node, ())))
    return _advance(registry, moment, family, changed, touch.lost)


def carry(registry: Registry, moment: Moment, family: Family[N]) -> bool:
    """Carry the ids of a registry over to all groups of a family that it has not followed so far."""
    held = {item.evidence_id for found in family.members.values() for items in found.values() for item in items}
    unread = {
        evidence_id
        for identifier, evidence in registry.evidence.items()
        if registry.entries[identifier].kind in family.kinds and not registry.entries[identifier].is_derived
        for evidence_id in evidence
    }
    family.borne.clear()
    return _advance(registry, moment, family, family.graph.groups(), unread - held)


def _settled(
    registry: Registry, family: Family[N], touch: Touch[N]
) -> tuple[dict[str, tuple[N, ...]], list[tuple[N, ...]]]:
    """Tell the groups that keep their ids as they are from those with evidence that comes from or goes to other ids."""
    steady: dict[str, tuple[N, ...]] = {}
    changed: list[tuple[N, ...]] = []
    for nodes in touch.groups:
        identifier, extent = family.borne.get(nodes[0], ("", ()))
        if extent == nodes:
            steady[identifier] = nodes
        else:
            changed.append(nodes)
    waiting = [*changed]
    for identifier, nodes in list(steady.items()):
        owners = {registry.owner(item.evidence_id) for node in nodes for item in touch.won.get(node, ())}
        if owners - {None, identifier}:
            waiting.append(steady.pop(identifier))
    settled: list[tuple[N, ...]] = []
    while waiting:
        nodes = waiting.pop()
        settled.append(nodes)
        owners = {registry.owner(item.evidence_id) for item in family.group(nodes).evidence}
        waiting += [steady.pop(owner) for owner in sorted(owner for owner in owners if owner in steady)]
    return steady, settled


def _advance(
    registry: Registry, moment: Moment, family: Family[N], groups: Iterable[tuple[N, ...]], gone: Iterable[str]
) -> bool:
    described = sorted(((family.group(nodes), nodes) for nodes in groups), key=lambda pair: pair[0].evidence[0].seen)
    ids = advance(registry, moment, [group for group, _ in described], gone)
    renamed = [family.bear(nodes, identifier) for identifier, (_, nodes) in zip(ids, described, strict=True)]
    return any(renamed)
