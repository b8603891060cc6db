"""What a gate decides: which rows leave, which sources are blocked, when everything is."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.exceptions.exceptions import GreatExpectationsError

from expectations import engine
from expectations.derived import Derivation
from expectations.frames import stack
from expectations.gate import GateContext, GateOutcome, run_gate
from expectations.rules import TableSuite, holds
from expectations.stages import STAGES, stage_of
from expectations.suites import catalogue
from expectations.volume import check_sources, check_volume
from warehouse.contract_check import check_contract
from warehouse.errors import ConfigurationError
from warehouse.ids import make_id
from warehouse.staging import Part
from warehouse.tables import quality
from warehouse.tables.curated_facts import FACT_EVENT

Tables = Mapping[str, pa.Table]
Cut = Callable[[str, Tables], list[Part]]
MakeContext = Callable[..., GateContext]


def put(table: pa.Table, column: str, value: object, rows: list[int]) -> pa.Table:
    """Put a value into some rows."""
    values = table.column(column).to_pylist()
    for row in rows:
        values[row] = value
    field = table.schema.field(column)
    return table.set_column(table.schema.get_field_index(column), field, pa.array(values, field.type))


def rows_of(table: pa.Table, column: str, value: object) -> list[int]:
    return [row for row, found in enumerate(table.column(column).to_pylist()) if found == value]


def results(outcome: GateOutcome, **wanted: str) -> list[dict[str, object]]:
    rows = outcome.results.to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def accepted(outcome: GateOutcome, table: str) -> pa.Table:
    return pa.concat_tables(part.table for part in outcome.accepted if part.table_name == table)


@pytest.mark.parametrize("stage", STAGES)
def test_good_tables_pass_whole(stage: str, good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    parts = parts_of(stage, good)
    outcome = run_gate(stage, parts, context_of(good))
    assert [row for row in outcome.results.to_pylist() if row["verdict"] != "passed"] == []
    assert (outcome.blocked, outcome.reason, outcome.blocked_sources) == (False, "", {})
    assert len(outcome.quarantine) == 0
    assert sorted(map(id, outcome.accepted)) == sorted(map(id, parts))
    assert check_contract(quality.GATE_RESULTS, outcome.results) == []
    assert check_contract(quality.QUARANTINE, outcome.quarantine) == []


def test_the_order_of_files_changes_nothing(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    documents = put(good["documents.documents"], "text_sha256", "0" * 64, [0, 2])
    parts = parts_of("clean", {**good, "documents.documents": documents})
    there, back = (run_gate("clean", one, context_of(good, quarantine_share=1.0)) for one in (parts, parts[::-1]))
    assert there.results.equals(back.results)
    assert there.quarantine.equals(back.quarantine)
    assert [part.table for part in there.accepted] == [part.table for part in back.accepted]
    assert there.markdown == back.markdown


def test_a_bad_document_leaves_with_all_that_is_its_own(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    bad, fine = good["documents.documents"].column("document_version_id").to_pylist()[:2]
    documents = put(good["documents.documents"], "text_sha256", "0" * 64, [0])
    outcome = run_gate("clean", parts_of("clean", {**good, "documents.documents": documents}), context_of(good))

    assert not outcome.blocked
    assert outcome.blocked_sources == {}
    for table in ("documents.documents", "documents.sentences", "documents.removals", "documents.links"):
        assert bad not in accepted(outcome, table).column("document_version_id").to_pylist()
    assert fine in accepted(outcome, "documents.documents").column("document_version_id").to_pylist()
    n_sentences = len(rows_of(good["documents.sentences"], "document_version_id", bad))
    assert len(accepted(outcome, "documents.sentences")) == len(good["documents.sentences"]) - n_sentences

    quarantined = outcome.quarantine.to_pylist()
    (own,) = [row for row in quarantined if row["table_name"] == "documents.documents"]
    assert (own["rule"], own["source_id"]) == ("text_matches_hash", "alpha")
    assert bad in own["row_key"]
    assert json.loads(own["payload"])["text_sha256"] == "0" * 64
    along = [row["table_name"] for row in quarantined if row["rule"] == "taken_along"]
    assert sorted(set(along)) == ["documents.links", "documents.removals", "documents.sentences"]
    assert along.count("documents.sentences") == n_sentences
    assert check_contract(quality.QUARANTINE, outcome.quarantine) == []


def test_a_bad_mention_leaves_with_its_arguments_and_what_rests_on_it(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    mentions = good["extracted.mentions"]
    row = rows_of(mentions, "text", "Lithuania")[0]
    lithuania, person = (
        mentions.column("mention_id")[rows_of(mentions, "text", words)[0]] for words in ("Lithuania", "Ana Petrović")
    )
    broken = {**good, "extracted.mentions": put(mentions, "text", "Latvia", [row])}
    outcome = run_gate("extract", parts_of("extract", broken), context_of(good))
    kept = accepted(outcome, "extracted.mentions").column("mention_id")
    assert lithuania not in kept
    assert person not in kept, "it is a short form of the mention that left"
    assert lithuania not in accepted(outcome, "extracted.claim_arguments").column("mention_id")
    assert len(accepted(outcome, "extracted.claims")) == len(good["extracted.claims"])


def test_a_claim_dated_by_a_bad_mention_leaves_with_its_arguments(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    mentions, claims = good["extracted.mentions"], good["extracted.claims"]
    broken = {**good, "extracted.mentions": put(mentions, "end", 999, rows_of(mentions, "text", "1 July 2025")[:1])}
    outcome = run_gate("extract", parts_of("extract", broken), context_of(good))
    gone = claims.column("claim_id")[0]
    assert gone not in accepted(outcome, "extracted.claims").column("claim_id")
    assert gone not in accepted(outcome, "extracted.claim_arguments").column("claim_id")
    rules = {(row["table_name"], row["rule"]) for row in outcome.quarantine.to_pylist()}
    assert ("extracted.claims", "taken_along") in rules
    assert ("extracted.claim_arguments", "taken_along") in rules


def test_rows_of_another_source_are_not_taken_along(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    """The same page, read through two sources: what is wrong with one copy is not wrong with the other."""
    parts = parts_of("clean", good)
    beta = next(part.partition for part in parts if part.partition and part.partition.source_id == "beta")
    copies = [_lent(part, beta) for part in parts if part.partition != beta and part.table_name != "documents.rejects"]
    damaged = [
        _damaged(part) if part.table_name == "documents.documents" and part.partition != beta else part
        for part in parts
    ]
    outcome = run_gate("clean", [*damaged, *copies], context_of(good, quarantine_share=1.0))
    sentences = [part for part in outcome.accepted if part.table_name == "documents.sentences"]
    by_file = {(part.partition, part.stem): len(part.table) for part in sentences}
    lost = next(part for part in parts if part.table_name == "documents.sentences" and part.partition != beta)
    assert by_file[lost.partition, "part-1"] == 0
    assert by_file[beta, "part-2"] == len(lost.table)
    keys = [row["row_key"] for row in outcome.quarantine.to_pylist() if row["rule"] == "taken_along"]
    assert len(keys) == len(set(keys))


def _damaged(part: Part) -> Part:
    return replace(part, table=put(part.table, "text_chars", 1, list(range(len(part.table)))))


def _lent(part: Part, partition: object) -> Part:
    table = part.table
    for column, value in (("source_id", partition.source_id), ("logical_date", partition.logical_date)):
        if column in table.column_names:
            table = put(table, column, value, list(range(len(table))))
    return replace(part, partition=partition, stem="part-2", table=table)


def test_one_bad_source_is_blocked_and_the_others_go_on(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    captures = good["archive.captures"]
    broken = put(captures, "body_sha256", "0" * 64, rows_of(captures, "source_id", "beta"))
    outcome = run_gate("fetch", parts_of("fetch", {**good, "archive.captures": broken}), context_of(good))
    assert not outcome.blocked
    assert list(outcome.blocked_sources) == ["beta"]
    assert "1 of 1 rows of archive.captures were set aside" in outcome.blocked_sources["beta"]
    assert {part.partition.source_id for part in outcome.accepted} == {"alpha"}
    assert "beta" in outcome.markdown


def test_all_sources_bad_block_the_gate(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    captures = good["archive.captures"]
    broken = put(captures, "body_bytes", 1, list(range(len(captures))))
    outcome = run_gate("fetch", parts_of("fetch", {**good, "archive.captures": broken}), context_of(good))
    assert outcome.blocked
    assert outcome.accepted == []
    assert outcome.reason.startswith("every source is blocked: alpha")
    assert len(outcome.quarantine) == len(captures)


def test_a_source_that_gave_nothing_is_not_counted_as_blocked(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    captures = good["archive.captures"]
    broken = put(captures, "body_bytes", 1, list(range(len(captures))))
    context = context_of(good, sources=("alpha", "beta", "gamma"))
    outcome = run_gate("fetch", parts_of("fetch", {**good, "archive.captures": broken}), context)
    assert not outcome.blocked
    assert sorted(outcome.blocked_sources) == ["alpha", "beta"]


@pytest.mark.parametrize(("limit", "blocked"), [(0.32, True), (0.34, False)])
def test_the_share_set_aside_decides(
    limit: float, blocked: bool, good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    broken = put(good["archive.captures"], "body_bytes", 1, [0])
    context = context_of(good, quarantine_share=limit)
    outcome = run_gate("fetch", parts_of("fetch", {**good, "archive.captures": broken}), context)
    assert ("alpha" in outcome.blocked_sources) is blocked
    assert len(outcome.quarantine) == 1


def unread(good: Tables, source: str) -> dict[str, pa.Table]:
    """The tables of the clean stage when nothing of a source could be read."""
    captures = good["archive.captures"].filter(pc.equal(good["archive.captures"].column("source_id"), source))
    versions = good["documents.documents"].filter(pc.equal(good["documents.documents"].column("source_id"), source))
    gone = versions.column("document_version_id")
    names = ("documents.documents", "documents.sentences", "documents.removals", "documents.links")
    tables = {
        name: good[name].filter(pc.invert(pc.is_in(good[name].column("document_version_id"), gone.combine_chunks())))
        for name in names
    }
    rejects = [
        {key: row[key] for key in ("capture_id", "source_id", "logical_date", "location")}
        | {"reason": "binary", "detail": "a PDF file"}
        for row in captures.to_pylist()
    ]
    others = good["documents.rejects"].filter(pc.not_equal(good["documents.rejects"].column("source_id"), source))
    added = pa.Table.from_pylist(rejects, schema=others.schema)
    return {**good, **tables, "documents.rejects": pa.concat_tables([others, added])}


def test_a_source_of_which_nothing_could_be_read_is_blocked_and_says_why(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    tables = unread(good, "beta")
    outcome = run_gate("clean", parts_of("clean", tables), context_of(good))
    assert not outcome.blocked
    assert list(outcome.blocked_sources) == ["beta"]
    assert "(binary: 1)" in outcome.blocked_sources["beta"]
    assert {part.partition.source_id for part in outcome.accepted} == {"alpha"}
    (row,) = outcome.quarantine.to_pylist()
    assert (row["rule"], row["reason"], row["source_id"]) == ("could_not_be_read", "binary: a PDF file", "beta")


def test_nothing_readable_at_all_blocks_and_every_capture_is_written_down(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    tables = unread(unread(good, "alpha"), "beta")
    outcome = run_gate("clean", parts_of("clean", tables), context_of(good))
    assert outcome.blocked
    assert outcome.accepted == []
    assert outcome.reason.startswith("every source is blocked: alpha: not one row of documents.documents")
    assert outcome.quarantine.column("rule").unique().to_pylist() == ["could_not_be_read"]
    assert len(outcome.quarantine) == len(good["archive.captures"])


def test_many_rejects_are_a_warning_and_the_good_documents_go_on(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    outcome = run_gate("clean", parts_of("clean", good), context_of(good, quarantine_share=0.3))
    (row,) = results(outcome, rule="rejected_share")
    assert (row["verdict"], row["severity"], row["observed"]) == ("failed", "warning", "alpha: 1 of 3")
    assert (outcome.blocked, outcome.blocked_sources) == (False, {})
    assert len(accepted(outcome, "documents.documents")) == 3


def undigested(good: Tables, stage: str, n: int) -> dict[str, pa.Table]:
    """The tables of a stage whose own rules failed on so many documents of alpha."""
    if stage == "clean":
        name, row = "documents.rejects", good["documents.rejects"].to_pylist()[0]
        rows = [row | {"capture_id": f"cap_{number}", "reason": "cleaning_failed"} for number in range(n)]
    else:
        name = "extracted.rejects"
        row = dict.fromkeys(good[name].column_names) | {
            "kind": "document",
            "rule_id": "extract",
            "proposed": "KeyError",
        }
        alpha = good["documents.documents"].to_pylist()[:n]
        assert {one["source_id"] for one in alpha} == {"alpha"}
        rows = [
            row | {key: one[key] for key in ("doc_id", "document_version_id")}
            | {"reject_id": make_id("rej", str(number)), "reason": "extraction_failed", "rules_hash": "r1"}
            for number, one in enumerate(alpha)
        ]  # fmt: skip
    return {**good, name: pa.Table.from_pylist(rows, schema=good[name].schema)}


@pytest.mark.parametrize(
    ("stage", "n", "blocked"), [("clean", 1, False), ("clean", 3, True), ("extract", 1, False), ("extract", 2, True)]
)
def test_documents_our_own_rules_failed_on_are_counted_and_too_many_block_their_source(
    stage: str, n: int, blocked: bool, good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    parts = parts_of(stage, undigested(good, stage, n))
    frames = {
        f"{contract.layer}.{contract.name}": stack(contract, [part for part in parts if part.contract is contract])
        for contract in STAGES[stage].tables
    }
    found = {one.rule: one for one in check_sources(stage, stage_of(stage), frames, good, 0.5)}
    every, most = found["rules_digest_every_document"], found["rules_digest_most_documents"]
    assert (every.verdict, every.severity, every.n_unexpected) == ("failed", "warning", n)
    assert (most.verdict, most.severity) == ("failed" if blocked else "passed", "critical")
    assert list(most.sources) == (["alpha"] if blocked else [])


def test_a_capture_that_became_nothing_blocks_its_source(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    tables = {**good, "documents.rejects": good["documents.rejects"].slice(0, 0)}
    outcome = run_gate("clean", parts_of("clean", tables), context_of(good))
    (row,) = results(outcome, rule="capture_accounted_for")
    assert (row["verdict"], row["n_unexpected"], row["observed"]) == ("failed", 1, "alpha: 1")
    assert list(outcome.blocked_sources) == ["alpha"]


def test_without_the_archive_the_clean_gate_is_broken_not_passed(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    outcome = run_gate("clean", parts_of("clean", good), context_of({}))
    broken = {row["rule"] for row in results(outcome, verdict="broken")}
    assert broken == {
        "capture_id_exists",
        "version_names_archived_bytes",
        "row_floor_of_source",
        "capture_accounted_for",
    }
    assert results(outcome, verdict="failed") == []
    assert outcome.blocked
    rules = outcome.quarantine.column("rule").unique().to_pylist()
    assert rules == ["could_not_be_read"], "a check that could not run says nothing about the rows"


def test_a_warning_is_reported_and_published(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    claims = put(good["extracted.claims"], "date_basis", None, [0])
    outcome = run_gate("extract", parts_of("extract", {**good, "extracted.claims": claims}), context_of(good))
    (row,) = results(outcome, verdict="failed")
    assert (row["rule"], row["severity"], row["n_unexpected"]) == ("date_has_basis", "warning", 1)
    assert not outcome.blocked
    assert len(accepted(outcome, "extracted.claims")) == len(claims)
    assert "date\\_has\\_basis" in outcome.markdown


def test_after_the_stages_over_everything_a_bad_row_blocks(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    pairs = put(good["documents.duplicates"], "containment", 1.5, [0])
    outcome = run_gate("link", parts_of("link", {**good, "documents.duplicates": pairs}), context_of(good))
    assert outcome.blocked
    assert outcome.accepted == []
    assert len(outcome.quarantine) == 0
    assert outcome.reason.startswith("documents.duplicates: containment_is_a_share failed")


def test_one_quote_that_is_not_in_its_text_blocks_the_release(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    evidence = good["curated.bridge_fact_evidence"]
    quote = evidence.column("quote")[0].as_py()
    broken = put(evidence, "quote", quote.replace("signed", "denied"), [0])
    outcome = run_gate("curate", parts_of("curate", {**good, "curated.bridge_fact_evidence": broken}), context_of(good))
    (row,) = results(outcome, verdict="failed")
    assert (row["rule"], row["n_unexpected"], row["n_rows"]) == ("quote_equals_text", 1, len(evidence))
    assert outcome.blocked


FLOORS = {
    "fetch": {"archive.captures"},
    "coverage": set(),
    "clean": {"documents.documents"},
    "link": set(),
    "extract": set(),
    "resolve": set(),
    "curate": {f"curated.{table.name}" for table in STAGES["curate"].tables if table.row_floor},
}


@pytest.mark.parametrize("stage", STAGES)
def test_empty_tables_fail_their_row_floor_and_crash_nothing(
    stage: str, good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    parts = [replace(part, table=part.table.slice(0, 0)) for part in parts_of(stage, good)]
    outcome = run_gate(stage, parts, context_of({name: table.slice(0, 0) for name, table in good.items()}))
    assert results(outcome, verdict="broken") == []
    floors = results(outcome, rule="row_floor", verdict="failed", severity="critical")
    assert {row["table_name"] for row in floors} == FLOORS[stage]
    assert outcome.blocked is bool(FLOORS[stage])


def test_one_empty_table_among_good_ones_blocks(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    parts = [
        replace(part, table=part.table.slice(0, 0)) if part.table_name == "archive.captures" else part
        for part in parts_of("fetch", good)
    ]
    outcome = run_gate("fetch", parts, context_of(good))
    assert [row["rule"] for row in results(outcome, verdict="failed")] == ["row_floor"]
    assert outcome.reason.startswith("archive.captures: row_floor failed (0 rows, at least 1 wanted)")


def test_a_table_that_is_not_handed_over_breaks_its_contract(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    parts = [part for part in parts_of("extract", good) if part.table_name != "extracted.rejects"]
    outcome = run_gate("extract", parts, context_of(good))
    (row,) = results(outcome, verdict="failed")
    assert (row["table_name"], row["rule"]) == ("extracted.rejects", "contract")
    assert row["observed"] == "the stage handed over no file of this table"
    assert outcome.blocked


def test_an_all_null_column_blocks(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    """A vocabulary is not broken by nulls, which is why a value must be there as well."""
    pairs = good["documents.duplicates"]
    nulls = pairs.set_column(pairs.schema.get_field_index("kind"), "kind", pa.nulls(len(pairs), pa.string()))
    outcome = run_gate("link", parts_of("link", {**good, "documents.duplicates": nulls}), context_of(good))
    assert {row["rule"] for row in results(outcome, verdict="failed")} == {"contract", "required_values_present"}
    assert outcome.blocked


# The rules that look at a confidence that is not there, or is no number.
DRIFTED = {"required_values_present", "confidence_is_a_probability", "right_more_often_than_not"}


@pytest.mark.parametrize("drift", ["missing", "type", "null-typed", "extra"])
def test_schema_drift_in_one_partition_is_named_with_column_and_partition(
    drift: str, good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    parts = parts_of("extract", good)
    drifted = [_drifted(part, drift) if _is_beta(part, "extracted.mentions") else part for part in parts]
    outcome = run_gate("extract", drifted, context_of(good))
    (row,) = results(outcome, table_name="extracted.mentions", rule="contract")
    assert row["verdict"] == "failed"
    assert "beta/2025-07-05: " in row["observed"]
    assert ("extra_column" if drift == "extra" else "confidence") in row["observed"]
    assert outcome.blocked
    broken = {row["rule"] for row in results(outcome, table_name="extracted.mentions", verdict="broken")}
    assert broken == (set() if drift == "extra" else DRIFTED)


def _is_beta(part: Part, table: str) -> bool:
    return part.table_name == table and part.partition is not None and part.partition.source_id == "beta"


def _drifted(part: Part, drift: str) -> Part:
    table = part.table
    position = table.schema.get_field_index("confidence")
    if drift == "extra":
        return replace(part, table=table.append_column("extra_column", pa.nulls(len(table), pa.string())))
    if drift == "missing":
        return replace(part, table=table.remove_column(position))
    values = pa.array(["high"] * len(table)) if drift == "type" else pa.nulls(len(table))
    return replace(part, table=table.set_column(position, "confidence", values))


def test_a_key_column_that_is_missing_leaves_a_report_not_a_crash(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    parts = [
        replace(part, table=put(part.table.drop_columns(["doc_id"]), "text_chars", 1, [0]))
        if part.table_name == "documents.documents"
        else part
        for part in parts_of("clean", good)
    ]
    outcome = run_gate("clean", parts, context_of(good))
    assert outcome.blocked
    assert "?|ver_" in results(outcome, rule="text_matches_length")[0]["examples"]
    assert results(outcome, rule="key_unique", table_name="documents.documents")[0]["verdict"] == "broken"


@pytest.mark.parametrize("error", [GreatExpectationsError("no batch"), RuntimeError("out of order"), KeyError("gone")])
def test_great_expectations_raising_is_a_broken_check_that_blocks(
    error: Exception, good: Tables, parts_of: Cut, context_of: MakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **more: object) -> object:
        raise error

    monkeypatch.setattr(Batch, "validate", fail)
    outcome = run_gate("link", parts_of("link", good), context_of(good))
    broken = results(outcome, verdict="broken")
    assert {row["rule"] for row in broken} == {rule.name for rule in catalogue.SUITES["documents.duplicates"].rules}
    assert all(type(error).__name__ in row["observed"] for row in broken)
    assert outcome.blocked
    assert outcome.accepted == []


def test_an_exception_inside_a_validation_is_a_broken_check(
    good: Tables, parts_of: Cut, context_of: MakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Great Expectations does not raise for a column it cannot find: it reports `success=False` with an exception."""
    monkeypatch.setattr(engine, "_own_columns", lambda rules, frame: {})
    outcome = run_gate("link", parts_of("link", good), context_of(good))
    broken = {row["rule"]: row["observed"] for row in results(outcome, verdict="broken")}
    assert set(broken) == {"key_unique"}
    assert 'The column "doc_id_a"' in broken["key_unique"]
    assert outcome.blocked


