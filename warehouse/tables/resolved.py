"""Contracts of the resolved layer: which mentions are one thing, which claims are one event, and why."""

from warehouse.contract import Column, TableContract
from warehouse.tables.registry import ID_REGISTRY, JUDGEMENT_LOG, REGISTRY_EVIDENCE
from warehouse.vocabulary import (
    BASES,
    CLAIM_TYPES,
    ENTITY_KINDS,
    EVENT_TYPES,
    EVIDENCE_ROLES,
    PARTY_ROLES,
    POLARITIES,
    PRECISIONS,
    STATUSES,
)

ENTITIES = TableContract(
    name="entities",
    layer="resolved",
    grain="one thing in the world that documents name",
    key=("entity_id",),
    partitioned=False,
    columns=(
        Column("entity_id", "string", "Id: kept in the registry; from the reference row where there is one, else from the founding mention."),
        Column("kind", "string", "What it is.", values=ENTITY_KINDS),
        Column("name", "string", "Reference name, else the fullest form in any document."),
        Column("reference_id", "string", "Row of the reference tables.", nullable=True),
        Column("subtype", "string", "Kind of organisation, instrument or place.", nullable=True),
        Column("country_code", "string", "ISO 3166-1 alpha-2 (Kosovo = XK).", nullable=True),
        Column("office", "string", "Office of a person in the latest document.", nullable=True),
        Column("affiliation_entity_id", "string", "Organisation of a person in the latest document.", nullable=True),
        Column("founding_mention_id", "string", "The mention captured first."),
        Column("n_mentions", "int32", "Mentions over all current document versions."),
        Column("n_documents", "int32", "Documents that mention it."),
    ),
)  # fmt: skip

ENTITY_MENTIONS = TableContract(
    name="entity_mentions",
    layer="resolved",
    grain="one mention and the entity it was resolved to",
    key=("mention_id", "doc_id"),
    partitioned=False,
    columns=(
        Column("mention_id", "string", "The mention.", refers_to="extracted.mentions.mention_id"),
        Column("doc_id", "string", "Document of the mention."),
        Column("entity_id", "string", "The entity.", refers_to="resolved.entities.entity_id"),
        Column("method", "string", "reference, name, initial, variant, antecedent, pattern: what linked them."),
        Column("confidence", "float64", "Probability that the link is right, 0 to 1."),
    ),
)

ENTITY_ALIASES = TableContract(
    name="entity_aliases",
    layer="resolved",
    grain="one spelling of one entity",
    key=("entity_id", "alias"),
    partitioned=False,
    columns=(
        Column("entity_id", "string", "The entity.", refers_to="resolved.entities.entity_id"),
        Column("alias", "string", "A form that stands in a document."),
        Column("n_mentions", "int32", "How often."),
    ),
)

