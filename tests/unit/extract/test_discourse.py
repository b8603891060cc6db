"""Events that English tells over several clauses or sentences: each text with what a careful reader takes from it."""

from datetime import date
from functools import partial

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from .conftest import filled
from .conftest import told as told_on

# The documents of this module appear on a Thursday.
DAY = date(2022, 9, 29)
told = partial(told_on, published_on=DAY)


DAYS = [
    ("Migration officials met in Pristina on Tuesday and Wednesday.", "meeting", ["2022-09-27..2022-09-28"]),
    ("Migration officials met in Pristina from Monday to Thursday.", "meeting", ["2022-09-26..2022-09-29"]),
    ("Migration officials met in Pristina on Thursday and Friday.", "meeting", ["2022-09-22..2022-09-23"]),
    (
        "Austria will send 20 police officers to the border of North Macedonia against irregular migration, "
        "the ministry said on Monday.",
        "deployment",
        ["None..None"],
    ),
    (
        "On Monday Minister Rita Krona had stopped in Podgorica to sign a joint declaration on migration with Serbia.",
        "statement",
        ["2022-09-26..2022-09-26"],
    ),
    (
        "Minister Rita Krona met Minister Filip Adžić on migration on Wednesday and promised to send ten in 2023.",
        "meeting",
        ["2022-09-28..2022-09-28"],
    ),
]


@pytest.mark.parametrize(("text", "claim_type", "days"), DAYS)
def test_days(text: str, claim_type: str, days: list[str], knowledge: Knowledge) -> None:
    found = told(text, claim_type, knowledge)
    assert [f"{claim.date_start}..{claim.date_end}" for claim in found] == days


ROLES = [
    # The subject of the sentence before is what a pronoun takes up, not the person named last.
    (
        "State Secretary Rita Krona met Interior Minister Bledar Çuçi on migration in Tirana on Tuesday. "
        "She signed a readmission agreement there.",
        "agreement_signed",
        "signatory",
        {"Rita Krona"},
    ),
    ("Iraq has repatriated 3,500 of its citizens from Belarus.", "return_operation", "to", {"IQ"}),
    ("Iraq has repatriated 3,500 of its citizens from Belarus.", "return_operation", "from", {"BY"}),
    ("Albania took back 870 people from Germany last year.", "return_operation", "to", {"AL"}),
    (
        "The European Commission made available 3.5 million euros for voluntary returns from Belarus in May.",
        "funding_granted",
        "funder",
        {"EC"},
    ),
    (
        "Minister Kaare Dybvad Bek, who was in Nairobi in May, spoke of migration.",
        "visit",
        "visitor",
        {"Kaare Dybvad Bek"},
    ),
    (
        "Twelve refugees were relocated from Greece to Luxembourg on Wednesday. The transfer was organised by the "
        "Greek authorities together with UNHCR and IOM.",
        "relocation",
        "organiser",
        {"GR", "UNHCR", "IOM"},
    ),
    (
        "Officials of Denmark and Kosovo met in Pristina on Tuesday. The readmission agreement between the two "
        "countries dates from 2008, when it was signed in Copenhagen.",
        "agreement_signed",
        "party",
        {"DK", "XK"},
    ),
    (
        "Nicosia and Albania signed a memorandum of understanding on returns. Cyprus is content.",
        "agreement_signed",
        "party",
        {"CY", "AL"},
    ),
    (
        "Since 2015 Estonia has posted 61 officials to Greece to help with asylum applications.",
        "deployment",
        "deployer",
        {"EE"},
    ),
]


@pytest.mark.parametrize(("text", "claim_type", "role", "wanted"), ROLES)
def test_roles(text: str, claim_type: str, role: str, wanted: set[str], knowledge: Knowledge) -> None:
    (claim,) = told(text, claim_type, knowledge)
    assert filled(claim, role) == wanted


def test_the_second_participle_shares_the_auxiliary(knowledge: Knowledge) -> None:
    text = "The agreement on migration with Serbia is expected to be initialled in May, and signed early next year."
    assert [claim.status for claim in told(text, "agreement_signed", knowledge)] == ["planned"]


def test_where_somebody_met_is_said_by_the_clause_it_hangs_on(knowledge: Knowledge) -> None:
    text = (
        "Germany's State Secretary Rita Krona was in Tirana on Tuesday, where she held talks with Minister "
        "Bledar Çuçi about migration."
    )
    (claim,) = told(text, "meeting", knowledge)
    assert (claim.place_name, claim.country_code) == ("Tirana", "AL")


@pytest.mark.parametrize(
    ("text", "claim_type"),
    [
        ("Talks on easier visas with Morocco were broken off in 2015.", "meeting"),
        ("A delegation that wanted to look into the migration agreement was refused entry.", "agreement_approved"),
        ("States will receive asylum seekers from the countries of first entry at the reception centre.", "opening"),
    ],
)
def test_what_sounds_like_an_event_is_none(text: str, claim_type: str, knowledge: Knowledge) -> None:
    assert told(text, claim_type, knowledge) == []


def test_the_course_somebody_ran_is_not_the_opening(knowledge: Knowledge) -> None:
    text = (
        "Frontex opened a migration office in Chisinau on Monday. Moldovan guards were there. "
        "The course was run by the Polish Border Guard."
    )
    (claim,) = told(text, "opening", knowledge)
    assert filled(claim, "implementer") == set()