@pytest.mark.parametrize(
    ("unwell", "message"),
    [
        (lambda table, tables: tables["no.such_table"].column("x"), "KeyError: 'no.such_table'"),
        (lambda table, tables: pa.chunked_array([pa.nulls(1, pa.bool_())]), "no truth value for 1 of 1 rows"),
    ],
)
def test_a_broken_warning_is_reported_and_blocks_nothing(
    unwell: Derivation,
    message: str,
    good: Tables,
    parts_of: Cut,
    context_of: MakeContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suite = catalogue.SUITES["documents.duplicates"]
    rule = holds("unwell", unwell, "nobody would know that it is unwell", severity="warning")
    extended = TableSuite(suite.contract, (*suite.written, rule))
    monkeypatch.setattr(catalogue, "SUITES", {**catalogue.SUITES, suite.name: extended})
    outcome = run_gate("link", parts_of("link", good), context_of(good))
    (row,) = results(outcome, verdict="broken")
    assert row["observed"] == f"the check could not run: {message}"
    assert not outcome.blocked


@pytest.mark.parametrize(
    ("earlier", "collapsed", "exploded"),
    [([2, 2, 2], False, False), ([5, 4, 100], True, False), ([0, 0], False, True), ([1, 4], False, False)],
)
@pytest.mark.parametrize("name", ["fact_event", "curated.fact_event"])
def test_volume_is_compared_with_the_median_of_earlier_releases(
    name: str, earlier: list[int], collapsed: bool, exploded: bool, good: Tables
) -> None:
    """There are two events."""
    frame = stack(FACT_EVENT, [Part(FACT_EVENT, None, None, good["curated.fact_event"])])
    found = {one.rule: (one.verdict, one.severity) for one in check_volume(frame, STAGES["curate"], {name: earlier})}
    assert found == {
        "row_floor": ("passed", "critical"),
        "volume_not_collapsed": ("failed" if collapsed else "passed", "critical"),
        "volume_not_exploded": ("failed" if exploded else "passed", "warning"),
    }


@pytest.mark.parametrize(("earlier", "blocked"), [([5, 5], True), ([], False)])
def test_a_collapse_blocks(
    earlier: list[int], blocked: bool, good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    outcome = run_gate("link", parts_of("link", good), context_of(good, history={"duplicates": earlier}))
    assert outcome.blocked is blocked
    assert ("volume_not_collapsed" in outcome.reason) is blocked


def test_five_examples_and_the_full_count(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    mentions = good["extracted.mentions"]
    broken = put(mentions, "confidence", -1.0, list(range(len(mentions))))
    outcome = run_gate("extract", parts_of("extract", {**good, "extracted.mentions": broken}), context_of(good))
    (row,) = results(outcome, table_name="extracted.mentions", rule="confidence_is_a_probability")
    assert row["n_unexpected"] == len(mentions) > 5
    assert len(json.loads(str(row["examples"]))) == 5
    assert row["observed"] == "alpha/2025-07-04: 20, beta/2025-07-05: 3"


HOSTILE = "<script>alert(1)</script>|x|\n# h\r\n![i](http://evil.example/p) `c` \u202etxt\x1b[31m [a](javascript:x) @me"
UNESCAPED = re.compile(r"(?<!\\)[`\[\]()!:@*~<>{}\x00-\x1f\u202e]")


def test_hostile_text_reaches_the_report_as_text_only(good: Tables, parts_of: Cut, context_of: MakeContext) -> None:
    duplicates = put(good["documents.duplicates"], "kind", HOSTILE, [0])
    duplicates = put(duplicates, "doc_id_a", HOSTILE, [0])
    outcome = run_gate("link", parts_of("link", {**good, "documents.duplicates": duplicates}), context_of(good))
    assert "script" in outcome.markdown, "the report must show what was found"
    assert "evil" in outcome.markdown
    title, *others = outcome.markdown.splitlines()
    assert title == "# Gate after link: blocked"
    assert not [line for line in others if line.startswith(("#", ">", "-", "!"))]
    assert {line.count("|") for line in others if line.startswith("|")} == {9}
    data = [line for line in others if line.startswith("| documents")]
    assert data
    assert [UNESCAPED.search(line) for line in data] == [None] * len(data)


def test_an_unknown_stage_or_table_is_a_configuration_error(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    with pytest.raises(ConfigurationError, match="no gate stands"):
        run_gate("publish", [], context_of(good))
    with pytest.raises(ConfigurationError, match=r"archive\.captures"):
        run_gate("clean", [*parts_of("clean", good), *parts_of("fetch", good)], context_of(good))


def test_a_missing_day_of_publication_is_lawful_and_a_future_one_is_set_aside(
    good: Tables, parts_of: Cut, context_of: MakeContext
) -> None:
    documents = put(good["documents.documents"], "published_on", date(2026, 1, 1), [0])
    outcome = run_gate("clean", parts_of("clean", {**good, "documents.documents": documents}), context_of(good))
    rules = [row["rule"] for row in outcome.quarantine.to_pylist() if row["rule"] != "taken_along"]
    assert rules == ["published_in_time"]
    assert None in accepted(outcome, "documents.documents").column("published_on").to_pylist()


def test_importing_the_entry_does_not_import_great_expectations() -> None:
    code = "import sys, expectations.entry; sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
