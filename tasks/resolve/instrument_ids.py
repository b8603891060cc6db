"""How the ids of derived instruments follow those of their events and parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.resolve.instruments import Derived, instrument_id
from tasks.resolve.kinds import BETWEEN_PARTIES
from tasks.resolve.registry import Entry, Registry
from tasks.resolve.succession import Moment


def follow_instruments(registry: Registry, moment: Moment, now: Sequence[Derived]) -> None:
    """Bring the registry up to date with all instruments between two parties that there are now.

    One that is no more is redirected to the one that took its place: since its event or a party was merged, since
    another report names its kind more exactly, or since an older event of the same instrument became known.
    """
    before = {entry.id: entry for entry in registry.derived()}
    for found in now:
        known = moment.proposals.entries.get(found.id) if moment.proposals else None
        day = known.minted_on if known else moment.day
        label = f"{registry.entries[found.first].label}–{registry.entries[found.second].label} {found.label}"
        registry.add(Entry(found.id, "instrument", label, found.founder.id, found.founder.founding_sentence_id, day))
        registry.rest(found.id, found.mentions)
    gone = sorted(before.keys() - {found.id for found in now})
    heirs = {former: found.id for found in now for former in _former_ids(registry, found)} if gone else {}
    for identifier in gone:
        if identifier in heirs:
            registry.redirect(identifier, heirs[identifier], f"the same instrument as {heirs[identifier]}")
        elif registry.entries[before[identifier].founding_id].status == "retired":
            registry.retire(identifier, "no current document tells of the event it came from")
        else:
            registry.retire(identifier, "its event tells of no such instrument any more")


def _former_ids(registry: Registry, found: Derived) -> Iterator[str]:
    """Yield the ids an instrument may have had: by another event of its own, another kind, a party since merged."""
    events = [merged for event_id, _ in found.claims for merged in (event_id, *registry.sent_to(event_id))]
    for first in (found.first, *registry.sent_to(found.first)):
        for second in (found.second, *registry.sent_to(found.second)):
            for event_id in events:
                yield from (instrument_id(kind, first, second, event_id) for kind in sorted(BETWEEN_PARTIES))
