"""What a word, a day or a phrase around the verb changes: news or history, done or due, whose act it is."""

from datetime import date

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import filled, told

DAY = date(2024, 3, 14)  # a Thursday
ABOUT = "Ministers spoke about asylum and migration in Bar on Tuesday. "


@pytest.mark.parametrize(
    ("claim_type", "text", "status", "day"),
    [
        ("project_completed", "The asylum project ends in December.", "planned", date(2024, 12, 1)),
        ("project_completed", "The asylum project is being closed on 30 April.", "planned", date(2024, 4, 30)),
        (
            "agreement_signed",
            "The protocol of Malta and Chad was signed five years ago.",
            "background",
            date(2019, 1, 1),
        ),
        ("agreement_signed", "The protocol of Malta and Chad dates from 2008.", "background", date(2008, 1, 1)),
        (
            "agreement_signed",
            "The protocol of Malta and Chad is due for signature in May.",
            "planned",
            date(2024, 5, 1),
        ),
        (
            "legislation_proposed",
            "Experts met in Chad on 12 March to discuss the asylum bill tabled by Malta on 11 March.",
            "background",
            None,
        ),
        ("legislation_proposed", "A regulation on returns proposed by Malta in 2021 is new.", "background", None),
        ("legislation_adopted", "A law on deportation was passed on Wednesday.", "occurred", date(2024, 3, 13)),
        ("legislation_adopted", "A law on asylum passed by the Danish parliament in 2021 is new.", "background", None),
        (
            "negotiation",
            "A round of talks on a visa agreement, planned for May, did not come about.",
            "cancelled",
            None,
        ),
        ("visit", "Minister Jane Roe will be travelling to Malta on Monday.", "planned", date(2024, 3, 18)),
        ("visit", "Minister Jane Roe flew back from Malta on Wednesday.", "occurred", date(2024, 3, 13)),
        ("meeting", "On Wednesday Minister Jane Roe had been received by President Jan Doe.", "occurred", None),
        ("deployment", "Not waiting for that, Malta will send 30 police officers to Chad.", "planned", None),
        ("agreement_entered_into_force", "Only then shall the agreement with Malta enter into force.", "planned", None),
    ],
)
def test_when(claim_type: str, text: str, status: str, day: date | None, knowledge: Knowledge) -> None:
    claims = told(ABOUT + text, claim_type, knowledge, DAY)
    claims = [claim for claim in claims if claim.start >= len(ABOUT)]
    assert [claim.status for claim in claims] == [status]
    assert day is None or claims[0].date_start == day


@pytest.mark.parametrize(
    ("claim_type", "text", "status"),
    [
        (
            "return_operation",
            "A charter flight with 30 returnees to Chad could not take off on Wednesday.",
            "cancelled",
        ),
        ("return_operation", "A deportation flight to Chad that was to leave on Wednesday was halted.", "cancelled"),
        ("meeting", "Ministers were to meet in Bar on Wednesday, but the meeting was put off.", "cancelled"),
        ("relocation", "The project supports the relocation of 160 children from Greece to Malta.", "planned"),
    ],
)
def test_one_event_and_what_becomes_of_it(claim_type: str, text: str, status: str, knowledge: Knowledge) -> None:
    claims = told("Asylum and returns are on the agenda. " + text, claim_type, knowledge, DAY)
    assert [claim.status for claim in claims] == [status]


def test_two_ends_of_a_project_are_told_by_one_range(knowledge: Knowledge) -> None:
    text = ABOUT + "The asylum project will run from March 2023 to May 2026."
    (end,) = told(text, "project_completed", knowledge, DAY)
    assert (end.date_start, end.date_end) == (date(2026, 5, 1), date(2026, 5, 31))


def test_figures_carry_the_day_of_their_publication(knowledge: Knowledge) -> None:
    text = "Malta's Border Guard stopped 90 migrants at the border in February, half of the 180 migrants of January."
    (news,) = told(text, "statistics_reported", knowledge, DAY)
    assert news.date_start == DAY
    text = "According to data published on 12 March by Eurostat, 90 migrants were stopped at the border in February."
    (news,) = told(text, "statistics_reported", knowledge, DAY)
    assert (news.date_start, filled(news, "issuer")) == (date(2024, 3, 12), {"EU-EUROSTAT"})


TWO = "Minister Jane Roe of Malta met Minister Jan Doe of Chad in Bar on Tuesday. They discussed the bilateral "


@pytest.mark.parametrize(
    ("claim_type", "text", "role", "names"),
    [
        ("agreement_signed", f"{TWO} readmission agreement, signed in 2006.", "party", {"MT", "TD"}),
        (
            "agreement_entered_into_force",
            "Under the Malta-Chad readmission agreement, in force since 2014, migrants return.",
            "party",
            {"MT", "TD"},
        ),
        (
            "funding_granted",
            "Chad, to which Malta had given EUR 3 million for migration in 2021, is large.",
            "beneficiary",
            {"TD"},
        ),
        ("deployment", "Malta sent a dozen police officers to the Lithuanian border.", "beneficiary", {"LT"}),
    ],
)
def test_whose(claim_type: str, text: str, role: str, names: set[str], knowledge: Knowledge) -> None:
    claims = told(text + " Irregular migration fell.", claim_type, knowledge, DAY)
    assert [filled(claim, role) for claim in claims] == [names]
