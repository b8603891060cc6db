"""What English leaves to the sentences before: bare numerals, clauses without a verb, days counted from another."""

from datetime import date
from functools import partial

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import filled
from ..conftest import told as told_on

# The documents of this module appear on a Thursday.
DAY = date(2023, 5, 18)
told = partial(told_on, published_on=DAY)


def days(claim: Claim) -> str:
    return f"{claim.date_start}..{claim.date_end}"


GAPPED = [
    (
        "Talks between Norway and Ghana on a readmission agreement go well. The first round was held in Oslo on "
        "3 March 2023, the second on 4 April 2023.",
        ["2023-03-03..2023-03-03", "2023-04-04..2023-04-04"],
    ),
    (
        "Negotiations with Armenia on a readmission agreement go on. The first round took place on 6 February 2023, "
        "the second by video link on 7 March 2023 and the third on 9 May 2023.",
        ["2023-02-06..2023-02-06", "2023-03-07..2023-03-07", "2023-05-09..2023-05-09"],
    ),
    (
        "Negotiations with Armenia on a readmission agreement go on. The first round will take place on 6 June 2023, "
        "the second in July 2023.",
        ["2023-06-06..2023-06-06", "2023-07-01..2023-07-31"],
    ),
    # The ordinal has a noun of its own that is no round.
    (
        "Negotiations with Armenia on a readmission agreement go on. The first round took place on 6 February 2023, "
        "the second draft was printed.",
        ["2023-02-06..2023-02-06"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), GAPPED)
def test_a_clause_without_a_verb_tells_one_more_event(text: str, expected: list[str], knowledge: Knowledge) -> None:
    found = [claim for claim in told(text, "negotiation", knowledge) if claim.date_start is not None]
    assert sorted(days(claim) for claim in found) == expected
    assert len({claim.status == "planned" for claim in found}) == 1


COUNTED = [
    ("The migration agreement was signed on 3 April 2023. Twelve days later it entered into force.", "2023-04-15"),
    ("The migration agreement was signed on 3 April 2023. Twenty-one days later it entered into force.", "2023-04-24"),
    ("The migration agreement was signed on 3 April 2023. Two weeks later it entered into force.", "2023-04-17"),
    ("The migration agreement was signed on 3 April 2023. It entered into force ten days ago.", "2023-05-08"),
]


@pytest.mark.parametrize(("text", "day"), COUNTED)
def test_a_day_is_counted_from_the_one_named_last(text: str, day: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, "agreement_entered_into_force", knowledge)
    assert days(claim) == f"{day}..{day}"


def test_a_count_without_a_day_to_count_from_is_no_date(knowledge: Knowledge) -> None:
    (claim,) = told(
        "The migration agreement was signed, and twelve days later it entered into force.",
        "agreement_entered_into_force",
        knowledge,
    )
    assert claim.date_mention is None


LASTING = [
    ("A migration course for border guards began on Monday in Riga and ends tomorrow.", "2023-05-15..2023-05-19"),
    ("A workshop on asylum opened on 16 May 2023 in Vilnius and ends on 19 May 2023.", "2023-05-16..2023-05-19"),
]


@pytest.mark.parametrize(("text", "expected"), LASTING)
def test_first_and_last_day_are_of_one_event(text: str, expected: str, knowledge: Knowledge) -> None:
    assert [days(claim) for claim in told(text, "training", knowledge)] == [expected]


SINCE = [
    ("Twenty Estonian border guards have been on duty in Moldova since Tuesday.", "deployment", "2023-05-16"),
    ("A programme on asylum has been running in Georgia since 1 March 2023.", "project_launched", "2023-03-01"),
    (
        "The readmission agreement has been in force since 1 February 2023.",
        "agreement_entered_into_force",
        "2023-02-01",
    ),
]


@pytest.mark.parametrize(("text", "claim_type", "day"), SINCE)
def test_a_state_dates_the_act_that_began_it(text: str, claim_type: str, day: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, claim_type, knowledge)
    assert days(claim) == f"{day}..{day}"


def test_what_was_counted_since_a_day_did_not_happen_on_it(knowledge: Knowledge) -> None:
    found = told("Since 1 March 2023 Greece has relocated 200 minors to other member states.", "relocation", knowledge)
    assert all(claim.date_mention is None for claim in found)


NUMERALS = [
    ("The caseworkers of EUAA support asylum in Cyprus. The first thirty arrived in Larnaca on Monday.", "occurred"),
    (
        "The border guards will work with Frontex in Moldova. The first twelve are expected in Palanca on Sunday.",
        "planned",
    ),
]


@pytest.mark.parametrize(("text", "status"), NUMERALS)
def test_a_bare_numeral_stands_for_the_officers_named_before(text: str, status: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, "deployment", knowledge)
    assert claim.status == status
    assert len(filled(claim, "deployer")) == 1


def test_a_bare_numeral_after_migrants_deploys_nobody(knowledge: Knowledge) -> None:
    text = "Migrants wait at the border of Greece. The first thirty arrived in Athens on Monday."
    assert told(text, "deployment", knowledge) == []


MOVED = [
    (
        "The handover of ten scanners to the Border Police in Tuzla has been moved from June to September.",
        "2023-09-01..2023-09-30",
    ),
    (
        "The handover of four vehicles to the Border Police was moved from 1 June to 15 June 2023.",
        "2023-06-15..2023-06-15",
    ),
]


@pytest.mark.parametrize(("text", "expected"), MOVED)
def test_the_day_to_which_an_act_was_moved_counts(text: str, expected: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, "funding_granted", knowledge)
    assert (claim.status, days(claim)) == ("planned", expected)


GOODS = [
    ("Six drones were presented to the Border Police of Serbia on Monday by the European Union.", "occurred"),
    ("Two boats became the property of the Border Police of Albania on Tuesday.", "occurred"),
    ("The Border Police of Moldova took delivery of eight vehicles on Wednesday.", "occurred"),
    ("A consignment of tents for the Border Police of Albania reached Tirana on Monday.", "occurred"),
]


@pytest.mark.parametrize(("text", "status"), GOODS)
def test_goods_change_hands(text: str, status: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, "funding_granted", knowledge)
    assert claim.status == status


def test_a_handover_of_people_grants_nothing(knowledge: Knowledge) -> None:
    text = "The handover of migrants to the Border Police took place on Monday beside new vehicles."
    assert told(text, "funding_granted", knowledge) == []


def test_who_authorises_a_signing_is_no_party_and_takes_no_day_of_it(knowledge: Knowledge) -> None:
    text = (
        "The readmission agreement between Norway and Ghana was initialled on Monday. "
        "The signing, foreseen for October, has to be authorised by the Council beforehand."
    )
    (signing,) = told(text, "agreement_signed", knowledge)
    (approval,) = told(text, "agreement_approved", knowledge)
    assert (signing.status, days(signing)) == ("planned", "2023-10-01..2023-10-31")
    assert (approval.status, approval.date_mention) == ("planned", None)
    assert len(filled(signing, "party")) == 2


def test_what_came_to_an_end_came_nowhere(knowledge: Knowledge) -> None:
    text = "On Monday the talks between the EU and Ghana on the return of their nationals came to an end in Accra."
    assert told(text, "return_operation", knowledge) == []


APPOINTED = [
    ("The Management Board of the border agency named Ana Kovač head of its operations on Monday.", "Ana Kovač"),
    ("The migration council elected Tomas Berg as its new director on Monday.", "Tomas Berg"),
]


@pytest.mark.parametrize(("text", "name"), APPOINTED)
def test_whom_a_body_names_to_an_office_is_a_person(text: str, name: str, knowledge: Knowledge) -> None:
    (claim,) = told(text, "appointment", knowledge)
    assert filled(claim, "appointee") == {name}
