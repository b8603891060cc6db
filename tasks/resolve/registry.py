"""The id registry: every id ever minted, what became of it, and what the active ones rest on.

Which id goes where is decided in `tasks.resolve.succession`; here it is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tasks.resolve.corpus import Seen

PREFIXES = {"event": "evt", "quantity": "qty"}
ENTITY_PREFIX = "ent"


@dataclass(frozen=True)
class Evidence:
    """One claim or mention: its sentence, and when it was captured first."""

    evidence_id: str
    sentence_id: str
    seen: Seen


@dataclass(frozen=True)
class Entry:
    """One row of `resolved.id_registry`."""

    id: str
    kind: str
    label: str | None
    founding_id: str
    founding_sentence_id: str | None
    minted_on: date
    status: str = "active"
    redirect_to: str | None = None
    reason: str | None = None

    @property
    def is_derived(self) -> bool:
        """True for an instrument between two parties that is minted from an event and lives with it."""
        return self.kind == "instrument" and self.founding_id.startswith(f"{PREFIXES['event']}_")

    @property
    def age(self) -> tuple[date, str, str]:
        """Smaller for the older id."""
        return self.minted_on, self.founding_id, self.id


class Registry:
    """All ids ever minted, and what the active ones rest on."""

    def __init__(self, entries: Iterable[Entry] = (), evidence: Iterable[tuple[str, str, str]] = ()) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.evidence: dict[str, dict[str, str]] = defaultdict(dict)
        self._owner: dict[str, str] = {}
        self._sent_to: dict[str, set[str]] = defaultdict(set)
        self._derived: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            if entry.is_derived and entry.status == "active":
                self._derived[entry.founding_id].add(entry.id)
            if entry.redirect_to:
                self._sent_to[entry.redirect_to].add(entry.id)
        for identifier, evidence_id, sentence_id in evidence:
            self.evidence[identifier][evidence_id] = sentence_id
            if not self.entries[identifier].is_derived:
                self._owner[evidence_id] = identifier

    def owner(self, evidence_id: str) -> str | None:
        """Return the active id that rests on a claim or mention."""
        return self._owner.get(evidence_id)

    def sent_to(self, identifier: str) -> list[str]:
        """Return the ids whose readers are sent to this one."""
        return sorted(self._sent_to.get(identifier, ()))

    def derived(self) -> list[Entry]:
        """Return the active instruments that were minted from events."""
        return [self.entries[identifier] for events in self._derived.values() for identifier in sorted(events)]

    def derived_from(self, event_id: str) -> list[str]:
        """Return the active instruments that were minted from an event."""
        return sorted(self._derived.get(event_id, ()))

    def add(self, entry: Entry) -> None:
        """Mint an id, or bring one back to life under its first founding."""
        known = self.entries.get(entry.id)
        if known and known.redirect_to:
            self._sent_to[known.redirect_to].discard(known.id)
        if entry.is_derived:
            self._derived[entry.founding_id].add(entry.id)
        self.entries[entry.id] = replace(known, status="active", redirect_to=None, reason=None) if known else entry

    def redirect(self, identifier: str, to: str, reason: str) -> None:
        """Send the readers of an id, and of all that were sent to it before, to another one."""
        self._drop(identifier)
        self.entries[identifier] = replace(self.entries[identifier], status="redirected", reason=reason)
        for sent in (identifier, *self._sent_to.pop(identifier, ())):
            self.entries[sent] = replace(self.entries[sent], redirect_to=to)
            self._sent_to[to].add(sent)

    def retire(self, identifier: str, reason: str) -> None:
        """Keep an id that has nothing to rest on any more."""
        self._drop(identifier)
        self.entries[identifier] = replace(self.entries[identifier], status="retired", reason=reason)

    def rest(self, identifier: str, evidence: Iterable[Evidence]) -> None:
        """Let an id rest on evidence, alone but for derived instruments, which may share a mention of their kind."""
        self._leave(identifier)
        self.evidence[identifier] = {item.evidence_id: item.sentence_id for item in evidence}
        if not self.entries[identifier].is_derived:
            self._owner.update(dict.fromkeys(self.evidence[identifier], identifier))

    def amend(self, identifier: str, lost: Iterable[str], won: Iterable[Evidence]) -> None:
        """Change some of the evidence of an id that stays with its group."""
        for evidence_id in lost:
            if self._owner.get(evidence_id) == identifier:
                del self._owner[evidence_id], self.evidence[identifier][evidence_id]
        for item in won:
            self.evidence[identifier][item.evidence_id] = item.sentence_id
            self._owner[item.evidence_id] = identifier

    def _drop(self, identifier: str) -> None:
        self._derived[self.entries[identifier].founding_id].discard(identifier)
        self._leave(identifier)

    def _leave(self, identifier: str) -> None:
        for evidence_id in self.evidence.pop(identifier, ()):
            if self._owner.get(evidence_id) == identifier:
                del self._owner[evidence_id]
