"""Who funds and who carries out a project, in the languages and word orders announcements use."""

import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.mentions import read_document
from tasks.extract.step import annotate

from ..conftest import document


def parties(knowledge: Knowledge, text: str, language: str = "en") -> dict[str, list[str]]:
    """Return role → names, over all relations of a text."""
    found: dict[str, list[str]] = {"funder": [], "implementer": []}
    for claim in read_document(document(text, language=language), knowledge).relations:
        for argument in claim.arguments:
            if argument.role in found:
                found[argument.role].append(argument.mention.text)
    return found


@pytest.mark.parametrize(
    ("language", "text", "funders", "implementers"),
    [
        (
            "en", "Funded by the European Union under IPA II and implemented jointly by IOM, UNHCR and EUAA, the "
            "Regional Programme on Migration runs until 2027.", ["European Union"], ["IOM", "UNHCR", "EUAA"],
        ),
        (
            "en", "With the financial support of Germany and Norway, GIZ is implementing the project Better Borders.",
            ["Germany", "Norway"], ["GIZ"],
        ),
        (
            "en", 'The donors of the project "Safe Return Home" are Austria and AMIF; its implementing partner is '
            "Caritas.",
            ["Austria", "AMIF"], ["Caritas"],
        ),
        ("en", "The EU-funded Bridge Home project, which HWI carries out with IOM, began.", ["EU"], ["HWI", "IOM"]),
        (
            "en", "The Safe Harbour project starts in May. Norway bears 60 per cent of the cost; the rest comes from "
            "AMIF.", ["Norway", "AMIF"], [],
        ),
        (
            "en", "The Bridges Home project was presented in Pristina. Behind it stand ICMPD and IOM. Two donors, the "
            "European Union and Norway, paid EUR 2 million.", ["European Union", "Norway"], ["ICMPD", "IOM"],
        ),
        (
            "bs", "Projekat „Sigurna granica“ provodi IOM. Sredstva je osigurala Evropska unija.",
            ["Evropska unija"], ["IOM"],
        ),
        ("en", "The Bridges Home project began in May. Norway covers a large part of the Arctic.", [], []),
        ("en", "Norway provides EUR 3 million for the Bridge Home project.", ["Norway"], []),
        (
            "en", "It is part of the Bridge Home project, financed by the Internal Security Fund of the European "
            "Union.",
            ["Internal Security Fund"], [],
        ),
        (
            "de", "Das Projekt „Neue Wege zurück“ wird vom Bundesministerium für Inneres und von der Europäischen "
            "Union kofinanziert und von der Caritas umgesetzt.",
            ["Bundesministerium für Inneres", "Europäischen Union"], ["Caritas"],
        ),
        (
            "lt", "Projektą „Saugus grįžimas“ finansuoja Europos Sąjunga, jį įgyvendina Migracijos departamentas.",
            ["Europos Sąjunga"], ["Migracijos departamentas"],
        ),
        (
            "sr", "Пројекат „Подршка повратку“, који спроводи Комесаријат за избеглице и миграције, финансира "
            "Европска унија.", ["Европска унија"], ["Комесаријат за избеглице и миграције"],
        ),
        (
            "nl", "Het project ‘Samen Terug’ wordt gefinancierd door de Europese Unie en uitgevoerd door IOM.",
            ["Europese Unie"], ["IOM"],
        ),
        (
            "sq", "Projekti “Mbështetje për kthimin” financohet nga Bashkimi Evropian dhe zbatohet nga IOM.",
            ["Bashkimi Evropian"], ["IOM"],
        ),
        (
            "fr", "Le projet « Retour solidaire » est financé par l'Union européenne et mis en œuvre par IOM.",
            ["Union européenne"], ["IOM"],
        ),
    ],
)  # fmt: skip
def test_parties_stand_where_the_words_put_them(
    knowledge: Knowledge, language: str, text: str, funders: list[str], implementers: list[str]
) -> None:
    assert parties(knowledge, text, language) == {"funder": funders, "implementer": implementers}


def test_the_project_named_before_is_meant_by_it(knowledge: Knowledge) -> None:
    text = "The project Better Borders began. It is carried out by IOM and financed by Norway."
    relations = read_document(document(text), knowledge).relations
    assert {claim.project_mention.text for claim in relations if claim.project_mention} == {"Better Borders"}
    assert {a.basis for claim in relations for a in claim.arguments if a.role == "project"} == {"document"}


@pytest.mark.parametrize(
    "text",
    [
        "The border controls were carried out by Frontex officers.",
        "Under the PROTECT project, controls at four border crossings and checks were carried out by Frontex.",
        "The fund of Norway is financed by oil.",
    ],
)
def test_without_a_project_close_by_nobody_is_a_party(knowledge: Knowledge, text: str) -> None:
    assert parties(knowledge, text) == {"funder": [], "implementer": []}


def test_one_may_pay_and_another_carry_out_in_one_phrase(knowledge: Knowledge) -> None:
    text = "The project Better Borders, funded by Norway and carried out with UNHCR, began in May."
    assert parties(knowledge, text) == {"funder": ["Norway"], "implementer": ["UNHCR"]}


def test_an_event_of_the_project_takes_who_funds_and_carries_it_out(knowledge: Knowledge) -> None:
    text = "The project Better Borders is financed by Norway and carried out by IOM. It started on 1 July 2023."
    (started,) = [c for c in annotate(document(text), knowledge).claims if c.claim_type == "project_launched"]
    lent = {(a.role, a.mention.text, a.basis) for a in started.arguments if a.role in ("funder", "implementer")}
    assert lent == {("funder", "Norway", "document"), ("implementer", "IOM", "document")}


def test_evidence_lies_in_the_sentence_of_its_word(knowledge: Knowledge) -> None:
    text = "The project Better Borders began in May. The project is financed by Norway and run by IOM."
    doc = document(text)
    for claim in read_document(doc, knowledge).relations:
        sentence = doc.sentence_at(claim.trigger_start)
        assert sentence.start <= claim.start <= claim.trigger_start < claim.trigger_end <= claim.end <= sentence.end
