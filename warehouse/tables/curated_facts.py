"""Contracts of the published facts, bridges and evidence."""

from warehouse.contract import Column, TableContract
from warehouse.tables.registry import ID_REGISTRY
from warehouse.vocabulary import (
    BASES,
    CHANGE_KINDS,
    CLAIM_TYPES,
    EVENT_TYPES,
    EVIDENCE_ROLES,
    MENTION_KINDS,
    PARTY_KINDS,
    PARTY_ROLES,
    POLARITIES,
    PRECISIONS,
    QUALIFIERS,
    STATUSES,
    TOPICS,
    ZONES,
)

_CODED_RULE = (
    Column("rule_id", "string", "Rule that found it.", refers_to="curated.dim_rule.rule_id"),
    Column("rules_hash", "string", "Hash of all rules and knowledge in force."),
    Column("confidence", "float64", "Probability that it is right, 0 to 1."),
)

FACT_EVENT = TableContract(
    name="fact_event", layer="curated", grain="one event, merged over all claims about it", key=("event_id",), partitioned=False, row_floor=1,
    caveats=("A row is what documents say, not what happened: filter on status and polarity before counting.", "A plan that came true is one event with status occurred; one that did not stays planned for ever.", "Precision `approx` means within a week, `month` and `year` span the whole period.",),
    columns=(
        Column("event_id", "string", "Id, stable over releases; see id_registry for merged ones."),
        Column("event_type", "string", "Type.", values=EVENT_TYPES, refers_to="curated.dim_event_type.event_type"),
        Column("status", "string", "occurred, background (recalled), planned or cancelled.", values=STATUSES),
        Column("polarity", "string", "negated where the text says it did not happen.", values=POLARITIES),
        Column("start_date_key", "int32", "First day; 0 if unknown.", refers_to="curated.dim_date.date_key"),
        Column("end_date_key", "int32", "Last day; 0 if unknown.", refers_to="curated.dim_date.date_key"),
        Column("start_on", "date", "First day.", nullable=True),
        Column("end_on", "date", "Last day.", nullable=True),
        Column("date_precision", "string", "How exactly the date is known.", values=PRECISIONS),
        Column("date_verbatim", "string", "The words that give the date.", nullable=True),
        Column("date_basis", "string", "How the date is known.", nullable=True, values=BASES),
        Column("place_id", "string", "Place.", refers_to="curated.dim_place.place_id"),
        Column("place_basis", "string", "How the place is known.", nullable=True, values=BASES),
        Column("country_code", "string", "Country where it happens; ZZ if none or unknown.", refers_to="curated.dim_country.country_code"),
        Column("country_basis", "string", "How the country is known.", nullable=True, values=BASES),
        Column("instrument_id", "string", "Instrument if it concerns exactly one; all stand in bridge_event_instrument.", refers_to="curated.dim_instrument.instrument_id"),
        Column("project_id", "string", "Project it is part of.", refers_to="curated.dim_project.project_id"),
        Column("n_claims", "int32", "Claims about it."),
        Column("n_documents", "int32", "Documents that tell it."),
        Column("n_independent_sources", "int32", "Documents that tell it, republications of one announcement counted once."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
        Column("is_conflicting", "bool", "True where its claims disagree beyond their precision."),
        Column("correction", "string", "What a person has set, who and why; null where nothing was.", nullable=True),
    ),
)  # fmt: skip

BRIDGE_EVENT_PARTY = TableContract(
    name="bridge_event_party", layer="curated", grain="one party in one role of one event", key=("event_id", "party_id", "role"), partitioned=False,
    caveats=("A group of countries is one party; v_participation_matrix expands it by the membership of the day.", "That a party is not listed does not mean that it was absent.",),
    columns=(
        Column("event_id", "string", "Event.", refers_to="curated.fact_event.event_id"),
        Column("party_id", "string", "Entity id of the party."),
        Column("party_kind", "string", "What the party is; says which dimension holds it.", values=PARTY_KINDS),
        Column("party_name", "string", "Name of the party."),
        Column("country_code", "string", "Country the party is or belongs to; ZZ if none.", refers_to="curated.dim_country.country_code"),
        Column("country_basis", "string", "reference where only the table of office holders gives the country of a person.", nullable=True, values=BASES),
        Column("role", "string", "Role.", values=PARTY_ROLES),
        Column("basis", "string", "How the role is known.", values=BASES),
        Column("claim_id", "string", "The first claim that says so.", refers_to="curated.fact_claim.claim_id"),
    ),
)  # fmt: skip

BRIDGE_EVENT_INSTRUMENT = TableContract(
    name="bridge_event_instrument", layer="curated", grain="one instrument an event is about", key=("event_id", "instrument_id"), partitioned=False,
    columns=(
        Column("event_id", "string", "Event.", refers_to="curated.fact_event.event_id"),
        Column("instrument_id", "string", "Instrument.", refers_to="curated.dim_instrument.instrument_id"),
        Column("basis", "string", "text: named in a claim; derived: one bilateral instrument per partner.", values=BASES),
        Column("claim_id", "string", "The first claim that says so.", refers_to="curated.fact_claim.claim_id"),
    ),
)  # fmt: skip

BRIDGE_ROLE_CANDIDATE = TableContract(
    name="bridge_role_candidate", layer="curated", grain="one person who may be meant by an office whose holder is not named, for one party in one role of one event", key=("event_id", "party_id", "role", "office_id", "reference_id"), partitioned=False,
    caveats=("No document says that the candidate took part: never count one as a party.", "Where `n_candidates` is above 1 the event's days do not decide between them.", "No row means that no holder is known for the event's days, or that the event has no day.",),
    columns=(
        Column("event_id", "string", "Event.", refers_to="curated.fact_event.event_id"),
        Column("party_id", "string", "Entity id of the country or body that the text names in place of the person; a party of the event."),
        Column("party_name", "string", "Its name."),
        Column("role", "string", "Role of that party.", values=PARTY_ROLES),
        Column("office", "string", "The office in the words of the text; an English label where those are a plural."),
        Column("office_id", "string", "Row of that office in the table of offices."),
        Column("claim_id", "string", "A claim that speaks of the office.", refers_to="curated.fact_claim.claim_id"),
        Column("reference_id", "string", "The candidate: a person of the table of office holders."),
        Column("candidate_name", "string", "Name of the candidate."),
        Column("person_id", "string", "The candidate in dim_person; ent_unknown where no document names that person.", refers_to="curated.dim_person.person_id"),
        Column("held_from_on", "date", "First day on which the candidate surely held the office."),
        Column("held_to_on", "date", "Last such day; null while it lasts.", nullable=True),
        Column("n_candidates", "int32", "Candidates for this office, party, role and event."),
        Column("basis", "string", "Always reference: the table of office holders says so, no document.", values=("reference",)),
        Column("source", "string", "Where the table of office holders has it from.", nullable=True),
    ),
)  # fmt: skip

FACT_QUANTITY = TableContract(
    name="fact_quantity", layer="curated", grain="one quantity one announcement states", key=("quantity_id",), partitioned=False,
    caveats=("Never sum over units, currencies or hedges; republished numbers are one row, but two announcements may state the same thing.",),
    columns=(
        Column("quantity_id", "string", "Id."),
        Column("event_id", "string", "Event it belongs to; null if none.", nullable=True, refers_to="curated.fact_event.event_id"),
        Column("document_version_id", "string", "Document version that states it first.", refers_to="curated.dim_document.document_version_id"),
        Column("value_min", "float64", "Lowest value."),
        Column("value_max", "float64", "Highest value."),
        Column("unit", "string", "ISO 4217 code, `percent`, or a plural English noun."),
        Column("currency", "string", "ISO 4217 code of an amount of money.", nullable=True),
        Column("qualifier", "string", "The most careful hedge the text gives.", values=QUALIFIERS),
        Column("counted", "string", "What is counted, in the text's words.", nullable=True),
        Column("n_documents", "int32", "Documents that state it."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
        Column("correction", "string", "What a person has set, who and why; null where nothing was.", nullable=True),
    ),
)  # fmt: skip

FACT_FUNDING = TableContract(
    name="fact_funding", layer="curated", grain="one funder or implementer of one project", key=("relation_id",), partitioned=False,
    caveats=("A funder of a project is not the payer of a sum: sums are in fact_quantity, tied to events.",),
    columns=(
        Column("relation_id", "string", "Id."),
        Column("relation_type", "string", "project_funding or project_implementation.", values=("project_funding", "project_implementation")),
        Column("organisation_id", "string", "Who funds or implements; a fund is an organisation here.", refers_to="curated.dim_organisation.organisation_id"),
        Column("country_code", "string", "Country that funds, where a state is the funder; ZZ otherwise.", refers_to="curated.dim_country.country_code"),
        Column("project_id", "string", "Project.", refers_to="curated.dim_project.project_id"),
        Column("n_documents", "int32", "Documents that say so."),
        Column("confidence", "float64", "Probability that it is right, 0 to 1."),
    ),
)  # fmt: skip

FACT_MENTION = TableContract(
    name="fact_mention", layer="curated", grain="one mention in a current document version", key=("mention_id", "document_version_id"), partitioned=False,
    columns=(
        Column("mention_id", "string", "Id."),
        Column("document_version_id", "string", "Document version.", refers_to="curated.dim_document.document_version_id"),
        Column("sentence_id", "string", "Sentence."),
        Column("kind", "string", "What is mentioned.", values=MENTION_KINDS),
        Column("entity_id", "string", "Entity; null for dates and quantities.", nullable=True),
        Column("start", "int32", "Offset of the first code point in the document's text."),
        Column("end", "int32", "Offset after the last code point."),
        Column("text", "string", "The mention: text[start:end]."),
        Column("zone", "string", "Part of the document.", values=ZONES),
        *_CODED_RULE,
    ),
)  # fmt: skip

FACT_CLAIM = TableContract(
    name="fact_claim", layer="curated", grain="one extracted claim, also those whose values lost", key=("claim_id", "document_version_id"), partitioned=False,
    caveats=("Claims whose values lost are here too; the published value is in fact_event.",),
    columns=(
        Column("claim_id", "string", "Id."),
        Column("document_version_id", "string", "Document version.", refers_to="curated.dim_document.document_version_id"),
        Column("sentence_id", "string", "Sentence."),
        Column("event_id", "string", "Event it tells; null for a relation.", nullable=True, refers_to="curated.fact_event.event_id"),
        Column("claim_type", "string", "Event type or relation.", values=CLAIM_TYPES),
        Column("status", "string", "Status by this claim.", values=STATUSES),
        Column("polarity", "string", "Polarity by this claim.", values=POLARITIES),
        Column("zone", "string", "Part of the document.", values=ZONES),
        Column("trigger_text", "string", "Word that signals it."),
        Column("start", "int32", "Offset of the quote."),
        Column("end", "int32", "Offset after the quote."),
        Column("quote", "string", "The evidence: text[start:end]."),
        Column("start_on", "date", "First day by this claim.", nullable=True),
        Column("end_on", "date", "Last day by this claim.", nullable=True),
        Column("date_precision", "string", "Precision by this claim.", values=PRECISIONS),
        Column("date_verbatim", "string", "Words that give the date.", nullable=True),
        Column("place_name", "string", "Place by this claim.", nullable=True),
        Column("country_code", "string", "Country by this claim.", nullable=True),
        *_CODED_RULE,
    ),
)  # fmt: skip

BRIDGE_DOCUMENT_TOPIC = TableContract(
    name="bridge_document_topic", layer="curated", grain="one topic of one current document version, with the words that tell it", key=("document_version_id", "topic"), partitioned=False,
    caveats=("A document has as many topics as it tells, none included: count documents, not rows, over several topics.",),
    columns=(
        Column("document_version_id", "string", "Document version.", refers_to="curated.dim_document.document_version_id"),
        Column("topic", "string", "Topic.", values=TOPICS, refers_to="curated.dim_topic.topic"),
        Column("sentence_id", "string", "Sentence of the words that tell it."),
        Column("start", "int32", "Offset of those words in the document's text."),
        Column("end", "int32", "Offset after them."),
        Column("quote", "string", "The words: document_text.text[start:end], code points."),
        Column("n_words", "int32", "How often words of the topic stand in the document; 0 where only the type of an event tells it."),
        *_CODED_RULE,
    ),
)  # fmt: skip

BRIDGE_FACT_EVIDENCE = TableContract(
    name="bridge_fact_evidence", layer="curated", grain="one passage that supports one published fact", key=("fact_id", "evidence_id", "document_version_id"), partitioned=False,
    columns=(
        Column("fact_id", "string", "event_id, quantity_id or relation_id."),
        Column("fact_table", "string", "Table of the fact.", values=("fact_event", "fact_quantity", "fact_funding")),
        Column("evidence_id", "string", "Claim or mention that says it."),
        Column("document_version_id", "string", "Document version.", refers_to="curated.dim_document.document_version_id"),
        Column("sentence_id", "string", "Sentence."),
        Column("start", "int32", "Offset of the quote in the document's text."),
        Column("end", "int32", "Offset after the quote."),
        Column("quote", "string", "The passage: document_text.text[start:end], code points."),
        Column("evidence_role", "string", "What the passage is to the fact.", values=EVIDENCE_ROLES),
    ),
)  # fmt: skip

FACT_GATE_RESULT = TableContract(
    name="fact_gate_result", layer="curated", grain="one rule of one gate in the run that made the release", key=("stage", "table_name", "rule"), partitioned=False,
    volatile=("run_id",),
    columns=(
        Column("run_id", "string", "The run."),
        Column("stage", "string", "Stage after which the gate stands."),
        Column("table_name", "string", "Table that was checked, with its layer."),
        Column("rule", "string", "Name of the rule."),
        Column("severity", "string", "critical blocks, warning publishes and is reported."),
        Column("verdict", "string", "passed, failed or broken."),
        Column("n_rows", "int64", "Rows checked."),
        Column("n_unexpected", "int64", "Rows that break the rule."),
        Column("observed", "string", "What was observed, for rules on whole tables.", nullable=True),
        Column("consequence", "string", "What would go wrong unnoticed without the rule."),
    ),
)  # fmt: skip

FACT_CHANGE = TableContract(
    name="fact_change", layer="curated", grain="one fact that differs from the release before", key=("fact_table", "fact_id"), partitioned=False,
    caveats=("Bridges are not compared; their rows belong to the facts they hang on. `delta/` has the rows of every table.",),
    columns=(
        Column("fact_table", "string", "Table of the fact."),
        Column("fact_id", "string", "Key of the row."),
        Column("change", "string", "What happened to it.", values=CHANGE_KINDS),
        Column("reason", "string", "Why, a short sentence."),
        Column("columns", "string", "Columns that differ, separated by commas; null unless changed.", nullable=True),
        Column("successor_id", "string", "The id to use instead, for a merged fact.", nullable=True),
    ),
)  # fmt: skip

PUBLISHED_REGISTRY = TableContract(
    name="id_registry", layer="curated", grain=ID_REGISTRY.grain, key=("id",), partitioned=False, columns=ID_REGISTRY.columns,
)  # fmt: skip

TABLES = (
    FACT_EVENT, BRIDGE_EVENT_PARTY, BRIDGE_ROLE_CANDIDATE, BRIDGE_EVENT_INSTRUMENT, FACT_QUANTITY, FACT_FUNDING, FACT_MENTION, FACT_CLAIM,
    BRIDGE_DOCUMENT_TOPIC, BRIDGE_FACT_EVIDENCE, FACT_GATE_RESULT, FACT_CHANGE, PUBLISHED_REGISTRY,
)  # fmt: skip
