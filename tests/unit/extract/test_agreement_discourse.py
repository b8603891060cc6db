"""Steps of an agreement, and goods that change hands: who is bound, on which day, who gives and who pays."""

from datetime import date
from functools import partial

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from .conftest import filled
from .conftest import told as told_on

DAY = date(2022, 9, 29)
told = partial(told_on, published_on=DAY)


PARTIES = [
    (
        "The European Parliament approved the status agreement with Moldova on Tuesday. Officers of Frontex are to "
        "guard borders for the European Union there.",
        "agreement_approved",
        {"MD", "EU"},
    ),
    (
        "The agreement on migration with Georgia was initialled in May. The Council of the European Union gave its "
        "consent on Tuesday, and the European Union is content.",
        "negotiation",
        {"GE", "EU"},
    ),
    # Who decides for a state does not bring in the Union.
    (
        "The Seimas ratified the readmission agreement with Kosovo on Tuesday. The European Union welcomed it.",
        "agreement_approved",
        {"XK"},
    ),
]


@pytest.mark.parametrize(("text", "claim_type", "wanted"), PARTIES)
def test_an_institution_binds_the_union(text: str, claim_type: str, wanted: set[str], knowledge: Knowledge) -> None:
    assert [filled(claim, "party") for claim in told(text, claim_type, knowledge)] == [wanted]


ABSOLUTE = [
    (
        "The Government of Serbia approved the readmission agreement with Iraq on Monday, the European Parliament "
        "having given its consent on 6 September.",
        [("2022-09-26", {"RS-GOV"}), ("2022-09-06", {"EP"})],
    ),
    (
        "The Seimas ratified the readmission agreement with Armenia on Tuesday, the European Parliament having "
        "approved the agreement on 14 June.",
        [("2022-09-27", {"LT-SEIMAS"}), ("2022-06-14", {"EP"})],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ABSOLUTE)
def test_an_absolute_clause_has_its_own_subject_and_day(
    text: str, wanted: list[tuple[str, set[str]]], knowledge: Knowledge
) -> None:
    found = [(str(claim.date_start), filled(claim, "issuer")) for claim in told(text, "agreement_approved", knowledge)]
    assert found == wanted


DAYS = [
    (
        "The migration agreement with Ghana, initialled in June and signed in Accra on 15 September, is new.",
        "2022-09-15",
    ),
    ("The readmission agreement with Iraq was negotiated in May and signed in Baghdad on 2 August.", "2022-08-02"),
    ("The protocol on returns with Kosovo was initialled on Monday and signed on Wednesday.", "2022-09-28"),
    # A day behind both verbs is shared.
    ("The readmission agreement with Armenia was initialled and signed on 1 June.", "2022-06-01"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_second_of_two_verbs_has_its_own_day(text: str, day: str, knowledge: Knowledge) -> None:
    assert [str(claim.date_start) for claim in told(text, "agreement_signed", knowledge)] == [day]


MANDATES = [
    "On Tuesday the Commission was given the green light to negotiate a readmission agreement with Albania.",
    "On Tuesday the European Commission was authorised to open talks on a readmission agreement with Albania.",
    "On Tuesday the Council cleared the Commission to negotiate a readmission agreement with Albania.",
    "On Tuesday the Commission got the go-ahead to negotiate a migration agreement with Albania.",
]


@pytest.mark.parametrize("text", MANDATES)
def test_leave_to_negotiate_is_no_approval(text: str, knowledge: Knowledge) -> None:
    assert [(c.status, str(c.date_start)) for c in told(text, "negotiation", knowledge)] == [("occurred", "2022-09-27")]
    assert told(text, "agreement_approved", knowledge) == []


def test_a_decision_on_a_conclusion_approves(knowledge: Knowledge) -> None:
    text = (
        "A decision on the conclusion of the readmission agreement with Serbia was adopted by the Council on Tuesday."
    )
    assert [str(claim.date_start) for claim in told(text, "agreement_approved", knowledge)] == ["2022-09-27"]
    assert told(text, "legislation_adopted", knowledge) == []


def test_in_conclusion_is_no_conclusion(knowledge: Knowledge) -> None:
    text = "In conclusion, a report on the readmission agreement with Serbia was adopted by the committee."
    assert told(text, "agreement_approved", knowledge) == []


ON_RECORD = [
    ("Annexed to the minutes on migration is a statement by Denmark and Ireland.", {"DK", "IE"}),
    ("A statement by Hungary on asylum was attached to the minutes.", {"HU"}),
]


@pytest.mark.parametrize(("text", "wanted"), ON_RECORD)
def test_statements_put_on_record(text: str, wanted: set[str], knowledge: Knowledge) -> None:
    assert [filled(claim, "issuer") for claim in told(text, "statement", knowledge)] == [wanted]


def test_a_statement_to_journalists_is_none(knowledge: Knowledge) -> None:
    text = "A statement by Hungary on asylum caused a stir among journalists."
    assert told(text, "statement", knowledge) == []


GIVEN = [
    (
        "Four patrol boats, bought by the International Organization for Migration (IOM) with funds of Norway, became "
        "the property of the Border Police of Bosnia and Herzegovina on migration routes on Tuesday.",
        {"NO"},
        {"IOM"},
    ),
    (
        "Twelve vans for the asylum centre passed into the hands of the Border Police of Bosnia and Herzegovina on "
        "Tuesday. They were paid for by Japan and procured by UNHCR.",
        {"JP"},
        {"UNHCR"},
    ),
]


@pytest.mark.parametrize(("text", "funder", "implementer"), GIVEN)
def test_who_pays_and_who_buys(text: str, funder: set[str], implementer: set[str], knowledge: Knowledge) -> None:
    (claim,) = told(text, "funding_granted", knowledge)
    assert (filled(claim, "funder"), filled(claim, "implementer")) == (funder, implementer)
    assert claim.status == "occurred"


def test_a_town_that_receives_goods_gives_none(knowledge: Knowledge) -> None:
    text = "Sarajevo has received ten vehicles for migration control. Bosnia and Herzegovina is grateful."
    (claim,) = told(text, "funding_granted", knowledge)
    assert (filled(claim, "funder"), filled(claim, "beneficiary")) == (set(), {"BA"})


def test_an_offer_withdrawn_is_cancelled(knowledge: Knowledge) -> None:
    text = "Oslo has withdrawn its offer of five vehicles for the asylum centre. Norway gave no reason."
    (claim,) = told(text, "funding_granted", knowledge)
    assert (claim.status, filled(claim, "funder")) == ("cancelled", {"NO"})


def test_procedures_completed_and_still_to_complete(knowledge: Knowledge) -> None:
    done = "The readmission agreement enters into force on 1 October, Serbia having completed its internal procedures."
    ahead = (
        "The readmission agreement with Serbia enters into force once both sides complete their internal procedures."
    )
    assert len(told(done, "agreement_approved", knowledge)) == 1
    assert told(ahead, "agreement_approved", knowledge) == []
