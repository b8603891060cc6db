"""Who takes part, signs, pays, sends and receives: constructions of announcements, each from its text to its roles."""

import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate

from ..conftest import document

# (language, text, event type, role, who must stand in it: reference or country of the mention, else its name)
TAKEN = [
    (
        "en",
        "The conference on migration in Graz on 17 October 2024 is over. In addition to the members Austria, Bulgaria "
        "and Slovenia, the states Albania, Kosovo and Serbia as well as Germany took part.",
        "meeting",
        "participant",
        {"AT", "BG", "SI", "AL", "XK", "RS", "DE"},
    ),
    (
        "en",
        "Representatives of asylum offices met in Skopje on 12 June 2024. Among the participants were officials of "
        "Albania, Kosovo and Serbia, as well as Frontex and ICMPD.",
        "meeting",
        "participant",
        {"AL", "XK", "RS", "FRONTEX", "ICMPD"},
    ),
    (
        "en",
        "The interior ministers of the group (Austria, Croatia, Czechia and Hungary) met in Vienna on 9 February 2024.",
        "meeting",
        "participant",
        {"AT", "HR", "CZ", "HU"},
    ),
    (
        "en",
        "Ministers came to the migration conference in Vienna on 6 May 2024: Austria, Bulgaria and Croatia as members, "
        "Albania and Kosovo as guests.",
        "meeting",
        "participant",
        {"AT", "BG", "HR", "AL", "XK"},
    ),
    (
        "en",
        "The asylum conference in Tirana on 6 May 2024 was attended by Minister Bledi Çuçi (Albania) and, for the "
        "European Commission, Deputy Director-General Beate Gminder.",
        "meeting",
        "participant",
        {"Bledi Çuçi", "Beate Gminder"},
    ),
    (
        "de",
        "An der Ministerkonferenz zur Migration in Wien nahmen am 22. und 23. Juli 2024 Deutschland, Polen, Rumänien, "
        "die Schweiz, Tschechien und Ungarn teil.",
        "meeting",
        "participant",
        {"DE", "PL", "RO", "CH", "CZ", "HU"},
    ),
    (
        "bs",
        "U Sarajevu je 12. marta 2024. održan sastanak o povratku. Na sastanku su učestvovali predstavnici Albanije, "
        "Kosova i Srbije, kao i predstavnici Frontexa i IOM-a.",
        "meeting",
        "participant",
        {"AL", "XK", "RS", "FRONTEX", "IOM"},
    ),
    (
        "en",
        "On the sidelines Minister Bledi Çuçi and Minister Xhelal Sveçla signed a readmission protocol.",
        "agreement_signed",
        "signatory",
        {"Bledi Çuçi", "Xhelal Sveçla"},
    ),
    (
        "en",
        "The agreement on readmission between the EU and Moldova was signed in Brussels on 17 March 2024 by "
        "Commissioner Ylva Johansson, French Minister Gérald Darmanin and Moldovan Minister Ana Revenco.",
        "agreement_signed",
        "party",
        {"EU", "MD"},
    ),
    (
        "en",
        "In a joint statement issued on Thursday, Amnesty International and the European Council on Refugees and "
        "Exiles urged the European Commission to suspend all returns to Iraq.",
        "statement",
        "issuer",
        {"AMNESTY", "ECRE"},
    ),
    (
        "en",
        "Frontex has deployed 84 border guards to Moldova. The officers, who come from Romania, Poland and Portugal, "
        "arrived on 18 March 2024.",
        "deployment",
        "deployer",
        {"FRONTEX", "RO", "PL", "PT"},
    ),
    (
        "en",
        "Migrants cross the border every night. In June Ljubljana sent 12 police officers to Serbia; Slovenia pays.",
        "deployment",
        "deployer",
        {"SI"},
    ),
    (
        "lt",
        "Kovą dešimt Valstybės sienos apsaugos tarnybos pareigūnų budėjo Kipre.",
        "deployment",
        "beneficiary",
        {"CY"},
    ),
    (
        "en",
        "Since June 2024, 354 people have been relocated from Greece: 226 to Portugal and 128 to Belgium and Ireland.",
        "relocation",
        "to",
        {"PT", "BE", "IE"},
    ),
    (
        "en",
        "A plane with 25 asylum seekers on board took off from Athens; the relocation was carried out from Athens to "
        "Portugal on 7 July 2020.",
        "relocation",
        "to",
        {"PT"},
    ),
    (
        "en",
        "Lithuania will get EUR 36.7 million for migrants from the European Commission.",
        "funding_granted",
        "beneficiary",
        {"LT"},
    ),
    (
        "en",
        "The EU Return Coordinator, Mari Juritsch, gave the keynote at the migration symposium on 9 November 2022.",
        "meeting",
        "speaker",
        {"Mari Juritsch"},
    ),
    (
        "en",
        "A protocol implementing the readmission agreement between the EU and Montenegro was signed in Podgorica on 11 "
        "March 2024 by Slovenia and Montenegro.",
        "agreement_signed",
        "party",
        {"SI", "ME"},
    ),
    (
        "en",
        "Frontex sent 44 officers from fourteen states, among them Austria, Germany and Lithuania, to Serbia.",
        "deployment",
        "deployer",
        {"FRONTEX", "AT", "DE", "LT"},
    ),
    (
        "en",
        "Dutch State Secretary Eric van der Burg paid a visit to Tunisia on 27 June 2025 to discuss migration. He was "
        "received by Minister Kamel Feki.",
        "visit",
        "host",
        {"TN", "Kamel Feki"},
    ),
    (
        "en",
        "The Ambassador of Japan, Makoto Ito, handed over thirty vehicles to the Border Police of Moldova.",
        "funding_granted",
        "funder",
        {"JP"},
    ),
    (
        "sl",
        "Evropska komisija je Sloveniji odobrila 3 milijone evrov za sprejem prosilcev za azil.",
        "funding_granted",
        "funder",
        {"EC"},
    ),
    (
        "sl",
        "Evropska komisija je Sloveniji odobrila 3 milijone evrov za sprejem prosilcev za azil.",
        "funding_granted",
        "beneficiary",
        {"SI"},
    ),
    (
        "lt",
        "Europos Komisija Lietuvai skyrė 12 mln. eurų migrantų apgyvendinimui.",
        "funding_granted",
        "beneficiary",
        {"LT"},
    ),
    (
        "sr",
        "Србији је Немачка донирала 2 милиона евра за прихват миграната.",
        "funding_granted",
        "beneficiary",
        {"RS"},
    ),
    (
        "hr",
        "Njemačka je u Srbiji donirala 2 milijuna eura za prihvat migranata.",
        "funding_granted",
        "beneficiary",
        set(),
    ),
    (
        "lt",
        "Lietuva ir Lenkija 2022 m. balandžio 12 d. pasirašė susitarimą dėl migrantų ir patruliavimo prie sienos su "
        "Baltarusija.",
        "agreement_signed",
        "party",
        {"LT", "PL"},
    ),
    (
        "hr",
        "Hrvatska i Slovenija potpisale su 12. travnja 2022. sporazum o migracijama i patrolama na granici s Bosnom i "
        "Hercegovinom.",
        "agreement_signed",
        "party",
        {"HR", "SI"},
    ),
]


