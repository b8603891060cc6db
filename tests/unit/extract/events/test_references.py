"""Whom a pronoun means, where a headline's event happens, and what a year's figure does not take from one flight."""

from datetime import date

import pytest

from tasks.extract.annotations import Annotations, Claim, Document, Sentence
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate
from warehouse.ids import sentence_id

from ..conftest import document

PAIR = (
    "Latvia's Minister for Migration Ilze Kalna and her Iraqi counterpart, Karim Yasin, have signed a memorandum of "
    "understanding on readmission. The signing ceremony took place in Baghdad on Monday. "
)


def claims_of(found: Annotations, claim_type: str) -> list[Claim]:
    return [claim for claim in found.claims if claim.claim_type == claim_type]


def in_role(claim: Claim, role: str) -> set[str]:
    return {a.mention.country_code or a.mention.name or "" for a in claim.arguments if a.role == role}


def names(claim: Claim, role: str) -> set[str]:
    return {argument.mention.name or "" for argument in claim.arguments if argument.role == role}


@pytest.mark.parametrize(
    "after",
    [
        "During her two-day visit the minister toured a reception centre near Erbil.",
        "During her visit to Iraq she toured a reception centre near Basra.",
    ],
)
def test_a_pronoun_takes_up_the_first_of_those_who_act_together_and_no_host(knowledge: Knowledge, after: str) -> None:
    found = annotate(document(PAIR + after, "en"), knowledge)
    (visit,) = claims_of(found, "visit")
    assert names(visit, "visitor") == {"Ilze Kalna"}
    assert visit.country_code == "IQ"


def test_who_meets_during_a_visit_meets_where_the_visit_goes(knowledge: Knowledge) -> None:
    text = PAIR + "During her two-day visit the minister also met UNHCR and IOM and toured a centre near Erbil."
    meetings = claims_of(annotate(document(text, "en"), knowledge), "meeting")
    assert [meeting.country_code for meeting in meetings] == ["IQ"]


def test_a_years_returns_went_elsewhere_than_one_flight(knowledge: Knowledge) -> None:
    text = (
        "On 6 November 2024, 47 people were returned from Cyprus to Tbilisi on a charter flight. "
        "Frontex assisted in the return of over 39,000 people in 2023."
    )
    flight, total = claims_of(annotate(document(text, "en"), knowledge), "return_operation")
    assert in_role(flight, "to") == {"GE"}
    assert in_role(total, "to") == set()
    assert in_role(total, "from") == set()


def test_flights_of_one_text_lend_each_other_their_ends(knowledge: Knowledge) -> None:
    text = (
        "On 6 November 2024, 47 people were returned from Cyprus to Tbilisi on a charter flight. "
        "A further 12 people were returned on 8 November 2024."
    )
    claims = claims_of(annotate(document(text, "en"), knowledge), "return_operation")
    assert [in_role(claim, "to") for claim in claims] == [{"GE"}, {"GE"}]


def test_who_waits_for_a_return_is_not_returned(knowledge: Knowledge) -> None:
    waiting = "The treaty lets Denmark rent cells in Gjilan for foreign nationals due to be deported from Denmark."
    planned = "On 3 July 2025, 20 foreign nationals are due to be deported from Denmark to Kosovo."
    assert not claims_of(annotate(document(waiting, "en"), knowledge), "return_operation")
    (flight,) = claims_of(annotate(document(planned, "en"), knowledge), "return_operation")
    assert flight.status == "planned"


def test_a_headline_happens_where_the_lead_says(knowledge: Knowledge) -> None:
    title = "Parliament ratifies readmission agreement with Denmark"
    lead = "The Assembly of Kosovo ratified the readmission agreement with Denmark on 18 April 2024 in Pristina."
    text = f"{title}\n\n{lead}"
    start = len(title) + 2
    sentences = (
        Sentence(sentence_id("doc_x", title, 0), 0, 0, len(title), "title", 0, "en"),
        Sentence(sentence_id("doc_x", lead, 1), 1, start, len(text), "body", 1, "en"),
    )
    page = Document("doc_x", "ver_doc_x", text, start, "en", date(2024, 4, 22), sentences)
    approvals = claims_of(annotate(page, knowledge), "agreement_approved")
    assert {claim.country_code for claim in approvals} == {"XK"}
