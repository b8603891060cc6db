"""Suites of what follows from events, of who held which office, and of what rules are worth."""

from expectations import derived, derived_star
from expectations.custom import ExpectReferencesToExist
from expectations.rules import holds, suite
from expectations.suites.curated_dimensions import unknown_member
from warehouse.tables import curated_dimensions, curated_policy

DIM_TOPIC = suite(
    curated_dimensions.DIM_TOPIC,
    unknown_member("topic", "unknown"),
    holds("topic_defined", derived.not_blank("label", "definition"), "a reader could not know what was counted"),
)

DIM_RULE = suite(
    curated_dimensions.DIM_RULE,
    unknown_member("rule_id", "unknown"),
    holds(
        "right_not_above_judged",
        derived.ordered("n_right", "n_judged"),
        "a rule would be right more often than it was judged",
    ),
    holds(
        "reliability_is_a_probability",
        derived.within(["reliability"], 0.0, 1.0),
        "a threshold on it would keep or drop the rule's finds at random",
    ),
    holds(
        "rule_was_measured",
        derived_star.rule_was_measured,
        "confidence would rest on what the rule's authors expect",
        severity="warning",
    ),
)

DIM_ROLE_SPELL = suite(
    curated_dimensions.DIM_ROLE_SPELL,
    unknown_member("role_spell_id", "rsp_unknown"),
    holds("office_named", derived.not_blank("office"), "somebody would hold an office nobody can name"),
    holds(
        "spell_in_order",
        derived.ordered("valid_from_on", "valid_to_on"),
        "an office would be left before it is taken, and a minister get no country",
    ),
    holds(
        "attested_in_order",
        derived.ordered("first_attested_on", "last_attested_on"),
        "the first document to name an office holder would be the last",
    ),
)

BRIDGE_COLLECTIVE_MEMBER = suite(
    curated_dimensions.BRIDGE_COLLECTIVE_MEMBER,
    holds(
        "membership_in_order",
        derived.ordered("valid_from_on", "valid_to_on"),
        "a country would be absent from a group it belongs to",
    ),
)

FACT_PLEDGE = suite(
    curated_policy.FACT_PLEDGE,
    holds(
        "pledge_agrees_with_its_event",
        derived.is_used(
            ("event_id", "event_type", "status", "polarity"),
            "curated.fact_event",
            ("event_id", "event_type", "status", "polarity"),
        ),
        "a plan would be counted as a pledge that was made",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "number_has_its_unit",
        derived.together("quantity_id", "value_min", "value_max", "unit", "qualifier"),
        "people and euros would be summed, or an estimate lose its hedge",
    ),
    holds(
        "undertaking_has_no_number",
        derived_star.number_only_where_counted,
        "an undertaking without a number would be summed",
    ),
    holds("value_in_order", derived.ordered("value_min", "value_max"), "a pledge of 5 to 3 would be published"),
    holds(
        "cycle_has_its_basis",
        derived.together("cycle", "cycle_basis"),
        "a year that was only derived would pass for one of the text",
    ),
    holds(
        "pledge_is_not_its_own_revision",
        derived_star.revises_another,
        "the latest revision of a pledge could not be found",
    ),
)

FACT_INSTRUMENT_STATUS = suite(
    curated_policy.FACT_INSTRUMENT_STATUS,
    holds(
        "step_agrees_with_its_event",
        derived.is_used(
            ("event_id", "status", "polarity", "date_precision"),
            "curated.fact_event",
            ("event_id", "status", "polarity", "date_precision"),
        ),
        "a planned signature would be read as a signature",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "event_is_about_the_instrument",
        derived.is_used(
            ("event_id", "instrument_id"), "curated.bridge_event_instrument", ("event_id", "instrument_id")
        ),
        "an instrument would come into force by an event about another one",
        kind=ExpectReferencesToExist,
    ),
    holds(
        "rank_is_of_the_step",
        derived_star.rank_is_of_the_step,
        "the furthest step of an instrument would be another one",
    ),
)

FACT_STATEMENT = suite(
    curated_policy.FACT_STATEMENT,
    holds(
        "speaker_is_a_party",
        derived.is_used(
            ("event_id", "speaker_id", "role"), "curated.bridge_event_party", ("event_id", "party_id", "role")
        ),
        "words would be put into the mouth of somebody who was not there",
        kind=ExpectReferencesToExist,
    ),
    holds("speaker_named", derived.not_blank("speaker_name"), "a report would show a speaker nobody can recognise"),
)

SUITES = (
    DIM_TOPIC,
    DIM_RULE,
    DIM_ROLE_SPELL,
    BRIDGE_COLLECTIVE_MEMBER,
    FACT_PLEDGE,
    FACT_INSTRUMENT_STATUS,
    FACT_STATEMENT,
)
