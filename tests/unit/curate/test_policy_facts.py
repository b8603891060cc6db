"""What follows from events: pledges and their revisions, steps of instruments, who spoke, who held which office."""

from datetime import date

import pytest

from tasks.curate.step import CurateContext, curate


def rows(table, **wanted):
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]


@pytest.fixture
def made(world, reference):
    """Curate the world as it stands."""
    return lambda: curate(world.tables(), reference, CurateContext())


def pledge(world, name, words, value, day, who, unit="people", year=None):
    """A document in which somebody pledges a number; returns the event."""
    at = world.document(name, words, day=day)
    claim = world.claim(at, words, "pledge_or_commitment")
    event = world.event("pledge_or_commitment", {claim: at[0]}, start_on=day, end_on=day, date_precision="day")
    for party in who:
        world.party(event, party, "issuer", claim)
    number = world.mention(at, str(value), "quantity", value_min=float(value), value_max=float(value))
    given = {"value_min": float(value), "value_max": float(value), "unit": unit, "qualifier": "up_to"}
    world.quantity(at, [number], event_id=event, **given)
    if year:
        first, last = date(year, 1, 1), date(year, 12, 31)
        world.mention(at, str(year), "date", date_start=first, date_end=last, date_precision="year")
    return event


def test_a_later_number_for_the_same_cycle_revises_the_earlier_one(world, made):
    state, other = (
        world.entity(name, "territory", country_code=code) for name, code in (("Latvia", "LV"), ("Estonia", "EE"))
    )
    told = [
        ("a", "Latvia offers 50 for 2026.", 50, date(2025, 7, 1), [state], 2026),
        ("b", "Latvia offers 80 for 2026.", 80, date(2025, 9, 1), [state], 2026),
        ("c", "Latvia offers 10 for 2027.", 10, date(2025, 10, 1), [state], 2027),
        ("d", "Estonia offers 20 for 2026.", 20, date(2025, 11, 1), [other], 2026),
    ]  # fmt: skip
    events = [pledge(world, name, words, value, day, who, year=year) for name, words, value, day, who, year in told]
    by_event = {row["event_id"]: row for row in made()["fact_pledge"].to_pylist()}
    first, second, *others = (by_event[event] for event in events)
    assert second["supersedes_pledge_id"] == first["pledge_id"]
    assert (first["is_latest"], second["is_latest"]) == (False, True)
    assert [(row["supersedes_pledge_id"], row["is_latest"]) for row in others] == [(None, True)] * 2
    assert [(row["cycle"], row["cycle_basis"]) for row in (first, *others)] == [
        ("2026", "text"), ("2027", "text"), ("2026", "text")
    ]  # fmt: skip
    assert (first["country_code"], first["qualifier"], first["kind"]) == ("LV", "up_to", "people")


def test_a_pledge_of_several_belongs_to_none_of_them_alone(world, made):
    who = [world.entity(name, "territory", country_code=code) for name, code in (("Latvia", "LV"), ("Estonia", "EE"))]
    event = pledge(world, "a", "Latvia and Estonia offer 50 tents.", 50, date(2025, 7, 1), who, unit="tents")
    (row,) = rows(made()["fact_pledge"], event_id=event)
    assert (row["pledger_id"], row["pledger_names"], row["n_pledgers"]) == (None, "Estonia | Latvia", 2)
    assert (row["country_code"], row["kind"]) == ("ZZ", "goods")
    assert (row["cycle"], row["cycle_basis"]) == ("2025", "derived")


def test_a_share_is_not_what_is_pledged(world, made):
    event = pledge(world, "a", "They will take 30 percent.", 30, date(2025, 7, 1), [], unit="percent")
    (row,) = rows(made()["fact_pledge"], event_id=event)
    assert (row["kind"], row["value_min"], row["quantity_id"]) == ("undertaking", None, None)


def test_of_the_steps_that_were_taken_one_is_the_furthest(world, made):
    protocol = world.entity("Protocol", "instrument", subtype="protocol")
    steps = {}
    for event_type, status in (
        ("agreement_signed", "background"),
        ("agreement_approved", "occurred"),
        ("agreement_entered_into_force", "planned"),
    ):
        words = f"The protocol: {event_type}."
        at = world.document(event_type, words)
        claim = world.claim(at, words, event_type)
        event = world.event(event_type, {claim: at[0]}, status=status)
        world.add("resolved.event_instruments", event_id=event, entity_id=protocol, basis="text", claim_id=claim)
        steps[event_type] = event
    told = {row["event_id"]: row for row in made()["fact_instrument_status"].to_pylist()}
    assert {told[event]["step"]: told[event]["is_furthest"] for event in steps.values()} == {
        "signed": False, "approved": True, "in_force": False
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "country", "basis"),
    [(date(2018, 6, 19), "AT", "reference"), (date(2020, 6, 19), "ZZ", None), (None, "ZZ", None)],
    ids=["in office", "no longer", "no date"],
)
def test_a_minister_gets_the_country_of_the_office_held_on_the_day(world, made, day, country, basis):
    minister = world.entity("Herbert KICKL", "person")
    at = world.document("a", "A statement of Herbert KICKL was issued.", published_on=day)
    named = world.mention(at, "Herbert KICKL", "person", minister, office="Minister")
    claim = world.claim(at, "A statement of Herbert KICKL was issued", "statement")
    event = world.event("statement", {claim: at[0]})
    world.add(
        "resolved.event_parties", event_id=event, entity_id=minister, role="issuer", claim_id=claim, mention_id=named
    )
    tables = made()
    (person,) = rows(tables["dim_person"], person_id=minister)
    assert (person["country_code"], person["country_basis"]) == (country, basis)
    (party,) = rows(tables["bridge_event_party"], party_id=minister)
    assert (party["country_code"], party["country_basis"]) == (country, basis)
    (statement,) = rows(tables["fact_statement"], speaker_id=minister)
    assert (statement["form"], statement["country_code"], statement["capacity"]) == ("indirect", country, "Minister")
    spells = rows(tables["dim_role_spell"], person_id=minister)
    assert {(row["basis"], row["country_code"], row["first_attested_on"]) for row in spells} == {
        ("text", "ZZ", day), ("reference", "AT", None)
    }  # fmt: skip


def test_several_issuers_speak_jointly_and_a_group_has_its_members(world, made):
    region = world.entity("Western Balkans", "region", reference_id="WB")
    at = world.document("a", "The Western Balkans issued a “common word”.")
    claim = world.claim(at, "The Western Balkans issued a “common word”", "statement")
    event = world.event("statement", {claim: at[0]})
    world.party(event, region, "issuer", claim)
    tables = made()
    (statement,) = tables["fact_statement"].to_pylist()
    assert statement["form"] == "joint"
    members = rows(tables["bridge_collective_member"], collective_id=region)
    assert {row["country_code"] for row in members} == {"AL", "BA", "ME", "MK", "RS", "XK"}
    assert {row["valid_from_on"] for row in members} == {date(2013, 7, 1)}
