"""Suites of the documents layer: text, sentences and offsets are what the archived bytes say."""

from expectations import derived, derived_documents
from expectations.custom import (
    ExpectColumnValueLengthsToBeBetween,
    ExpectReferencesToExist,
    ExpectSpansToEqualText,
)
from expectations.rules import Rule, expects, holds, suite
from warehouse.tables import documents

# One character in two hundred: a text damaged beyond that misquotes its source in every paragraph.
MOST_DAMAGE = 0.005
_VERSION = ("doc_id", "document_version_id")


def _of_a_document() -> Rule:
    return holds(
        "document_exists",
        derived.is_used(_VERSION, "documents.documents", _VERSION),
        "the row would belong to a document nobody can open",
        kind=ExpectReferencesToExist,
    )


DOCUMENTS = suite(
    documents.DOCUMENTS,
    holds(
        "text_not_empty",
        derived.not_blank("text"),
        "a page that could not be read would count as one that says nothing",
    ),
    holds(
        "text_matches_hash",
        derived_documents.text_matches_hash,
        "a changed text would pass for the one the facts were taken from",
    ),
    holds("text_matches_length", derived_documents.text_matches_length, "offsets would be counted in another unit"),
    holds(
        "body_starts_within", derived_documents.body_starts_within, "the headline could not be told from the main text"
    ),
    holds(
        "title_opens_text",
        derived_documents.title_opens_text,
        "a fact of the headline would have no offset",
        severity="warning",
    ),
    expects(
        ExpectColumnValueLengthsToBeBetween,
        "title_length_plausible",
        "a site's name or a whole paragraph would be shown as a headline",
        severity="warning",
        column="title",
        min_value=5,
        max_value=300,
    ),
    holds(
        "published_in_time",
        derived_documents.published_in_time,
        "every relative date of the document would be resolved against a wrong day",
    ),
    holds(
        "day_or_reason",
        derived_documents.day_or_reason,
        "a missing day of publication could not be told from one that was overlooked",
        severity="warning",
    ),
    holds(
        "language_confidence_is_a_probability",
        derived.within(["language_confidence"], 0.0, 1.0),
        "a threshold on the language would be meaningless",
    ),
    holds(
        "replacement_characters_rare",
        derived_documents.replaced_at_most(MOST_DAMAGE),
        "names with holes would enter the dimensions",
    ),
    holds(
        "mojibake_rare",
        derived_documents.mojibake_at_most(MOST_DAMAGE),
        "names in a wrong encoding would be taken for other persons and places",
    ),
    holds(
        "no_damaged_letters",
        derived_documents.replaced_at_most(0.0),
        "a single lost letter would go unnoticed",
        severity="warning",
    ),
    holds(
        "url_is_http",
        derived.match(["url", "canonical_url"], derived_documents.HTTP),
        "a link to the source would lead nowhere, or run a script",
        severity="warning",
    ),
    holds(
        "doc_id_reproducible",
        derived_documents.document_id_is_reproducible,
        "the same page would be another document on another machine",
    ),
    holds(
        "version_names_archived_bytes",
        derived_documents.version_names_archived_bytes,
        "the text could not be led back to the bytes it was made from",
    ),
    holds(
        "document_has_sentences",
        derived.is_used(_VERSION, "documents.sentences", _VERSION),
        "a document without sentences can hold no fact and would be silently barren",
    ),
)

SENTENCES = suite(
    documents.SENTENCES,
    _of_a_document(),
    holds(
        "sentence_equals_text",
        derived.span_equals_text("text"),
        "evidence would point at other words than it shows",
        kind=ExpectSpansToEqualText,
    ),
    holds(
        "sentence_id_reproducible",
        derived_documents.sentence_id_is_reproducible,
        "every fact of the sentence would get a new id with each run",
    ),
    holds(
        "sentences_in_order",
        derived_documents.sentences_in_order,
        "words between two sentences would be read twice or never",
        row_level=False,
    ),
    expects(
        ExpectColumnValueLengthsToBeBetween,
        "sentence_length_plausible",
        "a page without sentence ends would be one piece of evidence",
        severity="warning",
        column="text",
        min_value=1,
        max_value=2000,
    ),
)

REMOVALS = suite(
    documents.REMOVALS,
    _of_a_document(),
    holds(
        "raw_offsets_both",
        derived.together("raw_start", "raw_end"),
        "the removed words could not be found in the original",
    ),
    holds(
        "raw_start_not_after_raw_end",
        derived.ordered("raw_start", "raw_end"),
        "the removed words could not be found in the original",
    ),
    holds(
        "removed_something",
        derived.not_blank("text"),
        "a rule that removes nothing would look busy",
        severity="warning",
    ),
)

LINKS = suite(
    documents.LINKS,
    _of_a_document(),
    holds(
        "target_named",
        derived.either("target_url", "target_title", "target_publisher"),
        "a reference to nothing would count as a citation",
    ),
    holds(
        "target_url_is_http",
        derived.match(["target_url"], derived_documents.HTTP),
        "a reader who follows the link would run a script or open a file",
    ),
)

REJECTS = suite(
    documents.REJECTS,
    holds("reason_is_a_code", derived.match(["reason"], r"^[a-z][a-z0-9_]*$"), "reasons could not be counted"),
    holds("detail_given", derived.not_blank("detail"), "nobody could mend the source", severity="warning"),
    holds(
        "rejected_is_no_document",
        derived.is_not_used(("capture_id",), "documents.documents", ("capture_id",)),
        "the same bytes would be both refused and published",
    ),
)

DUPLICATES = suite(
    documents.DUPLICATES,
    holds(
        "containment_is_a_share",
        derived.within(["containment"], 0.0, 1.0),
        "the threshold for a republication would be meaningless",
    ),
    holds(
        "sentences_are_shared",
        derived_documents.copies_share_sentences,
        "two announcements with nothing in common would count as one source",
    ),
    holds(
        "pair_stands_once",
        derived_documents.pair_once("doc_id_a", "doc_id_b"),
        "each of two documents would repeat the other, and neither would count as a source",
        row_level=False,
    ),
)

SUITES = (DOCUMENTS, SENTENCES, REMOVALS, LINKS, REJECTS, DUPLICATES)
