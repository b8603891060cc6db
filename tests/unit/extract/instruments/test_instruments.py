import pytest

from ..conftest import Find

# language, text, (text of the mention, kind)
CASES = [
    ("en", "the Status Agreement between the EU and Montenegro, which", (
        "Status Agreement between the EU and Montenegro", "status_agreement")),
    ("en", "to sign protocols implementing international agreements on the return and readmission of persons, and", (
        "protocols implementing international agreements on the return and readmission of persons",
        "implementing_protocol")),
    ("en", "guidance, and the 2025–2026 operational plan.", ("2025–2026 operational plan", "operational_plan")),
    ("en", "developed a national contingency plan for migration management.", (
        "national contingency plan for migration management", "contingency_plan")),
    ("en", "the Enhanced Partnership and Cooperation Agreement (EPCA)", (
        "Enhanced Partnership and Cooperation Agreement", "partnership_agreement")),
    ("en", "of Regulation (EU) 2024/1351 and", ("Regulation (EU) 2024/1351", "eu_regulation")),
    ("en", "and Directive 2008/115/EC", ("Directive 2008/115/EC", "eu_directive")),
    ("en", "the EU-Montenegro readmission agreement", ("EU-Montenegro readmission agreement", "readmission_agreement")),
    ("en", "an agreement with Kosovo on it", ("agreement with Kosovo", "agreement")),
    ("en", "the Law on the Protection of the State Border was", ("Law on the Protection of the State Border", "law")),
    ("en", "a memorandum of understanding with IOM", ("memorandum of understanding with IOM", "mou")),
    ("lt", "pasirašyti readmisijos protokolai", ("readmisijos protokolai", "implementing_protocol")),
    ("lt", "susitarimai dėl asmenų readmisijos", ("susitarimai dėl asmenų readmisijos", "readmission_agreement")),
    ("sr", "Sporazum Evropske zajednice i Crne Gore o readmisiji lica", (
        "Sporazum Evropske zajednice i Crne Gore o readmisiji", "readmission_agreement")),
    ("bs", "potpisan Zakon o strancima je", ("Zakon o strancima", "law")),
    ("mk", "Договорот со Фронтекс", ("Договорот со Фронтекс", "status_agreement")),
    ("sq", "nënshkruan një marrëveshje bashkëpunimi", ("marrëveshje bashkëpunimi", "agreement")),
    ("sq", "ratifikoi protokollin me Italinë", ("protokollin me Italinë", "protocol")),
    ("de", "das Rückübernahmeabkommen mit Serbien", ("Rückübernahmeabkommen mit Serbien", "readmission_agreement")),
    ("nl", "de Terugkeerrichtlijn uit 2008", ("Terugkeerrichtlijn", "eu_directive")),
    ("sl", "protokol o izvajanju sporazuma", ("protokol o izvajanju", "implementing_protocol")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_instruments_are_found_with_their_kind(find: Find, language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(m.text, m.subtype) for m in find(f"x {text}", "instrument", language=language)]


@pytest.mark.parametrize(
    "text",
    [
        "they reached agreement on many points; by law and in the plan of the day",
        "an act of kindness, the code of the house and a strategy",
        "Joint Action Days of the Western Balkans Home Affairs Ministerial",
        "bilateral agreements and expert assistance",
    ],
)
def test_common_nouns_are_no_instruments(find: Find, text: str) -> None:
    assert [m.text for m in find(text, "instrument")] == []


def test_a_listed_act_is_known_by_name_and_by_number(find: Find) -> None:
    found = find("the Asylum and Migration Management Regulation, that is Regulation (EU) 2024/1351", "instrument")
    assert {m.reference_id for m in found} == {"AMMR"}
    assert {m.name for m in found} == {"Asylum and Migration Management Regulation"}


def test_one_noun_may_stand_for_two_agreements(find: Find) -> None:
    titled = find("They talked.", "instrument", title="Names put to visa and readmission accords")
    assert [(m.text, m.subtype) for m in titled] == [
        ("visa", "visa_agreement"), ("readmission accords", "readmission_agreement"),
    ]  # fmt: skip
    body = (
        "They signed two agreements, one on visa facilitation and one on the readmission of persons without a permit."
    )
    assert [(m.name, m.subtype) for m in find(body, "instrument")] == [
        ("agreement on visa facilitation", "visa_agreement"),
        ("agreement on the readmission of persons without a permit", "readmission_agreement"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They vote on the Law on Foreigners on 5 July.", "Law on Foreigners"),
        ("They debated the Law on Asylum on Monday.", "Law on Asylum"),
        ("The Law on the Protection of 1999 Borders was read.", "Law on the Protection of 1999 Borders"),
    ],
)
def test_a_day_is_no_part_of_a_title(find: Find, text: str, name: str) -> None:
    assert [m.text for m in find(text, "instrument")] == [name]


def test_an_agreement_of_the_union_is_the_listed_one(find: Find) -> None:
    wordings = (
        "readmission agreement between Georgia and the EU",
        "readmission agreement between the European Union and Georgia",
        "EU-Georgia readmission agreement",
    )
    for wording in wordings:
        assert [m.reference_id for m in find(f"It rests on the {wording}.", "instrument")] == ["EU-GE-READMISSION"]


def test_a_short_title_needs_the_full_one(find: Find) -> None:
    body = "It is about the EU Pact on Migration and Asylum. Lithuania prepares for the pact."
    found = find(body, "instrument")
    assert [(m.text, m.reference_id) for m in found] == [
        ("EU Pact on Migration and Asylum", "PACT"), ("the pact", "PACT"),
    ]  # fmt: skip
    assert found[1].antecedent_mention_id == found[0].mention_id
    assert find("Lithuania prepares for the pact.", "instrument") == []


def test_a_defined_abbreviation_is_the_instrument(find: Find) -> None:
    found = find("The Enhanced Partnership Agreement (EPA) holds. Under the EPA they talk.", "instrument")
    assert [m.text for m in found] == ["Enhanced Partnership Agreement", "EPA", "EPA"]
    assert len({m.name for m in found}) == 1


def test_a_protocol_is_named_after_what_it_implements(find: Find) -> None:
    body = "potpisale su protokol kojim se sprovodi Sporazum Evropske zajednice i Crne Gore o readmisiji."
    found = find(body, "instrument", language="sr")
    assert [m.subtype for m in found] == ["implementing_protocol", "readmission_agreement"]
    assert found[0].name == body[body.index("protokol") : body.index(".")]
