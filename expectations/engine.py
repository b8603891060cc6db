"""Runs the suite of one table with Great Expectations and reads the results: one validation a table and gate.

A check that could not run is told apart from data that is bad. Nothing is decided here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import great_expectations as gx
import pandas as pd
import pyarrow as pa
from great_expectations.core.id_dict import IDDict
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.exceptions.exceptions import GreatExpectationsError
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations.frames import Frame, Tables
from expectations.results import EXAMPLES_SHOWN, RuleResult, shortened
from expectations.rules import Rule, TableSuite

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.core.id_dict import IDDictID
    from great_expectations.core.result_format import ResultFormatUnion
    from great_expectations.datasource.fluent.interfaces import Batch

log = logging.getLogger(__name__)

# First whether each rule holds; then, for the few that do not, the positions of the rows that break it: asking for them
# at once costs three quarters more on good data. The query that would find the rows again is of no use on a frame.
_VERDICTS: ResultFormatUnion = "BOOLEAN_ONLY"
_POSITIONS: ResultFormatUnion = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
# What pyarrow, pandas and Great Expectations raise on a frame they cannot read. What is not listed (no memory, an
# interruption) ends the run, and a run that ends publishes nothing either.
_CHECK_FAILURES = (
    GreatExpectationsError, pa.ArrowException, ArithmeticError, AssertionError, AttributeError, LookupError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
# The context is process-wide state of Great Expectations, which does not say that two threads may share it.
_LOCK = threading.Lock()


def evaluate(suite: TableSuite, frame: Frame, tables: Tables, only: Collection[str] | None = None) -> list[RuleResult]:
    """Return one result for each rule of the suite, in its order.

    Args:
        suite: The rules of the table.
        frame: Its rows.
        tables: All tables of the gate by `layer.name`, and those rows refer to.
        only: Names of the rules to run; all if None.
    """
    rules, wanted = suite.rules, suite.suite
    if only is not None:
        rules = tuple(rule for rule in rules if rule.name in only)
        wanted = gx.ExpectationSuite(suite.name, [rule.expectation for rule in rules])
    computed, failures = _compute(rules, frame, tables)
    columns = pa.table({**_own_columns(rules, frame), **computed}) if rules else pa.table({})
    data = columns.to_pandas() if columns.column_names else pd.DataFrame(index=pd.RangeIndex(len(frame.table)))
    try:
        outcomes = _validate(wanted, rules, data)
    except _CHECK_FAILURES as error:
        log.error("the suite of %s could not run: %r", suite.name, error)
        return [_broken(rule, frame, _say(error)) for rule in rules]
    return [_read(rule, frame, outcomes.get(rule.name), failures.get(rule.name)) for rule in rules]


def _compute(rules: Iterable[Rule], frame: Frame, tables: Tables) -> tuple[dict[str, pa.ChunkedArray], dict[str, str]]:
    """Return the computed columns of truth values, and why others could not be computed."""
    columns: dict[str, pa.ChunkedArray] = {}
    failures: dict[str, str] = {}
    for rule in rules:
        if rule.derive is None:
            continue
        try:
            values = rule.derive(frame.table, tables)
        except _CHECK_FAILURES as error:
            failures[rule.name] = _say(error)
            continue
        # Great Expectations passes over nulls: a row about which a rule says nothing would count as good.
        if len(values) != len(frame.table) or values.null_count:
            failures[rule.name] = f"no truth value for {values.null_count} of {len(frame.table)} rows"
        else:
            columns[rule.name] = values
    return columns, failures


def _own_columns(rules: Iterable[Rule], frame: Frame) -> dict[str, pa.ChunkedArray]:
    """Return the columns of the table that the rules look at, and no others: texts and bodies are large."""
    names: set[str] = set()
    for rule in rules:
        if rule.derive is None:
            arguments = rule.expectation.dict()
            names |= {arguments.get("column"), *(arguments.get("column_list") or ())} - {None}
    return {name: frame.table.column(name) for name in sorted(names) if name in frame.table.column_names}


@lru_cache(maxsize=1)
def _batch_definition() -> BatchDefinition[Any]:
    """Return the one data source of this process, a frame in memory. Its context lives in memory and tells nobody."""
    configuration = DataContextConfig(
        # Stores in memory, no site of data docs in a temporary directory.
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(project_config=configuration, mode="ephemeral")
    source = context.data_sources.add_pandas("gate")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("rows")


def _validate(
    suite: gx.ExpectationSuite, rules: Sequence[Rule], data: pd.DataFrame
) -> dict[str, ExpectationValidationResult]:
    with _LOCK:
        batch = _batch_definition().get_batch(batch_parameters={"dataframe": data})
        outcomes = _results(batch, suite, _VERDICTS)
        failed = [rule.expectation for rule in rules if rule.name in outcomes and not outcomes[rule.name].success]
        if failed:
            outcomes |= _results(batch, gx.ExpectationSuite(suite.name, failed), _POSITIONS)
        return outcomes


def _results(
    batch: Batch, suite: gx.ExpectationSuite, result_format: ResultFormatUnion
) -> dict[str, ExpectationValidationResult]:
    """Return the results by rule: they come grouped by column, not in the order of the suite."""
    with _made_once():
        return {_rule_of(result): result for result in batch.validate(suite, result_format=result_format).results}


@contextmanager
def _made_once() -> Iterator[None]:
    """Make what Great Expectations needs again and again in a validation once, not at each look at it.

    It looks some sixty times a rule at the rule's configuration and makes it anew each time, from a model with all its
    fields; for each metric of a rule it makes the rule anew from that; and it hashes the few places a metric can have
    in a table (the whole of it, one of its columns) some twenty times a rule, as JSON. Together more than half of the
    work of a gate. While it validates, no expectation changes, and a configuration only in its arguments.
    """
    plain: property = vars(Expectation)["configuration"]
    make: Callable[[Expectation], ExpectationConfiguration] = plain.__get__
    made: dict[int, tuple[Expectation, ExpectationConfiguration]] = {}
    plain_rule = ExpectationConfiguration.to_domain_obj
    rules: dict[int, tuple[ExpectationConfiguration, dict[str, Any], Expectation]] = {}
    plain_id: Callable[..., IDDictID] = IDDict.to_id
    ids: dict[tuple[tuple[str, str | None], ...], IDDictID] = {}

    def kept(expectation: Expectation) -> ExpectationConfiguration:
        # Kept with its configuration: while it is held, no other expectation has its number.
        if id(expectation) not in made:
            made[id(expectation)] = expectation, make(expectation)
        return made[id(expectation)][1]

    def kept_rule(configuration: ExpectationConfiguration) -> Expectation:
        known = rules.get(id(configuration))
        if known is not None and known[1] == configuration.kwargs:
            return known[2]
        rule = plain_rule(configuration)
        rules[id(configuration)] = configuration, dict(configuration.kwargs), rule
        return rule

    def kept_id(arguments: IDDict, id_keys: Any = None, id_ignore_keys: Any = None) -> IDDictID:
        # Only texts and None: what else can be equal and yet be written differently, as 1 and True are.
        if (
            type(arguments) is not IDDict
            or id_keys is not None
            or id_ignore_keys is not None
            or not all(value is None or type(value) is str for value in arguments.values())
        ):
            return plain_id(arguments, id_keys, id_ignore_keys)
        key = tuple(arguments.items())
        if key not in ids:
            ids[key] = plain_id(arguments)
        return ids[key]

    type.__setattr__(Expectation, "configuration", property(kept))
    type.__setattr__(ExpectationConfiguration, "to_domain_obj", kept_rule)
    type.__setattr__(IDDict, "to_id", kept_id)
    try:
        yield
    finally:
        type.__setattr__(Expectation, "configuration", plain)
        type.__setattr__(ExpectationConfiguration, "to_domain_obj", plain_rule)
        type.__setattr__(IDDict, "to_id", plain_id)


def _rule_of(result: ExpectationValidationResult) -> str:
    configuration = result.expectation_config
    return "" if configuration is None or configuration.meta is None else str(configuration.meta["rule"])


def _read(rule: Rule, frame: Frame, outcome: ExpectationValidationResult | None, failure: str | None) -> RuleResult:
    if failure is not None:
        return _broken(rule, frame, failure)
    if outcome is None:
        return _broken(rule, frame, "Great Expectations gave no result")
    message = _exception_message(outcome.exception_info)
    if message is not None:
        return _broken(rule, frame, message)
    if outcome.success:
        return _result(rule, frame, "passed", observed=_observed(outcome.result))
    rows = tuple(sorted(int(row) for row in outcome.result.get("unexpected_index_list") or ()))
    if not rows:
        return _result(rule, frame, "failed", observed=_observed(outcome.result))
    return _result(rule, frame, "failed", rows=rows, observed=_by_place(frame, rows))


def _result(
    rule: Rule, frame: Frame, verdict: Any, *, rows: tuple[int, ...] = (), observed: str | None = None
) -> RuleResult:
    return RuleResult(
        table_name=frame.name,
        rule=rule.name,
        severity=rule.severity,
        verdict=verdict,
        n_rows=len(frame.table),
        consequence=rule.consequence,
        row_level=rule.row_level,
        rows=rows,
        n_unexpected=len(rows),
        observed=observed,
        examples=tuple(map(shortened, frame.keys(rows[:EXAMPLES_SHOWN]))),
    )


def _broken(rule: Rule, frame: Frame, message: str) -> RuleResult:
    return _result(rule, frame, "broken", observed=f"the check could not run: {message}")


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """Return why an expectation could not run: its own exception, or that of one of its metrics; None if it ran."""
    if not info:
        return None
    if "raised_exception" in info:
        return str(info.get("exception_message")) if info["raised_exception"] else None
    for metric in info.values():
        if isinstance(metric, Mapping) and metric.get("raised_exception"):
            return str(metric.get("exception_message"))
    return None


def _observed(result: Mapping[str, Any]) -> str | None:
    """Return what an expectation on a whole column saw; a list of all its values tells nobody anything."""
    missing = result.get("partial_missing_list")
    if missing:
        return f"missing: {', '.join(map(str, missing))}"
    value = result.get("observed_value")
    return None if value is None or isinstance(value, list | set) else str(value)


def _by_place(frame: Frame, rows: Sequence[int]) -> str:
    """Return how many rows fail in each partition, most first."""
    counts: dict[str, int] = {}
    for place in frame.places(rows):
        counts[place] = counts.get(place, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{place}: {n}" for place, n in ranked[:EXAMPLES_SHOWN])
    return shown + (f" and {len(ranked) - EXAMPLES_SHOWN} more" if len(ranked) > EXAMPLES_SHOWN else "")


def _say(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
