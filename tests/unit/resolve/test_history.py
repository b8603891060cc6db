"""Which ids stay as they are: over shuffling, days, corrections, merges, splits, and with the registry of before."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.resolve.newsroom import Newsroom, Resolved, Row
from tests.unit.resolve.stories import budva, protocols, sarajevo
from warehouse.contract_check import check_contract
from warehouse.tables import contract_of
from warehouse.tables.resolved import TABLES

PUBLISHED = ("events", "entities", "quantities", "id_registry")


def told() -> Newsroom:
    """Four stories over several days, one of them copied, one corrected later."""
    newsroom = Newsroom()
    sarajevo(newsroom, "2025-02-10")
    budva(newsroom, "2025-05-20")
    first = protocols(newsroom, "first", "2025-07-04")
    second = protocols(newsroom, "second", "2025-07-05")
    newsroom.copy(first, second)
    protocols(
        newsroom, "first", "2025-07-07",
        title="Lithuania signs readmission protocols with Bosnia and Herzegovina, North Macedonia, Kosovo, Montenegro",
    )  # fmt: skip
    return newsroom


def equal(left: Resolved, right: Resolved) -> None:
    for name, table in left.tables.items():
        assert table.equals(right.tables[name]), name


def ids(resolved: Resolved, table: str = "events") -> set[str]:
    key = {"events": "event_id", "entities": "entity_id", "quantities": "quantity_id", "id_registry": "id"}[table]
    return {row[key] for row in resolved[table]}


def test_the_tables_keep_their_contracts():
    for name, table in told().resolve().tables.items():
        assert check_contract(contract_of("resolved", name), table) == []
        key = contract_of("resolved", name).key
        assert table.equals(table.sort_by([(column, "ascending") for column in key])), name


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers())
def test_the_order_of_rows_does_not_matter(seed):
    equal(told().resolve(), told().resolve(seed=seed))


def test_daily_runs_and_one_rebuild_give_the_same_tables():
    equal(told().daily(), told().resolve())


def test_a_second_run_changes_nothing():
    newsroom = told()
    once = newsroom.resolve()
    equal(once, newsroom.resolve(prior=once))


def test_every_claim_and_mention_rests_under_an_id():
    resolved = told().resolve()
    evidence = {row["evidence_id"] for row in resolved["registry_evidence"]}
    claims = {row["claim_id"] for row in resolved["event_claims"]}
    mentions = {row["mention_id"] for row in resolved["entity_mentions"]}
    assert claims | mentions <= evidence
    active = {row["id"] for row in resolved["id_registry"] if row["status"] == "active"}
    assert active == {row["id"] for row in resolved["registry_evidence"]} == ids(resolved) | ids(resolved, "entities")


def test_one_more_document_changes_no_id():
    newsroom = told()
    before = newsroom.resolve()
    page = newsroom.page(
        "other", "Training in Valletta", "Officers of Malta trained in Valletta.", captured="2025-07-01"
    )
    page.claim("training", "trained", ("participant", page.state("Malta", "MT")), date="2025-06-20")
    for after in (newsroom.resolve(), newsroom.resolve(prior=before)):
        for table in PUBLISHED:
            assert ids(before, table) < ids(after, table) or ids(before, table) == ids(after, table) == set()


def test_a_corrected_headline_keeps_every_id():
    newsroom = Newsroom()
    protocols(newsroom, "first", "2025-07-04", title=TYPO)
    before = newsroom.resolve()
    protocols(newsroom, "first", "2025-07-07")
    for after in (newsroom.resolve(), newsroom.resolve(prior=before)):
        assert [ids(before, table) for table in PUBLISHED] == [ids(after, table) for table in PUBLISHED]
        assert {row["status"] for row in after["id_registry"]} == {"active"}


TYPO = "Lithuania signs readmission protocols with Bosnia and Herzegovina, North Macedonia, Kosovo and Montenegro zz"


def test_a_corrected_typo_in_the_only_sentence_keeps_the_ids():
    newsroom = Newsroom()
    for captured, name in (("2025-07-01", "Johan Sattler"), ("2025-07-02", "Johann Sattler")):
        page = newsroom.page("a", "News", f"The centre at Lipa was opened by {name} for 250 people.", captured=captured)
        people = page.mention("250", "quantity", value_min=250.0, unit="people")
        page.claim(
            "opening", "opened", ("speaker", page.person(name)), ("quantity", people), place=page.place("Lipa", "BA")
        )
    before, after = newsroom.resolve(until="2025-07-01"), newsroom.resolve()
    assert [ids(before, table) for table in PUBLISHED] == [ids(after, table) for table in PUBLISHED]
    assert before["events"][0]["founding_claim_id"] != after["events"][0]["founding_claim_id"]


def opening(newsroom: Newsroom, name: str, captured: str, when: str = "2021-11-19", **given: str) -> Row:
    page = newsroom.page(
        name, f"News of {name}", f"The centre at Lipa opened its doors on {when} ({name}).", captured=captured
    )
    return page.claim(
        "opening", "opened", ("host", page.state("Lipa", "BA", name="Bosnia and Herzegovina")), date=when,
        place=page.place("Lipa", "BA"), **given,
    )  # fmt: skip


def test_a_merge_keeps_the_older_id_and_redirects_the_other():
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20", when="2021-11-19")
    opening(newsroom, "b", "2021-11-21", when="2021-11-24")
    apart = newsroom.resolve()
    events = sorted((apart.registry(row["event_id"]) for row in apart["events"]), key=lambda row: row["minted_on"])
    older, younger = events
    # The second document is corrected: it was the same day.
    opening(newsroom, "b", "2021-11-22", when="2021-11-19")
    for merged in (newsroom.resolve(), newsroom.resolve(prior=apart), newsroom.daily()):
        assert ids(merged) == {older["id"]}
        sent = merged.registry(younger["id"])
        assert (sent["status"], sent["redirect_to"]) == ("redirected", older["id"])
        assert "same event" in sent["reason"]


def test_a_split_mints_an_id_for_the_part_without_the_founding_claim():
    newsroom = Newsroom()
    founding = opening(newsroom, "a", "2021-11-20")
    other = opening(newsroom, "b", "2021-11-21")
    together = newsroom.resolve()
    assert len(ids(together)) == 1
    other["date_start"] = other["date_end"] = other["date_start"].replace(day=25)
    split = newsroom.resolve(prior=together)
    assert split.event_of(founding)["event_id"] in ids(together)
    assert split.event_of(other)["event_id"] not in ids(together)


def test_an_id_comes_back_when_its_founding_claim_stands_alone_again():
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20")
    other = opening(newsroom, "b", "2021-11-21", when="2021-11-25")
    apart = newsroom.resolve()
    day = other["date_start"]
    other["date_start"] = other["date_end"] = day.replace(day=19)
    merged = newsroom.resolve(prior=apart)
    other["date_start"] = other["date_end"] = day
    again = newsroom.resolve(prior=merged)
    assert len(ids(merged)) == 1
    assert ids(again) == ids(apart)
    assert {row["status"] for row in again["id_registry"]} == {"active"}


def test_what_is_told_no_more_is_retired_with_its_reason():
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20")
    before = newsroom.resolve()
    newsroom.page("a", "News of a", "Nothing of the kind took place.", captured="2021-11-22")
    for after in (newsroom.resolve(), newsroom.resolve(prior=before)):
        assert after["events"] == after["entities"] == []
        reasons = {row["kind"]: row["reason"] for row in after["id_registry"]}
        assert {row["status"] for row in after["id_registry"]} == {"retired"}
        assert reasons["event"] == "its sentence is gone from the current version of the document"
        assert reasons["place"] == "no current document names it any more"


def test_a_claim_that_is_read_otherwise_says_so():
    newsroom = Newsroom()
    claim = opening(newsroom, "a", "2021-11-20")
    before = newsroom.resolve()
    claim["claim_type"] = "visit"
    claim["claim_id"] = "clm_" + "a" * 26
    newsroom.pages[0].rows["extracted.claim_arguments"].clear()
    after = newsroom.resolve(prior=before)
    [retired] = [row for row in after["id_registry"] if row["status"] == "retired"]
    assert retired["reason"] == "its sentence stands, but is read otherwise now"
    assert [row["event_type"] for row in after["events"]] == ["visit"]


def test_new_rules_keep_the_ids_of_what_the_sentences_tell():
    newsroom = told()
    before = newsroom.resolve()
    for page in newsroom.pages:
        renamed = {row["mention_id"]: "men_" + row["mention_id"][:3:-1] for row in page.rows["extracted.mentions"]}
        claims = {row["claim_id"]: "clm_" + row["claim_id"][:3:-1] for row in page.rows["extracted.claims"]}
        for table in ("extracted.mentions", "extracted.claims", "extracted.claim_arguments"):
            for row in page.rows[table]:
                for column in row:
                    row[column] = renamed.get(row[column], claims.get(row[column], row[column]))
    after = newsroom.resolve(prior=before)
    for table in PUBLISHED:
        assert ids(after, table) == ids(before, table), table
    assert after["registry_evidence"] != before["registry_evidence"]


def test_a_later_run_for_an_earlier_day_keeps_published_ids():
    newsroom = Newsroom()
    opening(newsroom, "b", "2021-11-21")
    before = newsroom.resolve()
    opening(newsroom, "a", "2021-11-20")
    after = newsroom.resolve(prior=before)
    assert ids(after) == ids(before)
    assert ids(newsroom.resolve()) != ids(before)


NAMES = ("Goran Petrović", "Goran Petrovic", "G. Petrović", "Горан Петровић", "Zoran Petrović")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["2021-11-20", "2021-11-21", "2021-11-23"]),
            st.sampled_from(["2021-11-17", "2021-11-18", "2021-11-19"]),
            st.sampled_from(NAMES),
            st.sampled_from([None, "RS", "BA"]),
        ),
        min_size=1,
        max_size=7,
        unique_by=lambda told: told[:2],
    ),
    st.integers(),
)
def test_any_history_of_days_equals_one_rebuild(stories, seed):
    newsroom = Newsroom()
    for name, captured, when, person, country in stories:
        words = f"{person} of {country} opened the centre of {name} at Lipa on {when}."
        page = newsroom.page(name, f"News of {name}", words, captured=captured)
        host = page.person(person, "Minister", country)
        page.claim("opening", "opened", ("host", host), date=when, place=page.place("Lipa", "BA"))
    rebuilt = newsroom.resolve(seed=seed)
    equal(newsroom.daily(), rebuilt)
    active = {row["id"] for row in rebuilt["id_registry"] if row["status"] == "active"}
    assert active == ids(rebuilt) | ids(rebuilt, "entities")
    for row in rebuilt["id_registry"]:
        if row["status"] == "redirected":
            assert rebuilt.registry(row["redirect_to"])["status"] != "redirected"


SIGNED = st.tuples(
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["2021-11-20", "2021-11-21", "2021-11-23"]),
    st.sampled_from(["2021-11-18", "2021-11-19"]),
    st.sampled_from(["agreement_signed", "agreement_entered_into_force", "negotiation"]),
    st.sampled_from([("LV",), ("LV", "PL"), ("PL",)]),
    st.sampled_from([None, "agreement", "readmission_agreement", "visa_agreement"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SIGNED, min_size=1, max_size=7, unique_by=lambda told: told[:2]), st.integers())
def test_any_history_of_agreements_equals_one_rebuild(stories, seed):
    newsroom = Newsroom()
    for name, captured, when, event_type, partners, kind in stories:
        words = f"Belarus signed a {kind} with {' and '.join(partners)} on {when} ({event_type}, {name})."
        page = newsroom.page(name, f"News of {name}", words, captured=captured)
        parties = [("party", page.state(code, code)) for code in partners]
        named = [("instrument", page.mention(kind, "instrument", subtype=kind))] if kind else []
        page.claim(event_type, "signed", ("party", page.state("Belarus", "BY")), *parties, *named, date=when)
    rebuilt = newsroom.resolve(seed=seed)
    equal(newsroom.daily(), rebuilt)
    known = {row["entity_id"] for row in rebuilt["entities"]}
    assert {row["entity_id"] for row in rebuilt["event_instruments"]} <= known
    pairs = [row["instrument_entity_id"] for row in rebuilt["instrument_parties"]]
    assert all(pairs.count(instrument) == 2 for instrument in pairs)
    active = {row["id"] for row in rebuilt["id_registry"] if row["status"] == "active"}
    assert active == ids(rebuilt) | ids(rebuilt, "entities")


FULL = ("Vladislav Kondratović", "Vladislavas Kondratovičius", "Viktor Kondratović", "Vladislava Kondratović")
NAMED = st.tuples(
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["2021-11-20", "2021-11-21", "2021-11-23", "2021-11-24"]),
    st.sampled_from(FULL),
    st.sampled_from([None, "LT", "PL"]),
    st.sampled_from(["", "again "]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMED, min_size=2, max_size=8, unique_by=lambda told: told[:2]), st.integers())
def test_a_short_form_that_changes_its_meaning_does_so_in_every_history(stories, seed):
    newsroom = Newsroom()
    for name, captured, person, country, more in stories:
        words = (f"{person} of {country} spoke {more}in {name}.", f"V. Kondratovič was pleased with {name}.")
        page = newsroom.page(name, f"News of {name}", *words, captured=captured)
        page.person(person, "Minister" if country else None, country)
        page.person("V. Kondratovič")
    rebuilt = newsroom.resolve(seed=seed)
    equal(newsroom.daily(), rebuilt)
    active = {row["id"] for row in rebuilt["id_registry"] if row["status"] == "active"}
    assert active == ids(rebuilt, "entities")


def test_copies_that_part_later_are_copies_in_the_history_as_well():
    newsroom = Newsroom()
    words = ("Slovenia pledged places for people from Greece.", "The places were pledged a long time ago.")
    for number, name in enumerate(("a", "b")):
        page = newsroom.page(name, "News", *words, captured="2021-11-20", hour=6 + number)
        page.claim("pledge_or_commitment", "pledged", ("issuer", page.state("Slovenia", "SI")))
    newsroom.copy(*newsroom.pages)
    copied = newsroom.resolve()
    assert len(ids(copied)) == 1
    newsroom.copies.clear()
    page = newsroom.page("b", "Other news", "Slovenia pledged money to quite another state.", captured="2021-11-21")
    page.claim("pledge_or_commitment", "pledged", ("issuer", page.state("Slovenia", "SI")))
    rebuilt = newsroom.resolve()
    equal(newsroom.resolve(prior=copied), rebuilt)
    assert len(ids(rebuilt)) == 2
    assert ids(copied) < ids(rebuilt)


def test_a_warehouse_without_anything_is_resolved_to_nothing():
    resolved = Newsroom().resolve()
    assert set(resolved.tables) == {contract.name for contract in TABLES}
    assert all(table.num_rows == 0 for table in resolved.tables.values())
