"""Every rule of every suite passes on a good frame and fails on a bad one.

`BREAKERS` says for each rule how to break it. A rule without a breaker fails here: none can be added that cannot fail.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from great_expectations.core.id_dict import IDDict
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations import engine
from expectations.engine import evaluate
from expectations.frames import Frame, stack
from expectations.results import RuleResult
from expectations.rules import TableSuite
from expectations.stages import STAGES
from expectations.suites.catalogue import SUITES
from warehouse.staging import Part
from warehouse.tables import contract_of

Tables = Mapping[str, pa.Table]
Breaker = Callable[[pa.Table, Tables], pa.Table | dict[str, pa.Table]]

NOBODY = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
LATE = date(2090, 1, 1)


def joined(*tables: pa.Table) -> pa.Table:
    """Stack tables that differ in what may be null."""
    return pa.concat_tables(tables, promote_options="default")


def put(column: str, value: object, where: tuple[str, object] | None = None) -> Breaker:
    """Put a value into the first row, or into the first row in which another column has a value."""

    def broken(table: pa.Table, tables: Tables) -> pa.Table:
        row = 0 if where is None else table.column(where[0]).to_pylist().index(where[1])
        values = table.column(column).to_pylist()
        values[row] = value
        field = pa.field(column, table.schema.field(column).type)
        return table.set_column(table.schema.get_field_index(column), field, pa.array(values, field.type))

    return broken


def each(**values: object) -> Breaker:
    """Put several values into the first row."""

    def broken(table: pa.Table, tables: Tables) -> pa.Table:
        for column, value in values.items():
            table = put(column, value)(table, tables)
        return table

    return broken


def without(column: str, value: object) -> Breaker:
    """Take out the rows in which a column has a value."""
    return lambda table, tables: table.filter(pc.fill_null(pc.not_equal(table.column(column), value), True))


def again(**changes: object) -> Breaker:
    """Add the first row once more, with changes."""

    def broken(table: pa.Table, tables: Tables) -> pa.Table:
        return joined(table, each(**changes)(table.slice(0, 1), tables))

    return broken


def elsewhere(name: str, breaker: Breaker) -> Breaker:
    """Break another table that the rule looks at."""
    return lambda table, tables: {name: breaker(tables[name], tables)}


def emptied(name: str) -> Breaker:
    return elsewhere(name, lambda table, tables: table.slice(0, 0))


def swapped(column: str, other: str) -> Breaker:
    """Exchange two values of the first row."""
    return lambda table, tables: each(
        **{column: table.column(other)[0].as_py(), other: table.column(column)[0].as_py()}
    )(table, tables)


def damaged(words: str) -> Breaker:
    return lambda table, tables: put("text", table.column("text")[0].as_py() + words)(table, tables)


def five_parties(table: pa.Table, tables: Tables) -> dict[str, pa.Table]:
    """One treaty of five instead of four protocols of two."""
    parties = tables["resolved.instrument_parties"]
    others = [
        one
        for one, kind in zip(*_columns(tables["resolved.entities"], "entity_id", "kind"), strict=True)
        if kind != "instrument"
    ]
    more = [again(party_entity_id=other)(parties, tables).slice(len(parties)) for other in others]
    return {"resolved.instrument_parties": joined(parties, *more)}


def twin_event(table: pa.Table, tables: Tables) -> dict[str, pa.Table]:
    """A second event of the same type, day and country with the same parties."""
    event = table.column("event_id")[0].as_py()
    twin = f"evt_{NOBODY}"
    bridge = tables["curated.bridge_event_party"]
    parties = bridge.filter(pc.equal(bridge.column("event_id"), event))
    values = pa.array([twin] * len(parties), pa.string())
    copied = parties.set_column(0, bridge.schema.field("event_id"), values)
    return {
        "curated.fact_event": again(event_id=twin)(table, tables),
        "curated.bridge_event_party": joined(bridge, copied),
    }


def both_ways(table: pa.Table, tables: Tables) -> pa.Table:
    first, second = (table.column(name)[0].as_py() for name in ("doc_id_a", "doc_id_b"))
    return again(doc_id_a=second, doc_id_b=first)(table, tables)


def reject_a_document(table: pa.Table, tables: Tables) -> pa.Table:
    return put("capture_id", tables["documents.documents"].column("capture_id")[0].as_py())(table, tables)


def circle(table: pa.Table, tables: Tables) -> pa.Table:
    """Two redirects that lead to one another."""
    ids, statuses = _columns(table, "id", "status")
    one, two = (name for name, status in zip(ids, statuses, strict=True) if status == "redirected")
    return put("redirect_to", one, ("id", two))(table, tables)


def _columns(table: pa.Table, *names: str) -> list[list[object]]:
    return [table.column(name).to_pylist() for name in names]


def generic(suite: TableSuite, rule: str) -> Breaker | None:
    """Return how to break a rule that follows from the contract."""
    contract = suite.contract
    if rule == "required_values_present":
        return put(next(column.name for column in contract.columns if not column.nullable), None)
    if rule == "coded_values_known":
        return put(next(column.name for column in contract.columns if column.values), "zzz")
    if rule == "ids_well_formed":
        names = [name for name in contract.column_names if name.endswith("_id")]
        own = {"source_id", "external_id", "reference_id", "rule_id", "run_id", "founding_id"}
        return put(next(name for name in names if name not in own), "Evt-1")
    if rule == "counts_not_negative":
        return put(next(name for name in contract.column_names if name.startswith("n_")), -1)
    if rule == "key_unique":
        return again()
    if rule.endswith("_exists") and rule.removesuffix("_exists") in contract.column_names:
        return _dangling(suite, rule.removesuffix("_exists"))
    return GENERIC.get(rule)


def _dangling(suite: TableSuite, column: str) -> Breaker:
    if suite.contract.column(column).type == "int32":
        return put(column, 19000101)
    return put(column, {"country_code": "QQ", "event_type": "landing"}.get(column, f"ent_{NOBODY}"))


GENERIC: dict[str, Breaker] = {
    "country_code_well_formed": put("country_code", "LTU"),
    "confidence_is_a_probability": put("confidence", float("nan")),
    "right_more_often_than_not": put("confidence", 0.49),
    "row_in_its_partition": put("logical_date", date(2024, 1, 1)),
    "start_on_not_after_end_on": put("start_on", LATE),
    "date_start_not_after_date_end": put("date_start", LATE, ("kind", "date")),
    "document_exists": put("document_version_id", f"ver_{NOBODY}"),
    "name_not_blank": put("name", " \n"),
    "dates_plausible": put("start_on", date(1, 1, 1)),
    "days_both": put("end_on", None),
    "date_has_basis": put("date_basis", None),
    "quantity_plausible": put("value_max", float("inf")),
    "person_name_plausible": put("name", "zzzzzz Zzz", ("kind", "person")),
    "currency_well_formed": put("currency", "euro"),
    "documents_not_above_claims": put("n_documents", 99),
    "sources_not_above_documents": put("n_independent_sources", 99),
    "happened_before_newest_document": each(start_on=date(2030, 1, 1), end_on=date(2030, 1, 1)),
    "reason_is_a_code": put("reason", "Because <b>"),
    "quote_equals_text": put("start", 1),
    "mention_equals_text": put("text", "Latvia"),
    "id_is_active": elsewhere("resolved.id_registry", put("status", "retired")),
    "redirect_leads_to_a_live_id": circle,
    "inactive_ids_say_why": put("reason", None, ("status", "redirected")),
    "fact_has_evidence": emptied("curated.bridge_fact_evidence"),
    "body_starts_within": put("body_start", 100_000),
    "url_is_http": put("url", "javascript:alert(1)"),
    "key_is_the_day": put("date_key", 20250101),
}
BREAKERS: dict[str, dict[str, Breaker]] = {
    "archive.captures": {
        "body_matches_hash": put("body", b"other bytes"),
        "body_matches_length": put("body_bytes", 1),
        "body_not_empty": each(body=b"", body_bytes=0),
        "http_status_is_success": put("http_status", 404),
        "retrieved_in_the_age_of_the_web": put("retrieved_at", datetime(1970, 1, 1, tzinfo=UTC)),
        "place_named": put("location", " "),
        "listed_day_has_its_list": put("listed_on", date(2024, 5, 3)),
    },
    "archive.fetches": {
        "outcome_is_explained": put("reason", None, ("outcome", "failed")),
        "attempt_counted": put("attempt", 0),
    },
    "archive.coverage": {
        "expected_pages_came": put("n_expected", 3),
        "source_not_silent": put("silent_days", 8),
        "source_not_lost": put("silent_days", 29),
        "interval_in_order": put("interval_start", date(2025, 7, 9)),
    },
    "documents.documents": {
        "text_not_empty": put("text", " \n"),
        "text_matches_hash": put("text_sha256", "0" * 64),
        "text_matches_length": put("text_chars", 3),
        "body_starts_within": put("body_start", -1),
        "title_opens_text": put("title", "Another headline"),
        "title_length_plausible": put("title", "x"),
        "published_in_time": put("published_on", date(2025, 7, 6)),
        "day_or_reason": put("published_on_reason", None, ("published_on", None)),
        "language_confidence_is_a_probability": put("language_confidence", 1.5),
        "replacement_characters_rare": damaged("\ufffd" * 9),
        "mojibake_rare": damaged(" PetroviÄ‡ â€“ Å½ivko"),
        "no_damaged_letters": damaged("\ufffd"),
        "doc_id_reproducible": put("canonical_url", "https://other.example/"),
        "version_names_archived_bytes": elsewhere("archive.captures", put("body", b"other bytes")),
        "document_has_sentences": emptied("documents.sentences"),
    },
    "documents.sentences": {
        "sentence_equals_text": put("end", 5),
        "sentence_id_reproducible": put("occurrence", 1),
        "sentences_in_order": put("ordinal", 7),
        "sentence_length_plausible": put("text", "x" * 2001),
    },
    "documents.removals": {
        "raw_offsets_both": put("raw_end", None),
        "raw_start_not_after_raw_end": swapped("raw_start", "raw_end"),
        "removed_something": put("text", "\u00a0"),
    },
    "documents.links": {
        "target_named": put("target_url", None),
        "target_url_is_http": put("target_url", "javascript:alert(1)"),
    },
    "documents.rejects": {
        "detail_given": put("detail", ""),
        "rejected_is_no_document": reject_a_document,
    },
    "documents.duplicates": {
        "containment_is_a_share": put("containment", 1.2),
        "sentences_are_shared": put("n_shared_sentences", 0),
        "pair_stands_once": both_ways,
    },
    "extracted.mentions": {
        "things_are_named": put("name", None, ("kind", "place")),
        "date_mention_says_when": put("date_precision", None, ("kind", "date")),
        "dates_plausible": put("date_start", date(1, 1, 1), ("kind", "date")),
        "days_both": put("date_end", None, ("kind", "date")),
        "quantity_plausible": put("value_max", float("inf"), ("kind", "quantity")),
        "currency_well_formed": put("currency", "euro", ("kind", "quantity")),
        "money_has_one_currency": put("currency", "USD", ("unit", "EUR")),
    },
    "extracted.claims": {
        "date_start_not_after_date_end": put("date_start", LATE),
        "quote_equals_text": put("quote", "Somebody signed something."),
        "trigger_equals_text": put("trigger_text", "denied"),
        "trigger_within_quote": put("trigger_start", 0),
        "type_fits_kind": put("claim_kind", "relation"),
        "dates_plausible": put("date_start", date(1, 1, 1)),
        "days_both": put("date_end", None),
        "happened_before_its_document": each(date_start=LATE, date_end=LATE),
        "claim_has_argument": emptied("extracted.claim_arguments"),
    },
    "extracted.claim_arguments": {
        "argument_equals_text": put("text", "Latvia"),
        "argument_is_its_mention": put("end", 99),
    },
    "extracted.rejects": {
        "candidate_equals_text": put("start", 0),
        "refused_words_are_given": each(start=None, end=None, text=None, sentence_id=None),
    },
    "extracted.topics": {"topic_words_equal_text": put("start", 0)},
    "extracted.votes": {"target_exists": put("target_id", f"clm_{NOBODY}")},
    "resolved.entities": {
        "entity_named": put("name", ""),
        "affiliation_exists": put("affiliation_entity_id", f"ent_{NOBODY}"),
        "documents_not_above_mentions": put("n_documents", 99),
        "derived_instrument_has_two_parties": five_parties,
        "bilateral_kind_has_two_parties": five_parties,
    },
    "resolved.entity_aliases": {"alias_not_blank": put("alias", " ")},
    "resolved.events": {
        "id_is_active": elsewhere("resolved.id_registry", put("status", "retired", ("kind", "event"))),
        "event_has_claim": emptied("resolved.event_claims"),
        "event_has_one_primary_claim": elsewhere("resolved.event_claims", put("evidence_role", "contradicting")),
        "claims_counted": put("n_claims", 7),
        "event_has_party": emptied("resolved.event_parties"),
        "place_is_a_place": elsewhere("resolved.entities", put("kind", "person", ("name", "Vilnius"))),
        "project_is_a_project": elsewhere("resolved.entities", put("kind", "place", ("kind", "project"))),
    },
    "resolved.event_parties": {
        "party_can_act": elsewhere("resolved.entities", put("kind", "place", ("name", "Lithuania"))),
    },
    "resolved.event_instruments": {
        "instrument_is_an_instrument": elsewhere("resolved.entities", put("kind", "place", ("kind", "instrument"))),
    },
    "resolved.instrument_parties": {
        "instrument_is_an_instrument": elsewhere("resolved.entities", put("kind", "place", ("kind", "instrument"))),
        "party_can_be_bound": elsewhere("resolved.entities", put("kind", "project", ("name", "Kosovo"))),
    },
    "resolved.relations": {
        "object_is_a_project": elsewhere("resolved.entities", put("kind", "person", ("kind", "project"))),
        "subject_can_act": elsewhere("resolved.entities", put("kind", "place", ("name", "Norway"))),
        "relation_has_claim": emptied("resolved.relation_claims"),
        "relation_id_once": again(relation_type="project_implementation"),
    },
    "resolved.quantities": {
        "quantity_has_mention": emptied("resolved.quantity_mentions"),
        "qualifier_known": put("qualifier", "roughly"),
    },
    "resolved.judgements": {
        "smaller_id_first": swapped("left_id", "right_id"),
        "score_is_a_share": put("score", -0.1),
        "reason_given": put("reason", ""),
    },
    "curated.dim_date": {
        "unknown_member_exists": without("date_key", 0),
        "calendar_agrees": put("weekday", 7, ("month", 5)),
    },
    "curated.dim_country": {
        "unknown_member_exists": without("country_code", "ZZ"),
        "code3_well_formed": put("country_code3", "xkx"),
        "membership_in_order": put("eu_member_until_on", date(1999, 1, 1), ("country_code", "LT")),
        "western_balkan_six_present": without("country_code", "XK"),
    },
    "curated.dim_place": {"unknown_member_exists": without("place_id", "ent_unknown")},
    "curated.dim_organisation": {"unknown_member_exists": without("organisation_id", "ent_unknown")},
    "curated.dim_person": {
        "unknown_member_exists": without("person_id", "ent_unknown"),
        "person_name_plausible": put("name", "+387 33 123"),
    },
    "curated.dim_collective": {"unknown_member_exists": without("collective_id", "ent_unknown")},
    "curated.dim_instrument": {
        "unknown_member_exists": without("instrument_id", "ent_unknown"),
        "parties_counted": put("n_parties", 5),
    },
    "curated.dim_project": {"unknown_member_exists": without("project_id", "ent_unknown")},
    "curated.dim_source": {
        "unknown_member_exists": without("source_id", "unknown"),
        "gap_has_reason": put("gap_reason", None, ("is_gap", True)),
        "first_not_after_last": put("first_retrieved_at", datetime(2090, 1, 1, tzinfo=UTC)),
    },
    "curated.dim_document": {
        "unknown_member_exists": without("document_version_id", "ver_unknown"),
        "published_key_is_the_day": put("published_date_key", 0),
        "one_current_version": again(document_version_id=f"ver_{NOBODY}"),
        "version_names_its_bytes": put("body_sha256", "0" * 64),
        "most_days_of_publication_known": lambda table, tables: table.set_column(
            table.schema.get_field_index("published_on"), "published_on", pa.nulls(len(table), pa.date32())
        ),
    },
    "curated.document_text": {
        "text_matches_its_document": put("text", "Another text."),
        "year_is_that_of_its_document": put("year", 1999),
    },
    "curated.dim_event_type": {
        "unknown_member_exists": without("event_type", "unknown"),
        "type_defined": put("definition", " "),
    },
    "curated.dim_topic": {
        "unknown_member_exists": without("topic", "unknown"),
        "topic_defined": put("label", ""),
    },
    "curated.dim_rule": {
        "unknown_member_exists": without("rule_id", "unknown"),
        "right_not_above_judged": put("n_right", 9),
        "reliability_is_a_probability": put("reliability", 1.5),
        "rule_was_measured": put("basis", "prior"),
    },
    "curated.dim_role_spell": {
        "unknown_member_exists": without("role_spell_id", "rsp_unknown"),
        "office_named": put("office", " "),
        "spell_in_order": put("valid_from_on", date(2026, 1, 1)),
        "attested_in_order": put("first_attested_on", date(2026, 1, 1)),
    },
    "curated.bridge_collective_member": {"membership_in_order": put("valid_from_on", date(2021, 1, 1))},
    "curated.fact_pledge": {
        "pledge_agrees_with_its_event": put("status", "cancelled"),
        "number_has_its_unit": put("unit", None, ("kind", "people")),
        "undertaking_has_no_number": put("kind", "undertaking", ("kind", "people")),
        "value_in_order": put("value_min", 60.0, ("kind", "people")),
        "cycle_has_its_basis": put("cycle_basis", None),
        "pledge_is_not_its_own_revision": put("is_latest", True),
    },
    "curated.fact_instrument_status": {
        "step_agrees_with_its_event": put("status", "cancelled"),
        "event_is_about_the_instrument": emptied("curated.bridge_event_instrument"),
        "rank_is_of_the_step": put("step_rank", 6),
    },
    "curated.fact_statement": {
        "speaker_is_a_party": put("role", "appointee"),
        "speaker_named": put("speaker_name", " "),
    },
    "curated.fact_event": {
        "start_key_is_the_day": put("start_date_key", 0),
        "end_key_is_the_day": put("end_date_key", 20250702),
        "event_told_once": twin_event,
    },
    "curated.bridge_event_party": {
        "party_in_its_dimension": put("party_kind", "person"),
        "party_named": put("party_name", ""),
    },
    "curated.bridge_role_candidate": {
        "stands_for_a_party": put("role", "appointee"),
        "candidate_is_no_party": swapped("person_id", "party_id"),
        "held_on_a_day_of_the_event": put("held_from_on", date(2031, 1, 1)),
        "candidate_named": put("candidate_name", ""),
        "candidates_counted": put("n_candidates", 2),
    },
    "curated.fact_funding": {"relation_names_its_sides": put("country_code", "ZZ")},
    "curated.fact_mention": {"thing_leads_to_entity": put("entity_id", None)},
    "curated.fact_claim": {"claim_tells_an_event": put("event_id", None)},
    "curated.bridge_fact_evidence": {
        "fact_exists": put("fact_table", "fact_quantity"),
        "claim_is_published": emptied("curated.fact_claim"),
        "mention_is_published": emptied("curated.fact_mention"),
    },
}


def breaker_of(table: str, rule: str) -> Breaker | None:
    return BREAKERS.get(table, {}).get(rule) or generic(SUITES[table], rule)


STAGE_OF = {
    f"{contract.layer}.{contract.name}": stage
    for stage, plan in STAGES.items()
    for contract in (*plan.tables, *plan.optional)
}
ALL_RULES = [(table, rule.name) for table, suite in SUITES.items() for rule in suite.rules]


def frame_of(table: str, tables: Tables, parts_of: Callable[..., list[Part]]) -> Frame:
    return stack(contract_of(*table.split(".")), parts_of(STAGE_OF[table], tables, table))


@pytest.fixture(scope="module")
def passing(good: Tables, parts_of: Callable[..., list[Part]]) -> dict[tuple[str, str], RuleResult]:
    """The result of every rule on good frames: one validation a table."""
    results = [one for table, suite in SUITES.items() for one in evaluate(suite, frame_of(table, good, parts_of), good)]
    return {(one.table_name, one.rule): one for one in results}


@pytest.mark.parametrize(("table", "rule"), ALL_RULES, ids=[f"{table}: {rule}" for table, rule in ALL_RULES])
def test_rule_passes_on_good_rows_and_fails_on_bad_ones(
    table: str,
    rule: str,
    good: Tables,
    passing: Mapping[tuple[str, str], RuleResult],
    parts_of: Callable[..., list[Part]],
) -> None:
    assert passing[table, rule].verdict == "passed", passing[table, rule].observed
    assert passing[table, rule].n_rows > 0, "the good frame has no row to judge"
    breaker = breaker_of(table, rule)
    assert breaker is not None, f"write in BREAKERS how to break {table}: {rule}"
    changed = breaker(good[table], good)
    broken = {**good, **(changed if isinstance(changed, dict) else {table: changed})}

    (result,) = evaluate(SUITES[table], frame_of(table, broken, parts_of), broken, only={rule})

    assert result.verdict == "failed", result.observed
    if SUITES[table].rule(rule).row_level:
        assert result.n_unexpected > 0
        assert len(result.examples) == min(result.n_unexpected, 5)


def test_what_is_made_once_gives_the_same_results(
    good: Tables, parts_of: Callable[..., list[Part]], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, rule = ALL_RULES[0]
    breaker = breaker_of(table, rule)
    assert breaker is not None
    changed = breaker(good[table], good)
    broken = {**good, **(changed if isinstance(changed, dict) else {table: changed})}
    n_made = 0
    plain: property = vars(Expectation)["configuration"]

    def counted(expectation: Expectation) -> object:
        nonlocal n_made
        n_made += 1
        return plain.__get__(expectation)

    n_hashed = 0
    hash_arguments = IDDict.to_id

    def counted_id(arguments: IDDict, *keys: object) -> object:
        nonlocal n_hashed
        n_hashed += 1
        return hash_arguments(arguments, *keys)

    counting = property(counted)
    monkeypatch.setattr(Expectation, "configuration", counting)
    monkeypatch.setattr(IDDict, "to_id", counted_id)
    once = evaluate(SUITES[table], frame_of(table, broken, parts_of), broken)
    n_once, n_made, n_hashed_once, n_hashed = n_made, 0, n_hashed, 0
    assert vars(Expectation)["configuration"] is counting, "Great Expectations is left as it was"
    assert vars(IDDict)["to_id"] is counted_id
    monkeypatch.setattr(engine, "_made_once", nullcontext)
    assert evaluate(SUITES[table], frame_of(table, broken, parts_of), broken) == once
    assert {result.verdict for result in once} == {"passed", "failed"}
    assert n_once * 3 < n_made
    assert n_hashed_once * 3 < n_hashed


def test_an_id_made_once_tells_apart_what_python_calls_equal() -> None:
    arguments = [{"column": value, "limit": limit} for value in ("1", 1, True, None) for limit in (None, "None")]
    plain = [IDDict(each).to_id() for each in arguments]
    with engine._made_once():
        assert [IDDict(each).to_id() for each in arguments for _ in "12"] == [one for one in plain for _ in "12"]
    assert len(set(plain)) == len(plain)


def test_a_rule_made_once_follows_the_arguments_of_its_configuration() -> None:
    plain = vars(ExpectationConfiguration)["to_domain_obj"]
    configuration = SUITES["documents.documents"].rules[0].expectation.configuration
    assert configuration.to_domain_obj() is not configuration.to_domain_obj()
    with engine._made_once():
        rule = configuration.to_domain_obj()
        assert rule == plain(configuration)
        assert configuration.to_domain_obj() is rule
        configuration.kwargs["catch_exceptions"] = not rule.catch_exceptions
        assert configuration.to_domain_obj() == plain(configuration) != rule
    assert vars(ExpectationConfiguration)["to_domain_obj"] is plain, "Great Expectations is left as it was"


def test_no_breaker_is_left_over() -> None:
    assert {(table, rule) for table, rules in BREAKERS.items() for rule in rules} <= set(ALL_RULES)


def test_every_table_of_every_stage_has_a_suite_and_every_suite_a_stage() -> None:
    assert set(STAGE_OF) == set(SUITES)


def test_every_rule_names_severity_and_consequence() -> None:
    for table, suite in SUITES.items():
        for rule in suite.rules:
            meta = rule.expectation.meta or {}
            assert set(meta) == {"rule", "severity", "consequence", "row_level"}, (table, rule.name)
            assert meta["severity"] == rule.expectation.severity.value
            assert len(meta["consequence"].split()) > 3, (table, rule.name)
