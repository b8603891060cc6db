"""Truth values for the published star schema: evidence, dimensions, keys of days, versions."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from expectations.derived import Derivation, Truth, every, if_given, is_among, joint_key, known, truth
from expectations.derived_mentions import person_names_plausible
from expectations.frames import Tables
from warehouse.ids import document_version_id, make_id
from warehouse.vocabulary import LIFECYCLE_STEPS, RELATION_TYPES

UNKNOWN_ENTITY, UNKNOWN_VERSION, UNKNOWN_COUNTRY = "ent_unknown", "ver_unknown", "ZZ"
# Where the id of a published fact stands.
FACT_KEYS = {"fact_event": "event_id", "fact_quantity": "quantity_id", "fact_funding": "relation_id"}
# Which dimension holds a party of which kind; a territory is held by its country's code.
_PARTY_DIMENSIONS = {
    "region": ("curated.dim_collective", "collective_id"),
    "organisation": ("curated.dim_organisation", "organisation_id"),
    "person": ("curated.dim_person", "person_id"),
}


def has_evidence(fact_table: str) -> Derivation:
    """At least one passage supports the fact."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        evidence = tables["curated.bridge_fact_evidence"]
        own = evidence.filter(known(pc.equal(evidence.column("fact_table"), fact_table)))
        return is_among(table.column(FACT_KEYS[fact_table]), own.column("fact_id"))

    return derive


def fact_exists(table: pa.Table, tables: Tables) -> Truth:
    """The fact a passage supports stands in the table it is said to stand in."""
    return _by_table(
        table,
        "fact_table",
        table.column("fact_id"),
        {name: tables[f"curated.{name}"].column(key) for name, key in FACT_KEYS.items()},
    )


def evidence_is_published(target: str, key: str, fact_tables: Sequence[str]) -> Derivation:
    """What supports a fact of one of these tables is itself published, for the same document version.

    Args:
        target: Table of the claims or mentions.
        key: Its column with their id.
        fact_tables: Tables whose facts rest on it; evidence of others is not judged here.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        judged = is_among(table.column("fact_table"), pa.chunked_array([fact_tables]))
        own = joint_key(table, ("evidence_id", "document_version_id"))
        return pc.or_(pc.invert(judged), is_among(own, joint_key(tables[target], (key, "document_version_id"))))

    return derive


def party_in_its_dimension(table: pa.Table, tables: Tables) -> Truth:
    """A party stands in the dimension its kind names; a territory is held by the code of its country."""
    targets = {kind: tables[name].column(key) for kind, (name, key) in _PARTY_DIMENSIONS.items()}
    territory = known(pc.equal(table.column("party_kind"), "territory"))
    has_code = known(pc.not_equal(table.column("country_code"), UNKNOWN_COUNTRY))
    found = _by_table(table, "party_kind", table.column("party_id"), targets)
    return pc.if_else(territory, has_code, found)


def _by_table(table: pa.Table, selector: str, values: pa.ChunkedArray, targets: dict[str, pa.ChunkedArray]) -> Truth:
    """Return whether each value stands among the targets its selector names; False for a selector without target."""
    chosen = table.column(selector)
    found = truth([False] * len(table))
    for name, others in targets.items():
        found = pc.if_else(known(pc.equal(chosen, name)), is_among(values, others), found)
    return found


def day_key(key: str, day: str) -> Derivation:
    """The key of a day is YYYYMMDD of the day, and 0 without one."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return known(pc.equal(table.column(key), _key_of(table.column(day))))

    return derive


def _key_of(days: pa.ChunkedArray) -> pa.ChunkedArray:
    number = pc.add(pc.add(pc.multiply(pc.year(days), 10000), pc.multiply(pc.month(days), 100)), pc.day(days))
    return pc.fill_null(number, 0)


def calendar_agrees(table: pa.Table, tables: Tables) -> Truth:
    """Year, quarter, month, ISO week and weekday of a day are those of the day, and null without one."""
    day = table.column("day_on")
    iso = pc.iso_calendar(day)
    parts = {
        "year": pc.year(day),
        "quarter": pc.quarter(day),
        "month": pc.month(day),
        "iso_year": pc.struct_field(iso, "iso_year"),
        "iso_week": pc.struct_field(iso, "iso_week"),
        "weekday": pc.struct_field(iso, "iso_day_of_week"),
    }
    return every((_same(table.column(name), values) for name, values in parts.items()), len(table))


def _same(left: pa.ChunkedArray, right: pa.ChunkedArray) -> Truth:
    both_missing = pc.and_(pc.is_null(left), pc.is_null(right))
    return pc.or_(both_missing, known(pc.equal(left, right)))


def one_current_version(table: pa.Table, tables: Tables) -> Truth:
    """A document has at most one current version."""
    rows = list(zip(table.column("doc_id").to_pylist(), table.column("is_current").to_pylist(), strict=True))
    counts = Counter(doc for doc, current in rows if current)
    return truth([not current or counts[doc] == 1 for doc, current in rows])


def version_names_published_bytes(table: pa.Table, tables: Tables) -> Truth:
    """A version's id is the hash of its bytes; where they are read as two texts, of that and the text's hash."""
    names = ("document_version_id", "body_sha256", "text_sha256")
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    return truth([version == UNKNOWN_VERSION or version in _version_ids(body, text) for version, body, text in rows])


def _version_ids(body_sha256: str | None, text_sha256: str | None) -> tuple[str, ...]:
    if body_sha256 is None or text_sha256 is None:
        return ()
    plain = document_version_id(body_sha256)
    return (plain, make_id("ver", plain, text_sha256))


