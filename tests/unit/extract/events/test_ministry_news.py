"""Announcements of ministries: delegations, meetings with somebody named, forces, nationals, what is only announced."""

from datetime import date

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.knowledge.knowledge import Knowledge
from tests.unit.extract.conftest import filled
from tests.unit.extract.conftest import told as claims_of

DAY = date(2024, 7, 3)


def told(text: str, claim_type: str, knowledge: Knowledge) -> list[Claim]:
    return claims_of(text, claim_type, knowledge, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "During a meeting with Ambassador Petar Dimov, Minister Nikos Pappas spoke about irregular migration.",
        "Minister Nikos Pappas stressed the importance of migration in a meeting with Ambassador Petar Dimov.",
    ],
)
def test_a_meeting_with_somebody_named_brings_two_together(text: str, knowledge: Knowledge) -> None:
    (meeting,) = told(text, "meeting", knowledge)
    assert filled(meeting, "participant") == {"Petar Dimov", "Nikos Pappas"}
    assert meeting.country_code is None


def test_the_meeting_that_was_told_before_is_no_second_one(knowledge: Knowledge) -> None:
    assert told("The meeting with Ambassador Petar Dimov dealt with migration.", "meeting", knowledge) == []


def test_the_delegation_meets_as_it_visits(knowledge: Knowledge) -> None:
    text = (
        "A delegation from Oman led by Salem Al Jabri is visiting Bangladesh from 1 to 4 July to discuss migration. "
        "The delegation met Foreign Secretary Kamal Uddin on Tuesday."
    )
    (meeting,) = told(text, "meeting", knowledge)
    assert filled(meeting, "participant") == {"OM", "Salem Al Jabri", "Kamal Uddin"}
    assert meeting.country_code == "BD"


def test_had_a_series_of_meetings_is_news(knowledge: Knowledge) -> None:
    text = "Migration Minister Nikos Pappas had a series of meetings with ambassadors on Wednesday."
    (meeting,) = told(text, "meeting", knowledge)
    assert meeting.status == "occurred"


@pytest.mark.parametrize(
    "text",
    [
        "20 Austrian police officers will be deployed along the border on 9 July to curb irregular migration.",
        "Joint police patrols will be deployed at the Serbian border to curb irregular migration.",
        "The minister announced sending additional police officers to Hungary to stop irregular migration.",
    ],
)
def test_forces_that_will_be_sent_are_a_plan(text: str, knowledge: Knowledge) -> None:
    (deployment,) = told(text, "deployment", knowledge)
    assert deployment.status == "planned"


@pytest.mark.parametrize(
    "people", ["44 Nigerians and Ghanaians", "the Nigerian and Ghanaian citizens", "dozens of Nigerians and Ghanaians"]
)
def test_a_list_of_nationals_is_returned_and_returns_nobody(people: str, knowledge: Knowledge) -> None:
    (flight,) = told(f"The British government deported {people} on a charter flight.", "return_operation", knowledge)
    assert filled(flight, "from") == {"GB"}
    assert filled(flight, "to") == {"NG", "GH"}


def test_the_agenda_of_a_meeting_to_come_is_a_plan(knowledge: Knowledge) -> None:
    text = "Migration is expected to top the agenda of a meeting in Valletta between Omar Saleh and Robert Borg."
    (meeting,) = told(text, "meeting", knowledge)
    assert meeting.status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "The Minister has confirmed a strong commitment to the fight against irregular migration.",
        "The confirmed commitment of Norway to returns was noted.",
        "The agencies of Norway stand ready to continue the cooperation on migration.",
    ],
)
def test_courtesies_are_no_pledge(text: str, knowledge: Knowledge) -> None:
    assert told(text, "pledge_or_commitment", knowledge) == []