EVENTS = TableContract(
    name="events",
    layer="resolved",
    grain="one event, merged over all claims about it",
    key=("event_id",),
    partitioned=False,
    columns=(
        Column("event_id", "string", "Id: minted from the founding claim and kept in the registry."),
        Column("event_type", "string", "Type of the codebook.", values=EVENT_TYPES),
        Column("status", "string", "Best status over its claims.", values=STATUSES),
        Column("polarity", "string", "negated where the text says it did not happen.", values=POLARITIES),
        Column("start_on", "date", "First day.", nullable=True),
        Column("end_on", "date", "Last day.", nullable=True),
        Column("date_precision", "string", "How exactly the date is known.", values=PRECISIONS),
        Column("date_verbatim", "string", "The words that give the date.", nullable=True),
        Column("date_basis", "string", "How the date is known.", nullable=True, values=BASES),
        Column("place_entity_id", "string", "Place.", nullable=True, refers_to="resolved.entities.entity_id"),
        Column("place_basis", "string", "How the place is known.", nullable=True, values=BASES),
        Column("country_code", "string", "Country where it happens, by the codebook.", nullable=True),
        Column("country_basis", "string", "How the country is known.", nullable=True, values=BASES),
        Column("project_entity_id", "string", "Project it is part of.", nullable=True, refers_to="resolved.entities.entity_id"),
        Column("founding_claim_id", "string", "The claim captured first."),
        Column("n_claims", "int32", "Claims about it."),
        Column("n_documents", "int32", "Documents that tell it."),
        Column("n_independent_sources", "int32", "Documents that tell it, republications of one announcement counted once."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
        Column("is_conflicting", "bool", "True where its claims disagree on day, place, status or a number beyond their precision."),
    ),
)  # fmt: skip

EVENT_CLAIMS = TableContract(
    name="event_claims",
    layer="resolved",
    grain="one claim and the event it tells",
    key=("claim_id", "doc_id"),
    partitioned=False,
    columns=(
        Column("claim_id", "string", "The claim.", refers_to="extracted.claims.claim_id"),
        Column("doc_id", "string", "Document of the claim."),
        Column("event_id", "string", "The event.", refers_to="resolved.events.event_id"),
        Column("evidence_role", "string", "What the claim is to the event.", values=EVIDENCE_ROLES),
    ),
)

EVENT_PARTIES = TableContract(
    name="event_parties",
    layer="resolved",
    grain="one entity in one role of one event",
    key=("event_id", "entity_id", "role"),
    partitioned=False,
    columns=(
        Column("event_id", "string", "The event.", refers_to="resolved.events.event_id"),
        Column(
            "entity_id",
            "string",
            "Country, collective, organisation or person.",
            refers_to="resolved.entities.entity_id",
        ),
        Column("role", "string", "Role of the codebook.", values=PARTY_ROLES),
        Column("basis", "string", "How the role is known.", values=BASES),
        Column("claim_id", "string", "The first claim that says so."),
        Column("mention_id", "string", "The mention in that claim."),
    ),
)

EVENT_INSTRUMENTS = TableContract(
    name="event_instruments",
    layer="resolved",
    grain="one instrument an event is about",
    key=("event_id", "entity_id"),
    partitioned=False,
    columns=(
        Column("event_id", "string", "The event.", refers_to="resolved.events.event_id"),
        Column("entity_id", "string", "The instrument.", refers_to="resolved.entities.entity_id"),
        Column(
            "basis",
            "string",
            "text: named in the claim; derived: one bilateral instrument per partner of a signature.",
            values=BASES,
        ),
        Column("claim_id", "string", "The first claim that says so."),
    ),
)

INSTRUMENT_PARTIES = TableContract(
    name="instrument_parties",
    layer="resolved",
    grain="one party of one instrument",
    key=("instrument_entity_id", "party_entity_id"),
    partitioned=False,
    columns=(
        Column("instrument_entity_id", "string", "The instrument.", refers_to="resolved.entities.entity_id"),
        Column(
            "party_entity_id", "string", "Country or organisation bound by it.", refers_to="resolved.entities.entity_id"
        ),
        Column("claim_id", "string", "The first claim that says so."),
    ),
)

RELATIONS = TableContract(
    name="relations",
    layer="resolved",
    grain="one relation between two things, merged over all claims about it",
    key=("relation_type", "subject_entity_id", "object_entity_id"),
    partitioned=False,
    columns=(
        Column("relation_id", "string", "Id: hash of type, subject and object."),
        Column("relation_type", "string", "The relation.", values=CLAIM_TYPES),
        Column("subject_entity_id", "string", "Who funds or implements.", refers_to="resolved.entities.entity_id"),
        Column("object_entity_id", "string", "The project.", refers_to="resolved.entities.entity_id"),
        Column("claim_id", "string", "The claim captured first."),
        Column("n_claims", "int32", "Claims that say so."),
        Column("n_documents", "int32", "Documents that say so."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
    ),
)

RELATION_CLAIMS = TableContract(
    name="relation_claims",
    layer="resolved",
    grain="one claim that supports one relation",
    key=("relation_id", "claim_id", "doc_id"),
    partitioned=False,
    columns=(
        Column("relation_id", "string", "The relation.", refers_to="resolved.relations.relation_id"),
        Column("claim_id", "string", "The claim.", refers_to="extracted.claims.claim_id"),
        Column("doc_id", "string", "Document of the claim."),
        Column("evidence_role", "string", "What the claim is to the relation.", values=EVIDENCE_ROLES),
    ),
)

QUANTITIES = TableContract(
    name="quantities",
    layer="resolved",
    grain="one quantity one announcement states, once however often it repeats it",
    key=("quantity_id",),
    partitioned=False,
    columns=(
        Column("quantity_id", "string", "Id: from the founding mention."),
        Column("event_id", "string", "Event it belongs to.", nullable=True, refers_to="resolved.events.event_id"),
        Column("doc_id", "string", "Document that states it first."),
        Column("mention_id", "string", "The mention it was read from (the most carefully hedged one)."),
        Column("value_min", "float64", "Lowest value."),
        Column("value_max", "float64", "Highest value; equal to value_min if there is one number."),
        Column("unit", "string", "ISO 4217 code, `percent`, or a plural English noun."),
        Column("currency", "string", "ISO 4217 code of an amount of money.", nullable=True),
        Column("qualifier", "string", "The most careful hedge any mention gives."),
        Column("counted", "string", "What is counted, in the text's words.", nullable=True),
        Column("n_mentions", "int32", "Mentions of it over all documents."),
        Column("n_documents", "int32", "Documents that state it."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
    ),
)

QUANTITY_MENTIONS = TableContract(
    name="quantity_mentions",
    layer="resolved",
    grain="one mention that states one quantity",
    key=("quantity_id", "mention_id", "doc_id"),
    partitioned=False,
    columns=(
        Column("quantity_id", "string", "The quantity.", refers_to="resolved.quantities.quantity_id"),
        Column("mention_id", "string", "The mention.", refers_to="extracted.mentions.mention_id"),
        Column("doc_id", "string", "Document of the mention."),
    ),
)

TABLES = (
    ENTITIES, ENTITY_MENTIONS, ENTITY_ALIASES, EVENTS, EVENT_CLAIMS, EVENT_PARTIES, EVENT_INSTRUMENTS,
    INSTRUMENT_PARTIES, RELATIONS, RELATION_CLAIMS, QUANTITIES, QUANTITY_MENTIONS, JUDGEMENT_LOG, ID_REGISTRY,
    REGISTRY_EVIDENCE,
)  # fmt: skip
