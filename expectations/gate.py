"""The gate after a stage: runs the checks in their order and decides what goes on.

Order for each table: its contract, its row floor and envelope, then its suite. What decides:

* a critical rule that failed on single rows sets them aside, after the stages that work document by document; after the
  stages that work over everything it blocks;
* a critical rule that speaks against a source blocks the source, and the others go on;
* a critical rule on a whole table, or one that could not run, blocks;
* a warning is reported, and what it concerns is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from expectations.frames import Frame, Tables, stack
from expectations.postponed import UNUSED, postpone
from expectations.quarantine import Refusals
from expectations.report import markdown
from expectations.results import RuleResult, results_table, shortened
from expectations.stages import Stage, stage_of
from expectations.volume import check_files, check_sources, check_volume
from warehouse.contract import TableContract
from warehouse.errors import ConfigurationError
from warehouse.staging import Part


@dataclass(frozen=True, slots=True)
class GateContext:
    """What a gate needs to know beside the rows.

    Attributes:
        run_id: The run.
        quarantine_share: Largest share of a source's rows that may be set aside before the source is blocked.
        references: Tables by `layer.name` that rows refer to and that are not handed over by the stage.
        history: Table → row counts of earlier releases, oldest first.
        sources: All sources the stage worked on, also those that gave nothing.
    """

    run_id: str
    quarantine_share: float
    references: Mapping[str, pa.Table] = field(default_factory=dict)
    history: Mapping[str, Sequence[int]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """What a gate decided.

    Attributes:
        results: One row a rule, as `quality.gate_results`.
        quarantine: One row for each row and rule that set it aside, as `quality.quarantine`.
        accepted: The files that go on, without the rows set aside; none if the gate blocked.
        blocked_sources: Source → why none of its files goes on.
        blocked: True if nothing goes on.
        reason: Why it blocked; empty otherwise.
        markdown: The verdicts for people.
    """

    results: pa.Table
    quarantine: pa.Table
    accepted: list[Part]
    blocked_sources: Mapping[str, str]
    blocked: bool
    reason: str
    markdown: str


def run_gate(stage: str, parts: Sequence[Part], context: GateContext) -> GateOutcome:
    """Check what a stage hands over and decide what goes on.

    Args:
        stage: fetch, clean, link, extract, resolve or curate.
        parts: The files of all tables of the stage.
        context: Limits, references, history.

    Returns:
        The decision; files, rows and results are in a fixed order, whatever order the files came in.

    Raises:
        ConfigurationError: There is no such stage, or a file belongs to a table it does not make.
    """
    plan = stage_of(stage)
    parts = sorted(parts, key=_position)
    frames, results = _checked(stage, plan, parts, context)
    refusals = Refusals(frames)
    reasons: list[str] = []
    against: dict[str, list[str]] = {}
    for result in results:
        if result.severity == "critical" and result.is_bad:
            _judge(plan, result, frames, refusals, reasons, against)
    _weigh(plan, refusals, context.quarantine_share, against)
    refusals.take_along(plan.taken_along)
    blocked_sources = {source: shortened("; ".join(why)) for source, why in sorted(against.items())}
    sources = {*context.sources, *(part.partition.source_id for part in parts if part.partition is not None)}
    if sources and sources <= set(blocked_sources):
        why = "; ".join(f"{source}: {said}" for source, said in blocked_sources.items())
        reasons.insert(0, f"every source is blocked: {why}")
    reason = shortened("; ".join(reasons))
    refusals.note_unread(set(blocked_sources), everything=bool(reason))
    quarantine = refusals.table(context.run_id)
    return GateOutcome(
        results=results_table(context.run_id, stage, results),
        quarantine=quarantine,
        accepted=[] if reason else _without(refusals.kept(parts), blocked_sources),
        blocked_sources=blocked_sources,
        blocked=bool(reason),
        reason=reason,
        markdown=markdown(stage, results, len(quarantine), blocked_sources, reason),
    )


def _position(part: Part) -> tuple[str, str, str, str]:
    partition = part.partition
    place = ("", "") if partition is None else (partition.source_id, partition.logical_date.isoformat())
    return (part.table_name, *place, part.stem or "")


def _checked(
    name: str, plan: Stage, parts: Sequence[Part], context: GateContext
) -> tuple[dict[str, Frame], list[RuleResult]]:
    """Return the stacked tables and the results of all rules: for each table, then those on sources."""
    # Great Expectations costs seconds and 250 MB: only a process that reaches a gate pays for it, and for these nobody.
    postpone(*UNUSED)
    from expectations.engine import evaluate
    from expectations.suites.catalogue import SUITES

    by_table = _by_table(name, plan, parts)
    frames: dict[str, Frame] = {}
    contracts: dict[str, RuleResult] = {}
    for contract, own in by_table:
        result, unusable = check_files(contract, own)
        frame = stack(contract, own, unusable)
        frames[frame.name], contracts[frame.name] = frame, result
    tables: Tables = {**context.references, **{table: frame.table for table, frame in frames.items()}}
    results: list[RuleResult] = []
    for table, frame in frames.items():
        results.append(contracts[table])
        results += check_volume(frame, plan, context.history)
        results += evaluate(SUITES[table], frame, tables)
    results += check_sources(name, plan, frames, tables, context.quarantine_share)
    return frames, results


def _by_table(name: str, plan: Stage, parts: Sequence[Part]) -> list[tuple[TableContract, list[Part]]]:
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.table_name, []).append(part)
    contracts = (*plan.tables, *plan.optional)
    wanted = [(contract, grouped.pop(f"{contract.layer}.{contract.name}", [])) for contract in contracts]
    if grouped:
        raise ConfigurationError(
            f"the gate after {name} has no rules for {', '.join(sorted(grouped))}",
            "expectations/stages.py",
            "Name the table in the stage and write its suite.",
        )
    return [(contract, own) for contract, own in wanted if own or contract in plan.tables]


def _judge(
    plan: Stage,
    result: RuleResult,
    frames: Mapping[str, Frame],
    refusals: Refusals,
    reasons: list[str],
    against: dict[str, list[str]],
) -> None:
    """Act on one critical rule that did not pass: set rows aside, speak against sources, or block."""
    if result.verdict == "broken":
        reasons.append(f"{result.where}: {result.observed}")
    elif result.sources:
        for source, why in result.sources.items():
            against.setdefault(source, []).append(why)
    elif not (plan.sets_rows_aside and result.rows):
        seen = f" ({result.observed})" if result.observed else ""
        reasons.append(f"{result.where} failed{seen}; if it went on, {result.consequence}")
    elif result.row_level:
        refusals.refuse(result)
    else:
        sources = frames[result.table_name].sources()
        for source in sorted({str(sources[row]) for row in result.rows}):
            against.setdefault(source, []).append(f"{result.where} failed; if it went on, {result.consequence}")


def _weigh(plan: Stage, refusals: Refusals, limit: float, against: dict[str, list[str]]) -> None:
    """Speak against each source of which too large a share was set aside."""
    for source, tables in refusals.shares(plan.weighed).items():
        for table, (n, total) in tables.items():
            if n > limit * total:
                against.setdefault(source, []).append(
                    f"{n} of {total} rows of {table} were set aside, the limit is {limit:.0%}"
                )


def _without(parts: Sequence[Part], sources: Mapping[str, str]) -> list[Part]:
    return [part for part in parts if part.partition is None or part.partition.source_id not in sources]
