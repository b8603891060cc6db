"""Suites of the extracted layer: every mention and claim stands in the text, and its values can be true."""

from expectations import derived, derived_mentions
from expectations.custom import ExpectReferencesToExist, ExpectSpansToEqualText
from expectations.results import Severity
from expectations.rules import Rule, holds, suite
from warehouse.tables import extracted

_VERSION = ("doc_id", "document_version_id")
# Below it a rule does more harm than good: it is reported until somebody mends or drops it.
LEAST_CONFIDENCE = 0.5
_CLAIM = ("claim_id", *_VERSION)


def _of_a_document(severity: Severity = "critical") -> Rule:
    return holds(
        "document_exists",
        derived.is_used(_VERSION, "documents.documents", _VERSION),
        "the row would speak of a document nobody can open",
        severity=severity,
        kind=ExpectReferencesToExist,
    )


def _right_more_often_than_not() -> Rule:
    """The confidence is the share of such finds that a careful reader agreed with, measured by rule."""
    return holds(
        "right_more_often_than_not",
        derived.within(["confidence"], LEAST_CONFIDENCE, 1.0),
        "finds of a rule that is mostly wrong would be read like the others",
        severity="warning",
    )


def _mention_exists(column: str) -> Rule:
    return holds(
        f"{column}_exists",
        derived.exists(column, extracted.MENTIONS, "mention_id"),
        "the value would rest on words nobody can find",
        kind=ExpectReferencesToExist,
    )


MENTIONS = suite(
    extracted.MENTIONS,
    _of_a_document(),
    holds(
        "mention_equals_text",
        derived.span_equals_text("text"),
        "a name or number would be published that its document does not hold",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "things_are_named",
        derived_mentions.things_are_named,
        "a thing without a name would become an entity without one",
    ),
    holds(
        "person_name_plausible",
        derived_mentions.person_names_plausible(),
        "filler, numbers and addresses would become persons",
    ),
    holds("date_mention_says_when", derived_mentions.date_mentions_say_when, "an event would be dated by nothing"),
    holds(
        "dates_plausible",
        derived_mentions.dates_plausible("date_start", "date_end"),
        "a misread number would date an event",
    ),
    holds("days_both", derived.together("date_start", "date_end"), "a day would begin a period without end"),
    holds(
        "quantity_plausible",
        derived_mentions.quantities_plausible("kind"),
        "a phone number would be summed with people and money",
    ),
    holds(
        "currency_well_formed",
        derived.match(["currency"], r"^[A-Z]{3}$"),
        "amounts of one currency would be counted as of two",
    ),
    holds(
        "money_has_one_currency",
        derived_mentions.money_has_one_currency,
        "an amount would be read in two currencies",
        severity="warning",
    ),
    _mention_exists("antecedent_mention_id"),
    _right_more_often_than_not(),
)

CLAIMS = suite(
    extracted.CLAIMS,
    _of_a_document(),
    holds(
        "quote_equals_text",
        derived.span_equals_text("quote"),
        "a fact would be defended with words its document does not hold",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "trigger_equals_text",
        derived.span_equals_text("trigger_text", "trigger_start", "trigger_end"),
        "nobody could see which word signals the event",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "trigger_within_quote",
        derived_mentions.trigger_within_quote,
        "the passage shown would not be the one that says it",
        severity="warning",
    ),
    holds("type_fits_kind", derived_mentions.type_fits_kind, "a relation would be counted as an event"),
    holds(
        "dates_plausible",
        derived_mentions.dates_plausible("date_start", "date_end"),
        "a misread number would date the event",
    ),
    holds("days_both", derived.together("date_start", "date_end"), "the event would begin and never end"),
    holds(
        "date_has_basis",
        derived_mentions.date_has_basis("date_start"),
        "a date filled from elsewhere could not be told from one in the sentence",
        severity="warning",
    ),
    holds(
        "happened_before_its_document",
        derived_mentions.happened_before_its_document,
        "what is planned would be counted as done",
        severity="warning",
    ),
    holds(
        "claim_has_argument",
        derived.is_used(_CLAIM, "extracted.claim_arguments", _CLAIM),
        "an event with nobody in it would be published",
        severity="warning",
    ),
    _mention_exists("date_mention_id"),
    _mention_exists("place_mention_id"),
    _mention_exists("project_mention_id"),
    _right_more_often_than_not(),
)

CLAIM_ARGUMENTS = suite(
    extracted.CLAIM_ARGUMENTS,
    holds(
        "argument_equals_text",
        derived.span_equals_text("text"),
        "a party would be published that the document does not name there",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "argument_is_its_mention",
        derived_mentions.argument_is_its_mention,
        "the party shown would not be the party resolved",
        severity="warning",
    ),
)

REJECTS = suite(
    extracted.REJECTS,
    _of_a_document("warning"),
    holds(
        "candidate_equals_text",
        derived.where_given("start", derived.span_equals_text("text")),
        "a person who looks for what was refused would be shown other words",
        severity="warning",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "refused_words_are_given",
        derived_mentions.refused_words_are_given,
        "nobody could see what was refused",
        severity="warning",
    ),
    holds(
        "reason_is_a_code",
        derived.match(["reason"], r"^[a-z][a-z0-9_]*$"),
        "reasons could not be counted",
        severity="warning",
    ),
)

TOPICS = suite(
    extracted.TOPICS,
    _of_a_document(),
    holds(
        "topic_words_equal_text",
        derived.span_equals_text("text"),
        "nobody could see why a document is said to be about it",
        kind=ExpectSpansToEqualText,
    ),
    _right_more_often_than_not(),
)

VOTES = suite(
    extracted.VOTES,
    holds(
        "target_exists",
        derived_mentions.vote_has_target,
        "a vote would be counted for something nobody can look up",
        severity="warning",
        kind=ExpectReferencesToExist,
    ),
)

SUITES = (MENTIONS, CLAIMS, CLAIM_ARGUMENTS, REJECTS, TOPICS, VOTES)
