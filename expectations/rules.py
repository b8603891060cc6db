"""How a suite is written: a rule is an expectation with a name, a severity and the consequence it prevents.

`TableSuite` adds to the written rules those that follow from the table's contract, so that a new column is guarded the
moment it stands in the contract. What a rule computes lives in `expectations.derived*`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import great_expectations as gx
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations import custom, derived
from expectations.derived import Derivation
from expectations.results import Severity
from warehouse.contract import TableContract
from warehouse.tables import contract_of

# Columns that end in `_id` and hold somebody else's ids: of publishers, reference tables, sources, rules.
_FOREIGN_IDS = frozenset(
    {
        "source_id",
        "external_id",
        "reference_id",
        "affiliation_reference_id",
        "office_id",
        "unnamed_office_id",
        "rule_id",
        "run_id",
        "founding_id",
    }
)
_ID_PATTERN = r"^[a-z]{2,4}_[a-z2-7]{26}$"
_PUBLISHED_ID_PATTERN = r"^[a-z]{2,4}_(?:[a-z2-7]{26}|unknown)$"
_COUNTRY_PATTERN = r"^[A-Z]{2}$"
_MOST_ROWS = float(2**62)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a suite.

    Attributes:
        name: Unique in the suite; the name of the computed column, if there is one.
        expectation: What Great Expectations asserts. Its `meta` carries rule, severity, consequence and row_level.
        derive: What computes the column of truth values; None for an expectation on columns of the table itself.
    """

    name: str
    expectation: custom.Expectation
    derive: Derivation | None = None

    @property
    def severity(self) -> Severity:
        """Critical or warning."""
        return "critical" if self.expectation.severity.value == "critical" else "warning"

    @property
    def consequence(self) -> str:
        """What would go wrong unnoticed without the rule."""
        return str((self.expectation.meta or {})["consequence"])

    @property
    def row_level(self) -> bool:
        """True where a row that breaks the rule can be set aside alone."""
        return bool((self.expectation.meta or {})["row_level"])


def holds(
    name: str,
    derive: Derivation,
    consequence: str,
    *,
    severity: Severity = "critical",
    row_level: bool = True,
    kind: type[custom.ExpectRowsToHold] = custom.ExpectRowsToHold,
) -> Rule:
    """Return the rule that a computed truth value holds for every row.

    Args:
        name: Name of the rule.
        derive: Computes the truth values.
        consequence: What would go wrong unnoticed without the rule; one clause.
        severity: critical sets the row aside or blocks, warning publishes and is reported.
        row_level: True where a row can be set aside alone.
        kind: The expectation's class, for its name.
    """
    about = _about(name, severity, consequence, row_level)
    return Rule(name, kind(column=name, severity=FailureSeverity(severity), meta=about), derive)


def expects(
    kind: type[custom.Expectation],
    name: str,
    consequence: str,
    *,
    severity: Severity = "critical",
    row_level: bool = True,
    **arguments: Any,
) -> Rule:
    """Return a rule on columns of the table itself, asserted by an expectation of Great Expectations.

    Args:
        kind: Class of the expectation.
        name: Name of the rule.
        consequence: What would go wrong unnoticed without the rule; one clause.
        severity: critical sets the row aside or blocks, warning publishes and is reported.
        row_level: True where a row can be set aside alone; False for an expectation on the whole table.
        **arguments: The expectation's own arguments (column, min_value, …).
    """
    about = _about(name, severity, consequence, row_level)
    return Rule(name, kind(**arguments, severity=FailureSeverity(severity), meta=about))


def _about(name: str, severity: Severity, consequence: str, row_level: bool) -> dict[str, object]:
    return {"rule": name, "severity": severity, "consequence": consequence, "row_level": row_level}


@dataclass(frozen=True)
class TableSuite:
    """The rules of one table, as one suite of Great Expectations.

    Attributes:
        contract: Contract of the table.
        written: Rules that do not follow from the contract.
        without: Rules of the contract that do not apply, by name.
        rules: All rules: those of the contract, then the written ones.
        suite: The same as a suite.
    """

    contract: TableContract
    written: tuple[Rule, ...] = ()
    without: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = field(init=False)
    suite: gx.ExpectationSuite = field(init=False)

    def __post_init__(self) -> None:
        inherited = {rule.name: rule for rule in contract_rules(self.contract)}
        strangers = set(self.without) - set(inherited)
        rules = (*(rule for name, rule in inherited.items() if name not in self.without), *self.written)
        names = [rule.name for rule in rules]
        if strangers or len(set(names)) != len(names):
            raise ValueError(f"{self.name}: unknown {sorted(strangers)}, or a rule's name stands twice: {names}")
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "suite", gx.ExpectationSuite(self.name, [rule.expectation for rule in rules]))

    @property
    def name(self) -> str:
        """Layer and name of the table."""
        return f"{self.contract.layer}.{self.contract.name}"

    def rule(self, name: str) -> Rule:
        """Return one rule; KeyError if there is none."""
        return {rule.name: rule for rule in self.rules}[name]


