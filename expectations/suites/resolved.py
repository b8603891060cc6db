"""Suites of the resolved layer: what was merged still rests on what was extracted, and every id leads somewhere."""

from expectations import derived, derived_events, derived_mentions
from expectations.custom import ExpectReferencesToExist
from expectations.rules import Rule, holds, suite
from warehouse.tables import registry, resolved
from warehouse.vocabulary import PARTY_KINDS, QUALIFIERS

_REGISTRY = "resolved.id_registry"


def _active(column: str) -> Rule:
    return holds(
        "id_is_active",
        derived_events.is_active(column, _REGISTRY),
        "the id would mean something else in the next release",
        kind=ExpectReferencesToExist,
    )


def _of_kind(name: str, column: str, kinds: tuple[str, ...]) -> Rule:
    return holds(
        name,
        derived_events.of_kind(column, kinds),
        "a thing would stand in a role that only another kind of thing can have",
    )


ENTITIES = suite(
    resolved.ENTITIES,
    _active("entity_id"),
    holds("entity_named", derived.not_blank("name"), "a dimension would have a row nobody can recognise"),
    holds(
        "person_name_plausible",
        derived_mentions.person_names_plausible(),
        "filler, numbers and addresses would become persons",
    ),
    holds(
        "affiliation_exists",
        derived.exists("affiliation_entity_id", resolved.ENTITIES, "entity_id"),
        "a person's organisation would be lost",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "documents_not_above_mentions",
        derived.ordered("n_documents", "n_mentions"),
        "one of the two counts is wrong",
        severity="warning",
    ),
    holds(
        "derived_instrument_has_two_parties",
        derived_events.derived_instrument_has_two_parties,
        "one signature with four partners would become one treaty of five, or ten of two",
    ),
    holds(
        "bilateral_kind_has_two_parties",
        derived_events.bilateral_kind_has_two_parties,
        "protocols with several partners would be one treaty of many parties",
        severity="warning",
    ),
)

ENTITY_MENTIONS = suite(resolved.ENTITY_MENTIONS)

ENTITY_ALIASES = suite(
    resolved.ENTITY_ALIASES,
    holds(
        "alias_not_blank", derived.not_blank("alias"), "a search for nothing would find the entity", severity="warning"
    ),
)

EVENTS = suite(
    resolved.EVENTS,
    _active("event_id"),
    holds(
        "event_has_claim",
        derived.is_used(("event_id",), "resolved.event_claims", ("event_id",)),
        "an event would be published that no document tells",
    ),
    holds(
        "event_has_one_primary_claim",
        derived_events.has_one_primary,
        "a reader would be shown no passage first, or two",
        severity="warning",
    ),
    holds(
        "claims_counted",
        derived_events.counted("n_claims", "event_id", "resolved.event_claims", "event_id"),
        "the weight of evidence would be wrong",
        severity="warning",
    ),
    holds(
        "dates_plausible",
        derived_mentions.dates_plausible("start_on", "end_on"),
        "a misread number would date the event",
    ),
    holds("days_both", derived.together("start_on", "end_on"), "the event would begin and never end"),
    holds(
        "date_has_basis",
        derived_mentions.date_has_basis("start_on"),
        "a date filled from elsewhere could not be told from one in the text",
        severity="warning",
    ),
    holds(
        "happened_before_newest_document",
        derived_events.happened_before_newest_document("documents.documents"),
        "what is planned would be counted as done",
        severity="warning",
    ),
    holds(
        "event_has_party",
        derived.is_used(("event_id",), "resolved.event_parties", ("event_id",)),
        "an event with nobody in it would be counted",
        severity="warning",
    ),
    holds("documents_not_above_claims", derived.ordered("n_documents", "n_claims"), "one of the two counts is wrong"),
    holds(
        "sources_not_above_documents",
        derived.ordered("n_independent_sources", "n_documents"),
        "republications would count as independent confirmation",
    ),
    _of_kind("place_is_a_place", "place_entity_id", ("place",)),
    _of_kind("project_is_a_project", "project_entity_id", ("project",)),
)

EVENT_CLAIMS = suite(resolved.EVENT_CLAIMS)

EVENT_PARTIES = suite(
    resolved.EVENT_PARTIES,
    _of_kind("party_can_act", "entity_id", derived_events.ACTING_KINDS),
)

EVENT_INSTRUMENTS = suite(
    resolved.EVENT_INSTRUMENTS,
    _of_kind("instrument_is_an_instrument", "entity_id", ("instrument",)),
)

INSTRUMENT_PARTIES = suite(
    resolved.INSTRUMENT_PARTIES,
    _of_kind("instrument_is_an_instrument", "instrument_entity_id", ("instrument",)),
    _of_kind("party_can_be_bound", "party_entity_id", PARTY_KINDS),
)

RELATIONS = suite(
    resolved.RELATIONS,
    _of_kind("object_is_a_project", "object_entity_id", ("project",)),
    _of_kind("subject_can_act", "subject_entity_id", derived_events.ACTING_KINDS),
    holds(
        "relation_has_claim",
        derived.is_used(("relation_id",), "resolved.relation_claims", ("relation_id",)),
        "a funder would be published that no document names",
    ),
    holds(
        "relation_id_once",
        derived_events.one_of_a_kind(("relation_id",)),
        "two relations would share their evidence",
        row_level=False,
    ),
    holds("documents_not_above_claims", derived.ordered("n_documents", "n_claims"), "one of the two counts is wrong"),
)

RELATION_CLAIMS = suite(resolved.RELATION_CLAIMS)

QUANTITIES = suite(
    resolved.QUANTITIES,
    holds(
        "quantity_plausible",
        derived_mentions.quantities_plausible(),
        "a phone number would be summed with people and money",
    ),
    holds(
        "quantity_has_mention",
        derived.is_used(("quantity_id",), "resolved.quantity_mentions", ("quantity_id",)),
        "a number would be published that no document states",
    ),
    holds(
        "qualifier_known",
        derived.match(["qualifier"], f"^(?:{'|'.join(QUALIFIERS)})$"),
        "a hedge would be lost and an estimate read as exact",
    ),
)

QUANTITY_MENTIONS = suite(resolved.QUANTITY_MENTIONS)

JUDGEMENTS = suite(
    registry.JUDGEMENT_LOG,
    holds(
        "smaller_id_first",
        derived.ordered("left_id", "right_id", strictly=True),
        "one pair could be judged twice, once each way",
    ),
    holds("score_is_a_share", derived.within(["score"], 0.0, 1.0), "judgements could not be compared"),
    holds("reason_given", derived.not_blank("reason"), "nobody could say why two events are one"),
)

REGISTRY = suite(
    registry.ID_REGISTRY,
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

REGISTRY_EVIDENCE = suite(registry.REGISTRY_EVIDENCE)

SUITES = (
    ENTITIES, ENTITY_MENTIONS, ENTITY_ALIASES, EVENTS, EVENT_CLAIMS, EVENT_PARTIES, EVENT_INSTRUMENTS,
    INSTRUMENT_PARTIES, RELATIONS, RELATION_CLAIMS, QUANTITIES, QUANTITY_MENTIONS, JUDGEMENTS, REGISTRY,
    REGISTRY_EVIDENCE,
)  # fmt: skip
