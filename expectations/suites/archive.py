"""Suites of the archive: the bytes are what their hash, their length and their row say."""

from expectations import derived, derived_documents
from expectations.custom import ExpectColumnValuesToBeBetween
from expectations.rules import expects, holds, suite
from warehouse.tables import archive

CAPTURES = suite(
    archive.CAPTURES,
    holds(
        "body_matches_hash",
        derived_documents.body_matches_hash,
        "facts would be quoted from bytes that nobody served",
    ),
    holds(
        "body_matches_length",
        derived_documents.body_matches_length,
        "a body cut on the way would pass for a whole one",
    ),
    expects(
        ExpectColumnValuesToBeBetween,
        "body_not_empty",
        "an empty answer would look like a page that was read",
        severity="warning",
        column="body_bytes",
        min_value=1,
    ),
    expects(
        ExpectColumnValuesToBeBetween,
        "http_status_is_success",
        "an error page would be read as an announcement",
        column="http_status",
        min_value=200,
        max_value=299,
    ),
    holds(
        "retrieved_in_the_age_of_the_web",
        derived_documents.retrieved_in_the_age_of_the_web,
        "the version read last would not be the latest, and retrieval could not bound the day of publication",
        severity="warning",
    ),
    holds(
        "place_named",
        derived.not_blank("location", "external_id"),
        "nobody could find the original again",
    ),
    holds(
        "listed_day_has_its_list",
        derived_documents.listed_day_has_its_list,
        "a day of publication would rest on a list that nobody can name",
    ),
)

FETCHES = suite(
    archive.FETCHES,
    holds(
        "outcome_is_explained",
        derived_documents.outcome_is_explained,
        "a page that was not fetched would be missing without a word",
    ),
    expects(
        ExpectColumnValuesToBeBetween,
        "attempt_counted",
        "retries could not be told from first attempts",
        severity="warning",
        column="attempt",
        min_value=1,
    ),
    # An unchanged page names the capture of an earlier run, which is not among the files of this one.
    without=("capture_id_exists",),
)

ABSENCES = suite(archive.ABSENCES)

COVERAGE = suite(
    archive.COVERAGE,
    holds(
        "expected_pages_came",
        derived.ordered("n_expected", "n_got"),
        "a publisher that says less than it did, or whose pages are passed over, would be noticed by chance",
        severity="warning",
    ),
    holds(
        "source_not_silent",
        derived.ordered("silent_days", "allowed_days"),
        "a list that broke without an error would look like a publisher that has nothing to say",
        severity="warning",
    ),
    holds(
        "source_not_lost",
        derived_documents.source_not_lost,
        "a release would go on for months without a publisher and nobody would know",
        row_level=False,
    ),
    holds(
        "interval_in_order",
        derived.ordered("interval_start", "interval_end"),
        "pages would be counted for an empty interval",
    ),
)

SUITES = (CAPTURES, FETCHES, ABSENCES, COVERAGE)
