"""Suites of the published facts: the last gate, where every fact must show the words it rests on."""

from expectations import derived, derived_events, derived_mentions, derived_star
from expectations.custom import ExpectFactsToHaveEvidence, ExpectReferencesToExist, ExpectSpansToEqualText
from expectations.rules import Rule, holds, suite
from warehouse.tables import curated_facts as tables

_TEXTS = "curated.document_text"
_VERSION = ("document_version_id",)


def _has_evidence(fact_table: str) -> Rule:
    return holds(
        "fact_has_evidence",
        derived_star.has_evidence(fact_table),
        "a fact would be published that nobody can defend",
        kind=ExpectFactsToHaveEvidence,
    )


FACT_EVENT = suite(
    tables.FACT_EVENT,
    _has_evidence("fact_event"),
    holds(
        "start_key_is_the_day",
        derived_star.day_key("start_date_key", "start_on"),
        "events would be counted on another day",
    ),
    holds("end_key_is_the_day", derived_star.day_key("end_date_key", "end_on"), "events would end on another day"),
    holds(
        "dates_plausible",
        derived_mentions.dates_plausible("start_on", "end_on"),
        "a misread number would date the event",
    ),
    holds("documents_not_above_claims", derived.ordered("n_documents", "n_claims"), "one of the two counts is wrong"),
    holds(
        "sources_not_above_documents",
        derived.ordered("n_independent_sources", "n_documents"),
        "republications would count as independent confirmation",
    ),
    holds(
        "event_told_once",
        derived_star.told_once(("event_type", "start_date_key", "end_date_key", "country_code")),
        "one meeting would be counted as two",
        severity="warning",
    ),
)

BRIDGE_EVENT_PARTY = suite(
    tables.BRIDGE_EVENT_PARTY,
    holds(
        "party_in_its_dimension",
        derived_star.party_in_its_dimension,
        "a party would drop out of every report that names it",
        kind=ExpectReferencesToExist,
    ),
    holds("party_named", derived.not_blank("party_name"), "a report would show a party nobody can recognise"),
)

BRIDGE_ROLE_CANDIDATE = suite(
    tables.BRIDGE_ROLE_CANDIDATE,
    holds(
        "stands_for_a_party",
        derived.is_used(
            ("event_id", "party_id", "role"), "curated.bridge_event_party", ("event_id", "party_id", "role")
        ),
        "somebody would be proposed for a role that no document tells",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "candidate_is_no_party",
        derived.is_not_used(("event_id", "person_id"), "curated.bridge_event_party", ("event_id", "party_id")),
        "what a document tells would pass for a guess",
    ),
    holds(
        "held_on_a_day_of_the_event",
        derived_star.held_on_a_day_of_the_event,
        "a minister who had not taken office yet, or had left it, would be proposed",
    ),
    holds("candidate_named", derived.not_blank("office", "candidate_name"), "a reader could not know who is meant"),
    holds(
        "candidates_counted",
        derived_star.candidates_counted,
        "one of two possible holders would pass for the only one",
    ),
)

BRIDGE_EVENT_INSTRUMENT = suite(tables.BRIDGE_EVENT_INSTRUMENT)

FACT_QUANTITY = suite(
    tables.FACT_QUANTITY,
    _has_evidence("fact_quantity"),
    holds(
        "quantity_plausible",
        derived_mentions.quantities_plausible(),
        "a phone number would be summed with people and money",
    ),
    holds(
        "currency_well_formed",
        derived.match(["currency"], r"^[A-Z]{3}$"),
        "amounts of one currency would be counted as of two",
    ),
)

FACT_FUNDING = suite(
    tables.FACT_FUNDING,
    _has_evidence("fact_funding"),
    holds(
        "relation_names_its_sides",
        derived_star.relation_names_its_sides,
        "a project would be paid by nobody",
        severity="warning",
    ),
)

FACT_MENTION = suite(
    tables.FACT_MENTION,
    holds(
        "mention_equals_text",
        derived.span_equals_text("text", texts=_TEXTS, on=_VERSION),
        "a name would be highlighted at the wrong place",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "thing_leads_to_entity",
        derived_star.things_lead_to_entities,
        "a mention would be counted for nobody",
        severity="warning",
    ),
)

FACT_CLAIM = suite(
    tables.FACT_CLAIM,
    holds(
        "quote_equals_text",
        derived.span_equals_text("quote", texts=_TEXTS, on=_VERSION),
        "a claim would be shown with words its document does not hold",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "claim_tells_an_event",
        derived_star.claim_tells_an_event,
        "a claim that was read would vanish from every event",
        severity="warning",
    ),
)

BRIDGE_DOCUMENT_TOPIC = suite(
    tables.BRIDGE_DOCUMENT_TOPIC,
    holds(
        "quote_equals_text",
        derived.span_equals_text("quote", texts=_TEXTS, on=_VERSION),
        "nobody could see why a document is said to be about it",
        kind=ExpectSpansToEqualText,
    ),
)

BRIDGE_FACT_EVIDENCE = suite(
    tables.BRIDGE_FACT_EVIDENCE,
    # The rule the warehouse stands for: all rows, no share that may fail.
    holds(
        "quote_equals_text",
        derived.span_equals_text("quote", texts=_TEXTS, on=_VERSION),
        "a published fact would be defended with words its document does not hold",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "fact_exists",
        derived_star.fact_exists,
        "evidence would be kept for a fact nobody can find",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "claim_is_published",
        derived_star.evidence_is_published("curated.fact_claim", "claim_id", ("fact_event", "fact_funding")),
        "the rule and the confidence behind the passage could not be looked up",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "mention_is_published",
        derived_star.evidence_is_published("curated.fact_mention", "mention_id", ("fact_quantity",)),
        "the rule and the confidence behind the number could not be looked up",
        severity="warning",
        kind=ExpectReferencesToExist,
    ),
)

REGISTRY = suite(
    tables.PUBLISHED_REGISTRY,
    holds(
        "redirect_leads_to_a_live_id",
        derived_events.redirect_leads_to_a_live_id,
        "a reader who kept an id would be led to nothing, or in a circle",
        row_level=False,
    ),
    holds(
        "inactive_ids_say_why",
        derived_events.inactive_ids_say_why,
        "an id would vanish without a reason",
        severity="warning",
    ),
)

SUITES = (
    FACT_EVENT, BRIDGE_EVENT_PARTY, BRIDGE_ROLE_CANDIDATE, BRIDGE_EVENT_INSTRUMENT, FACT_QUANTITY, FACT_FUNDING,
    FACT_MENTION, FACT_CLAIM, BRIDGE_DOCUMENT_TOPIC, BRIDGE_FACT_EVIDENCE, REGISTRY,
)  # fmt: skip
