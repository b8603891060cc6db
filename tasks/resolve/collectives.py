"""Groups of countries beside their members: where an event names the members, the group is no party of its own.

"Protocols with the Western Balkan countries" over "with Montenegro, North Macedonia and Kosovo" names the partners
twice; counted as a party, the group would bind the countries that are not named. Where no members are named the group
stays a group, and only a view expands it. A group that meets stays beside the members that came: it tells who was
expected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tasks.resolve.features import party_country
from tasks.resolve.things import Thing
from warehouse.collectives import Membership

# One member beside its group may be an example, or the host; two spell the group out.
SPELLED_OUT = 2
# Roles that bind or move: whoever is not named in them is not bound. Who attends is another matter.
BINDING_ROLES = frozenset({"party", "signatory", "issuer", "from", "to", "beneficiary"})


class Collectives:
    """Who belongs to which named group since when."""

    def __init__(self, memberships: Iterable[Membership]) -> None:
        self._members: dict[str, list[Membership]] = defaultdict(list)
        for membership in memberships:
            self._members[membership.region_id].append(membership)

    def beside_members(self, parties: Mapping[str, Thing], day: date | None) -> list[str]:
        """Return which parties of one event in one role are groups that are spelled out by their members beside them.

        Args:
            parties: The parties by entity id: states, or persons and bodies that act for states.
            day: First day of the event; without one the membership of any time counts.
        """
        countries = {country for thing in parties.values() if (country := party_country(thing))}
        return [
            entity_id
            for entity_id, thing in parties.items()
            if thing.kind == "region" and len(countries & self._of(thing.reference_id, day)) >= SPELLED_OUT
        ]

    def _of(self, region_id: str | None, day: date | None) -> set[str]:
        members = self._members.get(region_id or "", ())
        return {one.country_code for one in members if day is None or one.since is None or one.since <= day}