def text_matches_its_document(table: pa.Table, tables: Tables) -> Truth:
    """The published text has the hash that its document states."""
    documents = tables["curated.dim_document"]
    names = ("document_version_id", "text_sha256")
    stated = dict(zip(*(documents.column(name).to_pylist() for name in names), strict=True))
    rows = zip(table.column("document_version_id").to_pylist(), table.column("text").to_pylist(), strict=True)
    return truth([text is not None and _sha256(text) == stated.get(version) for version, text in rows])


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def relation_names_its_sides(table: pa.Table, tables: Tables) -> Truth:
    """A funding row says who pays or carries out (an organisation or a country) and for which project."""
    organisation = known(pc.not_equal(table.column("organisation_id"), UNKNOWN_ENTITY))
    country = known(pc.not_equal(table.column("country_code"), UNKNOWN_COUNTRY))
    project = known(pc.not_equal(table.column("project_id"), UNKNOWN_ENTITY))
    return pc.and_(pc.or_(organisation, country), project)


def claim_tells_an_event(table: pa.Table, tables: Tables) -> Truth:
    """A claim of an event belongs to an event, a claim of a relation to none."""
    relation = is_among(table.column("claim_type"), pa.chunked_array([RELATION_TYPES]))
    return pc.equal(relation, pc.is_null(table.column("event_id")))


def things_lead_to_entities(table: pa.Table, tables: Tables) -> Truth:
    """A mention of a thing leads to its entity.

    A date and a quantity have none, and "protocols with four countries" names no single instrument.
    """
    free = is_among(table.column("kind"), pa.chunked_array([["date", "quantity", "instrument"]]))
    return pc.or_(free, pc.is_valid(table.column("entity_id")))


def parties_counted(table: pa.Table, tables: Tables) -> Truth:
    """`n_parties` is the number of parties that are listed."""
    rows = zip(table.column("parties").to_pylist(), table.column("n_parties").to_pylist(), strict=True)
    return truth([(0 if parties is None else len(parties.split(" | "))) == n for parties, n in rows])


def gap_has_reason(table: pa.Table, tables: Tables) -> Truth:
    """A source with a gap says why, one without says nothing."""
    return known(pc.equal(table.column("is_gap"), pc.is_valid(table.column("gap_reason"))))


def number_only_where_counted(table: pa.Table, tables: Tables) -> Truth:
    """A pledge has a number exactly where its kind says that something is counted."""
    counted = pc.not_equal(table.column("kind"), "undertaking")
    return known(pc.equal(counted, pc.is_valid(table.column("value_min"))))


def revises_another(table: pa.Table, tables: Tables) -> Truth:
    """A pledge that revises one revises another one, and that one is not the latest."""
    later, earlier = table.column("pledge_id"), table.column("supersedes_pledge_id")
    latest = table.filter(table.column("is_latest")).column("pledge_id")
    return if_given(earlier, pc.and_(pc.not_equal(later, earlier), pc.invert(is_among(earlier, latest))))


def rank_is_of_the_step(table: pa.Table, tables: Tables) -> Truth:
    """`step_rank` is the place of the step in the usual order, counted from 1."""
    ranks = {step: rank for rank, step in enumerate(LIFECYCLE_STEPS, start=1)}
    rows = zip(table.column("step").to_pylist(), table.column("step_rank").to_pylist(), strict=True)
    return truth([ranks.get(step) == rank for step, rank in rows])


def known_persons_have_names(table: pa.Table, tables: Tables) -> Truth:
    """Every person but the unknown one has a name that can be one."""
    unknown = known(pc.equal(table.column("person_id"), UNKNOWN_ENTITY))
    return pc.or_(unknown, person_names_plausible("name", None)(table, tables))


def rule_was_measured(table: pa.Table, tables: Tables) -> Truth:
    """True where the reliability of a rule rests on judged finds; the unknown member has none to judge."""
    measured = pc.not_equal(table.column("basis"), "prior")
    return pc.or_(measured, pc.equal(table.column("rule_id"), "unknown"))


def held_on_a_day_of_the_event(table: pa.Table, tables: Tables) -> Truth:
    """The candidate held the office on a day of the event; an event without a day has no candidates."""
    events = tables["curated.fact_event"]
    names = ("event_id", "start_on", "end_on")
    days = {
        event: (start, end) for event, start, end in zip(*(events.column(n).to_pylist() for n in names), strict=True)
    }
    names = ("event_id", "held_from_on", "held_to_on")
    rows = zip(*(table.column(n).to_pylist() for n in names), strict=True)
    return truth([_meet(days.get(event, (None, None)), since, until) for event, since, until in rows])


def _meet(days: tuple[date | None, date | None], since: date, until: date | None) -> bool:
    first, last = days[0], days[1] or days[0]
    return first is not None and last is not None and since <= last and (until is None or first <= until)


def candidates_counted(table: pa.Table, tables: Tables) -> Truth:
    """`n_candidates` is the number of candidates for the office."""
    keys = joint_key(table, ("event_id", "party_id", "role", "office_id")).to_pylist()
    counts = Counter(keys)
    rows = zip(keys, table.column("n_candidates").to_pylist(), strict=True)
    return truth([counts[key] == n for key, n in rows])


def told_once(columns: Sequence[str]) -> Derivation:
    """No two dated events have the same type, days, country and parties: they would be one event told twice."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        parties: dict[str, set[str]] = defaultdict(set)
        bridge = tables["curated.bridge_event_party"]
        for event, party in zip(*(bridge.column(name).to_pylist() for name in ("event_id", "party_id")), strict=True):
            parties[event].add(party)
        rows = zip(joint_key(table, columns).to_pylist(), table.column("event_id").to_pylist(), strict=True)
        alike = [(values, tuple(sorted(parties[event]))) for values, event in rows]
        counts = Counter(alike)
        return if_given(table.column("start_on"), truth([counts[one] == 1 for one in alike]))

    return derive