def suite(contract: TableContract, *written: Rule, without: tuple[str, ...] = ()) -> TableSuite:
    """Return the suite of a table: what its contract implies, but `without`, and the rules written here."""
    return TableSuite(contract, written, without)


def contract_rules(contract: TableContract) -> Iterator[Rule]:
    """Yield the rules that follow from a contract: values, vocabularies, ids, ranges, days, key, references."""
    yield holds(
        "required_values_present",
        derived.required_values_present(contract),
        "a row without one of its values would be read as if nothing were missing",
        kind=custom.ExpectRequiredValuesToBePresent,
    )
    if any(column.values for column in contract.columns):
        yield holds(
            "coded_values_known",
            derived.coded_values_known(contract),
            "a filter on a code would miss the row",
            kind=custom.ExpectCodedValuesToBeKnown,
        )
    yield from _id_rules(contract)
    yield from _range_rules(contract)
    yield _key_rule(contract)
    names = contract.column_names
    if contract.partitioned and {"source_id", "logical_date"} <= set(names):
        yield holds(
            "row_in_its_partition",
            derived.in_its_partition,
            "a backfill of its partition would neither find nor replace the row",
            kind=custom.ExpectRowsToLieInTheirPartition,
        )
    for column in contract.columns:
        if column.refers_to is not None:
            layer, table, key = column.refers_to.split(".")
            yield holds(
                f"{column.name}_exists",
                derived.exists(column.name, contract_of(layer, table), key),
                f"a join to {table} would lose the row",
                kind=custom.ExpectReferencesToExist,
            )


def _id_rules(contract: TableContract) -> Iterator[Rule]:
    ids = [name for name in contract.column_names if name.endswith("_id") and name not in _FOREIGN_IDS]
    if ids:
        pattern = _PUBLISHED_ID_PATTERN if contract.layer == "curated" else _ID_PATTERN
        yield holds(
            "ids_well_formed",
            derived.match(ids, pattern),
            "an id made in another way changes with the machine or the run",
            kind=custom.ExpectIdsToBeWellFormed,
        )
    countries = [name for name in contract.column_names if name == "country_code"]
    if countries:
        yield holds(
            "country_code_well_formed",
            derived.match(countries, _COUNTRY_PATTERN),
            "a country under two codes would be counted as two",
        )


def _range_rules(contract: TableContract) -> Iterator[Rule]:
    names = contract.column_names
    if "confidence" in names:
        yield holds(
            "confidence_is_a_probability",
            derived.within(["confidence"], 0.0, 1.0),
            "a threshold on confidence would keep or drop the row at random",
            kind=custom.ExpectConfidencesToBeProbabilities,
        )
    counts = [
        column.name for column in contract.columns if column.name.startswith("n_") and column.type in ("int32", "int64")
    ]
    if counts:
        yield holds("counts_not_negative", derived.within(counts, 0, _MOST_ROWS), "sums over the table would be wrong")
    for first, last in (("start_on", "end_on"), ("date_start", "date_end")):
        if first in names and last in names:
            yield holds(
                f"{first}_not_after_{last}",
                derived.ordered(first, last),
                "a duration would be negative, a period empty",
            )


def _key_rule(contract: TableContract) -> Rule:
    """A table over everything may not repeat a key; two partitions may, where two sources hold the same page."""
    severity: Severity = "warning" if contract.partitioned else "critical"
    consequence = "the row would be counted twice"
    if len(contract.key) == 1:
        return expects(
            custom.ExpectColumnValuesToBeUnique,
            "key_unique",
            consequence,
            severity=severity,
            row_level=False,
            column=contract.key[0],
        )
    return expects(
        custom.ExpectCompoundColumnsToBeUnique,
        "key_unique",
        consequence,
        severity=severity,
        row_level=False,
        column_list=list(contract.key),
    )
