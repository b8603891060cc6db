"""Contracts of facts that follow from events: what was pledged, how far an instrument has come, who spoke.

Each row names the event it follows from, and that event's evidence is its evidence.
"""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import (
    BASES,
    EVENT_TYPES,
    LIFECYCLE_STEPS,
    PARTY_KINDS,
    PARTY_ROLES,
    PLEDGE_KINDS,
    POLARITIES,
    PRECISIONS,
    QUALIFIERS,
    STATEMENT_FORMS,
    STATUSES,
)

_EVENT = Column("event_id", "string", "Event it follows from; its evidence is this row's.", refers_to="curated.fact_event.event_id")  # fmt: skip

FACT_PLEDGE = TableContract(
    name="fact_pledge", layer="curated", grain="one number that is undertaken in one event, or the undertaking itself where it has none", key=("pledge_id",), partitioned=False,
    caveats=("A pledge and the movement or payment it promises are two events: sum over one event_type only.", "`is_latest` compares pledges of one pledger, kind, unit, type and cycle that both have a day.",),
    columns=(
        Column("pledge_id", "string", "Id: hash of event and quantity."),
        _EVENT,
        Column("event_type", "string", "pledge_or_commitment, or a relocation or grant that is only planned. What is pledged and what is planned may be told twice: sum over one type only.", values=EVENT_TYPES),
        Column("quantity_id", "string", "The number; null where the text gives none.", nullable=True, refers_to="curated.fact_quantity.quantity_id"),
        Column("kind", "string", "What is undertaken: people to be taken in, places, money, goods (anything else that is counted), or an undertaking without a number.", values=PLEDGE_KINDS),
        Column("pledger_id", "string", "Entity id of the one who undertakes it; null where there is none or several.", nullable=True),
        Column("pledger_names", "string", "Names of all who undertake it, separated by ` | `.", nullable=True),
        Column("n_pledgers", "int32", "How many undertake it together."),
        Column("country_code", "string", "Country that undertakes it; ZZ where it is none or several.", refers_to="curated.dim_country.country_code"),
        Column("value_min", "float64", "Lowest value, in `unit`; null without a number.", nullable=True),
        Column("value_max", "float64", "Highest value, in `unit`; null without a number.", nullable=True),
        Column("unit", "string", "ISO 4217 code or a plural English noun.", nullable=True),
        Column("qualifier", "string", "The most careful hedge the text gives.", nullable=True, values=QUALIFIERS),
        Column("cycle", "string", "Year or years the pledge is for (2026, 2026-2027).", nullable=True),
        Column("cycle_basis", "string", "text: its passages name the year; derived: the year of the event.", nullable=True, values=BASES),
        Column("status", "string", "Status of the event.", values=STATUSES),
        Column("polarity", "string", "negated where the text says it did not happen.", values=POLARITIES),
        Column("pledged_on", "date", "First day of the event; null if unknown.", nullable=True),
        Column("supersedes_pledge_id", "string", "The earlier pledge of the same one, kind, unit, type and cycle that this one revises.", nullable=True, refers_to="curated.fact_pledge.pledge_id"),
        Column("is_latest", "bool", "True where no other pledge revises it."),
    ),
)  # fmt: skip

FACT_INSTRUMENT_STATUS = TableContract(
    name="fact_instrument_status", layer="curated", grain="one step in the life of one instrument, as one event tells it", key=("instrument_status_id",), partitioned=False,
    caveats=("A step that no document tells is missing here, not untaken.",),
    columns=(
        Column("instrument_status_id", "string", "Id: hash of instrument and event."),
        Column("instrument_id", "string", "Instrument.", refers_to="curated.dim_instrument.instrument_id"),
        _EVENT,
        Column("step", "string", "The step.", values=LIFECYCLE_STEPS),
        Column("step_rank", "int32", "Place of the step in the usual order, from 1 negotiated to 6 in force."),
        Column("status", "string", "Whether the step was taken, is planned or was called off.", values=STATUSES),
        Column("polarity", "string", "negated where the text says it did not happen.", values=POLARITIES),
        Column("start_on", "date", "First day.", nullable=True),
        Column("end_on", "date", "Last day.", nullable=True),
        Column("date_precision", "string", "How exactly the date is known.", values=PRECISIONS),
        Column("basis", "string", "text: a claim names the instrument; derived: one bilateral instrument per partner.", values=BASES),
        Column("is_furthest", "bool", "True for the furthest step that was taken; of several events on it the latest."),
    ),
)  # fmt: skip

FACT_STATEMENT = TableContract(
    name="fact_statement", layer="curated", grain="one party that speaks or issues a statement in one event", key=("statement_id",), partitioned=False,
    caveats=("Quotations in the news are no statements; only formal ones and speakers at an occasion are here.",),
    columns=(
        Column("statement_id", "string", "Id: hash of event, party and role."),
        _EVENT,
        Column("event_type", "string", "statement, or the occasion at which the party spoke.", values=EVENT_TYPES),
        Column("speaker_id", "string", "Entity id of the speaker."),
        Column("speaker_kind", "string", "What the speaker is; says which dimension holds it.", values=PARTY_KINDS),
        Column("speaker_name", "string", "Name of the speaker."),
        Column("role", "string", "issuer of a statement, or speaker at an occasion.", values=PARTY_ROLES),
        Column("capacity", "string", "Office in which a person speaks; null for others and where it is not said.", nullable=True),
        Column("organisation_id", "string", "Organisation the speaker is or belongs to.", refers_to="curated.dim_organisation.organisation_id"),
        Column("country_code", "string", "Country the speaker is or belongs to; ZZ if none.", refers_to="curated.dim_country.country_code"),
        Column("form", "string", "joint: several issue it together, or a group of countries does; direct: the passage quotes it word for word; indirect: it reports it.", values=STATEMENT_FORMS),
        Column("claim_id", "string", "The first claim that says so.", refers_to="curated.fact_claim.claim_id"),
    ),
)  # fmt: skip

TABLES = (FACT_PLEDGE, FACT_INSTRUMENT_STATUS, FACT_STATEMENT)
