"""The classes of expectations our suites use: built-in ones, and those with the names and fixed columns of this domain.

Where the built-in class would need minutes (foreign keys, spans, hashes), the truth of each row is computed beforehand
(`expectations.derived`) and the expectation asserts the column of truth values.
"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.core.expect_column_distinct_values_to_contain_set import (
    ExpectColumnDistinctValuesToContainSet,
)
from great_expectations.expectations.core.expect_column_proportion_of_non_null_values_to_be_between import (
    ExpectColumnProportionOfNonNullValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_value_lengths_to_be_between import (
    ExpectColumnValueLengthsToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_be_unique import ExpectColumnValuesToBeUnique
from great_expectations.expectations.core.expect_compound_columns_to_be_unique import ExpectCompoundColumnsToBeUnique
from great_expectations.expectations.expectation import Expectation

__all__ = [
    "ExpectCodedValuesToBeKnown",
    "ExpectColumnDistinctValuesToContainSet",
    "ExpectColumnProportionOfNonNullValuesToBeBetween",
    "ExpectColumnValueLengthsToBeBetween",
    "ExpectColumnValuesToBeBetween",
    "ExpectColumnValuesToBeUnique",
    "ExpectCompoundColumnsToBeUnique",
    "ExpectConfidencesToBeProbabilities",
    "ExpectFactsToHaveEvidence",
    "ExpectIdsToBeWellFormed",
    "ExpectReferencesToExist",
    "ExpectRequiredValuesToBePresent",
    "ExpectRowsToHold",
    "ExpectRowsToLieInTheirPartition",
    "ExpectSpansToEqualText",
    "ExpectUnknownMember",
    "Expectation",
]


class ExpectRowsToHold(ExpectColumnValuesToBeInSet):
    """Every row of a computed column of truth values is True. The column is named after the rule."""

    value_set: Any = (True,)


class ExpectSpansToEqualText(ExpectRowsToHold):
    """`text[start:end]` of its document is what the row quotes."""


class ExpectReferencesToExist(ExpectRowsToHold):
    """A foreign key has its row in the table it refers to."""


class ExpectFactsToHaveEvidence(ExpectRowsToHold):
    """A published fact has at least one passage that supports it."""


class ExpectRequiredValuesToBePresent(ExpectRowsToHold):
    """No column that must have a value is null."""

    column: Any = "required_values_present"


class ExpectCodedValuesToBeKnown(ExpectRowsToHold):
    """Every coded column holds a word of its vocabulary."""

    column: Any = "coded_values_known"


class ExpectIdsToBeWellFormed(ExpectRowsToHold):
    """Every id is a prefix and 128 bits in base32, or names an unknown member."""

    column: Any = "ids_well_formed"


class ExpectConfidencesToBeProbabilities(ExpectRowsToHold):
    """Every confidence lies between 0 and 1."""

    column: Any = "confidence_is_a_probability"


class ExpectRowsToLieInTheirPartition(ExpectRowsToHold):
    """Every row names the source and date of the partition it lies in."""

    column: Any = "row_in_its_partition"


class ExpectUnknownMember(ExpectColumnDistinctValuesToContainSet):
    """A dimension has its unknown member, so that joins lose nothing."""
