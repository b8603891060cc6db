from datetime import date

import pytest

from tests.unit.resolve.stories import budva, protocols, sarajevo


def test_headline_and_body_are_one_event_that_occurred(newsroom):
    protocols(newsroom)
    resolved = newsroom.resolve()
    [signed] = resolved.events("agreement_signed")
    assert (signed["status"], signed["n_claims"], signed["date_precision"]) == ("occurred", 2, "day")
    assert (signed["start_on"], signed["end_on"]) == (date(2025, 6, 30), date(2025, 7, 3))
    assert ("Vladislav Kondratović", "signatory") in resolved.parties(signed)
    assert len(resolved.events("visit")) == 1


def test_a_plan_beside_what_happened_is_another_event(newsroom):
    page = newsroom.page(
        "a", "Frontex starts work in Montenegro", "An operation got under way in Montenegro today.",
        "In the coming weeks it is to be extended to the sea.",
    )  # fmt: skip
    country = page.state("Montenegro", "ME")
    title = page.claim("deployment", "starts", ("beneficiary", country))
    held = page.claim("deployment", "got under way", ("beneficiary", country), date="2020-07-15")
    planned = page.claim("deployment", "is to be extended", status="planned")
    resolved = newsroom.resolve()
    assert resolved.event_of(title) == resolved.event_of(held) != resolved.event_of(planned)
    assert resolved.event_of(planned)["status"] == "planned"


def test_a_plan_alone_never_occurred(newsroom):
    page = newsroom.page("a", "Ministers to meet in Tirana", "The ministerial takes place on 4-5 October in Tirana.")
    page.claim("meeting", "to meet", status="planned")
    page.claim("meeting", "takes place", date="2018-10-04", until="2018-10-05", status="planned")
    [event] = newsroom.resolve().events()
    assert (event["status"], event["n_claims"]) == ("planned", 2)


def test_the_previous_meeting_is_another_one(newsroom):
    _, held, before = sarajevo(newsroom)
    resolved = newsroom.resolve()
    assert resolved.event_of(held) != resolved.event_of(before)
    assert resolved.event_of(before)["country_code"] == "ME"
    assert resolved.judgement(held["claim_id"], before["claim_id"])["rule_id"] == "resolve.event.marker"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"date": "2020-07-07"}, {"date": "2020-07-08"}),
        ({"series_ordinal": 1}, {"series_ordinal": 2}),
        ({"country": "GR"}, {"country": "IT"}),
        ({"status": "occurred"}, {"status": "background"}),
        ({"status": "occurred"}, {"status": "cancelled", "polarity": "negated"}),
    ],
)
def test_what_sets_two_events_of_a_type_apart(newsroom, first, second):
    page = newsroom.page("a", "Children move on", "A group left Greece.", "Another group left Greece.")
    one = page.claim("relocation", "left", nth=1, **first)
    two = page.claim("relocation", "left", nth=2, **second)
    resolved = newsroom.resolve()
    assert resolved.event_of(one) != resolved.event_of(two)


def test_other_receiving_states_are_other_relocations(newsroom):
    page = newsroom.page("a", "Children move on", "Some left for Portugal.", "Others left for Finland.")
    one = page.claim("relocation", "left", ("to", page.state("Portugal", "PT")), nth=1)
    two = page.claim("relocation", "left", ("to", page.state("Finland", "FI")), nth=2)
    resolved = newsroom.resolve()
    assert resolved.event_of(one) != resolved.event_of(two)


def test_a_meeting_and_a_visit_are_two_events(newsroom):
    page = newsroom.page("a", "Minister abroad", "The minister visited Kosovo, where he met colleagues.")
    visit = page.claim("visit", "visited", date="2025-07-01")
    meeting = page.claim("meeting", "met", date="2025-07-01")
    resolved = newsroom.resolve()
    assert resolved.event_of(visit) != resolved.event_of(meeting)


def test_the_meeting_later_in_the_text_is_the_one_above(newsroom):
    _, held = budva(newsroom)
    resolved = newsroom.resolve()
    [event] = resolved.events("meeting")
    assert (event["n_claims"], event["n_documents"]) == (3, 1)
    assert resolved.named(event["place_entity_id"]) == "Budva"
    assert resolved.named(event["project_entity_id"]).startswith("Strengthening")
    assert resolved.role_of(held) == "primary"
    assert sorted(row["evidence_role"] for row in resolved["event_claims"]) == ["corroborating"] * 2 + ["primary"]


def test_a_called_off_plan_is_cancelled(newsroom):
    page = newsroom.page("a", "Ohrid meeting postponed", "The meeting planned for 5 May was called off.")
    page.claim("meeting", "postponed", status="cancelled", polarity="negated")
    page.claim("meeting", "planned", date="2025-05-05", status="planned")
    [event] = newsroom.resolve().events()
    assert (event["status"], event["polarity"]) == ("cancelled", "negated")


def test_a_role_keeps_its_best_basis(newsroom):
    page = newsroom.page("a", "Lithuania meets the agency", "Lithuania met the agency.", "The meeting ended.")
    again = page.state("Lithuania", "LT", nth=2)
    page.claim("meeting", "meets", ("participant", page.state("Lithuania", "LT"), "lead"), date="2025-07-01")
    page.claim("meeting", "met", ("participant", again), date="2025-07-01")
    resolved = newsroom.resolve()
    [party] = resolved["event_parties"]
    assert (party["basis"], party["mention_id"]) == ("text", again["mention_id"])
