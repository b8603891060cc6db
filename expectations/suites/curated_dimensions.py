"""Suites of the published dimensions: every key a fact can hold leads to one row, the unknown member included."""

from expectations import derived, derived_documents, derived_star
from expectations.custom import (
    ExpectColumnDistinctValuesToContainSet,
    ExpectColumnProportionOfNonNullValuesToBeBetween,
    ExpectUnknownMember,
)
from expectations.rules import Rule, expects, holds, suite
from warehouse.tables import curated_dimensions as tables


def unknown_member(key: str, unknown: str | int) -> Rule:
    """Return the rule that a dimension has its unknown member."""
    return expects(
        ExpectUnknownMember,
        "unknown_member_exists",
        "facts without this dimension would drop out of every join",
        row_level=False,
        column=key,
        value_set=[unknown],
    )


def _named() -> Rule:
    return holds("name_not_blank", derived.not_blank("name"), "a report would show a row nobody can recognise")


DIM_DATE = suite(
    tables.DIM_DATE,
    unknown_member("date_key", 0),
    holds("key_is_the_day", derived_star.day_key("date_key", "day_on"), "facts would be counted on another day"),
    holds("calendar_agrees", derived_star.calendar_agrees, "sums by month or week would be wrong"),
)

DIM_COUNTRY = suite(
    tables.DIM_COUNTRY,
    unknown_member("country_code", derived_star.UNKNOWN_COUNTRY),
    _named(),
    holds(
        "code3_well_formed",
        derived.match(["country_code3"], r"^[A-Z]{3}$"),
        "joins with other data sets would lose the country",
    ),
    holds(
        "membership_in_order",
        derived.ordered("eu_member_since_on", "eu_member_until_on"),
        "a country would have left before it joined",
    ),
    # Kosovo is XK and the six partners are the six: a table that lost one would still look whole.
    expects(
        ExpectColumnDistinctValuesToContainSet,
        "western_balkan_six_present",
        "returns to one of the six would be counted nowhere",
        row_level=False,
        column="country_code",
        value_set=["AL", "BA", "ME", "MK", "RS", "XK"],
    ),
)

DIM_PLACE = suite(tables.DIM_PLACE, unknown_member("place_id", derived_star.UNKNOWN_ENTITY), _named())

DIM_ORGANISATION = suite(
    tables.DIM_ORGANISATION, unknown_member("organisation_id", derived_star.UNKNOWN_ENTITY), _named()
)

DIM_PERSON = suite(
    tables.DIM_PERSON,
    unknown_member("person_id", derived_star.UNKNOWN_ENTITY),
    holds(
        "person_name_plausible",
        derived_star.known_persons_have_names,
        "filler, numbers and addresses would be published as persons",
    ),
)

DIM_COLLECTIVE = suite(tables.DIM_COLLECTIVE, unknown_member("collective_id", derived_star.UNKNOWN_ENTITY), _named())

DIM_INSTRUMENT = suite(
    tables.DIM_INSTRUMENT,
    unknown_member("instrument_id", derived_star.UNKNOWN_ENTITY),
    _named(),
    holds("parties_counted", derived_star.parties_counted, "bilateral instruments could not be told from others"),
)

DIM_PROJECT = suite(
    tables.DIM_PROJECT,
    unknown_member("project_id", derived_star.UNKNOWN_ENTITY),
    _named(),
    holds(
        "url_is_http",
        derived.match(["url"], derived_documents.HTTP),
        "a reader who follows the link would run a script or open a file",
    ),
)

DIM_SOURCE = suite(
    tables.DIM_SOURCE,
    unknown_member("source_id", "unknown"),
    holds("gap_has_reason", derived_star.gap_has_reason, "a missing source would look like one that said nothing"),
    holds(
        "first_not_after_last",
        derived.ordered("first_retrieved_at", "last_retrieved_at"),
        "nobody could tell how fresh the source is",
    ),
)

DIM_DOCUMENT = suite(
    tables.DIM_DOCUMENT,
    unknown_member("document_version_id", derived_star.UNKNOWN_VERSION),
    holds(
        "published_key_is_the_day",
        derived_star.day_key("published_date_key", "published_on"),
        "documents would be counted on another day",
    ),
    holds(
        "one_current_version",
        derived_star.one_current_version,
        "an announcement and its correction would both count",
        row_level=False,
    ),
    holds(
        "version_names_its_bytes",
        derived_star.version_names_published_bytes,
        "a fact could not be led back to the archived bytes",
    ),
    holds(
        "url_is_http",
        derived.match(["url"], derived_documents.HTTP),
        "a link to the source would lead nowhere, or run a script",
        severity="warning",
    ),
    expects(
        ExpectColumnProportionOfNonNullValuesToBeBetween,
        "most_days_of_publication_known",
        "a template that changed its date line would leave every relative date unresolved",
        severity="warning",
        row_level=False,
        column="published_on",
        min_value=0.5,
    ),
)

DOCUMENT_TEXT = suite(
    tables.DOCUMENT_TEXT,
    holds(
        "text_matches_its_document",
        derived_star.text_matches_its_document,
        "quotes would be compared with another text than the one cleaned",
    ),
    holds(
        "year_is_that_of_its_document",
        derived_documents.year_is_that_of_its_document,
        "a reader of one year's file would miss the text",
    ),
    holds(
        "body_starts_within", derived_documents.body_starts_within, "the headline could not be told from the main text"
    ),
)

DIM_EVENT_TYPE = suite(
    tables.DIM_EVENT_TYPE,
    unknown_member("event_type", "unknown"),
    holds("type_defined", derived.not_blank("label", "definition"), "a reader could not know what was counted"),
)

SUITES = (
    DIM_DATE, DIM_COUNTRY, DIM_PLACE, DIM_ORGANISATION, DIM_PERSON, DIM_COLLECTIVE, DIM_INSTRUMENT, DIM_PROJECT,
    DIM_SOURCE, DIM_DOCUMENT, DOCUMENT_TEXT, DIM_EVENT_TYPE,
)  # fmt: skip