def roles(knowledge: Knowledge, language: str, text: str, claim_type: str, role: str) -> set[str | None]:
    """Return who stands in a role of the events of a type, over all claims of the text."""
    claims = [claim for claim in annotate(document(text, language), knowledge).claims if claim.claim_type == claim_type]
    assert claims, f"no {claim_type} in {text!r}"
    return {
        argument.mention.name
        if argument.mention.kind == "person"
        else argument.mention.reference_id or argument.mention.country_code
        for claim in claims
        for argument in claim.arguments
        if argument.role == role
    }


@pytest.mark.parametrize(("language", "text", "claim_type", "role", "expected"), TAKEN)
def test_role(knowledge: Knowledge, language: str, text: str, claim_type: str, role: str, expected: set[str]) -> None:
    assert roles(knowledge, language, text, claim_type, role) == expected


def test_who_chairs_is_no_participant_besides(knowledge: Knowledge) -> None:
    text = "The migration conference in Zadar on 18 April 2024 was attended and chaired by Minister Davor Božinović."
    assert roles(knowledge, "en", text, "meeting", "chair") == {"Davor Božinović"}
    assert roles(knowledge, "en", text, "meeting", "participant") == set()


def test_a_project_lends_its_donors_to_no_training(knowledge: Knowledge) -> None:
    text = (
        "Officers completed a training on asylum in Sarajevo on 10 March 2024 within the project Safe Border, which is "
        "funded by the European Union and implemented by ICMPD."
    )
    assert roles(knowledge, "en", text, "training", "funder") == set()
    assert roles(knowledge, "en", text, "training", "organiser") == set()


def test_who_met_before_is_not_who_meets_now(knowledge: Knowledge) -> None:
    text = (
        "Minister Bledi Çuçi and Minister Xhelal Sveçla met in Tirana on 2 July 2025 to discuss asylum. The ministers "
        "had last met in Pristina in March."
    )
    claims = [
        claim
        for claim in annotate(document(text), knowledge).claims
        if claim.claim_type == "meeting" and claim.status == "background"
    ]
    assert [[argument.role for argument in claim.arguments] for claim in claims] == [[]]
