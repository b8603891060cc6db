from datetime import date

import pytest

from tests.unit.resolve.stories import PROJECT, budva, protocols, sarajevo


def belarus(newsroom, name, language, sentence, trigger, town, person):
    """A report of the signing of 8 January 2020 in Brussels."""
    page = newsroom.page(name, "News of the day", sentence, language=language)
    parties = [("party", page.state("Belarus", "BY")), ("party", page.body("EU", "EU", name="European Union"))]
    signatory = page.person(person, "Minister of Foreign Affairs", "BY")
    place = page.place(town, "BE")
    return page.claim("agreement_signed", trigger, *parties, ("signatory", signatory), date="2020-01-08", place=place)


ENGLISH = "Belarus and the EU signed two agreements, and Vladimir Makei put his name to them in Brussels."
GERMAN = "Belarus und die EU unterzeichneten zwei Abkommen; Uladzimir Makei war dafür nach Brüssel gereist."


def test_two_publishers_in_two_languages_tell_one_event(newsroom):
    one = belarus(newsroom, "a", "en", ENGLISH, "signed", "Brussels", "Vladimir Makei")
    two = belarus(newsroom, "b", "de", GERMAN, "unterzeichneten", "Brüssel", "Uladzimir Makei")
    resolved = newsroom.resolve()
    event = resolved.event_of(one)
    assert event == resolved.event_of(two)
    assert (event["n_documents"], event["n_independent_sources"]) == (2, 2)
    assert event["confidence"] == pytest.approx(1 - 0.2 * 0.2)
    assert len(resolved.entities("person")) == 1
    assert resolved.judgement(one["claim_id"], two["claim_id"])["verdict"] == "same"


def test_the_same_words_on_another_day_are_another_event(newsroom):
    for name, when in (("a", "2020-07-15"), ("b", "2020-10-15")):
        page = newsroom.page(
            name, "Frontex starts its second operation", "An operation of Frontex got under way today."
        )
        page.claim(
            "deployment", "got under way", ("deployer", page.body("Frontex", "FRONTEX")), date=when, country="ME"
        )
    resolved = newsroom.resolve()
    assert [event["start_on"] for event in sorted(resolved.events(), key=lambda event: event["start_on"])] == [
        date(2020, 7, 15), date(2020, 10, 15),
    ]  # fmt: skip


