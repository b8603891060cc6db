"""How much came, against how much should have: contracts of files, row floors, lost captures, envelopes from history.

An empty frame passes every suite; here it fails. Minimum counts are critical, maximum counts warn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from expectations.frames import Frame, Tables
from expectations.results import EXAMPLES_SHOWN, RuleResult, Severity, Verdict
from expectations.stages import SourceFloor, Stage
from warehouse.contract import TableContract
from warehouse.contract_check import check_contract
from warehouse.ids import document_version_id
from warehouse.staging import Part

# Violations after which a column cannot be read at all.
_STRUCTURAL = frozenset({"columns_missing", "columns_extra", "type", "invalid"})
_COLLAPSE, _EXPLOSION = 0.5, 2.0
_EMPTY = "an empty table, which breaks no rule on rows, would replace the last good one"
_COLLAPSED = "half of what was known would vanish without an error"
_EXPLODED = "the same rows may have been taken in twice"
# By stage: the table with a row for each document that our own rules failed on, and the reason that says so.
_UNDIGESTED = {
    "clean": ("documents.rejects", "cleaning_failed"),
    "extract": ("extracted.rejects", "extraction_failed"),
}
# One such document is a defect to be mended; it does not speak against its source, however little that published.
_MOST_UNDIGESTED = 1


def check_files(contract: TableContract, parts: Sequence[Part]) -> tuple[RuleResult, frozenset[str]]:
    """Check every file of a table against the contract.

    Returns:
        The result, which names column and partition, and the columns that no rule can rely on.
    """
    name = f"{contract.layer}.{contract.name}"
    seen: list[str] = []
    unusable: set[str] = set()
    n_rows = n_bad = 0
    for part in parts:
        n_rows += len(part.table)
        for violation in check_contract(contract, part.table):
            place = "" if part.partition is None else f"{part.partition.source_id}/{part.partition.logical_date}: "
            seen.append(f"{place}{violation}")
            n_bad += violation.n
            if violation.rule in _STRUCTURAL and violation.column in contract.column_names:
                unusable.add(violation.column)
    if not parts:
        seen.append("the stage handed over no file of this table")
    result = RuleResult(
        table_name=name,
        rule="contract",
        severity="critical",
        verdict="failed" if seen else "passed",
        n_rows=n_rows,
        n_unexpected=n_bad,
        observed="; ".join(seen) or None,
        consequence="a column that is missing, renamed or of another type would be read as empty from here on",
    )
    return result, frozenset(unusable)


def check_volume(frame: Frame, stage: Stage, history: Mapping[str, Sequence[int]]) -> list[RuleResult]:
    """Compare the number of rows of a table with its floor and with earlier releases.

    Args:
        frame: The rows.
        stage: The gate, for its floors.
        history: Row counts of earlier releases by name of the table, with or without its layer, oldest first.
    """
    results = []
    floor = max(stage.floors.get(frame.name, 0), frame.contract.row_floor)
    n_rows = len(frame.table)
    if floor:
        observed = f"{n_rows} rows, at least {floor} wanted"
        results.append(_about(frame, "row_floor", "critical", n_rows >= floor, observed, _EMPTY))
    earlier = history.get(frame.name, history.get(frame.contract.name, ()))
    if earlier:
        usual = median(earlier)
        observed = f"{n_rows} rows, median of {len(earlier)} earlier releases {usual:g}"
        enough, not_too_many = n_rows >= _COLLAPSE * usual, n_rows <= _EXPLOSION * usual
        results.append(_about(frame, "volume_not_collapsed", "critical", enough, observed, _COLLAPSED))
        results.append(_about(frame, "volume_not_exploded", "warning", not_too_many, observed, _EXPLODED))
    return results


def check_sources(
    stage_name: str, stage: Stage, frames: Mapping[str, Frame], tables: Tables, share: float
) -> list[RuleResult]:
    """Check what each source gave against what there was to read.

    Args:
        stage_name: Name of the stage.
        stage: The gate.
        frames: The stage's tables.
        tables: The same and the tables they refer to.
        share: Share of a source's captures above which rejects are reported.
    """
    results = [_source_floor(floor, frames, tables) for floor in stage.source_floors]
    if stage_name == "clean":
        results += [_captures_accounted_for(tables), _rejected_share(frames, share)]
    if stage_name in _UNDIGESTED:
        results += _digested(*_UNDIGESTED[stage_name], frames, tables, share)
    return results


def _source_floor(floor: SourceFloor, frames: Mapping[str, Frame], tables: Tables) -> RuleResult:
    per = tables.get(floor.per)
    frame = frames[floor.table]
    rule = "row_floor_of_source"
    if per is None or "source_id" not in per.column_names:
        return _about(frame, rule, floor.severity, "broken", f"{floor.per} was not given", floor.consequence)
    wanted = Counter(per.column("source_id").to_pylist())
    present = {source for source in frame.sources() if source is not None}
    causes = _reject_reasons(tables)
    sources = {
        source: f"not one row of {floor.table} from {n} of {floor.per}{causes.get(source, '')}"
        for source, n in sorted(wanted.items())
        if source not in present
    }
    observed = "; ".join(f"{source}: {reason}" for source, reason in sources.items()) or None
    return RuleResult(
        frame.name, rule, floor.severity, "failed" if sources else "passed", len(frame.table), floor.consequence,
        n_unexpected=len(sources), observed=observed, examples=tuple(sources)[:EXAMPLES_SHOWN], sources=sources,
    )  # fmt: skip


def _reject_reasons(tables: Tables) -> dict[str, str]:
    """Return for each source why its captures were rejected, with counts."""
    rejects = tables.get("documents.rejects")
    if rejects is None or not {"source_id", "reason"} <= set(rejects.column_names):
        return {}
    counts: dict[str, Counter[str]] = {}
    for source, reason in zip(*(rejects.column(name).to_pylist() for name in ("source_id", "reason")), strict=True):
        counts.setdefault(source, Counter())[reason] += 1
    return {
        source: " (" + ", ".join(f"{reason}: {n}" for reason, n in sorted(reasons.items())) + ")"
        for source, reasons in counts.items()
    }


def _captures_accounted_for(tables: Tables) -> RuleResult:
    """Every capture became a document or a reject, or its bytes became a document under another capture."""
    name, rule = "archive.captures", "capture_accounted_for"
    consequence = "a page would be lost between archive and documents without a word"
    try:
        captures = tables[name]
        columns = (captures.column(column).to_pylist() for column in ("capture_id", "body_sha256", "source_id"))
        rows = list(zip(*columns, strict=True))
        known = set(tables["documents.documents"].column("capture_id").to_pylist())
        known |= set(tables["documents.rejects"].column("capture_id").to_pylist())
        versions = set(tables["documents.documents"].column("document_version_id").to_pylist())
    except KeyError as error:
        message = f"the check could not run: {error}"
        return RuleResult(name, rule, "critical", "broken", 0, consequence, observed=message)
    lost = [
        (capture, source)
        for capture, digest, source in rows
        if capture not in known and document_version_id(digest) not in versions
    ]
    counts = Counter(source for _, source in lost)
    return RuleResult(
        name, rule, "critical", "failed" if lost else "passed", len(rows), consequence,
        n_unexpected=len(lost),
        observed=", ".join(f"{source}: {n}" for source, n in sorted(counts.items())) or None,
        examples=tuple(capture for capture, _ in sorted(lost))[:EXAMPLES_SHOWN],
        sources={source: f"{n} captures became neither document nor reject" for source, n in sorted(counts.items())},
    )  # fmt: skip


def _rejected_share(frames: Mapping[str, Frame], share: float) -> RuleResult:
    """Among what a source gave, rejects stay below a share; they are reported, and the good documents go on."""
    frame = frames["documents.rejects"]
    rejected = Counter(frame.sources())
    read = Counter(frames["documents.documents"].sources())
    high = {source: n for source, n in rejected.items() if n > share * (n + read[source])}
    observed = ", ".join(f"{source}: {n} of {n + read[source]}" for source, n in sorted(high.items(), key=str))
    return RuleResult(
        frame.name, "rejected_share", "warning", "failed" if high else "passed", len(frame.table),
        "a source that breaks page by page would be noticed when it is gone",
        n_unexpected=sum(high.values()), observed=observed or None,
    )  # fmt: skip


def _digested(name: str, reason: str, frames: Mapping[str, Frame], tables: Tables, share: float) -> list[RuleResult]:
    """No document made our own rules fail: one is a warning, more of a source than a share speak against the source."""
    frame, documents = frames[name], tables.get("documents.documents")
    rules = ("rules_digest_every_document", "rules_digest_most_documents")
    consequences = (
        "a defect of our own rules would hide as a document that says nothing",
        "a source that our own rules cannot read would look like one that says little",
    )
    if documents is None or not {"source_id", "doc_id"} <= set(documents.column_names):
        seen = "documents.documents was not given"
        return [
            _about(frame, rules[0], "warning", "broken", seen, consequences[0]),
            _about(frame, rules[1], "critical", "broken", seen, consequences[1]),
        ]
    failed = Counter(
        source for source, why in zip(frame.sources(), _column(frame, "reason"), strict=True) if why == reason
    )
    read = Counter(documents.column("source_id").to_pylist())
    # A document that could not be cleaned is none; one of which nothing could be extracted is still a document.
    whole = {source: n + read[source] if name == "documents.rejects" else read[source] for source, n in failed.items()}
    counts = {source: f"{n} of {whole[source]}" for source, n in sorted(failed.items(), key=str)}
    high = {
        str(source): f"our own rules failed on {counts[source]} documents ({reason})"
        for source, n in sorted(failed.items(), key=str)
        if n > max(_MOST_UNDIGESTED, share * whole[source])
    }
    return [
        RuleResult(
            name, rules[0], "warning", "failed" if failed else "passed", len(frame.table), consequences[0],
            n_unexpected=failed.total(),
            observed=", ".join(f"{source}: {n}" for source, n in counts.items()) or None,
        ),
        RuleResult(
            name, rules[1], "critical", "failed" if high else "passed", len(frame.table), consequences[1],
            n_unexpected=len(high), observed="; ".join(f"{source}: {why}" for source, why in high.items()) or None,
            examples=tuple(high)[:EXAMPLES_SHOWN], sources=high,
        ),
    ]  # fmt: skip


def _column(frame: Frame, name: str) -> list[object]:
    """Return the values of a column, or none for each row where the file lacks it: its contract says so already."""
    table = frame.table
    return table.column(name).to_pylist() if name in table.column_names else [None] * len(table)


def _about(
    frame: Frame, rule: str, severity: Severity, verdict: Verdict | bool, observed: str, consequence: str
) -> RuleResult:
    if isinstance(verdict, bool):
        verdict = "passed" if verdict else "failed"
    return RuleResult(frame.name, rule, severity, verdict, len(frame.table), consequence, observed=observed)
