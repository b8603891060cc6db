"""Truth values for resolved events, instruments, relations and the id registry: tables that rest on one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from expectations.derived import Derivation, Truth, if_given, is_among, joint_key, known, truth
from expectations.frames import Tables
from warehouse.vocabulary import HAPPENED, PARTY_KINDS

# Kinds of instrument that bind two sides. Three Benelux states do sign one readmission agreement together, so more is a
# warning; that a signature with several partners never makes one instrument of many parties is a rule of its own.
BILATERAL = (
    "readmission_agreement",
    "implementing_protocol",
    "visa_agreement",
    "status_agreement",
    "working_arrangement",
)
_FROM_AN_EVENT = "evt_"
# What acts in an event: a party, or a fund that is known as an instrument or a project.
ACTING_KINDS = (*PARTY_KINDS, "instrument", "project")


def counted(column: str, key: str, target: str, target_key: str) -> Derivation:
    """The column is the number of rows of another table that name this row."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        counts = Counter(tables[target].column(target_key).to_pylist())
        rows = zip(table.column(key).to_pylist(), table.column(column).to_pylist(), strict=True)
        return truth([counts[name] == n for name, n in rows])

    return derive


def of_kind(column: str, kinds: Sequence[str]) -> Derivation:
    """The entity a column names is of one of these kinds; True for null, and for an entity that does not exist.

    (That it exists is another rule's business: a row should fail for one reason.)
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        entities = tables["resolved.entities"]
        others = entities.filter(pc.invert(is_among(entities.column("kind"), pa.chunked_array([kinds]))))
        return pc.invert(is_among(table.column(column), others.column("entity_id")))

    return derive


def happened_before_newest_document(documents: str) -> Derivation:
    """What has happened began on the newest document's day or earlier: its publication, or else its retrieval.

    Without a document there is no day to compare with, and nothing to complain of.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        told = tables[documents]
        days = pc.coalesce(told.column("published_on"), told.column("retrieved_at").cast(pa.date32()))
        newest = pc.max(days)
        start = table.column("start_on")
        in_time = pc.or_(pc.is_null(newest), pc.less_equal(start, newest))
        happened = is_among(table.column("status"), pa.chunked_array([HAPPENED]))
        return pc.or_(pc.invert(happened), if_given(start, pc.fill_null(in_time, not newest.is_valid)))

    return derive


def derived_instrument_has_two_parties(table: pa.Table, tables: Tables) -> Truth:
    """An instrument that was minted from an event, one for each partner of a signature, has two parties."""
    registry = tables["resolved.id_registry"]
    derived = registry.filter(known(pc.starts_with(registry.column("founding_id"), _FROM_AN_EVENT)))
    counts = Counter(tables["resolved.instrument_parties"].column("instrument_entity_id").to_pylist())
    two = truth([counts[entity] == 2 for entity in table.column("entity_id").to_pylist()])
    instrument = known(pc.equal(table.column("kind"), "instrument"))
    is_derived = pc.and_(instrument, is_among(table.column("entity_id"), derived.column("id")))
    return pc.or_(pc.invert(is_derived), two)


def bilateral_kind_has_two_parties(table: pa.Table, tables: Tables) -> Truth:
    """An instrument of a kind that binds two sides has no third party, as far as its parties are known."""
    counts = Counter(tables["resolved.instrument_parties"].column("instrument_entity_id").to_pylist())
    rows = zip(table.column("subtype").to_pylist(), table.column("entity_id").to_pylist(), strict=True)
    return truth([subtype not in BILATERAL or counts[entity] <= 2 for subtype, entity in rows])


def redirect_leads_to_a_live_id(table: pa.Table, tables: Tables) -> Truth:
    """A redirected id names another, and following the names ends at one that is not redirected; no other names any."""
    ids, targets, statuses = (table.column(name).to_pylist() for name in ("id", "redirect_to", "status"))
    status_of = dict(zip(ids, statuses, strict=True))
    target_of = {one: target for one, target in zip(ids, targets, strict=True) if target is not None}
    good = []
    for one, target, status in zip(ids, targets, statuses, strict=True):
        good.append(_ends_well(one, target_of, status_of) if status == "redirected" else target is None)
    return truth(good)


def _ends_well(start: str, target_of: Mapping[str, str], status_of: Mapping[str, str]) -> bool:
    """Return whether redirects from here end at a known id; a circle does not."""
    seen = {start}
    here = start
    while status_of.get(here) == "redirected":
        following = target_of.get(here)
        if following is None or following in seen:
            return False
        seen.add(following)
        here = following
    return here in status_of


def is_active(column: str, registry: str) -> Derivation:
    """The id stands in the registry and is active."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        ids = tables[registry]
        active = ids.filter(known(pc.equal(ids.column("status"), "active")))
        return is_among(table.column(column), active.column("id"))

    return derive


def inactive_ids_say_why(table: pa.Table, tables: Tables) -> Truth:
    """An id that is redirected or retired has a reason."""
    active = known(pc.equal(table.column("status"), "active"))
    return pc.or_(active, pc.is_valid(table.column("reason")))


def has_one_primary(table: pa.Table, tables: Tables) -> Truth:
    """An event has one claim that is its primary evidence: the first one a reader is shown."""
    claims = tables["resolved.event_claims"]
    primary = claims.filter(known(pc.equal(claims.column("evidence_role"), "primary")))
    counts = Counter(primary.column("event_id").to_pylist())
    return truth([counts[event] == 1 for event in table.column("event_id").to_pylist()])


def one_of_a_kind(columns: Sequence[str]) -> Derivation:
    """No two rows have the same values in the columns; rows with a null in one of them are never alike."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        values = joint_key(table, columns).to_pylist()
        counts = Counter(value for value in values if value is not None)
        return truth([value is None or counts[value] == 1 for value in values])

    return derive
