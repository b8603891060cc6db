"""Plain sentences of announcements, one a construction: who acts, what is planned, what is only talked about."""

from datetime import date

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import filled, told

DAY = date(2024, 3, 14)  # a Thursday
ABOUT = " Irregular migration was the main topic."


@pytest.mark.parametrize(
    ("claim_type", "text", "role", "names"),
    [
        # A name right behind a date begins the subject.
        ("pledge_or_commitment", "At the meeting on 12 March Austria pledged EUR 6 million.", "issuer", {"AT"}),
        ("negotiation", "The protocol was initialled in Bar on Tuesday by Georgia and Malta.", "party", {"GE", "MT"}),
        ("funding_granted", "Malta has been awarded EUR 2 million for a centre.", "beneficiary", {"MT"}),
        ("agreement_approved", "Georgia's parliament ratified the protocol with Malta.", "party", {"GE", "MT"}),
        ("agreement_entered_into_force", "Georgia's visa agreement with Malta took effect.", "party", {"GE", "MT"}),
        ("return_operation", "Ghana repatriated 90 citizens from Tunisia on Tuesday.", "to", {"GH"}),
        ("return_operation", "Ghana repatriated 90 citizens from Tunisia on Tuesday.", "from", {"TN"}),
        ("deployment", "Frontex will be able to deploy border guards in Georgia.", "deployer", {"FRONTEX"}),
    ],
)
def test_who_acts(claim_type: str, text: str, role: str, names: set[str], knowledge: Knowledge) -> None:
    claims = told(text + ABOUT, claim_type, knowledge, DAY)
    assert [filled(claim, role) for claim in claims] == [names]


@pytest.mark.parametrize(
    ("claim_type", "text", "status"),
    [
        ("legislation_proposed", "A revision of the directive is expected from the European Commission.", "planned"),
        ("legislation_proposed", "Georgia's government is working on a new law on asylum.", "planned"),
        ("meeting", "The next joint committee is foreseen for 15 May in Bar.", "planned"),
        ("meeting", "The participants agreed to meet again in Bar on 12 June.", "planned"),
        ("opening", "The asylum centre in Bar is scheduled to open in January.", "planned"),
        ("pledge_or_commitment", "Malta decided on Tuesday to admit 50 refugees from Sudan.", "occurred"),
        ("statement", "The EU-Turkey Statement of 18 March 2016 remains the basis.", "background"),
        ("meeting", "Malta's Minister of Migration received the Dutch envoy in Valletta on Tuesday.", "occurred"),
    ],
)
def test_what_has_happened(claim_type: str, text: str, status: str, knowledge: Knowledge) -> None:
    assert [claim.status for claim in told(text + ABOUT, claim_type, knowledge, DAY)] == [status]


@pytest.mark.parametrize(
    ("claim_type", "text"),
    [
        ("return_operation", "The minister travelled to Bar on Tuesday to discuss the readmission of Malians."),
        ("legislation_adopted", "The government decided on Tuesday to admit 50 refugees."),
        ("meeting", "The minister received a report from the ombudsman in Bar on Tuesday."),
        ("agreement_approved", "Georgia refused to sign the agreement with Malta."),
    ],
)
def test_what_does_not_happen(claim_type: str, text: str, knowledge: Knowledge) -> None:
    assert told(text + ABOUT, claim_type, knowledge, DAY) == []


def test_a_marker_in_front_of_a_verb_does_not_set_the_meeting_apart(knowledge: Knowledge) -> None:
    text = "The following countries took part in the meeting in Bar on 12 March: Malta and Georgia."
    claims = told(text + ABOUT, "meeting", knowledge, DAY)
    assert [(claim.status, filled(claim, "participant")) for claim in claims] == [("occurred", {"MT", "GE"})]
