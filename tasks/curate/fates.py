"""What became of a fact that is no longer in a release: merged, retired or removed, and why.

The id registry knows it of events, of quantities (kind `quantity`) and of every kind of entity. A relation, a document
or what follows from an event (a pledge, a step of an instrument, a statement) has no entry there; where a fact has
none, what is left of its evidence tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_TAKEN_DOWN = "what told it was taken down {}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry says of an id that is no longer active.

    Attributes:
        successor_id: The active id at the end of its redirects; None where it was retired.
        reason: The registry's reason.
        is_retracted: A person took it out of the releases.
    """

    successor_id: str | None
    reason: str | None
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What the new release still has of a vanished fact's evidence.

    Attributes:
        document_stands: A document that told it is still published.
        quote_stands: The current version of such a document still holds the quoted words.
        successor_id: The one fact of the same table that rests on the same evidence now.
        takedown: Who took down all documents that told it, and why; None where one was not.
    """

    document_stands: bool
    quote_stands: bool
    successor_id: str | None
    takedown: str | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """The columns `change`, `reason` and `successor_id` of `fact_change`."""

    change: str
    reason: str
    successor_id: str | None = None


class Registry:
    """The ids that are no longer active, by id."""

    def __init__(self, table: pa.Table) -> None:
        inactive = table.filter(pc.not_equal(table["status"], "active"))
        self._rows = {row["id"]: row for row in inactive.to_pylist()}

    def entry(self, identifier: str) -> Entry | None:
        """Return what the registry says of an id; None where it is active or no id of the registry.

        Redirects are followed to their end; of a ring, which no resolution makes, the last id before it closes counts.
        """
        if identifier not in self._rows:
            return None
        reason = self._rows[identifier]["reason"]
        seen = {identifier}
        last = identifier
        while last in self._rows:
            following = self._rows[last]["redirect_to"]
            if following is None:
                return Entry(None, self._rows[last]["reason"], self._rows[last]["status"] == "retracted")
            if following in seen:
                break
            seen.add(following)
            last = following
        return Entry(last, reason)


def fate_of(entry: Entry | None, standing: Standing | None) -> Fate:
    """Return what became of a vanished fact, from its entry in the registry or from what is left of its evidence."""
    if entry is not None:
        if entry.successor_id is not None:
            return Fate("merged", entry.reason or "it is the same as its successor", entry.successor_id)
        return Fate("retracted" if entry.is_retracted else "retired", _why_gone(entry, standing))
    if standing is None:
        return Fate("removed", "no row of the table stands under its id any more")
    if standing.successor_id is not None:
        return Fate("merged", "its evidence supports the successor now", standing.successor_id)
    if standing.takedown is not None:
        return Fate("retired", _TAKEN_DOWN.format(standing.takedown))
    if not standing.document_stands:
        return Fate("retired", "no document that told it is published any more")
    if not standing.quote_stands:
        return Fate("retired", "its sentence is gone from the current version of the document")
    return Fate("removed", "its sentence stands, but is read otherwise now")


def fate_with_event(event_id: str, entry: Entry | None, standing: Standing | None) -> Fate:
    """Return what became of a vanished fact that followed from an event: it goes where its event goes.

    Args:
        event_id: The event.
        entry: What the registry says of the event.
        standing: What is left of the event's evidence; None where the event has not vanished.
    """
    if entry is None:
        return Fate("removed", f"{event_id} stands, and it no longer follows from it")
    if entry.successor_id is not None:
        return Fate("retired", f"{event_id}, which it followed from, was merged into {entry.successor_id}")
    change = "retracted" if entry.is_retracted else "retired"
    return Fate(change, f"{event_id}, which it followed from, is gone: {_why_gone(entry, standing)}")


def _why_gone(entry: Entry, standing: Standing | None) -> str:
    """Return why a fact left; that a person took its documents down explains more than that its sentences are gone."""
    if standing is not None and standing.takedown is not None and not entry.is_retracted:
        return _TAKEN_DOWN.format(standing.takedown)
    return entry.reason or "what it rested on is gone"
