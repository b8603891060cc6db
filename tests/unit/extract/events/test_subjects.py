"""Who acts: passives, reported speech, relative clauses, and what is only asked for or tried."""

from datetime import date

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import filled, told

DAY = date(2024, 3, 14)  # a Thursday


@pytest.mark.parametrize(
    "text",
    [
        "The Department of Homeland Security announced that Kenya and Ghana have signed a migration agreement.",
        "The Department of Homeland Security announced Kenya and Ghana have signed a migration agreement.",
    ],
)
def test_who_reports_a_signature_signs_nothing(text: str, knowledge: Knowledge) -> None:
    claims = told(text, "agreement_signed", knowledge, DAY)
    assert [filled(claim, "party") for claim in claims] == [{"KE", "GH"}]


def test_a_state_that_announces_what_it_signed_signs(knowledge: Knowledge) -> None:
    text = "Kenya announced on Tuesday that it has signed a migration agreement with Ghana."
    claims = told(text, "agreement_signed", knowledge, DAY)
    assert [filled(claim, "party") for claim in claims] == [{"KE", "GH"}]


def test_the_subject_of_a_passive_decides_nothing(knowledge: Knowledge) -> None:
    text = "The asylum rules for applicants from Mali and Chad were adopted by the European Parliament on Tuesday."
    claims = told(text, "legislation_adopted", knowledge, DAY)
    assert [filled(claim, "issuer") for claim in claims] == [{"EP"}]


def test_a_relative_clause_belongs_to_the_agreement_before_it(knowledge: Knowledge) -> None:
    text = (
        "The agency has border teams in Albania and with Serbia, as well as under the status agreement with "
        "Montenegro, which entered into force on 1 July 2020."
    )
    claims = told(text, "agreement_entered_into_force", knowledge, DAY)
    assert [filled(claim, "party") for claim in claims] == [{"ME"}]


def test_reported_speech_shifts_the_tense_of_news(knowledge: Knowledge) -> None:
    text = "The Commission said on 13 March that this week it had granted EUR 5 million in aid to Chad for refugees."
    claims = told(text, "funding_granted", knowledge, DAY)
    assert [claim.status for claim in claims] == ["occurred"]


def test_what_had_been_done_before_is_recalled(knowledge: Knowledge) -> None:
    text = (
        "The ministers met in Vilnius on 13 March to discuss asylum. "
        "In 2021 the European Commission had granted EUR 5 million in aid to Chad for refugees."
    )
    assert [claim.status for claim in told(text, "funding_granted", knowledge, DAY)] == ["background"]


@pytest.mark.parametrize(
    ("text", "claim_type"),
    [
        (
            "Three associations called on the Seimas not to approve the amendments to the asylum law.",
            "legislation_adopted",
        ),
        ("The Commissioner urged Parliament to reject the asylum bill.", "legislation_adopted"),
        ("Smugglers bring migrants attempting to reach Malta on 3 March.", "return_operation"),
    ],
)
def test_what_is_asked_for_or_tried_is_not_done(text: str, claim_type: str, knowledge: Knowledge) -> None:
    assert not told(text, claim_type, knowledge, DAY)


def test_a_rejected_bill_is_told(knowledge: Knowledge) -> None:
    text = "Parliament rejected the asylum bill on Tuesday."
    assert [claim.status for claim in told(text, "legislation_adopted", knowledge, DAY)] == ["cancelled"]


def test_years_a_programme_runs_are_not_its_day(knowledge: Knowledge) -> None:
    text = "The government of Norway has adopted a 2026-2027 reform of the asylum rules."
    claims = told(text, "legislation_adopted", knowledge, DAY)
    assert [(claim.status, claim.date_precision) for claim in claims] == [("occurred", "approx")]


def test_a_joint_operation_has_its_days(knowledge: Knowledge) -> None:
    text = "Frontex led an international operation against migrant smugglers between 4 and 8 March."
    claims = told(text, "deployment", knowledge, DAY)
    assert [(claim.date_start, filled(claim, "deployer")) for claim in claims] == [(date(2024, 3, 4), {"FRONTEX"})]


def test_what_follows_a_meeting_is_behind_it(knowledge: Knowledge) -> None:
    text = "At a press conference following the meeting on 12 March, the minister spoke of asylum and border checks."
    assert all(claim.status != "planned" for claim in told(text, "meeting", knowledge, DAY))


def test_an_office_alone_is_the_person_who_held_it_before(knowledge: Knowledge) -> None:
    text = (
        "Commissioner Magnus Brunner visited Tunis on Tuesday to discuss migration. "
        "On this occasion the Commissioner met President Kaïs Saïed."
    )
    claims = told(text, "meeting", knowledge, DAY)
    assert any({"Magnus Brunner", "Kaïs Saïed"} <= filled(claim, "participant") for claim in claims)


def test_who_signs_a_plan_did_not_sign_what_is_recalled(knowledge: Knowledge) -> None:
    text = (
        "Minister Ana Costa will sign a readmission agreement with Ghana on 20 March. "
        "A similar readmission agreement with Kenya was signed in 2019."
    )
    claims = told(text, "agreement_signed", knowledge, DAY)
    assert [(claim.status, filled(claim, "signatory")) for claim in claims] == [
        ("planned", {"Ana Costa"}),
        ("background", set()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is recommended that the asylum regulation be adopted by the European Parliament.",
        "MEPs approved the asylum regulation on Tuesday without changes of the directive.",
    ],
)
def test_what_is_recommended_or_left_alone_is_not_decided(text: str, knowledge: Knowledge) -> None:
    statuses = [claim.status for claim in told(text, "legislation_adopted", knowledge, DAY)]
    assert statuses == (["occurred"] if "Tuesday" in text else [])


@pytest.mark.parametrize(
    ("text", "visitors"),
    [
        (
            "Commissioner Magnus Brunner, along with the Maltese Minister of Interior, Byron Camilleri, visited Tunis.",
            {"Magnus Brunner", "Byron Camilleri"},
        ),
        (
            "Commissioner Magnus Brunner, together with Minister Ana Costa, visited Tunis on Tuesday.",
            {"Magnus Brunner", "Ana Costa"},
        ),
        (
            "In talks with Minister Ana Costa on asylum, Commissioner Magnus Brunner visited Tunis on Tuesday.",
            {"Magnus Brunner"},
        ),
        ("Minister Ana Costa said that Commissioner Magnus Brunner visited Tunis on Monday.", {"Magnus Brunner"}),
    ],
)
def test_who_stands_beside_the_subject_acts_too(text: str, visitors: set[str], knowledge: Knowledge) -> None:
    claims = told(f"{text} They spoke about migration and returns.", "visit", knowledge, DAY)
    assert [filled(claim, "visitor") for claim in claims] == [visitors]


def test_members_of_parliament_act_for_it(knowledge: Knowledge) -> None:
    text = "MEPs adopted the asylum regulation on Tuesday. The European Parliament had asked for it."
    assert filled(told(text, "legislation_adopted", knowledge, DAY)[0], "issuer") == {"EP"}


def test_a_journey_gives_its_day_to_what_it_is_for(knowledge: Knowledge) -> None:
    text = "Minister Ana Costa will visit Cairo on Sunday to sign a migration agreement between Malta and Egypt."
    assert [claim.date_start for claim in told(text, "agreement_signed", knowledge, DAY)] == [date(2024, 3, 17)]
