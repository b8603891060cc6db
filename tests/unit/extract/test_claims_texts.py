"""The five given announcements, from their files to their claims: what a careful reader finds in them is found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tasks.clean.step import clean_file
from tasks.extract.annotations import Claim
from tasks.extract.knowledge.knowledge import load_knowledge
from tasks.extract.step import annotate, read_documents
from tasks.fetch.sources import folder_source
from tasks.fetch.step import fetch_source
from warehouse.settings import Settings
from warehouse.storage import Store

Claims = dict[str, tuple[Claim, ...]]


@pytest.fixture(scope="module")
def texts(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Claims]:
    """Claims of each text by the number its file name begins with."""
    store = Store(tmp_path_factory.mktemp("home"))
    knowledge = load_knowledge(Settings().reference_dir)
    outcome = fetch_source(store, folder_source(shared_dir / "seeds"), date(2025, 11, 20), "run_texts", 2000)
    found: Claims = {}
    for captures in outcome.captures:
        tables = clean_file(store, captures)
        names = {row["doc_id"]: row["external_id"] for row in tables["documents"].to_pylist()}
        for document in read_documents(tables["documents"], tables["sentences"]):
            found[names[document.doc_id][:3]] = annotate(document, knowledge).claims
    yield found


def names(claim: Claim, role: str) -> set[str | None]:
    return {argument.mention.name for argument in claim.arguments if argument.role == role}


def claims(texts: Claims, text: str, claim_type: str) -> list[Claim]:
    return [claim for claim in texts[text] if claim.claim_type == claim_type]


def test_the_signing_with_four_partners(texts: Claims) -> None:
    signed = [claim for claim in claims(texts, "000", "agreement_signed") if claim.status == "occurred"]
    (claim,) = signed
    assert (claim.date_start, claim.date_end) == (date(2025, 6, 30), date(2025, 7, 3))
    assert (claim.date_precision, claim.country_code) == ("day", None)
    assert {a.mention.reference_id for a in claim.arguments if a.role == "party"} == {"LT", "BA", "MK", "XK", "ME"}
    purpose = [claim.status for claim in claims(texts, "000", "agreement_signed") if claim.zone != "title"]
    assert set(purpose) == {"planned"}


def test_the_visit_and_its_meetings(texts: Claims) -> None:
    (visit,) = claims(texts, "000", "visit")
    assert (visit.status, visit.date_start, names(visit, "host")) == (
        "occurred",
        date(2025, 6, 30),
        {"Western Balkans"},
    )
    (meeting,) = claims(texts, "000", "meeting")
    assert meeting.date_end == date(2025, 7, 3)
    assert names(visit, "visitor") <= names(meeting, "participant")
    assert {a.mention.country_code for a in meeting.arguments if a.mention.kind == "territory"} == {
        "BA",
        "MK",
        "XK",
        "ME",
    }


def test_the_meeting_in_budva(texts: Claims) -> None:
    meetings = claims(texts, "001", "meeting")
    assert {(claim.date_start, claim.date_end) for claim in meetings} == {(date(2025, 5, 12), date(2025, 5, 13))}
    assert {claim.status for claim in meetings} == {"occurred"}
    (held,) = [claim for claim in meetings if claim.place_mention is not None]
    assert (held.place_name, held.country_code) == ("Budva", "ME")
    assert {a.mention.reference_id for a in held.arguments if a.role == "participant"} == {"RS", "BA", "ME", "MK"}
    organisers = {name for claim in meetings for name in names(claim, "organiser")}
    assert organisers == {"Hilfswerk International", "Joint Coordination Platform"}
    assert 2 in {claim.series_ordinal for claim in meetings}


@pytest.mark.parametrize("text", ["001", "002"])
def test_the_project_and_its_funders(texts: Claims, text: str) -> None:
    (funding,) = claims(texts, text, "project_funding")
    assert funding.claim_kind == "relation"
    assert len(names(funding, "funder")) == 2
    assert "Asylum, Migration and Integration Fund" in names(funding, "funder")
    (project,) = names(funding, "project")
    tied = [claim for claim in claims(texts, text, "meeting") if claim.project_mention is not None]
    assert project in {claim.project_mention.name for claim in tied if claim.project_mention is not None}
    assert not any(names(funding, "funder") & names(claim, "participant") for claim in claims(texts, text, "meeting"))


def test_the_meeting_in_sarajevo_and_the_one_before(texts: Claims) -> None:
    meetings = claims(texts, "002", "meeting")
    now = [claim for claim in meetings if claim.reference_marker is None]
    assert {(claim.date_start, claim.date_end) for claim in now} == {(date(2025, 1, 28), date(2025, 1, 30))}
    assert "Sarajevo" in {claim.place_name for claim in now}
    before = [claim for claim in meetings if claim.reference_marker == "previous"]
    assert before
    assert {(claim.status, claim.date_start) for claim in before} == {("background", None)}
    assert "ME" in {claim.country_code for claim in before}


def test_fifty_eight_people_to_be_relocated(texts: Claims) -> None:
    relocations = claims(texts, "003", "relocation")
    assert {(claim.status, claim.country_code, claim.date_start) for claim in relocations} == {("planned", "LT", None)}
    counted = [a.mention for claim in relocations for a in claim.arguments if a.role == "quantity"]
    assert {(mention.value_min, mention.unit) for mention in counted} == {(58.0, "people")}
    (pledge,) = claims(texts, "003", "pledge_or_commitment")
    assert (pledge.status, names(pledge, "issuer")) == ("planned", {"Lithuania"})


def test_the_bill_and_the_meeting_with_the_agency(texts: Claims) -> None:
    (bill,) = claims(texts, "003", "legislation_proposed")
    assert (bill.status, bill.date_start, names(bill, "proposer")) == ("planned", None, {"Lithuania"})
    assert bill.date_precision in ("session", "unknown")
    (meeting,) = claims(texts, "003", "meeting")
    assert [(a.mention.name, a.basis) for a in meeting.arguments if a.role == "participant"] == [
        ("Lithuania", "derived"),
        ("European Union Agency for Asylum", "derived"),
    ]
    assert not claims(texts, "003", "appointment")


def test_the_statement_of_ten_and_its_meetings(texts: Claims) -> None:
    statements = claims(texts, "004", "statement")
    assert {(claim.status, claim.date_start) for claim in statements} == {("occurred", date(2018, 6, 19))}
    persons = [{a.mention.name for a in c.arguments if a.mention.kind == "person"} for c in statements]
    issuers = max(persons, key=len)
    assert len(issuers) == 10
    today, tirana = {}, {}
    for claim in claims(texts, "004", "meeting"):
        (tirana if claim.place_name == "Tirana" else today)[claim.claim_id] = claim
    assert {(c.status, c.date_start) for c in today.values()} == {("occurred", date(2018, 6, 19))}
    assert all(issuers <= names(claim, "participant") for claim in today.values())
    assert {(c.status, c.date_start, c.date_end, c.country_code) for c in tirana.values()} == {
        ("planned", date(2018, 10, 4), date(2018, 10, 5), "AL")
    }


def test_furniture_is_in_no_claim(texts: Claims) -> None:
    said = [a.mention.text for found in texts.values() for claim in found for a in claim.arguments]
    assert said
    assert not [text for text in said if "zzzz" in text or text.endswith(" i") or "00 800" in text]
