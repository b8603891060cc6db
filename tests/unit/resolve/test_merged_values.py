"""Which claim gives a value of an event that several documents tell."""

from datetime import date

import pytest

from tests.unit.resolve.newsroom import Newsroom, Row


def report(newsroom: Newsroom, name: str, published: str = "2025-05-20", **given: object) -> Row:
    """A report of the meeting of Lithuania and Latvia in Riga."""
    page = newsroom.page(name, f"News of {name}", f"Lithuania and Latvia met in Riga ({name}).", published=published)
    parties = [("participant", page.state("Lithuania", "LT")), ("participant", page.state("Latvia", "LV"))]
    return page.claim("meeting", "met", *parties, **{"place": page.place("Riga", "LV"), **given})


MONTH = {"date": "2025-05-01", "until": "2025-05-31", "precision": "month"}


def test_the_most_exact_date_is_taken_with_its_words_and_basis(newsroom):
    report(newsroom, "a", **MONTH)
    report(newsroom, "b", date="2025-05-12", until="2025-05-13")
    [event] = newsroom.resolve().events()
    assert (event["start_on"], event["end_on"]) == (date(2025, 5, 12), date(2025, 5, 13))
    assert (event["date_precision"], event["date_basis"], event["date_verbatim"]) == ("day", "text", "2025-05-12")
    assert not event["is_conflicting"]


def test_of_equally_exact_dates_the_sentence_outweighs_the_lead(newsroom):
    report(newsroom, "a", date="2025-05-12", until="2025-05-14", basis="lead")
    report(newsroom, "b", date="2025-05-12", until="2025-05-13")
    [event] = newsroom.resolve().events()
    assert (event["end_on"], event["date_basis"]) == (date(2025, 5, 13), "text")


def test_the_day_of_publication_stands_for_its_week(newsroom):
    filled = report(newsroom, "a", date="2025-05-20", precision="approx", basis="document")
    stated = report(newsroom, "b", date="2025-05-15")
    resolved = newsroom.resolve()
    [event] = resolved.events()
    assert (event["start_on"], event["is_conflicting"]) == (date(2025, 5, 15), False)
    assert {resolved.role_of(filled), resolved.role_of(stated)} == {"primary", "corroborating"}


@pytest.mark.parametrize(
    ("later", "status"),
    [({"status": "planned"}, "planned"), ({"status": "cancelled", "polarity": "negated"}, "cancelled")],
)
def test_of_a_plan_and_its_cancellation_the_later_word_counts(newsroom, later, status):
    first = {"status": "cancelled", "polarity": "negated"} if status == "planned" else {"status": "planned"}
    report(newsroom, "a", "2025-05-01", date="2025-06-12", **first)
    report(newsroom, "b", "2025-05-08", date="2025-06-12", **later)
    [event] = newsroom.resolve().events()
    assert (event["status"], event["polarity"]) == (status, "negated" if status == "cancelled" else "affirmed")


def test_what_happened_outweighs_every_plan(newsroom):
    report(newsroom, "a", "2025-05-20", date="2025-05-12", status="background")
    report(newsroom, "b", "2025-05-21", date="2025-05-12", status="planned")
    [event] = newsroom.resolve().events()
    assert event["status"] == "background"


def test_what_happened_and_was_called_off_stay_two(newsroom):
    report(newsroom, "a", date="2025-05-12")
    report(newsroom, "b", date="2025-05-12", status="cancelled", polarity="negated")
    resolved = newsroom.resolve()
    assert {event["status"] for event in resolved.events()} == {"occurred", "cancelled"}
    assert "resolve.event.cancelled" in {row["rule_id"] for row in resolved["judgements"]}


def test_no_number_of_reports_makes_an_event_certain(newsroom):
    for name in "abcdefgh":
        report(newsroom, name, date="2025-05-12")
    [event] = newsroom.resolve().events()
    assert (event["n_independent_sources"], event["confidence"]) == (8, 0.99)


def test_an_event_of_one_report_is_as_sure_as_its_claim(newsroom):
    report(newsroom, "a", date="2025-05-12", basis="lead", confidence=0.8)
    [event] = newsroom.resolve().events()
    assert event["confidence"] == pytest.approx(0.8)


def test_the_passage_shown_first_stands_in_the_text(newsroom):
    page = newsroom.page("a", "Lithuania and Latvia meet", "Lithuania and Latvia met in Riga on 12 May 2025.")
    title = page.claim("meeting", "meet", date="2025-05-12", basis="lead", confidence=0.95)
    body = page.claim("meeting", "met", date="2025-05-12", place=page.place("Riga", "LV"), confidence=0.7)
    resolved = newsroom.resolve()
    assert (resolved.role_of(title), resolved.role_of(body)) == ("corroborating", "primary")
    assert resolved.events()[0]["founding_claim_id"] == min(title["claim_id"], body["claim_id"])


def test_the_country_of_one_party_says_nothing_of_a_signature_of_two(newsroom):
    page = newsroom.page("a", "Lithuania signs", "Lithuania and Latvia signed a protocol.")
    parties = [("party", page.state("Lithuania", "LT", nth=2)), ("party", page.state("Latvia", "LV"))]
    page.claim(
        "agreement_signed", "signs", ("party", page.state("Lithuania", "LT")), country="LT", country_basis="derived"
    )
    page.claim("agreement_signed", "signed", *parties)
    [event] = newsroom.resolve().events()
    assert (event["country_code"], event["country_basis"]) == (None, None)
