"""What is decided, on the timetable or told on the side: read from whole sentences with the real knowledge."""

from datetime import date

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate

from ..conftest import document


def told(knowledge: Knowledge, text: str, language: str = "en", title: str = "") -> list[Claim]:
    """Return the events of a text published on Thursday, 3 July 2025."""
    found = annotate(document(text, language, title=title), knowledge).claims
    return [claim for claim in found if claim.claim_kind == "event"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Wednesday the government approved the relocation of 58 asylum seekers from Italy to Lithuania."),
        ("en", "Parliament on Tuesday authorised the sending of 30 police officers to the border in Greece."),
        ("lt", "Vyriausybė trečiadienį pritarė 58 prieglobsčio prašytojų perkėlimui iš Italijos į Lietuvą."),
    ],
)
def test_what_is_decided_has_not_happened(knowledge: Knowledge, language: str, text: str) -> None:
    moved = [claim for claim in told(knowledge, text, language) if claim.claim_type in ("relocation", "deployment")]
    assert [(claim.status, claim.date_start) for claim in moved] == [("planned", None)]


def test_the_timetable_of_an_english_present_lies_ahead(knowledge: Knowledge) -> None:
    (claim,) = told(knowledge, "Interior ministers of Austria and Italy meet in Vienna on Tuesday to discuss asylum.")
    assert (claim.claim_type, claim.status, claim.date_start) == ("meeting", "planned", date(2025, 7, 8))


def test_a_past_verb_turns_its_weekday_back(knowledge: Knowledge) -> None:
    text = "Austria and Serbia signed on Tuesday in Vienna a readmission agreement that will enter into force in 2026."
    signed = [claim for claim in told(knowledge, text) if claim.claim_type == "agreement_signed"]
    assert [(claim.status, claim.date_start) for claim in signed] == [("occurred", date(2025, 7, 1))]


def test_what_the_words_put_ahead_is_not_turned_back(knowledge: Knowledge) -> None:
    text = "De overeenkomst over terugname wordt volgende maand in Rabat ondertekend."
    signed = [claim for claim in told(knowledge, text, "nl") if claim.claim_type == "agreement_signed"]
    assert [(claim.status, claim.date_start) for claim in signed] == [("planned", date(2025, 8, 1))]


def test_returns_do_not_start_where_people_are_returned_to(knowledge: Knowledge) -> None:
    (claim,) = told(knowledge, "In June, 31 rejected asylum seekers were returned to Iraq on a charter flight.")
    assert (claim.claim_type, claim.country_code) == ("return_operation", None)


def test_a_german_noun_is_no_verb(knowledge: Knowledge) -> None:
    text = "Marokko muss abgelehnte Asylbewerber binnen 30 Tagen zurücknehmen, sagte Minister Gerald Hofer am Mittwoch."
    assert not [claim for claim in told(knowledge, text, "de") if claim.claim_type == "meeting"]
