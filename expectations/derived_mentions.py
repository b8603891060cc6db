"""Truth values for what single documents say: mentions with names, dates and quantities, claims with arguments."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from expectations.derived import Derivation, Truth, every, if_given, is_among, joint_key, known, truth
from expectations.frames import Tables
from warehouse.vocabulary import EVENT_TYPES, HAPPENED, RELATION_TYPES

_VERSION = ("doc_id", "document_version_id")

# Treaties of the nineteenth century are quoted, plans end within this one; a year beyond is a misread number.
EARLIEST, LATEST = date(1800, 1, 1), date(2100, 12, 31)
# No announcement counts more people or money than this; beyond it a phone or reference number was read as a quantity.
LARGEST_QUANTITY = 1e13
# Letters, spaces and the marks that names have; no digit, at-sign, bracket, underscore or line break.
_NAME = re.compile(r"['’ʼ‘]?[^\W\d_](?:[^\W\d_]|[ \u00a0.,'’ʼ‘`\-‐–—·()\"“”„]|[\u0300-\u036f])*")
_NAME_CHARS = range(2, 81)
# No name repeats a letter four times: that is the filler of a page template.
_FILLER = re.compile(r"(\w)\1{3}")
# A session of a parliament is a period whose days the text does not give.
_WITHOUT_DAYS = ("session", "unknown")
_MARGIN = timedelta(days=1)


def dates_plausible(*columns: str) -> Derivation:
    """Each of the columns has no value or a day an announcement can speak of."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        conditions = []
        for name in columns:
            values = table.column(name)
            inside = pc.and_(pc.greater_equal(values, pa.scalar(EARLIEST)), pc.less_equal(values, pa.scalar(LATEST)))
            conditions.append(if_given(values, inside))
        return every(conditions, len(table))

    return derive


def person_names_plausible(name: str = "name", kind: str | None = "kind") -> Derivation:
    """A person has a name that can be one: letters and the marks of names, some capital letter, no filler.

    Args:
        name: Column of the name.
        kind: Column that says which rows are persons; None where all are.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        names = table.column(name).to_pylist()
        kinds = ["person"] * len(names) if kind is None else table.column(kind).to_pylist()
        return truth([what != "person" or _can_be_a_name(who) for what, who in zip(kinds, names, strict=True)])

    return derive


def things_are_named(table: pa.Table, tables: Tables) -> Truth:
    """A mention of a thing has the thing's name; a date and a quantity have none."""
    nameless = is_among(table.column("kind"), pa.chunked_array([["date", "quantity"]]))
    return pc.or_(nameless, pc.is_valid(table.column("name")))


def date_mentions_say_when(table: pa.Table, tables: Tables) -> Truth:
    """A date mention has a precision, and days where its precision is one of days."""
    precision = table.column("date_precision")
    days = pc.and_(pc.is_valid(table.column("date_start")), pc.is_valid(table.column("date_end")))
    said = pc.and_(pc.is_valid(precision), pc.or_(days, is_among(precision, pa.chunked_array([_WITHOUT_DAYS]))))
    return pc.or_(known(pc.not_equal(table.column("kind"), "date")), said)


def quantities_plausible(kind: str | None = None) -> Derivation:
    """A quantity has two finite values in order, none beyond what an announcement counts, and a unit.

    Args:
        kind: Column that says which rows are quantities; None where all are.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        lows, highs, units = (table.column(name).to_pylist() for name in ("value_min", "value_max", "unit"))
        kinds = ["quantity"] * len(lows) if kind is None else table.column(kind).to_pylist()
        rows = zip(kinds, lows, highs, units, strict=True)
        return truth([what != "quantity" or _is_quantity(low, high, unit) for what, low, high, unit in rows])

    return derive


def money_has_one_currency(table: pa.Table, tables: Tables) -> Truth:
    """Where there is a currency, the unit is the same."""
    currency = table.column("currency")
    return if_given(currency, pc.equal(currency, table.column("unit")))


def date_has_basis(day: str) -> Derivation:
    """A day says how it is known; without a day only words do that gave none ("today", "in the spring session").

    Args:
        day: Column of the first day.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        said = pc.is_valid(table.column("date_basis"))
        words = pc.is_valid(table.column("date_verbatim"))
        return pc.if_else(pc.is_valid(table.column(day)), said, pc.or_(pc.invert(said), words))

    return derive


def type_fits_kind(table: pa.Table, tables: Tables) -> Truth:
    """An event claim has a type of event, a relation claim a type of relation."""
    kind, claim_type = table.column("claim_kind"), table.column("claim_type")
    event = pc.and_(known(pc.equal(kind, "event")), is_among(claim_type, pa.chunked_array([EVENT_TYPES])))
    relation = pc.and_(known(pc.equal(kind, "relation")), is_among(claim_type, pa.chunked_array([RELATION_TYPES])))
    return pc.or_(event, relation)


def trigger_within_quote(table: pa.Table, tables: Tables) -> Truth:
    """The word that signals the claim stands in the passage that is quoted for it."""
    after = known(pc.less_equal(table.column("start"), table.column("trigger_start")))
    return pc.and_(after, known(pc.less_equal(table.column("trigger_end"), table.column("end"))))


def argument_is_its_mention(table: pa.Table, tables: Tables) -> Truth:
    """The span of an argument is the span of the mention it names."""
    columns = ("mention_id", "doc_id", "document_version_id", "start", "end")
    return is_among(joint_key(table, columns), joint_key(tables["extracted.mentions"], columns))


def vote_has_target(table: pa.Table, tables: Tables) -> Truth:
    """What is voted on is a mention or claim of the same document version."""
    wanted = joint_key(table, ("target_id", *_VERSION))
    mentions = is_among(wanted, joint_key(tables["extracted.mentions"], ("mention_id", *_VERSION)))
    claims = is_among(wanted, joint_key(tables["extracted.claims"], ("claim_id", *_VERSION)))
    return pc.if_else(pc.equal(table.column("target_kind"), "claim"), claims, mentions)


def refused_words_are_given(table: pa.Table, tables: Tables) -> Truth:
    """A refused candidate is a span of the text, or it says what was proposed instead."""
    return pc.or_(pc.is_valid(table.column("start")), pc.is_valid(table.column("proposed")))


def happened_before_its_document(table: pa.Table, tables: Tables) -> Truth:
    """What a claim says has happened does not begin after the publication of its document, or else its retrieval."""
    documents = tables["documents.documents"]
    days = pc.coalesce(documents.column("published_on"), documents.column("retrieved_at").cast(pa.date32()))
    columns = ("doc_id", "document_version_id")
    day_of = dict(zip(joint_key(documents, columns).to_pylist(), days.to_pylist(), strict=True))
    rows = zip(
        joint_key(table, columns).to_pylist(),
        table.column("status").to_pylist(),
        table.column("date_start").to_pylist(),
        strict=True,
    )
    return truth([_is_not_ahead(status, start, day_of.get(key)) for key, status, start in rows])


def _is_not_ahead(status: str | None, start: date | None, day: date | None) -> bool:
    return status not in HAPPENED or start is None or day is None or start <= day + _MARGIN


def _can_be_a_name(name: str | None) -> bool:
    if name is None or len(name) not in _NAME_CHARS:
        return False
    return bool(_NAME.fullmatch(name)) and not _FILLER.search(name) and any(map(str.isupper, name))


def _is_quantity(low: float | None, high: float | None, unit: str | None) -> bool:
    if low is None or high is None or not unit:
        return False
    return math.isfinite(low) and math.isfinite(high) and low <= high and max(abs(low), abs(high)) <= LARGEST_QUANTITY