def test_the_next_round_of_a_series_is_another_event(newsroom):
    told = []
    for name, ordinal, when, town, code in (
        ("a", 1, "2025-12-02", "Brussels", "BE"),
        ("b", 2, "2026-03-03", "Astana", "KZ"),
    ):
        page = newsroom.page(name, "Talks", f"Kazakhstan and the EU held a round of negotiations in {town}.")
        parties = [("party", page.state("Kazakhstan", "KZ")), ("party", page.body("EU", "EU"))]
        told.append(
            page.claim("negotiation", "held", *parties, date=when, place=page.place(town, code), series_ordinal=ordinal)
        )
    page = newsroom.page("c", "Talks", "Kazakhstan and the EU had met for a first round in Brussels last December.")
    parties = [("party", page.state("Kazakhstan", "KZ")), ("party", page.body("EU", "EU"))]
    recalled = page.claim(
        "negotiation", "met", *parties, date="2025-12-01", until="2025-12-31", precision="month", status="background",
        place=page.place("Brussels", "BE"), series_ordinal=1,
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert resolved.event_of(told[0]) != resolved.event_of(told[1])
    assert resolved.event_of(told[0]) == resolved.event_of(recalled)
    assert resolved.event_of(recalled)["start_on"] == resolved.event_of(recalled)["end_on"] == date(2025, 12, 2)
    assert resolved.event_of(recalled)["status"] == "occurred"


def test_three_meetings_of_one_project_stay_three(newsroom):
    budva(newsroom)
    sarajevo(newsroom)
    resolved = newsroom.resolve()
    assert len(resolved.events("meeting")) == 3
    assert len(resolved.entities("project")) == 1
    tied = [event for event in resolved.events("meeting") if event["project_entity_id"]]
    assert len(tied) == 2


def test_a_previous_meeting_with_a_day_of_its_own_is_found(newsroom):
    _, held = budva(newsroom)
    page = newsroom.page("later", "Meeting in Ohrid", "The previous meeting was held in Budva on 12 and 13 May 2025.")
    recalled = page.claim(
        "meeting", "was held", date="2025-05-12", until="2025-05-13", place=page.place("Budva", "ME"),
        reference_marker="previous", status="background",
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert resolved.event_of(held) == resolved.event_of(recalled)


def test_a_plan_and_its_report_are_one_event_that_occurred(newsroom):
    _, held = budva(newsroom)
    page = newsroom.page("ljubljana", "Officials meet", "A second technical meeting is to follow in Budva in May.")
    planned = page.claim(
        "meeting", "is to follow", date="2025-05-01", until="2025-05-31", precision="month", status="planned",
        place=page.place("Budva", "ME"), reference_marker="next", series_ordinal=2,
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert resolved.event_of(held) == resolved.event_of(planned)
    assert resolved.event_of(held)["status"] == "occurred"
    assert not resolved.event_of(held)["is_conflicting"]


@pytest.mark.parametrize("other", [{"date": "2025-05-14"}, {"place": "Bar"}, {"states": ("Albania", "AL")}])
def test_another_day_town_or_partner_keeps_reports_apart(newsroom, other):
    told = []
    for name, own in (("a", {}), ("b", other)):
        state = own.get("states", ("Serbia", "RS"))
        town = own.get("place", "Budva")
        page = newsroom.page(name, "News", f"Ministers of Lithuania and {state[0]} met in {town} in Montenegro.")
        parties = [("party", page.state("Lithuania", "LT")), ("party", page.state(*state))]
        when = own.get("date", "2025-05-12")
        told.append(page.claim("negotiation", "met", *parties, date=when, place=page.place(town, "ME")))
    resolved = newsroom.resolve()
    assert resolved.event_of(told[0]) != resolved.event_of(told[1])
    assert resolved.judgement(told[0]["claim_id"], told[1]["claim_id"])["verdict"] == "not_same" or "date" in other


def test_a_day_and_a_capital_alone_are_not_enough(newsroom):
    for name in ("a", "b"):
        page = newsroom.page(name, "News", f"Experts ({name}) met in Brussels.")
        page.claim("meeting", "met", date="2025-05-12", place=page.place("Brussels", "BE"))
    resolved = newsroom.resolve()
    assert len(resolved.events()) == 2


def test_undated_events_need_more_than_parties(newsroom):
    for name in ("a", "b"):
        page = newsroom.page(name, "News", f"Slovenia pledged places ({name}) to Greece in Athens.")
        parties = [("issuer", page.state("Slovenia", "SI")), ("beneficiary", page.state("Greece", "GR"))]
        page.claim("pledge_or_commitment", "pledged", *parties, place=page.place("Athens", "GR"))
    assert len(newsroom.resolve().events()) == 2


def test_an_instrument_enters_into_force_once(newsroom):
    told = []
    for name, dated in (("a", {}), ("b", {"date": "2020-06-01", "until": "2020-06-30", "precision": "month"})):
        page = newsroom.page(
            name, "News", f"The Schengen Accord of Belarus and Latvia could take effect soon ({name})."
        )
        parties = [("party", page.state("Belarus", "BY")), ("party", page.state("Latvia", "LV"))]
        accord = page.mention("Schengen Accord of Belarus and Latvia", "instrument", subtype="agreement")
        told.append(
            page.claim(
                "agreement_entered_into_force",
                "take effect",
                *parties,
                ("instrument", accord),
                status="planned",
                **dated,
            )
        )
    resolved = newsroom.resolve()
    assert resolved.event_of(told[0]) == resolved.event_of(told[1])


def test_a_republication_adds_evidence_and_no_event(newsroom):
    first = protocols(newsroom, "a")
    second = protocols(newsroom, "b")
    alone = newsroom.resolve(until="2025-07-04")
    newsroom.copy(first, second)
    resolved = newsroom.resolve()
    [signed] = resolved.events("agreement_signed")
    assert (signed["n_claims"], signed["n_documents"], signed["n_independent_sources"]) == (4, 2, 1)
    assert signed["confidence"] < alone.events("agreement_signed")[0]["confidence"]
    assert len(resolved.entities("instrument")) == 4


def test_a_copy_that_dates_today_otherwise_is_one_event_in_conflict(newsroom):
    told = []
    for name, when in (("a", "2018-06-19"), ("b", "2018-06-20")):
        words = ("Today's meeting provided the occasion to discuss.", "We agreed.", "Done.")
        page = newsroom.page(name, "Joint statement", *words, hour=6 + len(told))
        told.append((page, page.claim("meeting", "Today's meeting", date=when)))
    newsroom.copy(told[0][0], told[1][0])
    resolved = newsroom.resolve()
    event = resolved.event_of(told[0][1])
    assert event == resolved.event_of(told[1][1])
    assert (event["is_conflicting"], event["start_on"]) == (True, date(2018, 6, 19))
    assert resolved.role_of(told[1][1]) == "contradicting"


def test_a_copy_does_not_join_two_events_of_its_original(newsroom):
    pages = []
    for name in ("a", "b"):
        page = newsroom.page(name, "News", "One group left for Italy.", "Later another group left for Malta.")
        page.claim("relocation", "left", ("to", page.state("Italy", "IT")), nth=1)
        page.claim("relocation", "left", ("to", page.state("Malta", "MT")), nth=2)
        pages.append(page)
    newsroom.copy(*pages)
    resolved = newsroom.resolve()
    assert sorted(event["n_claims"] for event in resolved.events()) == [2, 2]


def test_the_project_alone_is_no_reason(newsroom):
    for name in ("a", "b"):
        page = newsroom.page(name, "News", f"A workshop ({name}) was held in the project “{PROJECT}”.")
        page.claim("training", "workshop", date="2025-05-12", project=page.mention(PROJECT, "project", name=PROJECT))
    assert len(newsroom.resolve().events()) == 2


def test_two_meetings_of_one_host_on_one_day_are_told_apart_by_the_guests(newsroom):
    told = []
    for name, state in (("a", ("Serbia", "RS")), ("b", ("Albania", "AL"))):
        page = newsroom.page(name, "News", f"The EU received the minister of {state[0]} in Brussels.")
        guests = [("participant", page.body("EU", "EU", name="European Union")), ("participant", page.state(*state))]
        told.append(page.claim("meeting", "received", *guests, date="2025-05-12", place=page.place("Brussels", "BE")))
    resolved = newsroom.resolve()
    assert resolved.event_of(told[0]) != resolved.event_of(told[1])


def test_two_events_of_one_sentence_stay_two_in_its_copies(newsroom):
    pages = []
    for name in ("a", "b"):
        page = newsroom.page(name, "News", "Some flew to Malta today, others flew to Malta tomorrow.")
        for nth, when in ((1, "2020-07-07"), (2, "2020-07-08")):
            page.claim("relocation", "flew", ("to", page.state("Malta", "MT", nth=nth)), nth=nth, date=when)
        pages.append(page)
    newsroom.copy(*pages)
    resolved = newsroom.resolve()
    assert sorted((event["n_claims"], event["start_on"].day) for event in resolved.events()) == [(2, 7), (2, 8)]
    assert not any(event["is_conflicting"] for event in resolved.events())


def test_an_age_is_no_date_to_compare(newsroom):
    for name in ("a", "b"):
        page = newsroom.page(name, "News", f"Malta and Libya have long been talking ({name}).")
        parties = [("party", page.state("Malta", "MT")), ("party", page.state("Libya", "LY"))]
        page.claim("negotiation", "talking", *parties, date="0001-01-01", until="9999-12-31", precision="year")
    assert len(newsroom.resolve().events()) == 2
